//! What stands where in an OpenAPI document, so that one walk serves every step which needs to know
//! whether `description` is prose or a property of that name.

use serde_json::Value;

use crate::Pointer;

/// What a value is, by its place in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Root,
    Info,
    Paths,
    PathItem,
    Operation,
    Callbacks,
    Callback,
    Parameters,
    ParameterMap,
    Parameter,
    RequestBody,
    RequestBodyMap,
    Responses,
    Response,
    Headers,
    Header,
    Content,
    MediaType,
    Components,
    Schemas,
    SchemaList,
    Schema,
    SecuritySchemes,
    SecurityScheme,
    Tags,
    Tag,
    /// Not looked into: examples, defaults, extensions.
    Raw,
}

impl Kind {
    /// What the member `key` of an object of this kind is.
    pub(super) fn member(self, key: &str) -> Self {
        match (self, key) {
            (Self::Root, "info") => Self::Info,
            (Self::Root, "paths") => Self::Paths,
            (Self::Root, "components") => Self::Components,
            (Self::Root, "tags") => Self::Tags,
            (Self::Paths, key) if key.starts_with('/') => Self::PathItem,
            (Self::Operation | Self::Components, "callbacks") => Self::Callbacks,
            (Self::Callbacks, _) => Self::Callback,
            (Self::Callback, key) if !key.starts_with("x-") && key != "$ref" => Self::PathItem,
            (Self::PathItem, "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace") => {
                Self::Operation
            }
            (Self::PathItem | Self::Operation, "parameters") => Self::Parameters,
            (Self::Operation, "requestBody") => Self::RequestBody,
            (Self::Operation | Self::Components, "responses") => Self::Responses,
            (Self::Responses, key) if !key.starts_with("x-") => Self::Response,
            (Self::Response | Self::Components, "headers") => Self::Headers,
            (Self::RequestBody | Self::Response | Self::Parameter | Self::Header, "content") => Self::Content,
            (Self::Content, _) => Self::MediaType,
            (Self::Parameter | Self::Header | Self::MediaType, "schema") => Self::Schema,
            (Self::ParameterMap, _) => Self::Parameter,
            (Self::Headers, _) => Self::Header,
            (Self::RequestBodyMap, _) => Self::RequestBody,
            (Self::Components, "schemas") | (Self::Schema, "properties") => Self::Schemas,
            (Self::Components, "parameters") => Self::ParameterMap,
            (Self::Components, "requestBodies") => Self::RequestBodyMap,
            (Self::Components, "securitySchemes") => Self::SecuritySchemes,
            (Self::SecuritySchemes, _) => Self::SecurityScheme,
            (Self::Schemas, _) | (Self::Schema, "items" | "not" | "additionalProperties") => Self::Schema,
            (Self::Schema, "allOf" | "oneOf" | "anyOf") => Self::SchemaList,
            _ => Self::Raw,
        }
    }

    /// What a member or an element of this kind is.
    pub(super) fn inner(self, key: &str) -> Self {
        match self.element() {
            Self::Raw => self.member(key),
            element => element,
        }
    }

    /// What an element of an array of this kind is.
    pub(super) fn element(self) -> Self {
        match self {
            Self::Parameters => Self::Parameter,
            Self::SchemaList => Self::Schema,
            Self::Tags => Self::Tag,
            _ => Self::Raw,
        }
    }

    /// Whether the specification wants an object here.
    pub(super) fn is_object(self) -> bool {
        !matches!(self, Self::Parameters | Self::SchemaList | Self::Tags | Self::Raw)
    }

    /// Whether the keys of this object are the document's own names, not keywords.
    pub(super) fn has_own_names(self) -> bool {
        matches!(
            self,
            Self::Paths
                | Self::Callbacks
                | Self::Callback
                | Self::ParameterMap
                | Self::RequestBodyMap
                | Self::Responses
                | Self::Headers
                | Self::Content
                | Self::Schemas
                | Self::SecuritySchemes
                | Self::Raw
        )
    }
}

/// The way from the document to a value. Few visits need its pointer, so it is only made for these.
#[derive(Clone, Copy)]
pub(super) struct Way<'a> {
    last: Option<(&'a Way<'a>, Token<'a>)>,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Token<'a> {
    Member(&'a str),
    Element(usize),
}

impl<'a> Way<'a> {
    pub(super) fn pointer(&self) -> Pointer {
        match self.last {
            None => Pointer::root(),
            Some((around, Token::Member(key))) => around.pointer().join(key),
            Some((around, Token::Element(index))) => around.pointer().index(index),
        }
    }

    /// The member of the value around it that this is; none for the document and for elements.
    pub(super) fn key(&self) -> Option<&'a str> {
        match self.last {
            Some((_, Token::Member(key))) => Some(key),
            Some((_, Token::Element(_))) | None => None,
        }
    }

    /// The keys from the document to the value, if they are so many.
    pub(super) fn keys<const N: usize>(&self) -> Option<[&'a str; N]> {
        let mut keys = [""; N];
        let mut way = self;
        for place in keys.iter_mut().rev() {
            *place = way.key()?;
            way = way.last?.0;
        }
        way.last.is_none().then_some(keys)
    }

    /// How many schemas there are on the way, with the value itself.
    pub(super) fn schemas(&self) -> usize {
        usize::from(self.kind == Kind::Schema) + self.last.map_or(0, |(around, _)| around.schemas())
    }
}

/// Visits every value whose place is known, parents first.
pub(super) fn walk(document: &mut Value, visit: &mut impl FnMut(&mut Value, Kind, &Way)) {
    descend(document, &Way { last: None, kind: Kind::Root }, visit);
}

/// As [`walk`], for a schema on its own.
pub(super) fn walk_schema(schema: &mut Value, visit: &mut impl FnMut(&mut Value, Kind, &Way)) {
    descend(schema, &Way { last: None, kind: Kind::Schema }, visit);
}

fn descend(value: &mut Value, way: &Way, visit: &mut impl FnMut(&mut Value, Kind, &Way)) {
    let kind = way.kind;
    visit(value, kind, way);
    match value {
        Value::Object(object) => {
            for (key, member) in object {
                let kind = kind.member(key);
                if kind != Kind::Raw {
                    descend(member, &Way { last: Some((way, Token::Member(key))), kind }, visit);
                }
            }
        }
        Value::Array(array) if kind.element() != Kind::Raw => {
            let kind = kind.element();
            for (index, element) in array.iter_mut().enumerate() {
                descend(element, &Way { last: Some((way, Token::Element(index))), kind }, visit);
            }
        }
        _ => {}
    }
}
