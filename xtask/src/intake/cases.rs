//! The tests, and the parts of the test server, that list what a release has.

use std::collections::BTreeSet;

use codegen::Release;
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
/// Tests that count the operations of the client.
const COUNTS: [&str; 3] =
    ["generated-client/tests/wire/main.rs", "generated-client/tests/replay.rs", "generated-client/tests/releases.rs"];
const TEXTS: &str = "codegen/tests/kimai/public_api.rs";
const TIMELINE: &str = "codegen/tests/kimai/timeline.rs";
const HISTORY: &str = "xtask/tests/it/history.rs";
const PAGES: &str = "xtask/tests/it/pages.rs";
const DOCUMENTED: &str = "codegen/tests/kimai/main.rs";
const SNAPSHOTS: &str = "codegen/tests/diff/laws.rs";
const EFFECTS: &str = "codegen/tests/diff/effects.rs";
const GUESSED: &str = "xtask/tests/it/own_document.rs";
const README: &str = "README.md";
const SUPPORTED: &str = "generated-client/tests/releases.rs";
const TAKEN_IN: &str = "xtask/tests/it/intake";
/// Tests that name the release of the newest document, which the client and the test server have.
const OF_DOCUMENT: [&str; 5] = [
    "generated-client/tests/test_server/behaviour.rs",
    "xtask/tests/browser/api_demo.rs",
    "xtask/tests/it/commands.rs",
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
        need(LIVE, format!("a step for each of {}, and new logs ('Run the live test' in CONTRIBUTING.md)", names(new)));
        for file in COUNTS {
            need(file, format!("the number of operations, with {} more", new.len()));
        }
    }
    let permissions = new_permissions(compared);
    if !permissions.is_empty() {
        need(KNOWN_PERMISSIONS, format!("who has {}, or the test server says 501", permissions.join(", ")));
    }
    let removed = Added::find(compared.after, compared.before).operations;
    if !removed.is_empty() {
        need(PERMISSIONS, format!("{} in OLD_ROWS, with {}", names(&removed), compared.before.release));
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
    if !added.shown.is_empty() {
        let shown: Vec<String> = added.shown.iter().map(|property| format!("`{property}`")).collect();
        need(VIEW, format!("{}, shown since {}", shown.join(", "), compared.release));
    }
    if !added.sent.is_empty() {
        let sent: Vec<String> = added.sent.iter().map(|property| format!("`{property}`")).collect();
        need(FIELDS, format!("{} in the lists of fields of these forms", sent.join(", ")));
    }
    if !added.parameters.is_empty() {
        let parameters: Vec<String> =
            added.parameters.iter().map(|(operation, name)| format!("`{name}` of {}", full_name(operation))).collect();
        need(FIELDS, format!("{}, or the test server ignores them", parameters.join(", ")));
    }
    if !added.sent.is_empty() || !added.shown.is_empty() {
        need(TEXTS, "new properties that are texts, if there are any".to_owned());
    }
    for file in [TIMELINE, HISTORY, PAGES] {
        need(
            file,
            format!(
                "{} releases, of which {} is the newest, with their bars, counts and lists",
                compared.releases, compared.release
            ),
        );
    }
    need(SUPPORTED, "one supported release more".to_owned());
    need(README, format!("{} releases up to {}, and what `regenerate` prints", compared.releases, compared.release));
    need(TAKEN_IN, format!("a release after {} to take in", compared.release));
    // A release with the document of another one changes nothing in the client.
    if compared.after.release == *compared.release {
        need(
            DOCUMENTED,
            format!("{} in place of {}, to hold its documentation", compared.release, compared.before.release),
        );
        let methods = |release: &Release| format!("codegen/tests/kimai-{release}-methods.txt");
        need(&methods(&compared.before.release), format!("a new one, {}", methods(compared.release)));
        need(SNAPSHOTS, "one snapshot more".to_owned());
        need(EFFECTS, format!("the number `caused`, and the major effects of {}, if it has any", compared.release));
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
        let lists = [
            HANDLERS,
            FIELDS,
            KNOWN_PERMISSIONS,
            VIEW,
            WIRE,
            SUCCESS,
            PERMISSIONS,
            SHOWN,
            FORMS,
            LIVE,
            TEXTS,
            TIMELINE,
            HISTORY,
            PAGES,
            SUPPORTED,
            README,
            TAKEN_IN,
            DOCUMENTED,
            SNAPSHOTS,
            EFFECTS,
            GUESSED,
        ];
        for file in lists.into_iter().chain(COUNTS).chain(OF_DOCUMENT) {
            assert!(root.join(file).exists(), "{file}");
        }
    }
}
