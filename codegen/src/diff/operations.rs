//! Operations, their parameters, bodies and answers.

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::{Kind, Part, exists};
use super::collector::{Collector, Entry};
use super::compare::{Comparer, Comparison, Found, Pair, is_renamed};
use super::place::Subject;
use super::schema::{Place, SchemaRef};
use super::surface::{Operation, OperationKey, Parameter, Surface};
use super::{Change, fingerprint};

/// The names of schemas which the other document does not have.
struct Names<'a>(BTreeSet<&'a str>);

impl<'a> Names<'a> {
    fn new(surface: &Surface<'a>, other: &Surface<'_>) -> Self {
        let (mine, others) = (surface.schemas(), other.schemas());
        Self(mine.into_iter().filter(|name| !others.contains(name)).collect())
    }

    /// The name of a schema, if the other document does not have it.
    fn only<'p>(&self, place: &'p Place) -> Option<&'p str> {
        place.stem().filter(|name| self.0.contains(name))
    }
}

/// An operation that both documents have.
struct Both<'s, 'a> {
    key: &'s OperationKey,
    old: &'s Operation<'a>,
    new: &'s Operation<'a>,
    names: &'s (Names<'a>, Names<'a>),
}

pub(super) fn compare(old: &Surface<'_>, new: &Surface<'_>) -> Vec<Change> {
    let mut collector = Collector::default();
    for scheme in old.schemes.difference(&new.schemes) {
        collector.add(Part::Authentication, None, Entry::new(scheme, Kind::Removed, None, None));
    }
    for scheme in new.schemes.difference(&old.schemes) {
        collector.add(Part::Authentication, None, Entry::new(scheme, Kind::Added, None, None));
    }
    let alive = |surface: &Surface<'_>, key: &OperationKey| surface.operations.get(key).is_some_and(|one| one.is_alive);
    let gone: Vec<&OperationKey> = old.operations.keys().filter(|key| alive(old, key) && !alive(new, key)).collect();
    let mut come: Vec<&OperationKey> =
        new.operations.keys().filter(|key| alive(new, key) && !alive(old, key)).collect();
    for key in gone {
        let Some(before) = old.operations.get(key) else { continue };
        if let Some(other) = moved(old, new, key, &come)
            && let Some(after) = new.operations.get(other)
        {
            come.retain(|key| *key != other);
            let entry = Entry::new(&before.title, Kind::Moved, Some(&before.title), Some(&after.title));
            collector.add(Part::Operation, Some((key, before)), entry);
            continue;
        }
        let kind = if before.deprecated { Kind::RemovedAfterDeprecation } else { Kind::Removed };
        collector.add(Part::Operation, Some((key, before)), Entry::new(&before.title, kind, None, None));
    }
    for key in come {
        let Some(after) = new.operations.get(key) else { continue };
        collector.add(Part::Operation, Some((key, after)), Entry::new(&after.title, Kind::Added, None, None));
    }
    let names = (Names::new(old, new), Names::new(new, old));
    let mut comparer = Comparer::new(old.root, new.root);
    let shared: BTreeSet<&String> = old.schemes.intersection(&new.schemes).collect();
    for (key, before) in &old.operations {
        let Some(after) = new.operations.get(key).filter(|after| after.is_alive && before.is_alive) else { continue };
        Both { key, old: before, new: after, names: &names }.compare(&mut comparer, &shared, &mut collector);
    }
    collector.finish()
}

/// Where an operation went, if there is only one that it can be.
fn moved<'k>(
    old: &Surface<'_>,
    new: &Surface<'_>,
    key: &OperationKey,
    come: &[&'k OperationKey],
) -> Option<&'k OperationKey> {
    let print = print(old, key)?;
    let tail = |key: &OperationKey| key.path.rsplit('/').find(|segment| *segment != "{}").map(str::to_owned);
    let is_it = |other: &&&OperationKey| {
        other.method == key.method && tail(other) == tail(key) && self::print(new, other).as_ref() == Some(&print)
    };
    let mut candidates = come.iter().filter(is_it);
    candidates.next().filter(|_| candidates.next().is_none()).copied()
}

/// An operation as text, without method and path.
fn print(surface: &Surface<'_>, key: &OperationKey) -> Option<String> {
    let operation = surface.operations.get(key)?;
    let schemas = |media: &BTreeMap<String, SchemaRef<'_>>| {
        let print =
            |(name, schema): (&String, &SchemaRef<'_>)| format!("{name} {}", fingerprint::of(schema, surface.root));
        media.iter().map(print).collect::<Vec<_>>()
    };
    let parameters: Vec<&(String, String)> = operation.parameters.keys().collect();
    let body = operation.body.as_ref().map(|body| schemas(&body.media));
    let answers: Vec<_> = operation.answers.iter().map(|(status, answer)| (status, schemas(&answer.media))).collect();
    Some(format!("{parameters:?} {body:?} {answers:?}"))
}

