//! Collects changes by their cause: a cause that affects many places is reported as one change.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Operation, OperationKey};
use crate::diff::catalogue::{Kind, Part};
use crate::diff::change::Change;
use crate::diff::subject::{Nature, Subject};

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
    pointers: Pointers,
}

/// Where the old and the new document declare it.
type Pointers = [BTreeSet<String>; 2];

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
    fn of(subject: &Subject, kind: Kind, parts: &BTreeSet<Part>) -> Self {
        match kind {
            _ if parts.contains(&Part::ErrorResponse) => Self::Values,
            Kind::PermissionsChanged | Kind::AuthenticationChanged | Kind::AuthenticationWidened => Self::Values,
            Kind::ServersChanged | Kind::TagsChanged | Kind::DiscriminatorChanged => Self::Values,
            Kind::NotCompared if subject.nature == Nature::Operation => Self::Values,
            Kind::TypeChanged | Kind::TypeWidened | Kind::TypeNarrowed if subject.nature == Nature::Operation => {
                Self::Values
            }
            _ => Self::Name(subject.name.clone()),
        }
    }
}

impl Entry {
    pub(super) fn new(subject: Subject, kind: Kind, old: Option<&str>, new: Option<&str>) -> Self {
        Self { subject, kind, old: old.map(str::to_owned), new: new.map(str::to_owned) }
    }
}

impl Collector {
    pub(super) fn add(
        &mut self,
        part: Part,
        operation: Option<(&OperationKey, &Operation<'_>)>,
        entry: Entry,
        pointers: [&[String]; 2],
    ) {
        let reach = self.entries.entry(entry).or_default();
        reach.parts.insert(part);
        reach.operations.extend(operation.map(|(key, operation)| (key.clone(), operation.title.clone())));
        for (known, pointers) in reach.pointers.iter_mut().zip(pointers) {
            known.extend(pointers.iter().cloned());
        }
    }

    /// Whether nothing changed but names.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.values().all(|reach| reach.parts.iter().all(|part| *part == Part::Schema))
    }

    /// The changes, sorted by severity, the worst first.
    pub(super) fn finish(self) -> Vec<Change> {
        let mut named: BTreeMap<Cause, Reached> = BTreeMap::new();
        for (Entry { subject, kind, old, new }, Reach { parts, operations, pointers }) in self.entries {
            let by = By::of(&subject, kind, &parts);
            let reached = Reached { subjects: vec![subject], operations, pointers };
            named.entry(Cause { parts, kind, by, old, new }).or_default().add(reached);
        }
        let mut causes: BTreeMap<Cause, Reached> = BTreeMap::new();
        for (cause, reached) in named {
            causes.entry(cause.wider(&reached.subjects)).or_default().add(reached);
        }
        let mut changes: Vec<Change> = causes.into_iter().map(|(cause, reached)| change(cause, reached)).collect();
        changes.sort_by_cached_key(|change| {
            (std::cmp::Reverse(change.severity()), change.id(), change.subject(), change.old.clone())
        });
        changes
    }
}

/// What changes of one cause are about.
#[derive(Default)]
struct Reached {
    subjects: Vec<Subject>,
    operations: Operations,
    pointers: Pointers,
}

impl Reached {
    fn add(&mut self, other: Self) {
        self.subjects.extend(other.subjects);
        self.operations.extend(other.operations);
        for (known, pointers) in self.pointers.iter_mut().zip(other.pointers) {
            known.extend(pointers);
        }
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

fn change(Cause { parts, kind, old, new, .. }: Cause, reached: Reached) -> Change {
    let Reached { subjects, operations, pointers } = reached;
    let operations = operations.into_iter().map(|(_, title)| title).collect();
    Change { parts, kind, subjects, operations, pointers, old, new, rust: None, assigned: None }
}
