//! A document of one's own: what it has, its server has, whatever is known of its release.

use std::fs;

use crate::support::{Copy, document, repository};
use serde_json::{Value, json};

#[test]
fn what_ones_own_document_has_is_not_refused_to_its_server() {
    let mut own = document();
    let schemas = &mut own["components"]["schemas"];
    // Both are gone from the documents of 2.65.
    schemas["TimesheetEditForm"]["properties"]["internalRate"] = json!({"type": "number"});
    schemas["CustomerEditForm"]["properties"]["address"] = json!({"type": "string"});
    own["paths"]["/api/activities/{id}/team"]["post"]["responses"] = json!({"204": {}});
    let copy = Copy::with_all_snapshots();
    let spec = copy.write("own.json", &own.to_string());
    copy.ok(&["regenerate", "--spec", &spec, "--kimai", "2.65.0", "--out", "own"]);
    let files = copy.files("own");
    let tables: Vec<&str> =
        files.values().flat_map(|text| text.lines()).filter(|line| line.contains("Part::new(\"")).collect();
    assert!(tables.iter().all(|line| !line.contains("internalRate") && !line.contains("address\"")), "{tables:?}");
    let team = files["operations/activities.rs"].split("impl Operation for CreateTeam {").nth(1).unwrap();
    let team = &team[..team.find("fn request").unwrap()];
    assert!(team.contains("&[history::Span::since([2, 58, 0])]"), "{team}");
}

/// The document of a release that is no snapshot: as 2.0.35, but without what came in 2.0.31.
fn between() -> Value {
    let text = fs::read_to_string(repository().join("specs/2.0.35.json")).unwrap();
    let mut document: Value = serde_json::from_str(&text).unwrap();
    for schema in ["UserEntity", "UserEditForm", "UserCreateForm"] {
        let properties = document["components"]["schemas"][schema]["properties"].as_object_mut().unwrap();
        assert!(properties.remove("supervisor").is_some());
    }
    document
}

/// The lines that say the release and compare the document with it.
fn about_release(said: &str) -> Vec<&str> {
    let is_about = |line: &&str| {
        line.starts_with("release")
            || line.starts_with("note       Kimai ")
            || line.starts_with("note       the document")
    };
    said.lines().filter(is_about).collect()
}

#[test]
fn the_release_is_guessed_from_what_the_document_has() {
    let copy = Copy::with_all_snapshots();
    let spec = copy.write("own.json", &between().to_string());
    let said = copy.ok(&["regenerate", "--spec", &spec, "--out", "own"]);
    assert_eq!(
        about_release(&said),
        ["release    Kimai 2.0.30 (guessed: the document looks like 2.0.26 to 2.0.30; set another with --kimai)"]
    );
    assert!(copy.read("own/mod.rs").contains("pub const KIMAI_RELEASE: &str = \"2.0.30\";"));

    // What a plugin adds makes no difference.
    let mut own = document();
    own["components"]["schemas"]["Customer"]["properties"]["own"] = json!({"type": "string"});
    own["paths"]["/api/own"] = json!({"get": {"responses": {"204": {}}}});
    let spec = copy.write("own.json", &own.to_string());
    let said = copy.ok(&["regenerate", "--spec", &spec, "--out", "own"]);
    assert_eq!(
        about_release(&said),
        ["release    Kimai 2.65.0 (guessed: the document looks like 2.65.0 or later; set another with --kimai)"]
    );
}

#[test]
fn a_release_that_does_not_fit_is_a_note() {
    let copy = Copy::with_all_snapshots();
    let spec = copy.write("own.json", &between().to_string());
    let generate = |release: &str| copy.ok(&["regenerate", "--spec", &spec, "--kimai", release, "--out", "own"]);
    assert_eq!(about_release(&generate("2.0.28")), ["release    Kimai 2.0.28"]);
    assert_eq!(
        about_release(&generate("2.0.35")),
        [
            "release    Kimai 2.0.35",
            "note       the document looks like 2.0.26 to 2.0.30, not like 2.0.35: the corrections for 2.0.30 apply",
            "note       Kimai 2.0.35 has the property supervisor of UserCreateForm: this document does not",
            "note       Kimai 2.0.35 has the property supervisor of UserEditForm: this document does not",
            "note       Kimai 2.0.35 has the property supervisor of UserEntity: this document does not",
        ]
    );
    assert!(copy.read("own/mod.rs").contains("pub const KIMAI_RELEASE: &str = \"2.0.35\";"));
    assert_eq!(
        about_release(&generate("2.0.15")),
        [
            "release    Kimai 2.0.15",
            "note       the document looks like 2.0.26 to 2.0.30, not like 2.0.15: the corrections for 2.0.30 apply",
            "note       Kimai 2.0.15 does not have the property visible of TagEditForm: this document does",
            "note       Kimai 2.0.15 does not have the property visible of TagEntity: this document does",
        ]
    );
    for release in ["2.0.0", "2.0.20", "2.0.31"] {
        assert_eq!(about_release(&generate(release))[0], format!("release    Kimai {release}"));
    }

    let said = generate("2.65.0");
    let notes = about_release(&said);
    assert_eq!(notes.len(), 12, "the release, what it looks like, and ten differences: {notes:?}");
    let more = said.lines().filter(|line| line.ends_with(" between the document and Kimai 2.65.0")).count();
    assert_eq!(more, 1, "{said}");
}

