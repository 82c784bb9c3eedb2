use std::fmt;
use std::ops::Deref;

use serde_json::Value;

/// A value with the JSON it was read from, which may have fields that the type does not have; returned by
/// [`Request::with_json`](crate::Request::with_json) and
/// [`Request::items_with_json`](crate::Request::items_with_json).
///
/// It can be used like a reference to the value. `Debug` shows only the value, because unknown fields may hold secrets.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct WithJson<T> {
    /// The decoded value.
    pub value: T,
    /// The JSON of the value: null if the response was empty, and a string if it was text and not JSON.
    pub json: Value,
}

impl<T> Deref for WithJson<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for WithJson<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WithJson").field("value", &self.value).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn debug_shows_only_the_value() {
        let both = WithJson { value: "abc".to_owned(), json: json!("canary") };
        assert_eq!(format!("{both:?}"), "WithJson { value: \"abc\", .. }");
        assert_eq!(both.len(), 3);
    }
}
