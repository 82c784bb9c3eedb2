//! Where servers and the document differ.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Action;
use crate::Pointer;

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A response has another shape with the parameter `full`.
    Full,
    /// A status that the document does not declare.
    Status,
    /// A body where the document declares none.
    Body,
    /// A media type that the document does not declare.
    MediaType,
    /// A header that clients may need, and the document does not declare.
    Header,
    /// A value of another type.
    Type,
    /// Null, where it is not allowed.
    Null,
    /// A missing property that the document promises.
    Absent,
    /// A property that the document does not declare.
    Undeclared,
    /// Text in another format.
    Format,
    /// A value that an enum does not list.
    EnumValue,
    /// A property that every response has, and the document does not promise.
    Present,
}

impl Kind {
    /// All kinds, in the order of reports.
    pub const ALL: [Self; 12] = [
        Self::Full,
        Self::Status,
        Self::Body,
        Self::MediaType,
        Self::Header,
        Self::Type,
        Self::Null,
        Self::Absent,
        Self::Undeclared,
        Self::Format,
        Self::EnumValue,
        Self::Present,
    ];

    /// Its name in reports.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Status => "status",
            Self::Body => "body",
            Self::MediaType => "media-type",
            Self::Header => "header",
            Self::Type => "type",
            Self::Null => "null",
            Self::Absent => "absent",
            Self::Undeclared => "undeclared-property",
            Self::Format => "format",
            Self::EnumValue => "enum-value",
            Self::Present => "always-present",
        }
    }
}

/// Where servers and the document differ, for one reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What differs.
    pub kind: Kind,
    /// The place in the document: a schema, a response or an operation.
    pub pointer: Pointer,
    /// How it differs, such as `date-time, but servers send date`; without values.
    pub detail: String,
    /// What it concerns in that place, such as properties; empty if it concerns the place itself.
    pub members: BTreeMap<String, Count>,
    /// How often it was seen.
    pub count: usize,
    /// The operations whose responses show it, such as `GET /api/tags`.
    pub operations: BTreeSet<String>,
    /// A response that shows it.
    pub example: Example,
    /// The overlay actions that correct the document; none if it has to be corrected by hand.
    pub actions: Vec<Action>,
}

/// How many values differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// The values that differ.
    pub different: usize,
    /// All values in this place.
    pub all: usize,
}

/// A response that shows a difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The operation, such as `GET /api/tags`.
    pub operation: String,
    /// The path and query of the request.
    pub request: String,
    /// The place in the body, such as `[0].project.id`; empty for the whole response.
    pub place: String,
    /// The value there; none if it is missing.
    pub value: Option<Value>,
}
