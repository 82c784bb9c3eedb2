use std::collections::BTreeMap;

use jiff::{SignedDuration, civil};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{DateOnly, ListOf, MapOf, OrNull, Read, Seconds, Wire, Written};
use crate::Patch;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    #[serde(with = "super::Value::<super::Finite>")]
    rate: f64,
    #[serde(with = "super::Nullable::<super::Plain>")]
    value: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "super::Given::<super::HoursMinutesSeconds>")]
    budget: Option<SignedDuration>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "super::Given::<super::LocalDateTime>")]
    begin: Option<civil::DateTime>,
    #[serde(default, skip_serializing_if = "Patch::is_keep", with = "super::Changed::<super::CommaSeparated>")]
    tags: Patch<Vec<String>>,
    #[serde(default, skip_serializing_if = "Patch::is_keep", with = "super::Changed::<super::DateAsDateTime>")]
    start: Patch<civil::Date>,
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    comment: Patch<String>,
}

fn empty() -> Form {
    Form {
        rate: 1.5,
        value: None,
        budget: None,
        begin: None,
        tags: Patch::Keep,
        start: Patch::Keep,
        comment: Patch::Keep,
    }
}

#[test]
fn every_shape_is_written_and_read() {
    let full = Form {
        rate: 1.5,
        value: Some("a".to_owned()),
        budget: Some(SignedDuration::from_hours(2)),
        begin: Some(civil::date(2026, 11, 1).at(8, 0, 0, 0)),
        tags: Patch::Set(vec!["a".to_owned(), "b".to_owned()]),
        start: Patch::Set(civil::date(2026, 2, 1)),
        comment: Patch::Clear,
    };
    let written = [
        json!({"rate": 1.5, "value": null}),
        json!({
            "rate": 1.5, "value": "a", "budget": "2:00:00", "begin": "2026-11-01T08:00:00", "tags": "a,b",
            "start": "2026-02-01T00:00:00", "comment": null
        }),
    ];
    for (form, json) in [empty(), full].into_iter().zip(written) {
        assert_eq!(serde_json::to_value(&form).unwrap(), json);
        assert_eq!(serde_json::from_value::<Form>(json).unwrap(), form);
    }
}

#[test]
fn what_a_server_would_misread_is_not_read_either() {
    let error = |json| serde_json::from_value::<Form>(json).unwrap_err().to_string();
    assert_eq!(error(json!({"value": null})), "missing field `rate`");
    assert_eq!(error(json!({"rate": 1})), "missing field `value`");
    let expected = "expected a duration as text of the form H:MM:SS or H:MM, such as 2:00:00";
    assert_eq!(error(json!({"rate": 1, "value": null, "budget": null})), format!("invalid type: null, {expected}"));
    assert_eq!(
        error(json!({"rate": 1, "value": null, "budget": 7200})),
        format!("invalid type: integer `7200`, {expected}")
    );
    assert_eq!(
        error(json!({"rate": 1, "value": null, "begin": "2026-11-01T08:00:00Z"})),
        "\"2026-11-01T08:00:00Z\" is not a local date and time: it has a UTC offset; remove it and use the local time \
         of the user's time zone (expected YYYY-MM-DDTHH:MM:SS without a UTC offset, such as 2026-11-01T00:00:00)"
    );
    assert!(error(json!({"rate": 1, "value": null, "colour": 1})).starts_with("unknown field `colour`"));
}

#[test]
fn a_list_of_none_is_an_empty_text() {
    let tags =
        |text: &str| serde_json::from_value::<Form>(json!({"rate": 1, "value": null, "tags": text})).unwrap().tags;
    assert_eq!(tags(""), Patch::Set(Vec::new()));
    assert_eq!(tags("a, b,"), Patch::Set(vec!["a".to_owned(), "b".to_owned()]));
}

/// Reads JSON, and makes sure that the same is written.
fn round_trip<W: Wire<T>, T>(json: &Value) -> T {
    let value = serde_json::from_value::<Read<W, T>>(json.clone()).unwrap().into_value();
    assert_eq!(serde_json::to_value(Written::<W, T>::new(&value)).unwrap(), *json);
    value
}

#[test]
fn encodings_are_composed() {
    let day = civil::date(2026, 1, 1);
    let list = round_trip::<ListOf<DateOnly>, _>(&json!(["2026-01-01", "2026-01-02"]));
    assert_eq!(list, [day, civil::date(2026, 1, 2)]);
    let map = round_trip::<MapOf<OrNull<Seconds>>, _>(&json!({"a": 60, "b": null}));
    assert_eq!(map, BTreeMap::from([("a".to_owned(), Some(SignedDuration::from_mins(1))), ("b".to_owned(), None)]));
    let lists = round_trip::<MapOf<ListOf<OrNull<DateOnly>>>, _>(&json!({"a": ["2026-01-01", null], "b": []}));
    assert_eq!(lists["a"], [Some(day), None]);
}

#[test]
fn errors_come_from_the_element() {
    let error = |json: &str| serde_json::from_str::<Read<ListOf<DateOnly>, _>>(json).err().unwrap().to_string();
    assert_eq!(
        error("[\"2026-01-01\", \"soon\"]"),
        "\"soon\" is not a date: it does not begin with a date (expected YYYY-MM-DD, such as 2026-01-01) at line 1 \
         column 21"
    );
    assert!(error("[5]").starts_with("invalid type: integer `5`, expected a date as text of the form YYYY-MM-DD"));
    assert!(error("[null]").starts_with("invalid type: null, expected a date as text"));
}

#[test]
fn an_empty_map_may_be_an_array() {
    let map = |json: Value| serde_json::from_value::<Read<MapOf<DateOnly>, _>>(json).map(Read::into_value);
    assert_eq!(map(json!([])).unwrap(), BTreeMap::new());
    assert_eq!(map(json!({"a": "2026-01-01"})).unwrap()["a"], civil::date(2026, 1, 1));
    assert!(map(json!([1])).unwrap_err().to_string().contains("expected an object, or an empty array"));
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Response {
    id: u64,
    #[serde(flatten, with = "super::Value::<super::MapOf<super::DateOnly>>")]
    extra: BTreeMap<String, civil::Date>,
}

#[test]
fn a_flattened_map_has_an_encoding_too() {
    let json = json!({"id": 5, "a": "2026-01-01", "b": "2026-01-02"});
    let response: Response = serde_json::from_value(json.clone()).unwrap();
    assert_eq!((response.id, response.extra["b"]), (5, civil::date(2026, 1, 2)));
    assert_eq!(serde_json::to_value(&response).unwrap(), json);
}
