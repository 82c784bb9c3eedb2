//! The tests, and the parts of the test server, that list what a release has.

use codegen::api::{Answer, Body, Method, Operation};
use codegen::intake::Added;

use super::decisions::Compared;

const HANDLERS: &str = "generated-client/src/test_server/handlers/mod.rs";
const VIEW: &str = "generated-client/src/test_server/view.rs";
const WIRE: &str = "generated-client/tests/wire";
const SUCCESS: &str = "generated-client/tests/test_server/operations.rs";
const PERMISSIONS: &str = "generated-client/tests/test_server/permissions/table.rs";
const SHOWN: &str = "generated-client/tests/test_server/releases.rs";
const FORMS: &str = "generated-client/tests/test_server/forms.rs";
const TIMELINE: &str = "codegen/tests/kimai/timeline.rs";
const HISTORY: &str = "xtask/tests/it/history.rs";
const PAGES: &str = "xtask/tests/it/pages.rs";
const DOCUMENTED: &str = "codegen/tests/kimai/main.rs";
const SNAPSHOTS: &str = "codegen/tests/diff/laws.rs";
const EFFECTS: &str = "codegen/tests/diff/effects.rs";
const GUESSED: &str = "xtask/tests/it/own_document.rs";
/// Tests that name the release of the newest document, which the client and the test server have.
const OF_DOCUMENT: [&str; 4] = [
    "generated-client/tests/test_server/behaviour.rs",
    "xtask/tests/browser/api_demo.rs",
    "xtask/tests/it/only_plugins/command.rs",
    "xtask/tests/it/serve.rs",
];

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
    let mut sent: Vec<String> =
        added.parameters.iter().map(|(operation, name)| format!("`{name}` of {}", full_name(operation))).collect();
    sent.extend(added.sent.iter().map(|property| format!("`{property}`")));
    if !sent.is_empty() {
        need(WIRE, format!("cases that send {}", sent.join(", ")));
    }
    let new = &added.operations;
    if !new.is_empty() {
        need(HANDLERS, format!("answers to {}, or the test server says 501", names(new)));
        need(SUCCESS, format!("a path or a body for those of {} that need one", names(new)));
        need(PERMISSIONS, format!("who may call {}", names(new)));
    }
    let read: Vec<&Operation> = new.iter().copied().filter(|operation| is_read(operation)).collect();
    if !read.is_empty() {
        need(SHOWN, format!("a request for each of {}", names(&read)));
    }
    let forms: Vec<&Operation> = new.iter().copied().filter(|operation| has_form(operation)).collect();
    if !forms.is_empty() {
        need(FORMS, format!("a request for each of {}", names(&forms)));
    }
    if !added.shown.is_empty() {
        let shown: Vec<String> = added.shown.iter().map(|property| format!("`{property}`")).collect();
        need(VIEW, format!("{}, shown since {}", shown.join(", "), compared.release));
    }
    if !added.sent.is_empty() {
        need(HANDLERS, "the same properties in the lists of fields of its forms".to_owned());
    }
    for file in [TIMELINE, HISTORY, PAGES] {
        need(file, format!("{} releases, of which {} is the newest", compared.releases, compared.release));
    }
    // A release with the document of another one changes nothing in the client.
    if compared.after.release == *compared.release {
        need(
            DOCUMENTED,
            format!("{} in place of {}, to hold its documentation", compared.release, compared.before.release),
        );
        need(SNAPSHOTS, "one snapshot more".to_owned());
        need(EFFECTS, format!("the major effects of {} on the client, if it has any", compared.release));
        need(
            GUESSED,
            format!("a document that looks like {} is from before {}", compared.before.release, compared.release),
        );
        for file in OF_DOCUMENT {
            need(file, format!("{} is the release of the client and of the test server", compared.release));
        }
    }
    needed
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
        let lists = [HANDLERS, VIEW, WIRE, SUCCESS, PERMISSIONS, SHOWN, FORMS, TIMELINE, HISTORY, PAGES, DOCUMENTED];
        for file in lists.into_iter().chain([SNAPSHOTS, EFFECTS, GUESSED]).chain(OF_DOCUMENT) {
            assert!(root.join(file).exists(), "{file}");
        }
    }
}
