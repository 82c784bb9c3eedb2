//! Compares an operation that both documents have: its parameters, body and responses.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::collector::{Collector, Entry};
use super::compare::{Comparer, Comparison, Direction, Pair, SchemaChange};
use super::document::{AS_CONTENT, Answer, Document, Operation, OperationKey, Parameter};
use super::schema::SchemaRef;
use super::values::is_renamed;
use crate::diff::catalogue::{Kind, Part, exists};
use crate::diff::subject::{Step, Subject};

/// The names of schemas that only one of the documents has.
pub(super) struct Names<'a> {
    old: BTreeSet<&'a str>,
    new: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    pub(super) fn new(old: &Document<'a>, new: &Document<'a>) -> Self {
        let (old, new) = (old.schemas(), new.schemas());
        let only = |mine: &BTreeSet<&'a str>, other| mine.difference(other).copied().collect();
        Self { old: only(&old, &new), new: only(&new, &old) }
    }

    /// The names of two schemas, neither of which is in the other document.
    fn of_renamed<'p>(&self, (old, new): &'p Pair) -> Option<(&'p str, &'p str)> {
        let (old, new) = (old.stem()?, new.stem()?);
        (self.old.contains(old) && self.new.contains(new)).then_some((old, new))
    }

    /// Whether both documents have both schemas.
    fn are_swapped(&self, (old, new): &Pair) -> bool {
        let (Some(old), Some(new)) = (old.stem(), new.stem()) else { return false };
        old != new && !self.old.contains(old) && !self.new.contains(new)
    }
}

/// The comparers of schemas, by direction.
pub(super) struct Comparers<'a> {
    request: Comparer<'a>,
    answer: Comparer<'a>,
}

impl<'a> Comparers<'a> {
    pub(super) fn new(old: &'a Value, new: &'a Value) -> Self {
        let of = |direction| Comparer::new(old, new, direction);
        Self { request: of(Direction::Request), answer: of(Direction::Answer) }
    }
}

/// An operation that both documents have.
pub(super) struct Both<'s, 'a> {
    pub(super) key: &'s OperationKey,
    pub(super) old: &'s Operation<'a>,
    pub(super) new: &'s Operation<'a>,
    pub(super) names: &'s Names<'a>,
}

