use std::str::FromStr;

use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Serialize};

use super::{ValueError, text_access};

/// The name of a time zone in the IANA database, such as `Europe/Berlin`.
///
/// Users and customers have one. Kimai reads the times of a request in the zone of the user who sends it, which is in
/// the response of `users().me()`. A server may know names that this program does not: they are kept as text, and
/// [`to_time_zone`](Self::to_time_zone) finds the zone.
///
/// ```
/// use generated_client::TimeZoneName;
///
/// let name: TimeZoneName = "Europe/Berlin".parse()?;
/// assert_eq!(name.to_time_zone()?.iana_name(), Some("Europe/Berlin"));
/// let error = "Berlin".parse::<TimeZoneName>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "\"Berlin\" is not a valid time zone: expected a name from the IANA database, such as Europe/Berlin"
/// );
/// # Ok::<(), generated_client::ValueError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TimeZoneName(String);

text_access!(TimeZoneName);

impl TimeZoneName {
    /// The name of Coordinated Universal Time, `UTC`.
    #[must_use]
    pub fn utc() -> Self {
        Self("UTC".to_owned())
    }

    /// The time zone of this name.
    ///
    /// # Errors
    ///
    /// Returns an error if neither the system's time zone database nor that of this program has the name.
    pub fn to_time_zone(&self) -> Result<TimeZone, ValueError> {
        // Some systems omit the older names, such as US/Eastern.
        let known = TimeZone::get(&self.0).or_else(|_| TimeZoneDatabase::bundled().get(&self.0));
        known.map_err(|_| ValueError {
            input: self.0.clone(),
            kind: "time zone",
            expected: "expected a name from the IANA database, such as Europe/Berlin".to_owned(),
        })
    }
}

/// Accepts the names of the time zone database, in its spelling.
impl FromStr for TimeZoneName {
    type Err = ValueError;

    fn from_str(name: &str) -> Result<Self, ValueError> {
        let zone = Self(name.to_owned());
        match zone.to_time_zone()?.iana_name() {
            Some(spelling) if spelling != name => Err(ValueError {
                input: name.to_owned(),
                kind: "time zone",
                expected: format!("the name is spelled {spelling}"),
            }),
            _ => Ok(zone),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_database() {
        for name in ["UTC", "Europe/Berlin", "US/Eastern", "America/Argentina/Buenos_Aires"] {
            assert_eq!(name.parse::<TimeZoneName>().unwrap().as_str(), name);
        }
        assert_eq!(TimeZoneName::utc(), "UTC".parse().unwrap());
        for name in ["", "Berlin", "Europe/Berlin ", "+01:00", "Europe/../UTC", "/etc/passwd"] {
            let error = name.parse::<TimeZoneName>().unwrap_err();
            assert_eq!(error.input(), name);
            assert!(error.to_string().contains("is not a valid time zone: expected a name from"), "{error}");
        }
        let error = "europe/berlin".parse::<TimeZoneName>().unwrap_err();
        assert_eq!(error.to_string(), "\"europe/berlin\" is not a valid time zone: the name is spelled Europe/Berlin");
    }

    #[test]
    fn a_name_that_only_the_server_knows_is_kept() {
        let martian: TimeZoneName = serde_json::from_str("\"Mars/Olympus_Mons\"").unwrap();
        assert_eq!(serde_json::to_string(&martian).unwrap(), "\"Mars/Olympus_Mons\"");
        assert_eq!(format!("{martian:?}"), "TimeZoneName(Mars/Olympus_Mons)");
        assert_eq!(martian.to_time_zone().unwrap_err().input(), "Mars/Olympus_Mons");
    }
}
