//! A document of one's own: the overlays are made for the documents of Kimai's releases, and this one may have more, less or
//! something else.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::overlay::{self, Overlay};
use super::parts::KnownParts;
use super::structure::{Kind, walk};
use super::{Applied, Document, Repaired, Report, clash, convert};
use crate::{Error, Release};

const SCHEMAS: &str = "#/components/schemas/";

/// Where a description of the document is while overlays are applied. No overlay can reach it, and it goes where its
/// object goes.
const KEPT: &str = "x-own-description";

/// Loads a document that is none of the snapshots.
///
/// * Actions that do not fit it are in the report.
/// * Actions that select schemas or paths by a wildcard, a filter or a descent change only what some snapshot has.
/// * The document's own descriptions stay; overlays describe the rest.
/// * A schema that no snapshot has is renamed if its type would have the name of another one, or a reserved name.
///
/// # Errors
///
/// Returns an error if the bytes are not a document, or the document is damaged beyond the known repairs.
pub fn load_own(
    bytes: &[u8],
    release: &Release,
    overlays: &[Overlay],
    known: &KnownParts,
    reserved: &BTreeSet<String>,
) -> Result<Document, Error> {
    Repaired::read(bytes)?.load_own(release, overlays, known, reserved)
}

/// As [`load_own`], for a document that was read; its servers are applied.
pub(super) fn load(
    mut value: Value,
    mut report: Report,
    release: &Release,
    overlays: &[Overlay],
    known: &KnownParts,
    reserved: &BTreeSet<String>,
) -> Result<Document, Error> {
    let own = Own { parts: KnownParts::of(&value), known, schemas: schemas(&value, release, overlays) };
    keep_descriptions(&mut value);
    report.overlays = overlays.iter().map(|overlay| overlay.apply_own(&mut value, release, &own)).collect();
    restore_descriptions(&mut value);
    // A plugin may use a name that only another release has.
    let is_own = |name: &str| own.parts.has_schema(name) && !known.has_schema_in(name, release);
    let renamed = clash::rename(&mut value, is_own, reserved);
    let (openapi, mut notes) = convert::to_openapi(&mut value)?;
    notes.append(&mut report.notes);
    notes.extend(renamed);
    report.notes = notes;
    Ok(Document { openapi, report, value })
}

/// Loads a snapshot like [`load`](super::load), without the actions that do not fit it: they are for documents of one's own.
///
/// # Errors
///
/// Returns an error if the bytes are not a document, or the document is damaged beyond the known repairs.
pub fn load_fitting(bytes: &[u8], release: &Release, overlays: &[Overlay]) -> Result<Document, Error> {
    Repaired::read(bytes)?.load_with(release, overlays, apply_fitting)
}

/// Applies what fits a snapshot.
#[expect(clippy::unnecessary_wraps, reason = "other ways to apply overlays fail")]
pub(super) fn apply_fitting(overlay: &Overlay, value: &mut Value, release: &Release) -> Result<Applied, Error> {
    Ok(overlay.apply_own(value, release, &Snapshot))
}

/// A snapshot has nothing of its own.
struct Snapshot;

impl overlay::Own for Snapshot {
    fn is_own(&self, _: &Value, _: &str) -> bool {
        false
    }

    fn missing_schema(&self, _: &Value) -> Option<String> {
        None
    }
}

/// The document as overlays need to know it.
struct Own<'a> {
    /// What the document had before any of them.
    parts: KnownParts,
    known: &'a KnownParts,
    schemas: BTreeSet<String>,
}

impl overlay::Own for Own<'_> {
    fn is_own(&self, document: &Value, place: &str) -> bool {
        self.parts.has(document, place) && !self.known.has(document, place)
    }

    fn missing_schema(&self, value: &Value) -> Option<String> {
        match value {
            Value::Object(object) => {
                let target = object.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix(SCHEMAS));
                let missing = target.filter(|name| !self.schemas.contains(*name)).map(str::to_owned);
                missing.or_else(|| object.values().find_map(|member| self.missing_schema(member)))
            }
            Value::Array(array) => array.iter().find_map(|element| self.missing_schema(element)),
            _ => None,
        }
    }
}

