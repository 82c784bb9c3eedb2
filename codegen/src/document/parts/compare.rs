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
            let (run, newest_of_run) = wording::range(start, candidate, self.candidates.get(index + 1));
            runs.push(run);
            newest = Some(newest_of_run);
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
        let see = &mut |_: usize, what: Option<What>, (way, is_own): (&[&str], bool)| match what {
            Some(what) => differences.push(wording::difference(release, what, way, is_own)),
            None if !is_own => differences.extend(wording::declaration(release, way)),
            None => {}
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Pointer;
    use serde_json::json;

    fn release(text: &str) -> Release {
        text.parse().unwrap()
    }

    /// A document with these properties of tags, and these operations on them.
    fn document(properties: &[&str], methods: &[&str]) -> Value {
        let mut document = json!({"paths": {"/api/tags": {}}, "components": {"schemas": {"Tag": {"properties": {}}}}});
        for property in properties {
            document["components"]["schemas"]["Tag"]["properties"][property] = json!({"type": "string"});
        }
        for method in methods {
            document["paths"]["/api/tags"][method] = json!({"responses": {"200": {}}});
        }
        document
    }

    /// Four releases, of which the second and the third have the same document.
    fn known() -> KnownParts {
        let mut known = KnownParts::new();
        known.add(&document(&["id"], &["get"]), vec![release("1.9")]);
        known.add(&document(&["id", "name"], &["get", "post"]), vec![release("2.0.0"), release("2.0.5")]);
        known.add(&document(&["id", "name", "color", "visible"], &["get", "post"]), vec![release("2.0.35")]);
        known.add(&document(&["id", "color", "visible"], &["get", "post"]), vec![release("2.1.0")]);
        let property = |name: &str| Pointer::from_text(&format!("/components/schemas/Tag/properties/{name}"));
        assert!(known.date(&property("color"), &release("2.0.26")));
        assert!(!known.date(&property("other"), &release("2.0.30")));
        known
    }

    fn likeness(properties: &[&str], methods: &[&str]) -> (String, String) {
        let likeness = known().compare(&document(properties, methods)).likeness().unwrap();
        (likeness.releases, likeness.newest.to_string())
    }

    #[test]
    fn a_document_looks_like_the_releases_with_the_fewest_contradictions() {
        let pair = |releases: &str, newest: &str| (releases.to_owned(), newest.to_owned());
        assert_eq!(likeness(&["id"], &["get"]), pair("1.9 to before 2.0.0", "1.9"));
        // Nobody knows when 'visible' came, but that 'color' came in 2.0.26.
        assert_eq!(likeness(&["id", "name"], &["get", "post"]), pair("2.0.0 to 2.0.25", "2.0.25"));
        assert_eq!(likeness(&["id", "name", "color"], &["get", "post"]), pair("2.0.26 to before 2.0.35", "2.0.26"));
        let full = ["id", "name", "color", "visible"];
        assert_eq!(likeness(&full, &["get", "post"]), pair("2.0.26 to before 2.1.0", "2.0.35"));
        assert_eq!(likeness(&["id", "color", "visible"], &["get", "post"]), pair("2.1.0 or later", "2.1.0"));
    }

    #[test]
    fn what_no_release_has_does_not_count() {
        let own = ["id", "name", "own", "other"];
        let expected = ("2.0.0 to 2.0.25".to_owned(), "2.0.25".to_owned());
        assert_eq!(likeness(&own, &["get", "post", "put", "delete"]), expected);
    }

    #[test]
    fn releases_that_are_alike_need_not_be_neighbors() {
        let mut known = KnownParts::new();
        for (text, property) in [("1.0", "a"), ("1.1", "b"), ("1.2", "a")] {
            known.add(&document(&[property], &[]), vec![release(text)]);
        }
        let likeness = known.compare(&document(&["a"], &[])).likeness().unwrap();
        assert_eq!(
            (likeness.releases.as_str(), likeness.newest),
            ("1.0 to before 1.1 or 1.2 or later", release("1.2"))
        );
    }

    #[test]
    fn details_decide_between_releases_with_the_same_parts() {
        let of = |ty: &str| json!({"components": {"schemas": {"Tag": {"properties": {"id": {"type": ty}}}}}});
        let mut known = KnownParts::new();
        known.add(&of("string"), vec![release("1.0")]);
        known.add(&of("integer"), vec![release("1.1")]);
        let own = of("string");
        let comparison = known.compare(&own);
        assert_eq!(comparison.likeness().unwrap().releases, "1.0 to before 1.1");
        assert!(!comparison.fits_worse(&release("1.1")), "it has the same parts");
        assert_eq!(
            comparison.differences(&release("1.1")),
            ["Kimai 1.1 declares the type \"integer\" for Tag.id: this document does not"]
        );
    }

    #[test]
    fn differences_are_sentences() {
        let known = known();
        let own = document(&["id", "name", "color", "own"], &["get"]);
        let comparison = known.compare(&own);
        assert_eq!(
            comparison.differences(&release("1.9")),
            [
                "Kimai 1.9 does not have the property color of Tag: this document does",
                "Kimai 1.9 does not have the property name of Tag: this document does",
            ]
        );
        assert_eq!(
            comparison.differences(&release("2.1.7")),
            [
                "Kimai 2.1.7 does not have the property name of Tag: this document does",
                "Kimai 2.1.7 has the property visible of Tag: this document does not",
                "Kimai 2.1.7 has the operation POST /api/tags: this document does not",
            ]
        );
        assert!(comparison.fits_worse(&release("2.1.7")) && comparison.fits_worse(&release("2.0.10")));
        assert!(!comparison.fits_worse(&release("2.0.30")), "2.0.30 is as 2.0.26");
    }

    #[test]
    fn differences_below_operations_name_them() {
        let parameter = |values: &[&str]| json!({"in": "query", "name": "order", "schema": {"enum": values}});
        let of = |parameters: Value, media: &str| {
            json!({"paths": {"/api/tags": {"get": {
                "parameters": parameters,
                "responses": {"200": {"content": {media: {"schema": {"properties": {"id": {}}}}}}},
            }}}})
        };
        let mut known = KnownParts::new();
        known.add(&of(json!([parameter(&["ASC"])]), "text/csv"), vec![release("1.0")]);
        known.add(
            &of(json!([parameter(&["DESC"]), {"in": "header", "name": "X"}]), "application/json"),
            vec![release("1.1")],
        );
        let own = of(json!([parameter(&["ASC"])]), "application/json");
        assert_eq!(
            known.compare(&own).differences(&release("1.1")),
            [
                "Kimai 1.1 has the header parameter X of GET /api/tags: this document does not",
                "Kimai 1.1 does not have the value \"ASC\" of the parameter order of GET /api/tags: this document does",
                "Kimai 1.1 has the value \"DESC\" of the parameter order of GET /api/tags: this document does not",
            ]
        );
        assert_eq!(
            known.compare(&own).differences(&release("1.0")),
            [
                "Kimai 1.0 does not have the media type application/json of GET /api/tags: this document does",
                "Kimai 1.0 has the media type text/csv of GET /api/tags: this document does not",
            ]
        );
    }

    #[test]
    fn a_document_with_less_than_a_quarter_of_the_operations_is_not_kimais() {
        let mut known = KnownParts::new();
        let all = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
        known.add(&document(&[], &all), vec![release("1.0")]);
        assert!(known.compare(&document(&[], &["get", "put"])).is_kimai());
        assert!(!known.compare(&document(&[], &["get"])).is_kimai());
        assert!(!KnownParts::new().compare(&document(&[], &all)).is_kimai());
        assert_eq!(KnownParts::new().compare(&document(&[], &all)).likeness(), None);
    }
}
