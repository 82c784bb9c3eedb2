//! Limits of values, such as `maxLength`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// The limits of values.
const LIMITS: [(&str, Tighter); 10] = [
    ("minLength", Tighter::Greater),
    ("maxLength", Tighter::Smaller),
    ("minimum", Tighter::Greater),
    ("maximum", Tighter::Smaller),
    ("minItems", Tighter::Greater),
    ("maxItems", Tighter::Smaller),
    ("minProperties", Tighter::Greater),
    ("maxProperties", Tighter::Smaller),
    ("multipleOf", Tighter::Multiple),
    ("uniqueItems", Tighter::Greater),
];

/// The limits of a schema, by their keywords.
pub(super) type Limits = BTreeMap<&'static str, Limit>;

/// The direction in which a limit becomes stricter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tighter {
    Greater,
    Smaller,
    Multiple,
}

/// A limit of values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Limit {
    value: f64,
    is_exclusive: bool,
    tighter: Tighter,
}

/// Adds the limits of a schema to those that are known already.
pub(super) fn add(limits: &mut Limits, object: &Map<String, Value>) {
    // Some releases write numbers as strings.
    let number = |value: &Value| value.as_str().map_or_else(|| value.as_f64(), |text| text.parse().ok());
    for (name, tighter) in LIMITS {
        let exclusive = match name {
            "minimum" => object.get("exclusiveMinimum"),
            "maximum" => object.get("exclusiveMaximum"),
            _ => None,
        };
        let is_exclusive = exclusive == Some(&Value::Bool(true));
        let value = object.get(name).and_then(|value| if *value == true { Some(1.0) } else { number(value) });
        // A minimum length or count of 0 is not a limit, and nothing is a multiple of 0.
        let may_be_zero = name.starts_with("max") || name == "minimum";
        let value = value.filter(|value| may_be_zero || *value > 0.0);
        let plain = value.map(|value| Limit { value, is_exclusive, tighter });
        // In JSON Schema, this is a number.
        let own = exclusive.and_then(number).map(|value| Limit { value, is_exclusive: true, tighter });
        for limit in plain.into_iter().chain(own) {
            let known = limits.get(name).is_some_and(|known| known.implies(&limit));
            if !known {
                limits.insert(name, limit);
            }
        }
    }
}

impl Limit {
    /// Whether the other limit allows all values that this one allows.
    pub(super) fn implies(&self, other: &Self) -> bool {
        match self.tighter {
            Tighter::Multiple => {
                let times = self.value / other.value;
                (times - times.round()).abs() < 1e-9
            }
            _ if self.value.total_cmp(&other.value).is_eq() => self.is_exclusive || !other.is_exclusive,
            Tighter::Greater => self.value > other.value,
            Tighter::Smaller => self.value < other.value,
        }
    }

    /// Its text in messages: `minLength 3`.
    pub(super) fn text(&self, name: &str) -> String {
        match (self.is_exclusive, name) {
            (true, "minimum") => format!("exclusiveMinimum {}", self.value),
            (true, "maximum") => format!("exclusiveMaximum {}", self.value),
            _ => format!("{name} {}", self.value),
        }
    }
}
