//! Enums of the values that the document lists.

/// Defines an enum that keeps unknown values: release, plugins and languages of a server decide which values it sends.
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$note:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        ///
        /// Other values become `Unknown` and are kept.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = concat!("`` ", $text, " ``")] $(#[doc = ""] #[$note])* $variant,)*
            /// Any other value.
            Unknown(String),
        }

        impl $name {
            /// Returns the value as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                match Self::from(text.as_str()) {
                    Self::Unknown(_) => Self::Unknown(text),
                    known => known,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::generated_code::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> Result<S::Ok, S::Error>
            where
                S: $crate::generated_code::serde::Serializer,
            {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::generated_code::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
            where
                D: $crate::generated_code::Deserializer<'de>,
            {
                <String as $crate::generated_code::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }
    };
}

/// Defines an enum of the values that a server accepts in a parameter; it refuses others with 400.
#[doc(hidden)]
#[macro_export]
macro_rules! __closed_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$note:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = concat!("`` ", $text, " ``")] $(#[doc = ""] #[$note])* $variant,)*
        }

        impl $name {
            /// All values.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the value as text.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        /// Parses a value exactly as servers accept it; upper and lower case matter.
        impl std::str::FromStr for $name {
            type Err = $crate::ValueError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().find(|value| value.as_str() == text).copied().ok_or_else(|| {
                    let all: Vec<&str> = Self::ALL.iter().map(|value| value.as_str()).collect();
                    $crate::ValueError {
                        input: text.to_owned(),
                        kind: stringify!($name),
                        expected: format!("expected one of {}", all.join(", ")),
                    }
                })
            }
        }

        impl $crate::generated_code::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> Result<S::Ok, S::Error>
            where
                S: $crate::generated_code::serde::Serializer,
            {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::generated_code::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
            where
                D: $crate::generated_code::Deserializer<'de>,
            {
                let text = <String as $crate::generated_code::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err($crate::generated_code::serde::de::Error::custom)
            }
        }
    };
}

pub use {__closed_enum as closed_enum, __open_enum as open_enum};