/// The schemas of the document, and those that overlays add.
fn schemas(document: &Value, release: &Release, overlays: &[Overlay]) -> BTreeSet<String> {
    let of_document = document.pointer("/components/schemas").and_then(Value::as_object);
    let added = overlays.iter().flat_map(|overlay| overlay.additions(release, "$.components.schemas"));
    let all = of_document.into_iter().chain(added.filter_map(Value::as_object));
    all.flat_map(Map::keys).cloned().collect()
}

fn keep_descriptions(document: &mut Value) {
    walk(document, &mut |value, kind, _| {
        if let (false, Value::Object(object)) = (kind.has_own_names(), value)
            && let Some(text) = object.remove("description")
        {
            object.insert(KEPT.to_owned(), text);
        }
    });
}

fn restore_descriptions(document: &mut Value) {
    walk(document, &mut |value, kind, way| {
        let Value::Object(object) = value else { return };
        let Some(text) = object.remove(KEPT) else { return };
        object.insert("description".to_owned(), text);
        object.remove("x-kimai-patch-description");
        // Elsewhere this describes the type of a property, and the document the property.
        let is_named = matches!(way.keys(), Some(["components", "schemas", _]));
        if kind == Kind::Schema && is_named {
            object.remove("x-rust-type-description");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The snapshot: tags, which can be listed.
    fn snapshot() -> Value {
        json!({
            "openapi": "3.0.0",
            "paths": {"/api/tags": {"get": {
                "parameters": [
                    {"in": "query", "name": "name", "schema": {"type": "string"}},
                    {"in": "query", "name": "order", "schema": {"type": "string"}},
                ],
                "responses": {"200": {}},
            }}},
            "components": {"schemas": {"TagEntity": {"type": "object", "properties": {
                "color": {"type": "string"}, "id": {"type": "integer"},
            }}}},
        })
    }

    /// The document after the actions, as JSON; and its report.
    fn load(document: &Value, actions: &str, reserved: &[&str]) -> (Value, Report) {
        let mut known = KnownParts::new();
        let release: Release = "2.65.0".parse().unwrap();
        known.add(&snapshot(), vec![release.clone()]);
        let text = format!("overlay: 1.0.0\ninfo: {{title: t, version: '1'}}\nactions:\n{actions}");
        let overlay = Overlay::parse("own.yaml", &text).unwrap();
        let reserved = reserved.iter().map(|name| (*name).to_owned()).collect();
        let loaded = load_own(document.to_string().as_bytes(), &release, &[overlay], &known, &reserved).unwrap();
        (serde_json::to_value(&loaded.openapi).unwrap(), loaded.report)
    }

    fn skipped(report: &Report) -> Vec<(usize, &str, &str)> {
        let all = report.overlays.iter().flat_map(|overlay| &overlay.skipped);
        all.map(|skipped| (skipped.action, skipped.target.as_str(), skipped.problem.as_str())).collect()
    }

    #[test]
    fn wildcards_change_only_what_a_snapshot_has() {
        let mut own = snapshot();
        own["components"]["schemas"]["Own"] = json!({"type": "object", "properties": {"color": {"type": "string"}}});
        own["components"]["schemas"]["TagEntity"]["properties"]["own"] = json!({"type": "string"});
        own["paths"]["/api/own"] = json!({"get": {"responses": {"200": {}}}});
        own["paths"]["/api/tags"]["get"]["parameters"]
            .as_array_mut()
            .unwrap()
            .insert(0, json!({"in": "query", "name": "own", "schema": {"type": "string"}}));
        let (document, report) = load(
            &own,
            "  - {target: $.components.schemas.*.properties.*, update: {format: color}}\n\
             \x20 - {target: $.paths.*.get, update: {x-rust-name: all}}\n\
             \x20 - {target: $.paths.*.get.parameters.*.schema, update: {format: date}}\n",
            &[],
        );
        let properties = |schema: &str| document["components"]["schemas"][schema]["properties"].clone();
        assert_eq!(properties("Own")["color"].get("format"), None);
        assert_eq!(properties("TagEntity")["color"]["format"], json!("color"));
        assert_eq!(properties("TagEntity")["own"].get("format"), None);
        assert_eq!(document["paths"]["/api/own"]["get"].get("x-rust-name"), None);
        assert_eq!(document["paths"]["/api/tags"]["get"]["x-rust-name"], json!("all"));
        let parameters = document["paths"]["/api/tags"]["get"]["parameters"].as_array().unwrap().clone();
        let formats: Vec<&Value> = parameters.iter().map(|parameter| &parameter["schema"]["format"]).collect();
        assert_eq!(formats, [&Value::Null, &json!("date"), &json!("date")]);
        assert_eq!(skipped(&report), []);
    }

    #[test]
    fn what_is_named_is_changed() {
        let mut own = snapshot();
        own["components"]["schemas"]["Own"] = json!({"type": "object", "properties": {"color": {"type": "string"}}});
        own["paths"]["/api/own"] = json!({"get": {"responses": {"200": {}}}});
        let (document, _) = load(
            &own,
            "  - {target: $.components.schemas.Own.properties.*, update: {format: color}}\n\
             \x20 - {target: \"$.paths['/api/own'].*\", update: {x-rust-name: all}}\n",
            &[],
        );
        assert_eq!(document["components"]["schemas"]["Own"]["properties"]["color"]["format"], json!("color"));
        assert_eq!(document["paths"]["/api/own"]["get"]["x-rust-name"], json!("all"));
    }

    /// Wildcards describe the properties of schemas that an action has added.
    #[test]
    fn wildcards_change_what_actions_add() {
        let (document, _) = load(
            &snapshot(),
            "  - {target: $.components.schemas, update: {More: {type: object, properties: {id: {type: integer}}}}}\n\
             \x20 - {target: $.components.schemas.*.properties.id, update: {description: Id.}}\n",
            &[],
        );
        assert_eq!(document["components"]["schemas"]["More"]["properties"]["id"]["description"], json!("Id."));
    }

    #[test]
    fn actions_that_do_not_fit_are_reported_in_their_order() {
        let mut own = snapshot();
        own["components"]["schemas"]["Own"] = json!({"type": "object", "properties": {"break": {"type": "string"}}});
        let (document, report) = load(
            &own,
            "  - {target: $.components.schemas.Team, update: {x-rust-type: Team}}\n\
             \x20 - {target: $.components.schemas.*.properties.break, update: {format: duration}}\n\
             \x20 - {target: $.components.schemas.TagEntity, update: {description: Tag., type: {a: 1}, properties: 1}}\n\
             \x20 - {target: \"$.paths['/api/tags'].get\", update: {x-kimai-full: {$ref: '#/components/schemas/Gone'}}}\n\
             \x20 - {target: $.components.schemas.User, remove: true, x-kimai-optional: true}\n\
             \x20 - {target: $.components.schemas.Old, remove: true, x-kimai: '<2.0'}\n",
            &[],
        );
        assert_eq!(
            skipped(&report),
            [
                (1, "$.components.schemas.Team", "matches nothing in the document"),
                (2, "$.components.schemas.*.properties.break", "matches only what no release of Kimai has"),
                (3, "$.components.schemas.TagEntity", "1 cannot be merged with an object or array; remove that first"),
                (4, "$.paths['/api/tags'].get", "it refers to the schema Gone, which the document does not have"),
            ]
        );
        assert_eq!((report.overlays[0].actions, report.overlays[0].places), (0, 0));
        // Nothing of an action that fails stays.
        assert_eq!(document["components"]["schemas"]["TagEntity"].get("description"), None);
        assert_eq!(document["components"]["schemas"]["TagEntity"]["type"], json!("object"));
    }

    #[test]
    fn a_description_that_is_there_stays() {
        let mut own = snapshot();
        let tag = &mut own["components"]["schemas"]["TagEntity"];
        tag["description"] = json!("Own tag");
        tag["properties"]["id"]["description"] = json!("Own id");
        tag["properties"]["description"] = json!({"type": "string"});
        let parameters = &mut own["paths"]["/api/tags"]["get"]["parameters"];
        parameters[1]["description"] = json!("Own order");
        let (document, report) = load(
            &own,
            "  - {target: $.components.schemas.*.properties.*, update: {description: Any.}}\n\
             \x20 - {target: $.components.schemas.TagEntity.properties.color, update: {description: Color.}}\n\
             \x20 - target: $.components.schemas.TagEntity\n\
             \x20   update: {description: A tag., x-kimai-patch-description: Changes to a tag.}\n\
             \x20 - {target: \"$.paths['/api/tags'].get.parameters[0]\", remove: true}\n\
             \x20 - {target: \"$.paths['/api/tags'].get.parameters.*\", update: {description: Order.}}\n",
            &[],
        );
        let tag = &document["components"]["schemas"]["TagEntity"];
        assert_eq!((&tag["description"], tag.get("x-kimai-patch-description")), (&json!("Own tag"), None));
        assert_eq!(tag["properties"]["id"]["description"], json!("Own id"));
        // A place without a description gets the last one that the overlays set.
        assert_eq!(tag["properties"]["color"]["description"], json!("Color."));
        assert_eq!(tag["properties"]["description"], json!({"type": "string"}), "a property of that name");
        let parameters = document["paths"]["/api/tags"]["get"]["parameters"].as_array().unwrap();
        let described: Vec<_> = parameters.iter().map(|one| (&one["name"], &one["description"])).collect();
        assert_eq!(described, [(&json!("order"), &json!("Own order"))], "its index has changed");
        assert_eq!(skipped(&report), []);
    }

    #[test]
    fn types_of_plugins_do_not_take_the_names_of_others() {
        let mut own = snapshot();
        let object = json!({"type": "object", "properties": {"id": {"type": "integer"}}});
        for name in ["Tag", "Role", "TagForm", "tag_entity", "Label", "LabelType", "Free", "Named"] {
            own["components"]["schemas"][name] = object.clone();
        }
        own["components"]["schemas"]["Text"] = json!({"type": "string"});
        own["components"]["schemas"]["Named"]["x-rust-type"] = json!("Label");
        let (document, report) = load(
            &own,
            "  - {target: $.components.schemas.TagEntity, update: {x-rust-type: Tag}}\n",
            &["Role", "NewTag", "Text", "TagEntity"],
        );
        let ty = |name: &str| document["components"]["schemas"][name].get("x-rust-type").and_then(Value::as_str);
        assert_eq!(ty("TagEntity"), Some("Tag"));
        assert_eq!((ty("Tag"), ty("Role")), (Some("TagType"), Some("RoleType")));
        assert_eq!(ty("TagForm"), Some("TagFormType"), "it would become NewTag");
        assert_eq!(ty("tag_entity"), Some("TagEntityType"));
        assert_eq!((ty("Label"), ty("LabelType")), (Some("LabelType2"), None));
        assert_eq!((ty("Free"), ty("Text"), ty("Named")), (None, None, Some("Label")));
        let notes: Vec<String> =
            report.notes.iter().map(|note| format!("{}: {}", note.pointer, note.text)).take(2).collect();
        assert_eq!(
            notes,
            [
                "/components/schemas/Label: another type is called Label: the type of this schema is called LabelType2; an \
                 overlay can name it with x-rust-type",
                "/components/schemas/Role: another type is called Role: the type of this schema is called RoleType; an \
                 overlay can name it with x-rust-type",
            ]
        );
    }
}
