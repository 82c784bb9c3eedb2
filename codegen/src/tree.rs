//! Any value of a JSON or YAML text, read with limits.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::Pointer;

/// The deepest nesting of values; real documents have about 20 levels. The parsers' own limits are higher, and
/// their errors do not say what to do.
const MAX_DEPTH: usize = 64;

/// What errors say of deeper values.
pub(crate) fn too_deep() -> String {
    format!("values are nested more than {MAX_DEPTH} levels deep, as in no API document")
}

/// The key with which a YAML object takes over the members of others.
const MERGE: &str = "<<";

/// What a text may contain.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// The most values.
    pub values: usize,
    /// The most bytes of strings and keys.
    pub bytes: usize,
    /// Whether the key `<<` merges objects, as in YAML.
    pub merges: bool,
}

impl Limits {
    /// The text has no aliases, so that it has no more values than bytes.
    pub(crate) const JSON: Self = Self { values: usize::MAX, bytes: usize::MAX, merges: false };
}

/// Where the parser is. After an error it keeps the innermost place.
pub(crate) struct Place {
    /// The way to the place of an error, the innermost token first.
    tokens: RefCell<Vec<String>>,
    depth: Cell<usize>,
    problem: RefCell<Option<Problem>>,
    values: Cell<usize>,
    bytes: Cell<usize>,
    merges: bool,
    merged: Cell<bool>,
}

/// Why a value was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// An object has the same key twice.
    DuplicateKey,
    /// Another limit of this module.
    Other(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DuplicateKey => f.write_str("duplicate key; remove one of the two"),
            Self::Other(problem) => f.write_str(problem),
        }
    }
}

impl Place {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            tokens: RefCell::default(),
            depth: Cell::new(0),
            problem: RefCell::default(),
            values: Cell::new(limits.values),
            bytes: Cell::new(limits.bytes),
            merges: limits.merges,
            merged: Cell::new(false),
        }
    }

    /// Reads a value.
    pub(crate) fn read<'de, D: Deserializer<'de>>(&self, deserializer: D) -> Result<Value, D::Error> {
        Node { place: self }.deserialize(deserializer)
    }

    /// Why a value was refused; none if the parser refused the text.
    pub(crate) fn problem(&self) -> Option<Problem> {
        self.problem.borrow().clone()
    }

    /// Whether an object took over the members of others.
    pub(crate) fn has_merged(&self) -> bool {
        self.merged.get()
    }

    /// The innermost place.
    pub(crate) fn pointer(&self) -> Pointer {
        // A document that nests without end would make a message without end.
        self.tokens.borrow().iter().rev().take(32).fold(Pointer::root(), |pointer, token| pointer.join(token))
    }

    fn fail<E: serde::de::Error>(&self, problem: Problem) -> E {
        let error = E::custom(&problem);
        self.problem.replace(Some(problem));
        error
    }

    /// Reads the value in a place inside of this one. Only an error needs to know the place.
    fn inside<T, E: serde::de::Error>(
        &self,
        token: impl FnOnce() -> String,
        read: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let depth = self.depth.get();
        let result = if depth < MAX_DEPTH {
            self.depth.set(depth + 1);
            read()
        } else {
            Err(self.fail(Problem::Other(too_deep())))
        };
        self.depth.set(depth);
        if result.is_err() {
            self.tokens.borrow_mut().push(token());
        }
        result
    }

    fn count<E: serde::de::Error>(&self, bytes: usize) -> Result<(), E> {
        if let (Some(values), Some(bytes)) = (self.values.get().checked_sub(1), self.bytes.get().checked_sub(bytes)) {
            self.values.set(values);
            self.bytes.set(bytes);
            Ok(())
        } else {
            let problem = "the text has too many values, or its aliases stand for too many; use fewer aliases";
            Err(self.fail(Problem::Other(problem.to_owned())))
        }
    }
}

/// Reads any value, refusing an object which holds a key twice.
#[derive(Clone, Copy)]
struct Node<'a> {
    place: &'a Place,
}

