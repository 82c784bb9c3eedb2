//! Properties of patches: kept fields are omitted, cleared fields are null, set fields have their value, and a
//! serialized patch deserializes to the same patch.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use generated_client::jiff::{SignedDuration, civil};
use generated_client::types::{BudgetType, NewProject, NewTimesheet, ProjectPatch, TimesheetPatch};
use generated_client::{Color, Patch, ids};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn patch<T: Clone + std::fmt::Debug + 'static>(value: impl Strategy<Value = T> + 'static) -> BoxedStrategy<Patch<T>> {
    prop_oneof![Just(Patch::Keep), Just(Patch::Clear), value.prop_map(Patch::Set)].boxed()
}

fn dates() -> impl Strategy<Value = civil::Date> {
    (1970_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| civil::date(year, month, day))
}

fn local_times() -> impl Strategy<Value = civil::DateTime> {
    (dates(), 0_i64..86_400)
        .prop_map(|(date, second)| date.at(0, 0, 0, 0).saturating_add(SignedDuration::from_secs(second)))
}

fn durations() -> impl Strategy<Value = SignedDuration> {
    any::<i64>().prop_map(SignedDuration::from_secs)
}

fn hours(duration: SignedDuration) -> String {
    let sign = if duration.is_negative() { "-" } else { "" };
    let seconds = duration.as_secs().unsigned_abs();
    format!("{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn tags() -> impl Strategy<Value = Vec<String>> {
    vec("[^, \t\n\r\\pZ\\pC][^,\\pZ\\pC]{0,10}", 0..4)
}

fn money() -> impl Strategy<Value = f64> {
    (-1e12..1e12_f64).prop_map(|amount| (amount * 100.0).round() / 100.0)
}

/// Checks that the object has the field as this state requires.
fn says<T>(object: &Value, wire: &str, state: &Patch<T>, write: impl Fn(&T) -> Value) -> Result<(), TestCaseError> {
    match state {
        Patch::Keep => prop_assert!(object.get(wire).is_none(), "{wire} is kept, but {object} contains it"),
        Patch::Clear => prop_assert_eq!(object.get(wire), Some(&Value::Null)),
        Patch::Set(value) => prop_assert_eq!(object.get(wire), Some(&write(value))),
    }
    Ok(())
}

fn given<T>(object: &Value, wire: &str, state: Option<&T>, write: impl Fn(&T) -> Value) -> Result<(), TestCaseError> {
    let expected = state.map(write);
    prop_assert_eq!(object.get(wire), expected.as_ref());
    Ok(())
}

fn is_read_again<T>(patch: &T, object: &Value) -> Result<(), TestCaseError>
where
    T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let text = object.to_string();
    prop_assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), patch);
    Ok(())
}

proptest! {
    #[test]
    fn changes_of_time_records(
        begin in option::of(local_times()),
        end in patch(local_times()),
        pause in patch(durations()),
        tags in patch(tags()),
        rate in patch(money()),
        description in patch(any::<String>()),
        billable in option::of(any::<bool>()),
        user in option::of(any::<u64>()),
    ) {
        let mut patch = TimesheetPatch::new();
        (patch.begin, patch.end, patch.break_duration) = (begin, end, pause);
        (patch.tags, patch.fixed_rate, patch.description) = (tags, rate, description);
        (patch.billable, patch.user) = (billable, user.map(ids::UserId::new));
        let object = serde_json::to_value(&patch).unwrap();
        given(&object, "begin", patch.begin.as_ref(), |time| json!(time.to_string()))?;
        says(&object, "end", &patch.end, |time| json!(time.to_string()))?;
        says(&object, "break", &patch.break_duration, |pause| json!(hours(*pause)))?;
        says(&object, "tags", &patch.tags, |tags| json!(tags.join(",")))?;
        says(&object, "fixedRate", &patch.fixed_rate, |rate| json!(rate))?;
        says(&object, "description", &patch.description, |text| json!(text))?;
        given(&object, "billable", patch.billable.as_ref(), |yes| json!(yes))?;
        given(&object, "user", patch.user.as_ref(), |user| json!(user.get()))?;
        is_read_again(&patch, &object)?;
    }

    #[test]
    fn changes_of_projects(
        start in patch(dates()),
        time_budget in patch(durations()),
        color in patch(any::<(u8, u8, u8)>().prop_map(|(red, green, blue)| Color::from_rgb(red, green, blue))),
        budget_type in patch("[a-z]{0,8}".prop_map(BudgetType::from)),
    ) {
        let mut patch = ProjectPatch::new();
        (patch.start, patch.time_budget, patch.color, patch.budget_type) = (start, time_budget, color, budget_type);
        let object = serde_json::to_value(&patch).unwrap();
        says(&object, "start", &patch.start, |date| json!(format!("{date}T00:00:00")))?;
        says(&object, "timeBudget", &patch.time_budget, |budget| json!(hours(*budget)))?;
        says(&object, "color", &patch.color, |color| json!(color.as_str()))?;
        says(&object, "budgetType", &patch.budget_type, |budget| json!(budget.as_str()))?;
        is_read_again(&patch, &object)?;
    }
}

/// A value that the JSON of a request can contain.
fn values() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        money().prop_map(Value::from),
        "[-0-9:T ,a-z#/]{0,24}".prop_map(Value::from),
        local_times().prop_map(|time| json!(time.to_string())),
        durations().prop_map(|duration| json!(hours(duration))),
        vec(any::<u64>(), 0..3).prop_map(Value::from),
    ]
}

fn objects(names: &'static [&'static str]) -> impl Strategy<Value = Value> {
    proptest::collection::btree_map(proptest::sample::select(names).prop_map(str::to_owned), values(), 0..names.len())
        .prop_map(|members| members.into_iter().collect::<serde_json::Map<_, _>>().into())
}

/// Any input is refused, or survives a round trip.
fn is_refused_or_kept<T>(object: &Value) -> Result<bool, TestCaseError>
where
    T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let Ok(form) = serde_json::from_str::<T>(&object.to_string()) else { return Ok(false) };
    is_read_again(&form, &serde_json::to_value(&form).unwrap())?;
    Ok(true)
}

const RECORD: [&str; 12] = [
    "project",
    "activity",
    "begin",
    "end",
    "break",
    "tags",
    "billable",
    "exported",
    "fixedRate",
    "hourlyRate",
    "user",
    "description",
];
const PROJECT: [&str; 8] = ["name", "customer", "start", "end", "timeBudget", "budget", "color", "visible"];

proptest! {
    #[test]
    fn forms_of_whatever_json(record in objects(&RECORD), project in objects(&PROJECT)) {
        is_refused_or_kept::<TimesheetPatch>(&record)?;
        is_refused_or_kept::<ProjectPatch>(&project)?;
        let (mut record, mut project) = (record, project);
        (record["project"], record["activity"]) = (json!(1), json!(2));
        (project["name"], project["customer"]) = (json!("p"), json!(3));
        is_refused_or_kept::<NewTimesheet>(&record)?;
        is_refused_or_kept::<NewProject>(&project)?;
    }
}

#[test]
fn nothing_is_changed_by_an_empty_patch() {
    assert_eq!(serde_json::to_value(TimesheetPatch::new()).unwrap(), json!({}));
    assert_eq!(serde_json::from_value::<TimesheetPatch>(json!({})).unwrap(), TimesheetPatch::new());
}
