use std::fmt;
use std::str::FromStr;

use crate::ValueError;

/// A release of Kimai, such as 2.65.0.
///
/// ```
/// use generated_client::Release;
///
/// let release: Release = "2.41.0".parse()?;
/// assert!(release > Release::new(2, 9, 0));
/// # Ok::<(), generated_client::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release {
    major: u32,
    minor: u32,
    patch: u32,
}

impl Release {
    /// Creates a release from its three numbers.
    #[must_use]
    pub const fn new(major: u32, minor: u32, patch: u32) -> Self {
        Self { major, minor, patch }
    }

    /// Returns the first number.
    #[must_use]
    pub const fn major(self) -> u32 {
        self.major
    }

    /// Returns the second number.
    #[must_use]
    pub const fn minor(self) -> u32 {
        self.minor
    }

    /// Returns the third number.
    #[must_use]
    pub const fn patch(self) -> u32 {
        self.patch
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// Parses the version that a server returns: two or three numbers, optionally followed by a suffix such as `-dev`.
///
/// The suffix is ignored: a version under development counts as the release that it becomes.
impl FromStr for Release {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let numbers = text.split_once(['-', '+', ' ']).map_or(text, |(numbers, _)| numbers);
        let mut parts = numbers.split('.').map(number);
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(Some(major)), Some(Some(minor)), None, None) => Ok(Self::new(major, minor, 0)),
            (Some(Some(major)), Some(Some(minor)), Some(Some(patch)), None) => Ok(Self::new(major, minor, patch)),
            _ => Err(ValueError {
                input: text.to_owned(),
                kind: "release of Kimai",
                expected: "expected numbers such as 2.65.0".to_owned(),
            }),
        }
    }
}

fn number(text: &str) -> Option<u32> {
    let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_servers_say_is_read() {
        for (text, expected) in [
            ("2.65.0", "2.65.0"),
            ("1.14", "1.14.0"),
            ("1.30.11", "1.30.11"),
            ("2.66.0-dev", "2.66.0"),
            ("2.0.0-beta.1", "2.0.0"),
            ("2.0 stable", "2.0.0"),
        ] {
            assert_eq!(text.parse::<Release>().unwrap().to_string(), expected);
        }
    }

    #[test]
    fn what_is_no_release_is_refused() {
        for text in ["", "2", "2.", "2.x", "2.1.0.0", "v2.1", "+2.1", "2.-1", "2.99999999999", "２.1"] {
            assert!(text.parse::<Release>().is_err(), "{text}");
        }
        assert_eq!(
            "two".parse::<Release>().unwrap_err().to_string(),
            "\"two\" is not a valid release of Kimai: expected numbers such as 2.65.0"
        );
    }

    #[test]
    fn releases_compare_by_number() {
        let all = ["1.9", "1.14", "1.30.11", "2.0.0", "2.0.10", "2.9.0", "2.10.0"]
            .map(|text| text.parse::<Release>().unwrap());
        for (index, release) in all.iter().enumerate() {
            for (other_index, other) in all.iter().enumerate() {
                assert_eq!(release.cmp(other), index.cmp(&other_index));
            }
        }
    }
}
