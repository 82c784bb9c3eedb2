//! The report for programs: `audit.schema.json` says what there is in it.

use std::collections::BTreeMap;

use codegen::audit::{Finding, Verdict};
use serde::Serialize;

use super::report::{Compared, Corrected, Correction, Report, Source, is_breaking, sentence};
use crate::error::Error;

/// The number of the format, which grows if a property is removed or changes its meaning.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Json<'a> {
    format: u32,
    sources: Vec<Origin<'a>>,
    releases: Vec<Release<'a>>,
}

#[derive(Serialize)]
struct Origin<'a> {
    name: String,
    release: &'a str,
    responses: usize,
    ignored: Vec<Ignored<'a>>,
    notes: &'a [String],
    not_sent: Vec<NotSent<'a>>,
    stopped: Option<String>,
}

#[derive(Serialize)]
struct Ignored<'a> {
    reason: &'a str,
    count: usize,
}

#[derive(Serialize)]
struct NotSent<'a> {
    operation: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct Release<'a> {
    release: &'a str,
    document: &'a str,
    overlays: bool,
    responses: usize,
    operations: usize,
    unknown: &'a BTreeMap<String, usize>,
    findings: Vec<One<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actions: Option<Vec<Action<'a>>>,
}

#[derive(Serialize)]
struct One<'a> {
    kind: &'static str,
    breaking: bool,
    pointer: &'a str,
    message: String,
    members: Vec<Member<'a>>,
    count: usize,
    operations: Vec<&'a str>,
    example: Example<'a>,
    overlay: Option<&'a str>,
    corrected_by: Option<&'a str>,
}

#[derive(Serialize)]
struct Member<'a> {
    name: &'a str,
    count: usize,
    of: usize,
}

#[derive(Serialize)]
struct Example<'a> {
    operation: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<&'a str>,
    place: &'a str,
    value: Option<String>,
}

#[derive(Serialize)]
struct Action<'a> {
    judgement: &'static str,
    file: &'a str,
    action: usize,
    target: &'a str,
    places: Vec<Place<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    pointer: &'a str,
    values: usize,
}

pub(super) fn render(report: &Report) -> Result<String, Error> {
    let json = Json {
        format: FORMAT,
        sources: report.sources.iter().map(|source| origin(report, source)).collect(),
        releases: report.releases.iter().map(|compared| release(report, compared)).collect(),
    };
    let text = serde_json::to_string_pretty(&json).map_err(|source| Error::Json { source })?;
    Ok(text + "\n")
}

fn origin<'a>(report: &Report, source: &'a Source) -> Origin<'a> {
    Origin {
        name: report.name(source),
        release: source.release.as_str(),
        responses: source.responses,
        ignored: source.ignored.iter().map(|(reason, count)| Ignored { reason, count: *count }).collect(),
        notes: &source.notes,
        not_sent: source.not_sent.iter().map(|(operation, reason)| NotSent { operation, reason }).collect(),
        stopped: report.stopped(source),
    }
}

fn release<'a>(report: &'a Report, compared: &'a Compared) -> Release<'a> {
    Release {
        release: compared.release.as_str(),
        document: &compared.document,
        overlays: report.has_overlays,
        responses: compared.responses,
        operations: compared.operations,
        unknown: &compared.unknown,
        findings: compared.findings.iter().map(|one| finding(report, one)).collect(),
        actions: report.reviews.then(|| compared.verdicts.iter().map(action).collect()),
    }
}

fn finding<'a>(report: &Report, one: &'a Corrected) -> One<'a> {
    let Corrected { finding, correction } = one;
    let Finding { kind, pointer, members, count, operations, example, .. } = finding;
    One {
        kind: kind.id(),
        breaking: is_breaking(*kind),
        pointer: pointer.as_str(),
        message: sentence(finding),
        members: members.iter().map(|(name, count)| Member { name, count: count.different, of: count.all }).collect(),
        count: *count,
        operations: operations.iter().map(String::as_str).collect(),
        example: Example {
            operation: &example.operation,
            request: report.shows_values.then_some(example.request.as_str()),
            place: &example.place,
            value: example.value.as_ref().map(|value| report.shown(value, &example.place)),
        },
        overlay: if let Correction::Actions(overlay) = correction { Some(overlay) } else { None },
        corrected_by: if let Correction::By(release) = correction { Some(release.as_str()) } else { None },
    }
}

fn action(verdict: &Verdict) -> Action<'_> {
    Action {
        judgement: verdict.judgement.id(),
        file: &verdict.file,
        action: verdict.action,
        target: &verdict.target,
        places: verdict
            .places
            .iter()
            .map(|(place, values)| Place { pointer: place.as_str(), values: *values })
            .collect(),
    }
}
