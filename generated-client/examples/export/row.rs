//! A record as a flat row.

use std::collections::BTreeMap;

use generated_client::jiff::tz::TimeZone;
use generated_client::jiff::{SignedDuration, ZonedDateTime};
use generated_client::types::TimesheetSummaryExpanded;

use crate::exit::Failure;
use crate::names::Names;

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
    /// `None` if the user may not know it.
    pub(crate) currency: Option<String>,
    pub(crate) billable: bool,
    pub(crate) exported: bool,
    pub(crate) custom_fields: BTreeMap<String, Option<String>>,
}

impl Row {
    /// Makes a row of a record. What the release leaves out of it is looked up.
    pub(crate) fn new(
        record: &TimesheetSummaryExpanded,
        names: &mut Names<'_>,
        zone: &TimeZone,
    ) -> Result<Self, Failure> {
        let local = |moment: &ZonedDateTime| moment.with_time_zone(zone.clone());
        let customer = &record.project.customer;
        Ok(Self {
            id: record.id.into(),
            begin: local(&record.begin),
            end: record.end.as_ref().map(local),
            duration: record.duration.unwrap_or_default(),
            user: names.owner(record)?,
            customer: customer.name.clone(),
            project: record.project.name.clone(),
            activity: record.activity.name.clone(),
            description: record.description.clone(),
            tags: record.tags.clone(),
            rate: record.rate,
            currency: names.currency(customer)?,
            billable: record.billable,
            exported: record.exported,
            custom_fields: record.meta_fields.iter().map(|meta| (meta.name.clone(), meta.value.clone())).collect(),
        })
    }

    /// The duration in hours, to two digits.
    pub(crate) fn hours(&self) -> f64 {
        (self.duration.as_secs_f64() / 36.0).round() / 100.0
    }
}
