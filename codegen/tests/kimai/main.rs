//! The document of a real Kimai 2.65.0, and what each stage makes of it. What holds for all releases is tested with the
//! newest one.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod always;
mod prose;
mod public_api;
mod reference;
mod timeline;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use codegen::api::{
    Answer, Api, Body, Encoding, Field, ListStyle, Operation, ParameterValue, Scalar, Type, TypeDef, TypeKind,
};
use codegen::document::Overlay;
use codegen::history::History;
use codegen::{Release, api, document, rust};
use timeline::Index;

fn specs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs")
}

fn overlays() -> Vec<Overlay> {
    ["corrections.yaml", "docs.yaml", "examples.yaml", "names.yaml"]
        .map(|name| Overlay::parse(name, &fs::read_to_string(specs().join("overlays").join(name)).unwrap()).unwrap())
        .to_vec()
}

fn model(snapshot: &str, release: &Release) -> Api {
    let bytes = fs::read(specs().join(format!("{snapshot}.json"))).unwrap();
    let document = document::load(&bytes, release, &overlays()).unwrap();
    api::build(&document, release).unwrap().0
}

static API: LazyLock<Api> = LazyLock::new(|| model("2.65.0", &"2.65.0".parse().unwrap()));

/// The model of the newest release.
static NEWEST: LazyLock<Api> = LazyLock::new(|| {
    let index: Index =
        codegen::yaml::read("index.yaml", &fs::read_to_string(specs().join("index.yaml")).unwrap()).unwrap();
    let releases = index.snapshots.iter().flat_map(|snapshot| {
        snapshot.sources.iter().map(|source| (source.release.parse::<Release>().unwrap(), &snapshot.release))
    });
    let (release, snapshot) = releases.max().unwrap();
    model(snapshot, &release)
});

fn operation(method: &str, template: &str) -> &'static Operation {
    API.operations
        .iter()
        .find(|operation| operation.method.as_str() == method && operation.template == template)
        .unwrap()
}

fn fields(name: &str) -> &'static [Field] {
    match &API.types[name].kind {
        TypeKind::Answer { fields, .. } | TypeKind::Form { fields, .. } | TypeKind::Patch { fields, .. } => fields,
        other => panic!("{name} has no fields: {other:?}"),
    }
}

fn field(name: &str, wire: &str) -> &'static Field {
    fields(name).iter().find(|field| field.wire == wire).unwrap_or_else(|| panic!("{name} has no {wire}"))
}

