//! What the client writes in other words than the recorded clients did.

use generated_client::jiff::civil;
use serde_json::{Value, json};

use crate::Wire;

/// A difference that means the same to the server.
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    /// Turns what was recorded into what this client writes.
    pub(crate) apply: fn(&mut Wire),
}

pub(crate) const RULES: &[Rule] = &[
    Rule { name: "a list of one is written as the one", apply: ones },
    Rule { name: "R7: 'globals' and 'full' are written as true", apply: switches },
    Rule { name: "R8: what is not wanted in full is not asked for", apply: not_full },
    Rule { name: "T3: dates in a query have a time", apply: days },
    Rule { name: "T4: local times have a T and seconds", apply: local_times },
    Rule { name: "T7: durations have seconds", apply: durations },
    Rule { name: "R12: values of custom fields are texts", apply: field_values },
];

const PAIRS: [(&str, &str); 4] =
    [("activities", "activity"), ("customers", "customer"), ("projects", "project"), ("users", "user")];

fn ones(wire: &mut Wire) {
    // Invoices know no parameter for one customer.
    if wire.path == "/api/invoices" {
        return;
    }
    for (list, one) in PAIRS {
        // 1.x writes lists without brackets, and with commas (fact D8).
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
        // Only customers take nothing but 1 for 'full'.
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
        // A float shows no point if it needs none.
        Value::Number(number) => json!(number.as_f64().unwrap().to_string()),
        other => other.clone(),
    };
}

/// Properties of the body which are texts.
fn texts<'a>(wire: &'a mut Wire, names: &'a [&str]) -> impl Iterator<Item = (&'a String, &'a mut String)> {
    let members = wire.body.as_mut().and_then(Value::as_object_mut).into_iter().flatten();
    members.filter(|(name, _)| names.contains(&name.as_str())).filter_map(|(name, value)| match value {
        Value::String(text) => Some((name, text)),
        _ => None,
    })
}
