//! Code without what no signature shows, which is quicker to read.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The items with empty bodies of functions, and without attributes, but for those that hide something or deprecate it.
pub(super) fn outline(items: TokenStream) -> TokenStream {
    of(items, Inside::Items)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Items, or tokens without function bodies, such as the fields of a type.
    Items,
    /// An implementation.
    Implementation,
}

fn of(tokens: TokenStream, inside: Inside) -> TokenStream {
    let mut kept = Vec::new();
    let mut braces = Inside::Items;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' && tokens.peek().is_some_and(is_idle) => {
                tokens.next();
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let content = match inside {
                    Inside::Items => of(group.stream(), braces),
                    Inside::Implementation => TokenStream::new(),
                };
                kept.push(TokenTree::Group(Group::new(Delimiter::Brace, content)));
                braces = Inside::Items;
            }
            token => {
                if matches!(&token, TokenTree::Ident(word) if word == "impl") {
                    braces = Inside::Implementation;
                }
                kept.push(token);
            }
        }
    }
    kept.into_iter().collect()
}

/// Whether it is what follows the sign of an attribute that says nothing of the interface.
fn is_idle(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else { return false };
    let mut content = group.stream().into_iter();
    let is = |token: Option<TokenTree>, name: &str| matches!(token, Some(TokenTree::Ident(word)) if word == name);
    let first = content.next();
    let hides = is(first.clone(), "doc") && matches!(content.next(), Some(TokenTree::Group(_)));
    group.delimiter() == Delimiter::Bracket && !hides && !is(first, "deprecated")
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn only_the_interface_stays() {
        let items = quote! {
            #[doc = " text"]
            #[derive(Clone)]
            pub struct Tag { #[serde(default)] pub name: Option<String> }

            impl<C> Tags<C> {
                const ALL: &'static [u8] = &[1];

                #[doc(hidden)]
                #[must_use]
                pub fn client(&self) -> C { self.client }

                #[deprecated(note = "old")]
                pub fn list(&self, of: impl Into<String>) -> Request<C, List> { if true { Request::new() } else { a } }
            }

            id::ids! { #[doc = "text"] TagId; }
        };
        let expected = quote! {
            pub struct Tag { pub name: Option<String> }

            impl<C> Tags<C> {
                const ALL: &'static [u8] = &[1];

                #[doc(hidden)]
                pub fn client(&self) -> C {}

                #[deprecated(note = "old")]
                pub fn list(&self, of: impl Into<String>) -> Request<C, List> {}
            }

            id::ids! { TagId; }
        };
        assert_eq!(outline(items).to_string(), expected.to_string());
    }
}
