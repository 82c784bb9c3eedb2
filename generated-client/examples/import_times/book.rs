//! Books the records.

use std::collections::{BTreeMap, HashSet};

use generated_client::Error;
use generated_client::blocking::Client;
use generated_client::jiff::{SignedDuration, ZonedDateTime};
use generated_client::operations::tags::Find;
use generated_client::types::{NewTag, NewTimesheet, Timesheet};
use indicatif::{ProgressBar, ProgressDrawTarget};

use crate::check::{Checked, Entry};
use crate::failure::Failure;
use crate::place::hours;
use crate::print::print_line;

/// How records are booked.
#[derive(Clone, Copy)]
pub(crate) struct Mode {
    /// Whether nothing is written.
    pub(crate) is_dry: bool,
    /// Whether lines that Kimai refuses are skipped.
    pub(crate) skips: bool,
}

/// Books the records that are not there, and prints a summary.
///
/// # Errors
///
/// Returns the first error of Kimai, with the line of the file. Records booked before it are kept.
pub(crate) fn book(kimai: &Client, checked: &Checked, mode: Mode) -> Result<(), Failure> {
    let mut totals = Totals { skipped: checked.problems.len(), ..Totals::default() };
    // It draws nothing unless standard error is a terminal.
    let target = if mode.is_dry { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let progress = ProgressBar::with_draw_target(u64::try_from(checked.entries.len()).ok(), target);
    let result = book_all(kimai, &checked.entries, mode, &mut totals, &progress);
    progress.finish_and_clear();
    totals.print(mode.is_dry, checked.there);
    result
}

fn book_all(
    kimai: &Client,
    entries: &[Entry],
    mode: Mode,
    totals: &mut Totals,
    progress: &ProgressBar,
) -> Result<(), Failure> {
    let has_tags = entries.iter().any(|entry| !entry.tags.is_empty());
    let mut tags = if has_tags { Tags::read(kimai)? } else { Tags::default() };
    for entry in entries {
        let line = entry.line;
        let missing = tags.missing(entry);
        if mode.is_dry {
            let Entry { span, title, activity_name, description, .. } = entry;
            for tag in missing {
                print_line(format!("would create the tag {tag:?}"));
            }
            print_line(format!("would book line {line}: {span}, {title} / {activity_name}, {description:?}"));
            totals.add(entry);
            continue;
        }
        for tag in missing {
            match kimai.tags().create(NewTag::new(tag)).send() {
                Ok(_) => {}
                // Whether Kimai takes the tag of the record is seen below.
                Err(error) if error.is_validation() || error.is_forbidden() => {}
                Err(error) => return Err(failure(line, &error)),
            }
        }
        match kimai.timesheets().create(form(entry)).send() {
            Ok(record) => {
                progress.suspend(|| print_differences(entry, &record));
                totals.add(entry);
            }
            Err(error) if error.is_validation() && mode.skips => {
                progress.suspend(|| eprintln!("skipped: line {line}: Kimai refuses the record: {error:#}"));
                totals.skipped += 1;
            }
            Err(error) => return Err(failure(line, &error)),
        }
        progress.inc(1);
    }
    Ok(())
}

fn failure(line: u64, error: &Error) -> Failure {
    Failure::Kimai(if error.is_validation() {
        format!("line {line}: Kimai refuses the record: {error:#}")
    } else {
        format!(
            "line {line}: the record cannot be booked: {error:#}; what is booked is not booked again by the next run"
        )
    })
}

fn form(entry: &Entry) -> NewTimesheet {
    let mut form =
        NewTimesheet::new(entry.project, entry.activity).begin(entry.span.local_begin).end(entry.span.local_end);
    if !entry.description.is_empty() {
        form = form.description(&entry.description);
    }
    if !entry.tags.is_empty() {
        form = form.tags(&entry.tags);
    }
    form
}

/// Kimai rounds times if it is set up to, and drops tags that it does not have.
fn print_differences(entry: &Entry, record: &Timesheet) {
    let Entry { line, span, .. } = entry;
    let times = (record.begin.timestamp(), record.end.as_ref().map(ZonedDateTime::timestamp));
    if times != (span.begin, Some(span.end)) {
        let begin = record.begin.strftime("%F %H:%M");
        let end = record.end.as_ref().map(|end| end.strftime("%F %H:%M").to_string()).unwrap_or_default();
        eprintln!("note: line {line}: Kimai changed the time {span} to {begin} to {end}");
    }
    let booked: HashSet<String> = record.tags.iter().map(|tag| tag.to_lowercase()).collect();
    for tag in entry.tags.iter().filter(|tag| !booked.contains(&tag.to_lowercase())) {
        eprintln!("note: line {line}: Kimai left out the tag {tag:?}");
    }
}

/// The tags that are in Kimai, in lower case, as it compares them.
#[derive(Default)]
struct Tags(HashSet<String>);

impl Tags {
    fn read(kimai: &Client) -> Result<Self, Error> {
        let names: Vec<String> = if kimai.supports::<Find>() {
            kimai.tags().find().name("").send()?.into_iter().map(|tag| tag.name).collect()
        } else {
            #[allow(deprecated, reason = "older releases have no other list")]
            kimai.tags().list().send()?
        };
        Ok(Self(names.into_iter().map(|name| name.to_lowercase()).collect()))
    }

    /// The tags of a record that are not in Kimai. From now on, they are taken to be.
    fn missing<'a>(&mut self, entry: &'a Entry) -> Vec<&'a str> {
        entry.tags.iter().map(String::as_str).filter(|tag| self.0.insert(tag.to_lowercase())).collect()
    }
}

/// Counts and sums for the summary.
#[derive(Default)]
struct Totals {
    by_project: BTreeMap<String, SignedDuration>,
    booked: usize,
    skipped: usize,
}

impl Totals {
    fn add(&mut self, entry: &Entry) {
        *self.by_project.entry(entry.title.clone()).or_default() += entry.span.duration();
        self.booked += 1;
    }

    fn print(&self, is_dry: bool, there: usize) {
        for (project, duration) in &self.by_project {
            print_line(format!("{:>7}  {project}", hours(*duration)));
        }
        print_line(format!("{:>7}  total", hours(self.by_project.values().sum())));
        let (booked, skipped) = (self.booked, self.skipped);
        print_line(format!(
            "{}: {booked}, already there: {there}, skipped: {skipped}",
            if is_dry { "to book" } else { "booked" }
        ));
    }
}
