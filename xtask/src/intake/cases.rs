//! The tests, and the parts of the test server, that list what a release has.

use std::collections::BTreeSet;

use codegen::api::{Answer, Api, Body, Method, Operation};
use codegen::intake::Added;

use super::decisions::Compared;

const HANDLERS: &str = "generated-client/src/test_server/handlers/mod.rs";
const FIELDS: &str = "generated-client/src/test_server/handlers";
const KNOWN_PERMISSIONS: &str = "generated-client/src/test_server/permission.rs";
const VIEW: &str = "generated-client/src/test_server/view.rs";
const WIRE: &str = "generated-client/tests/wire";
const SUCCESS: &str = "generated-client/tests/test_server/operations.rs";
const PERMISSIONS: &str = "generated-client/tests/test_server/permissions/table.rs";
const SHOWN: &str = "generated-client/tests/test_server/releases.rs";
const FORMS: &str = "generated-client/tests/test_server/forms.rs";
const LIVE: &str = "generated-client/tests/live";
const TEXTS: &str = "codegen/tests/kimai/public_api.rs";

/// Files, and what each needs.
pub(super) fn needed(compared: &Compared<'_>) -> Vec<String> {
    let added = Added::find(compared.before, compared.after);
    let mut needed = Vec::new();
    let mut need = |file: &str, what: String| needed.push(format!("{file}: {what}"));
    for resource in compared.after.resources.keys() {
        let new: Vec<&Operation> =
            added.operations.iter().copied().filter(|operation| operation.resource == *resource).collect();
        if new.is_empty() {
            continue;
        }
        let is_new = !compared.before.resources.contains_key(resource);
        let module = if is_new { ", in a new module of main.rs" } else { "" };
        need(
            &format!("{WIRE}/{resource}.rs"),
            format!("a case for each of {}, which sends all that it can send{module}", names(&new)),
        );
    }
    let parameters: Vec<String> =
        added.parameters.iter().map(|(operation, name)| format!("`{name}` of {}", full_name(operation))).collect();
    let sent: Vec<String> = added.sent.iter().map(|property| format!("`{property}`")).collect();
    let shown: Vec<String> = added.shown.iter().map(|property| format!("`{property}`")).collect();
    if !parameters.is_empty() || !sent.is_empty() {
        need(WIRE, format!("cases that send {}", [&parameters[..], &sent].concat().join(", ")));
    }
    let new = &added.operations;
    if !new.is_empty() {
        need(HANDLERS, format!("answers to {}, or the test server says 501", names(new)));
        need(
            SUCCESS,
            format!(
                "a path or a body for those of {} that do not succeed with `1` for each id and no body",
                names(new)
            ),
        );
        need(PERMISSIONS, format!("who may call {}", names(new)));
        need(
            LIVE,
            format!(
                "a step for each of {}, a test of {} in in_memory.rs, and new logs ('Run the live test' in CONTRIBUTING.md)",
                names(new),
                compared.release
            ),
        );
    }
    let permissions = new_permissions(compared);
    if !permissions.is_empty() {
        need(KNOWN_PERMISSIONS, format!("who has {}, or the test server says 501", permissions.join(", ")));
    }
    let removed = Added::find(compared.after, compared.before).operations;
    if !removed.is_empty() {
        need(PERMISSIONS, format!("the rows of {} in OLD_ROWS, with {}", names(&removed), compared.before.release));
        need(SUCCESS, format!("a release that has {} in RELEASES", names(&removed)));
        need(LIVE, format!("steps that need the effect of {}, and new logs", names(&removed)));
    }
    let read: Vec<&Operation> = new.iter().copied().filter(|operation| is_read(operation)).collect();
    if !read.is_empty() {
        need(SHOWN, format!("a request for each of {}", names(&read)));
    }
    let forms: Vec<&Operation> = new.iter().copied().filter(|operation| has_form(operation)).collect();
    if !forms.is_empty() {
        need(FORMS, format!("a request for each of {}", names(&forms)));
    }
    if !shown.is_empty() {
        need(VIEW, format!("{}, shown since {}", shown.join(", "), compared.release));
    }
    if !sent.is_empty() {
        need(FIELDS, format!("{} in the lists of fields of these forms", sent.join(", ")));
    }
    if !parameters.is_empty() {
        need(
            FIELDS,
            format!("{}, with tests in tests/test_server/behaviour.rs: no others notice", parameters.join(", ")),
        );
    }
    if !sent.is_empty() || !shown.is_empty() {
        need(TEXTS, format!("those of {} that are texts", [&sent[..], &shown].concat().join(", ")));
    }
    needed
}

/// The permissions that no operation required before.
fn new_permissions(compared: &Compared<'_>) -> Vec<String> {
    let all = |api: &Api| -> BTreeSet<String> {
        let permissions = api.operations.iter().flat_map(|operation| &operation.permissions);
        permissions.flat_map(|permission| permission.0.iter().cloned()).collect()
    };
    let known = all(compared.before);
    all(compared.after).difference(&known).map(|name| format!("`{name}`")).collect()
}

fn is_read(operation: &Operation) -> bool {
    operation.method == Method::Get && matches!(operation.answer, Answer::Json(_) | Answer::Page(_))
}

fn has_form(operation: &Operation) -> bool {
    matches!(operation.body, Some(Body::Json(_))) && matches!(operation.method, Method::Post | Method::Patch)
}

fn names(operations: &[&Operation]) -> String {
    operations.iter().map(|operation| full_name(operation)).collect::<Vec<_>>().join(", ")
}

fn full_name(operation: &Operation) -> String {
    format!("`{}.{}`", operation.resource, operation.name)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn all_files_exist() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let files = [HANDLERS, FIELDS, KNOWN_PERMISSIONS, VIEW, WIRE, SUCCESS, PERMISSIONS, SHOWN, FORMS, LIVE, TEXTS];
        for file in files {
            assert!(root.join(file).exists(), "{file}");
        }
    }
}
