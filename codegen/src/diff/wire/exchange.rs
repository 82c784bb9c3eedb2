//! Compares an operation that both documents have: its parameters, body and responses.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::collector::{Collector, Entry};
use super::compare::{Comparer, Comparison, Direction, Pair, SchemaChange};
use super::document::{Answer, Answers, Document, Media, Operation, OperationKey};
use super::plain::{self, Rest};
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
        self.errors(answer, collector);
    }

    /// Adds a change for each keyword that differs and is not compared in detail.
    pub(super) fn rest(
        &self,
        part: Part,
        [old, new]: [&Rest; 2],
        subject: &Subject,
        pointers: [&[String]; 2],
        collector: &mut Collector,
    ) {
        for keyword in plain::different(old, new) {
            let entry = Entry::new(subject.clone(), Kind::NotCompared, Some(keyword), Some(keyword));
            collector.add(part, Some((self.key, self.old)), entry, pointers);
        }
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
                self.rest(Part::RequestBody, [&before.rest, &after.rest], &subject, pointers, collector);
                let parts = (Part::RequestMediaType, Part::RequestProperty);
                self.media(parts, comparer, &before.media, &after.media, (&subject, pointers), collector);
            }
            (None, None) => {}
        }
    }

    fn answers(&self, comparer: &mut Comparer<'a>, collector: &mut Collector) {
        let at = Some((self.key, self.old));
        let (old, new) = (&self.old.answers, &self.new.answers);
        let lacking = |mine: &Answers<'a>, other: &Answers<'a>| -> Vec<String> {
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
            self.answer(comparer, [before, after], &subject, pointers, collector);
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

    /// Compares a response that both documents have.
    pub(super) fn answer(
        &self,
        comparer: &mut Comparer<'a>,
        [before, after]: [&Answer<'a>; 2],
        subject: &Subject,
        pointers: [&[String]; 2],
        collector: &mut Collector,
    ) {
        self.rest(Part::ResponseStatus, [&before.rest, &after.rest], subject, pointers, collector);
        let parts = (Part::ResponseMediaType, Part::ResponseProperty);
        self.media(parts, comparer, &before.media, &after.media, (subject, pointers), collector);
        let named = |name: &String| format!("header {name}");
        self.parameters(Part::ResponseHeader, comparer, &before.headers, &after.headers, named, collector);
    }

    fn media(
        &self,
        (media_type, property): (Part, Part),
        comparer: &mut Comparer<'a>,
        old: &BTreeMap<String, Media<'a>>,
        new: &BTreeMap<String, Media<'a>>,
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
            self.rest(media_type, [&before.rest, &after.rest], subject, pointers, collector);
            self.encoding(media_type, [before, after], subject, pointers, collector);
            let comparison = comparer.compare(&before.schema, &after.schema);
            self.reached(property, comparer, comparison, subject, collector);
        }
        for name in new.keys().filter(|name| !old.contains_key(*name)) {
            collector.add(media_type, at, Entry::new(subject.clone(), Kind::Added, None, Some(name)), pointers);
        }
    }

    /// Compares how the properties of a body are encoded.
    fn encoding(
        &self,
        part: Part,
        [before, after]: [&Media<'a>; 2],
        subject: &Subject,
        pointers: [&[String]; 2],
        collector: &mut Collector,
    ) {
        let names: BTreeSet<&String> = before.encoding.keys().chain(after.encoding.keys()).collect();
        for name in names {
            let (old, new) = (before.encoding.get(name), after.encoding.get(name));
            if old != new {
                let place = subject.inside(&[Step::Property(name.clone())]);
                let entry = Entry { subject: place, kind: Kind::EncodingChanged, old: old.cloned(), new: new.cloned() };
                collector.add(part, Some((self.key, self.old)), entry, pointers);
            }
        }
    }

    /// Adds the changes in a schema, and in all schemas that it refers to.
    pub(super) fn reached(
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

    pub(super) fn add(&self, part: Part, subject: Subject, change: SchemaChange, collector: &mut Collector) {
        // Path parameters are text, so not all changes inside an object apply to them.
        let is_told = change.kind == Kind::AddedRequired || exists(part, change.kind);
        let kind = if is_told { change.kind } else { Kind::TypeChanged };
        let entry = Entry { subject, kind, old: change.old, new: change.new };
        let pointers = change.pointers.each_ref().map(Vec::as_slice);
        collector.add(part, Some((self.key, self.old)), entry, pointers);
    }

    /// Where both documents declare a part of the operation.
    pub(super) fn pointers(&self, part: &str) -> [String; 2] {
        [self.old, self.new].map(|operation| format!("{}{part}", operation.pointer))
    }
}

/// The common name of two schemas, in any order: the shorter name, without the number of a copy.
fn name(pair: &Pair) -> Option<&str> {
    let names = [pair.0.stem(), pair.1.stem()];
    names.into_iter().flatten().min_by_key(|name| (name.len(), *name))
}

/// A short description of a parameter.
fn shown(place: &str, name: &str) -> String {
    if place == "query" { format!("?{name}") } else { format!("{place} {name}") }
}
