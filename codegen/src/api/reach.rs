//! What operations lead to.

use std::collections::BTreeSet;

use super::complete::complete;
use super::{Answer, Api, Body, Segment, named};

/// The types to which some operation leads.
pub(crate) fn reachable(api: &Api) -> BTreeSet<String> {
    let mut open: Vec<&str> = Vec::new();
    for operation in &api.operations {
        let answers = [Some(&operation.answer), operation.full.as_ref().map(|full| &full.answer)];
        open.extend(answers.into_iter().flatten().filter_map(Answer::json).filter_map(named));
        open.extend(operation.body.as_ref().and_then(Body::type_name));
        for parameter in &operation.parameters {
            open.extend(parameter.value.type_name());
        }
        for segment in &operation.path {
            if let Segment::Parameter(parameter) = segment {
                open.extend(parameter.ty.enum_name());
            }
        }
    }
    let mut seen: BTreeSet<String> = BTreeSet::new();
    while let Some(name) = open.pop() {
        if !seen.insert(name.to_owned()) {
            continue;
        }
        let Some(def) = api.types.get(name) else { continue };
        open.extend(def.kind.types().into_iter().filter_map(named));
    }
    seen
}

/// Removes the types to which no operation leads, and completes the rest.
pub(crate) fn keep_reachable(api: &mut Api) {
    let used = reachable(api);
    api.types.retain(|name, _| used.contains(name));
    complete(&mut api.types);
}
