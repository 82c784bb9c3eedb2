use serde::{Deserialize, Serialize};

use super::observe::Observed;
use crate::{InvalidRelease, Release};

/// From one release on, and before another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span {
    /// The first release that has it.
    pub since: Release,
    /// The first release after that without it; none if the newest has it.
    pub until: Option<Release>,
}

/// When something was there, and when it changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Life {
    /// When it was there, the oldest first; never empty.
    pub spans: Vec<Span>,
    /// When it was required in requests, or always present in responses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<Span>,
    /// The releases that changed its type or format.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Release>,
}

/// `2.0-2.35`, or `2.0-` for one without an end.
impl From<Span> for String {
    fn from(span: Span) -> Self {
        format!("{}-{}", span.since, span.until.as_ref().map_or("", Release::as_str))
    }
}

impl TryFrom<String> for Span {
    type Error = InvalidRelease;

    fn try_from(text: String) -> Result<Self, InvalidRelease> {
        let (since, until) = text.split_once('-').unwrap_or((&text, ""));
        let until = (!until.is_empty()).then(|| until.parse()).transpose()?;
        Ok(Self { since: since.parse()?, until })
    }
}

impl Life {
    pub(super) fn new(sightings: &[(usize, Observed)], releases: &[Release]) -> Self {
        let mut changed = Vec::new();
        for pair in sightings.windows(2) {
            let [(_, before), (index, now)] = pair else { continue };
            if before.shape != now.shape {
                changed.extend(releases.get(*index).cloned());
            }
        }
        let all = sightings.iter().map(|(index, _)| *index);
        let required = sightings.iter().filter(|(_, what)| what.required).map(|(index, _)| *index);
        Self { spans: spans(all, releases), required: spans(required, releases), changed }
    }

    /// Adds all releases from this one on.
    pub(super) fn extend_from(&mut self, release: &Release) {
        let more = Span { since: release.clone(), until: None };
        self.spans = union(std::mem::take(&mut self.spans).into_iter().chain([more]));
    }

    /// The first release that has it.
    #[must_use]
    pub fn since(&self) -> Option<&Release> {
        self.spans.first().map(|span| &span.since)
    }

    /// The first release without it.
    #[must_use]
    pub fn until(&self) -> Option<&Release> {
        self.spans.last().and_then(|span| span.until.as_ref())
    }

    /// Whether a release has it; what is between two known releases is as the older one.
    #[must_use]
    pub fn covers(&self, release: &Release) -> bool {
        covers(&self.spans, release)
    }
}

/// Whether one of the spans holds the release.
#[must_use]
pub fn covers(spans: &[Span], release: &Release) -> bool {
    spans.iter().any(|span| span.covers(release))
}

/// All that lies in one of the spans, in their order.
pub(crate) fn union(spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
    let mut all: Vec<Span> = spans.into_iter().collect();
    all.sort_by(|a, b| a.since.cmp(&b.since));
    let mut united: Vec<Span> = Vec::new();
    for span in all {
        match united.last_mut() {
            Some(last) if last.until.as_ref().is_none_or(|until| span.since <= *until) => last.extend_to(span.until),
            _ => united.push(span),
        }
    }
    united
}

/// What lies in one of the spans and not in the other one.
pub(crate) fn without(spans: Vec<Span>, other: &Span) -> Vec<Span> {
    spans.into_iter().flat_map(|span| span.without(other)).collect()
}

impl Span {
    /// The part of the span before a release, if any.
    pub(super) fn before(&self, release: &Release) -> Option<Self> {
        let until = self.until.as_ref().filter(|until| *until < release).unwrap_or(release);
        (self.since < *release).then(|| Self { since: self.since.clone(), until: Some(until.clone()) })
    }

    /// What is left of it before and behind the other one.
    fn without(self, other: &Self) -> Vec<Self> {
        let ends_before = |end: &Option<Release>, start: &Release| end.as_ref().is_some_and(|end| end <= start);
        if ends_before(&self.until, &other.since) || ends_before(&other.until, &self.since) {
            return vec![self];
        }
        let before =
            (self.since < other.since).then(|| Self { since: self.since.clone(), until: Some(other.since.clone()) });
        let behind = other.until.clone().filter(|until| self.until.as_ref().is_none_or(|end| until < end));
        let behind = behind.map(|since| Self { since, until: self.until });
        before.into_iter().chain(behind).collect()
    }

    fn extend_to(&mut self, until: Option<Release>) {
        if self.until.as_ref().is_some_and(|end| until.as_ref().is_none_or(|until| until > end)) {
            self.until = until;
        }
    }

    /// Whether the release lies in it.
    #[must_use]
    pub fn covers(&self, release: &Release) -> bool {
        *release >= self.since && self.until.as_ref().is_none_or(|until| release < until)
    }
}

pub(super) fn spans(present: impl Iterator<Item = usize>, releases: &[Release]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut next = None;
    for index in present {
        let until = releases.get(index + 1).cloned();
        match spans.last_mut() {
            Some(last) if next == Some(index) => last.until = until,
            _ => spans.extend(releases.get(index).map(|since| Span { since: since.clone(), until })),
        }
        next = Some(index + 1);
    }
    spans
}
