//! The effects of changes on the Rust client.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use codegen::api::Api;
use codegen::diff::{Change, Effect, RustEffect, Severity, add_rust_effects, compare, compare_with};
use codegen::document::Overlay;
use codegen::surface::Surface;
use codegen::{Release, api, document};
use serde_json::{Value, json};

use crate::{SNAPSHOTS, snapshot};

static OVERLAYS: LazyLock<Vec<Overlay>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/overlays");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        Overlay::parse(path.file_name().unwrap().to_str().unwrap(), &fs::read_to_string(path).unwrap()).unwrap()
    };
    paths.iter().map(read).collect()
});

/// The model of a document without extensions that do not fit it, and the corrected document.
pub(crate) fn model(release: &Release, document: &Value) -> (Api, Value) {
    let document = document::load_fitting(document.to_string().as_bytes(), release, &OVERLAYS).unwrap();
    let partial = api::build_partial(&document, release).unwrap();
    assert!(partial.left_out.is_empty(), "{:?}", partial.left_out);
    (partial.api, document.value().clone())
}

pub(crate) fn client(release: &str, document: &Value) -> Surface {
    let (api, document) = model(&release.parse().unwrap(), document);
    Surface::new(&api, &document).unwrap()
}

/// The changes with what they do to the client.
pub(crate) fn changes(release: &str, old: &Value, new: &Value) -> Vec<Change> {
    let mut changes = compare(old, new);
    add_rust_effects(&mut changes, &client(release, old), &client(release, new));
    changes
}

/// What changes say of the client: rule, effect, and the words for it.
fn told(changes: &[Change]) -> Vec<(String, &str, Vec<&str>)> {
    changes
        .iter()
        .map(|change| {
            let rust = change.rust.as_ref().unwrap();
            (change.id(), rust.effect().as_str(), rust.words().collect())
        })
        .collect()
}

/// Types are used through responses, including full ones, forms, parameters, and their contents.
#[test]
fn the_origins_of_types_and_their_kinds() {
    let mut document = snapshot("2.65.0").clone();
    let schemas = &mut document["components"]["schemas"];
    schemas["Badge"] = json!({"type": "object", "properties": {"icon": {"type": "string"}}});
    schemas["Plugin"]["additionalProperties"] = json!({"$ref": "#/components/schemas/Badge"});
    let surface = client("2.65.0", &document);
    let operations = |ty: &str| surface.items[ty].operations.iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(operations("Badge"), ["GET /api/plugins"]);
    assert_eq!(operations("CustomerSummaryExpanded"), ["GET /api/customers"]);
    assert_eq!(operations("TimesheetOrderBy"), ["GET /api/timesheets"]);
    let actions = ["activity", "customer", "project", "timesheet"];
    assert_eq!(
        operations("ActionView"),
        actions.map(|one| format!("GET /api/actions/{one}/{{id}}/{{view}}/{{locale}}"))
    );
    assert_eq!(surface.items["TrackingMode"].signature.to_string(), "open enum");
    assert_eq!(surface.items["TimesheetOrderBy"].signature.to_string(), "closed enum");
}

/// The newest document with one thing edited, and what that does to the client.
fn edited(pointer: &str, edit: impl Fn(&mut Value)) -> Vec<(String, Severity, Effect, Vec<String>)> {
    let old = snapshot("2.65.0");
    let mut new = old.clone();
    edit(new.pointer_mut(pointer).unwrap());
    let changes = changes("2.65.0", old, &new);
    let told = changes.into_iter().map(|change| {
        let (id, severity) = (change.id(), change.severity());
        let rust = change.rust.unwrap();
        (id, severity, rust.effect(), rust.words().map(str::to_owned).collect())
    });
    told.collect()
}

fn one(id: &str, severity: Severity, effect: Effect, words: &[&str]) -> Vec<(String, Severity, Effect, Vec<String>)> {
    vec![(id.to_owned(), severity, effect, words.iter().map(|text| (*text).to_owned()).collect())]
}

#[test]
fn a_property_that_may_be_null_becomes_an_option() {
    let found = edited("/components/schemas/TagEntity/properties/visible", |schema| schema["nullable"] = json!(true));
    let words = ["Tag.visible: bool → Option<bool>"];
    assert_eq!(found, one("response-property-became-nullable", Severity::Breaking, Effect::Major, &words));
}

#[test]
fn new_and_lost_properties_are_fields_and_setters() {
    let found = edited("/components/schemas/TagEditForm/properties", |properties| {
        properties["emoji"] = json!({"type": "string"});
    });
    let words = ["NewTag.emoji: Option<String> (added)"];
    assert_eq!(found, one("request-property-added", Severity::Info, Effect::Minor, &words));
    let found = edited("/components/schemas/TagEditForm/properties", |properties| {
        properties.as_object_mut().unwrap().remove("visible");
    });
    let words = ["NewTag.visible: Option<bool> (removed)"];
    assert_eq!(found, one("request-property-removed", Severity::Breaking, Effect::Major, &words));
}

