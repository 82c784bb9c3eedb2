//! The report as SARIF 2.1.0, which GitHub code scanning and many editors read.

use std::collections::BTreeMap;

use codegen::diff::{Change, Rule, RustEffect, Severity, catalogue};
use serde_json::{Value, json};

use super::lines::Lines;
use super::report::{Report, operations};
use crate::error::Error;
use crate::index::sha256;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The folder to which paths are relative, as GitHub calls it.
const ROOT: &str = "%SRCROOT%";

pub(super) fn render(report: &Report) -> Result<String, Error> {
    let rules = rules(&report.changes);
    let mut lines = Lines::new(&report.new.bytes);
    let results: Vec<Value> = report.changes.iter().map(|change| result(report, change, &rules, &mut lines)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "cargo xtask diff",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": rules.values().map(|(_, rule)| descriptor(rule)).collect::<Vec<_>>(),
                },
            },
            "results": results,
            "properties": { "summary": report.headline(), "remarks": report.remarks().collect::<Vec<_>>() },
        }],
    });
    let text = serde_json::to_string_pretty(&log).map_err(|source| Error::Json { source })?;
    Ok(text + "\n")
}

/// The rules of the changes by their names, with their numbers.
fn rules(changes: &[Change]) -> BTreeMap<String, (usize, Rule)> {
    let mut used: BTreeMap<String, Rule> = BTreeMap::new();
    for rule in catalogue() {
        if changes.iter().any(|change| change.id() == rule.id) {
            used.insert(rule.id.clone(), rule);
        }
    }
    used.into_iter().enumerate().map(|(index, (id, rule))| (id, (index, rule))).collect()
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.meaning },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn result(report: &Report, change: &Change, rules: &BTreeMap<String, (usize, Rule)>, lines: &mut Lines<'_>) -> Value {
    let (id, severity) = (change.id(), change.severity());
    let index = rules.get(&id).map_or(json!(-1), |(index, _)| json!(index));
    let [old, new] = &change.pointers;
    let mut text = change.message();
    if let Some(operations) = operations(change) {
        text.push_str(&format!("\n{operations}"));
    }
    json!({
        "ruleId": id,
        "ruleIndex": index,
        // SARIF has levels for problems only.
        "kind": if severity == Severity::None { "informational" } else { "fail" },
        "level": level(severity),
        "message": { "text": text },
        "locations": [location(report, change, lines)],
        "partialFingerprints": { "change/v1": sha256(format!("{id} {}", change.message()).as_bytes()) },
        "properties": {
            "severity": severity.as_str(),
            "rust": change.rust.as_ref().map(|rust| rust.effect().as_str()),
            "rustChanges": change.rust.iter().flat_map(RustEffect::words).collect::<Vec<_>>(),
            "operations": change.operations,
            "oldPointers": old,
            "newPointers": new,
        },
    })
}

/// The place in the newer document: its file, if it is one of the repository, and the subject.
fn location(report: &Report, change: &Change, lines: &mut Lines<'_>) -> Value {
    let names = json!([{ "fullyQualifiedName": change.subject() }]);
    let Some(file) = &report.file else { return json!({ "logicalLocations": names }) };
    // Readers want a line: the first one stands for the file as a whole.
    let line = lines.of_change(change).unwrap_or(1);
    json!({
        "logicalLocations": names,
        "physicalLocation": {
            "artifactLocation": { "uri": uri(file), "uriBaseId": ROOT },
            "region": { "startLine": line },
        },
    })
}

/// A path as part of an address.
fn uri(path: &str) -> String {
    let segments: Vec<String> = path.split('/').map(encoded).collect();
    segments.join("/")
}

fn encoded(segment: &str) -> String {
    percent_encoding::utf8_percent_encode(segment, percent_encoding::NON_ALPHANUMERIC)
        .to_string()
        .replace("%2E", ".")
        .replace("%2D", "-")
        .replace("%5F", "_")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Breaking => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
        Severity::None => "none",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_an_address() {
        assert_eq!(uri("specs/my docs/2.65.0-a_b.json"), "specs/my%20docs/2.65.0-a_b.json");
    }
}
