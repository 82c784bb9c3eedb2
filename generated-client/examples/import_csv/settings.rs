//! The settings of new customers.

use clap::Args;
use generated_client::{Country, Currency, Release, TimeZoneName, ValueError};

/// The first release that has defaults for these settings.
const HAS_DEFAULTS: Release = Release::new(2, 63, 0);

/// Settings of new customers.
#[derive(Args, Clone)]
pub(crate) struct Settings {
    /// The country of new customers, such as DE [default: that of the server; DE before Kimai 2.63]
    #[arg(long)]
    pub(crate) country: Option<Country>,
    /// The currency of new customers, such as EUR [default: that of the server; EUR before Kimai 2.63]
    #[arg(long)]
    pub(crate) currency: Option<Currency>,
    /// The time zone of new customers [default: that of the server; Europe/Berlin before Kimai 2.63]
    #[arg(long)]
    pub(crate) time_zone: Option<TimeZoneName>,
}

impl Settings {
    /// The settings with those that a release requires.
    ///
    /// # Errors
    ///
    /// Returns an error if this program has no time zone `Europe/Berlin`.
    pub(crate) fn for_release(&self, release: Option<Release>) -> Result<Self, ValueError> {
        let Self { mut country, mut currency, mut time_zone } = self.clone();
        if release.is_some_and(|release| release < HAS_DEFAULTS) {
            country = Some(country.map_or_else(|| "DE".parse(), Ok)?);
            currency = Some(currency.map_or_else(|| "EUR".parse(), Ok)?);
            time_zone = Some(time_zone.map_or_else(|| "Europe/Berlin".parse(), Ok)?);
        }
        Ok(Self { country, currency, time_zone })
    }
}