#[test]
fn what_has_to_be_sent_is_an_argument_of_the_constructor() {
    let found = edited("/components/schemas/TagEditForm/required", |required| *required = json!(["name", "color"]));
    let words = [
        "NewTag.color: Option<Color> → Color",
        "NewTag::new: (name: impl Into<String>) → (name: impl Into<String>, color: Color)",
    ];
    assert_eq!(found, one("request-property-became-required", Severity::Breaking, Effect::Major, &words));
}

#[test]
fn operations_are_methods_and_parameters_their_settings() {
    let found = edited("/paths/~1api~1tags~1find", |path| drop(path.as_object_mut().unwrap().remove("get")));
    let words = ["tags.find() -> Vec<Tag> (removed)"];
    assert_eq!(found, one("operation-removed", Severity::Breaking, Effect::Major, &words));
    let found = edited("/paths/~1api~1tags~1find/get/parameters", |parameters| {
        let color = json!({"name": "color", "in": "query", "schema": {"type": "integer"}});
        parameters.as_array_mut().unwrap().push(color);
    });
    let words = ["tags.find().color(i64) (added)"];
    assert_eq!(found, one("request-parameter-added", Severity::Info, Effect::Minor, &words));
    let found = edited("/paths/~1api~1tags~1find/get/parameters/0/schema", |schema| schema["type"] = json!("number"));
    let words = ["tags.find().name: (impl Into<String>) → (f64)"];
    assert_eq!(found, one("request-parameter-type-narrowed", Severity::Breaking, Effect::Major, &words));
    let found = edited("/paths/~1api~1tags~1find/get", |operation| operation["deprecated"] = json!(true));
    let words = ["tags.find() (deprecated)"];
    assert_eq!(found, one("operation-deprecated", Severity::Warning, Effect::Minor, &words));
}

#[test]
fn the_name_of_an_argument_is_nothing_to_the_compiler() {
    let old = snapshot("2.65.0");
    let mut new = old.clone();
    let paths = new["paths"].as_object_mut().unwrap();
    let mut path = paths.remove("/api/teams/{id}/members/{userId}").unwrap();
    for operation in path.as_object_mut().unwrap().values_mut() {
        operation["parameters"][1]["name"] = json!("user");
    }
    paths.insert("/api/teams/{id}/members/{user}".to_owned(), path);
    let signature = |document: &Value| {
        let client = client("2.65.0", document);
        client.items["teams.add_member()"].signature.to_string()
    };
    assert_eq!(signature(old), "(id: TeamId, user_id: UserId) -> Team");
    assert_eq!(signature(&new), "(id: TeamId, user: UserId) -> Team");
    assert_eq!(told(&changes("2.65.0", old, &new)), []);
}

#[test]
fn permissions_limits_and_defaults_are_nothing_to_the_compiler() {
    let found = edited("/components/schemas/TagEditForm/properties/name", |schema| schema["maxLength"] = json!(7));
    assert_eq!(found, one("request-property-constraint-tightened", Severity::Breaking, Effect::None, &[]));
    let found =
        edited("/paths/~1api~1tags/post", |operation| operation["security"] = json!([{"bearer": ["API", "x"]}]));
    assert_eq!(found, one("operation-permissions-changed", Severity::Warning, Effect::None, &[]));
}

#[test]
fn a_schema_with_another_name_is_nothing_on_the_wire_and_another_type() {
    let old = snapshot("2.65.0");
    let text =
        old.to_string().replace("\"Plugin\"", "\"Extension\"").replace("schemas/Plugin\"", "schemas/Extension\"");
    let found = changes("2.65.0", old, &serde_json::from_str(&text).unwrap());
    assert_eq!(told(&found), [("schema-renamed".to_owned(), "major", vec!["Plugin → Extension"])]);
    assert_eq!(found[0].severity(), Severity::None);
    assert_eq!(found[0].operations, ["GET /api/plugins"]);
}

#[test]
fn real_releases_in_the_words_of_the_compiler() {
    let found = changes("2.65.0", snapshot("2.63.0"), snapshot("2.65.0"));
    assert_eq!(
        told(&found),
        [
            (
                "operation-removed".to_owned(),
                "major",
                vec!["activities.create_team: (id: ActivityId) -> Team → (id: ActivityId) -> ()"]
            ),
            (
                "operation-removed".to_owned(),
                "major",
                vec!["customers.create_team: (id: CustomerId) -> Team → (id: CustomerId) -> ()"]
            ),
            (
                "operation-removed".to_owned(),
                "major",
                vec!["projects.create_team: (id: ProjectId) -> Team → (id: ProjectId) -> ()"]
            ),
            ("operation-deprecated".to_owned(), "minor", vec!["tags.list() (deprecated)"]),
            ("operation-permissions-changed".to_owned(), "none", vec![]),
            ("request-property-value-added".to_owned(), "minor", vec!["Language::Sr (added)"]),
            ("request-property-value-added".to_owned(), "minor", vec!["Locale::Sr (added)"]),
        ]
    );
}