#[test]
fn actions_that_do_not_fit_are_notes() {
    let copy = Copy::new();
    copy.write(
        "specs/overlays/plugins.yaml",
        "overlay: 1.0.0\ninfo: {title: Plugins, version: '1'}\nactions:\n\
         - {target: $.components.schemas.Gadget, update: {description: A gadget of ours.}}\n\
         - {target: $.components.schemas.Gizmo, update: {description: A gizmo.}}\n",
    );
    let mut own = document();
    own["components"]["schemas"]["Gadget"] = json!({"type": "object", "properties": {
        // Our wildcards make these a duration, a color and an enum, and describe the last one.
        "duration": {"type": "string"}, "color": {"type": "string"}, "language": {"type": "object",
        "properties": {"code": {"type": "string"}}}, "title": {"type": "string", "description": "Heading"},
        "name": {"type": "string"},
    }});
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Gadget"}}});
    own["paths"]["/api/gadgets"] = json!({"get": {
        "parameters": [{"in": "query", "name": "order", "schema": {"type": "string", "pattern": "asc|desc"}}],
        "responses": {"200": {"content": content}},
    }});
    let spec = copy.write("own.json", &own.to_string());
    let said = copy.ok(&["regenerate", "--spec", &spec, "--kimai", "2.65.0", "--out", "own"]);
    let notes: Vec<&str> = said.lines().filter(|line| line.starts_with("note       overlay")).collect();
    assert_eq!(
        notes,
        [
            "note       overlay plugins.yaml, action 2, target $.components.schemas.Gizmo: matches nothing in the document"
        ]
    );
    let gadget = copy.read("own/types/gadget.rs");
    for line in [
        "/// A gadget of ours.\n",
        "    /// Heading\n",
        "    pub duration: Option<String>,\n",
        "    pub color: Option<String>,\n",
        "    pub language: Option<GadgetLanguage>,\n",
    ] {
        assert!(gadget.contains(line), "{line}: {gadget}");
    }
    assert!(!gadget.contains("as shown to users"), "{gadget}");
}

#[test]
fn a_type_of_a_plugin_does_not_take_the_name_of_another() {
    let copy = Copy::new();
    let mut own = document();
    own["components"]["schemas"]["Language"] = json!({"type": "object", "properties": {"code": {"type": "string"}}});
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Language"}}});
    own["paths"]["/api/languages"] = json!({"get": {"responses": {"200": {"content": content}}}});
    let spec = copy.write("own.json", &own.to_string());
    let said = copy.ok(&["regenerate", "--spec", &spec, "--kimai", "2.65.0", "--out", "own"]);
    let note = "note       /components/schemas/Language: another type is called Language: the type of this schema is \
                called LanguageType; an overlay can name it with x-rust-type\n";
    assert!(said.contains(note), "{said}");
    assert!(copy.read("own/operations/languages.rs").contains("type Output = types::LanguageType;"));
}

/// The text of a document stays; our own documentation is for what has none.
#[test]
fn the_text_of_a_document_stays() {
    let copy = Copy::new();
    let mut own = document();
    let get = &mut own["paths"]["/api/tags"]["get"];
    get["summary"] = json!("Returns <b>something</b>");
    get["description"] = json!("See [this](https://example.com)");
    let properties = &mut own["components"]["schemas"]["TagEntity"]["properties"];
    properties["name"]["description"] = json!("A `property`");
    own["components"]["schemas"]["ActivityEditForm"]["title"] = json!("A _form_");
    let spec = copy.write("own.json", &own.to_string());
    copy.ok(&["regenerate", "--spec", &spec, "--kimai", "2.65.0", "--out", "own"]);
    let types = copy.read("own/types/tag.rs");
    assert!(types.contains("    /// A \\`property\\`\n    pub name: "), "{types}");
    assert!(types.contains("    /// Id of the tag.\n    pub id: "), "{types}");
    let activity = copy.read("own/types/activity.rs");
    for ty in ["pub struct NewActivity {", "pub struct ActivityPatch {"] {
        let before = activity.split(ty).next().unwrap();
        assert!(before.rsplit("\n\n").next().unwrap().starts_with("/// A \\_form\\_\n"), "{ty} {activity}");
    }
    let handle = copy.read("own/handles/tags.rs");
    let text = "    /// Returns \\<b\\>something\\</b\\>\n    ///\n    /// See \\[this\\](https&#58;//example.com)\n";
    assert!(handle.contains(text), "{handle}");
}

