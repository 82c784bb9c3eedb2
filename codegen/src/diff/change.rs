//! What a comparison gives: a change, with everything that reports tell of it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::catalogue::{self, Kind, Part, Severity, exists, severity};
use super::effect::RustEffect;
use super::subject::{Subject, Subjects};
use super::wording::message;

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The parts of the API that it is in: requests and responses, if a schema is used in both.
    pub parts: BTreeSet<Part>,
    /// What happened.
    pub kind: Kind,
    /// What it happened to.
    pub subjects: Vec<Subject>,
    /// The operations that it affects, such as `GET /api/tags`, in their order.
    pub operations: Vec<String>,
    /// Where the old and the new document declare it, as JSON pointers.
    pub pointers: [BTreeSet<String>; 2],
    /// The old value, if it is short.
    pub old: Option<String>,
    /// The new value, if it is short.
    pub new: Option<String>,
    /// Its effect on the regenerated client, if known.
    pub rust: Option<RustEffect>,
    /// The severity that the user of the report gives it, instead of that of its rule.
    pub assigned: Option<Severity>,
}

impl Change {
    /// The part that the rule is about, and the rule's kind. A schema in both requests and responses has one change,
    /// with the worse of the two severities.
    fn rule(&self) -> (Part, Kind) {
        let worst = |part: &&Part| (severity(**part, self.kind_in(**part)), Reverse(**part));
        let part = self.parts.iter().max_by_key(worst).copied().unwrap_or(Part::Client);
        (part, self.kind_in(part))
    }

    /// An addition to a response requires nothing of clients.
    fn kind_in(&self, part: Part) -> Kind {
        if self.kind == Kind::AddedRequired && !exists(part, self.kind) { Kind::Added } else { self.kind }
    }

    /// The rule, by its stable name: one of [`catalogue`](super::catalogue()).
    #[must_use]
    pub fn id(&self) -> String {
        let (part, kind) = self.rule();
        catalogue::id(part, kind)
    }

    /// Its severity for an old client with the new server: the assigned one, or that of its rule.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.assigned.unwrap_or_else(|| self.default_severity())
    }

    /// The severity of its rule.
    #[must_use]
    pub fn default_severity(&self) -> Severity {
        let (part, kind) = self.rule();
        severity(part, kind)
    }

    /// Whether reports list it only on request. To whoever assigns a severity, it matters.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        let (part, kind) = self.rule();
        self.assigned.is_none() && catalogue::is_quiet(part, kind)
    }

    /// Whether it affects requests.
    #[must_use]
    pub fn in_requests(&self) -> bool {
        self.parts.iter().any(|part| !part.is_answer())
    }

    /// Whether an old client may fail to read responses.
    #[must_use]
    pub fn breaks_responses(&self) -> bool {
        let breaks = |part: &Part| part.is_answer() && severity(*part, self.kind_in(*part)) == Severity::Breaking;
        self.parts.iter().any(breaks)
    }

    /// What changed, in short: `TimesheetEntity.tags`, `?visible`, `GET /api/tags`; `*.tags` for a property of several
    /// types, `3 operations` for several operations.
    #[must_use]
    pub fn subject(&self) -> String {
        Subjects::new(&self.subjects).short()
    }

    /// All that the subject stands for.
    #[must_use]
    pub fn places(&self) -> Vec<String> {
        self.subjects.iter().map(Subject::to_string).collect()
    }

    /// The change as a sentence.
    #[must_use]
    pub fn message(&self) -> String {
        let (part, kind) = self.rule();
        message(&Subjects::new(&self.subjects), part, kind, self.old.as_deref(), self.new.as_deref())
    }
}
