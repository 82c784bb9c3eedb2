//! What is different in a response, value by value.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::ids::{Ids, resource_of_path, resource_of_property};

/// Values that depend on the installation, by path.
const OF_INSTALLATION: [(&str, &str, &str); 1] = [("/api/version", "copyright", "the test server is not Kimai")];

/// Properties of generated time records, whose values are others than on the recorded servers.
const GENERATED: [&str; 11] = [
    "begin",
    "end",
    "duration",
    "description",
    "rate",
    "internalRate",
    "hourlyRate",
    "tags",
    "project",
    "activity",
    "user",
];

/// Compares recorded responses with those of the test server.
pub(crate) struct Comparison<'a> {
    pub(crate) ids: &'a Ids,
    /// The last recorded id of a time record that the test server generates with other values.
    pub(crate) last_generated: u64,
    pub(crate) found: Vec<String>,
}

impl Comparison<'_> {
    /// Compares the bodies of responses for a path.
    pub(crate) fn bodies(&mut self, path: &str, recorded: &Value, ours: &Value) {
        let plain = path.split('?').next().unwrap_or_default();
        let without: Vec<&str> =
            OF_INSTALLATION.iter().filter(|(of, _, _)| *of == plain).map(|(_, name, _)| *name).collect();
        self.values("body", &resource_of_path(path), &stripped(recorded, &without), &stripped(ours, &without));
    }

    fn differ(&mut self, place: &str, recorded: &Value, ours: &Value) {
        self.found.push(format!("{place}: recorded {recorded}, not {ours}"));
    }

    /// Compares two values; ids in them are of the resource.
    fn values(&mut self, place: &str, resource: &str, recorded: &Value, ours: &Value) {
        match (recorded, ours) {
            (Value::Array(recorded), Value::Array(ours)) => self.arrays(place, resource, recorded, ours),
            (Value::Object(recorded), Value::Object(ours)) => self.objects(place, resource, recorded, ours),
            _ if recorded == ours => {}
            _ => self.differ(place, recorded, ours),
        }
    }

    fn arrays(&mut self, place: &str, resource: &str, recorded: &[Value], ours: &[Value]) {
        if let (Some(theirs), Some(own)) = (names(recorded), names(ours))
            && theirs != own
        {
            self.found.push(format!("{place}: recorded {theirs:?}, not {own:?}"));
            return;
        }
        let id = |value: &Value| value.get("id").and_then(Value::as_u64);
        let (Some(theirs), Some(own)) =
            (recorded.iter().map(id).collect::<Option<Vec<u64>>>(), ours.iter().map(id).collect::<Option<Vec<u64>>>())
        else {
            if recorded.len() != ours.len() {
                return self.differ(place, &recorded.into(), &ours.into());
            }
            for (position, (recorded, ours)) in recorded.iter().zip(ours).enumerate() {
                self.values(&format!("{place}[{position}]"), resource, recorded, ours);
            }
            return;
        };
        let is_generated = |id: &u64| resource == "timesheets" && *id < self.last_generated;
        // Both number the generated records alike, except that some recordings have more of them.
        let last_own = self.ids.of("timesheets", self.last_generated);
        let is_own_generated = |id: &u64| resource == "timesheets" && *id < last_own;
        let (old, new): (Vec<u64>, Vec<u64>) = theirs.iter().partition(|id| is_generated(id));
        let (old_own, new_own): (Vec<u64>, Vec<u64>) = own.iter().partition(|id| is_own_generated(id));
        // Kimai leaves it to its database in which order records are that begin at the same time.
        let begins = |all: &[Value]| -> BTreeMap<u64, Value> {
            all.iter().filter_map(|value| Some((id(value)?, value.get("begin")?.clone()))).collect()
        };
        let (new, new_own) = (in_order(&new, &begins(recorded)), in_order(&new_own, &begins(ours)));
        let new: Vec<u64> = new.iter().map(|id| self.ids.of(resource, *id)).collect();
        if new != new_own {
            self.found.push(format!("{place}: recorded ids {new:?}, not {new_own:?}"));
        }
        if old.len() != old_own.len() {
            self.found.push(format!("{place}: recorded {} generated records, not {}", old.len(), old_own.len()));
        }
        for (id, recorded) in theirs.iter().zip(recorded).filter(|(id, _)| !old.contains(id)) {
            let own_id = self.ids.of(resource, *id);
            if let Some(position) = own.iter().position(|own| *own == own_id) {
                self.values(&format!("{place}[id {own_id}]"), resource, recorded, &ours[position]);
            }
        }
        let generated = |all: &[Value], ids: &[u64]| -> Vec<Value> {
            all.iter().filter(|value| id(value).is_some_and(|id| ids.contains(&id))).cloned().collect()
        };
        let (old, old_own) = (generated(recorded, &old), generated(ours, &old_own));
        for (recorded, ours) in old.iter().zip(&old_own) {
            self.values(&format!("{place}[generated]"), resource, recorded, ours);
        }
        let users = |records: &[Value]| {
            let user = |record: &Value| record["user"]["id"].as_u64().or_else(|| record["user"].as_u64());
            records.iter().filter_map(user).collect::<BTreeSet<u64>>()
        };
        if users(&old) != users(&old_own) {
            self.found.push(format!("{place}[generated].user: recorded {:?}, not {:?}", users(&old), users(&old_own)));
        }
        // They are for other projects, but each project is the same.
        for name in ["project", "activity", "user"] {
            for inner in old.iter().map(|record| &record[name]).filter(|inner| inner.is_object()) {
                let same = old_own.iter().map(|record| &record[name]).find(|other| other["id"] == inner["id"]);
                if let Some(other) = same {
                    self.values(&format!("{place}[generated].{name}"), name, inner, other);
                }
            }
        }
    }

    fn objects(&mut self, place: &str, resource: &str, recorded: &Map<String, Value>, ours: &Map<String, Value>) {
        let names = |object: &Map<String, Value>| object.keys().cloned().collect::<BTreeSet<String>>();
        for name in names(recorded).difference(&names(ours)) {
            self.found.push(format!("{place}.{name}: missing"));
        }
        for name in names(ours).difference(&names(recorded)) {
            self.found.push(format!("{place}.{name}: made up"));
        }
        let id = recorded.get("id").and_then(Value::as_u64);
        let is_generated = resource == "timesheets" && id.is_some_and(|id| id < self.last_generated);
        for (name, value) in recorded {
            let (place, Some(other)) = (format!("{place}.{name}"), ours.get(name)) else { continue };
            let inner = resource_of_property(name);
            match (name.as_str(), value.as_u64()) {
                ("id", Some(_)) if is_generated => {}
                ("id", Some(id)) => {
                    let id = self.ids.of(resource, id);
                    if other.as_u64() != Some(id) {
                        self.differ(&place, &id.into(), other);
                    }
                }
                ("color-safe", _) if recorded.get("color").is_none_or(Value::is_null) => {
                    // It depends on the name. Kimai chooses otherwise than the test server.
                    if !is_color(value) || !is_color(other) {
                        self.differ(&place, value, other);
                    }
                }
                ("url" | "data-href", _) if let Some(url) = value.as_str() => {
                    self.values(&place, resource, &self.ids.translate(url).into(), other);
                }
                (name, _) if is_generated && GENERATED.contains(&name) => self.kinds(&place, value, other),
                (_, Some(id)) if let Some(inner) = inner => {
                    let id = self.ids.of(inner, id);
                    if other.as_u64() != Some(id) {
                        self.differ(&place, &id.into(), other);
                    }
                }
                _ => self.values(&place, inner.unwrap_or(resource), value, other),
            }
        }
    }

    /// Compares what kinds of values these are.
    fn kinds(&mut self, place: &str, recorded: &Value, ours: &Value) {
        let is_nullable = place.ends_with(".description") && (recorded.is_null() || ours.is_null());
        if !is_nullable && std::mem::discriminant(recorded) != std::mem::discriminant(ours) {
            self.differ(place, recorded, ours);
        }
    }
}

/// The names of things that have no ids, such as preferences.
fn names(values: &[Value]) -> Option<Vec<&str>> {
    values.iter().map(|value| value["name"].as_str().filter(|_| value["id"].is_null())).collect()
}

/// Ids in their order, but those of one begin that follow each other by number.
fn in_order(ids: &[u64], begins: &BTreeMap<u64, Value>) -> Vec<u64> {
    let same = |one: &u64, other: &u64| begins.get(one).is_some() && begins.get(one) == begins.get(other);
    ids.chunk_by(same)
        .flat_map(|chunk| {
            let mut chunk = chunk.to_vec();
            chunk.sort_unstable();
            chunk
        })
        .collect()
}

fn is_color(value: &Value) -> bool {
    value.as_str().is_some_and(|text| {
        text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
    })
}

/// An object without some of its properties.
fn stripped(value: &Value, without: &[&str]) -> Value {
    let mut value = value.clone();
    if let Value::Object(object) = &mut value {
        object.retain(|name, _| !without.contains(&name.as_str()));
    }
    value
}
