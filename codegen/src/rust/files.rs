//! Items become files: imports are what the items use, and long files are split.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Item, ItemImpl, Type};

use super::{Files, MARKER, MAX_LINES};
use crate::Error;
use crate::api::Api;

/// What short names stand for: the path from which generated code imports them.
const IMPORTS: [(&str, &str); 30] = [
    ("BTreeMap", "std::collections::BTreeMap"),
    ("Client", "crate::Client"),
    ("Color", "crate::Color"),
    ("Country", "crate::Country"),
    ("Currency", "crate::Currency"),
    ("DecodeError", "crate::error::DecodeError"),
    ("Deserialize", "serde::Deserialize"),
    ("Deserializer", "serde::Deserializer"),
    ("Download", "crate::Download"),
    ("FieldValue", "crate::FieldValue"),
    ("HttpRequest", "crate::operation::HttpRequest"),
    ("HttpResponse", "crate::operation::HttpResponse"),
    ("IdOr", "crate::IdOr"),
    ("Identified", "crate::Identified"),
    ("InvalidRequest", "crate::error::InvalidRequest"),
    ("Method", "crate::operation::Method"),
    ("OneOrMany", "crate::OneOrMany"),
    ("Operation", "crate::operation::Operation"),
    ("Page", "crate::Page"),
    ("Paged", "crate::operation::Paged"),
    ("Patch", "crate::Patch"),
    ("Request", "crate::Request"),
    ("Secret", "crate::Secret"),
    ("Select", "crate::Select"),
    ("Serialize", "serde::Serialize"),
    ("TimeZoneName", "crate::TimeZoneName"),
    ("Upload", "crate::Upload"),
    ("history", "crate::operation::history"),
    ("ids", "crate::ids"),
    ("types", "crate::types"),
];

/// The files while they are being written.
pub(super) struct Source {
    header: String,
    files: Files,
}

impl Source {
    pub(super) fn new(api: &Api) -> Self {
        Self {
            header: format!("{MARKER} from the API document of Kimai {}; do not edit.\n", api.release),
            files: Files::new(),
        }
    }

    /// Adds a file of text that is laid out already.
    pub(super) fn text(&mut self, path: &str, text: &str) {
        self.files.insert(path.to_owned(), format!("{}\n{text}", self.header));
    }

    /// Adds a module of items, in as many files as it needs: `users.rs`, `users_2.rs`. Returns the
    /// modules that the first file's parent has to declare.
    ///
    /// With each item come the names that it uses and that may stand in another file, all of them below `root`. The
    /// names in `taken` belong to other modules of the folder.
    pub(super) fn module(
        &mut self,
        folder: &str,
        name: &str,
        doc: &str,
        items: Vec<(TokenStream, BTreeSet<String>)>,
        root: &str,
        taken: &BTreeSet<String>,
    ) -> Result<Vec<Module>, Error> {
        let path = format!("{folder}{name}.rs");
        let mut parts = vec![Part::default()];
        let mut pieces = Vec::new();
        for (item, siblings) in items {
            pieces.extend(self::pieces(item, &path)?.into_iter().map(|piece| (piece, siblings.clone())));
        }
        for (item, mut siblings) in pieces {
            siblings.extend(implemented_type(&item));
            let item = item.into_token_stream();
            let used = idents(&item);
            siblings.retain(|name| used.contains(name));
            let text = pretty(&item, &path)?;
            let lines = text.lines().count() + 1;
            // Room for the header and the imports.
            let full = |used: usize| used > 0 && used + lines > MAX_LINES - 80;
            if parts.last().is_some_and(|part| full(part.lines)) {
                parts.push(Part::default());
            }
            if let Some(part) = parts.last_mut() {
                part.texts.push(text);
                part.siblings.extend(siblings);
                collect_idents(item, &mut part.idents);
                part.lines += lines;
            }
        }
        let mut modules: Vec<Module> = Vec::new();
        let mut number = 1_usize;
        for part in parts {
            let mut module = name.to_owned();
            while modules.iter().any(|other| other.name == module) || (module != name && taken.contains(&module)) {
                number += 1;
                module = format!("{name}_{number}");
            }
            let mut text = String::new();
            for line in doc.lines() {
                text.push_str(format!("//! {line}").trim_end());
                text.push('\n');
            }
            let imports = imports(&part, root);
            if !imports.is_empty() {
                text.push('\n');
                text.push_str(&imports);
            }
            text.push('\n');
            text.push_str(&part.texts.join("\n"));
            self.text(&format!("{folder}{module}.rs"), &text);
            let defines = |text: &String| text.lines().any(|line| line.starts_with("pub "));
            modules.push(Module { name: module, exports: part.texts.iter().any(defines) });
        }
        Ok(modules)
    }

    pub(super) fn finish(self) -> Files {
        self.files
    }
}

/// How many methods stand in one block, so that no block is longer than a file.
const MAX_METHODS: usize = 40;

