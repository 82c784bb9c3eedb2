//! In which releases the overlay actions of a report apply.

use std::fmt;
use std::sync::Arc;

use codegen::Release;
use codegen::audit::Action;
use codegen::document::Overlay;
use serde_json::Value;

use crate::error::Error;
use crate::index::Index;
use crate::models;
use crate::workspace::Workspace;

/// Releases that follow one another.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Range {
    /// The first one; none for the oldest.
    first: Option<Release>,
    /// The first one after them; none if they do not end.
    end: Option<Release>,
}

impl Range {
    pub(super) fn contains(&self, release: &Release) -> bool {
        self.first.as_ref().is_none_or(|first| first <= release) && self.end.as_ref().is_none_or(|end| release < end)
    }

    pub(super) fn is_of_all(&self) -> bool {
        self.first.is_none() && self.end.is_none()
    }
}

/// As overlays write it.
impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.first.iter().map(|first| format!(">={first}"));
        let end = self.end.iter().map(|end| format!("<{end}"));
        f.write_str(&first.chain(end).collect::<Vec<_>>().join(", "))
    }
}

/// A finding of a report, for its range.
pub(super) struct Found<'a> {
    /// The release whose responses show it.
    pub(super) release: &'a Release,
    /// The release whose document was compared.
    pub(super) snapshot: &'a Release,
    pub(super) actions: &'a [Action],
    /// The releases of the report without an equal finding, the oldest first.
    pub(super) missing: Vec<&'a Release>,
}

/// The corrected documents of all releases, read when they are needed.
pub(super) struct Ranges<'a> {
    workspace: &'a Workspace,
    index: &'a Index,
    overlays: &'a [Overlay],
    documents: Option<Vec<(Release, Arc<Value>)>>,
}

impl<'a> Ranges<'a> {
    pub(super) fn new(workspace: &'a Workspace, index: &'a Index, overlays: &'a [Overlay]) -> Self {
        Self { workspace, index, overlays, documents: None }
    }

    /// The releases around that of the finding in which its actions have their targets, and which no other release of the
    /// report contradicts.
    pub(super) fn of(&mut self, found: &Found<'_>) -> Result<Range, Error> {
        let documents = match &mut self.documents {
            Some(documents) => documents,
            unread => unread.insert(models::documents(self.workspace, self.index, self.overlays)?),
        };
        let matches: Vec<(&Release, bool)> = documents
            .iter()
            .map(|(release, document)| (release, found.actions.iter().all(|action| action.matches(document))))
            .collect();
        Ok(limited(around(&matches, found.snapshot), found.release, &found.missing))
    }
}

/// The releases, the oldest first, and whether the actions match there.
fn around(releases: &[(&Release, bool)], release: &Release) -> Range {
    let Some(place) = releases.iter().position(|(other, _)| *other == release) else { return Range::default() };
    let (before, after) = releases.split_at(place);
    let first = before.iter().rposition(|(_, matches)| !matches).and_then(|last| releases.get(last + 1));
    let end = after.iter().find(|(_, matches)| !matches);
    Range { first: first.map(|(first, _)| (*first).clone()), end: end.map(|(end, _)| (*end).clone()) }
}

/// The range without what releases of the report contradict: those without an equal finding, the oldest first.
fn limited(range: Range, release: &Release, missing: &[&Release]) -> Range {
    let is_missing_before = missing.iter().any(|other| *other < release);
    let next = missing.iter().find(|other| **other > release).map(|next| (*next).clone());
    let first = if is_missing_before { Some(release.clone()) } else { range.first };
    Range { first, end: range.end.into_iter().chain(next).min() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(text: &str) -> Release {
        text.parse().unwrap()
    }

    #[test]
    fn ranges_are_around_a_release() {
        let names = ["1.9", "1.10", "2.0.0", "2.1.0", "2.2.0"].map(release);
        let of = |matches: [bool; 5], name: &str| {
            let releases: Vec<(&Release, bool)> = names.iter().zip(matches).collect();
            around(&releases, &release(name)).to_string()
        };
        assert_eq!(of([true; 5], "2.0.0"), "");
        assert_eq!(of([false, true, true, true, true], "2.2.0"), ">=1.10");
        assert_eq!(of([true, true, true, false, true], "1.9"), "<2.1.0");
        assert_eq!(of([true, false, true, false, true], "2.0.0"), ">=2.0.0, <2.1.0");
        assert_eq!(of([true; 5], "3.0.0"), "");
    }

    #[test]
    fn ranges_leave_out_releases_without_the_finding() {
        let of = |first: Option<&str>, end: Option<&str>, missing: &[&str]| {
            let range = Range { first: first.map(release), end: end.map(release) };
            let missing: Vec<Release> = missing.iter().copied().map(release).collect();
            limited(range, &release("2.1.0"), &missing.iter().collect::<Vec<_>>()).to_string()
        };
        assert_eq!(of(None, None, &[]), "");
        assert_eq!(of(None, None, &["1.9"]), ">=2.1.0");
        assert_eq!(of(Some("2.0.0"), None, &["1.9"]), ">=2.1.0");
        assert_eq!(of(Some("2.0.0"), None, &["2.2.0", "2.4.0"]), ">=2.0.0, <2.2.0");
        assert_eq!(of(None, Some("2.3.0"), &["2.4.0"]), "<2.3.0");
        assert_eq!(of(None, Some("2.3.0"), &["1.9", "2.2.0"]), ">=2.1.0, <2.2.0");
    }

    #[test]
    fn a_range_ends_before_its_end() {
        let range = Range { first: Some(release("1.9")), end: Some(release("2.1.0")) };
        let contained = ["1.8", "1.9", "1.10", "2.0.35", "2.1.0"].map(|name| range.contains(&release(name)));
        assert_eq!(contained, [false, true, true, true, false]);
        assert!(Range::default().contains(&release("1.0")));
    }
}
