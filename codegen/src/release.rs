use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use semver::{Version, VersionReq};
use serde::{Deserialize, Serialize};

/// A release of Kimai, such as `2.65.0` or `1.14`.
///
/// Releases compare as versions do: `1.9` is older than `1.10`. They print as they were written.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Release {
    text: String,
    version: Version,
}

/// Returns an error if the text is not a release number.
#[derive(Clone, Debug, thiserror::Error)]
#[error("'{text}' is not a release of Kimai: use a number such as 2.65.0")]
pub struct InvalidRelease {
    text: String,
}

impl Release {
    /// Whether the release lies in a range such as `>=2.0, <2.35`.
    #[must_use]
    pub fn is_in(&self, range: &VersionReq) -> bool {
        range.matches(&self.version)
    }

    /// Major, minor and patch.
    #[must_use]
    pub fn numbers(&self) -> [u64; 3] {
        [self.version.major, self.version.minor, self.version.patch]
    }

    /// The release as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromStr for Release {
    type Err = InvalidRelease;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidRelease { text: text.to_owned() };
        let missing = match text.split('.').count() {
            2 => ".0",
            3 => "",
            _ => return Err(invalid()),
        };
        if !text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            return Err(invalid());
        }
        let version = Version::parse(&format!("{text}{missing}")).map_err(|_| invalid())?;
        Ok(Self { text: text.to_owned(), version })
    }
}

impl TryFrom<String> for Release {
    type Error = InvalidRelease;

    fn try_from(text: String) -> Result<Self, InvalidRelease> {
        text.parse()
    }
}

impl From<Release> for String {
    fn from(release: Release) -> Self {
        release.text
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl PartialEq for Release {
    fn eq(&self, other: &Self) -> bool {
        self.version == other.version
    }
}

impl Eq for Release {}

impl PartialOrd for Release {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Release {
    fn cmp(&self, other: &Self) -> Ordering {
        self.version.cmp(&other.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_compare_as_versions() {
        let release = |text: &str| text.parse::<Release>().unwrap();
        assert!(release("1.9") < release("1.10"));
        assert!(release("1.30.11") < release("2.0.0"));
        assert_eq!(release("1.14"), release("1.14.0"));
        assert_eq!(release("1.14").to_string(), "1.14");
        assert!(release("2.34.0").is_in(&VersionReq::parse(">=2.0, <2.35").unwrap()));
        assert!(!release("2.35.0").is_in(&VersionReq::parse(">=2.0, <2.35").unwrap()));
    }

    #[test]
    fn refuses_what_is_not_a_release() {
        for text in ["", "2", "2.65.0.1", "v2.65.0", "2.65.0-beta", "1..2", "latest", "2.065.0"] {
            assert!(text.parse::<Release>().is_err(), "{text}");
        }
    }
}
