//! A document without what no snapshot has.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{KnownParts, Part, Spot, identity};
use crate::document::structure::Kind;

const SCHEMAS: &str = "#/components/schemas/";

impl KnownParts {
    /// Removes the operations, parameters, request bodies, schemas, properties, values of enums and media types that no
    /// snapshot has. A schema to which something known refers stays.
    pub fn retain(&self, document: &mut Value) {
        retain(document, &self.root, Spot::ROOT);
        let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") else { return };
        let (known, mut own): (Map<_, _>, Map<_, _>) =
            std::mem::take(schemas).into_iter().partition(|(name, _)| self.has_schema(name));
        *schemas = known;
        let mut open = BTreeSet::new();
        references(document, &mut open);
        let mut used = Map::new();
        while let Some(name) = open.pop_first() {
            if let Some(schema) = own.remove(&name) {
                references(&schema, &mut open);
                used.insert(name, schema);
            }
        }
        if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
            schemas.extend(used);
        }
    }
}

fn retain(value: &mut Value, known: &Part, spot: Spot) {
    match value {
        Value::Object(object) => {
            object.retain(|token, member| retain_member(member, token, known, spot));
            retain_required(object);
        }
        Value::Array(array) => {
            let mut index = 0;
            array.retain_mut(|element| {
                let token = identity(element, spot.kind, index);
                index += 1;
                retain_member(element, &token, known, spot)
            });
        }
        _ => {}
    }
}

/// Whether the member stays.
fn retain_member(member: &mut Value, token: &str, known: &Part, spot: Spot) -> bool {
    let inner = spot.member(token);
    if let Some(part) = known.members.get(token) {
        if inner.kind == Kind::Schemas && spot.kind == Kind::Components {
            // Which of the schemas are in use is known when the rest is done.
            for (name, schema) in member.as_object_mut().into_iter().flatten() {
                if let Some(part) = part.members.get(name) {
                    retain(schema, part, inner.member(name));
                }
            }
        } else {
            retain(member, part, inner);
        }
        return true;
    }
    if spot.what(inner).is_some() || matches!(inner.kind, Kind::PathItem | Kind::RequestBody) {
        return false;
    }
    // No part itself, but there may be some inside.
    let was_empty = is_empty(member);
    retain(member, &Part::default(), inner);
    was_empty || !is_empty(member)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Object(object) => object.is_empty(),
        Value::Array(array) => array.is_empty(),
        _ => false,
    }
}

/// What is required has to be there.
fn retain_required(object: &mut Map<String, Value>) {
    let Some(Value::Object(properties)) = object.get("properties") else { return };
    let names: BTreeSet<String> = properties.keys().cloned().collect();
    if let Some(Value::Array(required)) = object.get_mut("required") {
        required.retain(|name| name.as_str().is_some_and(|name| names.contains(name)));
    }
}

fn references(value: &Value, open: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            let target = object.get("$ref").and_then(Value::as_str);
            open.extend(target.and_then(|target| target.strip_prefix(SCHEMAS)).map(str::to_owned));
            object.values().for_each(|member| references(member, open));
        }
        Value::Array(array) => array.iter().for_each(|element| references(element, open)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_no_snapshot_has_goes() {
        let snapshot = json!({
            "paths": {"/api/tags": {"get": {
                "parameters": [{"in": "query", "name": "order", "schema": {"type": "string", "enum": ["ASC", "DESC"]}}],
                "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Tag"}}}}},
            }}},
            "components": {"schemas": {"Tag": {"properties": {"id": {"type": "integer"}}, "required": ["id"]}}},
        });
        let mut known = KnownParts::new();
        known.add(&snapshot, vec!["2.65.0".parse().unwrap()]);
        let mut own = snapshot.clone();
        let get = &mut own["paths"]["/api/tags"]["get"];
        get["parameters"][0]["schema"]["enum"] = json!(["own", "ASC", "DESC"]);
        get["parameters"].as_array_mut().unwrap().insert(0, json!({"in": "query", "name": "own"}));
        get["requestBody"] = json!({"content": {"application/json": {"schema": {}}}});
        get["responses"]["200"]["content"]["text/csv"] = json!({});
        own["paths"]["/api/tags"]["put"] = json!({"responses": {}});
        own["paths"]["/api/own"] = json!({"get": {"responses": {}}, "parameters": []});
        own["components"]["schemas"]["Own"] = json!({"properties": {"other": {"$ref": "#/components/schemas/Own"}}});
        let tag = &mut own["components"]["schemas"]["Tag"];
        tag["properties"]["own"] = json!({"type": "string", "enum": ["a"]});
        tag["required"] = json!(["id", "own"]);
        known.retain(&mut own);
        assert_eq!(own, snapshot);
    }

    #[test]
    fn a_schema_that_is_in_use_stays() {
        let of =
            |reference: &str| json!({"components": {"schemas": {"Tag": {"properties": {"id": {"$ref": reference}}}}}});
        let mut known = KnownParts::new();
        known.add(&of("#/components/schemas/Id"), vec!["2.65.0".parse().unwrap()]);
        let mut own = of("#/components/schemas/Own");
        own["components"]["schemas"]["Own"] = json!({"items": {"$ref": "#/components/schemas/Other"}});
        own["components"]["schemas"]["Other"] = json!({"type": "string"});
        own["components"]["schemas"]["Unused"] = json!({"type": "string"});
        known.retain(&mut own);
        let schemas: Vec<&String> = own["components"]["schemas"].as_object().unwrap().keys().collect();
        assert_eq!(schemas, ["Other", "Own", "Tag"]);
    }
}
