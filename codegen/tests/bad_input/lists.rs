//! Paged lists with unusual records and parameters.

use serde_json::{Map, Value, json};

use crate::support::compile::compiles;
use crate::support::{document, in_query, json_of, reference, valid};

/// What a request can do already, in the runtime's words.
const METHODS: [&str; 18] = [
    "at",
    "call",
    "client",
    "concurrency",
    "id",
    "into_call",
    "iter",
    "map",
    "open",
    "page_number",
    "pages",
    "pager",
    "raw",
    "send",
    "stream",
    "with_header",
    "with_options",
    "with_retry",
];

fn page(schema: &Value, required: bool) -> Value {
    json!({"in": "query", "name": "page", "required": required, "schema": schema})
}

fn lists() -> Value {
    let digits = json!({"type": "string", "pattern": "\\d+"});
    let integer = json!({"type": "integer"});
    let size = json!({"in": "query", "name": "size", "schema": integer});
    let ids = [
        ("Always", json!({"type": "integer"}), true),
        ("Sometimes", json!({"type": "integer"}), false),
        ("Nullable", json!({"type": "integer", "nullable": true}), true),
        ("Text", json!({"type": "string"}), true),
        ("Number", json!({"type": "number"}), true),
    ];
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    for (name, id, is_always) in ids {
        let always: &[&str] = if is_always { &["id"] } else { &[] };
        let schema = json!({"type": "object", "properties": {"id": id}, "x-kimai-always": always});
        schemas.insert(name.to_owned(), schema);
        let things = json!({"200": json_of(&json!({"type": "array", "items": reference(name)}))});
        for (number, (schema, required)) in
            [(&digits, false), (&digits, true), (&integer, false), (&integer, true)].into_iter().enumerate()
        {
            let mut parameters = vec![page(schema, required), size.clone()];
            parameters.extend(METHODS.map(in_query));
            let path = format!("/api/{}{number}", name.to_lowercase());
            paths.insert(path, json!({"get": {"parameters": parameters, "responses": things}}));
        }
    }
    document(&Value::Object(paths), &json!({"schemas": schemas}))
}

#[test]
fn records_are_known_by_their_ids_where_they_have_some() {
    let files = valid(&lists());
    let list = |name: &str| files[&format!("operations/{name}.rs")].clone();
    assert!(list("always0").contains("fn id(item: &Self::Item) -> Option<u64> {\n        Some(item.id"));
    assert!(list("sometimes0").contains("item.id.map("));
    assert!(list("nullable0").contains("item.id.map("));
    assert!(!list("text0").contains("fn id(item") && !list("number0").contains("fn id(item"));
    assert!(list("always0").contains("fn page_number(&self) -> u32 {\n        self.page.unwrap_or(1)"));
    assert!(list("always1").contains("fn page_number(&self) -> u32 {\n        self.page\n"));
    compiles(&files);
}

#[test]
fn a_get_that_changes_something_says_so() {
    let operation = |writes: &Value| {
        let get = json!({"x-kimai-writes": writes, "responses": {"204": {"description": ""}}});
        document(&json!({"/api/things/restart": {"get": get}}), &json!({}))
    };
    assert!(valid(&operation(&json!(true)))["operations/things.rs"].contains("const WRITES: bool = true;"));
    assert!(!valid(&operation(&json!(false)))["operations/things.rs"].contains("WRITES"));
    let refusal = crate::support::refusal(&operation(&json!("yes")));
    assert!(refusal.ends_with("/get/x-kimai-writes: true or false is expected here"), "{refusal}");
}
