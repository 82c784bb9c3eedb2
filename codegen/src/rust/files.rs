//! Items become files.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;

use super::Files;
use super::outline::outline;
use super::place::Place;
use crate::Error;
use crate::api::Api;

/// The files while they are being written.
pub(super) struct Source<'a> {
    pub(super) place: Place<'a>,
    /// Whether to keep only what signatures show.
    pub(super) is_outline: bool,
    header: String,
    files: BTreeMap<String, Content>,
}

/// A file before it is printed.
enum Content {
    /// Text that is formatted already.
    Text(String),
    /// Items, with what stands before them.
    Items(String, syn::File),
}

impl<'a> Source<'a> {
    pub(super) fn new(api: &Api, place: Place<'a>) -> Self {
        Self { place, is_outline: false, header: place.header(api), files: BTreeMap::new() }
    }

    /// Source to be read rather than printed.
    pub(super) fn outline(api: &Api, place: Place<'a>) -> Self {
        Self { is_outline: true, ..Self::new(api, place) }
    }

    /// Adds a file of text that is formatted already.
    pub(super) fn text(&mut self, path: &str, text: &str) {
        self.files.insert(path.to_owned(), Content::Text(text.to_owned()));
    }

    /// Adds a file of items, with documentation of the module and imports of these paths.
    pub(super) fn items(&mut self, path: &str, doc: &str, uses: &[String], items: TokenStream) -> Result<(), Error> {
        if self.is_outline {
            let items = parse(outline(items), path)?;
            self.files.insert(path.to_owned(), Content::Items(String::new(), items));
            return Ok(());
        }
        let mut text = String::new();
        for line in doc.lines() {
            text.push_str(format!("//! {line}").trim_end());
            text.push('\n');
        }
        if !text.is_empty() {
            text.push('\n');
        }
        for path in uses {
            text.push_str(&format!("use {path};\n"));
        }
        self.files.insert(path.to_owned(), Content::Items(text, parse(items, path)?));
        Ok(())
    }

    /// The files as text.
    pub(super) fn finish(self) -> Files {
        let Self { place, header, files, .. } = self;
        let printed = |content| {
            let text = match content {
                Content::Text(text) => text,
                Content::Items(head, items) => head + &print(&items),
            };
            format!("{header}\n{}", place.linked(&text))
        };
        files.into_iter().map(|(path, content)| (path, printed(content))).collect()
    }

    /// The items of the files, by path.
    pub(super) fn parsed(self) -> Result<BTreeMap<String, syn::File>, Error> {
        let parsed = |(path, content): (String, Content)| {
            let items = match content {
                Content::Text(text) => syn::parse_file(&text).map_err(|error| invalid(&path, &error))?,
                Content::Items(_, items) => items,
            };
            Ok((path, items))
        };
        self.files.into_iter().map(parsed).collect()
    }
}

/// Items as text.
pub(super) fn pretty(items: TokenStream, file: &str) -> Result<String, Error> {
    Ok(print(&parse(items, file)?))
}

fn parse(items: TokenStream, file: &str) -> Result<syn::File, Error> {
    syn::parse2(items).map_err(|error| invalid(file, &error))
}

fn print(items: &syn::File) -> String {
    spaced(&prettyplease::unparse(items))
}

fn invalid(file: &str, error: &syn::Error) -> Error {
    Error::InvalidCode { file: file.to_owned(), problem: error.to_string() }
}

/// Separates items with blank lines, which the printer omits.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + text.len() / 20);
    let mut ends_item = true;
    let mut is_import = true;
    for line in text.lines() {
        let starts_item = !line.is_empty() && line.trim_start() != "}";
        let follows_import = is_import && line.starts_with("use ");
        if ends_item && starts_item && !follows_import {
            spaced.push('\n');
        }
        is_import = line.starts_with("use ");
        // Items are at the margin, or one level deep in an implementation or a trait.
        ends_item = match line.strip_prefix("    ") {
            // A method without a body, in a trait.
            Some(inner) => {
                inner == "}" || (inner.ends_with(';') && (inner.starts_with("fn ") || inner.starts_with(')')))
            }
            None if line.starts_with("//") => false,
            None => is_import || line == "}" || line.ends_with("{}") || line.ends_with(';'),
        };
        spaced.push_str(line);
        spaced.push('\n');
    }
    spaced
}
