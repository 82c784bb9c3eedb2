//! What a document has in common with the releases, and which release it looks like.

use super::candidates::Candidate;
use super::wording;
use super::{KnownParts, Part, Spot, What};
use crate::Release;
use serde_json::Value;

/// A document, compared with the releases. What no snapshot has does not count.
#[derive(Debug)]
pub struct Comparison<'a> {
    known: &'a KnownParts,
    own: Part,
    candidates: Vec<Candidate>,
    /// The contradictions of each candidate.
    contradictions: Vec<Contradictions>,
}

/// How often a document and a release differ: in parts, and then in what is said of the parts that both have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Contradictions {
    parts: usize,
    details: usize,
}

/// The releases that a document looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// In words, such as `2.0.26 to 2.0.30`.
    pub releases: String,
    /// The newest of them that is known to be like the document.
    pub newest: Release,
}

impl KnownParts {
    /// Compares a document, without its prose, with all releases.
    #[must_use]
    pub fn compare(&self, document: &Value) -> Comparison<'_> {
        let own = Self::of(document).root;
        let candidates = self.candidates();
        let mut contradictions = vec![Contradictions::default(); candidates.len()];
        let all: Vec<usize> = (0..candidates.len()).collect();
        let see = &mut |candidate: usize, what: Option<What>, _: (&[&str], bool)| {
            if let Some(count) = contradictions.get_mut(candidate) {
                match what {
                    Some(_) => count.parts += 1,
                    None => count.details += 1,
                }
            }
        };
        let mut walk = Walk { candidates: &candidates, see, way: Vec::new() };
        walk.members(&self.root, Some(&own), Spot::ROOT, &all);
        Comparison { known: self, own, candidates, contradictions }
    }
}

impl Comparison<'_> {
    /// Whether the document has at least a quarter of the operations of some release.
    #[must_use]
    pub fn is_kimai(&self) -> bool {
        let mut operations = vec![(0_usize, 0_usize); self.known.snapshots.len()];
        count_operations(&self.known.root, Some(&self.own), &mut operations);
        operations.iter().any(|(all, shared)| *all > 0 && shared * 4 >= *all)
    }

    /// The newest release that is known.
    #[must_use]
    pub fn newest(&self) -> Option<&Release> {
        self.candidates.last().map(|candidate| &candidate.release)
    }

    /// The releases with the fewest contradictions; nothing if there is no snapshot.
    #[must_use]
    pub fn likeness(&self) -> Option<Likeness> {
        let least = self.contradictions.iter().min()?;
        let fits = |index: usize| self.contradictions.get(index) == Some(least);
        let mut runs: Vec<String> = Vec::new();
        let mut newest = None;
        let mut first: Option<&Candidate> = None;
        for (index, candidate) in self.candidates.iter().enumerate() {
            if !fits(index) {
                continue;
            }
            let start = *first.get_or_insert(candidate);
            if fits(index + 1) {
                continue;
            }
            let (text, last) = wording::range(start, candidate, self.candidates.get(index + 1));
            runs.push(text);
            newest = Some(last);
            first = None;
        }
        newest.map(|newest| Likeness { releases: runs.join(" or "), newest })
    }

    /// Whether the document has more parts that contradict this release than parts that contradict the releases that
    /// it looks like. What is between two known releases is as the older one.
    #[must_use]
    pub fn fits_worse(&self, release: &Release) -> bool {
        let least = self.contradictions.iter().min();
        let of_release = self.index_of(release).and_then(|index| self.contradictions.get(index));
        matches!((least, of_release), (Some(least), Some(of_release)) if of_release.parts > least.parts)
    }

    /// What the document and the release do not have in common, a sentence each.
    #[must_use]
    pub fn differences(&self, release: &Release) -> Vec<String> {
        let Some(candidate) = self.index_of(release).and_then(|index| self.candidates.get(index)) else {
            return Vec::new();
        };
        let mut differences = Vec::new();
        let see = &mut |_: usize, what: Option<What>, (way, is_own): (&[&str], bool)| {
            if let Some(what) = what {
                differences.push(wording::difference(release, what, way, is_own));
            }
        };
        let mut walk = Walk { candidates: std::slice::from_ref(candidate), see, way: Vec::new() };
        walk.members(&self.known.root, Some(&self.own), Spot::ROOT, &[0]);
        differences
    }

    fn index_of(&self, release: &Release) -> Option<usize> {
        let behind = self.candidates.partition_point(|candidate| candidate.release <= *release);
        // What is older than all that is known is most like the oldest.
        (!self.candidates.is_empty()).then(|| behind.saturating_sub(1))
    }
}

/// Meets every contradiction, the outermost only: of a missing operation, the parameters do not count.
struct Walk<'a, 'f, F> {
    candidates: &'f [Candidate],
    /// Is shown the candidate, the part if it is one, its place, and whether the document has it.
    see: &'f mut F,
    way: Vec<&'a str>,
}

impl<'a, F: FnMut(usize, Option<What>, (&[&str], bool))> Walk<'a, '_, F> {
    /// Compares what is below a place that the document and these candidates have.
    fn members(&mut self, known: &'a Part, own: Option<&Part>, spot: Spot, among: &[usize]) {
        for (token, part) in &known.members {
            let own = own.and_then(|own| own.members.get(token));
            let inner = spot.member(token);
            let what = spot.what(inner);
            self.way.push(token);
            let mut below = Vec::new();
            for index in among {
                let Some(has) = self.candidates.get(*index).and_then(|candidate| candidate.has(part)) else { continue };
                if has != own.is_some() {
                    (self.see)(*index, what, (&self.way, own.is_some()));
                }
                // In what is no part itself, such as the list of all parameters, there may be parts.
                if (has && own.is_some()) || (has != own.is_some() && what.is_none()) {
                    below.push(*index);
                }
            }
            if !below.is_empty() {
                self.members(part, own, inner, &below);
            }
            self.way.pop();
        }
    }
}

/// How many operations each snapshot has, and how many of them the document has too.
fn count_operations(known: &Part, own: Option<&Part>, operations: &mut [(usize, usize)]) {
    let paths = |part: &Part| part.members.get("paths").map(|paths| paths.members.clone()).unwrap_or_default();
    let own = own.map(paths).unwrap_or_default();
    for (path, item) in paths(known) {
        let spot = Spot::ROOT.member("paths").member(&path);
        for (method, operation) in &item.members {
            if spot.what(spot.member(method)) != Some(What::Operation) {
                continue;
            }
            let is_shared = own.get(&path).is_some_and(|item| item.members.contains_key(method));
            for (snapshot, (all, shared)) in operations.iter_mut().enumerate() {
                if operation.is_in(snapshot) {
                    *all += 1;
                    *shared += usize::from(is_shared);
                }
            }
        }
    }
}
