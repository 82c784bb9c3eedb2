use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A change to one field: keep it, clear it, or set it.
///
/// Kimai keeps the value of a field that is omitted, and clears a field that is null.
///
/// ```
/// use generated_client::types::TimesheetPatch;
///
/// let patch = TimesheetPatch::new().description("done").clear_end();
/// assert_eq!(serde_json::to_string(&patch).unwrap(), r#"{"description":"done","end":null}"#);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// Omits the field, which keeps its value.
    #[default]
    Keep,
    /// Sends the field as null, which clears it.
    Clear,
    /// Sets the field to this value.
    Set(T),
}

impl<T> Patch<T> {
    /// Returns whether the field is omitted.
    #[must_use]
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// Returns the new value, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

/// Serializes both `Keep` and `Clear` as null: an object must omit a field that is kept.
impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

/// Deserializes null as `Clear`: an object must read a missing field as `Keep`.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Clear, Self::Set))
    }
}
