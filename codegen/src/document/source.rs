//! JSON or YAML text becomes a JSON value; nothing is interpreted yet.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::{Error, Pointer};

/// The most bytes that are read; the largest real document has about 400 KB.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;

/// The deepest nesting of values; real documents have about 20 levels. The parsers' own limits are higher, and
/// their errors do not say what to do.
const MAX_DEPTH: usize = 64;

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2.
    Yaml,
}

impl Format {
    /// The format's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Yaml => "YAML",
        }
    }
}

pub(super) struct Parsed {
    pub value: Value,
    pub format: Format,
}

pub(super) fn parse(bytes: &[u8]) -> Result<Parsed, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::TooLarge { limit: MAX_BYTES });
    }
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii();
    let format = match text.first() {
        None => return Err(Error::Empty),
        Some(b'<') => return Err(Error::Html),
        Some(b'{' | b'[') => Format::Json,
        Some(_) => Format::Yaml,
    };
    let place = Place::default();
    let read = match format {
        Format::Json => {
            let mut json = serde_json::Deserializer::from_slice(text);
            Node { place: &place }
                .deserialize(&mut json)
                .and_then(|value| json.end().map(|()| value))
                .map_err(|error| error.to_string())
        }
        Format::Yaml => read_yaml(text, &place),
    };
    match read {
        Ok(value) => Ok(Parsed { value, format }),
        Err(message) => Err(place.error(format, message)),
    }
}

fn read_yaml(text: &[u8], place: &Place) -> Result<Value, String> {
    let text = std::str::from_utf8(text).map_err(|error| error.to_string())?;
    let options = serde_saphyr::options! {
        // Duplicates reach the visitor, which knows the place.
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::PassThrough,
        budget: serde_saphyr::budget! { max_depth: MAX_DEPTH + 1, max_total_scalar_bytes: MAX_BYTES },
        // YAML 1.2: `no` is a language, not a boolean.
        strict_booleans: true,
        with_snippet: false,
    };
    serde_saphyr::with_deserializer_from_str_with_options(text, options, |yaml| Node { place }.deserialize(yaml))
        .map_err(|error| error.to_string())
}

/// Where the parser is. After an error it keeps the innermost place.
#[derive(Default)]
struct Place {
    tokens: RefCell<Vec<String>>,
    duplicate: RefCell<bool>,
}

impl Place {
    fn enter<E: serde::de::Error>(&self, token: String) -> Result<(), E> {
        let mut tokens = self.tokens.borrow_mut();
        tokens.push(token);
        if tokens.len() > MAX_DEPTH {
            return Err(E::custom(format_args!(
                "values are nested more than {MAX_DEPTH} levels deep, as in no API document"
            )));
        }
        Ok(())
    }

    fn leave(&self) {
        self.tokens.borrow_mut().pop();
    }

    fn error(self, format: Format, message: String) -> Error {
        let mut pointer = Pointer::root();
        let tokens = self.tokens.into_inner();
        // A document which nests without end would make a message without end.
        for token in tokens.iter().take(32) {
            pointer = pointer.join(token);
        }
        if self.duplicate.into_inner() {
            return Error::DuplicateKey { pointer };
        }
        Error::Syntax { format: format.as_str(), pointer, message }
    }
}

/// Reads any value, refusing an object which holds a key twice.
struct Node<'a> {
    place: &'a Place,
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

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("a number that JSON cannot hold"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        loop {
            self.place.enter(array.len().to_string())?;
            let element = elements.next_element_seed(Node { place: self.place })?;
            self.place.leave();
            match element {
                Some(value) => array.push(value),
                None => return Ok(Value::Array(array)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = members.next_key_seed(Key)? {
            self.place.enter(key.clone())?;
            if object.contains_key(&key) {
                self.place.duplicate.replace(true);
                return Err(A::Error::custom("duplicate key"));
            }
            let value = members.next_value_seed(Node { place: self.place })?;
            self.place.leave();
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

/// A key: YAML writes `200:` without quotes, which is a number to its parser.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E>(self, value: String) -> Result<String, E> {
        Ok(value)
    }

    fn visit_bool<E>(self, value: bool) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_i64<E>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u64<E>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_unit<E>(self) -> Result<String, E> {
        Ok("null".to_owned())
    }
}
