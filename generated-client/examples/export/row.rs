//! A record as a flat row.

use std::collections::BTreeMap;

use generated_client::jiff::tz::TimeZone;
use generated_client::jiff::{SignedDuration, ZonedDateTime};
use generated_client::types::{TimesheetSummaryExpanded, User};

use crate::records::name;

/// A record with names in place of ids, in the time zone of the user.
pub(crate) struct Row {
    pub(crate) id: u64,
    pub(crate) begin: ZonedDateTime,
    /// `None` while the record is running.
    pub(crate) end: Option<ZonedDateTime>,
    /// Zero while the record is running.
    pub(crate) duration: SignedDuration,
    pub(crate) user: String,
    pub(crate) customer: String,
    pub(crate) project: String,
    pub(crate) activity: String,
    pub(crate) description: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) rate: f64,
    /// `None` if the release does not say.
    pub(crate) currency: Option<String>,
    pub(crate) billable: bool,
    pub(crate) exported: bool,
    pub(crate) custom_fields: BTreeMap<String, Option<String>>,
}

impl Row {
    pub(crate) fn new(record: &TimesheetSummaryExpanded, me: &User, zone: &TimeZone) -> Self {
        let local = |moment: &ZonedDateTime| moment.with_time_zone(zone.clone());
        let customer = &record.project.customer;
        Self {
            id: record.id.into(),
            begin: local(&record.begin),
            end: record.end.as_ref().map(local),
            duration: record.duration.unwrap_or_default(),
            user: owner(record, me),
            customer: customer.name.clone(),
            project: record.project.name.clone(),
            activity: record.activity.name.clone(),
            description: record.description.clone(),
            tags: record.tags.clone(),
            rate: record.rate,
            currency: customer.currency.as_ref().map(ToString::to_string),
            billable: record.billable,
            exported: record.exported,
            custom_fields: record.meta_fields.iter().map(|meta| (meta.name.clone(), meta.value.clone())).collect(),
        }
    }

    /// The duration in hours, to two digits.
    pub(crate) fn hours(&self) -> f64 {
        (self.duration.as_secs_f64() / 36.0).round() / 100.0
    }
}

/// The name of the owner. Some releases send the id only.
fn owner(record: &TimesheetSummaryExpanded, me: &User) -> String {
    match record.user.object() {
        Some(user) => name(user.alias.as_deref(), &user.username),
        None if record.user.id() == me.id => name(me.alias.as_deref(), &me.username),
        None => format!("user {}", record.user.id()),
    }
}
