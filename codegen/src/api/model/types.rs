use crate::Pointer;

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
    /// A type of [`Api::types`](super::Api::types).
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

impl TypeKind {
    /// Its properties, if it is an object.
    pub(crate) fn fields(&self) -> &[Field] {
        match self {
            Self::Answer { fields, .. } | Self::Form { fields, .. } | Self::Patch { fields, .. } => fields,
            Self::Enum { .. } | Self::OneOf { .. } => &[],
        }
    }

    /// The types of its fields or alternatives.
    pub(crate) fn types(&self) -> Vec<&Type> {
        match self {
            Self::Answer { fields, extra } | Self::Form { fields, extra } | Self::Patch { fields, extra } => {
                fields.iter().map(|field| &field.ty).chain(extra).collect()
            }
            Self::OneOf { alternatives } => alternatives.iter().map(|alternative| &alternative.ty).collect(),
            Self::Enum { .. } => Vec::new(),
        }
    }

    /// The shape without the documentation of its properties.
    pub(crate) fn without_docs(&self) -> Self {
        self.with_fields(|field| field.doc.clear())
    }

    /// Whether both have the same shape; documentation and places in the document do not count.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let bare = |kind: &Self| {
            kind.with_fields(|field| {
                field.doc.clear();
                if let Some(lookup) = &mut field.lookup {
                    lookup.pointer = Pointer::root();
                }
            })
        };
        bare(self) == bare(other)
    }

    /// The shape with changed properties.
    fn with_fields(&self, change: impl FnMut(&mut Field)) -> Self {
        let mut kind = self.clone();
        if let Self::Answer { fields, .. } | Self::Form { fields, .. } | Self::Patch { fields, .. } = &mut kind {
            fields.iter_mut().for_each(change);
        }
        kind
    }
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
    /// In a response: the method that finds a value in it.
    pub lookup: Option<Lookup>,
}

/// A method that returns the value of the element with a name, from a list of objects with `name` and `value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// The method's name.
    pub method: String,
    /// The place of the extension that asks for it.
    pub pointer: Pointer,
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