/// The items, long blocks of methods split.
fn pieces(items: TokenStream, path: &str) -> Result<Vec<Item>, Error> {
    let file = syn::parse2::<syn::File>(items)
        .map_err(|error| Error::InvalidCode { file: path.to_owned(), problem: error.to_string() })?;
    let mut pieces = Vec::new();
    for item in file.items {
        match item {
            Item::Impl(block) if block.trait_.is_none() && block.items.len() > MAX_METHODS => {
                for methods in block.items.chunks(MAX_METHODS) {
                    pieces.push(Item::Impl(ItemImpl { items: methods.to_vec(), ..block.clone() }));
                }
            }
            item => pieces.push(item),
        }
    }
    Ok(pieces)
}

/// The type of which a block holds methods: it may stand in an earlier file.
fn implemented_type(item: &Item) -> Option<String> {
    let Item::Impl(block) = item else { return None };
    let Type::Path(path) = &*block.self_ty else { return None };
    let name = path.path.segments.last()?.ident.to_string();
    (!IMPORTS.iter().any(|(short, _)| *short == name)).then_some(name)
}

/// A file that has to be declared.
pub(super) struct Module {
    pub(super) name: String,
    /// Whether it defines anything; the rest of a long list of methods does not.
    pub(super) exports: bool,
}

/// A file of a module.
#[derive(Default)]
struct Part {
    texts: Vec<String>,
    idents: BTreeSet<String>,
    siblings: BTreeSet<String>,
    lines: usize,
}

fn imports(part: &Part, root: &str) -> String {
    let mut by_root: BTreeMap<(u8, String), BTreeSet<&str>> = BTreeMap::new();
    for (short, path) in IMPORTS.iter().filter(|(short, _)| part.idents.contains(*short)) {
        if let Some((root, _)) = path.rsplit_once("::") {
            let group = u8::from(!root.starts_with("std")) + u8::from(root.starts_with("crate"));
            by_root.entry((group, root.to_owned())).or_default().insert(short);
        }
    }
    let defined = |name: &str| {
        let kinds = ["struct {} ", "struct {}(", "struct {}<", "enum {} "].map(|kind| kind.replace("{}", name));
        part.texts.iter().any(|text| kinds.iter().any(|kind| text.contains(kind)))
    };
    for name in part.siblings.iter().filter(|name| !defined(name)) {
        by_root.entry((2, root.to_owned())).or_default().insert(name);
    }
    let mut text = String::new();
    let mut previous = None;
    for ((group, root), names) in by_root {
        if previous.is_some_and(|previous| previous != group) {
            text.push('\n');
        }
        previous = Some(group);
        let names: Vec<&str> = names.into_iter().collect();
        let list = match names.as_slice() {
            [one] => format!("use {root}::{one};\n"),
            several => wrap(&root, several),
        };
        text.push_str(&list);
    }
    text
}

fn wrap(root: &str, names: &[&str]) -> String {
    let line = format!("use {root}::{{{}}};\n", names.join(", "));
    if line.len() <= 101 {
        return line;
    }
    let mut text = format!("use {root}::{{\n");
    let mut current = String::from("   ");
    for name in names {
        if current.len() + name.len() + 2 > 100 {
            text.push_str(&current);
            text.push('\n');
            current = String::from("   ");
        }
        current.push(' ');
        current.push_str(name);
        current.push(',');
    }
    text.push_str(&current);
    text.push_str("\n};\n");
    text
}

/// Items as text.
pub(super) fn pretty(items: &TokenStream, file: &str) -> Result<String, Error> {
    let file = syn::parse2::<syn::File>(items.clone())
        .map_err(|error| Error::InvalidCode { file: file.to_owned(), problem: error.to_string() })?;
    Ok(spaced(&prettyplease::unparse(&file)))
}

/// A blank line between items, which the printer leaves out inside of blocks.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + text.len() / 20);
    let mut ends_item = false;
    for line in text.lines() {
        if ends_item && !line.is_empty() && line.trim_start() != "}" {
            spaced.push('\n');
        }
        // Items stand at the margin, or one level deep in an implementation.
        ends_item = line == "}" || line == "    }";
        spaced.push_str(line);
        spaced.push('\n');
    }
    spaced
}

/// The names in these tokens which may need an import.
pub(super) fn idents(tokens: &TokenStream) -> BTreeSet<String> {
    let mut idents = BTreeSet::new();
    collect_idents(tokens.clone(), &mut idents);
    idents
}

/// Names which may need an import: not what follows `::`, not what is called, such as a variant, and of what is
/// written small only modules.
fn collect_idents(tokens: TokenStream, idents: &mut BTreeSet<String>) {
    let mut colons = 0_usize;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let follows_path = colons == 2;
        let is_colon = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':');
        colons = if is_colon(&token) { colons + 1 } else { 0 };
        match token {
            TokenTree::Group(group) => collect_idents(group.stream(), idents),
            TokenTree::Ident(ident) if !follows_path => {
                let name = ident.to_string();
                let next = tokens.peek();
                let needed = if name.starts_with(char::is_lowercase) {
                    matches!(next, Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
                } else {
                    !matches!(next, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis)
                };
                if needed {
                    idents.insert(name);
                }
            }
            _ => {}
        }
    }
}
