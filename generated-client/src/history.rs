//! Which releases of Kimai have an operation, its parameters and its fields, and how they write them.
//!
//! Every operation in [`crate::operations`] has such a table ([`Operation::HISTORY`](crate::operation::Operation::HISTORY)),
//! generated from the API documents of all releases. If the release of the server is known
//! ([`Client::connect`](crate::Client::connect)), the client checks each request before sending it: Kimai silently
//! ignores unknown query parameters, and refuses unknown fields without naming them. Where a release has another name
//! or format, the client uses it.

use crate::Release;

/// The history of an operation.
///
/// ```
/// use generated_client::Release;
/// use generated_client::history::{History, Part, Span};
///
/// const EXPENSES: History = History::new(&[Span::since([1, 2, 0])])
///     .with_parameters(&[Part::new("year", &[Span::since([1, 4, 0])])]);
///
/// assert_eq!(EXPENSES.since(), Some(Release::new(1, 2, 0)));
/// assert!(!EXPENSES.covers(Release::new(1, 1, 5)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct History {
    pub(crate) releases: Option<&'static [Span]>,
    pub(crate) variant: Option<Part>,
    pub(crate) parameters: &'static [Part],
    pub(crate) properties: &'static [Part],
}

/// A query parameter or field that some releases lack or write differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub(crate) name: &'static str,
    pub(crate) releases: &'static [Span],
    pub(crate) instead: &'static [Instead],
    pub(crate) assumed: Option<bool>,
}

/// How some releases write a parameter or field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instead {
    pub(crate) releases: Span,
    pub(crate) name: &'static str,
    pub(crate) way: Way,
}

/// The format of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Way {
    /// The format of the other releases.
    Same,
    /// A list as one text with commas.
    Commas,
    /// A date with the time midnight.
    Midnight,
}

/// A range of releases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    since: Release,
    until: Option<Release>,
}

impl History {
    /// An unknown history: every request is sent unchanged.
    pub const UNKNOWN: Self = Self { releases: None, variant: None, parameters: &[], properties: &[] };

    /// Creates a history from the releases that have the operation, the oldest first.
    #[must_use]
    pub const fn new(releases: &'static [Span]) -> Self {
        Self { releases: Some(releases), ..Self::UNKNOWN }
    }

    /// Sets a parameter that the operation always sends and that some releases lack.
    #[must_use]
    pub const fn variant(self, parameter: Part) -> Self {
        Self { variant: Some(parameter), ..self }
    }

    /// Sets the query parameters that some of these releases lack or write differently.
    #[must_use]
    pub const fn with_parameters(self, parameters: &'static [Part]) -> Self {
        Self { parameters, ..self }
    }

    /// Sets the fields that some of these releases lack or write differently. Names are paths: `a/b` is the field `b` of
    /// `a`, and `*` matches each element of a list or map.
    #[must_use]
    pub const fn with_properties(self, properties: &'static [Part]) -> Self {
        Self { properties, ..self }
    }

    /// The first release that has the operation, if known.
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

    /// Whether the release has the operation; true if the history is unknown. A release between two known ones counts as
    /// the older of them, and a release newer than all counts as the newest.
    #[must_use]
    pub fn covers(&self, release: Release) -> bool {
        let has_variant = self.variant.is_none_or(|part| covers(part.releases, release));
        has_variant && self.releases.is_none_or(|spans| covers(spans, release))
    }

    /// The releases that have the operation, the oldest first; empty if unknown.
    #[must_use]
    pub const fn releases(&self) -> &'static [Span] {
        match self.releases {
            Some(releases) => releases,
            None => &[],
        }
    }

    /// The query parameters that some of these releases lack or write differently.
    #[must_use]
    pub const fn parameters(&self) -> &'static [Part] {
        self.parameters
    }

    /// The fields that some of these releases lack or write differently.
    #[must_use]
    pub const fn properties(&self) -> &'static [Part] {
        self.properties
    }
}

impl Part {
    /// Creates a parameter or field from its name and the releases that have it under any name.
    #[must_use]
    pub const fn new(name: &'static str, releases: &'static [Span]) -> Self {
        Self { name, releases, instead: &[], assumed: None }
    }

    /// The name in requests to the newest release; the path for fields.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The releases that have it, the oldest first.
    #[must_use]
    pub const fn releases(&self) -> &'static [Span] {
        self.releases
    }

    /// Sets how other releases write it.
    #[must_use]
    pub const fn instead(self, instead: &'static [Instead]) -> Self {
        Self { instead, ..self }
    }

    /// Sets the value that older releases assume. It is omitted there, and other values are refused.
    #[must_use]
    pub const fn assumed(self, value: bool) -> Self {
        Self { assumed: Some(value), ..self }
    }
}

impl Instead {
    /// Creates it from the releases, and their name and format.
    #[must_use]
    pub const fn new(releases: Span, name: &'static str, way: Way) -> Self {
        Self { releases, name, way }
    }
}

impl Span {
    /// Creates a range that begins with a release: major, minor and patch.
    #[must_use]
    pub const fn since([major, minor, patch]: [u32; 3]) -> Self {
        Self { since: Release::new(major, minor, patch), until: None }
    }

    /// Creates a range from the first release up to, but not including, the second: major, minor and patch.
    #[must_use]
    pub const fn between(since: [u32; 3], [major, minor, patch]: [u32; 3]) -> Self {
        Self { until: Some(Release::new(major, minor, patch)), ..Self::since(since) }
    }

    /// The first release in the range.
    #[must_use]
    pub const fn first(&self) -> Release {
        self.since
    }

    /// The first release after the range, or `None` if it has no end.
    #[must_use]
    pub const fn end(&self) -> Option<Release> {
        self.until
    }

    /// Whether the range contains the release.
    #[must_use]
    pub fn covers(&self, release: Release) -> bool {
        self.since <= release && self.until.is_none_or(|until| release < until)
    }
}

pub(crate) fn covers(spans: &[Span], release: Release) -> bool {
    spans.iter().any(|span| span.covers(release))
}
