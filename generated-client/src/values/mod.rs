//! Text of a known form: colors, countries, currencies, names of time zones, values of custom fields.
//!
//! Values of responses are kept unchecked; values that a program creates are checked.

mod code;
mod color;
mod field_value;
mod time_zone;

pub use code::{Country, Currency};
pub use color::Color;
pub use field_value::FieldValue;
pub use time_zone::TimeZoneName;

/// An error for text that does not have the form of its type.
///
/// ```
/// use generated_client::Currency;
///
/// let error = "Euro".parse::<Currency>().unwrap_err();
/// assert_eq!(error.to_string(), "\"Euro\" is not a valid currency: expected three capital letters, such as EUR");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{input:?} is not a valid {kind}: {expected}")]
pub struct ValueError {
    pub(crate) input: String,
    pub(crate) kind: &'static str,
    pub(crate) expected: String,
}

impl ValueError {
    /// The rejected text.
    #[must_use]
    pub fn input(&self) -> &str {
        &self.input
    }
}

/// Implements access to the text of a type that wraps a string.
macro_rules! text_access {
    ($name:ident) => {
        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<&str> for $name {
            type Error = crate::ValueError;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

/// Implements access to the text, and parsing with a check.
macro_rules! text {
    ($name:ident, $kind:literal, $check:expr, $expected:literal) => {
        crate::values::text_access!($name);

        impl std::str::FromStr for $name {
            type Err = crate::ValueError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                if $check(text) {
                    return Ok(Self(text.to_owned()));
                }
                Err(crate::ValueError { input: text.to_owned(), kind: $kind, expected: $expected.to_owned() })
            }
        }
    };
}

use {text, text_access};
