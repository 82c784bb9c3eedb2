//! What time records cost.

use super::state::{Rate, Resource, State, Timesheet};

/// Sets the amounts of a record that has ended; one that runs has none yet.
pub(super) fn settle(state: &State, record: &mut Timesheet) {
    if record.end.is_none() {
        record.rate = 0.0;
        record.internal_rate = 0.0;
        return;
    }
    if record.fixed_rate.is_none() && record.hourly_rate.is_none() {
        match rate_of(state, record) {
            Some(rate) if rate.is_fixed => record.fixed_rate = Some(rate.rate),
            Some(rate) => record.hourly_rate = Some(rate.rate),
            None => record.hourly_rate = Some(own_rate(state, record.user)),
        }
    }
    let internal = rate_of(state, record).and_then(|rate| rate.internal);
    if let Some(fixed) = record.fixed_rate {
        record.hourly_rate = None;
        record.rate = fixed;
        record.internal_rate = internal.unwrap_or(fixed);
    } else {
        let hourly = record.hourly_rate.unwrap_or_default();
        record.rate = amount(hourly, record.duration());
        record.internal_rate = amount(internal.unwrap_or(hourly), record.duration());
    }
}

/// Kimai keeps four digits.
fn amount(hourly: f64, seconds: i64) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "seconds of a record are far from the limit")]
    let hours = seconds as f64 / 3600.0;
    (hourly * hours * 10_000.0).round() / 10_000.0
}

/// The rate of the activity, else of the project, else of the customer; one for the user before one for all.
fn rate_of<'a>(state: &'a State, record: &Timesheet) -> Option<&'a Rate> {
    let customer = state.customer_of(record.project);
    let places = [
        (Resource::Activity, Some(record.activity)),
        (Resource::Project, Some(record.project)),
        (Resource::Customer, customer),
    ];
    for (resource, id) in places {
        let rates = &state.things(resource).rates;
        let of = |user: Option<u64>| {
            rates.iter().map(|(_, rate)| rate).find(|rate| Some(rate.of) == id && rate.user == user)
        };
        if let Some(rate) = of(Some(record.user)).or_else(|| of(None)) {
            return Some(rate);
        }
    }
    None
}

fn own_rate(state: &State, user: u64) -> f64 {
    let rate = state.users.get(user).and_then(|user| user.preference("hourly_rate"));
    rate.and_then(|rate| rate.parse().ok()).unwrap_or_default()
}

/// Whether records of this project and activity are billable if nobody says so.
pub(super) fn is_billable(state: &State, record: &Timesheet) -> bool {
    let is = |resource, id| state.things(resource).rows.get(id).is_none_or(|thing| thing.is("billable"));
    is(Resource::Activity, record.activity)
        && is(Resource::Project, record.project)
        && state.customer_of(record.project).is_none_or(|customer| is(Resource::Customer, customer))
}
