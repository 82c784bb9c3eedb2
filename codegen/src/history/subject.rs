use std::fmt;

use serde::{Deserialize, Serialize};

use crate::api::{Method, Operation};
use crate::names::anonymous;

/// A part of the API that releases may have.
///
/// As text: `GET /api/timesheets`, `GET /api/timesheets ?users[]`, `POST /api/tags .visible`, `Team`, `Team.color`,
/// `Role=ROLE_ADMIN`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    /// An operation, by method and path; parameters of the path have no names, so that renaming them is no change.
    Operation(Method, String),
    /// A parameter of an operation, by its name on the wire.
    Parameter(Method, String, String),
    /// A property that an operation sends, by its way from the body.
    Sent(Method, String, String),
    /// A type.
    Type(String),
    /// A property of a type, by its name on the wire.
    Field(String, String),
    /// A value of an enum.
    Value(String, String),
}

impl Subject {
    /// The subject for an operation.
    #[must_use]
    pub fn operation(operation: &Operation) -> Self {
        Self::Operation(operation.method, anonymous(&operation.template))
    }

    /// The subject for a parameter.
    #[must_use]
    pub fn parameter(operation: &Operation, wire: &str) -> Self {
        Self::Parameter(operation.method, anonymous(&operation.template), wire.to_owned())
    }

    /// The subject for a property that is sent.
    #[must_use]
    pub fn sent(operation: &Operation, path: &str) -> Self {
        Self::Sent(operation.method, anonymous(&operation.template), path.to_owned())
    }

    /// The operation or type that it is a part of.
    #[must_use]
    pub fn owner(&self) -> Option<Self> {
        match self {
            Self::Operation(..) | Self::Type(_) => None,
            Self::Parameter(method, path, _) | Self::Sent(method, path, _) => {
                Some(Self::Operation(*method, path.clone()))
            }
            Self::Field(ty, _) | Self::Value(ty, _) => Some(Self::Type(ty.clone())),
        }
    }

    /// Whether the text, in which parameters of paths may have names, means this.
    pub(super) fn is_written(&self, text: &str) -> bool {
        self.to_string() == anonymous(text)
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation(method, path) => write!(f, "{} {path}", method.as_str()),
            Self::Parameter(method, path, wire) => write!(f, "{} {path} ?{wire}", method.as_str()),
            Self::Sent(method, path, way) => write!(f, "{} {path} .{way}", method.as_str()),
            Self::Type(name) => f.write_str(name),
            Self::Field(name, wire) => write!(f, "{name}.{wire}"),
            Self::Value(name, wire) => write!(f, "{name}={wire}"),
        }
    }
}
