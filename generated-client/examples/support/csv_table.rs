//! The CSV file of an import: a header, and rows with their line numbers.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use crate::failure::Failure;
use crate::names::trimmed;

/// Follows the text of the file: if a quote is not closed, it is part of the last cell.
const END: &str = "\u{4}";

/// Which file is read, and how.
#[derive(Args)]
pub(crate) struct Source {
    /// The CSV file, in UTF-8, with a header. It may be left out with --demo, which has a small file built in.
    #[arg(value_name = "FILE", required_unless_present = "demo")]
    file: Option<PathBuf>,
    /// The character between the cells; \t is a tab.
    #[arg(long, value_name = "C", default_value = ",", value_parser = delimiter)]
    delimiter: u8,
}

/// The content of a CSV file.
#[derive(Debug)]
pub(crate) struct Table {
    header: Row,
    /// The rows that are not empty.
    pub(crate) rows: Vec<Row>,
}

/// A row, whose cells are as many as those of the header.
#[derive(Debug)]
pub(crate) struct Row {
    /// The line in which it begins.
    pub(crate) line: u64,
    cells: Vec<String>,
}

/// The position of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column(usize);

impl Source {
    /// Reads the file, or the one that is built in.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be read, or is not a CSV file in UTF-8.
    pub(crate) fn read(&self, built_in: &str) -> Result<Table, Failure> {
        let Some(file) = &self.file else {
            eprintln!("The file is one that is built in:");
            eprintln!("{}", built_in.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n"));
            return table(built_in, b',');
        };
        let bytes = std::fs::read(file)
            .map_err(|problem| Failure::File(format!("cannot read the file {}: {problem}", file.display())))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let before = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
            let line = Lines::default().at(&String::from_utf8_lossy(before), usize::MAX);
            Failure::line(line, "the text is not UTF-8; save the file with the encoding UTF-8")
        })?;
        table(&text, self.delimiter)
    }
}

impl Table {
    /// Finds a column by its names, whose case does not matter.
    ///
    /// # Errors
    ///
    /// Returns an error if the header has several of them.
    pub(crate) fn column(&self, names: &[&str]) -> Result<Option<Column>, Failure> {
        let is_wanted = |cell: &str| names.iter().any(|name| name.to_lowercase() == trimmed(cell).to_lowercase());
        let cells = self.header.cells.iter().enumerate();
        let mut found = cells.filter(|(_, cell)| is_wanted(cell)).map(|(position, _)| Column(position));
        match (found.next(), found.next()) {
            (Some(first), Some(second)) => {
                let (first, second) = (self.header.cell(first), self.header.cell(second));
                Err(self
                    .header_failure(format!("the columns {first:?} and {second:?} mean the same; remove one of them")))
            }
            (found, _) => Ok(found),
        }
    }

    /// Finds a column that is required.
    ///
    /// # Errors
    ///
    /// Returns an error if the header has none or several of the names.
    pub(crate) fn required(&self, names: &[&str]) -> Result<Column, Failure> {
        self.column(names)?.ok_or_else(|| self.lacks(&names.join(" or ")))
    }

    /// Says that a column is missing.
    pub(crate) fn lacks(&self, wanted: &str) -> Failure {
        let mut problem = format!("there is no column {wanted}; the columns are ");
        let columns: Vec<String> = self.header.cells.iter().map(|cell| format!("{:?}", trimmed(cell))).collect();
        let _ = write!(problem, "{}", columns.join(", "));
        if self.header.cells.len() == 1 {
            problem.push_str("; if another character than the delimiter is between the cells, set it with --delimiter");
        }
        self.header_failure(problem)
    }

    fn header_failure(&self, problem: String) -> Failure {
        Failure::line(self.header.line, problem)
    }
}

impl Row {
    /// The cell without the white space around it.
    pub(crate) fn cell(&self, column: Column) -> &str {
        self.cells.get(column.0).map(|cell| trimmed(cell)).unwrap_or_default()
    }

    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| trimmed(cell).is_empty())
    }
}

fn table(text: &str, delimiter: u8) -> Result<Table, Failure> {
    let text = format!("{text}\n{END}");
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let (mut rows, mut lines) = (Vec::new(), Lines::default());
    for record in reader.records() {
        let record = record.map_err(|error| Failure::Content(vec![error.to_string()]))?;
        let start = record.position().map_or(0, csv::Position::byte);
        let line = lines.at(&text, usize::try_from(start).unwrap_or(usize::MAX));
        rows.push(Row { line, cells: record.iter().map(str::to_owned).collect() });
    }
    match rows.pop() {
        Some(last) if last.cells != [END] => {
            return Err(Failure::line(last.line, "a quote is opened in this row and never closed"));
        }
        _ => rows.retain(|row| !row.is_empty()),
    }
    let mut rows = rows.into_iter();
    let header = rows.next().ok_or_else(|| Failure::Content(vec!["the file is empty".to_owned()]))?;
    let rows: Vec<Row> = rows.collect();
    let count = header.cells.len();
    let wrong = rows.iter().filter(|row| row.cells.len() != count).map(|row| {
        let (line, cells) = (row.line, row.cells.len());
        let s = if cells == 1 { "" } else { "s" };
        format!("line {line}: the row has {cells} cell{s}, and the header has {count}; is a quote missing?")
    });
    let wrong: Vec<String> = wrong.collect();
    if wrong.is_empty() { Ok(Table { header, rows }) } else { Err(Failure::Content(wrong)) }
}

/// Counts lines up to positions that increase.
#[derive(Default)]
struct Lines {
    position: usize,
    breaks: u64,
}

impl Lines {
    /// The line of the first character from a position on that does not end a line.
    fn at(&mut self, text: &str, position: usize) -> u64 {
        let bytes = text.as_bytes();
        while let Some(byte) = bytes.get(self.position) {
            if self.position >= position && !matches!(byte, b'\r' | b'\n') {
                break;
            }
            // Files of old Macs have `\r` alone.
            let is_break = *byte == b'\n' || (*byte == b'\r' && bytes.get(self.position + 1) != Some(&b'\n'));
            self.breaks += u64::from(is_break);
            self.position += 1;
        }
        self.breaks + 1
    }
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"\\t" => Ok(b'\t'),
        [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n') => Ok(*byte),
        _ => Err("expected one character (ASCII, and not a quote), such as ; or \\t".to_owned()),
    }
}
