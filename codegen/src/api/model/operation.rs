use serde::{Deserialize, Serialize};

use super::{Parameter, Scalar, Type, named};
use crate::Pointer;

/// One operation: a method on a path.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The HTTP method.
    pub method: Method,
    /// The path: from `/api/` on, unless it is [`outside_api`](Self::outside_api).
    pub path: Vec<Segment>,
    /// Whether the path is not below `/api/`.
    pub outside_api: bool,
    /// The path as the document writes it.
    pub template: String,
    /// The module name of the resource.
    pub resource: String,
    /// The method name.
    pub name: String,
    /// What it does; Markdown.
    pub doc: String,
    /// When it was added and removed, as a sentence; empty if always present or unknown.
    pub since: String,
    /// Rust statements which use `kimai: &Client`.
    pub example: Option<String>,
    /// The permissions that it requires, all of them.
    pub permissions: Vec<Permission>,
    /// Whether a plugin adds it: no known release has it. Known only where the document is compared with the releases.
    pub plugin: bool,
    /// Whether Kimai hides it in its API page.
    pub internal: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The method that replaces it, such as `timesheets().stop()`.
    pub replacement: Option<String>,
    /// Whether it changes something on the server although its method is GET.
    pub writes: bool,
    /// Whether servers return only status 410.
    pub gone: bool,
    /// Query, header and cookie parameters, without those that change the response type.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub body: Option<Body>,
    /// What comes back.
    pub answer: Answer,
    /// The variant that returns related objects in place of ids.
    pub full: Option<Full>,
    /// The place in the document.
    pub pointer: Pointer,
}

impl Operation {
    /// Whether both are the same operation: method and path, whatever the parameters of the path are called.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let agree = |pair: (&Segment, &Segment)| match pair {
            (Segment::Literal(a), Segment::Literal(b)) => a == b,
            (Segment::Parameter(_), Segment::Parameter(_)) => true,
            _ => false,
        };
        self.method == other.method
            && self.outside_api == other.outside_api
            && self.path.len() == other.path.len()
            && self.path.iter().zip(&other.path).all(agree)
    }
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// GET.
    Get,
    /// HEAD.
    Head,
    /// POST.
    Post,
    /// PUT.
    Put,
    /// PATCH.
    Patch,
    /// DELETE.
    Delete,
}

impl Method {
    /// As HTTP writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// A part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Fixed text.
    Literal(String),
    /// A parameter which fills the whole segment.
    Parameter(PathParameter),
}

/// A parameter in the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathParameter {
    /// The argument's name.
    pub name: String,
    /// Its type.
    pub ty: Scalar,
}

/// A permission, or several, any of which is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission(pub Vec<String>);

/// A request body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// JSON.
    Json(Type),
    /// `multipart/form-data`, with a type of kind [`TypeKind::Form`](super::TypeKind::Form).
    Multipart(String),
    /// `application/x-www-form-urlencoded`, with a type of kind [`TypeKind::Form`](super::TypeKind::Form).
    UrlEncoded(String),
    /// Text of this media type.
    Text(String),
    /// Bytes of this media type.
    Bytes(String),
}

/// The content of a successful response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing.
    Empty,
    /// JSON.
    Json(Type),
    /// JSON or nothing, because the document declares both.
    OptionalJson(Type),
    /// Text.
    Text,
    /// Anything: the document declares a response and does not say which.
    Undeclared,
    /// The headers: the response to HEAD has no body.
    Headers,
    /// One page of a list, with totals in the headers.
    Page(Type),
    /// A file.
    Download,
}

impl Answer {
    /// The type of the JSON, or of an item of a page.
    #[must_use]
    pub fn json(&self) -> Option<&Type> {
        match self {
            Self::Json(ty) | Self::OptionalJson(ty) | Self::Page(ty) => Some(ty),
            Self::Empty | Self::Text | Self::Undeclared | Self::Headers | Self::Download => None,
        }
    }
}

impl Body {
    /// The name of the type of [`Api::types`](super::Api::types) that is sent, if any.
    pub(crate) fn type_name(&self) -> Option<&str> {
        match self {
            Self::Json(ty) => named(ty),
            Self::Multipart(name) | Self::UrlEncoded(name) => Some(name),
            Self::Text(_) | Self::Bytes(_) => None,
        }
    }
}

/// The variant of an operation that returns related objects in place of ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Full {
    /// The query parameter.
    pub wire: String,
    /// Its value.
    pub value: String,
    /// When it was added and removed, as a sentence; empty if always present or unknown.
    pub since: String,
    /// What comes back.
    pub answer: Answer,
}
