//! What a release has and the one before does not.

use crate::api::{Api, Operation, TypeKind};
use crate::history;

/// New parts of a release, in the order of its model.
#[derive(Debug, Default)]
pub struct Added<'a> {
    /// New operations.
    pub operations: Vec<&'a Operation>,
    /// New parameters of other operations, with their names in requests.
    pub parameters: Vec<(&'a Operation, &'a str)>,
    /// New properties of responses that the release before has, such as `Team.color`.
    pub shown: Vec<String>,
    /// New properties of requests that the release before has, such as `NewTeam.color`.
    pub sent: Vec<String>,
}

impl<'a> Added<'a> {
    /// Compares the models of two releases.
    #[must_use]
    pub fn find(before: &Api, after: &'a Api) -> Self {
        let mut added = Self::default();
        for operation in &after.operations {
            let Some(old) = before.operations.iter().find(|old| old.is_same(operation)) else {
                added.operations.push(operation);
                continue;
            };
            let known: Vec<&str> = names(old).collect();
            added
                .parameters
                .extend(names(operation).filter(|name| !known.contains(name)).map(|name| (operation, name)));
        }
        for def in after.types.values() {
            let Some(old) = before.types.get(&def.name) else { continue };
            let is_new = |wire: &str| !old.kind.fields().iter().any(|field| field.wire == wire);
            let new = def.kind.fields().iter().filter(|field| is_new(&field.wire));
            let new = new.map(|field| format!("{}.{}", def.name, field.wire));
            match def.kind {
                TypeKind::Answer { .. } => added.shown.extend(new),
                _ => added.sent.extend(new),
            }
        }
        added
    }
}

/// The names of all parameters in requests.
fn names(operation: &Operation) -> impl Iterator<Item = &str> {
    let parameters = operation.parameters.iter().flat_map(|parameter| history::names(&parameter.value));
    parameters.map(|(name, _)| name)
}
