//! What cannot be expressed: the reason, and what would have to be left out.

use super::extensions::{NAME, TYPE};
use crate::{Error, Pointer};

/// A part of a document that is not in the client.
#[derive(Debug)]
pub struct LeftOut {
    /// The place of the operation or parameter.
    pub pointer: Pointer,
    /// Whether it is a whole operation, not only an optional parameter.
    pub is_operation: bool,
    /// Why it cannot be generated.
    pub reason: Error,
}

/// An error, and what it prevents.
pub(super) struct Failure {
    pub(super) cause: Cause,
    pub(super) error: Error,
}

/// What an error prevents.
pub(super) enum Cause {
    /// The operation at this place.
    Operation(Pointer),
    /// The optional parameter at this place.
    Parameter(Pointer),
    /// A type of this name, because an id has it.
    TypeName(String),
    /// The whole model.
    Document,
}

impl Failure {
    pub(super) fn new(cause: Cause, error: Error) -> Self {
        Self { cause, error }
    }

    pub(super) fn of_operation(pointer: &Pointer, error: Error) -> Self {
        Self::new(Cause::Operation(pointer.clone()), error)
    }

    /// The places of the extensions that the error may be about. Extensions come from overlays, which may be for other
    /// documents.
    pub(super) fn extensions(&self) -> Vec<Pointer> {
        match &self.error {
            Error::Malformed { pointer, .. } | Error::UnresolvedReference { pointer, .. } => {
                if pointer.last().starts_with("x-") { vec![pointer.clone()] } else { Vec::new() }
            }
            // The name that an overlay gives is for what it expects here.
            Error::NameConflict { pointer, .. } => [TYPE, NAME].map(|key| pointer.join(key)).to_vec(),
            _ => Vec::new(),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::new(Cause::Document, error)
    }
}
