//! What was found, by its cause: what one cause changes in many places is one change.

use std::collections::{BTreeMap, BTreeSet};

use super::Change;
use super::catalogue::{Kind, Part, exists, id, severity};
use super::surface::{Operation, OperationKey};

/// What was found.
#[derive(Default)]
pub(super) struct Collector {
    entries: BTreeMap<Entry, Reach>,
}

/// A change at one place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) subject: String,
    pub(super) kind: Kind,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

/// The operations that a change reaches, in their order.
type Operations = BTreeSet<(OperationKey, String)>;

/// Which parts of which operations a change reaches.
#[derive(Default)]
struct Reach {
    parts: BTreeSet<Part>,
    operations: Operations,
}

/// The same change, wherever it is.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Cause {
    parts: BTreeSet<Part>,
    kind: Kind,
    /// The last name of the subject.
    name: String,
    old: Option<String>,
    new: Option<String>,
}

impl Entry {
    pub(super) fn new(subject: &str, kind: Kind, old: Option<&str>, new: Option<&str>) -> Self {
        Self { subject: subject.to_owned(), kind, old: old.map(str::to_owned), new: new.map(str::to_owned) }
    }
}

impl Collector {
    pub(super) fn add(&mut self, part: Part, operation: Option<(&OperationKey, &Operation<'_>)>, entry: Entry) {
        let reach = self.entries.entry(entry).or_default();
        reach.parts.insert(part);
        reach.operations.extend(operation.map(|(key, operation)| (key.clone(), operation.title.clone())));
    }

    /// The changes, the worst first.
    pub(super) fn finish(self) -> Vec<Change> {
        let mut causes: BTreeMap<Cause, (Vec<String>, Operations)> = BTreeMap::new();
        for (Entry { subject, kind, old, new }, Reach { parts, operations }) in self.entries {
            let name = name(&subject, kind);
            let (subjects, reached) = causes.entry(Cause { parts, kind, name, old, new }).or_default();
            subjects.push(subject);
            reached.extend(operations);
        }
        let mut changes: Vec<Change> =
            causes.into_iter().filter_map(|(cause, (subjects, reached))| change(cause, subjects, reached)).collect();
        changes.sort_by(|a, b| (b.severity, &a.id, &a.subject, &a.old).cmp(&(a.severity, &b.id, &b.subject, &b.old)));
        changes
    }
}

/// What the subjects of one cause have in common: the name of a property, whatever type it is in.
fn name(subject: &str, kind: Kind) -> String {
    match (kind, subject.rsplit_once('.')) {
        (Kind::PermissionsChanged | Kind::AuthenticationChanged, _) => String::new(),
        (_, Some((_, name))) => format!("*.{name}"),
        (_, None) => subject.to_owned(),
    }
}

/// A type that is sent and answered has one change, which is as bad as the worse of the two.
fn change(cause: Cause, subjects: Vec<String>, reached: Operations) -> Option<Change> {
    let Cause { parts, kind, name, old, new } = cause;
    // What is added to an answer asks nothing of anybody.
    let at = |part: Part| if exists(part, kind) { kind } else { Kind::Added };
    let worst = |part: &Part| (severity(*part, at(*part)), std::cmp::Reverse(*part));
    let part = parts.iter().copied().max_by_key(worst)?;
    let kind = at(part);
    let operations: Vec<String> = reached.into_iter().map(|(_, title)| title).collect();
    let subject = match subjects.as_slice() {
        [only] => only.clone(),
        several if name.is_empty() => format!("{} operations", several.len()),
        _ => name,
    };
    let message = message(&subject, &subjects, part, kind, old.as_deref(), new.as_deref());
    Some(Change {
        id: id(part, kind),
        severity: severity(part, kind),
        subject,
        places: subjects,
        operations,
        in_requests: parts.iter().any(|part| !part.is_answer()),
        in_responses: parts.iter().any(|part| !part.is_request()),
        old,
        new,
        message,
        rust: None,
    })
}

/// How a message calls what changed.
fn called(subject: &str, places: &[String]) -> String {
    let Some(name) = subject.strip_prefix("*.").filter(|_| places.len() > 1) else { return subject.to_owned() };
    let owners: Vec<&str> = places.iter().filter_map(|place| Some(place.rsplit_once('.')?.0)).collect();
    match owners.as_slice() {
        [first, second] => format!("{name} of {first} and {second}"),
        [first, second, third] => format!("{name} of {first}, {second} and {third}"),
        _ => format!("{name} of {} types", places.len()),
    }
}

fn message(subject: &str, places: &[String], part: Part, kind: Kind, old: Option<&str>, new: Option<&str>) -> String {
    let what = match kind {
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
        Kind::PermissionsChanged if places.len() > 1 => "need other permissions",
        Kind::PermissionsChanged => "needs other permissions",
        Kind::AuthenticationChanged if places.len() > 1 => "take other credentials",
        Kind::AuthenticationChanged => "takes other credentials",
    };
    let called = called(subject, places);
    let text = match (kind, part) {
        (Kind::ValueAdded | Kind::ValueRemoved, _) => format!("a value of {called} {what}"),
        (Kind::AlternativeAdded | Kind::AlternativeRemoved, _) => format!("a form of {called} {what}"),
        (_, Part::ResponseMediaType | Part::RequestMediaType) => format!("a media type of {called} {what}"),
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
