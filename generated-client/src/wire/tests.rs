use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{Date, Duration, Patch};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    #[serde(with = "super::Value::<super::Finite>")]
    rate: f64,
    #[serde(with = "super::Nullable::<super::Plain>")]
    value: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "super::Given::<super::HoursMinutesSeconds>")]
    budget: Option<Duration>,
    #[serde(default, skip_serializing_if = "Patch::is_keep", with = "super::Changed::<super::CommaSeparated>")]
    tags: Patch<Vec<String>>,
    #[serde(default, skip_serializing_if = "Patch::is_keep", with = "super::Changed::<super::DateAsDateTime>")]
    start: Patch<Date>,
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    comment: Patch<String>,
}

#[test]
fn every_shape_is_written_and_read() {
    let empty =
        Form { rate: 1.5, value: None, budget: None, tags: Patch::Keep, start: Patch::Keep, comment: Patch::Keep };
    let full = Form {
        rate: 1.5,
        value: Some("a".to_owned()),
        budget: Some(Duration::from_hours(2)),
        tags: Patch::Set(vec!["a".to_owned(), "b".to_owned()]),
        start: Patch::Set(Date::new(2026, 2, 1).unwrap()),
        comment: Patch::Clear,
    };
    let written = [
        json!({"rate": 1.5, "value": null}),
        json!({
            "rate": 1.5, "value": "a", "budget": "2:00:00", "tags": "a,b", "start": "2026-02-01T00:00:00", "comment": null
        }),
    ];
    for (form, json) in [empty, full].into_iter().zip(written) {
        assert_eq!(serde_json::to_value(&form).unwrap(), json);
        assert_eq!(serde_json::from_value::<Form>(json).unwrap(), form);
    }
}

#[test]
fn what_a_server_would_misread_is_not_read_either() {
    let error = |json| serde_json::from_value::<Form>(json).unwrap_err().to_string();
    assert_eq!(error(json!({"value": null})), "missing field `rate`");
    assert_eq!(error(json!({"rate": 1})), "missing field `value`");
    assert_eq!(error(json!({"rate": 1, "value": null, "budget": null})), "invalid type: null, expected a string");
    assert_eq!(
        error(json!({"rate": 1, "value": null, "budget": 7200})),
        "invalid type: integer `7200`, expected a string"
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
