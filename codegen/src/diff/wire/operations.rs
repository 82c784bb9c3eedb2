//! Compares the operations of two documents.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use super::collector::{Collector, Entry};
use super::document::{Document, Media, Operation, OperationKey};
use super::exchange::{Both, Comparers, Names};
use super::fingerprint::Fingerprints;
use super::plain;
use crate::diff::catalogue::{Kind, Part};
use crate::diff::change::Change;
use crate::diff::subject::Subject;

pub(super) fn compare<'a>(old: &Document<'a>, new: &Document<'a>) -> Vec<Change> {
    let mut collector = Collector::default();
    let told = authentication(old, new, &mut collector);
    rest(old, new, &mut collector);
    let alive =
        |surface: &Document<'_>, key: &OperationKey| surface.operations.get(key).is_some_and(|one| one.is_alive);
    let gone: Vec<&OperationKey> = old.operations.keys().filter(|key| alive(old, key) && !alive(new, key)).collect();
    let come: Vec<&OperationKey> = new.operations.keys().filter(|key| alive(new, key) && !alive(old, key)).collect();
    let moved = moved(old, new, &gone, &come);
    for key in gone.into_iter().filter(|key| !moved.contains_key(key)) {
        let Some(before) = old.operations.get(key) else { continue };
        let kind = if before.deprecated { Kind::RemovedAfterDeprecation } else { Kind::Removed };
        let entry = Entry::new(Subject::operation(&before.title, ""), kind, None, None);
        collector.add(Part::Operation, Some((key, before)), entry, [slice::from_ref(&before.pointer), &[]]);
    }
    for key in come.into_iter().filter(|key| moved.values().all(|other| other != key)) {
        let Some(after) = new.operations.get(key) else { continue };
        let entry = Entry::new(Subject::operation(&after.title, ""), Kind::Added, None, None);
        collector.add(Part::Operation, Some((key, after)), entry, [&[], slice::from_ref(&after.pointer)]);
    }
    let names = Names::new(old, new);
    let mut comparers = Comparers::new(old.root, new.root);
    for (key, before) in old.operations.iter().filter(|(_, before)| before.is_alive) {
        let other = moved.get(key).copied().unwrap_or(key);
        let Some(after) = new.operations.get(other).filter(|after| after.is_alive) else { continue };
        if other != key {
            let subject = Subject::operation(&before.title, "");
            let entry = Entry::new(subject, Kind::Moved, Some(&before.title), Some(&after.title));
            let pointers = [slice::from_ref(&before.pointer), slice::from_ref(&after.pointer)];
            collector.add(Part::Operation, Some((key, before)), entry, pointers);
        }
        Both { key, old: before, new: after, names: &names }.compare(&mut comparers, &told, &mut collector);
    }
    collector.finish()
}

/// Adds what differs in the documents and in authentication methods, and is not compared in detail.
fn rest(old: &Document<'_>, new: &Document<'_>, collector: &mut Collector) {
    let entry = |subject: &str, keyword: &str| {
        Entry::new(Subject::other(subject), Kind::NotCompared, Some(keyword), Some(keyword))
    };
    for keyword in plain::different(&old.rest, &new.rest) {
        collector.add(Part::Document, None, entry("the document", keyword), [&[], &[]]);
    }
    for scheme in old.schemes.intersection(&new.schemes) {
        let (Some(before), Some(after)) = (old.scheme_rests.get(scheme), new.scheme_rests.get(scheme)) else {
            continue;
        };
        for keyword in plain::different(before, after) {
            collector.add(Part::Authentication, None, entry(scheme, keyword), [&[], &[]]);
        }
    }
}

/// Adds the changes of authentication methods, and returns the added and removed methods.
fn authentication<'s>(old: &'s Document<'_>, new: &'s Document<'_>, collector: &mut Collector) -> BTreeSet<&'s String> {
    let gone: BTreeSet<&String> = old.schemes.difference(&new.schemes).filter(|one| matters(one, old, new)).collect();
    let mut come: BTreeSet<&String> =
        new.schemes.difference(&old.schemes).filter(|one| matters(one, new, old)).collect();
    let told = &gone | &come;
    for scheme in gone {
        let entry = match new.scheme_like(old, scheme).filter(|other| come.contains(other)) {
            Some(other) => {
                come.remove(other);
                Entry::new(Subject::other(scheme), Kind::Changed, Some(scheme), Some(other))
            }
            None => Entry::new(Subject::other(scheme), Kind::Removed, None, None),
        };
        collector.add(Part::Authentication, None, entry, [&[], &[]]);
    }
    for scheme in come {
        let entry = Entry::new(Subject::other(scheme), Kind::Added, None, None);
        collector.add(Part::Authentication, None, entry, [&[], &[]]);
    }
    told
}

