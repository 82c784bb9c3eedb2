//! The words in reports for what changed and how.

use std::collections::BTreeSet;

use super::catalogue::{Kind, Part};
use super::place::Subject;

/// The most names in a message; more are counted.
const MOST: usize = 6;

/// What one change is about.
pub(super) struct Subjects {
    pub(super) all: Vec<String>,
    /// Their names, without repetition; none for operations.
    names: Vec<String>,
    /// What they are in, without repetition.
    owners: Vec<String>,
}

impl Subjects {
    pub(super) fn new(subjects: &[Subject]) -> Self {
        let is_operations = subjects.len() > 1 && subjects.iter().all(Subject::is_of_operation);
        let texts = |texts: BTreeSet<&String>| texts.into_iter().cloned().collect();
        Self {
            all: subjects.iter().map(Subject::text).collect(),
            names: texts(subjects.iter().filter(|_| !is_operations).map(|subject| &subject.name).collect()),
            owners: texts(subjects.iter().map(|subject| &subject.owner).collect()),
        }
    }

    /// The short form in reports: `TagEntity.visible`, `*.tags`, `Version.{copyright,version}`, `3 operations`.
    pub(super) fn short(&self) -> String {
        match (self.all.as_slice(), self.owners.as_slice(), self.names.as_slice()) {
            ([only], ..) => only.clone(),
            (all, _, []) => format!("{} operations", all.len()),
            (_, [owner], [name]) if owner.is_empty() => name.clone(),
            (_, _, [name]) => format!("*.{name}"),
            (all, _, names) if names.len() > MOST => format!("{} properties", all.len()),
            (_, [owner], names) => format!("{owner}.{{{}}}", names.join(",")),
            (_, _, names) => format!("*.{{{}}}", names.join(",")),
        }
    }

    /// The form in sentences, and whether it is plural.
    fn long(&self) -> (String, bool) {
        let of = |owners: &[String]| listed(owners).unwrap_or_else(|| format!("{} types", owners.len()));
        match (self.all.as_slice(), self.names.as_slice()) {
            ([only], _) => (only.clone(), false),
            (all, []) => (format!("{} operations", all.len()), true),
            (_, [name]) => (format!("{name} of {}", of(&self.owners)), false),
            (all, names) => match listed(names) {
                Some(names) => (format!("{names} of {}", of(&self.owners)), true),
                None => (format!("{} properties of {}", all.len(), of(&self.owners)), true),
            },
        }
    }
}

/// The texts as an enumeration; nothing if there are too many.
fn listed(texts: &[String]) -> Option<String> {
    match texts {
        [] => None,
        [only] => Some(only.clone()),
        [first @ .., last] if first.len() < 4 => Some(format!("{} and {last}", first.join(", "))),
        _ => None,
    }
}

pub(super) fn message(
    subjects: &Subjects,
    subject: &str,
    part: Part,
    kind: Kind,
    old: Option<&str>,
    new: Option<&str>,
) -> String {
    let singular = what(part, kind);
    let (called, is_plural) = subjects.long();
    let (verb, rest) = singular.split_once(' ').unwrap_or((singular, ""));
    let verb = match verb {
        "is" if is_plural => "are",
        "was" if is_plural => "were",
        "has" if is_plural => "have",
        verb if is_plural => verb.strip_suffix('s').unwrap_or(verb),
        verb => verb,
    };
    let what = format!("{verb} {rest}");
    let what = what.trim_end();
    let text = match (kind, part) {
        (Kind::ValueAdded | Kind::ValueRemoved, _) => format!("a value of {called} {singular}"),
        (Kind::AlternativeAdded | Kind::AlternativeRemoved, _) => {
            format!("an alternative of {called} {singular}")
        }
        (_, Part::ResponseMediaType | Part::RequestMediaType) => {
            format!("a media type of {called} {singular}")
        }
        (_, Part::RequestProperty) if subjects.names.is_empty() => format!("bodies of {called} {what}"),
        (_, Part::ResponseProperty) if subjects.names.is_empty() => format!("responses of {called} {what}"),
        (_, Part::Schema) => format!("the schema {called} {what}"),
        _ => format!("{called} {what}"),
    };
    // The message already says that it is required.
    let new = new.map(|new| if kind == Kind::AddedRequired { new.trim_end_matches(", required") } else { new });
    match (old, new) {
        (Some(old), Some(new)) => format!("{text}: {old} → {new}"),
        (Some(one), None) | (None, Some(one)) if one != subject => format!("{text}: {one}"),
        _ => text,
    }
}

/// What happened, in the singular.
fn what(part: Part, kind: Kind) -> &'static str {
    match kind {
        Kind::Added | Kind::AlternativeAdded | Kind::ValueAdded => "was added",
        Kind::AddedRequired => "was added and is required",
        Kind::Removed | Kind::AlternativeRemoved | Kind::ValueRemoved => "was removed",
        Kind::RemovedAfterDeprecation => "was removed after its deprecation",
        Kind::Moved => "was moved",
        Kind::Renamed => "was renamed",
        Kind::Changed => "was replaced",
        Kind::Deprecated => "is deprecated",
        Kind::Reactivated => "is no longer deprecated",
        Kind::BecameRequired if part == Part::ResponseProperty => "is now always present",
        Kind::BecameOptional if part == Part::ResponseProperty => "is no longer always present",
        Kind::BecameRequired => "is now required",
        Kind::BecameOptional => "is no longer required",
        Kind::TypeChanged => "has a different type",
        Kind::TypeWidened => "has a wider type",
        Kind::TypeNarrowed => "has a narrower type",
        Kind::FormatChanged => "has a different format",
        Kind::PatternChanged => "has a different pattern",
        Kind::StyleChanged => "is written differently",
        Kind::DefaultChanged => "has a different default",
        Kind::BecameNullable => "can now be null",
        Kind::BecameNotNullable => "can no longer be null",
        Kind::ConstraintTightened => "has a tighter limit",
        Kind::ConstraintLoosened => "has a looser limit",
        Kind::PermissionsChanged => "requires different permissions",
        Kind::AuthenticationChanged => "accepts different credentials",
        Kind::AuthenticationWidened => "accepts additional credentials",
    }
}
