//! What changed from release to release.

use std::collections::BTreeMap;

use super::{History, Life, Subject};
use crate::Release;
use crate::api::Method;

/// What a release changed in the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseChanges {
    /// The release.
    pub release: Release,
    /// Its changes, by kind, then by what happened, then by path or type; never empty.
    pub changes: Vec<Change>,
}

/// A change of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The kind of the subject.
    pub kind: Kind,
    /// What happened to it.
    pub event: Event,
    /// What changed.
    pub subject: Subject,
}

/// A kind of parts of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An operation.
    Operation,
    /// A parameter of an operation.
    Parameter,
    /// A type.
    Type,
    /// A property of a type.
    Property,
    /// A value of an enum.
    Value,
}

/// What happens to a part of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// Added: the release has it, and the previous one does not.
    Came,
    /// Removed: the previous release has it, and this one does not.
    Went,
    /// It became required in requests, or always present in responses.
    Required,
    /// It became optional in requests, or responses may omit it.
    Optional,
    /// Its type or format changed.
    Changed,
}

impl Kind {
    /// All kinds, in the order of a changelog.
    pub const ALL: [Self; 5] = [Self::Operation, Self::Parameter, Self::Type, Self::Property, Self::Value];

    /// The kind of a subject; nothing for a property that an operation sends, which its type has too.
    #[must_use]
    pub fn of(subject: &Subject) -> Option<Self> {
        match subject {
            Subject::Operation(..) => Some(Self::Operation),
            Subject::Parameter(..) => Some(Self::Parameter),
            Subject::Sent(..) => None,
            Subject::Type(_) => Some(Self::Type),
            Subject::Field(..) => Some(Self::Property),
            Subject::Value(..) => Some(Self::Value),
        }
    }

    /// Its name, such as `operation`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Type => "type",
            Self::Property => "property",
            Self::Value => "value",
        }
    }
}

impl Event {
    /// All events, in the order of a changelog.
    pub const ALL: [Self; 5] = [Self::Came, Self::Went, Self::Required, Self::Optional, Self::Changed];

    /// Its name, such as `came`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Came => "came",
            Self::Went => "went",
            Self::Required => "required",
            Self::Optional => "optional",
            Self::Changed => "changed",
        }
    }
}

impl History {
    /// The changes of each release after the oldest one, oldest first, without releases that changed nothing.
    ///
    /// The parts of an added or removed operation or type are not listed.
    #[must_use]
    pub fn changelog(&self) -> Vec<ReleaseChanges> {
        let mut by_release: BTreeMap<Release, Vec<Change>> = BTreeMap::new();
        for (subject, life) in self.lives() {
            let Some(kind) = Kind::of(subject) else { continue };
            let owner = subject.owner().and_then(|owner| self.life(&owner));
            for (release, event) in events(life) {
                let is_after_oldest = self.releases.first().is_some_and(|oldest| *release > *oldest);
                if is_after_oldest && !owner.is_some_and(|owner| has_ends(owner, release, event)) {
                    let change = Change { kind, event, subject: subject.clone() };
                    by_release.entry(release.clone()).or_default().push(change);
                }
            }
        }
        let sorted = |(release, mut changes): (Release, Vec<Change>)| {
            changes.sort_by(|a, b| order(a).cmp(&order(b)));
            ReleaseChanges { release, changes }
        };
        by_release.into_iter().map(sorted).collect()
    }
}

/// All that happened in a life.
fn events(life: &Life) -> Vec<(&Release, Event)> {
    let mut events = Vec::new();
    for span in &life.spans {
        events.push((&span.since, Event::Came));
        events.extend(span.until.iter().map(|until| (until, Event::Went)));
    }
    // What comes as required, or goes while it is, does not become it or cease to be it.
    for span in &life.required {
        if !has_ends(life, &span.since, Event::Came) {
            events.push((&span.since, Event::Required));
        }
        events.extend(span.until.iter().filter(|until| life.covers(until)).map(|until| (until, Event::Optional)));
    }
    // What comes back may be another thing: that is no change of what was there.
    let changed = life.changed.iter().filter(|release| !has_ends(life, release, Event::Came));
    events.extend(changed.map(|release| (release, Event::Changed)));
    events
}

/// Whether a life begins or ends with the release, whichever the event says.
fn has_ends(life: &Life, release: &Release, event: Event) -> bool {
    life.spans.iter().any(|span| match event {
        Event::Came => span.since == *release,
        Event::Went => span.until.as_ref() == Some(release),
        Event::Required | Event::Optional | Event::Changed => false,
    })
}

fn order(change: &Change) -> (Kind, Event, &str, Option<Method>, &str) {
    let (place, method, name) = match &change.subject {
        Subject::Operation(method, path) => (path, Some(*method), ""),
        Subject::Parameter(method, path, name) | Subject::Sent(method, path, name) => (path, Some(*method), &**name),
        Subject::Type(ty) => (ty, None, ""),
        Subject::Field(ty, name) | Subject::Value(ty, name) => (ty, None, &**name),
    };
    (change.kind, change.event, place, method, name)
}
