//! What Rust sources use of a client, as far as their text shows it.
//!
//! Types are not known, so names decide: what may be a use counts as one.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens as _;

use crate::{Error, names};

/// What sources use.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    /// All names.
    names: BTreeSet<String>,
    /// Names after a dot or in the braces of a type: fields, methods and settings.
    members: BTreeSet<String>,
    /// Calls of a method of something: of a handle or a variable, by its name.
    calls: BTreeSet<(String, String)>,
    /// What a variable, field or function holds or gives: a handle, or its type.
    held: BTreeMap<String, BTreeSet<String>>,
}

impl Usage {
    /// Adds what a file of Rust uses; macros are looked into.
    ///
    /// # Errors
    ///
    /// The text is not Rust.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), Error> {
        let parsed = syn::parse_file(text)
            .map_err(|error| Error::InvalidCode { file: file.to_owned(), problem: error.to_string() })?;
        self.walk(parsed.into_token_stream(), false);
        Ok(())
    }

    /// Whether some call is that of an operation: `timesheets` and `list`.
    #[must_use]
    pub fn calls(&self, resource: &str, method: &str) -> bool {
        let (handle, operation) = (names::pascal(resource), names::operation(method));
        let is_handle = |name: &String| *name == resource || *name == handle;
        let holds = |name: &String| self.held.get(name).is_some_and(|held| held.iter().any(is_handle));
        let is_method = |called: &String| *called == method || *called == operation;
        self.calls.iter().any(|(of, called)| is_method(called) && (is_handle(of) || holds(of)))
    }

    /// Whether a name stands anywhere.
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
            let before = |back: usize| index.checked_sub(back).and_then(|place| tokens.get(place));
            match token {
                TokenTree::Ident(ident) => {
                    let name = ident.to_string();
                    let name = name.trim_start_matches("r#").to_owned();
                    if is_of_type || is_punct(before(1), '.') {
                        self.members.insert(name.clone());
                    }
                    if is_punct(before(1), '.')
                        && let Some(of) = subject(tokens.get(..index - 1).unwrap_or_default())
                    {
                        self.calls.insert((of, name.clone()));
                    }
                    // `timesheets::List`, an operation by its type.
                    if let (true, true, Some(TokenTree::Ident(module))) =
                        (is_punct(before(1), ':'), is_punct(before(2), ':'), before(3))
                    {
                        self.calls.insert((module.to_string(), name.clone()));
                    }
                    self.names.insert(name);
                }
                TokenTree::Group(group) => {
                    let is_type = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Ident(ident)) if ident.to_string().starts_with(char::is_uppercase));
                    if let (true, true, Some(TokenTree::Ident(module))) =
                        (is_punct(before(1), ':'), is_punct(before(2), ':'), before(3))
                    {
                        let names = group.stream().into_iter().filter(|token| matches!(token, TokenTree::Ident(_)));
                        self.calls.extend(names.map(|name| (module.to_string(), name.to_string())));
                    }
                    self.walk(group.stream(), group.delimiter() == Delimiter::Brace && is_type(before(1)));
                }
                TokenTree::Punct(punct) if matches!(punct.as_char(), '=' | ':') => {
                    let Some(TokenTree::Ident(held)) = before(1) else { continue };
                    self.hold(&held.to_string(), tokens.get(index + 1..).unwrap_or_default());
                }
                // What a function gives.
                TokenTree::Punct(punct) if punct.as_char() == '>' && is_punct(before(1), '-') => {
                    let is_function = matches!(before(4), Some(TokenTree::Ident(word)) if word == "fn");
                    let Some(TokenTree::Ident(name)) = before(3).filter(|_| is_function) else { continue };
                    self.hold(&name.to_string(), tokens.get(index + 1..).unwrap_or_default());
                }
                _ => {}
            }
        }
    }

    /// Remembers what stands behind a name: the types of a declaration, or the last call of an expression.
    fn hold(&mut self, name: &str, tokens: &[TokenTree]) {
        let ends = |token: &TokenTree| match token {
            TokenTree::Punct(punct) => matches!(punct.as_char(), ';' | ','),
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            _ => false,
        };
        let end = tokens.iter().position(ends).unwrap_or(tokens.len());
        let tokens = tokens.get(..end).unwrap_or_default();
        let held = self.held.entry(name.to_owned()).or_default();
        held.extend(subject(tokens));
        held.extend(tokens.iter().filter_map(|token| match token {
            TokenTree::Ident(ident) => Some(ident.to_string()).filter(|name| name.starts_with(char::is_uppercase)),
            _ => None,
        }));
    }
}

/// What an expression ends with: the name of a variable or field, or of what is called without arguments.
fn subject(tokens: &[TokenTree]) -> Option<String> {
    match tokens {
        [rest @ .., TokenTree::Punct(punct)] if punct.as_char() == '?' => subject(rest),
        [rest @ .., TokenTree::Punct(punct), TokenTree::Ident(word)] if punct.as_char() == '.' && word == "await" => {
            subject(rest)
        }
        [.., TokenTree::Ident(name), TokenTree::Group(group)]
            if group.delimiter() == Delimiter::Parenthesis && group.stream().is_empty() =>
        {
            Some(name.to_string())
        }
        [.., TokenTree::Ident(name)] => Some(name.to_string()),
        _ => None,
    }
}

fn is_punct(token: Option<&TokenTree>, c: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == c)
}
