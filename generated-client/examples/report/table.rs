//! Hours as a table: the days of a week are columns, those of a longer time rows.

use generated_client::jiff::civil::Date;

use crate::clock::hours as written;
use crate::days::each;
use crate::hours::{Cell, Hours, Project};

/// Longer names of projects are cut at the head of a column.
const HEAD: usize = 20;

/// The table, and what its marks mean. `until` is the current time.
pub(crate) fn text(hours: &Hours, until: &str) -> String {
    if hours.projects().next().is_none() {
        return "no records\n".to_owned();
    }
    let total = hours.total();
    let grid = if each(hours.days).count() <= 7 { by_project(hours) } else { by_day(hours) };
    let mut text = grid.text(total.running > 0);
    match total.running {
        0 => {}
        1 => text.push_str(&format!("\n* a record is running, counted up to {until}\n")),
        running => text.push_str(&format!("\n* {running} records are running, counted up to {until}\n")),
    }
    text
}

/// Lines of heads, rows, and the row of the sums. The first cell of a line is its name.
struct Grid {
    heads: Vec<Vec<String>>,
    rows: Vec<(String, Vec<Cell>)>,
    sums: Vec<Cell>,
}

fn by_project(hours: &Hours) -> Grid {
    let days: Vec<Date> = each(hours.days).collect();
    let head = days.iter().map(|day| day.strftime("%a %-d").to_string()).chain(["Sum".to_owned()]);
    let row = |project: &Project| {
        let cells = days.iter().map(|day| hours.cell(*day, project.id));
        (format!("{} / {}", project.customer, project.name), cells.chain([hours.of_project(project.id)]).collect())
    };
    Grid {
        heads: vec![head.collect()],
        rows: hours.projects().map(row).collect(),
        sums: days.iter().map(|day| hours.of_day(*day)).chain([hours.total()]).collect(),
    }
}

fn by_day(hours: &Hours) -> Grid {
    let head = |name: fn(&Project) -> &str, last: &str| {
        hours.projects().map(|project| cut(name(project))).chain([last.to_owned()]).collect()
    };
    let row = |day: Date| {
        let cells = hours.projects().map(|project| hours.cell(day, project.id));
        (day.strftime("%F %a").to_string(), cells.chain([hours.of_day(day)]).collect())
    };
    // In a long time, many days have no records.
    let is_short = each(hours.days).count() <= 31;
    let days = each(hours.days).filter(|day| is_short || !hours.of_day(*day).is_empty());
    Grid {
        heads: vec![head(|project| &project.customer, ""), head(|project| &project.name, "Sum")],
        rows: days.map(row).collect(),
        sums: hours.projects().map(|project| hours.of_project(project.id)).chain([hours.total()]).collect(),
    }
}

impl Cell {
    fn is_empty(self) -> bool {
        self.time.is_zero() && self.running == 0
    }
}

impl Grid {
    fn text(&self, has_marks: bool) -> String {
        let written = |cells: &[Cell]| cells.iter().map(|cell| mark(*cell, has_marks)).collect::<Vec<String>>();
        let rows: Vec<(&str, Vec<String>)> = self.rows.iter().map(|(name, cells)| (&**name, written(cells))).collect();
        let sums = written(&self.sums);
        // A mark follows the number, so that all numbers end in the same column.
        let heads: Vec<Vec<String>> = self
            .heads
            .iter()
            .map(|head| head.iter().map(|cell| if has_marks { format!("{cell} ") } else { cell.clone() }).collect())
            .collect();
        let mut widths = vec![0; sums.len()];
        for line in heads.iter().chain(rows.iter().map(|(_, cells)| cells)).chain([&sums]) {
            for (width, cell) in widths.iter_mut().zip(line) {
                *width = cell.chars().count().max(*width);
            }
        }
        let first = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).max(3);
        let line = |name: &str, cells: &[String]| {
            let mut line = format!("{name:<first$}");
            for (cell, width) in cells.iter().zip(&widths) {
                line.push_str(&format!("  {cell:>width$}"));
            }
            format!("{}\n", line.trim_end())
        };
        let rule = "-".repeat(first + widths.iter().map(|width| width + 2).sum::<usize>());
        let mut text: String = heads.iter().map(|head| line("", head)).collect();
        text.extend(rows.iter().map(|(name, cells)| line(name, cells)));
        text.push_str(&format!("{rule}\n{}", line("Sum", &sums)));
        text
    }
}

fn mark(cell: Cell, has_marks: bool) -> String {
    let time = if cell.is_empty() { String::new() } else { written(cell.time) };
    match (cell.running > 0, has_marks) {
        (true, _) => format!("{time}*"),
        (false, true) => format!("{time} "),
        (false, false) => time,
    }
}

fn cut(name: &str) -> String {
    if name.chars().count() <= HEAD {
        return name.to_owned();
    }
    name.chars().take(HEAD - 1).chain(['…']).collect()
}
