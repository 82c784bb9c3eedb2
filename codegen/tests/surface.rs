//! The public items of clients, and where they come from.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use codegen::api::Api;
use codegen::document::{Document, Overlay};
use codegen::surface::{Argument, Piece, Signature, Surface, Ty};
use codegen::{Release, api, document, rust};

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

/// The other surface has the same items with the same signatures, made another way.
#[test]
fn items_and_signatures_are_those_of_the_model() {
    for release in releases().iter().rev().step_by(4) {
        let (api, document) = read(release);
        let surface = Surface::new(&api, document.value()).unwrap();
        let other = rust::Surface::of(&api);
        let told: BTreeMap<_, _> = surface
            .items
            .iter()
            .map(|(path, item)| (path, (item.signature.to_string(), item.deprecated, item.owner.clone())))
            .collect();
        let expected: BTreeMap<_, _> = other
            .items
            .iter()
            .map(|(path, item)| (path, (item.signature.clone(), item.deprecated, item.owner.clone())))
            .collect();
        let missing: Vec<_> = expected.iter().filter(|(path, item)| told.get(*path) != Some(*item)).collect();
        let invented: Vec<_> = told.iter().filter(|(path, item)| expected.get(*path) != Some(*item)).collect();
        assert!(missing.is_empty() && invented.is_empty(), "{release}\n{missing:#?}\n{invented:#?}");
        assert_eq!(surface.full, other.full, "{release}");
        for (ty, origin) in other.types {
            assert_eq!(surface.items[&ty].operations, origin.operations, "{release} {ty}");
        }
    }
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
    assert_eq!(item("timesheets.get()"), (None, vec![]));
    assert_eq!(item("timesheets.list().user()"), (Some("timesheets.list()"), vec!["user", "users[]"]));
    assert_eq!(item("timesheets.list().full()"), (Some("timesheets.list()"), vec!["full"]));
}
