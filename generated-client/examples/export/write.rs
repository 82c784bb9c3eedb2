//! Rows as CSV or JSON, one after the other.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::ValueEnum;
use generated_client::jiff::ZonedDateTime;
use serde::Serialize;

use crate::row::Row;

/// The format of a file.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// With a header, commas and quotes, in UTF-8.
    Csv,
    /// An array of objects, an object a line.
    Json,
}

/// Writes rows.
pub(crate) enum Writer<W: Write> {
    Csv { to: Box<csv::Writer<W>>, raw: bool },
    Json { to: W, is_empty: bool },
}

const COLUMNS: [&str; 17] = [
    "id",
    "date",
    "begin",
    "end",
    "hours",
    "seconds",
    "user",
    "customer",
    "project",
    "activity",
    "description",
    "tags",
    "rate",
    "currency",
    "billable",
    "exported",
    "custom_fields",
];

impl<W: Write> Writer<W> {
    /// Writes the beginning of the file.
    pub(crate) fn new(format: Format, raw: bool, mut to: W) -> io::Result<Self> {
        match format {
            Format::Csv => {
                let mut to = Box::new(csv::Writer::from_writer(to));
                to.write_record(COLUMNS).map_err(cause)?;
                Ok(Self::Csv { to, raw })
            }
            Format::Json => {
                to.write_all(b"[")?;
                Ok(Self::Json { to, is_empty: true })
            }
        }
    }

    /// Writes a row.
    pub(crate) fn write(&mut self, row: &Row) -> io::Result<()> {
        match self {
            Self::Csv { to, raw } => to.write_record(cells(row, *raw)?.iter().map(AsRef::as_ref)).map_err(cause),
            Self::Json { to, is_empty } => {
                to.write_all(if *is_empty { b"\n" } else { b",\n" })?;
                *is_empty = false;
                Ok(serde_json::to_writer(to, &object(row))?)
            }
        }
    }

    /// Writes the end of the file.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self {
            Self::Csv { mut to, .. } => to.flush(),
            Self::Json { mut to, is_empty } => {
                to.write_all(if is_empty { b"]\n" } else { b"\n]\n" })?;
                to.flush()
            }
        }
    }
}

/// The kind of the cause tells a broken pipe from other errors.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn cells(row: &Row, raw: bool) -> io::Result<[Cow<'_, str>; 17]> {
    let text = |text: &str| Cow::Owned(if raw { text.to_owned() } else { escaped(text) });
    let fields = if row.custom_fields.is_empty() { String::new() } else { serde_json::to_string(&row.custom_fields)? };
    Ok([
        row.id.to_string().into(),
        row.begin.date().to_string().into(),
        // Spreadsheets read this form as a time, and no form with an offset.
        row.begin.strftime("%F %T").to_string().into(),
        row.end.as_ref().map(|end| end.strftime("%F %T").to_string()).unwrap_or_default().into(),
        format!("{:.2}", row.hours()).into(),
        row.duration.as_secs().to_string().into(),
        text(&row.user),
        text(&row.customer),
        text(&row.project),
        text(&row.activity),
        text(row.description.as_deref().unwrap_or_default()),
        text(&row.tags.join(", ")),
        format!("{:.2}", row.rate).into(),
        row.currency.as_deref().unwrap_or_default().into(),
        row.billable.to_string().into(),
        row.exported.to_string().into(),
        fields.into(),
    ])
}

/// A cell that a spreadsheet shows in place of running it as a formula.
fn escaped(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// A row with the names of the columns.
#[derive(Serialize)]
struct Object<'a> {
    id: u64,
    date: String,
    begin: String,
    end: Option<String>,
    hours: f64,
    seconds: i64,
    user: &'a str,
    customer: &'a str,
    project: &'a str,
    activity: &'a str,
    description: Option<&'a str>,
    tags: &'a [String],
    rate: f64,
    currency: Option<&'a str>,
    billable: bool,
    exported: bool,
    custom_fields: &'a BTreeMap<String, Option<String>>,
}

fn object(row: &Row) -> Object<'_> {
    let moment = |moment: &ZonedDateTime| moment.strftime("%FT%T%:z").to_string();
    Object {
        id: row.id,
        date: row.begin.date().to_string(),
        begin: moment(&row.begin),
        end: row.end.as_ref().map(moment),
        hours: row.hours(),
        seconds: row.duration.as_secs(),
        user: &row.user,
        customer: &row.customer,
        project: &row.project,
        activity: &row.activity,
        description: row.description.as_deref(),
        tags: &row.tags,
        rate: row.rate,
        currency: row.currency.as_deref(),
        billable: row.billable,
        exported: row.exported,
        custom_fields: &row.custom_fields,
    }
}
