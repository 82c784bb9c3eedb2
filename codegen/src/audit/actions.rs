//! Overlay actions as YAML.

use serde_json::Value;

use crate::document::{WrittenAction, WrittenChange, write_actions};
use crate::{Error, json_path};

/// An overlay action.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// The JSONPath of what it changes.
    pub target: String,
    /// What it does.
    pub change: Change,
    /// The JSONPath of what the document needs besides the target.
    pub needs: Option<String>,
}

/// What an overlay action does.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// It merges this value.
    Update(Value),
    /// It removes what its target selects.
    Remove,
}

impl Action {
    pub(super) fn update(target: String, change: Value) -> Self {
        Self { target, change: Change::Update(change), needs: None }
    }

    pub(super) fn remove(target: String) -> Self {
        Self { target, change: Change::Remove, needs: None }
    }

    /// Whether the document has the target, and what the action needs besides.
    #[must_use]
    pub fn matches(&self, document: &Value) -> bool {
        let has = |path: &String| json_path::matches(document, path);
        has(&self.target) && self.needs.as_ref().is_none_or(has)
    }
}

/// The actions as elements of the list `actions` of an overlay, with its indentation. The description is that of the
/// first one; the range of releases is for all of them.
///
/// # Errors
///
/// Returns an error if a value cannot be written as YAML.
pub fn actions_as_yaml(actions: &[Action], description: &str, range: Option<&str>) -> Result<String, Error> {
    let written: Vec<WrittenAction<'_>> = actions
        .iter()
        .enumerate()
        .map(|(index, action)| WrittenAction {
            target: &action.target,
            description: (index == 0).then_some(description),
            range,
            change: match &action.change {
                Change::Update(update) => WrittenChange::Update(update),
                Change::Remove => WrittenChange::Remove(true),
            },
        })
        .collect();
    write_actions(&written)
}
