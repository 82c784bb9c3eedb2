//! The specification that a document declares.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Error;

/// What a document without a patch number in its version is taken for: YAML reads `openapi: 3.0` as a number.
const FIRST_30: &str = "3.0.0";
const FIRST_31: &str = "3.1.0";

/// The specification that a document declares. Prints as `OpenAPI 3.0.0` or `Swagger 2.0`, and is read from that text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[non_exhaustive]
pub enum Declared {
    /// Swagger 2.0.
    Swagger2,
    /// OpenAPI 3.0, with the full version, such as `3.0.3`.
    OpenApi30(String),
    /// OpenAPI 3.1, with the full version, such as `3.1.0`.
    OpenApi31(String),
}

/// The text names no specification that can be read.
#[derive(Clone, Debug, thiserror::Error)]
#[error("'{text}' is not a supported specification: use OpenAPI 3.0.x, OpenAPI 3.1.x or Swagger 2.0")]
pub struct InvalidDeclared {
    text: String,
}

impl Declared {
    /// Whether documents of this specification are converted to OpenAPI 3.0. What such a document declared is not in
    /// its snapshot.
    #[must_use]
    pub fn is_upgraded(&self) -> bool {
        match self {
            Self::OpenApi30(_) => false,
            Self::Swagger2 | Self::OpenApi31(_) => true,
        }
    }

    /// What the document declares.
    pub(super) fn of(document: &Value) -> Result<Self, Error> {
        let unsupported = |found: String| Err(Error::Version { found });
        let Value::Object(root) = document else {
            return unsupported("a document that is not an object".to_owned());
        };
        match (root.get("openapi"), root.get("swagger")) {
            (Some(Value::String(version)), _) => {
                Self::open_api(version).map_or_else(|| unsupported(format!("OpenAPI {version}")), Ok)
            }
            (Some(version), _) if is_number(version, 3.0) => Ok(Self::OpenApi30(FIRST_30.to_owned())),
            (Some(version), _) if is_number(version, 3.1) => Ok(Self::OpenApi31(FIRST_31.to_owned())),
            (Some(other), _) => unsupported(format!("\"openapi\": {other}")),
            (None, Some(version)) if version == "2.0" || is_number(version, 2.0) => Ok(Self::Swagger2),
            (None, Some(Value::String(version))) => unsupported(format!("Swagger {version}")),
            (None, Some(other)) => unsupported(format!("\"swagger\": {other}")),
            (None, None) => unsupported("a document without \"openapi\"".to_owned()),
        }
    }

    fn open_api(version: &str) -> Option<Self> {
        if version.starts_with("3.0.") {
            Some(Self::OpenApi30(version.to_owned()))
        } else if version.starts_with("3.1.") {
            Some(Self::OpenApi31(version.to_owned()))
        } else {
            None
        }
    }
}

/// Whether this is a version that YAML read as a number; `2` alone is no version.
fn is_number(version: &Value, expected: f64) -> bool {
    version.is_f64() && version.as_f64().is_some_and(|version| (version - expected).abs() < f64::EPSILON)
}

impl fmt::Display for Declared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Swagger2 => f.write_str("Swagger 2.0"),
            Self::OpenApi30(version) | Self::OpenApi31(version) => write!(f, "OpenAPI {version}"),
        }
    }
}

impl FromStr for Declared {
    type Err = InvalidDeclared;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "Swagger 2.0" {
            return Ok(Self::Swagger2);
        }
        let declared = text.strip_prefix("OpenAPI ").and_then(Self::open_api);
        declared.ok_or_else(|| InvalidDeclared { text: text.to_owned() })
    }
}

impl TryFrom<String> for Declared {
    type Error = InvalidDeclared;

    fn try_from(text: String) -> Result<Self, InvalidDeclared> {
        text.parse()
    }
}

impl From<Declared> for String {
    fn from(declared: Declared) -> Self {
        declared.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(document: &Value) -> String {
        match Declared::of(document) {
            Ok(declared) => declared.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn versions_that_can_be_read() {
        for (document, expected, is_upgraded) in [
            (json!({"openapi": "3.0.3"}), "OpenAPI 3.0.3", false),
            (json!({"openapi": "3.1.1"}), "OpenAPI 3.1.1", true),
            (json!({"openapi": 3.0}), "OpenAPI 3.0.0", false),
            (json!({"openapi": 3.1}), "OpenAPI 3.1.0", true),
            (json!({"swagger": "2.0"}), "Swagger 2.0", true),
            (json!({"swagger": 2.0}), "Swagger 2.0", true),
        ] {
            let declared = Declared::of(&document).unwrap();
            assert_eq!(declared.to_string(), expected);
            assert_eq!(declared.is_upgraded(), is_upgraded, "{expected}");
            assert_eq!(expected.parse::<Declared>().unwrap(), declared);
        }
    }

    #[test]
    fn other_versions_are_refused() {
        let supported = "is not supported: the document must declare \"openapi\": \"3.0.x\", \"openapi\": \"3.1.x\" or \"swagger\": \"2.0\"";
        assert_eq!(found(&json!({"openapi": "3.2.0"})), format!("OpenAPI 3.2.0 {supported}"));
        assert_eq!(found(&json!({"openapi": 3.2})), format!("\"openapi\": 3.2 {supported}"));
        assert_eq!(found(&json!({"openapi": 3})), format!("\"openapi\": 3 {supported}"));
        assert_eq!(found(&json!({"swagger": "1.2"})), format!("Swagger 1.2 {supported}"));
        assert_eq!(
            "OpenAPI 3.2.0".parse::<Declared>().unwrap_err().to_string(),
            "'OpenAPI 3.2.0' is not a supported specification: use OpenAPI 3.0.x, OpenAPI 3.1.x or Swagger 2.0"
        );
    }
}
