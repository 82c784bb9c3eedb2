//! Where the client writes requests differently than the recorded clients did.

use generated_client::jiff::civil;
use serde_json::{Value, json};

use crate::Wire;

/// A difference that has no meaning for the server.
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    /// Changes the recorded request to what this client writes.
    pub(crate) apply: fn(&mut Wire),
}

pub(crate) const RULES: &[Rule] = &[
    Rule { name: "a list of one is written as the one", apply: ones },
    Rule { name: "'globals' and 'full' are written as true", apply: switches },
    Rule { name: "'full=false' is omitted", apply: not_full },
    Rule { name: "dates in a query have a time", apply: days },
    Rule { name: "local times have a T and seconds", apply: local_times },
    Rule { name: "durations have seconds", apply: durations },
    Rule { name: "values of custom fields are text", apply: field_values },
];

const PAIRS: [(&str, &str); 4] =
    [("activities", "activity"), ("customers", "customer"), ("projects", "project"), ("users", "user")];

fn ones(wire: &mut Wire) {
    // Invoices have no parameter for a single customer.
    if wire.path == "/api/invoices" {
        return;
    }
    for (list, one) in PAIRS {
        // In 1.x, lists have commas and no brackets.
        let is_list = |name: &str| name.strip_suffix("[]").unwrap_or(name) == list;
        let mut values = wire.query.iter_mut().filter(|(name, _)| is_list(name));
        if let (Some((name, value)), None) = (values.next(), values.next())
            && !value.contains(',')
        {
            one.clone_into(name);
        }
    }
}

fn switches(wire: &mut Wire) {
    for (name, value) in &mut wire.query {
        // Only customers accept nothing but 1 for 'full'.
        if (name == "globals" || (name == "full" && wire.path != "/api/customers")) && value == "1" {
            "true".clone_into(value);
        }
    }
}

fn not_full(wire: &mut Wire) {
    wire.query.retain(|(name, value)| !(name == "full" && value == "false"));
}

fn days(wire: &mut Wire) {
    for (_, value) in wire.query.iter_mut().filter(|(name, _)| name == "start" || name == "end") {
        if value.len() == "2026-01-01".len() {
            value.push_str("T00:00:00");
        }
    }
}

fn local_times(wire: &mut Wire) {
    if wire.path != "/api/timesheets" {
        return;
    }
    for (_, value) in texts(wire, &["begin", "end"]) {
        *value = value.parse::<civil::DateTime>().unwrap().to_string();
    }
}

fn durations(wire: &mut Wire) {
    for (_, value) in texts(wire, &["timeBudget"]) {
        if value.matches(':').count() == 1 {
            value.push_str(":00");
        }
    }
}

fn field_values(wire: &mut Wire) {
    if !wire.path.ends_with("/meta") {
        return;
    }
    let Some(value) = wire.body.as_mut().and_then(|body| body.get_mut("value")) else { return };
    *value = match &*value {
        Value::Bool(value) => json!(if *value { "1" } else { "0" }),
        // A whole float is written without a point.
        Value::Number(number) => json!(number.as_f64().unwrap().to_string()),
        other => other.clone(),
    };
}

/// Fields of the body that are text.
fn texts<'a>(wire: &'a mut Wire, names: &'a [&str]) -> impl Iterator<Item = (&'a String, &'a mut String)> {
    let members = wire.body.as_mut().and_then(Value::as_object_mut).into_iter().flatten();
    members.filter(|(name, _)| names.contains(&name.as_str())).filter_map(|(name, value)| match value {
        Value::String(text) => Some((name, text)),
        _ => None,
    })
}
