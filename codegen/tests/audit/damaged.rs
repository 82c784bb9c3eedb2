//! Recordings that differ from the document in one way: the finding, and the actions that correct the document.

use codegen::audit::{Audit, Exchange, Finding, Kind, actions_as_yaml, audit};
use codegen::document::{Document, Overlay};
use codegen::{Release, api};
use serde_json::{Value, json};

use crate::recordings::{document, exchanges, overlays, read};
use crate::{line, lines};

const RELEASE: &str = "2.65.0";

/// The recording with a change of all responses of an operation.
fn changed(method: &str, path: &str, change: impl Fn(&mut Exchange)) -> Vec<Exchange> {
    let mut all = exchanges(RELEASE);
    let meant = all.iter_mut().filter(|one| one.method == method && one.path == path && one.status < 300);
    let number = meant.map(change).count();
    assert!(number > 0, "{method} {path}");
    all
}

fn body(exchange: &mut Exchange, change: impl FnOnce(&mut Value)) {
    let mut value: Value = serde_json::from_slice(&exchange.body).unwrap();
    change(&mut value);
    exchange.body = value.to_string().into_bytes();
}

fn changed_body(method: &str, path: &str, change: impl Fn(&mut Value)) -> Vec<Exchange> {
    changed(method, path, |exchange| body(exchange, &change))
}

/// The overlays of the repository, one of them with another text.
fn without_correction(text: &str, other: &str) -> Vec<Overlay> {
    let corrections = read("specs/overlays/corrections.yaml");
    assert!(corrections.contains(text));
    let mut all = overlays();
    all[0] = Overlay::parse("corrections.yaml", &corrections.replacen(text, other, 1)).unwrap();
    all
}

/// The overlays of the repository, and pasted actions.
fn with_actions(overlays: &[Overlay], finding: &Finding) -> Document {
    let yaml = actions_as_yaml(&finding.actions, "Found.", Some(&format!("={RELEASE}"))).unwrap();
    let text = format!("overlay: 1.0.0\ninfo:\n  title: Test\n  version: 1.0.0\nactions:\n{yaml}");
    let mut all = overlays.to_vec();
    all.push(Overlay::parse("pasted.yaml", &text).unwrap());
    document(RELEASE, &all)
}

/// The only finding; with its actions, the document has none.
fn only(overlays: &[Overlay], exchanges: &[Exchange]) -> Finding {
    let Audit { findings, .. } = audit(&document(RELEASE, overlays), exchanges);
    let [finding] = findings.as_slice() else {
        panic!("{:?}", findings.iter().map(line).collect::<Vec<_>>());
    };
    let corrected = with_actions(overlays, finding);
    assert_eq!(lines(&audit(&corrected, exchanges)), [""; 0], "{:?}", finding.actions);
    let release: Release = RELEASE.parse().unwrap();
    api::build(&corrected, &release).unwrap();
    finding.clone()
}

fn check(name: &str, kind: Kind, exchanges: &[Exchange]) {
    check_with(&overlays(), name, kind, exchanges);
}

/// Compares the finding and its actions with a part of `corrections.txt`.
fn check_with(overlays: &[Overlay], name: &str, kind: Kind, exchanges: &[Exchange]) {
    let finding = only(overlays, exchanges);
    assert_eq!(finding.kind, kind);
    let yaml = actions_as_yaml(&finding.actions, "Found.", None).unwrap();
    let all = read("codegen/tests/audit/corrections.txt");
    let (_, expected) = all.split_once(&format!("## {name}\n")).unwrap_or_default();
    let expected = expected.split("\n## ").next().unwrap_or_default().trim_end();
    assert_eq!(format!("{}\n{}", line(&finding), yaml.trim_end()), expected);
}

#[test]
fn null_where_it_is_not_allowed() {
    let recording = changed_body("GET", "/api/teams", |teams| teams[0]["name"] = Value::Null);
    check("null where it is not allowed", Kind::Null, &recording);
}

#[test]
fn an_absent_property() {
    let recording = changed_body("GET", "/api/ping", |pong| {
        pong.as_object_mut().unwrap().clear();
    });
    check("an absent property", Kind::Absent, &recording);
}

