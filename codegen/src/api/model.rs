//! The model of an API as a client sees it: no JSON values, no Rust tokens.
//!
//! Names are Rust names (`snake_case` or `UpperCamelCase`, no keywords, unique in their scope),
//! because they are part of the client; `wire` is always the name or value in requests and responses.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Pointer, Release};

/// An API of one release.
#[derive(Clone, Debug)]
pub struct Api {
    /// The release of Kimai.
    pub release: Release,
    /// The oldest release whose responses it describes.
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
    /// When it was added and removed, as a sentence; empty if always present or unknown.
    pub since: String,
    /// Rust statements which use `kimai: &Client`.
    pub example: Option<String>,
    /// The permissions that it requires, all of them.
    pub permissions: Vec<Permission>,
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
    /// Query and header parameters, without those that change the response type.
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

/// A permission, or several, any of which is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission(pub Vec<String>);

/// A query or header parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The setter's name.
    pub name: String,
    /// What it means; Markdown.
    pub doc: String,
    /// When it was added and removed, as a sentence; empty if always present or unknown.
    pub since: String,
    /// Whether the operation requires it.
    pub required: bool,
    /// Where it is sent.
    pub place: ParameterPlace,
    /// What it accepts.
    pub value: ParameterValue,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterPlace {
    /// The query.
    Query,
    /// The header.
    Header,
    /// A member of the optional JSON body.
    Body,
}

/// What a parameter accepts, and how it is written.
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
    /// One or many values, and `all` if the operation supports it: two parameters of the document in one.
    Select {
        /// The name for a single value.
        one: String,
        /// The name for many values, brackets included; without it, at most one value.
        many: Option<String>,
        /// How many values are written.
        style: ListStyle,
        /// The word for all.
        all: Option<String>,
        /// The type of an element.
        ty: Scalar,
    },
}

/// How a list is written in a query.
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
    /// `true` or `false`, in the words of the operation.
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
    /// A date and time in the user's time zone.
    LocalDateTime,
    /// An instant, written in UTC.
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
    /// The type of a value; none for a switch.
    pub(crate) fn scalar(&self) -> Option<&Scalar> {
        match self {
            Self::One { ty, .. } | Self::List { ty, .. } | Self::Select { ty, .. } => Some(ty),
            Self::Flag { .. } => None,
        }
    }

    /// The name of the enum that it accepts, if any.
    pub(crate) fn enum_name(&self) -> Option<&str> {
        self.scalar()?.enum_name()
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

/// The content of a successful response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing.
    Empty,
    /// JSON.
    Json(Type),
    /// One page of a list, with totals in the headers.
    Page(Type),
    /// A file.
    Download,
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

/// A type in JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Text.
    String,
    /// Text which must not be printed.
    Secret,
    /// Text in a special format.
    Text(Text),
    /// A boolean.
    Bool,
    /// A whole number.
    Integer,
    /// A number.
    Float,
    /// The id of this kind of thing.
    Id(String),
    /// An instant with its offset.
    DateTime,
    /// A date and time in the user's time zone.
    LocalDateTime,
    /// A date.
    Date,
    /// A number of seconds.
    Duration,
    /// Declared free-form: any JSON.
    Json,
    /// A file to upload.
    Upload,
    /// A list.
    List(Box<Type>),
    /// An element of a list or map that may be null; for properties, see [`Field::nullable`].
    Nullable(Box<Type>),
    /// An object with any keys.
    Map(Box<Type>),
    /// A type of [`Api::types`].
    Named(String),
    /// The id of this kind of thing, or the thing itself as this type: releases differ.
    IdOr(String, String),
}

/// The name of the type that another type refers to.
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
    /// A color such as `#ff0000`.
    Color,
    /// A country by its two letters.
    Country,
    /// A currency by its three letters.
    Currency,
    /// A time zone by its IANA name.
    TimeZone,
    /// The value of a custom field or preference, in a request.
    FieldValue,
}

impl Text {
    /// The type of this `format`, as overlays write it.
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

impl TypeDef {
    /// The name of the schema in the document, if the type has one of its own.
    #[must_use]
    pub fn schema(&self) -> Option<String> {
        let pointer = self.pointer.to_string();
        let token = pointer.strip_prefix("/components/schemas/").filter(|token| !token.contains('/'))?;
        Some(token.replace("~1", "/").replace("~0", "~"))
    }
}

/// The shape of a named type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeKind {
    /// What a server returns.
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
    /// What a client sends to change a part: every property can be kept, set, and usually cleared.
    Patch {
        /// Its properties.
        fields: Vec<Field>,
        /// The type of further properties, where the document declares them.
        extra: Option<Type>,
    },
    /// One of a list of texts.
    Enum {
        /// Whether values that the document does not list are accepted.
        open: bool,
        /// The values.
        variants: Vec<Variant>,
    },
    /// One of several types, recognized by their shape.
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
    /// When it was added and removed, as a sentence; empty if always present or unknown.
    pub since: String,
    /// Its type.
    pub ty: Type,
    /// In a response: whether it is always present. In a form: whether it is required.
    pub required: bool,
    /// In a response: whether an absent value is written as null, because the newest release writes null.
    pub keeps_null: bool,
    /// Whether the document requires it, which does not mean that responses contain it.
    pub declared: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// In a patch: whether null clears it.
    pub clearable: bool,
    /// Output format.
    pub encoding: Encoding,
    /// In a form: the initial value, because servers read an omitted value as no.
    pub initial: Option<bool>,
    /// Whether the document declares it deprecated.
    pub deprecated: bool,
    /// Whether the field needs a box, because the type contains itself.
    pub boxed: bool,
}

/// How a property of a request is written, if its type does not define it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As its type is written.
    Plain,
    /// A number that must be finite: JSON would write null.
    Finite,
    /// A duration as `H:MM:SS`.
    HoursMinutesSeconds,
    /// A list as text with commas.
    CommaSeparated,
    /// A date as date and time at midnight.
    DateAsDateTime,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The text.
    pub wire: String,
    /// The variant's name.
    pub name: String,
    /// When it was added and removed, as a sentence; empty if always present or unknown.
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

/// The JSON shape of an alternative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An object.
    Object {
        /// The properties which the document requires.
        required: Vec<String>,
        /// All properties in the document.
        known: Vec<String>,
        /// The discriminator, and its values for this alternative.
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
