//! Telling apart the alternatives of a `oneOf` by their shape.

use serde::Deserialize as _;
use serde::de::{DeserializeOwned, Deserializer, Error};
use serde_json::Value;

/// What JSON of an alternative looks like.
pub(crate) enum Shape {
    /// An object.
    Object {
        /// Properties which have to be there.
        required: &'static [&'static str],
        /// Properties which are known.
        known: &'static [&'static str],
        /// The discriminator, and its values for this alternative.
        tag: Option<(&'static str, &'static [&'static str])>,
    },
    /// An array.
    Array,
    /// A string.
    String,
    /// A number.
    Number,
    /// A boolean.
    Bool,
    /// Anything.
    Any,
}

impl Shape {
    /// How well a value fits: `None` not at all, else the more the better.
    fn fit(&self, value: &Value) -> Option<usize> {
        match (self, value) {
            (Self::Object { required, known, tag }, Value::Object(object)) => {
                if let Some((property, values)) = tag
                    && let Some(text) = object.get(*property).and_then(Value::as_str)
                {
                    return values.contains(&text).then_some(usize::MAX);
                }
                let complete = required.iter().all(|name| object.contains_key(*name));
                complete.then(|| 1 + object.keys().filter(|key| known.contains(&key.as_str())).count())
            }
            (Self::Array, Value::Array(_))
            | (Self::String, Value::String(_))
            | (Self::Number, Value::Number(_))
            | (Self::Bool, Value::Bool(_)) => Some(1),
            (Self::Any, _) => Some(0),
            _ => None,
        }
    }
}

/// The value, and the alternative that fits it best; of equals, the first.
pub(crate) fn choose<'de, D: Deserializer<'de>>(deserializer: D, shapes: &[Shape]) -> Result<(usize, Value), D::Error> {
    let value = Value::deserialize(deserializer)?;
    let mut best: Option<(usize, usize)> = None;
    for (index, shape) in shapes.iter().enumerate() {
        if let Some(fit) = shape.fit(&value)
            && best.is_none_or(|(_, fits)| fit > fits)
        {
            best = Some((index, fit));
        }
    }
    match best {
        Some((index, _)) => Ok((index, value)),
        None => Err(D::Error::custom("the value fits none of the alternatives")),
    }
}

/// The value as the type of the alternative.
pub(crate) fn read<T: DeserializeOwned, E: Error>(value: Value) -> Result<T, E> {
    serde_json::from_value(value).map_err(E::custom)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const SHAPES: &[Shape] = &[
        Shape::Object { required: &["id"], known: &["id", "name"], tag: None },
        Shape::Object { required: &["id"], known: &["id", "total"], tag: None },
        Shape::String,
    ];

    fn chosen(value: Value) -> Option<usize> {
        choose(value, SHAPES).ok().map(|(index, _)| index)
    }

    #[test]
    fn the_best_fit_is_chosen() {
        assert_eq!(chosen(json!({"id": 1, "name": "a"})), Some(0));
        assert_eq!(chosen(json!({"id": 1, "total": 2})), Some(1));
        assert_eq!(chosen(json!({"id": 1})), Some(0));
        assert_eq!(chosen(json!("text")), Some(2));
        assert_eq!(chosen(json!({"name": "a"})), None);
        assert_eq!(chosen(json!(1)), None);
    }

    #[test]
    fn a_discriminator_decides() {
        let shape = Shape::Object { required: &[], known: &[], tag: Some(("kind", &["car"])) };
        assert_eq!(shape.fit(&json!({"kind": "car"})), Some(usize::MAX));
        assert_eq!(shape.fit(&json!({"kind": "bus"})), None);
    }
}