/// Whether an authentication method that only one document has is more than a dropped part of another method. Sending a
/// dropped part does no harm.
fn matters(scheme: &String, here: &Document<'_>, there: &Document<'_>) -> bool {
    let mut is_used = false;
    for (key, operation) in &here.operations {
        let Some(other) = there.operations.get(key) else { continue };
        for all in operation.schemes.iter().filter(|all| all.contains(scheme)) {
            is_used = true;
            if !other.schemes.iter().any(|less| less.is_subset(all)) {
                return true;
            }
        }
    }
    !is_used
}

/// The moved operations, if the new place is unambiguous.
fn moved<'k>(
    old: &Document<'_>,
    new: &Document<'_>,
    gone: &[&'k OperationKey],
    come: &[&'k OperationKey],
) -> BTreeMap<&'k OperationKey, &'k OperationKey> {
    let prints = |surface: &Document<'_>, keys: &[&'k OperationKey]| -> Vec<Print<'k>> {
        let mut prints = Fingerprints::new(surface.root);
        let found = keys.iter().filter_map(|key| Some((*key, surface.operations.get(key)?)));
        found.map(|(key, operation)| Print::new(key, operation, &mut prints)).collect()
    };
    let (mut gone, mut come) = (prints(old, gone), prints(new, come));
    let mut moved = BTreeMap::new();
    for is_it in [Print::is_same, Print::is_like] {
        let only = |one: &Print<'k>, others: &[Print<'k>], is_it: &dyn Fn(&Print<'k>, &Print<'k>) -> bool| {
            let mut found = others.iter().filter(|other| is_it(one, other)).map(|other| other.key);
            found.next().filter(|_| found.next().is_none())
        };
        for one in &gone {
            let there = only(one, &come, &|one, other| is_it(one, other));
            let back = |key| come.iter().find(|other| other.key == key);
            let back = there.and_then(back).and_then(|other| only(other, &gone, &|other, one| is_it(one, other)));
            if let (Some(other), Some(_)) = (there, back) {
                moved.insert(one.key, other);
            }
        }
        gone.retain(|one| !moved.contains_key(one.key));
        come.retain(|one| moved.values().all(|other| *other != one.key));
    }
    moved
}

/// The fingerprint of an operation, without its path.
struct Print<'k> {
    key: &'k OperationKey,
    /// The last literal of the path.
    tail: Option<&'k str>,
    parameters: BTreeSet<(String, String)>,
    body: Option<BTreeMap<String, u64>>,
    answers: BTreeMap<String, BTreeMap<String, u64>>,
}

impl<'k> Print<'k> {
    fn new<'a>(key: &'k OperationKey, operation: &Operation<'a>, prints: &mut Fingerprints<'a>) -> Self {
        let mut media = |media: &BTreeMap<String, Media<'a>>| -> BTreeMap<String, u64> {
            media.iter().map(|(name, media)| (name.clone(), prints.of(&media.schema))).collect()
        };
        Self {
            key,
            tail: key.path.rsplit('/').find(|segment| *segment != "{}"),
            parameters: operation.parameters.keys().cloned().collect(),
            body: operation.body.as_ref().map(|body| media(&body.media)),
            answers: operation.answers.iter().map(|(name, answer)| (name.clone(), media(&answer.media))).collect(),
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        (self.tail, self.key.method) == (other.tail, other.key.method)
            && (&self.parameters, &self.body, &self.answers) == (&other.parameters, &other.body, &other.answers)
    }

    /// Whether only the requests differ, and the responses have content.
    fn is_like(&self, other: &Self) -> bool {
        (self.tail, self.key.method, &self.answers) == (other.tail, other.key.method, &other.answers)
            && self.answers.values().any(|media| !media.is_empty())
    }
}
