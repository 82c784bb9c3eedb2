use super::{Type, named};

/// A query, header or cookie parameter.
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
    /// A cookie.
    Cookie,
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
    /// An object in the query.
    Object {
        /// The name on the wire.
        wire: String,
        /// How its properties are written.
        style: ObjectStyle,
        /// The object's type.
        ty: Type,
    },
}

/// How an object is written in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectStyle {
    /// `name[key]=value` for each property.
    Deep,
    /// `key=value` for each property.
    Exploded,
    /// `name=key,value,key,value`.
    Joined,
}

/// How a list is written in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListStyle {
    /// A parameter for each value.
    Repeated,
    /// One parameter, commas between the values.
    Commas,
    /// One parameter, spaces between the values.
    Spaces,
    /// One parameter, vertical bars between the values.
    Bars,
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
    /// The type of a value that is written as plain text.
    pub(crate) fn scalar(&self) -> Option<&Scalar> {
        match self {
            Self::One { ty, .. } | Self::List { ty, .. } | Self::Select { ty, .. } => Some(ty),
            Self::Flag { .. } | Self::Object { .. } => None,
        }
    }

    /// The name of the type of [`Api::types`](super::Api::types) that it accepts, if any.
    pub(crate) fn type_name(&self) -> Option<&str> {
        match self {
            Self::Object { ty, .. } => named(ty),
            _ => self.scalar()?.enum_name(),
        }
    }
}
