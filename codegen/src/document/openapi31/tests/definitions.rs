use super::*;

fn schemas(value: &Value) -> Value {
    let (document, notes) = upgraded(json!({"openapi": "3.1.0", "paths": {}, "components": {"schemas": value}}));
    assert_eq!(notes, []);
    document["components"]["schemas"].clone()
}

fn to(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

#[test]
fn definitions_become_named_schemas() {
    let inner = json!({"type": "object", "properties": {"up": {"$ref": "#/components/schemas/A"}}});
    assert_eq!(
        schemas(&json!({
            "A": {
                "$defs": {"Item": inner, "Name": {"type": "string"}},
                "properties": {
                    "item": {"$ref": "#/components/schemas/A/$defs/Item"},
                    "name": {"$ref": "#/$defs/Name"},
                    "encoded": {"$ref": "#/%24defs/Name"},
                },
                "discriminator": {"propertyName": "name", "mapping": {"a": "#/$defs/Item"}},
            },
            "B": {"type": "array", "items": {"$ref": "#/components/schemas/A/$defs/Item"}},
        })),
        json!({
            "A": {
                "properties": {"item": to("Item"), "name": to("Name"), "encoded": to("Name")},
                "discriminator": {"propertyName": "name", "mapping": {"a": "#/components/schemas/Item"}},
            },
            "B": {"type": "array", "items": to("Item")},
            "Item": {"type": "object", "properties": {"up": to("A")}},
            "Name": {"type": "string"},
        })
    );
}

#[test]
fn definitions_in_definitions() {
    assert_eq!(
        schemas(&json!({"A": {
            "$defs": {"B": {"$defs": {"C": {"type": "string"}}, "items": {"$ref": "#/$defs/C"}}, "D": {"$ref": "#/$defs/B"}},
            "anyOf": [{"$ref": "#/$defs/D"}, {"$ref": "#/components/schemas/A/$defs/B/$defs/C"}],
        }})),
        json!({"A": {"anyOf": [to("D"), to("C")]}, "B": {"items": to("C")}, "C": {"type": "string"}, "D": to("B")})
    );
}

#[test]
fn names_that_are_taken() {
    let defs = |typ: &str| json!({"$defs": {"Item": {"type": typ}}, "items": {"$ref": "#/$defs/Item"}});
    assert_eq!(
        schemas(&json!({
            "A": defs("string"), "B": defs("string"), "C": defs("integer"), "Item": {"type": "boolean"},
            "D": {"properties": {"a": defs("number"), "b": defs("boolean")}},
        })),
        json!({
            "A": {"items": to("AItem")}, "B": {"items": to("AItem")}, "C": {"items": to("CItem")},
            "D": {"properties": {"a": {"items": to("DItem")}, "b": {"items": to("DItem2")}}},
            "AItem": {"type": "string"}, "CItem": {"type": "integer"}, "Item": {"type": "boolean"},
            "DItem": {"type": "number"}, "DItem2": {"type": "boolean"},
        })
    );
}

#[test]
fn definitions_of_the_document_and_circles() {
    let answer = json!({"200": {"content": {"application/json": {"schema": {"$ref": "#/$defs/A"}}}}});
    let (document, notes) = upgraded(json!({
        "openapi": "3.1.0",
        "$defs": {"A": {"$ref": "#/$defs/B"}, "B": {"$ref": "#/$defs/A"}},
        "paths": {"/api/a": {"get": {"responses": answer}}},
    }));
    assert_eq!(document["components"], json!({"schemas": {"A": to("B"), "B": to("A")}}));
    let answer = &document["paths"]["/api/a"]["get"]["responses"]["200"];
    assert_eq!(answer["content"]["application/json"]["schema"], to("A"));
    assert_eq!((document.get("$defs"), notes), (None, vec![]));
}
