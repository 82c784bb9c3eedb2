//! Which columns the file has.

use crate::csv_table::{Column, Row, Table};
use crate::failure::Failure;

/// The columns by what they hold.
pub(crate) struct Columns {
    pub(crate) date: Column,
    pub(crate) end_date: Option<Column>,
    pub(crate) begin: Option<Column>,
    pub(crate) end: Option<Column>,
    pub(crate) duration: Option<Column>,
    pub(crate) customer: Option<Column>,
    pub(crate) project: Column,
    pub(crate) activity: Column,
    pub(crate) description: Option<Column>,
    pub(crate) tags: Option<Column>,
}

impl Columns {
    /// Finds them by the names that Harvest, Toggl and Jira give them.
    ///
    /// # Errors
    ///
    /// Returns an error if one is missing or there twice.
    pub(crate) fn of(table: &Table) -> Result<Self, Failure> {
        let columns = Self {
            date: table.required(&["Date", "Start date"])?,
            end_date: table.column(&["End date"])?,
            begin: table.column(&["Start time"])?,
            end: table.column(&["End time"])?,
            duration: table.column(&["Hours", "Duration", "Time spent"])?,
            customer: table.column(&["Client", "Customer"])?,
            project: table.required(&["Project"])?,
            activity: table.required(&["Activity", "Task"])?,
            description: table.column(&["Notes", "Description"])?,
            tags: table.column(&["Tags"])?,
        };
        if columns.duration.is_none() && (columns.begin.is_none() || columns.end.is_none()) {
            return Err(table.lacks("Hours or Duration or Time spent, and not both Start time and End time"));
        }
        Ok(columns)
    }
}

/// The cell of a column; empty if there is no such column.
pub(crate) fn cell(row: &Row, column: Option<Column>) -> &str {
    column.map(|column| row.cell(column)).unwrap_or_default()
}
