//! Collects what comparisons saw, and makes findings of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::compare::{Problem, Seen, What};
use super::corrections::{Correction, correct};
use super::schemas::{Schemas, is_deprecated, promised, properties};
use super::{Count, Example, Exchange, Finding, Kind};
use crate::Pointer;

/// How many different values are kept, to derive a correction.
const MOST_VALUES: usize = 1_000;

#[derive(Default)]
pub(super) struct Evidence {
    groups: BTreeMap<(Kind, Pointer, String), Group>,
    /// How many values were compared in each place.
    reached: HashMap<Pointer, usize>,
    /// How many of them are null.
    nulls: HashMap<Pointer, usize>,
    objects: BTreeMap<Pointer, Objects>,
}

/// Differences with one cause.
struct Group {
    /// By member: how often, and the values.
    members: BTreeMap<String, Values>,
    count: usize,
    operations: BTreeSet<String>,
    example: Example,
}

#[derive(Default)]
struct Values {
    count: usize,
    /// Where its values are counted.
    counted: Pointer,
    values: Vec<Value>,
}

/// The objects that a schema describes.
struct Objects {
    count: usize,
    /// How many have the property.
    present: BTreeMap<String, usize>,
    operations: BTreeSet<String>,
    example: Example,
}

impl Evidence {
    pub(super) fn add(&mut self, operation: &str, exchange: &Exchange, seen: Vec<Seen<'_>>) {
        let example = |seen: &Seen<'_>| Example {
            operation: operation.to_owned(),
            request: exchange.target(),
            place: seen.path.clone(),
            value: seen.value.cloned(),
        };
        for seen in seen {
            match &seen.what {
                What::Value => {
                    if seen.value.is_some_and(Value::is_null) {
                        *self.nulls.entry(seen.pointer.clone()).or_default() += 1;
                    }
                    *self.reached.entry(seen.pointer).or_default() += 1;
                }
                What::Object(names) => {
                    let objects = self.objects.entry(seen.pointer.clone()).or_insert_with(|| Objects {
                        count: 0,
                        present: BTreeMap::new(),
                        operations: BTreeSet::new(),
                        example: Example { value: None, ..example(&seen) },
                    });
                    objects.count += 1;
                    objects.operations.insert(operation.to_owned());
                    for name in names.iter().filter(|name| seen.value.is_some_and(|value| value.get(name).is_some())) {
                        *objects.present.entry(name.clone()).or_default() += 1;
                    }
                }
                What::Problem(problem) => {
                    let (pointer, member, counted) = cause(problem, &seen.pointer);
                    let key = (problem.kind, pointer, problem.detail.clone());
                    let group = self.groups.entry(key).or_insert_with(|| Group {
                        members: BTreeMap::new(),
                        count: 0,
                        operations: BTreeSet::new(),
                        example: example(&seen),
                    });
                    group.count += 1;
                    group.operations.insert(operation.to_owned());
                    let values = group.members.entry(member).or_default();
                    values.count += 1;
                    values.counted = counted;
                    if let Some(value) = seen.value
                        && values.values.len() < MOST_VALUES
                        && !values.values.contains(value)
                    {
                        values.values.push(value.clone());
                    }
                }
            }
        }
    }

    /// How many values were compared in each place.
    pub(super) fn into_reached(self) -> HashMap<Pointer, usize> {
        self.reached
    }

    /// How many values of a place can differ in this way: null has no type and no format.
    fn comparable(&self, kind: Kind, pointer: &Pointer) -> Option<usize> {
        let reached = *self.reached.get(pointer)?;
        let nulls = self.nulls.get(pointer).copied().unwrap_or_default();
        let is_of_text = matches!(kind, Kind::Type | Kind::Format | Kind::EnumValue);
        Some(if is_of_text { reached.saturating_sub(nulls) } else { reached })
    }

    /// How many objects a schema describes.
    fn objects_of(&self, pointer: &Pointer) -> usize {
        self.objects.get(pointer).map_or(0, |objects| objects.count)
    }

    /// The findings, in the order of [`Kind::ALL`] and of the document.
    pub(super) fn findings(&self, schemas: Schemas<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for ((kind, pointer, detail), group) in &self.groups {
            let count = |values: &Values| {
                let all = match kind {
                    Kind::Absent | Kind::Undeclared => self.objects_of(pointer),
                    _ => self.comparable(*kind, &values.counted).unwrap_or(values.count),
                };
                Count { different: values.count, all }
            };
            let members: BTreeMap<String, Count> =
                group.members.iter().map(|(name, values)| (name.clone(), count(values))).collect();
            let values = group.members.iter().map(|(name, values)| (name.as_str(), values.values.as_slice())).collect();
            let actions = correct(schemas, &Correction { kind: *kind, pointer, detail, members: &members, values });
            findings.push(Finding {
                kind: *kind,
                pointer: pointer.clone(),
                detail: detail.clone(),
                members: members.into_iter().filter(|(name, _)| !name.is_empty()).collect(),
                count: group.count,
                operations: group.operations.clone(),
                example: group.example.clone(),
                actions,
            });
        }
        findings.extend(self.objects.iter().filter_map(|(pointer, objects)| always_present(schemas, pointer, objects)));
        findings
    }
}

/// Properties that are always there, without a promise.
fn always_present(schemas: Schemas<'_>, pointer: &Pointer, objects: &Objects) -> Option<Finding> {
    let schema = schemas.at(pointer)?.schema;
    let promised = promised(schema);
    let is_new = |name: &str, count: usize| {
        let property = properties(schema).and_then(|properties| properties.get(name));
        count == objects.count && !promised.contains(&name) && !property.is_some_and(is_deprecated)
    };
    let members: BTreeMap<String, Count> = objects
        .present
        .iter()
        .filter(|(name, count)| is_new(name, **count))
        .map(|(name, count)| (name.clone(), Count { different: *count, all: objects.count }))
        .collect();
    if members.is_empty() {
        return None;
    }
    let kind = Kind::Present;
    let actions =
        correct(schemas, &Correction { kind, pointer, detail: "", members: &members, values: BTreeMap::new() });
    Some(Finding {
        kind,
        pointer: pointer.clone(),
        detail: String::new(),
        members,
        count: objects.count,
        operations: objects.operations.clone(),
        example: objects.example.clone(),
        actions,
    })
}

/// What a problem belongs to: properties of one schema have one cause. Also where its values are counted.
fn cause(problem: &Problem, pointer: &Pointer) -> (Pointer, String, Pointer) {
    if let Some(member) = &problem.member {
        return (pointer.clone(), member.clone(), pointer.clone());
    }
    let parent = || {
        let (properties, name) = pointer.parent()?;
        let (parent, keyword) = properties.parent()?;
        (keyword == "properties").then_some((parent, name))
    };
    let (parent, member) = parent().unwrap_or_else(|| (pointer.clone(), String::new()));
    (parent, member, pointer.clone())
}
