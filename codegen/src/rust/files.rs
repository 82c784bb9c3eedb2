//! Items become files: imports are what the items use, and long files are split.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};

use super::{Files, MARKER, MAX_LINES};
use crate::Error;
use crate::api::Api;

/// What short names stand for: the path from which generated code imports them.
const IMPORTS: [(&str, &str); 26] = [
    ("BTreeMap", "std::collections::BTreeMap"),
    ("Client", "crate::Client"),
    ("Date", "crate::Date"),
    ("DateTime", "crate::DateTime"),
    ("DecodeError", "crate::error::DecodeError"),
    ("Deserialize", "serde::Deserialize"),
    ("Deserializer", "serde::Deserializer"),
    ("Download", "crate::Download"),
    ("Duration", "crate::Duration"),
    ("HttpRequest", "crate::operation::HttpRequest"),
    ("HttpResponse", "crate::operation::HttpResponse"),
    ("InvalidRequest", "crate::error::InvalidRequest"),
    ("LocalDateTime", "crate::LocalDateTime"),
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
    ("Upload", "crate::Upload"),
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

    /// Adds a module of items, in as many files as it needs: `users.rs`, `users_2.rs`. Returns the names of
    /// the modules that the first file's parent has to declare.
    ///
    /// `siblings` are types that other files of the folder define, which items may name.
    pub(super) fn module(
        &mut self,
        folder: &str,
        name: &str,
        doc: &str,
        items: Vec<TokenStream>,
        siblings: &BTreeSet<String>,
    ) -> Result<Vec<String>, Error> {
        let mut parts: Vec<(Vec<String>, BTreeSet<String>, usize)> = vec![(Vec::new(), BTreeSet::new(), 0)];
        for item in items {
            let text = pretty(&item, &format!("{folder}{name}.rs"))?;
            let lines = text.lines().count() + 1;
            // Room for the header and the imports.
            let full = |used: usize| used > 0 && used + lines > MAX_LINES - 80;
            if parts.last().is_some_and(|(_, _, used)| full(*used)) {
                parts.push((Vec::new(), BTreeSet::new(), 0));
            }
            if let Some((texts, idents, used)) = parts.last_mut() {
                texts.push(text);
                collect_idents(item, idents);
                *used += lines;
            }
        }
        let mut modules = Vec::new();
        for (index, (texts, idents, _)) in parts.into_iter().enumerate() {
            let module = if index == 0 { name.to_owned() } else { format!("{name}_{}", index + 1) };
            let mut text = String::new();
            for line in doc.lines() {
                text.push_str(format!("//! {line}").trim_end());
                text.push('\n');
            }
            let imports = imports(&idents, siblings, &texts);
            if !imports.is_empty() {
                text.push('\n');
                text.push_str(&imports);
            }
            text.push('\n');
            text.push_str(&texts.join("\n"));
            self.text(&format!("{folder}{module}.rs"), &text);
            modules.push(module);
        }
        Ok(modules)
    }

    pub(super) fn finish(self) -> Files {
        self.files
    }
}

fn imports(idents: &BTreeSet<String>, siblings: &BTreeSet<String>, texts: &[String]) -> String {
    let mut by_root: BTreeMap<(u8, String), BTreeSet<&str>> = BTreeMap::new();
    for (short, path) in IMPORTS.iter().filter(|(short, _)| idents.contains(*short)) {
        if let Some((root, _)) = path.rsplit_once("::") {
            let group = u8::from(!root.starts_with("std")) + u8::from(root.starts_with("crate"));
            by_root.entry((group, root.to_owned())).or_default().insert(short);
        }
    }
    let defined = |name: &str| {
        let (object, one_of) = (format!("pub struct {name} "), format!("pub enum {name} "));
        texts.iter().any(|text| text.contains(&object) || text.contains(&one_of))
    };
    for name in siblings.iter().filter(|name| idents.contains(*name) && !defined(name)) {
        by_root.entry((2, "super".to_owned())).or_default().insert(name);
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

fn collect_idents(tokens: TokenStream, idents: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect_idents(group.stream(), idents),
            TokenTree::Ident(ident) => {
                idents.insert(ident.to_string());
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
