//! Texts of a known form: colors, countries, currencies, values of custom fields.
//!
//! What a server answers is kept as it is, whatever it is; what a program writes is checked when it is made.

mod code;
mod color;
mod field_value;

pub use code::{Country, Currency};
pub use color::Color;
pub use field_value::FieldValue;

/// Text which a program wrote, and of which every server would say that it has the wrong form.
///
/// ```
/// use generated_client::Currency;
///
/// let error = "Euro".parse::<Currency>().unwrap_err();
/// assert_eq!(error.to_string(), "\"Euro\" is no currency: three capital letters are expected, such as EUR");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{input:?} is no {kind}: {expected}")]
pub struct ValueError {
    pub(crate) input: String,
    pub(crate) kind: &'static str,
    pub(crate) expected: String,
}

impl ValueError {
    /// The refused text.
    #[must_use]
    pub fn input(&self) -> &str {
        &self.input
    }
}

/// What all texts have that are made of a checked string and read without a check.
macro_rules! text {
    ($name:ident, $kind:literal, $check:expr, $expected:literal) => {
        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::ValueError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                if $check(text) {
                    return Ok(Self(text.to_owned()));
                }
                Err(crate::ValueError { input: text.to_owned(), kind: $kind, expected: $expected.to_owned() })
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

use text;
