//! How reports call what changed, and say what happened to it.

use std::collections::BTreeSet;

use super::catalogue::{Kind, Part};

/// What the subjects of one cause have in common: the name of a property, whatever type it is in.
pub(super) fn name(subject: &str, kind: Kind) -> &str {
    match (kind, subject.rsplit_once('.')) {
        (Kind::PermissionsChanged | Kind::AuthenticationChanged, _) => "",
        (_, Some((_, name))) => name,
        (_, None) => subject,
    }
}

/// The type of a property, or what else it is in.
pub(super) fn owner(subject: &str) -> &str {
    subject.rsplit_once('.').map_or("", |(owner, _)| owner)
}

/// More names than this are counted.
const MOST: usize = 6;

/// What one change is about.
pub(super) struct Subjects {
    pub(super) all: Vec<String>,
    /// Their last names, without repetition.
    names: Vec<String>,
    /// What they are in, without repetition.
    owners: Vec<String>,
}

impl Subjects {
    pub(super) fn new(all: Vec<String>, kind: Kind) -> Self {
        let names: BTreeSet<&str> = all.iter().map(|subject| name(subject, kind)).collect();
        let owners: BTreeSet<&str> = all.iter().map(|subject| owner(subject)).collect();
        let texts = |texts: BTreeSet<&str>| texts.into_iter().map(str::to_owned).collect();
        Self { names: texts(names), owners: texts(owners), all }
    }

    /// As a report calls it: `TagEntity.visible`, `*.tags`, `Version.{copyright,version}`, `3 operations`.
    pub(super) fn short(&self) -> String {
        match (self.all.as_slice(), self.owners.as_slice(), self.names.as_slice()) {
            ([only], ..) => only.clone(),
            (all, _, [name]) if name.is_empty() => format!("{} operations", all.len()),
            (_, [owner], [name]) if owner.is_empty() => name.clone(),
            (_, _, [name]) => format!("*.{name}"),
            (all, _, names) if names.len() > MOST => format!("{} properties", all.len()),
            (_, [owner], names) => format!("{owner}.{{{}}}", names.join(",")),
            (_, _, names) => format!("*.{{{}}}", names.join(",")),
        }
    }

    /// As a sentence calls it, and whether that is a plural.
    fn long(&self) -> (String, bool) {
        let of = |owners: &[String]| listed(owners).unwrap_or_else(|| format!("{} types", owners.len()));
        match (self.all.as_slice(), self.names.as_slice()) {
            ([only], _) => (only.clone(), false),
            (all, [name]) if name.is_empty() => (format!("{} operations", all.len()), true),
            (_, [name]) => (format!("{name} of {}", of(&self.owners)), false),
            (all, names) => match listed(names) {
                Some(names) => (format!("{names} of {}", of(&self.owners)), true),
                None => (format!("{} properties of {}", all.len(), of(&self.owners)), true),
            },
        }
    }
}

/// Some texts as an enumeration; nothing if there are too many.
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
        "has" if is_plural => "have",
        verb if is_plural => verb.strip_suffix('s').unwrap_or(verb),
        verb => verb,
    };
    let what = format!("{verb} {rest}");
    let what = what.trim_end();
    let text = match (kind, part) {
        (Kind::ValueAdded | Kind::ValueRemoved, _) => format!("a value of {called} {singular}"),
        (Kind::AlternativeAdded | Kind::AlternativeRemoved, _) => {
            format!("a form of {called} {singular}")
        }
        (_, Part::ResponseMediaType | Part::RequestMediaType) => {
            format!("a media type of {called} {singular}")
        }
        (_, Part::Schema) => format!("the schema {called} {what}"),
        _ => format!("{called} {what}"),
    };
    // That it is required was said.
    let new = new.map(|new| if kind == Kind::AddedRequired { new.trim_end_matches(", required") } else { new });
    match (old, new) {
        (Some(old), Some(new)) => format!("{text}: {old} → {new}"),
        (Some(one), None) | (None, Some(one)) if one != subject => format!("{text}: {one}"),
        _ => text,
    }
}

/// What happened, said of one thing.
fn what(part: Part, kind: Kind) -> &'static str {
    match kind {
        Kind::Added | Kind::AlternativeAdded | Kind::ValueAdded => "is new",
        Kind::AddedRequired => "is new, and required",
        Kind::Removed | Kind::AlternativeRemoved | Kind::ValueRemoved => "is gone",
        Kind::RemovedAfterDeprecation => "is gone, as announced by its deprecation",
        Kind::Moved => "moved",
        Kind::Renamed => "has another name",
        Kind::Changed => "changes in the client alone",
        Kind::Deprecated => "is deprecated",
        Kind::Reactivated => "is no longer deprecated",
        Kind::BecameRequired if part == Part::ResponseProperty => "is always there now",
        Kind::BecameOptional if part == Part::ResponseProperty => "is no longer always there",
        Kind::BecameRequired => "is required now",
        Kind::BecameOptional => "is no longer required",
        Kind::TypeChanged => "has another type",
        Kind::FormatChanged => "has another format",
        Kind::PatternChanged => "has another pattern",
        Kind::StyleChanged => "is written in another way",
        Kind::DefaultChanged => "has another default",
        Kind::BecameNullable => "may be null now",
        Kind::BecameNotNullable => "is never null now",
        Kind::ConstraintTightened => "has a tighter limit",
        Kind::ConstraintLoosened => "has a wider limit",
        Kind::PermissionsChanged => "needs other permissions",
        Kind::AuthenticationChanged => "takes other credentials",
    }
}
