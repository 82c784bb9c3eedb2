//! The model of an API as a client sees it: no JSON values, no Rust tokens.
//!
//! Names are Rust names (`snake_case` or `UpperCamelCase`, no keywords, unique in their scope),
//! because they are part of the client; `wire` is always the name or value in requests and responses.

mod operation;
mod parameter;
mod types;

pub use operation::{Answer, Body, Full, Method, Operation, PathParameter, Permission, Segment};
pub use parameter::{ListStyle, ObjectStyle, Parameter, ParameterPlace, ParameterValue, Scalar};
pub(crate) use types::named;
pub use types::{Alternative, Encoding, Field, Lookup, Shape, Text, Type, TypeDef, TypeKind, Variant};

use std::collections::{BTreeMap, BTreeSet};

use crate::Release;

/// An API of one release.
#[derive(Clone, Debug)]
pub struct Api {
    /// The release of Kimai.
    pub release: Release,
    /// Whether the document is Kimai's. If not, the release is the newest that is known, and says nothing about it.
    pub is_kimai: bool,
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
