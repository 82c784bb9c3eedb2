//! What the file asks for: customers with their projects, and these with their activities.

use std::collections::HashMap;

use crate::csv_table::Table;
use crate::failure::Failure;
use crate::names::{LONGEST, cut};

/// Objects by their names.
pub(crate) type Level<C> = HashMap<String, Node<C>>;

/// Customers by their names, with their projects, and these with their activities.
pub(crate) type Plan = Level<Level<Level<()>>>;

/// An object of the file.
pub(crate) struct Node<C> {
    /// The first line that names it.
    pub(crate) line: u64,
    /// What belongs to it.
    pub(crate) children: C,
}

/// Reads the plan from the columns `Customer`, `Project` and `Activity`.
///
/// # Errors
///
/// Returns an error if a column is missing, or a row has no customer.
pub(crate) fn plan(table: &Table) -> Result<Plan, Failure> {
    let columns = [table.required(&["Customer"])?, table.required(&["Project"])?, table.required(&["Activity"])?];
    let (mut plan, mut problems) = (Plan::new(), Vec::new());
    for row in &table.rows {
        let line = row.line;
        let [customer, project, activity] = columns.map(|column| row.cell(column));
        if customer.is_empty() {
            problems.push(format!("line {line}: there is no customer"));
            continue;
        }
        let customer = node(&mut plan, "customer", customer, line);
        if project.is_empty() {
            if !activity.is_empty() {
                eprintln!("note: line {line}: the activity {activity:?} is left out, because there is no project");
            }
            continue;
        }
        let project = node(&mut customer.children, "project", project, line);
        if !activity.is_empty() {
            node(&mut project.children, "activity", activity, line);
        }
    }
    if problems.is_empty() { Ok(plan) } else { Err(Failure::Content(problems)) }
}

/// The objects in the order of the file.
pub(crate) fn in_order<C>(level: &Level<C>) -> Vec<(&str, &Node<C>)> {
    let mut all: Vec<(&str, &Node<C>)> = level.iter().map(|(name, node)| (name.as_str(), node)).collect();
    all.sort_by_key(|(_, node)| node.line);
    all
}

fn node<'a, C: Default>(level: &'a mut Level<C>, kind: &str, name: &str, line: u64) -> &'a mut Node<C> {
    let short = cut(name);
    if short != name && !level.contains_key(short) {
        eprintln!("note: line {line}: the name of the {kind} is cut to {LONGEST} characters: {short:?}");
    }
    level.entry(short.to_owned()).or_insert_with(|| Node { line, children: C::default() })
}
