//! What a person has to decide, numbered, with overlay actions that are ready to paste.

use codegen::Release;
use codegen::api::Api;
use codegen::document::{Document, Overlay};
use codegen::intake::{self, Edit, LeftOut, OddName, Undocumented};

use super::cases;
use crate::diff::in_line;
use crate::error::Error;

/// A release beside the one before.
pub(super) struct Compared<'a> {
    pub(super) release: &'a Release,
    pub(super) before: &'a Api,
    pub(super) after: &'a Api,
    pub(super) overlays: &'a [Overlay],
    /// The document of the release, with the overlays.
    pub(super) document: &'a Document,
    /// Questions on actions that fit.
    pub(super) outdated: Vec<String>,
    /// What was done to the overlays.
    pub(super) edits: &'a [Edit],
}

/// A decision: what it is about, and lines to paste.
struct Decision {
    what: String,
    paste: String,
}

/// The decisions in their order.
pub(super) fn text(compared: &Compared<'_>) -> Result<String, Error> {
    let Compared { release, before, after, document, .. } = *compared;
    let undocumented = intake::undocumented(document, after).map_err(Error::Generate)?;
    let odd_names = intake::odd_names(document, before, after).map_err(Error::Generate)?;
    let sections = [
        (
            "Documentation is missing: add it to specs/overlays/docs.yaml, in better words than these".to_owned(),
            undocumented.into_iter().map(Decision::from).collect(),
        ),
        (
            "Names look odd: give others in specs/overlays/names.yaml, or keep them".to_owned(),
            odd_names.into_iter().map(Decision::from).collect(),
        ),
        ("Overlays were made to fit: see `git diff specs/overlays`".to_owned(), overlays(compared)),
        (
            "Overlays may be out of date, though they fit".to_owned(),
            compared.outdated.iter().cloned().map(Decision::plain).collect(),
        ),
        (
            format!(
                "Evidence is missing: record a server of {release} with `cargo xtask record`, and compare it with \
                 `cargo xtask audit`"
            ),
            intake::evidence(before, after).into_iter().map(Decision::plain).collect(),
        ),
        (
            "Add to the test server and to the tests, unless it is already there".to_owned(),
            cases::needed(compared).into_iter().map(Decision::plain).collect(),
        ),
    ];
    let mut text = String::new();
    let mut number = 0;
    for (heading, decisions) in sections {
        let decisions: Vec<Decision> = decisions;
        if decisions.is_empty() {
            continue;
        }
        text += &format!("{}{heading}:\n", if text.is_empty() { "" } else { "\n" });
        for Decision { what, paste } in decisions {
            number += 1;
            text += &format!("{number:>3}. {}\n{paste}", in_line(&what));
        }
    }
    if text.is_empty() {
        text.push_str("Nothing is left to decide.\n");
    }
    Ok(text)
}

impl Decision {
    fn plain(what: String) -> Self {
        Self { what, paste: String::new() }
    }
}

impl From<Undocumented> for Decision {
    fn from(part: Undocumented) -> Self {
        Self { what: part.what, paste: part.draft }
    }
}

impl From<OddName> for Decision {
    fn from(name: OddName) -> Self {
        Self { what: name.what, paste: name.draft }
    }
}

/// What was done to the overlays, and what they leave out.
fn overlays(compared: &Compared<'_>) -> Vec<Decision> {
    let edits = compared.edits.iter().map(|edit| of_edit(edit, compared.release));
    let left_out =
        intake::left_out(compared.overlays, compared.release).into_iter().map(|LeftOut { file, targets, reason }| {
            let (are, actions) = if targets.len() == 1 { ("is", "an action") } else { ("are", "actions") };
            format!(
                "{} {are} left out by {actions} at the end of {file}, to be deleted when the reason is gone: {reason}",
                targets.join(", ")
            )
        });
    edits.chain(left_out).map(Decision::plain).collect()
}

fn of_edit(edit: &Edit, release: &Release) -> String {
    match edit {
        Edit::Limited { file, target, before, after, problem, similar } => {
            let range = match before {
                Some(before) => format!("x-kimai: \"{before}\" became \"{after}\""),
                None => format!("it got x-kimai: \"{after}\""),
            };
            let similar = similar.as_ref().map(|schema| {
                format!("; {schema} is new and has most of its properties: perhaps it needs the same from {release} on")
            });
            format!("{file}, target {target}: {problem}; {range}{}", similar.unwrap_or_default())
        }
        Edit::Named { old, new, file, name } => format!(
            "schema {old} is gone, and {new} is new and has most of its properties: an action at the end of {file} gives it \
             x-rust-type: {name}, so that no operation is left out"
        ),
        Edit::Renamed { old, new, actions } => {
            let actions = match actions {
                0 => "no action needs a change".to_owned(),
                1 => "1 action that names it now names both".to_owned(),
                more => format!("{more} actions that name it now name both"),
            };
            format!("schema {old} seems to be {new} now, which has the same properties and keeps its types: {actions}")
        }
    }
}
