//! The servers that the requests of an operation go to.

use std::collections::BTreeSet;

use serde_json::Value;

use super::schema::shown;

/// The servers of the innermost object that declares some; without any, those that serve the document.
pub(super) fn of<'v>(objects: impl IntoIterator<Item = Option<&'v Value>>) -> BTreeSet<String> {
    let mut lists = objects.into_iter().flatten().filter_map(Value::as_array).filter(|list| !list.is_empty());
    match lists.next() {
        Some(list) => list.iter().map(text).collect(),
        None => BTreeSet::from(["/".to_owned()]),
    }
}

/// Its address, with the defaults and values of its variables: `https://{host}/api (host: a or b)`.
fn text(server: &Value) -> String {
    let url = server.get("url").and_then(Value::as_str).unwrap_or_default();
    let variables = server.get("variables").and_then(Value::as_object).into_iter().flatten();
    let variables: Vec<String> = variables.map(|(name, variable)| format!("{name}: {}", values(variable))).collect();
    if variables.is_empty() { url.to_owned() } else { format!("{url} ({})", variables.join("; ")) }
}

/// The default, and then the other values.
fn values(variable: &Value) -> String {
    let default = variable.get("default").map(shown);
    let mut others: BTreeSet<String> =
        variable.get("enum").and_then(Value::as_array).into_iter().flatten().map(shown).collect();
    if let Some(default) = &default {
        others.remove(default);
    }
    default.into_iter().chain(others).collect::<Vec<_>>().join(" or ")
}
