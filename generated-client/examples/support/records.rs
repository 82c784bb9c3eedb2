//! The records of a report: which ones, and read while they arrive.

use clap::Args;
use generated_client::Select;
use generated_client::blocking::{self, Client};
use generated_client::ids::UserId;
use generated_client::jiff::civil::Weekday;
use generated_client::jiff::tz::TimeZone;
use generated_client::types::{Order, TimesheetOrderBy, TimesheetSummaryExpanded, User, Visibility};

use crate::clock::Clock;
use crate::exit::Failure;
use crate::period::{Days, Period};

/// Which records are wanted.
#[derive(Args)]
pub(crate) struct Selection {
    #[command(flatten)]
    period: Period,
    /// The records of this user, or of all; you need the permission to see them. By default, yours.
    #[arg(long, value_name = "NAME|all")]
    of: Option<String>,
    #[command(flatten)]
    pub(crate) clock: Clock,
}

/// Records, the oldest first. One page is in memory.
pub(crate) struct Records {
    records: blocking::Records<TimesheetSummaryExpanded>,
    pub(crate) days: Days,
    /// The time zone of the user who asks.
    pub(crate) zone: TimeZone,
    /// Whose records: a name, or `all users`.
    pub(crate) whose: String,
    /// The user who asks.
    pub(crate) me: User,
    owner: Owner,
    has_others: bool,
}

#[derive(Clone, Copy)]
enum Owner {
    All,
    One(UserId),
}

impl Selection {
    /// Starts to read the records.
    ///
    /// # Errors
    ///
    /// Returns an error if the days or the user do not exist, or Kimai refuses to answer.
    pub(crate) fn open(&self, kimai: &Client) -> Result<Records, Failure> {
        let me = kimai.users().me().send()?;
        let zone = me.timezone.to_time_zone().map_err(|error| Failure::refused(error.to_string()))?;
        let today = self.clock.now().to_zoned_datetime(zone.clone()).date();
        let days = self.period.days(today, first_weekday(&me))?;
        let (owner, whose) = match self.of.as_deref() {
            None => (Owner::One(me.id), name(me.alias.as_deref(), &me.username)),
            Some("all") => (Owner::All, "all users".to_owned()),
            Some(wanted) => find(kimai, &me, wanted)?,
        };
        // Kimai reads these times in the time zone of the user who asks.
        let list = kimai.timesheets().list().begin(days.first.at(0, 0, 0, 0)).end(days.last.at(23, 59, 59, 0));
        let list = match owner {
            Owner::One(id) if id == me.id => list,
            Owner::One(id) => list.user(id),
            Owner::All => list.user(Select::All),
        };
        let records = list.order_by(TimesheetOrderBy::Begin).order(Order::Asc).size(500).full().iter();
        Ok(Records { records, days, zone, whose, me, owner, has_others: false })
    }
}

impl Iterator for Records {
    type Item = Result<TimesheetSummaryExpanded, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.records.next()? {
            Ok(record) => {
                let id = record.user.id();
                self.has_others |= id != self.me.id;
                match self.owner {
                    // Without the permission, Kimai returns other records than those that were asked for.
                    Owner::One(owner) if owner != id => {
                        Some(Err(Failure::refused(format!("Kimai does not show you the records of {}", self.whose))))
                    }
                    _ => Some(Ok(record)),
                }
            }
            Err(error) => Some(Err(error.into())),
        }
    }
}

impl Records {
    /// What the user should know about the records that were read.
    pub(crate) fn note(&self) -> Option<&'static str> {
        let is_doubtful = matches!(self.owner, Owner::All) && !self.has_others;
        is_doubtful.then_some("all records are your own: Kimai leaves out those that you may not see")
    }
}

/// The name that a user is shown with.
pub(crate) fn name(alias: Option<&str>, username: &str) -> String {
    alias.filter(|alias| !alias.is_empty()).unwrap_or(username).to_owned()
}

fn find(kimai: &Client, me: &User, wanted: &str) -> Result<(Owner, String), Failure> {
    if wanted == me.username {
        return Ok((Owner::One(me.id), name(me.alias.as_deref(), &me.username)));
    }
    let users = kimai.users().list().visible(Visibility::All).send()?;
    if let Some(user) = users.iter().find(|user| user.username == wanted) {
        return Ok((Owner::One(user.id), name(user.alias.as_deref(), &user.username)));
    }
    let names: Vec<&str> = users.iter().map(|user| user.username.as_str()).collect();
    Err(Failure::usage(format!("there is no user '{wanted}', but {}", names.join(", "))))
}

fn first_weekday(me: &User) -> Weekday {
    let preference = me.preferences.iter().find(|preference| preference.name == "first_weekday");
    match preference.and_then(|preference| preference.value.as_deref()) {
        Some("sunday") => Weekday::Sunday,
        _ => Weekday::Monday,
    }
}
