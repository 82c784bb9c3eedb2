//! Finds what Rust sources use of a client, by their text.
//!
//! Types are unknown, so names decide: everything that may be a use counts as one.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens as _;

use crate::{Error, names};

/// What sources use.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    /// All names.
    names: BTreeSet<String>,
    /// Names after a dot or two colons, or in the braces of a type: fields, methods and settings.
    members: BTreeSet<String>,
}

impl Usage {
    /// Adds what a file of Rust uses; macros are looked into.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not Rust.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), Error> {
        let parsed = syn::parse_file(text)
            .map_err(|error| Error::InvalidSource { file: file.to_owned(), problem: error.to_string() })?;
        self.walk(parsed.into_token_stream(), false);
        Ok(())
    }

    /// Whether an operation may be called: its method, or its type, and the resource or its handle have a name in the
    /// sources.
    #[must_use]
    pub fn calls(&self, resource: &str, method: &str) -> bool {
        let has = |one: &str, other: String| self.names(one) || self.names(&other);
        has(resource, names::pascal(resource)) && has(method, names::operation(method))
    }

    /// Whether a name occurs anywhere.
    #[must_use]
    pub fn names(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Whether a name may be that of a field, a method or a setting.
    #[must_use]
    pub fn has_member(&self, name: &str) -> bool {
        self.members.contains(name)
    }

    fn walk(&mut self, tokens: TokenStream, is_of_type: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|place| tokens.get(place));
            match token {
                TokenTree::Ident(ident) => {
                    let name = ident.to_string();
                    let name = name.trim_start_matches("r#").to_owned();
                    let follows =
                        matches!(before, Some(TokenTree::Punct(punct)) if matches!(punct.as_char(), '.' | ':'));
                    if is_of_type || follows {
                        self.members.insert(name.clone());
                    }
                    self.names.insert(name);
                }
                TokenTree::Group(group) => {
                    let is_type = matches!(before, Some(TokenTree::Ident(ident)) if ident.to_string().starts_with(char::is_uppercase));
                    self.walk(group.stream(), group.delimiter() == Delimiter::Brace && is_type);
                }
                _ => {}
            }
        }
    }
}
