//! Known damage of Kimai's documents, one function a kind. A repair is applied to the source once,
//! when the snapshot is taken; a snapshot therefore needs none.

use serde_json::{Value, json};

use super::structure::{Kind, walk};

/// A repair that changed something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Its name.
    pub name: &'static str,
    /// Why the document has this damage.
    pub reason: &'static str,
    /// How many places were repaired.
    pub count: usize,
}

struct Rule {
    name: &'static str,
    reason: &'static str,
    /// Repairs one value and says whether it needed it.
    apply: fn(&mut Value, Kind) -> bool,
}

const RULES: [Rule; 6] = [
    Rule { name: "empty-object", reason: "the HTML page writes empty objects as []", apply: empty_object },
    Rule { name: "length-as-text", reason: "Kimai 1.15 to 1.30 write lengths as strings", apply: length_as_text },
    Rule { name: "null-default", reason: "'default: null' on values that cannot be null", apply: null_default },
    Rule { name: "default-type", reason: "a number as the default of a string", apply: default_type },
    Rule { name: "array-format", reason: "a PHP class as the format of an array", apply: array_format },
    Rule { name: "array-pattern", reason: "'pattern' of an array applies to its items", apply: array_pattern },
];

/// Takes the document out of what the HTML page has around it.
pub(super) fn unwrap(document: &mut Value) -> Option<Repair> {
    page_wrapper(document, Kind::Root).then_some(Repair {
        name: "page-wrapper",
        reason: "the HTML page wraps the document in a member 'spec'",
        count: 1,
    })
}

/// Applies all repairs and reports those which found something.
pub(super) fn apply(document: &mut Value) -> Vec<Repair> {
    let mut repairs = Vec::new();
    for rule in &RULES {
        let mut count = 0;
        walk(document, &mut |value, kind, _| count += usize::from((rule.apply)(value, kind)));
        if count > 0 {
            repairs.push(Repair { name: rule.name, reason: rule.reason, count });
        }
    }
    let count = security_schemes(document);
    if count > 0 {
        let reason = "Kimai 1.x declares the two credentials as alternatives, but requires both";
        repairs.push(Repair { name: "security-scheme", reason, count });
    }
    repairs
}

fn page_wrapper(value: &mut Value, kind: Kind) -> bool {
    let Value::Object(object) = value else { return false };
    if kind != Kind::Root || object.len() != 1 {
        return false;
    }
    match object.remove("spec") {
        Some(spec) => {
            *value = spec;
            true
        }
        None => false,
    }
}

fn empty_object(value: &mut Value, kind: Kind) -> bool {
    let damaged = kind.is_object() && value.as_array().is_some_and(Vec::is_empty);
    if damaged {
        *value = json!({});
    }
    damaged
}

fn length_as_text(value: &mut Value, kind: Kind) -> bool {
    let (Kind::Schema, Value::Object(schema)) = (kind, value) else { return false };
    let mut repaired = false;
    for key in ["maxItems", "maxLength", "minItems", "minLength"] {
        if let Some(length) = schema.get_mut(key)
            && let Some(number) = length.as_str().and_then(|text| text.parse::<u64>().ok())
        {
            *length = number.into();
            repaired = true;
        }
    }
    repaired
}

fn null_default(value: &mut Value, kind: Kind) -> bool {
    let (Kind::Schema, Value::Object(schema)) = (kind, value) else { return false };
    let nullable = schema.get("nullable") == Some(&Value::Bool(true));
    if nullable || schema.get("default") != Some(&Value::Null) {
        return false;
    }
    schema.remove("default");
    true
}

fn default_type(value: &mut Value, kind: Kind) -> bool {
    let (Kind::Schema, Value::Object(schema)) = (kind, value) else { return false };
    if schema.get("type").and_then(Value::as_str) != Some("string") {
        return false;
    }
    let Some(default) = schema.get_mut("default").filter(|default| default.is_number() || default.is_boolean()) else {
        return false;
    };
    *default = Value::String(default.to_string());
    true
}

fn security_schemes(document: &mut Value) -> usize {
    let Value::Object(root) = document else { return 0 };
    let headers: Vec<(String, String)> = root
        .get("components")
        .and_then(|components| components.get("securitySchemes"))
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter(|(_, scheme)| scheme.get("in") == Some(&json!("header")))
        .filter_map(|(name, scheme)| Some((scheme.get("name")?.as_str()?.to_owned(), name.clone())))
        .collect();
    let scheme_of = |header: &str| headers.iter().find(|(known, _)| known == header).map(|(_, scheme)| scheme.clone());
    let (Some(user), Some(token)) = (scheme_of("X-AUTH-USER"), scheme_of("X-AUTH-TOKEN")) else { return 0 };
    let mend = |security: &mut Value| {
        let [a, b] = security.as_array().map(Vec::as_slice).unwrap_or_default() else { return false };
        let name = |requirement: &Value| {
            let name = requirement.as_object().filter(|names| names.len() == 1)?.keys().next()?;
            Some(scheme_of(name).unwrap_or_else(|| name.clone()))
        };
        let (a, b) = (name(a), name(b));
        let pair = [Some(&user), Some(&token)];
        let is_pair = pair == [a.as_ref(), b.as_ref()] || pair == [b.as_ref(), a.as_ref()];
        if is_pair {
            *security = json!([{user.clone(): [], token.clone(): []}]);
        }
        is_pair
    };
    let mut repaired = usize::from(root.get_mut("security").is_some_and(mend));
    let items = root.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
    for operation in items.filter_map(|(_, item)| item.as_object_mut()).flatten() {
        repaired += usize::from(operation.1.get_mut("security").is_some_and(mend));
    }
    repaired
}