impl<'a> Both<'_, 'a> {
    pub(super) fn compare(&self, comparers: &mut Comparers<'a>, told: &BTreeSet<&String>, collector: &mut Collector) {
        self.flags(told, collector);
        let Comparers { request, answer } = comparers;
        for ((name, before), (_, after)) in self.old.path_parameters.iter().zip(&self.new.path_parameters) {
            let subject = Subject::other(&format!("{{{name}}}"));
            self.parameter(Part::PathParameter, request, (before, after), &subject, collector);
        }
        let (old, new) = (&self.old.parameters, &self.new.parameters);
        self.parameters(Part::RequestParameter, request, old, new, |(place, name)| shown(place, name), collector);
        self.body(request, collector);
        self.answers(answer, collector);
    }

    fn flags(&self, told: &BTreeSet<&String>, collector: &mut Collector) {
        let mut add = |kind, old: Option<String>, new: Option<String>| {
            let entry = Entry { subject: Subject::operation(&self.old.title, ""), kind, old, new };
            collector.add(
                Part::Operation,
                Some((self.key, self.old)),
                entry,
                self.pointers("").each_ref().map(std::slice::from_ref),
            );
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
        // Added and removed authentication methods are reported once for all operations.
        let accepted = |operation: &'_ Operation<'a>| -> BTreeSet<BTreeSet<String>> {
            operation.schemes.iter().filter(|one| !one.iter().any(|scheme| told.contains(scheme))).cloned().collect()
        };
        let (before, after) = (accepted(self.old), accepted(self.new));
        if before != after && !self.old.schemes.is_empty() && !self.new.schemes.is_empty() {
            let all = |operation: &Operation<'_>| {
                let texts: Vec<String> = operation.schemes.iter().map(credentials).collect();
                listed(texts.iter().collect())
            };
            // Clients may send more than what is required.
            let is_enough =
                !before.is_empty() && before.iter().all(|one| after.iter().any(|other| other.is_subset(one)));
            let kind = if is_enough { Kind::AuthenticationWidened } else { Kind::AuthenticationChanged };
            add(kind, all(self.old), all(self.new));
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
            let mut add = |kind, after: Option<&Parameter<'a>>, old: Option<String>, new: Option<String>| {
                let entry = Entry { subject: Subject::other(&text), kind, old, new };
                let after: Vec<String> = after.map(|after| after.pointer.clone()).into_iter().collect();
                collector.add(part, Some((self.key, self.old)), entry, [&[before.pointer.clone()], &after]);
            };
            let found = |is_it: &dyn Fn(&K) -> bool| come.iter().position(|other| is_it(other));
            let moved = || found(&|other| elsewhere(&text, &subject(other)));
            let renamed = || found(&|other| is_renamed(&text, &subject(other)));
            let after = if let Some(after) = new.get(key) {
                after
            } else if let Some((place, kind)) =
                renamed().map(|place| (place, Kind::Renamed)).or_else(|| Some((moved()?, Kind::Moved)))
            {
                let other = come.remove(place);
                add(kind, new.get(other), Some(text.clone()), Some(subject(other)));
                match new.get(other) {
                    // A name in brackets is that of a list, so both are reported together.
                    Some(after) if kind == Kind::Renamed && before.style.is_some() == after.style.is_some() => after,
                    _ => continue,
                }
            } else {
                add(Kind::Removed, None, None, None);
                continue;
            };
            match (before.required, after.required) {
                (false, true) => add(Kind::BecameRequired, Some(after), None, None),
                (true, false) => add(Kind::BecameOptional, Some(after), None, None),
                _ => {}
            }
            self.parameter(part, comparer, (before, after), &Subject::other(&text), collector);
        }
        for key in come {
            let Some(after) = new.get(key) else { continue };
            let is_asked = after.required && exists(part, Kind::AddedRequired);
            let kind = if is_asked { Kind::AddedRequired } else { Kind::Added };
            let entry = Entry { subject: Subject::other(&subject(key)), kind, old: None, new: None };
            collector.add(part, Some((self.key, self.old)), entry, [&[], &[after.pointer.clone()]]);
        }
    }

    /// Compares a parameter, or a response header, that both documents have.
    fn parameter(
        &self,
        part: Part,
        comparer: &mut Comparer<'a>,
        (before, after): (&Parameter<'a>, &Parameter<'a>),
        subject: &Subject,
        collector: &mut Collector,
    ) {
        let pointers = [&[before.pointer.clone()][..], &[after.pointer.clone()]];
        let mut add = |kind, old: Option<&str>, new: Option<&str>| {
            let entry = Entry::new(subject.clone(), kind, old, new);
            collector.add(part, Some((self.key, self.old)), entry, pointers);
        };
        match (before.deprecated, after.deprecated) {
            (false, true) => add(Kind::Deprecated, None, None),
            (true, false) => add(Kind::Reactivated, None, None),
            _ => {}
        }
        match (before.allows_empty, after.allows_empty) {
            (true, false) => add(Kind::ConstraintTightened, Some("may be empty"), None),
            (false, true) => add(Kind::ConstraintLoosened, None, Some("may be empty")),
            _ => {}
        }
        let (old, new) = (before.style, after.style);
        let is_document = [old, new].contains(&Some(AS_CONTENT));
        if old != new && exists(part, Kind::StyleChanged) && (is_document || (old.is_some() && new.is_some())) {
            let text = |style: Option<&'static str>| Some(style.unwrap_or("as it is"));
            add(Kind::StyleChanged, text(old), text(new));
        }
        let comparison = comparer.compare_texts(&before.schema, &after.schema);
        // The brackets of the name already show that it is a list.
        let is_list = subject.name.ends_with("[]");
        for change in comparison.changes {
            let path = match change.path.as_slice() {
                [Step::Elements, rest @ ..] if is_list => rest,
                path => path,
            };
            self.add(part, subject.inside(path), change, collector);
        }
        let pairs = Comparison { changes: Vec::new(), pairs: comparison.pairs };
        self.reached(part, comparer, pairs, subject, collector);
    }

    fn body(&self, comparer: &mut Comparer<'a>, collector: &mut Collector) {
        let subject = Subject::operation(&self.old.title, "body");
        let pointers = self.pointers("/requestBody");
        let pointers = pointers.each_ref().map(std::slice::from_ref);
        let mut add = |kind| {
            let entry = Entry::new(subject.clone(), kind, None, None);
            collector.add(Part::RequestBody, Some((self.key, self.old)), entry, pointers);
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
                self.media(parts, comparer, &before.media, &after.media, (&subject, pointers), collector);
            }
            (None, None) => {}
        }
    }

    fn answers(&self, comparer: &mut Comparer<'a>, collector: &mut Collector) {
        let at = Some((self.key, self.old));
        let (old, new) = (&self.old.answers, &self.new.answers);
        let lacking = |mine: &BTreeMap<String, Answer<'a>>, other: &BTreeMap<String, Answer<'a>>| -> Vec<String> {
            mine.keys().filter(|status| !other.contains_key(*status)).cloned().collect()
        };
        let (gone, mut come) = (lacking(old, new), lacking(new, old));
        let replacement = if gone.len() == 1 && come.len() == 1 { come.pop() } else { None };
        for (status, before) in old {
            let subject = Subject::operation(&self.old.title, status);
            let other = replacement.as_ref().filter(|_| !new.contains_key(status)).unwrap_or(status);
            let declared =
                |operation: &Operation<'_>, status: &str| format!("{}/responses/{status}", operation.pointer);
            let pointers = [declared(self.old, status), declared(self.new, other)];
            let pointers = pointers.each_ref().map(std::slice::from_ref);
            let Some(after) = new.get(other) else {
                let entry = Entry::new(subject, Kind::Removed, Some(status), None);
                collector.add(Part::ResponseStatus, at, entry, pointers);
                continue;
            };
            if other != status {
                let entry = Entry::new(subject.clone(), Kind::Changed, Some(status), Some(other));
                collector.add(Part::ResponseStatus, at, entry, pointers);
            }
            let parts = (Part::ResponseMediaType, Part::ResponseProperty);
            self.media(parts, comparer, &before.media, &after.media, (&subject, pointers), collector);
            let named = |name: &String| format!("header {name}");
            self.parameters(Part::ResponseHeader, comparer, &before.headers, &after.headers, named, collector);
        }
        if let (Some(before), Some(after)) = (&self.old.full, &self.new.full) {
            let comparison = comparer.compare(before, after);
            let subject = Subject::operation(&self.old.title, "?full");
            self.reached(Part::ResponseProperty, comparer, comparison, &subject, collector);
        }
        for status in come {
            let subject = Subject::operation(&self.old.title, &status);
            let entry = Entry::new(subject, Kind::Added, None, Some(&status));
            let pointers = self.pointers(&format!("/responses/{status}"));
            collector.add(Part::ResponseStatus, at, entry, pointers.each_ref().map(std::slice::from_ref));
        }
    }

    fn media(
        &self,
        (media_type, property): (Part, Part),
        comparer: &mut Comparer<'a>,
        old: &BTreeMap<String, SchemaRef<'a>>,
        new: &BTreeMap<String, SchemaRef<'a>>,
        (subject, pointers): (&Subject, [&[String]; 2]),
        collector: &mut Collector,
    ) {
        let at = Some((self.key, self.old));
        for (name, before) in old {
            let Some(after) = new.get(name) else {
                let entry = Entry::new(subject.clone(), Kind::Removed, Some(name), None);
                collector.add(media_type, at, entry, pointers);
                continue;
            };
            let comparison = comparer.compare(before, after);
            self.reached(property, comparer, comparison, subject, collector);
        }
        for name in new.keys().filter(|name| !old.contains_key(*name)) {
            collector.add(media_type, at, Entry::new(subject.clone(), Kind::Added, None, Some(name)), pointers);
        }
    }

    /// Adds the changes in a schema, and in all schemas that it refers to.
    fn reached(
        &self,
        part: Part,
        comparer: &Comparer<'a>,
        comparison: Comparison,
        subject: &Subject,
        collector: &mut Collector,
    ) {
        for change in comparison.changes {
            self.add(part, subject.inside(&change.path), change, collector);
        }
        let mut seen: BTreeSet<Pair> = BTreeSet::new();
        let mut open: Vec<(Subject, Pair)> =
            comparison.pairs.into_iter().map(|(path, pair)| (subject.inside(&path), pair)).collect();
        while let Some((place, pair)) = open.pop() {
            let is_first = seen.insert(pair.clone());
            // If one schema replaces another, the place changed, rather than either schema.
            let is_swapped = self.names.are_swapped(&pair) || !part.is_body();
            if !is_first && !is_swapped {
                continue;
            }
            let Some(inside) = comparer.pair(&pair) else { continue };
            if let Some((old, new)) = self.names.of_renamed(&pair)
                && inside.changes.is_empty()
            {
                let entry = Entry::new(Subject::other(old), Kind::Renamed, Some(old), Some(new));
                let pointers = [pair.0.pointer(), pair.1.pointer()];
                let pointers = pointers.each_ref().map(std::slice::from_ref);
                collector.add(Part::Schema, Some((self.key, self.old)), entry, pointers);
            }
            let subject = name(&pair).filter(|_| !is_swapped).map_or(place, Subject::other);
            for change in &inside.changes {
                self.add(part, subject.inside(&change.path), change.clone(), collector);
            }
            if is_first {
                open.extend(inside.pairs.iter().map(|(path, pair)| (subject.inside(path), pair.clone())));
            }
        }
    }

    fn add(&self, part: Part, subject: Subject, change: SchemaChange, collector: &mut Collector) {
        // Path parameters are text, so not all changes inside an object apply to them.
        let is_told = change.kind == Kind::AddedRequired || exists(part, change.kind);
        let kind = if is_told { change.kind } else { Kind::TypeChanged };
        let entry = Entry { subject, kind, old: change.old, new: change.new };
        let pointers = change.pointers.each_ref().map(Vec::as_slice);
        collector.add(part, Some((self.key, self.old)), entry, pointers);
    }

    /// Where both documents declare a part of the operation.
    fn pointers(&self, part: &str) -> [String; 2] {
        [self.old, self.new].map(|operation| format!("{}{part}", operation.pointer))
    }
}

/// Whether a parameter has the same name in a different place: `?name` and `header name`.
fn elsewhere(old: &str, new: &str) -> bool {
    let name =
        |shown: &'_ str| shown.strip_prefix('?').or_else(|| Some(shown.split_once(' ')?.1)).map(str::to_lowercase);
    old != new && name(old).is_some() && name(old) == name(new)
}

/// The common name of two schemas, in any order: the shorter name, without the number of a copy.
fn name(pair: &Pair) -> Option<&str> {
    let names = [pair.0.stem(), pair.1.stem()];
    names.into_iter().flatten().min_by_key(|name| (name.len(), *name))
}

/// The credentials that a call requires, as text.
fn credentials(schemes: &BTreeSet<String>) -> String {
    let schemes: Vec<&str> = schemes.iter().map(String::as_str).collect();
    if schemes.is_empty() { "nobody".to_owned() } else { schemes.join(" and ") }
}

/// A short description of a parameter.
fn shown(place: &str, name: &str) -> String {
    if place == "query" { format!("?{name}") } else { format!("{place} {name}") }
}
