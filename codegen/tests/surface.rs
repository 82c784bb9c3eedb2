//! The public items of clients, and where they come from.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use codegen::api::Api;
use codegen::document::{Document, Overlay};
use codegen::surface::{Argument, Piece, Signature, Surface, Ty};
use codegen::{Release, api, document};
use serde_json::{Value, json};

static SPECS: LazyLock<PathBuf> = LazyLock::new(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs"));

static OVERLAYS: LazyLock<Vec<Overlay>> = LazyLock::new(|| {
    ["corrections.yaml", "docs.yaml", "examples.yaml", "names.yaml"]
        .map(|name| Overlay::parse(name, &fs::read_to_string(SPECS.join("overlays").join(name)).unwrap()).unwrap())
        .to_vec()
});

static NEWEST: LazyLock<Surface> = LazyLock::new(|| {
    let (api, document) = read(&"2.65.0".parse().unwrap());
    Surface::new(&api, document.value()).unwrap()
});

/// All snapshots, the oldest first.
fn releases() -> Vec<Release> {
    let names = fs::read_dir(&*SPECS).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut releases: Vec<Release> =
        names.filter_map(|name| name.strip_suffix(".json").and_then(|name| name.parse().ok())).collect();
    releases.sort();
    releases
}

fn read(release: &Release) -> (Api, Document) {
    let bytes = fs::read(SPECS.join(format!("{release}.json"))).unwrap();
    let document = document::load_fitting(&bytes, release, &OVERLAYS).unwrap();
    (api::build(&document, release).unwrap().0, document)
}

#[test]
fn signatures_in_the_words_of_rust() {
    let text = |path: &str| NEWEST.items[path].signature.to_string();
    for (path, signature) in [
        ("TagId", "id"),
        ("Tag", "answer"),
        ("NewTag", "form"),
        ("TimesheetPatch", "patch"),
        ("TrackingMode", "open enum"),
        ("TrackingMode::Punch", ""),
        ("TimesheetOrderBy", "closed enum"),
        ("Tag.color", "Option<Color>"),
        ("Timesheet.begin", "jiff::ZonedDateTime"),
        ("NewTag::new", "(name: impl Into<String>)"),
        ("NewTag.visible()", "(bool)"),
        ("NewTimesheet.begin()", "(jiff::civil::DateTime)"),
        ("TimesheetPatch.description", "Patch<String>"),
        ("TimesheetPatch.clear_description()", "()"),
        ("Timesheet.meta()", "(&str) -> Option<&str>"),
        ("config.timesheet()", "() -> TimesheetConfig"),
        ("projects.create_comment()", "(id: ProjectId, form: NewComment) -> Comment"),
        ("tags.find()", "() -> Vec<Tag>"),
        ("tags.delete()", "(id: TagId) -> ()"),
        ("tags.find().name()", "(impl Into<String>)"),
        ("timesheets.list()", "() -> Page<TimesheetSummary>"),
        ("timesheets.list().tags()", "(impl IntoIterator<Item = impl Into<String>>)"),
        ("timesheets.list().full()", "() -> Page<TimesheetSummaryExpanded>"),
    ] {
        assert_eq!(text(path), signature, "{path}");
    }
    let deprecated = NEWEST.items.iter().filter(|(_, item)| item.deprecated).map(|(path, _)| path.as_str());
    let create_team = ["activities", "customers", "projects"].map(|resource| format!("{resource}.create_team()"));
    assert_eq!(deprecated.collect::<Vec<_>>(), [create_team.as_slice(), &["tags.list()".to_owned()]].concat());
}

#[test]
fn signatures_tell_names_of_types_from_other_text() {
    let text = |text: &str| Piece::Text(text.to_owned());
    let name = |name: &str| Piece::Name(name.to_owned());
    assert_eq!(NEWEST.items["Tag.id"].signature, Signature::Held(Ty(vec![name("TagId")])));
    assert_eq!(NEWEST.items["Tag.color"].signature, Signature::Held(Ty(vec![text("Option<Color>")])));
    let argument = |argument: &str, ty: &str| Argument { name: Some(argument.to_owned()), ty: Ty(vec![name(ty)]) };
    assert_eq!(
        NEWEST.items["projects.create_comment()"].signature,
        Signature::Call {
            arguments: vec![argument("id", "ProjectId"), argument("form", "NewComment")],
            output: Some(Ty(vec![name("Comment")])),
        }
    );
    assert_eq!(
        NEWEST.items["timesheets.list().full()"].signature,
        Signature::Call {
            arguments: Vec::new(),
            output: Some(Ty(vec![text("Page<"), name("TimesheetSummaryExpanded"), text(">")])),
        }
    );
}

#[test]
fn what_is_sent_and_who_owns_it() {
    let item = |path: &str| {
        let item = &NEWEST.items[path];
        (item.owner.as_deref(), item.sent.iter().map(String::as_str).collect::<Vec<_>>())
    };
    assert_eq!(item("Tag"), (None, vec![]));
    assert_eq!(item("Tag.color_safe"), (Some("Tag"), vec!["color-safe"]));
    assert_eq!(item("NewTimesheet::new"), (Some("NewTimesheet"), vec!["project", "activity"]));
    assert_eq!(item("TimesheetPatch.clear_description()"), (Some("TimesheetPatch"), vec!["description"]));
    assert_eq!(item("Timesheet.meta()"), (Some("Timesheet"), vec![]));
    assert_eq!(item("timesheets.get()"), (None, vec![]));
    assert_eq!(item("timesheets.list().user()"), (Some("timesheets.list()"), vec!["user", "users[]"]));
    assert_eq!(item("timesheets.list().full()"), (Some("timesheets.list()"), vec!["full"]));
}

/// Ids have none: their names come from many places. All other items of all releases have their place.
#[test]
fn every_item_has_a_place_and_an_operation() {
    let mut items = 0;
    for release in releases() {
        let (api, document) = read(&release);
        let surface = Surface::new(&api, document.value()).unwrap();
        for (path, item) in &surface.items {
            assert_eq!(item.places.is_empty(), item.signature == Signature::Type("id"), "{release} {path}");
            assert!(!item.operations.is_empty(), "{release} {path}");
            for place in &item.places {
                assert!(document.value().pointer(place).is_some(), "{release} {path}: {place}");
            }
        }
        items += surface.items.len();
    }
    assert!(items > 50_000, "{items}");
}

#[track_caller]
fn assert_places(surface: &Surface, path: &str, expected: &[&str]) {
    let places: Vec<&str> = surface.items[path].places.iter().map(String::as_str).collect();
    assert_eq!(places, expected, "{path}");
}

#[test]
fn places_of_types_and_fields() {
    for (path, expected) in [
        ("TagId", &[][..]),
        ("Tag.color_safe", &["/components/schemas/TagEntity/properties/color-safe"]),
        ("NewTag.visible()", &["/components/schemas/TagEditForm/properties/visible"]),
        ("TimesheetPatch.clear_description()", &["/components/schemas/TimesheetEditForm/properties/description"]),
        (
            "NewTimesheet::new",
            &[
                "/components/schemas/TimesheetEditForm/properties/activity",
                "/components/schemas/TimesheetEditForm/properties/project",
            ],
        ),
        (
            "Tag",
            &[
                "/components/schemas/TagEntity",
                "/paths/~1api~1tags/post/responses/200/content/application~1json/schema",
                "/paths/~1api~1tags~1find/get/responses/200/content/application~1json/schema/items",
            ],
        ),
        (
            "Timesheet.meta_fields",
            &[
                "/components/schemas/TimesheetEntity/properties/metaFields",
                "/components/schemas/TimesheetEntity/properties/metaFields/items",
                "/components/schemas/TimesheetMeta",
            ],
        ),
        (
            "Timesheet.meta()",
            &[
                "/components/schemas/TimesheetEntity/properties/metaFields",
                "/components/schemas/TimesheetEntity/properties/metaFields/items",
                "/components/schemas/TimesheetMeta",
                "/components/schemas/TimesheetMeta/properties/name",
                "/components/schemas/TimesheetMeta/properties/value",
            ],
        ),
        ("TrackingMode::Punch", &["/components/schemas/TimesheetConfig/properties/trackingMode"]),
        ("TimesheetOrderBy::Id", &["/paths/~1api~1timesheets/get/parameters/11/schema"]),
        // A copy of a schema makes the same type.
        ("UserRef.alias", &["/components/schemas/User/properties/alias", "/components/schemas/User2/properties/alias"]),
        (
            "Comment.created_by",
            &[
                "/components/schemas/Comment/properties/createdBy",
                "/components/schemas/Comment/properties/createdBy/oneOf/0",
                "/components/schemas/User2",
            ],
        ),
    ] {
        assert_places(&NEWEST, path, expected);
    }
}

#[test]
fn places_of_methods_and_settings() {
    let list = "/paths/~1api~1timesheets/get";
    let below = |operation: &str, places: &[&str]| -> Vec<String> {
        places.iter().map(|place| format!("{operation}{place}")).collect()
    };
    for (path, schemas, operation, places) in [
        (
            "timesheets.list()",
            &["/components/schemas/TimesheetCollection"][..],
            list,
            &[
                "",
                // The page and the size.
                "/parameters/8",
                "/parameters/8/schema",
                "/parameters/9",
                "/parameters/9/schema",
                "/responses/200",
                "/responses/200/content/application~1json/schema",
                "/responses/200/content/application~1json/schema/items",
            ][..],
        ),
        (
            "timesheets.list().user()",
            &[],
            list,
            &[
                "/parameters/0",
                "/parameters/0/schema",
                "/parameters/1",
                "/parameters/1/schema",
                "/parameters/1/schema/items",
            ],
        ),
        (
            "timesheets.list().full()",
            &["/components/schemas/TimesheetCollectionExpanded"],
            list,
            &["/parameters/18", "/parameters/18/schema", "/x-kimai-full", "/x-kimai-full/items"],
        ),
        (
            "customers.create()",
            &["/components/schemas/CustomerEditForm", "/components/schemas/CustomerEntity"],
            "/paths/~1api~1customers/post",
            &[
                "",
                "/requestBody",
                "/requestBody/content/application~1json/schema",
                "/responses/200",
                "/responses/200/content/application~1json/schema",
            ],
        ),
        // A property of a body that has no type.
        (
            "timesheets.restart().copy_all()",
            &[],
            "/paths/~1api~1timesheets~1{id}~1restart/patch",
            &["/requestBody/content/application~1json/schema/properties/copy"],
        ),
    ] {
        let expected: Vec<String> = schemas.iter().map(|place| (*place).to_owned()).collect();
        let expected = [expected, below(operation, places)].concat();
        assert_places(&NEWEST, path, &expected.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

/// A document with references, `allOf`, `oneOf`, and a schema that contains itself.
fn things() -> Value {
    let reference = |name: &str| json!({"$ref": format!("#/components/{name}")});
    json!({
        "openapi": "3.0.0",
        "paths": {"/api/things/{id}": {
            "parameters": [reference("parameters/Id")],
            "get": {
                "parameters": [{"in": "query", "name": "kind", "schema": reference("schemas/Kind")}],
                "responses": {"200": reference("responses/Things")},
            },
        }},
        "components": {
            "parameters": {"Id": {"in": "path", "name": "id", "required": true, "schema": {"type": "integer"}}},
            "responses": {"Things": {"description": "", "content": {
                "application/json": {"schema": {"type": "array", "items": reference("schemas/Thing")}},
            }}},
            "schemas": {
                "Thing": {"allOf": [reference("schemas/Base"), {"type": "object", "properties": {
                    "name": {"type": "string"},
                    "parent": reference("schemas/Thing"),
                    "part": {"oneOf": [reference("schemas/Wheel"), {"type": "string"}]},
                }}]},
                "Base": {
                    "type": "object",
                    "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
                    "additionalProperties": reference("schemas/Wheel"),
                },
                "Wheel": {"type": "object", "properties": {"size": {"type": "integer"}}},
                "Kind": {"type": "string", "enum": ["a", "b"]},
            },
        },
    })
}

fn model(value: &Value) -> (Api, Document) {
    let release = "2.65.0".parse().unwrap();
    let document = document::load(value.to_string().as_bytes(), &release, &[]).unwrap();
    (api::build(&document, &release).unwrap().0, document)
}

#[test]
fn places_through_references() {
    let (api, document) = model(&things());
    let surface = Surface::new(&api, document.value()).unwrap();
    let thing = [
        "/components/schemas/Base",
        "/components/schemas/Thing",
        "/components/schemas/Thing/allOf/0",
        "/components/schemas/Thing/allOf/1",
    ];
    let own = "/components/schemas/Thing/allOf/1/properties";
    let path = "/paths/~1api~1things~1{id}";
    let answer = "/components/responses/Things/content/application~1json/schema";
    for (item, expected) in [
        ("Thing.name", vec!["/components/schemas/Base/properties/name", &format!("{own}/name")]),
        ("Thing.parent", [&thing[..], &[&format!("{own}/parent")]].concat()),
        ("Thing.part", vec![&format!("{own}/part")]),
        // The alternatives, and those that come and go.
        (
            "ThingPart::Wheel",
            vec![&format!("{own}/part"), &format!("{own}/part/oneOf/0"), &format!("{own}/part/oneOf/1")],
        ),
        // Whether there are further properties is declared by the object.
        (
            "Thing.extra",
            [
                &[&format!("{answer}/items"), thing[0], "/components/schemas/Base/additionalProperties"],
                &thing[1..],
                &[&format!("{own}/parent"), "/components/schemas/Wheel"],
            ]
            .concat(),
        ),
        (
            "Wheel",
            vec![
                "/components/schemas/Base/additionalProperties",
                &format!("{own}/part/oneOf/0"),
                "/components/schemas/Wheel",
            ],
        ),
        ("Wheel.size", vec!["/components/schemas/Wheel/properties/size"]),
        ("Kind::A", vec!["/components/schemas/Kind", &format!("{path}/get/parameters/0/schema")]),
        (
            "things.get().kind()",
            vec![
                "/components/schemas/Kind",
                &format!("{path}/get/parameters/0"),
                &format!("{path}/get/parameters/0/schema"),
            ],
        ),
        (
            "things.get()",
            [
                &["/components/parameters/Id", "/components/parameters/Id/schema", answer, &format!("{answer}/items")],
                &thing[..],
                &[&format!("{path}/get"), &format!("{path}/get/responses/200"), &format!("{path}/parameters/0")],
            ]
            .concat(),
        ),
    ] {
        assert_places(&surface, item, &expected);
    }
    assert_eq!(surface.items["Thing.extra"].sent, ["*"]);
    // The values of a parameter belong to the operation.
    assert!(surface.items["Kind"].operations.iter().eq(["GET /api/things/{id}"]));
    assert_eq!(surface.items["ThingPart::Wheel"].signature.to_string(), "(Box<Wheel>)");
}

/// The items are those of the model, whatever the document is.
#[test]
fn another_document_has_other_places() {
    let (api, document) = model(&things());
    let all: Vec<String> = Surface::new(&api, document.value()).unwrap().items.into_keys().collect();
    let circle = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let mut circular = things();
    circular["components"]["schemas"] = json!({"Thing": circle("Base"), "Base": circle("Thing")});
    circular["components"]["parameters"] = json!({"Id": {"$ref": "#/components/parameters/Id"}});
    let get = "/paths/~1api~1things~1{id}/get";
    let answer = "/components/responses/Things/content/application~1json/schema";
    let success = "/paths/~1api~1things~1{id}/get/responses/200";
    let shared = "/paths/~1api~1things~1{id}/parameters/0";
    for (other, places) in [
        (json!(null), vec![get]),
        (json!({"paths": {"/api/things/{id}": {"get": []}}, "components": 3}), vec![get]),
        (
            circular,
            vec![
                answer,
                &format!("{answer}/items"),
                "/components/schemas/Base",
                "/components/schemas/Thing",
                get,
                success,
            ],
        ),
    ] {
        let surface = Surface::new(&api, &other).unwrap();
        assert_eq!(surface.items.keys().cloned().collect::<Vec<_>>(), all);
        assert_places(&surface, "things.get()", &places);
        assert!(!surface.items["things.get()"].places.contains(shared));
    }
}
