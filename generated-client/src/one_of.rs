//! Chooses the alternative of a `oneOf` by its shape.

use serde::Deserialize as _;
use serde::de::{Deserializer, Error as _};
use serde_json::Value;

/// The shape of an alternative in JSON.
pub enum Shape {
    /// An object.
    Object {
        /// Required fields.
        required: &'static [&'static str],
        /// All known fields.
        known: &'static [&'static str],
        /// The discriminator field, and its values for this alternative.
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
    /// Any value.
    Any,
}

impl Shape {
    /// Returns how well a value fits, higher is better; `None` if it does not fit.
    fn fit(&self, value: &Value) -> Option<usize> {
        match (self, value) {
            (Self::Object { required, known, tag }, Value::Object(object)) => {
                if let Some((property, values)) = tag {
                    if let Some(text) = object.get(*property).and_then(Value::as_str) {
                        return values.contains(&text).then_some(usize::MAX);
                    }
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

/// Reads the value as the alternative that fits best; among equals, as the first that can be read.
pub fn choose<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    shapes: &[Shape],
    read: impl Fn(usize, &Value) -> Result<T, serde_json::Error>,
) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let fits: Vec<Option<usize>> = shapes.iter().map(|shape| shape.fit(&value)).collect();
    let Some(best) = fits.iter().flatten().max() else {
        return Err(D::Error::custom("the value fits none of the alternatives"));
    };
    let mut first_error = None;
    for (index, _) in fits.iter().enumerate().filter(|(_, fit)| fit.as_ref() == Some(best)) {
        match read(index, &value) {
            Ok(alternative) => return Ok(alternative),
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    Err(first_error.map_or_else(|| D::Error::custom("there are no alternatives"), D::Error::custom))
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
        choose(value, SHAPES, |index, _| Ok(index)).ok()
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
    fn of_equals_the_first_that_can_be_read_is_chosen() {
        let read = |index: usize, value: &Value| match index {
            0 => i64::deserialize(value).map(|_| "integer"),
            _ => f64::deserialize(value).map(|_| "number"),
        };
        let shapes = [Shape::Number, Shape::Number];
        assert_eq!(choose(json!(1), &shapes, read).unwrap(), "integer");
        assert_eq!(choose(json!(1.5), &shapes, read).unwrap(), "number");
        let error = choose(json!("1"), &shapes, read).unwrap_err();
        assert_eq!(error.to_string(), "the value fits none of the alternatives");
    }

    #[test]
    fn a_discriminator_decides() {
        let shape = Shape::Object { required: &[], known: &[], tag: Some(("kind", &["car"])) };
        assert_eq!(shape.fit(&json!({"kind": "car"})), Some(usize::MAX));
        assert_eq!(shape.fit(&json!({"kind": "bus"})), None);
    }
}
