use std::fmt;
use std::str::FromStr;

use jiff::tz;
use serde::{Deserialize, Serialize};

use super::{TimeError, TimeKind};

/// A time zone by its name in the IANA database, such as `Europe/Berlin`.
///
/// Users and customers have one. All local times that are sent in a user's name are meant in the user's zone (Kimai
/// fact T4), which the answer of `users().me()` holds. What a server answers is kept as it is: it may know zones which
/// this program does not.
///
/// ```
/// use generated_client::TimeZone;
///
/// let zone: TimeZone = "Europe/Berlin".parse()?;
/// assert_eq!(zone.as_str(), "Europe/Berlin");
/// let error = "Berlin".parse::<TimeZone>().unwrap_err();
/// assert!(error.to_string().starts_with("\"Berlin\" is not a time zone: the time zone database has no such name"));
/// # Ok::<(), generated_client::TimeError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TimeZone(String);

impl TimeZone {
    /// Coordinated universal time, `UTC`.
    #[must_use]
    pub fn utc() -> Self {
        Self("UTC".to_owned())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The rules of the zone, for calculations.
    ///
    /// # Errors
    ///
    /// Neither the system's time zone database nor that of this program knows the name.
    pub fn to_jiff(&self) -> Result<tz::TimeZone, TimeError> {
        // Some systems leave out the older names, such as US/Eastern.
        let known = tz::TimeZone::get(&self.0).or_else(|_| tz::TimeZoneDatabase::bundled().get(&self.0));
        known.map_err(|_| {
            let problem = "the time zone database has no such name";
            TimeError::new(TimeKind::TimeZone, &self.0, problem)
        })
    }
}

/// Takes the names of the time zone database, in its spelling.
impl FromStr for TimeZone {
    type Err = TimeError;

    fn from_str(name: &str) -> Result<Self, TimeError> {
        let zone = Self(name.to_owned());
        let known = zone.to_jiff()?;
        match known.iana_name() {
            Some(spelling) if spelling != name => {
                let problem = format!("its name is spelled {spelling}");
                Err(TimeError::new(TimeKind::TimeZone, name, problem))
            }
            _ => Ok(zone),
        }
    }
}

impl TryFrom<&str> for TimeZone {
    type Error = TimeError;

    fn try_from(name: &str) -> Result<Self, TimeError> {
        name.parse()
    }
}

impl fmt::Display for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TimeZone({self})")
    }
}

impl AsRef<str> for TimeZone {
    fn as_ref(&self) -> &str {
        &self.0
    }
}