/// A document of something else.
fn petstore() -> Value {
    let pet = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}});
    json!({
        "openapi": "3.0.3", "info": {"title": "Pets", "version": "1"},
        "paths": {
            "/api/pet": {"post": {"requestBody": {"content": pet}, "responses": {"200": {"content": pet}}}},
            "/api/pet/{petId}": {"get": {
                "parameters": [{"in": "path", "name": "petId", "required": true, "schema": {"type": "integer"}}],
                "responses": {"200": {"content": pet}},
            }},
        },
        "components": {"schemas": {"Pet": {"type": "object", "properties": {
            "name": {"type": "string"}, "duration": {"type": "string"},
        }}}},
    })
}

#[test]
fn a_document_that_is_not_kimais_is_generated_without_corrections_and_history() {
    let copy = Copy::new();
    let spec = copy.write("pets.json", &petstore().to_string());
    let said = copy.ok(&["regenerate", "--spec", &spec, "--out", "pets"]);
    let lines: Vec<&str> = said.lines().map(|line| line.split(" pets.json").next().unwrap()).skip(1).collect();
    assert_eq!(
        lines[..3],
        [
            "release    none: the document has fewer than a quarter of the operations of any known release of Kimai, so it \
             gets no corrections and no history (say the release with --kimai if it is Kimai's)",
            "repaired   nothing",
            "generated  2 operations, 2 types, 1 kind of ids",
        ]
    );
    let module = copy.read("pets/mod.rs");
    assert!(
        module.starts_with("// @generated by `cargo xtask regenerate` from an API document; do not edit.\n"),
        "{module}"
    );
    assert!(
        module.contains(
            "/// The newest release of Kimai that the generator knew. The API document that this code was generated from is \
             not Kimai's.\npub const KIMAI_RELEASE: &str = \"2.65.0\";\n"
        ),
        "{module}"
    );
    assert!(module.contains("pub const OLDEST_RELEASE: crate::Release = crate::Release::new(1, 30, 11);"), "{module}");
    assert!(!copy.files("pets").values().any(|text| text.contains("history::History::new")));

    // Whoever says the release knows better.
    let said = copy.ok(&["regenerate", "--spec", &spec, "--kimai", "2.65.0", "--out", "pets"]);
    assert!(said.contains("\nrelease    Kimai 2.65.0\n"), "{said}");
    let of_docs: Vec<&str> = said.lines().filter(|line| line.starts_with("note       overlay docs.yaml")).collect();
    assert_eq!(of_docs.len(), 11, "ten actions, and how many more: {of_docs:?}");
    assert!(of_docs[10].ends_with(" more actions do not fit the document"), "{of_docs:?}");
}

#[test]
fn diff_without_plugins_compares_what_releases_have() {
    let copy = Copy::with_all_snapshots();
    let mut own = document();
    let add = |place: &mut Value, name: &str, value: Value| {
        drop(place.as_object_mut().unwrap().insert(name.to_owned(), value));
    };
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Gadget"}}});
    add(&mut own["paths"], "/api/gadgets", json!({"get": {"responses": {"200": {"content": content}}}}));
    add(
        &mut own["components"]["schemas"],
        "Gadget",
        json!({"type": "object", "properties": {"id": {"type": "integer"}}}),
    );
    add(
        &mut own["components"]["schemas"]["TagEntity"]["properties"],
        "gadget",
        json!({"$ref": "#/components/schemas/Gadget"}),
    );
    let tags = &mut own["paths"]["/api/tags"]["get"];
    tags["parameters"]
        .as_array_mut()
        .unwrap()
        .insert(0, json!({"in": "query", "name": "gadget", "schema": {"type": "string"}}));
    add(&mut tags["responses"]["200"]["content"], "text/csv", json!({}));
    let languages = &mut own["components"]["schemas"]["UserEditForm"]["properties"]["language"]["enum"];
    languages.as_array_mut().unwrap().insert(0, json!("tlh"));
    copy.write("mine.json", &own.to_string());

    let said = copy.ok(&["diff", "mine.json", "2.65.0"]);
    assert!(said.contains("GET /api/gadgets"), "{said}");
    for sides in [["mine.json", "2.65.0"], ["2.65.0", "mine.json"]] {
        let said = copy.ok(&["diff", sides[0], sides[1], "--without-plugins", "--all"]);
        let names = if sides[0] == "2.65.0" { "Kimai 2.65.0 → mine.json" } else { "mine.json → Kimai 2.65.0" };
        assert_eq!(said, format!("{names}: no changes in requests and responses\n"));
    }
    // What releases have is compared.
    own["paths"]["/api/tags"]["get"]["parameters"].as_array_mut().unwrap().pop();
    copy.write("mine.json", &own.to_string());
    let said = copy.ok(&["diff", "mine.json", "2.65.0", "--without-plugins"]);
    assert!(said.contains("request-parameter-added"), "{said}");
}