impl Node<'_> {
    fn scalar<E: serde::de::Error>(self, value: Value) -> Result<Value, E> {
        self.place.count(value.as_str().map_or(0, str::len))?;
        Ok(value)
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Value, E> {
        self.scalar(Value::Bool(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        self.scalar(Value::from(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        self.scalar(Value::from(value))
    }

    /// As JSON, which reads an integer of so many digits as a float.
    fn visit_i128<E: serde::de::Error>(self, value: i128) -> Result<Value, E> {
        #[expect(clippy::cast_precision_loss, reason = "JSON loses the same")]
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: serde::de::Error>(self, value: u128) -> Result<Value, E> {
        #[expect(clippy::cast_precision_loss, reason = "JSON loses the same")]
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        match Number::from_f64(value) {
            Some(number) => self.scalar(Value::Number(number)),
            None => Err(self.place.fail(Problem::Other("a number that JSON cannot hold".to_owned()))),
        }
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Value, E> {
        self.place.count(value.len())?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: serde::de::Error>(self, value: String) -> Result<Value, E> {
        self.scalar(Value::String(value))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Value, E> {
        self.scalar(Value::Null)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Value, E> {
        self.scalar(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    /// A value with a tag of YAML, which JSON does not have: the value counts.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (_, value) = tagged.variant_seed(Key { place: self.place, known: None })?;
        value.newtype_variant_seed(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        self.place.count(0)?;
        let mut array = Vec::new();
        loop {
            match self.place.inside(|| array.len().to_string(), || elements.next_element_seed(self))? {
                Some(value) => array.push(value),
                None => return Ok(Value::Array(array)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        self.place.count(0)?;
        let mut object = Map::new();
        let mut merged = None;
        while let Some(key) = members.next_key_seed(Key { place: self.place, known: Some(&object) })? {
            let value = self.place.inside(|| key.clone(), || members.next_value_seed(self))?;
            if self.place.merges && key == MERGE {
                let problem = || Problem::Other("<< takes an object, or a list of objects, and only once".to_owned());
                let objects = objects(value).filter(|_| merged.is_none());
                self.place.merged.set(true);
                let refused = || self.place.inside(|| key, || Err(self.place.fail::<A::Error>(problem())));
                merged = Some(objects.map_or_else(refused, Ok)?);
            } else {
                object.insert(key, value);
            }
        }
        // The object's own members come first, then those of the first object.
        for (key, value) in merged.into_iter().flatten().flatten() {
            object.entry(key).or_insert(value);
        }
        Ok(Value::Object(object))
    }
}

fn objects(value: Value) -> Option<Vec<Map<String, Value>>> {
    match value {
        Value::Object(object) => Some(vec![object]),
        Value::Array(elements) => elements
            .into_iter()
            .map(|element| match element {
                Value::Object(object) => Some(object),
                _ => None,
            })
            .collect(),
        _ => None,
    }
}

/// A key: YAML writes `200:` without quotes, which is a number to its parser.
#[derive(Clone, Copy)]
struct Key<'a> {
    place: &'a Place,
    /// The object that must not have the key yet.
    known: Option<&'a Map<String, Value>>,
}

impl Key<'_> {
    fn take<E: serde::de::Error>(self, key: String) -> Result<String, E> {
        self.place.count(key.len())?;
        if self.known.is_some_and(|known| known.contains_key(&key)) {
            self.place.tokens.borrow_mut().push(key);
            return Err(self.place.fail(Problem::DuplicateKey));
        }
        Ok(key)
    }
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<String, E> {
        self.take(value.to_owned())
    }

    fn visit_string<E: serde::de::Error>(self, value: String) -> Result<String, E> {
        self.take(value)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<String, E> {
        self.take(value.to_string())
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<String, E> {
        self.take(value.to_string())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<String, E> {
        self.take(value.to_string())
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<String, E> {
        self.take("null".to_owned())
    }
}
