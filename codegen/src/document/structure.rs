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

/// Visits every value whose place is known, parents first.
pub(super) fn walk(document: &mut Value, visit: &mut impl FnMut(&mut Value, Kind, &Pointer)) {
    descend(document, Kind::Root, &Pointer::root(), visit);
}

/// As [`walk`], for a schema on its own.
pub(super) fn walk_schema(schema: &mut Value, visit: &mut impl FnMut(&mut Value, Kind, &Pointer)) {
    descend(schema, Kind::Schema, &Pointer::root(), visit);
}

fn descend(value: &mut Value, kind: Kind, pointer: &Pointer, visit: &mut impl FnMut(&mut Value, Kind, &Pointer)) {
    visit(value, kind, pointer);
    match value {
        Value::Object(object) => {
            for (key, member) in object {
                let kind = kind.member(key);
                if kind != Kind::Raw {
                    descend(member, kind, &pointer.join(key), visit);
                }
            }
        }
        Value::Array(array) if kind.element() != Kind::Raw => {
            for (index, element) in array.iter_mut().enumerate() {
                descend(element, kind.element(), &pointer.index(index), visit);
            }
        }
        _ => {}
    }
}