#[test]
fn a_property_that_the_document_does_not_declare() {
    let recording = changed_body("GET", "/api/teams", |teams| teams[0]["founded"] = json!("2020-01-31"));
    check("a property that the document does not declare", Kind::Undeclared, &recording);
}

#[test]
fn another_type() {
    let recording = changed_body("GET", "/api/plugins", |plugins| *plugins = json!({"plugins": 0}));
    check("another type", Kind::Type, &recording);
}

#[test]
fn another_type_of_some_values() {
    let recording = changed_body("GET", "/api/teams", |teams| teams[0]["name"] = json!(5));
    check("another type of some values", Kind::Type, &recording);
}

#[test]
fn another_format() {
    let recording = changed_body("GET", "/api/invoices", |invoices| {
        for invoice in invoices.as_array_mut().unwrap() {
            invoice["createdAt"] = json!("2026-11-10");
        }
    });
    check("another format", Kind::Format, &recording);
}

#[test]
fn a_value_that_the_enum_does_not_list() {
    let recording = changed_body("GET", "/api/invoices/2", |invoice| invoice["status"] = json!("archived"));
    check("a value that the enum does not list", Kind::EnumValue, &recording);
}

#[test]
fn a_status_that_the_document_does_not_declare() {
    let recording = changed("POST", "/api/tags", |exchange| exchange.status = 201);
    check("a status that the document does not declare", Kind::Status, &recording);
}

#[test]
fn a_header_with_a_meaning() {
    let recording = changed("GET", "/api/tags", |exchange| {
        exchange.headers.push(("X-Next-Cursor".to_owned(), "abc".to_owned()));
    });
    check("a header with a meaning", Kind::Header, &recording);
}

#[test]
fn another_media_type() {
    let recording = changed("GET", "/api/version", |exchange| {
        exchange.headers = vec![("Content-Type".to_owned(), "application/hal+json; charset=utf-8".to_owned())];
    });
    check("another media type", Kind::MediaType, &recording);
}

#[test]
fn a_body_where_none_is_declared() {
    let recording = changed("DELETE", "/api/tags/5", |exchange| exchange.body = b"{\"deleted\": 5}".to_vec());
    check("a body where none is declared", Kind::Body, &recording);
}

#[test]
fn another_shape_with_full() {
    let overlays = without_correction(
        "$.paths['/api/users'].get\n    x-kimai: \">=2.1\"",
        "$.paths['/api/users'].get\n    x-kimai: \"<2.1\"",
    );
    check_with(&overlays, "another shape with full", Kind::Full, &exchanges(RELEASE));
}

#[test]
fn a_property_that_is_always_present() {
    let overlays = without_correction("[copyright, version, versionId]", "[version, versionId]");
    check_with(&overlays, "a property that is always present", Kind::Present, &exchanges(RELEASE));
}

#[test]
fn null_has_no_format() {
    let recording = changed_body("GET", "/api/invoices", |invoices| {
        for (number, invoice) in invoices.as_array_mut().unwrap().iter_mut().enumerate() {
            invoice["paymentDate"] = if number == 0 { Value::Null } else { json!("2026-11-10") };
        }
    });
    let finding = only(&overlays(), &recording);
    assert_eq!(
        actions_as_yaml(&finding.actions, "Found.", None).unwrap(),
        concat!(
            "  - target: $.components.schemas.InvoiceCollection.properties.paymentDate\n",
            "    description: Found.\n",
            "    update:\n",
            "      format: date\n",
            "      x-kimai-answer-format: date\n",
        )
    );
}

#[test]
fn a_server_that_ignores_full() {
    let recording = changed("GET", "/api/timesheets", |exchange| {
        exchange.query.retain(|(name, _)| name != "full");
        exchange.query.push(("full".to_owned(), "true".to_owned()));
    });
    let found = lines(&audit(&document(RELEASE, &overlays()), &recording));
    assert!(
        found.iter().any(|line| line.starts_with("type /components/schemas/TimesheetCollectionExpanded")),
        "{found:?}"
    );
    // What the server does with another value is not known.
    let recording =
        changed("GET", "/api/timesheets", |exchange| exchange.query.push(("full".to_owned(), "2".to_owned())));
    assert_eq!(lines(&audit(&document(RELEASE, &overlays()), &recording)), [""; 0]);
}

