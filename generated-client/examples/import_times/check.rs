//! Checks each line: it can be booked, Kimai has it already, or it has a problem.

use std::collections::BTreeMap;

use generated_client::Error;
use generated_client::blocking::Client;
use generated_client::ids::{ActivityId, ProjectId};
use generated_client::jiff::tz::TimeZone;
use generated_client::jiff::{Timestamp, ToSpan as _, ZonedDateTime};
use generated_client::types::TimesheetSummary;

use crate::catalog::{Catalog, check_dates, title};
use crate::lines::Line;
use crate::place::{Placer, Span};

/// The longest time that a record is expected to run, in days.
const LONGEST: i64 = 7;

/// A record to book.
pub(crate) struct Entry {
    pub(crate) line: u64,
    pub(crate) span: Span,
    pub(crate) project: ProjectId,
    pub(crate) activity: ActivityId,
    pub(crate) description: String,
    pub(crate) tags: Vec<String>,
    /// Customer and project, for people.
    pub(crate) title: String,
    pub(crate) activity_name: String,
}

/// A problem, with its line.
pub(crate) struct Problem {
    pub(crate) line: u64,
    pub(crate) text: String,
}

/// The lines of a file, checked.
#[derive(Default)]
pub(crate) struct Checked {
    pub(crate) entries: Vec<Entry>,
    /// How many are there already.
    pub(crate) there: usize,
    pub(crate) problems: Vec<Problem>,
}

/// Checks all lines.
///
/// # Errors
///
/// Returns the errors of Kimai's lists.
pub(crate) fn check(kimai: &Client, lines: Vec<Line>, placer: &mut Placer, zone: &TimeZone) -> Result<Checked, Error> {
    let catalog = Catalog::read(kimai)?;
    let (mut entries, mut problems) = (Vec::new(), Vec::new());
    let mut in_file = InFile::default();
    for line in lines {
        let number = line.number;
        // A line with another problem keeps its time, so that those after it do not move.
        let checked = line.time.clone().and_then(|time| placer.place(time)).and_then(|span| {
            in_file.add(number, &span)?;
            entry(&catalog, line, span)
        });
        match checked {
            Ok(entry) => entries.push(entry),
            Err(text) => problems.push(Problem { line: number, text }),
        }
    }
    let mut checked = Checked { problems, ..Checked::default() };
    let records = records(kimai, &entries)?;
    for entry in entries {
        if records.iter().any(|record| is_same(record, &entry)) {
            checked.there += 1;
        } else if let Some(record) = records.iter().find(|record| overlaps(record, &entry.span)) {
            let text = overlap(record, &entry.span, zone);
            checked.problems.push(Problem { line: entry.line, text });
        } else {
            checked.entries.push(entry);
        }
    }
    checked.problems.sort_by_key(|problem| problem.line);
    Ok(checked)
}

fn entry(catalog: &Catalog, line: Line, span: Span) -> Result<Entry, String> {
    let project = catalog.project(&line.customer, &line.project)?;
    let activity = catalog.activity(project, &line.activity)?;
    check_dates(project, &span)?;
    Ok(Entry {
        line: line.number,
        span,
        project: project.id,
        activity,
        description: line.description,
        tags: line.tags,
        title: title(project),
        activity_name: line.activity,
    })
}

/// The times of the lines so far, which do not overlap.
#[derive(Default)]
struct InFile(BTreeMap<Timestamp, (Timestamp, u64)>);

impl InFile {
    fn add(&mut self, line: u64, span: &Span) -> Result<(), String> {
        let before = self.0.range(..=span.begin).next_back().filter(|(_, (end, _))| *end > span.begin);
        let after = self.0.range(span.begin..span.end).next();
        if let Some((_, (_, other))) = before.or(after) {
            return Err(format!("the time {span} overlaps with that of line {other}"));
        }
        self.0.insert(span.begin, (span.end, line));
        Ok(())
    }
}

/// The user's records around those of the file.
fn records(kimai: &Client, entries: &[Entry]) -> Result<Vec<TimesheetSummary>, Error> {
    let begin = entries.iter().map(|entry| entry.span.local_begin).min();
    let end = entries.iter().map(|entry| entry.span.local_end).max();
    let (Some(begin), Some(end)) = (begin, end) else { return Ok(Vec::new()) };
    // The list has the records that begin in this time.
    let begin = begin.saturating_sub(LONGEST.days());
    let mut records: Vec<TimesheetSummary> =
        kimai.timesheets().list().begin(begin).end(end).size(500).iter().collect::<Result<_, _>>()?;
    let running: Vec<TimesheetSummary> =
        kimai.timesheets().list().active(true).size(500).iter().collect::<Result<_, _>>()?;
    records.extend(running.into_iter().filter(|record| record.begin.datetime() < begin));
    Ok(records)
}

/// Whether it is the record of this line.
fn is_same(record: &TimesheetSummary, entry: &Entry) -> bool {
    let description = record.description.as_deref().unwrap_or_default().replace("\r\n", "\n");
    record.begin.timestamp() == entry.span.begin
        && record.end.as_ref().is_some_and(|end| end.timestamp() == entry.span.end)
        && record.project == entry.project
        && record.activity == entry.activity
        && description.trim() == entry.description.trim()
}

/// Nobody knows when a running record ends.
fn overlaps(record: &TimesheetSummary, span: &Span) -> bool {
    record.begin.timestamp() < span.end && record.end.as_ref().is_none_or(|end| end.timestamp() > span.begin)
}

fn overlap(record: &TimesheetSummary, span: &Span, zone: &TimeZone) -> String {
    let local = |moment: Timestamp| moment.to_zoned_datetime(zone.clone()).datetime();
    let begin = record.begin.timestamp();
    if let Some(end) = record.end.as_ref().map(ZonedDateTime::timestamp) {
        let other = Span { begin, end, local_begin: local(begin), local_end: local(end) };
        format!("the time {span} overlaps with a record in Kimai, {other}")
    } else {
        let begin = local(begin).strftime("%F %H:%M").to_string();
        format!("the time {span} overlaps with a record in Kimai that runs since {begin}; stop it first")
    }
}
