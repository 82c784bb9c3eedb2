//! The keywords of OpenAPI 3.0.4, and what a comparison does with each of them.

mod table;

use super::catalogue::Kind;

/// A keyword of an object in a document.
#[derive(Clone, Copy, Debug)]
pub struct Keyword {
    /// The object.
    pub object: Object,
    /// Its name; in braces if the document chooses it.
    pub name: &'static str,
    /// What a comparison does with it.
    pub treatment: Treatment,
}

/// What a comparison does with a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// A difference is reported as one of these kinds.
    Compared(&'static [Kind]),
    /// The object that it leads to is compared.
    Followed,
    /// A difference is reported without details, as [`Kind::NotCompared`].
    NotCompared,
    /// A difference is not reported, for this reason.
    Ignored(&'static str),
}

/// What the value of a keyword is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Anything that has no keywords.
    Value,
    /// A list of values, in any order.
    Values,
    /// An object, or a reference to one.
    One(Object),
    /// A list of objects, in any order.
    List(Object),
    /// Objects by names that the document chooses.
    Map(Object),
}

/// Defines the objects with their names in the specification.
macro_rules! objects {
    ($($variant:ident = $text:literal,)*) => {
        /// An object of the specification.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Object {
            $(#[doc = $text] $variant,)*
        }

        impl Object {
            /// All objects, as the specification orders them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Its name in the specification.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }
    };
}

objects! {
    Document = "OpenAPI",
    Info = "Info",
    Contact = "Contact",
    License = "License",
    Server = "Server",
    ServerVariable = "Server Variable",
    Components = "Components",
    Paths = "Paths",
    PathItem = "Path Item",
    Operation = "Operation",
    ExternalDocumentation = "External Documentation",
    Parameter = "Parameter",
    RequestBody = "Request Body",
    MediaType = "Media Type",
    Encoding = "Encoding",
    Responses = "Responses",
    Response = "Response",
    Callback = "Callback",
    Example = "Example",
    Link = "Link",
    Header = "Header",
    Tag = "Tag",
    Reference = "Reference",
    Schema = "Schema",
    Discriminator = "Discriminator",
    Xml = "XML",
    SecurityScheme = "Security Scheme",
    OAuthFlows = "OAuth Flows",
    OAuthFlow = "OAuth Flow",
    SecurityRequirement = "Security Requirement",
}

/// All keywords, in the order of the specification.
pub fn keywords() -> impl Iterator<Item = Keyword> {
    let of = |object: &Object| {
        let object = *object;
        let row = move |(name, treatment, _): &table::Row| Keyword { object, name, treatment: *treatment };
        table::rows(object).iter().map(row)
    };
    Object::ALL.iter().flat_map(of)
}

/// What to do with a member of an object, and what its value is. Extensions are ignored; unknown keywords are not
/// compared.
pub(super) fn of(object: Object, name: &str) -> (Treatment, Holds) {
    if name == "$ref" {
        return (Treatment::Followed, Holds::Value);
    }
    let rows = table::rows(object);
    let found = rows.iter().find(|(known, ..)| *known == name);
    // The names that a document chooses stand for all.
    let is_extension = name.starts_with("x-") && object != Object::SecurityRequirement;
    let found = found.or_else(|| rows.iter().find(|(known, ..)| known.starts_with('{') && !is_extension));
    match found {
        Some((_, treatment, holds)) => (*treatment, *holds),
        // As in canonical documents, wherever they are.
        None if table::PROSE.contains(&name) => (Treatment::Ignored("a text for people"), Holds::Value),
        None if is_extension => (Treatment::Ignored(table::EXTENSION), Holds::Value),
        None => (Treatment::NotCompared, Holds::Value),
    }
}

/// Why extensions are ignored.
pub const EXTENSIONS: &str = table::EXTENSION;
