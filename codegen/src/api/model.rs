//! The model of an API as a client sees it: no JSON values, no Rust tokens.
//!
//! Names are Rust names already (`snake_case` or `UpperCamelCase`, no keywords, unique where they stand),
//! because they are part of what a client sees; `wire` is always what goes over the wire.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Pointer, Release};

/// An API of one release.
#[derive(Clone, Debug)]
pub struct Api {
    /// The release of Kimai.
    pub release: Release,
    /// The oldest release whose answers it describes.
    pub oldest: Release,
    /// All operations, ordered by resource, path and method.
    pub operations: Vec<Operation>,
    /// What the operations are grouped by, by module name.
    pub resources: BTreeMap<String, Resource>,
    /// All types that the operations use, by name.
    pub types: BTreeMap<String, TypeDef>,
    /// All kinds of ids, by the name of what they identify: `Customer` for `CustomerId`.
    pub ids: BTreeSet<String>,
}

/// A group of operations with a handle of its own, such as `kimai.timesheets()`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The handle's type, such as `Timesheets`.
    pub type_name: String,
    /// What it is about; Markdown.
    pub doc: String,
}

/// One operation: a method on a path.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The HTTP method.
    pub method: Method,
    /// The path from `/api/` on.
    pub path: Vec<Segment>,
    /// The path as the document writes it.
    pub template: String,
    /// The module name of the resource.
    pub resource: String,
    /// The method name.
    pub name: String,
    /// What it does; Markdown.
    pub doc: String,
    /// When it came and went, in a sentence; empty if it was always there, or if that is not known.
    pub since: String,
    /// Rust statements which use `kimai: &Client`.
    pub example: Option<String>,
    /// The permissions that it needs, all of them (fact D12).
    pub permissions: Vec<Permission>,
    /// Whether the document keeps it from its readers (fact D16).
    pub internal: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Whether it changes something on the server although its method is GET.
    pub writes: bool,
    /// Whether servers answer nothing but 410.
    pub gone: bool,
    /// Query and header parameters, without those which change the answer's type.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub body: Option<Body>,
    /// What comes back.
    pub answer: Answer,
    /// The variant which answers with related objects in place of ids (fact R9).
    pub full: Option<Full>,
    /// The place in the document.
    pub pointer: Pointer,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// GET.
    Get,
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

/// A permission, or alternatives of which one is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission(pub Vec<String>);

/// A query or header parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The setter's name.
    pub name: String,
    /// What it means; Markdown.
    pub doc: String,
    /// When it came and went, in a sentence; empty if it was always there, or if that is not known.
    pub since: String,
    /// Whether the operation cannot do without it.
    pub required: bool,
    /// Where it goes.
    pub place: ParameterPlace,
    /// What it takes.
    pub value: ParameterValue,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterPlace {
    /// The query.
    Query,
    /// The header.
    Header,
    /// A member of the optional JSON body.
    Body,
}

/// What a parameter takes, and how it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterValue {
    /// One value.
    One {
        /// The name on the wire.
        wire: String,
        /// The type.
        ty: Scalar,
    },
    /// A switch: the only value is this one.
    Flag {
        /// The name on the wire.
        wire: String,
        /// The value.
        value: String,
    },
    /// A list.
    List {
        /// The name on the wire, brackets included.
        wire: String,
        /// Output format.
        style: ListStyle,
        /// The type of an element.
        ty: Scalar,
    },
    /// One or many, and `all` where the operation knows it: two parameters of the document in one.
    Select {
        /// The name for a single value.
        one: String,
        /// The name for many values, brackets included; without it, one at the most.
        many: Option<String>,
        /// How many values are written.
        style: ListStyle,
        /// The word for all.
        all: Option<String>,
        /// The type of an element.
        ty: Scalar,
    },
}

/// How a list is written in a query (fact D8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListStyle {
    /// A parameter for each value.
    Repeated,
    /// One parameter, commas between the values.
    Commas,
}

/// A value which is written as plain text in a path or query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// Text.
    String,
    /// A whole number, zero or more.
    Unsigned,
    /// A whole number.
    Integer,
    /// A number.
    Float,
    /// `true` or `false`, in the words of the operation (fact R7).
    Bool {
        /// The word for true.
        yes: String,
        /// The word for false.
        no: String,
    },
    /// The id of this kind of thing.
    Id(String),
    /// A named enum.
    Enum(String),
    /// A date and time in the user's zone (fact T3).
    LocalDateTime,
    /// An instant, written in UTC (fact T5).
    Utc,
    /// A date.
    Date,
}

impl Scalar {
    /// The enum's name, if it is one.
    pub(crate) fn enum_name(&self) -> Option<&str> {
        if let Self::Enum(name) = self { Some(name) } else { None }
    }
}

impl ParameterValue {
    /// The name of the enum that it takes, if it does.
    pub(crate) fn enum_name(&self) -> Option<&str> {
        match self {
            Self::One { ty, .. } | Self::List { ty, .. } | Self::Select { ty, .. } => ty.enum_name(),
            Self::Flag { .. } => None,
        }
    }
}

/// A request body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// JSON.
    Json(Type),
    /// `multipart/form-data`, with a type of kind [`TypeKind::Form`].
    Multipart(String),
}

/// What a successful answer holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing.
    Empty,
    /// JSON.
    Json(Type),
    /// One page of a list, with totals in the header (fact E1).
    Page(Type),
    /// A file.
    Download,
}

