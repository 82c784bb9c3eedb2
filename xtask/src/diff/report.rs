//! What there is to report, and the words that all formats share.

use std::collections::BTreeMap;

use codegen::diff::{Change, Effect, Part, RustEffect, Severity};
use serde::Serialize;

use super::side::Side;
use crate::count::counted;

/// More operations than this are counted.
const MOST: usize = 8;

/// The crate to whose changes the report is limited.
#[derive(Serialize)]
pub(super) struct UsedBy {
    pub(super) folder: String,
    /// How many operations of the client it calls.
    pub(super) operations: usize,
}

/// What there is to report.
pub(super) struct Report {
    pub(super) old: Side,
    pub(super) new: Side,
    pub(super) used_by: Option<UsedBy>,
    pub(super) changes: Vec<Change>,
    /// The path of the newer document in the repository, if it is there.
    pub(super) file: Option<String>,
    /// Hidden changes, which do not affect requests and responses: how many, and their effect on the client.
    pub(super) hidden: (usize, Effect),
    /// How many other changes are listed only on request: of error responses, operation ids and tags.
    pub(super) quiet: usize,
    /// How many changes are ignored, by reason.
    pub(super) ignored: BTreeMap<String, usize>,
    /// The file that sets severities, if there is one.
    pub(super) severities: Option<String>,
}

/// The worst that changes do to the client.
pub(super) fn worst(changes: &[Change]) -> Effect {
    let effects = changes.iter().filter_map(|change| change.rust.as_ref()).map(RustEffect::effect);
    effects.max().unwrap_or(Effect::None)
}

impl Report {
    /// What is compared, and for whom.
    pub(super) fn title(&self) -> String {
        let title = format!("{} → {}", self.old.title(), self.new.title());
        match &self.used_by {
            Some(UsedBy { folder, operations }) => {
                format!("{title} for {folder}, which calls {}", counted(*operations, "operation", "operations"))
            }
            None => title,
        }
    }

    /// The first line: what is compared, and what came out.
    pub(super) fn headline(&self) -> String {
        let is_empty = self.changes.is_empty() && self.ignored.is_empty();
        let summary = if is_empty { "no changes in requests and responses".to_owned() } else { self.summary() };
        format!("{}: {summary}", self.title())
    }

    pub(super) fn count(&self, severity: Severity) -> usize {
        self.changes.iter().filter(|change| change.severity() == severity).count()
    }

    /// `2 breaking, 1 warning, 3 info; Rust: major`.
    pub(super) fn summary(&self) -> String {
        let counts = Group::ALL.into_iter().map(|group| (group, group.changes(self).len()));
        // Changes of the client only are rarely of interest.
        let is_of_client = |group| matches!(group, Group::Severity(Severity::None) | Group::NotAttributed);
        let shown = counts.filter(|(group, count)| *count > 0 || !is_of_client(*group));
        let counts: Vec<String> = shown.map(|(group, count)| format!("{count} {}", group.heading())).collect();
        let effect = self.effect().map_or("unknown", Effect::as_str);
        format!("{}; Rust: {effect}", counts.join(", "))
    }

    /// The worst that happens to the client; nothing where that is not known.
    pub(super) fn effect(&self) -> Option<Effect> {
        self.unknown().is_none().then(|| worst(&self.changes).max(self.hidden.1))
    }

    /// Why nothing is known of the client: the document of which there can be none, and what is wrong with it.
    pub(super) fn unknown(&self) -> Option<String> {
        let side = [&self.old, &self.new];
        let problem = |side: &&Side| side.client.as_ref().err().map(|error| format!("{}: {error}", side.name));
        side.iter().find_map(problem)
    }

    /// What a reader of the changes has to know besides, a sentence each.
    pub(super) fn remarks(&self) -> impl Iterator<Item = String> {
        let left_out = self.ignored.iter().map(|(reason, count)| format!("ignored: {count} ({reason})"));
        let unknown = self.unknown().map(|problem| format!("effects on the Rust client unknown: {problem}"));
        left_out.chain(self.hidden()).chain(unknown).chain(self.severities())
    }

    /// Where severities come from, if not from the rules alone.
    pub(super) fn severities(&self) -> Option<String> {
        self.severities.as_ref().map(|file| format!("severities: with those of {file}"))
    }

    /// What is not shown, a sentence each.
    pub(super) fn hidden(&self) -> impl Iterator<Item = String> {
        let (count, effect) = self.hidden;
        let them = |count: usize| if count == 1 { "it" } else { "them" };
        let client = (count > 0).then(|| {
            let what = if count == 1 { "1 change does".to_owned() } else { format!("{count} changes do") };
            let (effect, them) = (effect.as_str(), them(count));
            format!("{what} not affect requests and responses (Rust: {effect}); list {them} with --all")
        });
        let quiet = (self.quiet > 0).then(|| {
            let what = counted(self.quiet, "change", "changes");
            format!("{what} of error responses, operation ids or tags; list {} with --all", them(self.quiet))
        });
        client.into_iter().chain(quiet)
    }
}

/// Changes under one heading.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// Changes of this severity with a cause in the documents.
    Severity(Severity),
    /// Changes of the client that no change of the documents explains.
    NotAttributed,
}

impl Group {
    /// All groups, the worst first.
    pub(super) const ALL: [Self; 5] = [
        Self::Severity(Severity::Breaking),
        Self::Severity(Severity::Warning),
        Self::Severity(Severity::Info),
        Self::Severity(Severity::None),
        Self::NotAttributed,
    ];

    pub(super) fn of(change: &Change) -> Self {
        let is_assigned = change.assigned.is_some();
        if change.parts.contains(&Part::Client) && !is_assigned {
            Self::NotAttributed
        } else {
            Self::Severity(change.severity())
        }
    }

    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Severity(Severity::None) => "client only",
            Self::Severity(severity) => severity.as_str(),
            Self::NotAttributed => "not attributed",
        }
    }

    /// The changes of the group, in their order.
    pub(super) fn changes(self, report: &Report) -> Vec<&Change> {
        report.changes.iter().filter(|change| Self::of(change) == self).collect()
    }
}

/// Names may have anything in them, which neither ends a line nor commands a terminal.
pub(crate) fn in_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() { line.extend(c.escape_default()) } else { line.push(c) }
    }
    line
}

/// The resource of an operation: `timesheets` of `GET /api/timesheets/{id}`.
pub(super) fn resource(operation: &str) -> String {
    of_path(operation.split_whitespace().nth(1).unwrap_or_default())
}

/// The resource of a path.
pub(super) fn of_path(path: &str) -> String {
    path.trim_start_matches("/api/").split('/').next().unwrap_or_default().to_owned()
}

/// The affected operations in a line; nothing if the change is about one of them, and names it.
pub(super) fn operations(change: &Change) -> Option<String> {
    match change.operations.as_slice() {
        [] => None,
        [one] if *one == change.subject() => None,
        several if several.len() > MOST => Some(format!("{} operations", several.len())),
        several => Some(several.join(", ")),
    }
}

/// The operations by their resources, each in its order.
pub(super) fn by_resource(operations: &[String]) -> BTreeMap<String, Vec<&str>> {
    let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for operation in operations {
        groups.entry(resource(operation)).or_default().push(operation);
    }
    groups
}