impl<'a> Both<'_, 'a> {
    fn compare(&self, comparer: &mut Comparer<'a>, shared: &BTreeSet<&String>, collector: &mut Collector) {
        self.flags(shared, collector);
        for ((name, before), (_, after)) in self.old.path_parameters.iter().zip(&self.new.path_parameters) {
            let comparison = comparer.compare_texts(before, after);
            for found in comparison.found {
                let subject = Subject::inside(&format!("{{{name}}}"), &found.path);
                self.found(Part::PathParameter, subject, found, collector);
            }
        }
        let (old, new) = (&self.old.parameters, &self.new.parameters);
        self.parameters(Part::RequestParameter, comparer, old, new, |(place, name)| shown(place, name), collector);
        self.body(comparer, collector);
        self.answers(comparer, collector);
    }

    fn flags(&self, shared: &BTreeSet<&String>, collector: &mut Collector) {
        let subject = &self.old.title;
        let mut add = |kind, old: Option<String>, new: Option<String>| {
            let entry = Entry { subject: Subject::new(subject), kind, old, new };
            collector.add(Part::Operation, Some((self.key, self.old)), entry);
        };
        match (self.old.deprecated, self.new.deprecated) {
            (false, true) => add(Kind::Deprecated, None, None),
            (true, false) => add(Kind::Reactivated, None, None),
            _ => {}
        }
        let listed = |texts: Vec<&String>| {
            let texts: Vec<&str> = texts.into_iter().map(String::as_str).collect();
            Some(if texts.is_empty() { "none".to_owned() } else { texts.join(", ") })
        };
        if self.old.permissions != self.new.permissions {
            let all = |operation: &Operation<'_>| listed(operation.permissions.iter().collect());
            add(Kind::PermissionsChanged, all(self.old), all(self.new));
        }
        // Of ways that are new or gone altogether it is said once, for all operations.
        let accepted = |operation: &'_ Operation<'a>| -> BTreeSet<BTreeSet<String>> {
            operation.schemes.iter().filter(|one| one.iter().all(|scheme| shared.contains(scheme))).cloned().collect()
        };
        if accepted(self.old) != accepted(self.new) {
            let all = |operation: &Operation<'_>| {
                let texts: Vec<String> = operation.schemes.iter().map(credentials).collect();
                listed(texts.iter().collect())
            };
            add(Kind::AuthenticationChanged, all(self.old), all(self.new));
        }
    }

    fn parameters<K: Ord>(
        &self,
        part: Part,
        comparer: &mut Comparer<'a>,
        old: &BTreeMap<K, Parameter<'a>>,
        new: &BTreeMap<K, Parameter<'a>>,
        subject: impl Fn(&K) -> String,
        collector: &mut Collector,
    ) {
        let mut come: Vec<&K> = new.keys().filter(|key| !old.contains_key(key)).collect();
        for (key, before) in old {
            let text = subject(key);
            let mut add = |kind, old: Option<String>, new: Option<String>| {
                let entry = Entry { subject: Subject::new(&text), kind, old, new };
                collector.add(part, Some((self.key, self.old)), entry);
            };
            let renamed = || come.iter().position(|other| is_renamed(&text, &subject(other)));
            let after = if let Some(after) = new.get(key) {
                after
            } else if let Some(place) = renamed() {
                let other = come.remove(place);
                add(Kind::Renamed, Some(text.clone()), Some(subject(other)));
                match new.get(other) {
                    // A name in brackets is that of a list: of both it is said at once.
                    Some(after) if before.style.is_some() == after.style.is_some() => after,
                    _ => continue,
                }
            } else {
                add(Kind::Removed, None, None);
                continue;
            };
            match (before.required, after.required) {
                (false, true) => add(Kind::BecameRequired, None, None),
                (true, false) => add(Kind::BecameOptional, None, None),
                _ => {}
            }
            match (before.deprecated, after.deprecated) {
                (false, true) => add(Kind::Deprecated, None, None),
                (true, false) => add(Kind::Reactivated, None, None),
                _ => {}
            }
            match (before.allows_empty, after.allows_empty) {
                (true, false) => add(Kind::ConstraintTightened, Some("may be empty".to_owned()), None),
                (false, true) => add(Kind::ConstraintLoosened, None, Some("may be empty".to_owned())),
                _ => {}
            }
            if let (Some(before), Some(after)) = (before.style, after.style)
                && before != after
            {
                add(Kind::StyleChanged, Some(before.to_owned()), Some(after.to_owned()));
            }
            for found in comparer.compare_texts(&before.schema, &after.schema).found {
                // The brackets of the name say it already that it is a list.
                let path =
                    if text.ends_with("[]") { found.path.trim_start_matches("[]") } else { &found.path }.to_owned();
                self.found(part, Subject::inside(&text, &path), found, collector);
            }
        }
        for key in come {
            let Some(after) = new.get(key) else { continue };
            let is_asked = after.required && exists(part, Kind::AddedRequired);
            let kind = if is_asked { Kind::AddedRequired } else { Kind::Added };
            let entry = Entry { subject: Subject::new(&subject(key)), kind, old: None, new: None };
            collector.add(part, Some((self.key, self.old)), entry);
        }
    }

    fn body(&self, comparer: &mut Comparer<'a>, collector: &mut Collector) {
        let subject = format!("{} body", self.old.title);
        let mut add = |kind| {
            let entry = Entry { subject: Subject::new(&subject), kind, old: None, new: None };
            collector.add(Part::RequestBody, Some((self.key, self.old)), entry);
        };
        match (&self.old.body, &self.new.body) {
            (None, Some(after)) => add(if after.required { Kind::AddedRequired } else { Kind::Added }),
            (Some(_), None) => add(Kind::Removed),
            (Some(before), Some(after)) => {
                match (before.required, after.required) {
                    (false, true) => add(Kind::BecameRequired),
                    (true, false) => add(Kind::BecameOptional),
                    _ => {}
                }
                let parts = (Part::RequestMediaType, Part::RequestProperty);
                self.media(parts, comparer, &before.media, &after.media, &subject, collector);
            }
            (None, None) => {}
        }
    }

    fn answers(&self, comparer: &mut Comparer<'a>, collector: &mut Collector) {
        let at = Some((self.key, self.old));
        for (status, before) in &self.old.answers {
            let subject = format!("{} {status}", self.old.title);
            let Some(after) = self.new.answers.get(status) else {
                collector.add(Part::ResponseStatus, at, Entry::new(&subject, Kind::Removed, Some(status), None));
                continue;
            };
            let parts = (Part::ResponseMediaType, Part::ResponseProperty);
            self.media(parts, comparer, &before.media, &after.media, &subject, collector);
            let named = |name: &String| format!("header {name}");
            self.parameters(Part::ResponseHeader, comparer, &before.headers, &after.headers, named, collector);
        }
        for status in self.new.answers.keys().filter(|status| !self.old.answers.contains_key(*status)) {
            let subject = format!("{} {status}", self.old.title);
            collector.add(Part::ResponseStatus, at, Entry::new(&subject, Kind::Added, None, Some(status)));
        }
    }

    fn media(
        &self,
        (media_type, property): (Part, Part),
        comparer: &mut Comparer<'a>,
        old: &BTreeMap<String, SchemaRef<'a>>,
        new: &BTreeMap<String, SchemaRef<'a>>,
        subject: &str,
        collector: &mut Collector,
    ) {
        let at = Some((self.key, self.old));
        for (name, before) in old {
            let Some(after) = new.get(name) else {
                collector.add(media_type, at, Entry::new(subject, Kind::Removed, Some(name), None));
                continue;
            };
            let comparison = comparer.compare(before, after);
            self.reached(property, comparer, comparison, subject, collector);
        }
        for name in new.keys().filter(|name| !old.contains_key(*name)) {
            collector.add(media_type, at, Entry::new(subject, Kind::Added, None, Some(name)));
        }
    }

    /// Adds what is found in a schema, and in all that it leads to.
    fn reached(
        &self,
        part: Part,
        comparer: &Comparer<'a>,
        comparison: Comparison,
        subject: &str,
        collector: &mut Collector,
    ) {
        for found in comparison.found {
            self.found(part, Subject::inside(subject, &found.path), found, collector);
        }
        let mut seen: BTreeSet<Pair> = BTreeSet::new();
        let mut open = comparison.pairs;
        while let Some(pair) = open.pop() {
            if !seen.insert(pair.clone()) {
                continue;
            }
            let Some(inside) = comparer.pair(&pair) else { continue };
            if let (Some(old), Some(new)) = (self.names.0.only(&pair.0), self.names.1.only(&pair.1))
                && inside.found.is_empty()
            {
                let entry = Entry::new(old, Kind::Renamed, Some(old), Some(new));
                collector.add(Part::Schema, Some((self.key, self.old)), entry);
            }
            let name = name(&pair).unwrap_or(subject);
            for found in &inside.found {
                self.found(part, Subject::inside(name, &found.path), found.clone(), collector);
            }
            open.extend(inside.pairs.iter().cloned());
        }
    }

    fn found(&self, part: Part, subject: Subject, found: Found, collector: &mut Collector) {
        let entry = Entry { subject, kind: found.kind, old: found.old, new: found.new };
        collector.add(part, Some((self.key, self.old)), entry);
    }
}

/// What two schemas are called, whichever of them is the older: names without the numbers of duplicates (fact D11), and
/// the shorter of two.
fn name(pair: &Pair) -> Option<&str> {
    let names = [pair.0.stem(), pair.1.stem()];
    names.into_iter().flatten().min_by_key(|name| (name.len(), *name))
}

/// What a call has to have in it to say who one is.
fn credentials(schemes: &BTreeSet<String>) -> String {
    let schemes: Vec<&str> = schemes.iter().map(String::as_str).collect();
    if schemes.is_empty() { "nobody".to_owned() } else { schemes.join(" and ") }
}

/// A parameter in a few words.
fn shown(place: &str, name: &str) -> String {
    if place == "query" { format!("?{name}") } else { format!("{place} {name}") }
}