/// The variant of an operation which answers with related objects in place of ids (fact R9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Full {
    /// The query parameter.
    pub wire: String,
    /// Its value.
    pub value: String,
    /// When it came and went, in a sentence; empty if it was always there, or if that is not known.
    pub since: String,
    /// What comes back.
    pub answer: Answer,
}

/// A type in JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Text.
    String,
    /// Text which must not be printed.
    Secret,
    /// Text of a form of its own.
    Text(Text),
    /// A boolean.
    Bool,
    /// A whole number.
    Integer,
    /// A number.
    Float,
    /// The id of this kind of thing.
    Id(String),
    /// An instant with its offset (fact T1).
    DateTime,
    /// A date and time in the user's zone (fact T4).
    LocalDateTime,
    /// A date (fact T2).
    Date,
    /// Seconds (fact T7).
    Duration,
    /// Declared free-form: any JSON.
    Json,
    /// A file to upload.
    Upload,
    /// A list.
    List(Box<Type>),
    /// An element of a list or map which may be null; of properties, [`Field::nullable`] says it.
    Nullable(Box<Type>),
    /// An object with any keys.
    Map(Box<Type>),
    /// A type of [`Api::types`].
    Named(String),
    /// The id of this kind of thing, or the thing itself as this type: releases differ.
    IdOr(String, String),
}

/// The name of the type to which another one leads.
pub(crate) fn named(ty: &Type) -> Option<&str> {
    match ty {
        Type::Named(name) | Type::IdOr(_, name) => Some(name),
        Type::List(item) | Type::Map(item) | Type::Nullable(item) => named(item),
        _ => None,
    }
}

/// Text for which the runtime has a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// A color such as `#ff0000` (fact R13).
    Color,
    /// A country by its two letters.
    Country,
    /// A currency by its three letters.
    Currency,
    /// A time zone by its IANA name.
    TimeZone,
    /// The value of a custom field or preference, in a request (fact R12).
    FieldValue,
}

impl Text {
    /// The text of this `format`, as our overlays write it.
    #[must_use]
    pub fn from_format(format: &str) -> Option<Self> {
        Some(match format {
            "color" => Self::Color,
            "country-code" => Self::Country,
            "currency-code" => Self::Currency,
            "time-zone" => Self::TimeZone,
            "field-value" => Self::FieldValue,
            _ => return None,
        })
    }
}

/// A named type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeDef {
    /// Its name.
    pub name: String,
    /// What it is; Markdown.
    pub doc: String,
    /// Its shape.
    pub kind: TypeKind,
    /// The place in the document from which it comes.
    pub pointer: Pointer,
}

/// The shape of a named type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeKind {
    /// What a server answers.
    Answer {
        /// Its properties.
        fields: Vec<Field>,
        /// The type of further properties, where the document declares them.
        extra: Option<Type>,
    },
    /// What a client sends: required properties in the constructor, setters for the rest.
    Form {
        /// Its properties.
        fields: Vec<Field>,
        /// The type of further properties, where the document declares them.
        extra: Option<Type>,
    },
    /// What a client sends to change a part: every property can be kept, set, and mostly cleared (fact R1).
    Patch {
        /// Its properties.
        fields: Vec<Field>,
        /// The type of further properties, where the document declares them.
        extra: Option<Type>,
    },
    /// One of a list of texts.
    Enum {
        /// Whether values which the document does not list are kept (fact D10).
        open: bool,
        /// The values.
        variants: Vec<Variant>,
    },
    /// One of several types, told apart by their shape.
    OneOf {
        /// The types.
        alternatives: Vec<Alternative>,
    },
}

/// A property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The property's name.
    pub wire: String,
    /// The field's name.
    pub name: String,
    /// What it means; Markdown.
    pub doc: String,
    /// When it came and went, in a sentence; empty if it was always there, or if that is not known.
    pub since: String,
    /// Its type.
    pub ty: Type,
    /// In an answer: whether it is always there. In a form: whether it has to be given.
    pub required: bool,
    /// In an answer: whether nothing is written as null where older releases leave it out and the newest writes null.
    pub keeps_null: bool,
    /// Whether the document requires it, which is no evidence for an answer (fact D6).
    pub declared: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// In a patch: whether null clears it.
    pub clearable: bool,
    /// Output format.
    pub encoding: Encoding,
    /// In a form: the value with which it begins, because servers take absence for no (fact R4).
    pub initial: Option<bool>,
    /// Whether the document declares it deprecated.
    pub deprecated: bool,
    /// Whether the field needs a box, because the type contains itself.
    pub boxed: bool,
}

/// How a property of a request is written, where its type alone does not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As the type is.
    Plain,
    /// A number which is refused if it is not finite: JSON would write null (fact R3).
    Finite,
    /// A duration as `H:MM:SS` (fact T7).
    HoursMinutesSeconds,
    /// A list as text with commas (fact R5).
    CommaSeparated,
    /// A date as date and time at midnight (fact T6).
    DateAsDateTime,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The text.
    pub wire: String,
    /// The variant's name.
    pub name: String,
    /// When it came and went, in a sentence; empty if it was always there, or if that is not known.
    pub since: String,
}

/// One of the types of a `oneOf`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The variant's name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// How to recognise it.
    pub shape: Shape,
}

/// What JSON of an alternative looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An object.
    Object {
        /// The properties which the document requires.
        required: Vec<String>,
        /// All properties which the document knows.
        known: Vec<String>,
        /// The discriminator and the values of it which stand for this alternative.
        tag: Option<(String, Vec<String>)>,
    },
    /// An array.
    Array,
    /// A string.
    String,
    /// A number.
    Number,
    /// A boolean.
    Bool,
    /// Anything.
    Any,
}
