//! Items become files.

use proc_macro2::TokenStream;

use super::{Files, MARKER};
use crate::Error;
use crate::api::Api;

/// The files while they are being written.
pub(super) struct Source {
    header: String,
    files: Files,
}

impl Source {
    pub(super) fn new(api: &Api) -> Self {
        let source = if api.is_kimai {
            format!("the API document of Kimai {}", api.release)
        } else {
            "an API document".to_owned()
        };
        Self { header: format!("{MARKER} from {source}; do not edit.\n"), files: Files::new() }
    }

    /// Adds a file of text that is formatted already.
    pub(super) fn text(&mut self, path: &str, text: &str) {
        self.files.insert(path.to_owned(), format!("{}\n{text}", self.header));
    }

    /// Adds a file of items, with documentation of the module and imports of these paths.
    pub(super) fn items(&mut self, path: &str, doc: &str, uses: &[&str], items: &TokenStream) -> Result<(), Error> {
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
        text.push_str(&pretty(items, path)?);
        self.text(path, &text);
        Ok(())
    }

    pub(super) fn finish(self) -> Files {
        self.files
    }
}

/// Items as text.
pub(super) fn pretty(items: &TokenStream, file: &str) -> Result<String, Error> {
    let file = syn::parse2::<syn::File>(items.clone())
        .map_err(|error| Error::InvalidCode { file: file.to_owned(), problem: error.to_string() })?;
    Ok(spaced(&prettyplease::unparse(&file)))
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
        // Items are at the margin, or one level deep in an implementation.
        ends_item = match line.strip_prefix("    ") {
            Some(inner) => inner == "}",
            None if line.starts_with("//") => false,
            None => is_import || line == "}" || line.ends_with("{}") || line.ends_with(';'),
        };
        spaced.push_str(line);
        spaced.push('\n');
    }
    spaced
}
