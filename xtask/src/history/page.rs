//! `specs/HISTORY.md`, made of the documents of all releases.

use std::path::PathBuf;

use codegen::Release;
use codegen::history::{History, ReleaseChanges};

use super::lines::counts;
use super::{markdown, table};
use crate::workspace::Workspace;

const INTRODUCTION: &str = "\
# History of Kimai's API

What the API had when, found by comparing the documents of this folder. It is written by `cargo xtask regenerate` and
never by hand; `cargo xtask history` says the same and more, also as JSON.

";

const OPERATIONS: &str = "
## Operations

The first release that has the operation, and the first one after that which has it not, or answers nothing but 410.
Parameters of a path have no names here: they are no part of what is compared.

";

const CHANGES: &str = "
## Changes

What came, went, became required or optional, or changed its type or the way it is written, in each release that the
client supports, the newest first. A property is required if it has to be given, or is in every answer. What comes or
goes with its operation or type is not named beside it.

";

const BEFORE: &str = "
## Before

How much each release changed that is older than the client supports.

";

pub(crate) fn path(workspace: &Workspace) -> PathBuf {
    workspace.specs().join("HISTORY.md")
}

/// The page as text; the floor is the oldest release that the client supports.
pub(crate) fn text(history: &History, floor: &Release) -> String {
    let mut text = String::from(INTRODUCTION);
    if let (Some(first), Some(last)) = (history.releases().first(), history.releases().last()) {
        text.push_str(&format!(
            "Compared are {} releases from {first} to {last}; the client supports them from {floor} on.\n",
            history.releases().len()
        ));
    }
    text.push_str(OPERATIONS);
    text.push_str(&markdown::operations(&table::operations(history)));
    let mut changelog = history.changelog();
    changelog.reverse();
    let older = changelog.split_off(changelog.partition_point(|changes| changes.release >= *floor));
    if !changelog.is_empty() {
        text.push_str(CHANGES);
        text.push_str(&markdown::changelog(&changelog, 3));
    }
    if !older.is_empty() {
        text.push_str(BEFORE);
    }
    for ReleaseChanges { release, changes } in &older {
        text.push_str(&format!("- {release}: {}\n", counts(changes)));
    }
    text
}
