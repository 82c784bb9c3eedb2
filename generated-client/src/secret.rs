use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Serialize, Serializer};

/// A text that is sent but never printed, such as a new user's password.
#[derive(Clone)]
pub struct Secret(SecretString);

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

impl Eq for Secret {}

/// Writes the text itself, for the server.
impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose_secret())
    }
}

/// API documents may declare fields of responses as passwords too.
impl<'de> serde::Deserialize<'de> for Secret {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // serde's own error would show a number in place of the text.
        String::deserialize(deserializer).map(Self::from).map_err(|_| serde::de::Error::custom("a text is expected"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_not_shown_either() {
        for json in ["4711", "[\"4711\"]", "true"] {
            let error = serde_json::from_str::<Secret>(json).unwrap_err();
            assert!(error.to_string().starts_with("a text is expected"), "{error}");
        }
        assert_eq!(serde_json::from_str::<Secret>("\"4711\"").unwrap(), Secret::from("4711"));
    }
}
