//! Where the document has what the history file names.

use super::observe::names;
use super::{Exact, Subject};
use crate::Pointer;
use crate::api::{Api, Operation, ParameterPlace};

impl Exact {
    /// The places in the document of a release that has the subject; in them, a parameter is written as its `in` and its
    /// name. Not all of them need to be there.
    #[must_use]
    pub fn places(&self, api: &Api) -> Vec<Pointer> {
        let of_operations = api.operations.iter().flat_map(|operation| self.of_operation(operation));
        let of_types = api.types.values().flat_map(|def| {
            let is_type = Subject::Type(def.name.clone()).is_written(&self.what);
            let name = self.what.strip_prefix(&def.name);
            let field =
                name.and_then(|rest| rest.strip_prefix('.')).map(|wire| def.pointer.join("properties").join(wire));
            let value = name.and_then(|rest| rest.strip_prefix('='));
            let value = value.map(|wire| def.pointer.join("enum").join(&format!("\"{wire}\"")));
            [is_type.then(|| def.pointer.clone()), field, value].into_iter().flatten()
        });
        of_operations.chain(of_types).collect()
    }

    fn of_operation(&self, operation: &Operation) -> Vec<Pointer> {
        let mut places = Vec::new();
        if Subject::operation(operation).is_written(&self.what) {
            places.push(operation.pointer.clone());
        }
        for parameter in &operation.parameters {
            for (wire, _) in names(&parameter.value) {
                if !Subject::parameter(operation, wire).is_written(&self.what) {
                    continue;
                }
                let place = if parameter.place == ParameterPlace::Header { "header" } else { "query" };
                places.push(operation.pointer.join("parameters").join(&format!("{place} {wire}")));
                // Some releases declare the parameters of a query as a body.
                let content = operation.pointer.join("requestBody").join("content");
                places.push(content.join("application/json").join("schema").join("properties").join(wire));
            }
        }
        places
    }
}
