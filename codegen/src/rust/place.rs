//! Where generated code stands: in the client, or in a crate of its own beside it. Little more than paths depends on it.

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::quote;

use super::MARKER;
use crate::Error;
use crate::additions::Additions;
use crate::api::{Api, Resource};

/// The crate of the client, as the crate beside it sees it.
#[derive(Clone, Copy, Debug)]
pub struct ClientCrate<'a> {
    /// Its name in code, such as `generated_client`.
    pub name: &'a str,
    /// Its version, which the generated code fits.
    pub version: &'a str,
}

/// Where the code stands.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// In the client.
    Client,
    /// In another crate, as a module that may be mounted anywhere; with what the client lacks.
    Beside(&'a Additions, ClientCrate<'a>),
}

impl Place<'_> {
    pub(super) fn is_client(self) -> bool {
        matches!(self, Self::Client)
    }

    /// Whether it is known since when releases of Kimai have the operations.
    pub(super) fn has_history(self, api: &Api) -> bool {
        self.is_client() && api.is_kimai
    }

    /// The first line of a file.
    pub(super) fn header(self, api: &Api) -> String {
        let source = if api.is_kimai {
            format!("the API document of Kimai {}", api.release)
        } else {
            "an API document".to_owned()
        };
        let version = match self {
            Self::Client => String::new(),
            Self::Beside(_, client) => format!(", for version {} of generated-client", client.version),
        };
        format!("{MARKER} from {source}{version}; do not edit.\n")
    }

    /// What a file imports to have the names of the runtime.
    pub(super) fn runtime(self) -> String {
        match self {
            Self::Client => "crate::prelude::*".to_owned(),
            Self::Beside(_, client) => format!("{}::generated_code::*", client.name),
        }
    }

    /// What a file imports to have the modules `ids` and `types`; `up` is the path to the module around it.
    pub(super) fn ids_and_types(self, up: &str) -> Vec<String> {
        match self {
            Self::Client => vec!["crate::{ids, types}".to_owned()],
            Self::Beside(additions, client) => {
                let types = if additions.types().next().is_some() { up } else { client.name };
                vec![self.ids(up), format!("{types}::types")]
            }
        }
    }

    /// What a file imports to have the module `ids`.
    pub(super) fn ids(self, up: &str) -> String {
        match self {
            Self::Client => "crate::ids".to_owned(),
            Self::Beside(additions, client) => {
                let ids = if additions.ids().next().is_some() { up } else { client.name };
                format!("{ids}::ids")
            }
        }
    }

    /// Whether the type is defined here.
    pub(super) fn defines_type(self, name: &str) -> bool {
        match self {
            Self::Client => true,
            Self::Beside(additions, _) => !additions.client.types.contains(name),
        }
    }

    /// The kinds of ids that are defined here.
    pub(super) fn ids_defined<'a>(&'a self, api: &'a Api) -> Vec<&'a str> {
        match self {
            Self::Client => api.ids.iter().map(String::as_str).collect(),
            Self::Beside(additions, _) => additions.ids().collect(),
        }
    }

    /// Whether the handle of the resource is defined here.
    pub(super) fn defines_handle(self, resource: &str) -> bool {
        match self {
            Self::Client => true,
            Self::Beside(additions, _) => !additions.client.resources.contains(resource),
        }
    }

    /// The path of what has the methods of a resource, in a link; `up` is the path to the module around it.
    pub(super) fn handle(self, up: &str, name: &str, resource: &Resource) -> String {
        let up = if self.is_client() { "crate" } else { up };
        if self.defines_handle(name) {
            format!("{up}::handles::{}", resource.type_name)
        } else {
            format!("{up}::handles::{}", extension(resource))
        }
    }

    /// An item of the crate of the client.
    pub(super) fn of_client(self, path: &str) -> Result<TokenStream, Error> {
        match self {
            Self::Client => parsed(&format!("crate::{path}")),
            Self::Beside(_, client) => parsed(&format!("{}::{path}", client.name)),
        }
    }

    /// All of a module of the client, which the module here of this name has too.
    pub(super) fn all_of_client(self, module: &str) -> Option<String> {
        match self {
            Self::Client => None,
            Self::Beside(_, client) => Some(format!("{}::{module}::*", client.name)),
        }
    }

    /// The attribute for what derives serde's traits: the crate beside the client may lack serde.
    pub(super) fn serde(self) -> TokenStream {
        let Self::Beside(_, client) = self else { return TokenStream::new() };
        let path = format!("{}::generated_code::serde", client.name);
        quote!(#[serde(crate = #path)])
    }

    /// A file in which links lead to the client from here.
    pub(super) fn linked(self, text: &str) -> Cow<'_, str> {
        let Self::Beside(_, client) = self else { return Cow::Borrowed(text) };
        let text = text.replace("](crate::types::", "](types::").replace("](crate::ids::", "](ids::");
        Cow::Owned(text.replace("](crate::", &format!("]({}::", client.name)))
    }
}

/// The name of the trait with what is added to a resource of the client.
pub(super) fn extension(resource: &Resource) -> String {
    format!("{}Plugins", resource.type_name)
}

fn parsed(path: &str) -> Result<TokenStream, Error> {
    path.parse()
        .map_err(|_| Error::InvalidCode { file: path.to_owned(), problem: "the path is not valid Rust".to_owned() })
}
