//! What the lines of the file say.

use generated_client::jiff::SignedDuration;
use generated_client::jiff::civil::{Date, DateTime};

use crate::columns::{Columns, cell};
use crate::csv_table::{Row, Table};
use crate::failure::Failure;
use crate::formats::{self, DateFormat};
use crate::names::{cut, trimmed};

/// A line of the file.
pub(crate) struct Line {
    pub(crate) number: u64,
    /// Empty if the line names none.
    pub(crate) customer: String,
    pub(crate) project: String,
    pub(crate) activity: String,
    pub(crate) description: String,
    pub(crate) tags: Vec<String>,
    /// When the work was done, or what is wrong with it.
    pub(crate) time: Result<LineTime, String>,
}

/// When work was done, in local times.
#[derive(Clone, Copy, Debug)]
pub(crate) enum LineTime {
    /// Some time on a day.
    OnDay(Date, SignedDuration),
    /// With a begin.
    From(DateTime, SignedDuration),
    /// With begin and end; a duration should fit.
    Between(DateTime, DateTime, Option<SignedDuration>),
}

/// Reads the lines of a table.
///
/// # Errors
///
/// Returns an error if a column is missing. A line keeps its own problems.
pub(crate) fn lines(table: &Table, format: Option<&DateFormat>) -> Result<Vec<Line>, Failure> {
    let columns = Columns::of(table)?;
    let line = |row: &Row| Line {
        number: row.line,
        customer: cut(cell(row, columns.customer)).to_owned(),
        project: cut(row.cell(columns.project)).to_owned(),
        activity: cut(row.cell(columns.activity)).to_owned(),
        // Kimai stores line breaks as they are sent.
        description: cell(row, columns.description).replace("\r\n", "\n"),
        tags: tags(cell(row, columns.tags)),
        time: time(row, &columns, format),
    };
    Ok(table.rows.iter().map(line).collect())
}

fn tags(cell: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in cell.split(',').map(trimmed).filter(|tag| !tag.is_empty()) {
        if !tags.iter().any(|known| known.to_lowercase() == tag.to_lowercase()) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

fn time(row: &Row, columns: &Columns, format: Option<&DateFormat>) -> Result<LineTime, String> {
    let date = formats::date(row.cell(columns.date), format)?;
    let [begin, end] = [columns.begin, columns.end].map(|column| cell(row, column));
    let duration =
        Some(cell(row, columns.duration)).filter(|text| !text.is_empty()).map(formats::duration).transpose()?;
    match (begin, end, duration) {
        ("", "", None) => Err("there is no duration".to_owned()),
        ("", "", Some(duration)) => Ok(LineTime::OnDay(date, duration)),
        ("", _, _) => Err("there is an end without a begin".to_owned()),
        (_, "", None) => Err("there is a begin, but neither an end nor a duration".to_owned()),
        (begin, "", Some(duration)) => Ok(LineTime::From(to_minute(date, begin)?, duration)),
        (begin, end, duration) => {
            let end_date = match cell(row, columns.end_date) {
                "" => date,
                text => formats::date(text, format)?,
            };
            Ok(LineTime::Between(to_minute(date, begin)?, to_minute(end_date, end)?, duration))
        }
    }
}

/// Kimai keeps whole minutes.
fn to_minute(date: Date, time: &str) -> Result<DateTime, String> {
    let time = date.to_datetime(formats::time(time)?);
    time.round(generated_client::jiff::Unit::Minute).map_err(|problem| problem.to_string())
}
