//! Collects changes by their cause: a cause that affects many places is reported as one change.

use std::collections::{BTreeMap, BTreeSet};

use super::Change;
use super::catalogue::{Kind, Part, Severity, exists, id, severity};
use super::place::Subject;
use super::surface::{Operation, OperationKey};
use super::wording::{Subjects, message};

/// The collected changes.
#[derive(Default)]
pub(super) struct Collector {
    entries: BTreeMap<Entry, Reach>,
}

/// A change at one place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) subject: Subject,
    pub(super) kind: Kind,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

/// The operations that a change affects, in order.
type Operations = BTreeSet<(OperationKey, String)>;

/// The parts of operations that a change affects.
#[derive(Default)]
struct Reach {
    parts: BTreeSet<Part>,
    operations: Operations,
}

/// The identity of a change, independent of its place.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Cause {
    parts: BTreeSet<Part>,
    kind: Kind,
    by: By,
    old: Option<String>,
    new: Option<String>,
}

/// The common part of changes that are reported as one.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum By {
    /// The last name of the subject: a property, in any type.
    Name(String),
    /// The types, whose required properties are reported together.
    Owners(BTreeSet<String>),
    /// The old and the new value, which may change in many places at once.
    Values,
}

impl By {
    /// The name of a property, in any type; operations that change in the same way are reported as one.
    fn of(subject: &Subject, kind: Kind) -> Self {
        match kind {
            Kind::PermissionsChanged | Kind::AuthenticationChanged | Kind::AuthenticationWidened => Self::Values,
            Kind::TypeChanged | Kind::TypeWidened | Kind::TypeNarrowed if subject.is_of_operation() => Self::Values,
            _ => Self::Name(subject.name.clone()),
        }
    }
}

impl Entry {
    pub(super) fn new(subject: &str, kind: Kind, old: Option<&str>, new: Option<&str>) -> Self {
        Self { subject: Subject::new(subject), kind, old: old.map(str::to_owned), new: new.map(str::to_owned) }
    }
}

impl Collector {
    pub(super) fn add(&mut self, part: Part, operation: Option<(&OperationKey, &Operation<'_>)>, entry: Entry) {
        let reach = self.entries.entry(entry).or_default();
        reach.parts.insert(part);
        reach.operations.extend(operation.map(|(key, operation)| (key.clone(), operation.title.clone())));
    }

    /// The changes, sorted by severity, the worst first.
    pub(super) fn finish(self) -> Vec<Change> {
        let mut named: BTreeMap<Cause, (Vec<Subject>, Operations)> = BTreeMap::new();
        for (Entry { subject, kind, old, new }, Reach { parts, operations }) in self.entries {
            let by = By::of(&subject, kind);
            let (subjects, reached) = named.entry(Cause { parts, kind, by, old, new }).or_default();
            subjects.push(subject);
            reached.extend(operations);
        }
        let mut causes: BTreeMap<Cause, (Vec<Subject>, Operations)> = BTreeMap::new();
        for (cause, (subjects, operations)) in named {
            let (all, reached) = causes.entry(cause.wider(&subjects)).or_default();
            all.extend(subjects);
            reached.extend(operations);
        }
        let mut changes: Vec<Change> =
            causes.into_iter().filter_map(|(cause, (subjects, reached))| change(cause, &subjects, reached)).collect();
        changes.sort_by(|a, b| (b.severity, &a.id, &a.subject, &a.old).cmp(&(a.severity, &b.id, &b.subject, &b.old)));
        changes
    }
}

impl Cause {
    /// The common part with changes of other names.
    fn wider(self, subjects: &[Subject]) -> Self {
        let is_of = |part: fn(Part) -> bool| self.parts.iter().all(|one| part(*one));
        let is_property = |part| matches!(part, Part::RequestProperty | Part::ResponseProperty);
        let by = match self.kind {
            Kind::BecameRequired | Kind::BecameOptional if is_of(is_property) => {
                By::Owners(subjects.iter().map(|subject| subject.owner.clone()).collect())
            }
            Kind::DefaultChanged if is_of(Part::is_answer) => By::Values,
            _ => self.by,
        };
        Self { by, ..self }
    }
}

/// A type in both requests and responses has one change, with the worse of the two severities.
fn change(cause: Cause, subjects: &[Subject], reached: Operations) -> Option<Change> {
    let Cause { parts, kind, old, new, .. } = cause;
    // An addition to a response requires nothing of clients.
    let at = |part: Part| if kind == Kind::AddedRequired && !exists(part, kind) { Kind::Added } else { kind };
    let worst = |part: &Part| (severity(*part, at(*part)), std::cmp::Reverse(*part));
    let part = parts.iter().copied().max_by_key(worst)?;
    let operations: Vec<String> = reached.into_iter().map(|(_, title)| title).collect();
    let breaks_responses =
        parts.iter().any(|part| part.is_answer() && severity(*part, at(*part)) == Severity::Breaking);
    let kind = at(part);
    let subjects = Subjects::new(subjects);
    let subject = subjects.short();
    let message = message(&subjects, &subject, part, kind, old.as_deref(), new.as_deref());
    Some(Change {
        id: id(part, kind),
        severity: severity(part, kind),
        subject,
        places: subjects.all,
        operations,
        in_requests: parts.iter().any(|part| !part.is_answer()),
        in_responses: parts.iter().any(|part| !part.is_request()),
        breaks_responses,
        old,
        new,
        message,
        rust: None,
    })
}
