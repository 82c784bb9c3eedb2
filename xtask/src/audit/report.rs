//! What a comparison found, for the reports.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;

use codegen::Release;
use codegen::audit::{Count, Finding, Judgement, Kind, Verdict};

use super::mask;
use crate::command_line::server::is_url;
use crate::count::counted;
use crate::secrets::Secrets;

pub(super) struct Report {
    pub(super) sources: Vec<Source>,
    /// By release, the oldest first.
    pub(super) releases: Vec<Compared>,
    pub(super) has_overlays: bool,
    pub(super) reviews: bool,
    pub(super) shows_values: bool,
    pub(super) secrets: Secrets,
}

/// A file, or a server.
pub(super) struct Source {
    pub(super) name: String,
    pub(super) release: Release,
    pub(super) responses: usize,
    /// What was not taken from a file, with the number of requests.
    pub(super) ignored: Vec<(String, usize)>,
    pub(super) notes: Vec<String>,
    /// The operations that were not sent, and why.
    pub(super) not_sent: Vec<(String, String)>,
    /// Why the walk of the server ended early.
    pub(super) stopped: Option<String>,
}

/// The responses of a release, compared.
pub(super) struct Compared {
    pub(super) release: Release,
    /// The release whose document they were compared with.
    pub(super) snapshot: Release,
    /// The file of the document.
    pub(super) document: String,
    pub(super) responses: usize,
    pub(super) operations: usize,
    /// Requests for no operation of the document.
    pub(super) unknown: BTreeMap<String, usize>,
    pub(super) findings: Vec<Corrected>,
    pub(super) verdicts: Vec<Verdict>,
}

/// A finding, and the actions that correct the document.
pub(super) struct Corrected {
    pub(super) finding: Finding,
    pub(super) correction: Correction,
}

/// How a document is corrected.
pub(super) enum Correction {
    /// By these overlay actions, in YAML.
    Actions(String),
    /// By the actions for this release, which are in the same report.
    By(Release),
    ByHand,
}

impl Report {
    /// Whether a server was not read to the end.
    pub(super) fn is_incomplete(&self) -> bool {
        self.sources.iter().any(|source| source.stopped.is_some())
    }

    /// Whether there is a finding, or a contradicted action.
    pub(super) fn has_finding(&self, only_breaking: bool) -> bool {
        if self.reviews {
            let mut verdicts = self.releases.iter().flat_map(|compared| &compared.verdicts);
            return verdicts.any(|verdict| verdict.judgement == Judgement::Contradicted || !only_breaking);
        }
        let mut findings = self.releases.iter().flat_map(|compared| &compared.findings);
        findings.any(|one| is_breaking(one.finding.kind) || !only_breaking)
    }

    /// The text without what recordings show to be secret.
    pub(super) fn redact(&self, text: &str) -> String {
        self.secrets.redact(text)
    }

    /// An example in one line, such as `GET /api/tags [0].name is null`.
    pub(super) fn example(&self, finding: &Finding) -> String {
        let example = &finding.example;
        let mut line = match example.operation.split_once(' ') {
            Some((method, _)) if self.shows_values => format!("{method} {}", in_line(&example.request)),
            _ => example.operation.clone(),
        };
        if !example.place.is_empty() {
            line += &format!(" {}", in_line(&example.place));
        }
        match &example.value {
            Some(value) => line += &format!(" is {}", self.shown(value, &example.place)),
            None if finding.kind == Kind::Absent => line += &format!(" has no {}", names(finding)),
            None => {}
        }
        line
    }

    /// The file or the server. Masked, it does not tell where that is.
    pub(super) fn name(&self, source: &Source) -> String {
        in_line(if self.shows_values { &source.name } else { masked_name(&source.name) })
    }

    /// Why the walk of the server ended early.
    pub(super) fn stopped(&self, source: &Source) -> Option<String> {
        let problem = source.stopped.as_ref()?;
        let problem =
            if self.shows_values { problem.clone() } else { problem.replace(&source.name, masked_name(&source.name)) };
        Some(in_line(&problem))
    }

    pub(super) fn shown(&self, value: &serde_json::Value, place: &str) -> String {
        mask::shown(value, place, !self.shows_values)
    }
}

impl Compared {
    /// `384 responses of 87 operations`.
    pub(super) fn size(&self) -> String {
        let responses = counted(self.responses, "response", "responses");
        format!("{responses} of {}", counted(self.operations, "operation", "operations"))
    }

    /// `3 findings: 2 null, 1 type`.
    pub(super) fn sum(&self) -> String {
        if self.findings.is_empty() {
            return "no findings".to_owned();
        }
        let of = |kind: &Kind| self.findings.iter().filter(|one| one.finding.kind == *kind).count();
        let kinds: Vec<String> =
            Kind::ALL.iter().filter(|kind| of(kind) > 0).map(|kind| format!("{} {}", of(kind), kind.id())).collect();
        format!("{}: {}", counted(self.findings.len(), "finding", "findings"), kinds.join(", "))
    }
}

/// Whether a client made from the document may fail to read such a response.
pub(super) fn is_breaking(kind: Kind) -> bool {
    match kind {
        Kind::Full | Kind::MediaType | Kind::Type | Kind::Null | Kind::Absent | Kind::Format => true,
        Kind::Status | Kind::Body | Kind::Header | Kind::Undeclared | Kind::EnumValue | Kind::Present => false,
    }
}

/// What a finding says, as a sentence without a full stop.
pub(super) fn sentence(finding: &Finding) -> String {
    match finding.kind {
        Kind::Full => "With full, the response has another shape".to_owned(),
        Kind::Status => "Servers return a status that is not declared".to_owned(),
        Kind::Body if finding.detail.starts_with("none") => "No body is declared, but servers send one".to_owned(),
        Kind::Body => format!("A body is {}", finding.detail),
        Kind::MediaType => "Servers send a media type that is not declared".to_owned(),
        Kind::Header => "Servers send headers that are not declared".to_owned(),
        Kind::Type | Kind::Format => format!("Declared as {}", finding.detail),
        Kind::Null => "Null occurs, and is not allowed".to_owned(),
        Kind::Absent => "Promised, but sometimes missing".to_owned(),
        Kind::Undeclared => "Servers send properties that are not declared".to_owned(),
        Kind::EnumValue => "The enum lacks values that servers send".to_owned(),
        Kind::Present => "Always present, but not promised".to_owned(),
    }
}

/// `once`, `37 times`.
pub(super) fn times(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

fn masked_name(name: &str) -> &str {
    if is_url(name) {
        return "a server";
    }
    Path::new(name).file_name().and_then(OsStr::to_str).unwrap_or("a file")
}

/// The members, separated by commas.
pub(super) fn names(finding: &Finding) -> String {
    finding.members.keys().map(|name| in_line(name)).collect::<Vec<_>>().join(", ")
}

/// The members with their counts, such as `color in 3 of 10`.
pub(super) fn members(finding: &Finding, name: impl Fn(&str) -> String) -> String {
    let all = |(member, Count { different, all }): (&String, &Count)| {
        let member = name(member);
        if different == all { format!("{member} in all {all}") } else { format!("{member} in {different} of {all}") }
    };
    finding.members.iter().map(all).collect::<Vec<_>>().join(", ")
}

/// Text of servers and files could contain line breaks and terminal sequences.
pub(super) fn in_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
