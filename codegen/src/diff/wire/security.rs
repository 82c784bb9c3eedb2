//! Authentication methods, and the requirements of operations.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// An authentication method by what is sent: its name in the document does not matter.
pub(super) fn scheme(value: &Value) -> String {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    match text("type") {
        // Header names are case-insensitive (RFC 9110, section 5.1).
        "apiKey" if text("in") == "header" => format!("header {}", text("name").to_uppercase()),
        "apiKey" => format!("{} {}", text("in"), text("name")),
        "http" => format!("http {}", text("scheme").to_lowercase()),
        "openIdConnect" => format!("openIdConnect {}", text("openIdConnectUrl")).trim_end().to_owned(),
        other => other.to_owned(),
    }
}

/// The schemes of requirements; without any, requests need no authentication. Names that the document does not
/// define are ignored.
pub(super) fn accepted(security: Option<&Value>, schemes: &BTreeMap<&str, String>) -> BTreeSet<BTreeSet<String>> {
    let requirements: Vec<&Map<String, Value>> =
        security.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object).collect();
    if requirements.is_empty() && !schemes.is_empty() {
        return BTreeSet::from([BTreeSet::new()]);
    }
    let known = |requirement: &Map<String, Value>| -> BTreeSet<String> {
        requirement.keys().filter_map(|name| schemes.get(name.as_str()).cloned()).collect()
    };
    let all: BTreeSet<BTreeSet<String>> =
        requirements.into_iter().filter(|one| one.is_empty() || !known(one).is_empty()).map(known).collect();
    // Where less is enough, more is no other way.
    let is_least = |one: &&BTreeSet<String>| !all.iter().any(|other| other != *one && other.is_subset(one));
    all.iter().filter(is_least).cloned().collect()
}

/// The scopes that a requirement asks for, all of them, which contain Kimai's permissions: any of these is enough.
///
/// All operations have the scope `API`.
pub(super) fn permissions(security: Option<&Value>) -> BTreeSet<String> {
    let requirements = security.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
    let scopes = requirements.map(|requirement| -> BTreeSet<&str> {
        let scopes = requirement.values().filter_map(Value::as_array).flatten().filter_map(Value::as_str);
        scopes.filter(|scope| *scope != "API").collect()
    });
    let needed = scopes.filter(|scopes| !scopes.is_empty());
    needed.map(|scopes| scopes.into_iter().collect::<Vec<_>>().join(" and ")).collect()
}
