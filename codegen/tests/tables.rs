//! What generated operations know of older and newer releases.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::sync::Arc;

use codegen::api::Api;
use codegen::document::{Overlay, load};
use codegen::history::{History, Known, unite};
use codegen::{Release, api, rust};

type Models = Vec<(Release, Arc<Api>)>;

/// The model of a document with this operation on `/api/things`, and these schemas.
fn model(release: &str, operation: &str, schemas: &str, overlay: &str) -> (Release, Arc<Api>) {
    let json = format!(
        r#"{{"openapi": "3.0.0", "paths": {{"/api/things": {{{operation}}}}}, "components": {{"schemas": {{{schemas}}}}}}}"#
    );
    let release: Release = release.parse().unwrap();
    let overlays: Vec<Overlay> = match overlay {
        "" => Vec::new(),
        actions => vec![
            Overlay::parse(
                "o.yaml",
                &format!("overlay: 1.0.0\ninfo: {{title: t, version: 1.0.0}}\nactions:\n{actions}"),
            )
            .unwrap(),
        ],
    };
    let document = load(json.as_bytes(), &release, &overlays).unwrap();
    let api = api::build(&document, &release).unwrap().0;
    (release, Arc::new(api))
}

fn post(schema: &str) -> String {
    format!(
        r##""post": {{"tags": ["Thing"], "requestBody": {{"content": {{"application/json": {{"schema":
            {{"$ref": "#/components/schemas/{schema}"}}}}}}}}, "responses": {{"204": {{}}}}}}"##
    )
}

fn history(models: &Models) -> History {
    History::new(models, &Known { floor: models[0].0.clone(), exact: Vec::new() }).unwrap()
}

/// The table of the operation, white space folded.
fn table(api: &Api, history: &History) -> String {
    let files = rust::generate(api, history).unwrap();
    let text = &files["operations/things.rs"];
    let start = text.find("const HISTORY").unwrap();
    let table = &text[start..start + text[start..].find(';').unwrap()];
    let folded = table.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = folded.split_once("History = ").unwrap().1.replace("history::", "");
    plain
        .replace(" )", ")")
        .replace("( ", "(")
        .replace(" ]", "]")
        .replace("[ ", "[")
        .replace(",]", "]")
        .replace(",)", ")")
}

fn united(models: &Models) -> Api {
    unite(models).unwrap().unwrap().0
}

const THING: &str = r#""ThingForm": {"type": "object", "properties": {"name": {"type": "string"}}}"#;

#[test]
fn a_schema_that_is_renamed_takes_no_property_from_older_servers() {
    let models: Models = vec![
        model("2.0.0", &post("ThingForm"), THING, ""),
        model("2.1.0", &post("OtherForm"), &THING.replace("ThingForm", "OtherForm"), ""),
    ];
    assert_eq!(table(&united(&models), &history(&models)), "&History::new(&[Span::since([2, 0, 0])])");
}

#[test]
fn properties_that_came_later_are_named() {
    let more = THING.replace(r#""name": {"#, r#""color": {"type": "string"}, "name": {"#);
    let models: Models =
        vec![model("2.0.0", &post("ThingForm"), THING, ""), model("2.1.0", &post("ThingForm"), &more, "")];
    assert_eq!(
        table(&united(&models), &history(&models)),
        "&History::new(&[Span::since([2, 0, 0])]) .with_properties(&[Part::new(\"color\", &[Span::since([2, 1, 0])])])"
    );
}

/// A client of one old release alone cannot take the time out of its dates: newer servers do not get them.
#[test]
fn what_cannot_be_written_as_a_release_reads_it_is_not_for_that_release() {
    let day = r#""ThingForm": {"type": "object", "properties": {"day": {"type": "string", "format": "date"}}}"#;
    let timed = "- target: $.components.schemas.ThingForm.properties.day\n  update: {x-kimai-wire: date-time}\n";
    let models: Models =
        vec![model("1.0", &post("ThingForm"), day, timed), model("2.0.0", &post("ThingForm"), day, "")];
    let history = history(&models);
    assert_eq!(
        table(&models[0].1, &history),
        "&History::new(&[Span::since([1, 0, 0])]) .with_properties(&[Part::new(\"day\", &[Span::between([1, 0, 0], \
         [2, 0, 0])])])"
    );
    assert_eq!(
        table(&united(&models), &history),
        "&History::new(&[Span::since([1, 0, 0])]) .with_properties(&[Part::new(\"day\", &[Span::since([1, 0, 0])]) \
         .instead(&[Instead::new(Span::between([1, 0, 0], [2, 0, 0]), \"day\", Way::Midnight)])])"
    );
}

#[test]
fn settings_in_a_body_that_went_stay_for_older_servers() {
    let body = |properties: &str| {
        format!(
            r#""patch": {{"tags": ["Thing"], "requestBody": {{"content": {{"application/json": {{"schema":
                {{"type": "object", "properties": {{{properties}}}}}}}}}}}, "responses": {{"204": {{}}}}}}"#
        )
    };
    let models: Models = vec![
        model("2.0.0", &body(r#""begin": {"type": "string"}, "copy": {"type": "string"}"#), "", ""),
        model("2.1.0", &body(r#""begin": {"type": "string"}"#), "", ""),
    ];
    let api = united(&models);
    let names: Vec<&str> = api.operations[0].parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    assert_eq!(names, ["begin", "copy"]);
    assert_eq!(
        table(&api, &history(&models)),
        "&History::new(&[Span::since([2, 0, 0])]) .with_properties(&[Part::new(\"copy\", &[Span::between([2, 0, 0], \
         [2, 1, 0])])])"
    );
}
