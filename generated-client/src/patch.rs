use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a change does to a property: left out and null are different things (facts R1, R3).
///
/// ```
/// use generated_client::types::TimesheetPatch;
///
/// let patch = TimesheetPatch::new().description("done").clear_end();
/// assert_eq!(serde_json::to_string(&patch).unwrap(), r#"{"description":"done","end":null}"#);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// The property is left out, and keeps its value.
    #[default]
    Keep,
    /// The property is sent as null, which clears it.
    Clear,
    /// The property gets this value.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the property is left out.
    #[must_use]
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// The new value, if there is one.
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

/// As a property that is written at all: objects leave out what is kept.
impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

/// As a property that is there: null clears. An object takes an absent property as kept.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Clear, Self::Set))
    }
}
