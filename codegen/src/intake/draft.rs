//! Overlay actions, ready to paste.

use serde_json::Value;

use crate::document::{WrittenAction, WrittenChange, write_actions};
use crate::{Error, Pointer, Release, json_path};

/// An overlay action that updates something, from a release on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    pub(super) target: String,
    pub(super) update: Value,
}

/// The actions as elements of the list `actions` of an overlay, with its indentation.
pub(super) fn updates(drafts: &[Draft], since: &Release) -> Result<String, Error> {
    let range = from(since);
    let written: Vec<WrittenAction<'_>> = drafts
        .iter()
        .map(|Draft { target, update }| WrittenAction {
            target,
            description: None,
            range: Some(&range),
            change: WrittenChange::Update(update),
        })
        .collect();
    write_actions(&written)
}

/// An action that removes something, with the reason.
pub(super) fn removal(target: &str, description: &str, since: &Release) -> Result<String, Error> {
    let range = from(since);
    let change = WrittenChange::Remove(true);
    write_actions(&[WrittenAction { target, description: Some(description), range: Some(&range), change }])
}

fn from(release: &Release) -> String {
    format!(">={release}")
}

/// The JSONPath of a parameter of an operation, or of the path of all operations there.
pub(super) fn parameter(document: &Value, operation: &Pointer, name: &str) -> Option<String> {
    let path = operation.parent().map(|(path, _)| path);
    let places = [Some(operation.clone()), path].into_iter().flatten();
    let targets =
        places.map(|place| format!("{}.parameters{}", json_path::of(document, &place), json_path::parameter(name)));
    targets.into_iter().find(|target| json_path::matches(document, target))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn actions_are_ready_to_paste() {
        let since = "2.66.0".parse().unwrap();
        let drafts = [Draft { target: "$.paths['/a'].get".to_owned(), update: json!({"x-rust-name": "a"}) }];
        assert_eq!(
            updates(&drafts, &since).unwrap(),
            "  - target: $.paths['/a'].get\n    x-kimai: '>=2.66.0'\n    update:\n      x-rust-name: a\n"
        );
        assert_eq!(
            removal("$.paths['/a'].get", "Why", &since).unwrap(),
            "  - target: $.paths['/a'].get\n    description: Why\n    x-kimai: '>=2.66.0'\n    remove: true\n"
        );
    }
}
