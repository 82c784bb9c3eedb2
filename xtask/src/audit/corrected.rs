//! The overlay actions for the findings of a report, which fit together.

use codegen::Release;
use codegen::audit::{Finding, actions_as_yaml};

use super::range::{Found, Range, Ranges};
use super::report::{Corrected, Correction, sentence};
use crate::error::Error;

/// What the responses of a release show.
pub(super) struct Shown {
    pub(super) release: Release,
    /// The release whose document they were compared with.
    pub(super) snapshot: Release,
    /// The file of the document.
    pub(super) document: String,
    pub(super) findings: Vec<Finding>,
}

/// A finding whose actions are in the report.
struct Given<'a> {
    release: &'a Release,
    finding: &'a Finding,
    range: Range,
}

/// The findings of each release with their corrections. The releases are in order, the oldest first.
pub(super) fn correct(releases: &[Shown], ranges: &mut Ranges<'_>) -> Result<Vec<Vec<Corrected>>, Error> {
    let mut given: Vec<Given<'_>> = Vec::new();
    let mut all = Vec::new();
    for shown in releases {
        let release = &shown.release;
        let mut findings = Vec::new();
        for finding in &shown.findings {
            let covers = |given: &&Given<'_>| given.range.contains(release) && are_equal(given.finding, finding);
            let correction = if finding.actions.is_empty() {
                Correction::ByHand
            } else if let Some(given) = given.iter().find(covers) {
                Correction::By(given.release.clone())
            } else {
                let has_equal = |other: &Shown| other.findings.iter().any(|other| are_equal(other, finding));
                let missing = releases.iter().filter(|other| !has_equal(other)).map(|other| &other.release).collect();
                let found = Found { release, snapshot: &shown.snapshot, actions: &finding.actions, missing };
                let range = ranges.of(&found)?;
                let text = written(finding, release, &range)
                    .map_err(|source| Error::Document { name: shown.document.clone(), source })?;
                given.push(Given { release, finding, range });
                Correction::Actions(text)
            };
            findings.push(Corrected { finding: finding.clone(), correction });
        }
        all.push(findings);
    }
    Ok(all)
}

/// Whether the same actions correct the same.
fn are_equal(a: &Finding, b: &Finding) -> bool {
    a.kind == b.kind && a.pointer == b.pointer && a.actions == b.actions
}

fn written(finding: &Finding, release: &Release, range: &Range) -> Result<String, codegen::Error> {
    let description = format!("{} ({release}).", sentence(finding));
    let range = (!range.is_of_all()).then(|| range.to_string());
    actions_as_yaml(&finding.actions, &description, range.as_deref())
}
