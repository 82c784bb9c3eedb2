//! Edits of the snapshot of 2.65.0.

use serde_json::{Value, json};

/// The snapshot with an edit.
pub(crate) fn edited(edit: impl FnOnce(&mut Value)) -> Value {
    let mut document = crate::support::document();
    edit(&mut document);
    document
}

pub(crate) fn reference(schema: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{schema}")})
}

pub(crate) fn content(schema: &Value) -> Value {
    json!({"content": {"application/json": {"schema": schema}}})
}

pub(crate) fn id() -> Value {
    json!([{"in": "path", "name": "id", "required": true, "schema": {"type": "string"}}])
}

/// `POST /api/projects/{id}/duplicate`.
pub(crate) fn one_more(document: &mut Value) {
    document["paths"]["/api/projects/{id}/duplicate"] =
        json!({"post": {"parameters": id(), "responses": {"200": content(&reference("ProjectEntity"))}}});
}

/// No `GET /api/tags/find`, about which overlays say something.
pub(crate) fn one_less(document: &mut Value) {
    document["paths"].as_object_mut().unwrap().remove("/api/tags/find").unwrap();
}

/// The color of teams is a number.
pub(crate) fn other_type(document: &mut Value) {
    document["components"]["schemas"]["Team"]["properties"]["color"] = json!({"type": "integer"});
}

/// A fourth role in forms, where an overlay names three.
pub(crate) fn more_values(document: &mut Value) {
    for form in ["UserCreateForm", "UserEditForm"] {
        let roles = &mut document["components"]["schemas"][form]["properties"]["roles"]["items"]["enum"];
        roles.as_array_mut().unwrap().push(json!("ROLE_AUDITOR"));
    }
}

/// A schema has another name.
pub(crate) fn rename(document: &mut Value, old: &str, new: &str) {
    let text = document.to_string();
    let reference = |name: &str| format!("\"#/components/schemas/{name}\"");
    *document = serde_json::from_str(&text.replace(&reference(old), &reference(new))).unwrap();
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    let schema = schemas.remove(old).unwrap();
    schemas.insert(new.to_owned(), schema);
}

/// A new resource with ids of its own.
pub(crate) fn gadgets(document: &mut Value) {
    let parameter = |name: &str, schema: Value| json!({"in": "query", "name": name, "schema": schema});
    let term = parameter("term", json!({"type": "string"}));
    let shape = parameter("shape", json!({"type": "string", "pattern": "round|square"}));
    let body = || {
        let mut body = content(&reference("GadgetEditForm"));
        body["required"] = json!(true);
        body
    };
    let gadget = || json!({"200": content(&reference("GadgetEntity"))});
    let list = content(&json!({"type": "array", "items": reference("GadgetCollection")}));
    document["paths"]["/api/gadgets"] = json!({
        "get": {"parameters": [term, shape], "responses": {"200": list}},
        "post": {"requestBody": body(), "responses": gadget()},
    });
    document["paths"]["/api/gadgets/{id}"] = json!({
        "get": {"parameters": id(), "responses": gadget()},
        "patch": {"parameters": id(), "requestBody": body(), "responses": gadget()},
        "delete": {"parameters": id(), "responses": {"204": {}}},
    });
    let size = || json!({"type": "string", "enum": ["small", "large"]});
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    let mut object = |name: &str, properties: Value| {
        schemas.insert(name.to_owned(), json!({"type": "object", "properties": properties}));
    };
    object("GadgetCollection", json!({"id": {"type": "integer"}, "name": {"type": "string"}}));
    let whole = json!({"id": {"type": "integer"}, "name": {"type": "string"}, "size": size(),
        "isHeavy": {"type": "boolean"}, "owner": reference("User")});
    object("GadgetEntity", whole);
    object("GadgetEditForm", json!({"name": {"type": "string"}, "size": size()}));
    schemas["GadgetEditForm"]["required"] = json!(["name"]);
}