/// An effect is never lost: the worst of them is the worst difference between the items of two clients.
#[test]
fn no_difference_between_clients_is_left_out() {
    let models: Vec<(&Release, Surface)> =
        SNAPSHOTS.iter().map(|(release, document)| (release, client(release.as_str(), document))).collect();
    for (pair, documents) in models.windows(2).zip(SNAPSHOTS.windows(2)) {
        let [(_, old), (release, new)] = pair else { continue };
        let mut changes = compare(&documents[0].1, &documents[1].1);
        add_rust_effects(&mut changes, old, new);
        let is_other = |(path, item): &(&String, &codegen::surface::Item)| {
            new.items.get(*path).is_none_or(|other| other.signature != item.signature)
        };
        let is_same = |(path, item): &(&String, &codegen::surface::Item)| {
            new.items.get(*path).is_some_and(|other| other.deprecated == item.deprecated)
        };
        let expected = if old.items.iter().any(|entry| is_other(&entry)) {
            Effect::Major
        } else if new.items.len() == old.items.len() && old.items.iter().all(|entry| is_same(&entry)) {
            Effect::None
        } else {
            Effect::Minor
        };
        let worst = changes.iter().filter_map(|change| change.rust.as_ref()).map(RustEffect::effect).max();
        assert_eq!(worst.unwrap_or(Effect::None), expected, "{release}");
        // Changes of the client only are never shown by default.
        let alone = changes.iter().filter(|change| change.id() == "client-changed");
        assert!(alone.into_iter().all(|change| change.severity() == Severity::None));
    }
}

/// The differences of the clients of consecutive snapshots that no change of the documents is known to cause, by release
/// and item. They follow from corrections of the documents and from numbers in names, or from the order of copies.
const NOT_ATTRIBUTED: &[(&str, &[&str])] = &[
    (
        "1.6",
        &[
            "Activity.meta_fields",
            "ActivityMeta2",
            "ActivityMeta3",
            "ActivityRef.meta_fields",
            "Customer.meta_fields",
            "CustomerMeta2",
            "CustomerMeta3",
            "CustomerRef.meta_fields",
            "Project.meta_fields",
            "ProjectMeta2",
            "ProjectMeta3",
            "ProjectRef.meta_fields",
            "Timesheet.meta_fields",
            "TimesheetMeta3",
            "TimesheetMeta4",
            "TimesheetMeta5",
            "TimesheetRef.meta_fields",
            "TimesheetSummary.meta_fields",
        ],
    ),
    ("1.8", &["TimesheetSummaryExpanded.project"]),
    (
        "1.10",
        &[
            "Customer.teams",
            "CustomerSummary.teams",
            "Project.teams",
            "ProjectSummary.teams",
            "Team2",
            "Team3",
            "Team4",
            "Team5",
            "TimesheetMeta",
            "TimesheetSummaryExpanded.id",
            "TimesheetSummaryExpanded.meta_fields",
            "TimesheetSummaryExpanded.rate",
            "TimesheetSummaryExpanded.tags",
            "TimesheetSummaryExpanded.user",
        ],
    ),
    ("2.43.0", &["NewActivity.teams", "NewActivity.teams()"]),
    ("2.63.0", &["NewCustomer.country", "NewCustomer.currency", "NewCustomer.timezone", "NewCustomer::new"]),
];

#[test]
fn every_major_effect_of_a_release_has_a_cause_or_counts_as_not_attributed() {
    let last = SNAPSHOTS.iter().position(|(release, _)| release.as_str() == "2.65.0").unwrap();
    let snapshots = &SNAPSHOTS[..=last];
    let clients: Vec<(&Release, Surface)> =
        snapshots.iter().map(|(release, document)| (release, client(release.as_str(), document))).collect();
    let (mut caused, mut left) = (0, Vec::new());
    for (pair, documents) in clients.windows(2).zip(snapshots.windows(2)) {
        let [(_, old), (release, new)] = pair else { continue };
        let mut changes = compare_with(&documents[0].1, &documents[1].1, [old, new]);
        add_rust_effects(&mut changes, old, new);
        let (alone, wire): (Vec<_>, Vec<_>) = changes.iter().partition(|change| change.id() == "client-changed");
        let major = |changes: Vec<&Change>| -> BTreeSet<String> {
            let items = changes.into_iter().flat_map(|change| &change.rust.as_ref().unwrap().0);
            items.filter(|item| item.effect == Effect::Major).map(|item| item.item.clone()).collect()
        };
        caused += major(wire).len();
        let alone = major(alone);
        if !alone.is_empty() {
            left.push((release.as_str(), alone));
        }
    }
    let left: Vec<(&str, Vec<&str>)> =
        left.iter().map(|(release, items)| (*release, items.iter().map(String::as_str).collect())).collect();
    let expected: Vec<(&str, Vec<&str>)> =
        NOT_ATTRIBUTED.iter().map(|(release, items)| (*release, items.to_vec())).collect();
    assert_eq!(left, expected);
    assert_eq!(caused, 454);
}
