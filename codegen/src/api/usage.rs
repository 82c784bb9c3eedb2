//! Where a schema is used.

use super::Direction;
use crate::names;

/// What is known about a schema from where it is used.
#[derive(Clone)]
pub(super) struct Usage {
    pub(super) direction: Direction,
    /// The name of the type, should it need one.
    pub(super) type_name: String,
    /// The name of the property or parameter.
    pub(super) property: Option<String>,
    /// Whether files may be uploaded here.
    pub(super) upload: bool,
}

impl Usage {
    pub(super) fn new(direction: Direction, type_name: impl Into<String>) -> Self {
        Self { direction, type_name: type_name.into(), property: None, upload: false }
    }

    /// The same for an element of a list.
    pub(super) fn element(&self) -> Self {
        Self { type_name: names::singular(&self.type_name), ..self.clone() }
    }
}
