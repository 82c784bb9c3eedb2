//! Which releases of Kimai have what, and how they write it.
//!
//! Every operation of [`crate::operations`] comes with such a table ([`Operation::HISTORY`](super::Operation::HISTORY)),
//! made of the API documents of all releases. Of a server whose release is known
//! ([`Client::connect`](crate::Client::connect)), nothing is asked that it does not have: it would ignore a filter and
//! answer without it (fact R6), and refuse a property without saying which (fact R2). What it writes in another way is
//! written so.

mod adapt;

pub(crate) use adapt::Refusal;

use crate::Release;

/// What is known of an operation's past.
///
/// ```
/// use generated_client::Release;
/// use generated_client::operation::history::{History, Part, Span};
///
/// const EXPENSES: History = History::new(&[Span::since([1, 2, 0])])
///     .with_parameters(&[Part::new("year", &[Span::since([1, 4, 0])])]);
///
/// assert_eq!(EXPENSES.since(), Some(Release::new(1, 2, 0)));
/// assert!(!EXPENSES.covers(Release::new(1, 1, 5)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct History {
    releases: Option<&'static [Span]>,
    variant: Option<Part>,
    parameters: &'static [Part],
    properties: &'static [Part],
}

/// A query parameter, or a property of what is sent, which not all releases take as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    name: &'static str,
    releases: &'static [Span],
    instead: &'static [Instead],
    assumed: Option<bool>,
}

/// How some releases write a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instead {
    releases: Span,
    name: &'static str,
    way: Way,
}

/// In which way a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Way {
    /// As by the other releases.
    Same,
    /// Many values as one text with commas (fact D8).
    Commas,
    /// A date with a time, at midnight (fact T6).
    Midnight,
}

/// The releases from one on, and before another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    since: Release,
    until: Option<Release>,
}

impl History {
    /// Nothing is known: no release is refused anything.
    pub const UNKNOWN: Self = Self { releases: None, variant: None, parameters: &[], properties: &[] };

    /// The releases that have the operation, the oldest first.
    #[must_use]
    pub const fn new(releases: &'static [Span]) -> Self {
        Self { releases: Some(releases), ..Self::UNKNOWN }
    }

    /// The same operation with a parameter that it always sends, and which not all releases have.
    #[must_use]
    pub const fn variant(self, parameter: Part) -> Self {
        Self { variant: Some(parameter), ..self }
    }

    /// The query parameters that not all of these releases take as they are.
    #[must_use]
    pub const fn with_parameters(self, parameters: &'static [Part]) -> Self {
        Self { parameters, ..self }
    }

    /// The properties of what is sent that not all of these releases take as they are. The names are paths: `a/b` is
    /// the property `b` of `a`, and `*` stands for each element of a list or map.
    #[must_use]
    pub const fn with_properties(self, properties: &'static [Part]) -> Self {
        Self { properties, ..self }
    }

    /// The first release that has the operation; nothing if that is not known.
    #[must_use]
    pub const fn since(&self) -> Option<Release> {
        let releases = match self.variant {
            Some(part) => part.releases,
            None => self.releases(),
        };
        match releases {
            [first, ..] => Some(first.since),
            [] => None,
        }
    }

    /// Whether the release has the operation, as far as is known. What lies between two known releases is as the older
    /// of them, and what is newer than all is as the newest.
    #[must_use]
    pub fn covers(&self, release: Release) -> bool {
        let has_variant = self.variant.is_none_or(|part| covers(part.releases, release));
        has_variant && self.releases.is_none_or(|spans| covers(spans, release))
    }

    /// The releases that have the operation, the oldest first; none if that is not known.
    #[must_use]
    pub const fn releases(&self) -> &'static [Span] {
        match self.releases {
            Some(releases) => releases,
            None => &[],
        }
    }

    /// The query parameters that not all of these releases take as they are.
    #[must_use]
    pub const fn parameters(&self) -> &'static [Part] {
        self.parameters
    }

    /// The properties of what is sent that not all of these releases take as they are.
    #[must_use]
    pub const fn properties(&self) -> &'static [Part] {
        self.properties
    }
}

impl Part {
    /// A part by its name on the wire, and the releases that have it, whatever they call it.
    #[must_use]
    pub const fn new(name: &'static str, releases: &'static [Span]) -> Self {
        Self { name, releases, instead: &[], assumed: None }
    }

    /// Its name on the wire, as the newest release has it; of a property the path.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The releases that have it, the oldest first.
    #[must_use]
    pub const fn releases(&self) -> &'static [Span] {
        self.releases
    }

    /// How other releases write it.
    #[must_use]
    pub const fn instead(self, instead: &'static [Instead]) -> Self {
        Self { instead, ..self }
    }

    /// The value that releases without it act on: it is left out there, and no other can be sent.
    #[must_use]
    pub const fn assumed(self, value: bool) -> Self {
        Self { assumed: Some(value), ..self }
    }
}

impl Instead {
    /// The releases, and their name and way for it.
    #[must_use]
    pub const fn new(releases: Span, name: &'static str, way: Way) -> Self {
        Self { releases, name, way }
    }
}

impl Span {
    /// From this release on; major, minor and patch.
    #[must_use]
    pub const fn since([major, minor, patch]: [u32; 3]) -> Self {
        Self { since: Release::new(major, minor, patch), until: None }
    }

    /// From one release on, and before another one; major, minor and patch of both.
    #[must_use]
    pub const fn between(since: [u32; 3], [major, minor, patch]: [u32; 3]) -> Self {
        Self { until: Some(Release::new(major, minor, patch)), ..Self::since(since) }
    }

    /// The first release.
    #[must_use]
    pub const fn first(&self) -> Release {
        self.since
    }

    /// The first release after it; nothing if it has no end.
    #[must_use]
    pub const fn end(&self) -> Option<Release> {
        self.until
    }

    /// Whether the release lies in it.
    #[must_use]
    pub fn covers(&self, release: Release) -> bool {
        self.since <= release && self.until.is_none_or(|until| release < until)
    }
}

fn covers(spans: &[Span], release: Release) -> bool {
    spans.iter().any(|span| span.covers(release))
}