fn array_format(value: &mut Value, kind: Kind) -> bool {
    let (Kind::Schema, Value::Object(schema)) = (kind, value) else { return false };
    schema.get("type").and_then(Value::as_str) == Some("array") && schema.remove("format").is_some()
}

fn array_pattern(value: &mut Value, kind: Kind) -> bool {
    let (Kind::Schema, Value::Object(schema)) = (kind, value) else { return false };
    if schema.get("type").and_then(Value::as_str) != Some("array") {
        return false;
    }
    let Some(pattern) = schema.remove("pattern") else { return false };
    let items = schema.entry("items").or_insert_with(|| json!({}));
    if let Value::Object(items) = items {
        items.entry("type").or_insert_with(|| json!("string"));
        items.entry("pattern").or_insert(pattern);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(value: Value) -> Value {
        let mut document = json!({"components": {"schemas": {}}});
        document["components"]["schemas"]["S"] = value;
        document
    }

    fn repaired(value: Value) -> (Value, Vec<(&'static str, usize)>) {
        let mut document = schema(value);
        let repairs = apply(&mut document).into_iter().map(|repair| (repair.name, repair.count)).collect();
        (document["components"]["schemas"]["S"].clone(), repairs)
    }

    /// How Kimai behaves: 'Where a server publishes its document'.
    #[test]
    fn a_page_contains_the_document_in_a_member() {
        let mut page = json!({"spec": {"openapi": "3.0.0", "paths": []}});
        let mut repairs: Vec<Repair> = unwrap(&mut page).into_iter().collect();
        repairs.extend(apply(&mut page));
        assert_eq!(page, json!({"openapi": "3.0.0", "paths": {}}));
        assert_eq!(repairs.iter().map(|repair| repair.name).collect::<Vec<_>>(), ["page-wrapper", "empty-object"]);
    }

    /// How Kimai behaves: 'Empty objects become empty arrays'.
    #[test]
    fn an_empty_array_becomes_an_object_where_one_is_expected() {
        let (value, repairs) = repaired(json!({"type": "array", "items": [], "default": [], "enum": []}));
        assert_eq!(value, json!({"type": "array", "items": {}, "default": [], "enum": []}));
        assert_eq!(repairs, [("empty-object", 1)]);
    }

    /// How Kimai behaves: 'Defects of the document'.
    #[test]
    fn lengths_and_defaults() {
        let (value, repairs) = repaired(json!({"type": "string", "maxLength": "60", "minLength": "2", "default": 1}));
        assert_eq!(value, json!({"type": "string", "maxLength": 60, "minLength": 2, "default": "1"}));
        assert_eq!(repairs, [("length-as-text", 1), ("default-type", 1)]);

        let (value, repairs) = repaired(json!({"type": "string", "default": null}));
        assert_eq!((value, repairs), (json!({"type": "string"}), vec![("null-default", 1)]));

        let nullable = json!({"type": "string", "default": null, "nullable": true});
        assert_eq!(repaired(nullable.clone()), (nullable, vec![]));
    }

    /// How Kimai behaves: 'Unusual formats and patterns'.
    #[test]
    fn the_format_of_an_array_is_a_php_class() {
        let (value, repairs) = repaired(json!({"type": "array", "items": {}, "format": "[App\\Entity\\User id]"}));
        assert_eq!(value, json!({"type": "array", "items": {}}));
        assert_eq!(repairs, [("array-format", 1)]);
    }

    /// How Kimai behaves: 'Unusual formats and patterns'.
    #[test]
    fn the_pattern_of_an_array_belongs_to_its_items() {
        let (value, repairs) = repaired(json!({"type": "array", "items": {}, "pattern": "\\d+"}));
        assert_eq!(value, json!({"type": "array", "items": {"type": "string", "pattern": "\\d+"}}));
        assert_eq!(repairs, [("array-pattern", 1)]);
    }

    /// How Kimai behaves: 'Defects of the document'.
    #[test]
    fn security_schemes_by_their_headers() {
        let scheme = |name: &str| json!({"type": "apiKey", "in": "header", "name": name});
        let mut document = json!({
            "security": [{"X-AUTH-USER": []}, {"X-AUTH-TOKEN": []}],
            "components": {"securitySchemes": {"apiUser": scheme("X-AUTH-USER"), "apiToken": scheme("X-AUTH-TOKEN")}},
            "paths": {"/api/a": {"get": {"security": [{"apiUser": []}, {"apiToken": []}]}, "post": {"security": []}}},
        });
        let repairs = apply(&mut document);
        let both = json!([{"apiUser": [], "apiToken": []}]);
        assert_eq!(document["security"], both);
        assert_eq!(document["paths"]["/api/a"], json!({"get": {"security": both}, "post": {"security": []}}));
        let repairs: Vec<_> = repairs.iter().map(|repair| (repair.name, repair.count)).collect();
        assert_eq!(repairs, [("security-scheme", 2)]);
        assert_eq!(apply(&mut document), []);
    }

    #[test]
    fn what_is_whole_stays_as_it_is() {
        let (_, repairs) = repaired(json!({"type": "object", "properties": {"default": {"type": "string"}}}));
        assert_eq!(repairs, []);
    }
}