/// The server is wrong, not the document.
#[test]
fn text_that_is_not_json_has_no_correction() {
    for body in ["<html>Error</html>", "\u{feff}[]", "Warning: x in y.php\n[]", "[][]"] {
        let recording = changed("GET", "/api/teams", |exchange| exchange.body = body.as_bytes().to_vec());
        let Audit { findings, .. } = audit(&document(RELEASE, &overlays()), &recording);
        let [finding] = findings.as_slice() else { panic!("{findings:?}") };
        assert_eq!((finding.kind, &finding.actions), (Kind::Type, &Vec::new()), "{body}");
        assert_eq!(finding.detail, "JSON, but servers send other text");
    }
}

#[test]
fn a_declared_header_of_another_type() {
    let recording = changed("GET", "/api/timesheets", |exchange| {
        for (_, value) in exchange.headers.iter_mut().filter(|(name, _)| name.eq_ignore_ascii_case("X-Total-Count")) {
            *value = "many".to_owned();
        }
    });
    let finding = only(&overlays(), &recording);
    assert_eq!(line(&finding), "header /paths/~1api~1timesheets/get/responses/200: X-Total-Count: string");
}

#[test]
fn a_third_type_of_alternatives() {
    let mine = json!({"overlay": "1.0.0", "info": {"title": "t", "version": "1"}, "actions": [
        {"target": "$.components.schemas.TeamCollection.properties.name.type", "remove": true},
        {"target": "$.components.schemas.TeamCollection.properties.name",
         "update": {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}},
    ]});
    let mut with_mine = overlays();
    with_mine.push(Overlay::parse("mine.yaml", &mine.to_string()).unwrap());
    let recording = changed_body("GET", "/api/teams", |teams| teams[0]["name"] = json!(5));
    let finding = audit(&document(RELEASE, &with_mine), &recording).findings.remove(0);
    let corrected = with_actions(&with_mine, &finding);
    assert_eq!(
        corrected.value().pointer("/components/schemas/TeamCollection/properties/name/oneOf").unwrap(),
        &json!([{"type": "string"}, {"type": "array", "items": {"type": "string"}}, {"type": "integer"}])
    );
    assert_eq!(lines(&audit(&corrected, &recording)), [""; 0]);
}

#[test]
fn an_alternative_has_nothing_of_the_property() {
    let recording = changed_body("GET", "/api/users/me", |user| user["alias"] = json!(["x"]));
    let finding = only(&overlays(), &recording);
    let yaml = actions_as_yaml(&finding.actions, "Found.", None).unwrap();
    assert!(yaml.contains("oneOf:\n        - maxLength: 60\n          type: string\n"), "{yaml}");
}

/// How Kimai behaves: 'Times in responses', 'Dates of projects'.
#[test]
fn the_formats_of_times_and_dates_are_corrected() {
    let audit = audit(&document(RELEASE, &[]), &exchanges(RELEASE));
    let actions = |name: &str| {
        let pointer = format!("/components/schemas/{name}");
        let mut of_kind =
            audit.findings.iter().filter(|one| one.kind == Kind::Format && one.pointer.as_str() == pointer);
        actions_as_yaml(&of_kind.next().unwrap().actions, "Found.", None).unwrap()
    };
    assert_eq!(
        actions("TimesheetCollection"),
        concat!(
            "  - target: $.components.schemas.TimesheetCollection.properties['begin','end']\n",
            "    description: Found.\n",
            "    update:\n",
            "      format: date-time\n",
            "      x-kimai-answer-format: date-time-basic-offset\n",
        )
    );
    assert_eq!(
        actions("ProjectCollection"),
        concat!(
            "  - target: $.components.schemas.ProjectCollection.properties['end','orderDate','start']\n",
            "    description: Found.\n",
            "    update:\n",
            "      format: date\n",
        )
    );
}