fn parameter(operation: &'static Operation, name: &str) -> &'static ParameterValue {
    &operation.parameters.iter().find(|parameter| parameter.name == name).unwrap().value
}

/// How Kimai behaves: 'Operation ids change'.
#[test]
fn every_operation_has_a_handle_and_a_method() {
    let methods: Vec<String> = API
        .operations
        .iter()
        .map(|operation| {
            format!("{}.{} {} {}", operation.resource, operation.name, operation.method.as_str(), operation.template)
        })
        .collect();
    let expected = include_str!("../kimai-2.65.0-methods.txt");
    let missing: Vec<&str> = expected.lines().filter(|line| !methods.iter().any(|method| method == line)).collect();
    let new: Vec<&String> = methods.iter().filter(|method| !expected.lines().any(|line| line == *method)).collect();
    assert_eq!((missing, new), (Vec::new(), Vec::new()), "only in the file, and only in the client");
    assert_eq!(methods.join("\n"), expected.trim_end());
    assert_eq!(methods.len(), 88);
}

#[test]
fn everything_is_documented_in_our_own_words() {
    let mut silent = Vec::new();
    for operation in &NEWEST.operations {
        if operation.doc.is_empty() {
            silent.push(operation.pointer.to_string());
        }
        let parameters = operation.parameters.iter().filter(|parameter| parameter.doc.is_empty());
        silent.extend(parameters.map(|parameter| format!("{} {}", operation.pointer, parameter.name)));
    }
    for def in NEWEST.types.values() {
        if def.doc.is_empty() {
            silent.push(def.pointer.to_string());
        }
        if let TypeKind::Answer { fields, .. } | TypeKind::Form { fields, .. } | TypeKind::Patch { fields, .. } =
            &def.kind
        {
            let fields = fields.iter().filter(|field| field.doc.is_empty());
            silent.extend(fields.map(|field| format!("{}.{}", def.name, field.wire)));
        }
    }
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn a_resource_has_its_handle_its_operations_and_its_types_in_one_file_each() {
    let files = rust::generate(&API, &History::default()).unwrap();
    for (name, text) in &files {
        assert!(text.starts_with(rust::MARKER), "{name}");
    }
    for path in ["handles/timesheets.rs", "operations/timesheets.rs", "types/timesheet.rs", "types/enums.rs"] {
        assert!(files.contains_key(path), "{path}");
    }
    // Modules of three folders, the module and the ids.
    assert_eq!(files.len(), 12 + 1 + 12 + 1 + 10 + 1 + 2);
}

#[test]
fn nothing_is_free_form_that_the_document_describes() {
    fn holds_json(ty: &Type) -> bool {
        match ty {
            Type::Json => true,
            Type::List(item) | Type::Map(item) => holds_json(item),
            _ => false,
        }
    }
    let of_fields = API.types.values().flat_map(|def: &TypeDef| match &def.kind {
        TypeKind::Answer { fields, extra } | TypeKind::Form { fields, extra } | TypeKind::Patch { fields, extra } => {
            fields.iter().map(|field| &field.ty).chain(extra).collect::<Vec<_>>()
        }
        TypeKind::OneOf { alternatives } => alternatives.iter().map(|alternative| &alternative.ty).collect(),
        TypeKind::Enum { .. } => Vec::new(),
    });
    assert!(API.operations.iter().all(|operation| operation.answer != Answer::Undeclared));
    let of_answers = API.operations.iter().filter_map(|operation| operation.answer.json());
    let of_bodies = API.operations.iter().filter_map(|operation| match &operation.body {
        Some(Body::Json(ty)) => Some(ty),
        _ => None,
    });
    assert_eq!(of_fields.chain(of_answers).chain(of_bodies).filter(|ty| holds_json(ty)).count(), 0);
    assert!(
        rust::generate(&API, &History::default()).unwrap().values().all(|text| !text.contains("serde_json::Value"))
    );
}

/// How Kimai behaves: 'Empty objects become empty arrays'.
#[test]
fn the_document_of_the_page_gives_the_same_snapshot() {
    // The page writes every empty object as an empty array.
    let snapshot = fs::read_to_string(specs().join("2.65.0.json")).unwrap();
    let page = format!(r#"{{"spec": {}}}"#, snapshot.replace("{}", "[]"));
    let canonical = document::canonical(page.as_bytes()).unwrap();
    assert!(canonical.json == snapshot);
    let names: Vec<&str> = canonical.repairs.iter().map(|repair| repair.name).collect();
    assert_eq!(names, ["page-wrapper", "empty-object"]);
}

#[test]
fn a_snapshot_is_its_own_canonical_form() {
    let snapshot = fs::read_to_string(specs().join("2.65.0.json")).unwrap();
    let canonical = document::canonical(snapshot.as_bytes()).unwrap();
    assert!(canonical.json == snapshot);
    assert_eq!(canonical.repairs, []);
    assert_eq!((canonical.operations, canonical.schemas), (88, 53));
}

/// How Kimai behaves: 'Required and nullable in responses'.
#[test]
fn presence_in_responses_comes_from_recordings() {
    assert!(field("Timesheet", "id").required && !field("Timesheet", "id").nullable);
    assert!(!field("Timesheet", "id").declared, "the document does not say it");
    assert!(field("Timesheet", "end").required && field("Timesheet", "end").nullable);
    assert!(!field("Team", "members").required, "teams inside of other things come without members");
    assert!(fields("Plugin").iter().all(|field| !field.required), "no recorded server had a plugin");
}

/// How Kimai behaves: 'Types of query parameters'.
#[test]
fn parameters_have_real_types() {
    let list = operation("GET", "/api/timesheets");
    let many = |one: &str, many: &str, all: Option<&str>, thing: &str| ParameterValue::Select {
        one: one.into(),
        many: Some(many.into()),
        style: ListStyle::Repeated,
        all: all.map(Into::into),
        ty: Scalar::Id(thing.into()),
    };
    assert_eq!(*parameter(list, "customer"), many("customer", "customers[]", None, "Customer"));
    assert_eq!(*parameter(list, "user"), many("user", "users[]", Some("all"), "User"));
    let one = |wire: &str, ty| ParameterValue::One { wire: wire.into(), ty };
    let boolean = |yes: &str, no: &str| Scalar::Bool { yes: yes.into(), no: no.into() };
    assert_eq!(*parameter(list, "page"), one("page", Scalar::Unsigned));
    assert_eq!(*parameter(list, "active"), one("active", boolean("1", "0")));
    assert_eq!(*parameter(list, "order"), one("order", Scalar::Enum("Order".into())));
    assert_eq!(*parameter(list, "begin"), one("begin", Scalar::LocalDateTime));
    assert_eq!(*parameter(list, "modified_after"), one("modified_after", Scalar::Utc));
    assert_eq!(
        *parameter(list, "tags"),
        ParameterValue::List { wire: "tags[]".into(), style: ListStyle::Repeated, ty: Scalar::String }
    );
    assert_eq!(*parameter(operation("GET", "/api/activities"), "globals"), one("globals", boolean("true", "false")));
    let flag = ParameterValue::Flag { wire: "ignoreDates".into(), value: "1".into() };
    assert_eq!(*parameter(operation("GET", "/api/projects"), "ignore_dates"), flag);
}

/// How Kimai behaves: 'One schema for create and update'.
#[test]
fn a_patch_has_its_own_type() {
    let body = |method, template| operation(method, template).body.clone().unwrap();
    assert_eq!(body("POST", "/api/timesheets"), Body::Json(Type::Named("NewTimesheet".into())));
    assert_eq!(body("PATCH", "/api/timesheets/{id}"), Body::Json(Type::Named("TimesheetPatch".into())));
    let required: Vec<&str> =
        fields("NewTimesheet").iter().filter(|field| field.required).map(|field| field.wire.as_str()).collect();
    assert_eq!(required, ["project", "activity"]);
    assert!(field("TimesheetPatch", "end").clearable);
    for wire in ["project", "begin", "user", "billable"] {
        assert!(!field("TimesheetPatch", wire).clearable, "null must not be sent: {wire}");
    }
}

/// How Kimai behaves: 'Copies of schemas'.
#[test]
fn a_numbered_copy_has_no_type() {
    assert!(API.types.keys().all(|name| !name.ends_with(char::is_numeric)), "{:?}", API.types.keys());
    assert_eq!(field("Comment", "createdBy").ty, Type::Named("UserRef".into()));
}

/// How Kimai behaves: 'Permissions'.
#[test]
fn permissions_come_from_the_scopes() {
    let permissions = |method, template| -> Vec<Vec<String>> {
        operation(method, template).permissions.iter().map(|permission| permission.0.clone()).collect()
    };
    assert_eq!(permissions("POST", "/api/timesheets"), [["create_own_timesheet"]]);
    assert_eq!(permissions("GET", "/api/timesheets"), [["view_own_timesheet", "view_other_timesheet"]]);
    assert_eq!(permissions("POST", "/api/teams/{id}/members/{userId}"), [["edit"], ["access_user"]]);
    assert_eq!(permissions("GET", "/api/version"), Vec::<Vec<String>>::new());
}

/// How Kimai behaves: 'Examples that change'.
#[test]
fn no_snapshot_contains_prose_or_examples() {
    for entry in fs::read_dir(specs()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            // OpenAPI requires these texts.
            let text =
                fs::read_to_string(&path).unwrap().replace("\"description\": \"\"", "").replace("\"title\": \"\"", "");
            for key in ["description", "summary", "title", "example", "externalDocs"] {
                assert!(!text.contains(&format!("\"{key}\": \"")), "{key} in {}", path.display());
            }
        }
    }
}

/// How Kimai behaves: 'Unusual field names'.
#[test]
fn unusual_names_and_wrong_declarations() {
    assert_eq!(field("Team", "color-safe").name, "color_safe");
    assert_eq!(field("Timesheet", "break").name, "break_duration");
    assert_eq!(field("User", "memberships").ty, Type::List(Box::new(Type::Named("TeamMembership".into()))));
}

/// How Kimai behaves: 'Money'.
#[test]
fn money_is_never_single_precision() {
    for (name, wire) in [("Timesheet", "rate"), ("Project", "budget"), ("Invoice", "total")] {
        assert_eq!(field(name, wire).ty, Type::Float);
    }
    assert!(rust::generate(&API, &History::default()).unwrap().values().all(|text| !text.contains("f32")));
}

#[test]
fn requests_are_written_as_the_server_reads_them() {
    assert_eq!(field("NewTimesheet", "tags").encoding, Encoding::CommaSeparated);
    assert_eq!(field("NewProject", "timeBudget").encoding, Encoding::HoursMinutesSeconds);
    assert_eq!(field("NewProject", "start").encoding, Encoding::Plain);
    assert_eq!(field("ProjectPatch", "start").encoding, Encoding::DateAsDateTime);
    assert!(fields("ProjectPatch").iter().all(|field| field.wire != "teams"), "accepted by POST only");
    assert_eq!(field("NewUser", "plainPassword").ty, Type::Secret);
}

#[test]
fn ids_have_types_of_their_own() {
    let expected = [
        "Activity",
        "ActivityRate",
        "ApiToken",
        "Comment",
        "Customer",
        "CustomerRate",
        "ExportTemplate",
        "Invoice",
        "InvoiceTemplate",
        "Project",
        "ProjectRate",
        "Tag",
        "Team",
        "Timesheet",
        "User",
    ];
    assert_eq!(API.ids, expected.map(String::from).into_iter().collect::<BTreeSet<_>>());
    let segments = format!("{:?}", operation("DELETE", "/api/customers/{id}/rates/{rateId}").path);
    assert!(segments.contains("Id(\"Customer\")") && segments.contains("Id(\"CustomerRate\")"), "{segments}");
}
