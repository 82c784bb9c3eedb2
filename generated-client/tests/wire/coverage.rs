//! Checks that the cases send everything that the operations can send.

use std::collections::{BTreeMap, BTreeSet};

use codegen::api::{Body, ParameterPlace, ParameterValue, Type, TypeKind};
use serde_json::Value;

use crate::support::model::api;
use crate::support::report;
use crate::{Case, all_cases};

/// What the cases of each operation send: parameters, fields, and the fields sent as null.
#[derive(Default)]
struct Sent {
    parameters: BTreeSet<String>,
    properties: BTreeSet<String>,
    nulls: BTreeSet<String>,
}

impl Sent {
    fn add(&mut self, case: &Case) {
        let (_, query) = case.expected.line.split_once('?').unwrap_or_default();
        for pair in query.split('&') {
            let name = pair.split('=').next().unwrap_or_default();
            self.parameters.insert(name.replace("%5B%5D", "[]"));
        }
        self.add_properties(case.expected.body.as_ref());
    }

    fn add_properties(&mut self, body: Option<&Value>) {
        match body {
            Some(Value::Array(items)) => items.iter().for_each(|item| self.add_properties(Some(item))),
            Some(Value::Object(object)) => {
                for (name, value) in object {
                    self.properties.insert(name.clone());
                    if value.is_null() {
                        self.nulls.insert(name.clone());
                    }
                    self.add_properties(Some(value));
                }
            }
            _ => {}
        }
    }
}

#[test]
fn the_cases_of_an_operation_send_all_that_it_can_send() {
    let api = api();
    let mut sent: BTreeMap<&str, Sent> = BTreeMap::new();
    let cases = all_cases();
    for case in &cases {
        sent.entry(case.name.trim_end_matches("_full")).or_default().add(case);
    }
    let (mut checked, mut missing) = (0, Vec::new());
    for operation in &api.operations {
        let name = format!("{}.{}", operation.resource, operation.name);
        let sent = &sent[name.as_str()];
        let mut expect = |what: &BTreeSet<String>, wire: &str, how: &str| {
            checked += 1;
            if !what.contains(wire) {
                missing.push(format!("{name}: {how}{wire}"));
            }
        };
        for parameter in &operation.parameters {
            let names = match &parameter.value {
                ParameterValue::One { wire, .. }
                | ParameterValue::Flag { wire, .. }
                | ParameterValue::List { wire, .. }
                | ParameterValue::Object { wire, .. } => vec![wire],
                ParameterValue::Select { one, many, .. } => [Some(one), many.as_ref()].into_iter().flatten().collect(),
            };
            let what = if parameter.place == ParameterPlace::Body { &sent.properties } else { &sent.parameters };
            for wire in names {
                expect(what, wire, "");
            }
        }
        if let Some(full) = &operation.full {
            expect(&sent.parameters, &full.wire, "");
        }
        let body = match &operation.body {
            Some(Body::Json(Type::Named(name))) => Some(name),
            Some(Body::Json(Type::List(item))) => match &**item {
                Type::Named(name) => Some(name),
                _ => None,
            },
            _ => None,
        };
        match body.and_then(|name| api.types.get(name)).map(|def| &def.kind) {
            Some(TypeKind::Form { fields, .. }) => {
                for field in fields {
                    expect(&sent.properties, &field.wire, "");
                }
            }
            Some(TypeKind::Patch { fields, .. }) => {
                for field in fields {
                    expect(&sent.properties, &field.wire, "");
                    if field.clearable {
                        expect(&sent.nulls, &field.wire, "null for ");
                    }
                }
            }
            _ => {}
        }
    }
    assert!(missing.is_empty(), "no case sends {missing:#?}");
    report(&format!("parameters and properties: {checked}, each sent by some case"));
}
