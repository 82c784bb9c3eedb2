//! Between moments and local times, where the clocks are set back and forth.

use jiff::tz::Disambiguation;
use jiff::{Timestamp, ZonedDateTime, tz};

use super::{DateTime, LocalDateTime, TimeError, TimeKind, TimeZone};

impl LocalDateTime {
    /// The local time which a server reads as this moment: what the clocks of the user's zone show.
    ///
    /// The moment is a [`DateTime`] of an answer or a [`Timestamp`], the zone that of the user whose credentials the
    /// client sends (Kimai fact T4). A fraction of a second is cut off.
    ///
    /// ```
    /// use generated_client::{LocalDateTime, TimeZone, jiff::Timestamp};
    ///
    /// # fn example(now: Timestamp, zone: &TimeZone) -> Result<(), generated_client::TimeError> {
    /// // The zone is `kimai.users().me().await?.timezone`, the moment `Timestamp::now()`.
    /// let begin = LocalDateTime::at(now, zone)?;
    /// # Ok(()) }
    /// # let now = "2026-11-02T07:00:00Z".parse().unwrap();
    /// # example(now, &"Europe/Berlin".parse().unwrap()).unwrap();
    /// # assert_eq!(LocalDateTime::at(now, &"Europe/Berlin".parse().unwrap()).unwrap().to_string(), "2026-11-02T08:00:00");
    /// ```
    ///
    /// # Errors
    ///
    /// * The zone is not known, see [`TimeZone::to_jiff`].
    /// * The clocks were set back and show this time for the second time. Without an offset a server takes it for the
    ///   first, an hour too early: it cannot be told. [`at_or_before`](Self::at_or_before) takes that into account.
    pub fn at(moment: impl Into<Timestamp>, zone: &TimeZone) -> Result<Self, TimeError> {
        Self::try_from(&moment.into().to_zoned_datetime(zone.to_jiff()?))
    }

    /// As [`at`](Self::at), but a time which the clocks show twice is taken as it is, and read by the server as the
    /// first one: up to an hour before the moment, never after it.
    ///
    /// This is what a filter wants which must not lose anything.
    ///
    /// # Errors
    ///
    /// The zone is not known, see [`TimeZone::to_jiff`].
    pub fn at_or_before(moment: impl Into<Timestamp>, zone: &TimeZone) -> Result<Self, TimeError> {
        Ok(Self::from(moment.into().to_zoned_datetime(zone.to_jiff()?).datetime()))
    }

    /// The moment at which the clocks of the zone show this time.
    ///
    /// # Errors
    ///
    /// * The zone is not known, see [`TimeZone::to_jiff`].
    /// * The clocks show it twice, because they are set back, or never, because they are set forward. The error names
    ///   both moments that could be meant; [`moment_by`](Self::moment_by) chooses one.
    pub fn moment(&self, zone: &TimeZone) -> Result<DateTime, TimeError> {
        let candidates = zone.to_jiff()?.to_ambiguous_zoned_datetime(self.civil());
        if !candidates.is_ambiguous() {
            return candidates.compatible().map(DateTime::from).map_err(|_| self.out_of_range());
        }
        let why = if matches!(candidates.offset(), tz::AmbiguousOffset::Fold { .. }) {
            "twice, as the clocks are set back"
        } else {
            "never, as the clocks are set forward"
        };
        let earlier = self.moment_by(zone, Disambiguation::Earlier)?;
        let later = self.moment_by(zone, Disambiguation::Later)?;
        let problem = format!("in {zone} it comes {why}; it could be {earlier} or {later}, choose with moment_by");
        Err(TimeError::new(TimeKind::LocalDateTime, &self.to_string(), problem))
    }

    /// The moment at which the clocks of the zone show this time, with a rule for times which they show twice or never.
    ///
    /// [`Disambiguation::Compatible`] is how servers read local times (PHP, RFC 5545): the first of two, and what never
    /// comes is moved on by the hour that is left out.
    ///
    /// # Errors
    ///
    /// * The zone is not known, see [`TimeZone::to_jiff`].
    /// * The rule is [`Disambiguation::Reject`] and applies.
    /// * The moment is outside the years -9999 to 9999.
    pub fn moment_by(&self, zone: &TimeZone, rule: Disambiguation) -> Result<DateTime, TimeError> {
        let candidates = zone.to_jiff()?.to_ambiguous_zoned_datetime(self.civil());
        if candidates.is_ambiguous() && matches!(rule, Disambiguation::Reject) {
            return self.moment(zone);
        }
        candidates.disambiguate(rule).map(DateTime::from).map_err(|_| self.out_of_range())
    }

    fn out_of_range(self) -> TimeError {
        let problem = "the moment is outside the supported range of years -9999 to 9999";
        TimeError::new(TimeKind::LocalDateTime, &self.to_string(), problem)
    }
}

/// The local time of its own zone, which has to be that of the user (Kimai fact T4).
///
/// Refuses what [`LocalDateTime::at`] refuses: a time which the clocks show for the second time.
impl TryFrom<&ZonedDateTime> for LocalDateTime {
    type Error = TimeError;

    fn try_from(zoned: &ZonedDateTime) -> Result<Self, TimeError> {
        let candidates = zoned.time_zone().to_ambiguous_zoned_datetime(zoned.datetime());
        if let tz::AmbiguousOffset::Fold { before, .. } = candidates.offset()
            && before != zoned.offset()
        {
            let problem = "the clocks are set back and show this time for the second time; a server would read the first \
                           one, see LocalDateTime::at_or_before";
            return Err(TimeError::new(TimeKind::LocalDateTime, &DateTime::from(zoned).to_string(), problem));
        }
        Ok(Self::from(zoned.datetime()))
    }
}
