//! The requests of an operation.

use codegen::api::{Api, Method, Operation, Parameter, ParameterPlace, ParameterValue, Scalar, Segment, TypeKind};
use codegen::audit::Exchange;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::ids::Ids;

/// What a segment of a path keeps.
const SEGMENT: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The target of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
}

impl Target {
    /// The same with one more parameter.
    pub(super) fn with(&self, name: &str, value: &str) -> Self {
        let mut target = self.clone();
        target.query.push((name.to_owned(), value.to_owned()));
        target
    }
}

/// Why an operation is never sent, if that is so. Only GET may be walked at all.
pub(super) fn obstacle(operation: &Operation) -> Option<String> {
    if operation.writes {
        return Some("changes data, although it is a GET".to_owned());
    }
    if operation.outside_api {
        return Some("is not below /api/".to_owned());
    }
    let is_text = |value: &Scalar| matches!(value, Scalar::String);
    let in_path = operation.path.iter().find_map(|segment| match segment {
        Segment::Parameter(parameter) if is_text(&parameter.ty) => Some(parameter.name.as_str()),
        _ => None,
    });
    let required = || operation.parameters.iter().filter(|parameter| parameter.required);
    let in_query = || {
        let unknown = |parameter: &&Parameter| {
            parameter.place != ParameterPlace::Query || scalar(&parameter.value).is_some_and(is_text) || {
                matches!(parameter.value, ParameterValue::Object { .. })
            }
        };
        required().find(unknown).map(|parameter| parameter.name.as_str())
    };
    let name = in_path.or_else(in_query)?;
    Some(format!("requires {name}, which no response shows"))
}

/// Whether this is one of the operations to walk.
pub(super) fn is_get(operation: &Operation) -> bool {
    operation.method == Method::Get
}

/// The kinds of ids that an operation requires.
pub(super) fn kinds(operation: &Operation) -> Vec<&str> {
    let in_path = operation.path.iter().filter_map(|segment| match segment {
        Segment::Parameter(parameter) => Some(&parameter.ty),
        Segment::Literal(_) => None,
    });
    let required = operation.parameters.iter().filter(|parameter| parameter.required);
    let all = in_path.chain(required.filter_map(|parameter| scalar(&parameter.value)));
    all.filter_map(|scalar| if let Scalar::Id(kind) = scalar { Some(kind.as_str()) } else { None }).collect()
}

/// Up to so many requests of an operation, each with other values; none if an id is missing.
pub(super) fn targets(api: &Api, operation: &Operation, ids: &Ids, count: usize) -> Vec<Target> {
    let in_path: Vec<Vec<String>> = operation
        .path
        .iter()
        .map(|segment| match segment {
            Segment::Literal(text) => vec![text.clone()],
            Segment::Parameter(parameter) => values(api, &parameter.ty, ids, count)
                .into_iter()
                .map(|value| utf8_percent_encode(&value, &SEGMENT).to_string())
                .collect(),
        })
        .collect();
    let required = operation.parameters.iter().filter(|parameter| parameter.required);
    let in_query: Vec<(&str, Vec<String>)> =
        required.filter_map(|parameter| parameter_values(api, &parameter.value, ids, count)).collect();
    let lengths = in_path.iter().map(Vec::len).chain(in_query.iter().map(|(_, values)| values.len()));
    let most = lengths.clone().max().unwrap_or(0);
    if lengths.min() == Some(0) {
        return Vec::new();
    }
    let pick = |values: &[String], at: usize| values.iter().cycle().nth(at).cloned().unwrap_or_default();
    let target = |at: usize| {
        let segments: Vec<String> = in_path.iter().map(|values| pick(values, at)).collect();
        let query = in_query.iter().map(|(name, values)| ((*name).to_owned(), pick(values, at))).collect();
        Target { path: format!("/api/{}", segments.join("/")), query }
    };
    (0..most).map(target).collect()
}

/// The target of the second page of a list, if it has one: of the server's size, or of one entry.
pub(super) fn second_page(operation: &Operation, target: &Target, first: &Exchange) -> Option<Target> {
    let has = |name| {
        let is_it = |value: &ParameterValue| matches!(value, ParameterValue::One { wire, .. } if wire == name);
        operation.parameters.iter().any(|parameter| is_it(&parameter.value))
    };
    let number = |name| first.header(name).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    if !has("page") {
        return None;
    }
    let second = target.with("page", "2");
    if number("x-total-pages") > 1 {
        return Some(second);
    }
    (has("size") && number("x-total-count") > 1).then(|| second.with("size", "1"))
}

fn parameter_values<'a>(
    api: &Api,
    value: &'a ParameterValue,
    ids: &Ids,
    count: usize,
) -> Option<(&'a str, Vec<String>)> {
    match value {
        ParameterValue::One { wire, ty } | ParameterValue::List { wire, ty, .. } => {
            Some((wire, values(api, ty, ids, count)))
        }
        ParameterValue::Select { one, ty, .. } => Some((one, values(api, ty, ids, count))),
        ParameterValue::Flag { wire, value } => Some((wire, vec![value.clone()])),
        ParameterValue::Object { .. } => None,
    }
}

fn scalar(value: &ParameterValue) -> Option<&Scalar> {
    match value {
        ParameterValue::One { ty, .. } | ParameterValue::List { ty, .. } | ParameterValue::Select { ty, .. } => {
            Some(ty)
        }
        ParameterValue::Flag { .. } | ParameterValue::Object { .. } => None,
    }
}

/// Some values of a type.
fn values(api: &Api, ty: &Scalar, ids: &Ids, count: usize) -> Vec<String> {
    let one = |text: &str| vec![text.to_owned()];
    match ty {
        Scalar::String => Vec::new(),
        Scalar::Unsigned | Scalar::Integer | Scalar::Float => one("1"),
        Scalar::Bool { yes, .. } => one(yes),
        Scalar::Id(kind) => ids.spread(kind, count).iter().map(u64::to_string).collect(),
        Scalar::Enum(name) => match api.types.get(name).map(|ty| &ty.kind) {
            Some(TypeKind::Enum { variants, .. }) => {
                variants.iter().take(count).map(|variant| variant.wire.clone()).collect()
            }
            _ => Vec::new(),
        },
        Scalar::LocalDateTime => one("2025-01-01T00:00:00"),
        Scalar::Utc => one("2025-01-01T00:00:00Z"),
        Scalar::Date => one("2025-01-01"),
    }
}

#[cfg(test)]
mod tests {
    use codegen::{api, document};

    use super::*;

    const DOCUMENT: &str = r#"
openapi: 3.0.0
info: {title: Kimai, version: "1"}
paths:
  /api/items:
    get: {tags: [Item], operationId: get_items, responses: {'200': {description: ok, content: {application/json: {schema:
      {type: array, items: {$ref: '#/components/schemas/Item'}}}}}}}
  /api/items/{id}/{view}:
    get:
      tags: [Item]
      operationId: get_item
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer}, x-rust-id: Item}
        - {name: view, in: path, required: true, schema: {type: string, enum: ['a/b', c]}}
        - {name: month, in: query, required: true, schema: {type: string, format: date}}
        - {name: owner, in: query, required: true, schema: {type: integer, x-rust-id: Owner}}
        - {name: color, in: query, schema: {type: string}}
      responses: {'200': {description: ok}}
  /api/items/{name}:
    get:
      tags: [Item]
      operationId: get_item_by_name
      x-rust-name: by_name
      parameters: [{name: name, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: ok}}
  /api/items/stop:
    get: {tags: [Item], operationId: get_stop, x-kimai-writes: true, responses: {'200': {description: ok}}}
components:
  schemas:
    Item:
      type: object
      properties:
        id: {type: integer, x-rust-id: Item}
        owners: {type: array, items: {type: object, properties: {id: {type: integer, x-rust-id: Owner}}}}
        parent: {$ref: '#/components/schemas/Item'}
"#;

    fn model() -> Api {
        let release = "2.65.0".parse().unwrap();
        let document = document::load(DOCUMENT.as_bytes(), &release, &[]).unwrap();
        api::build(&document, &release).unwrap().0
    }

    fn operation<'a>(api: &'a Api, template: &str) -> &'a Operation {
        api.operations.iter().find(|operation| operation.template == template).unwrap()
    }

    #[test]
    fn ids_come_from_responses() {
        let api = model();
        let list = operation(&api, "/api/items");
        let item = operation(&api, "/api/items/{id}/{view}");
        assert_eq!(kinds(item), ["Item", "Owner"]);
        let mut ids = Ids::default();
        assert!(targets(&api, item, &ids, 3).is_empty());
        let value = serde_json::json!([
            {"id": 4, "owners": [{"id": 70}], "parent": {"id": 2, "owners": null, "parent": null}},
            {"id": 9, "owners": [{"id": 71}, {"id": "x"}, 5], "unknown": {"id": 3}},
            7,
        ]);
        ids.collect(&api, list.answer.json().unwrap(), false, &value);
        let shown: Vec<String> = targets(&api, item, &ids, 3)
            .into_iter()
            .map(|target| {
                let query: Vec<String> = target.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
                format!("{}?{}", target.path, query.join("&"))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "/api/items/2/a%2Fb?month=2025-01-01&owner=70",
                "/api/items/4/c?month=2025-01-01&owner=71",
                "/api/items/9/a%2Fb?month=2025-01-01&owner=70",
            ]
        );
    }

    #[test]
    fn what_cannot_be_sent_has_a_reason() {
        let api = model();
        for (template, reason) in [
            ("/api/items", None),
            ("/api/items/{id}/{view}", None),
            ("/api/items/{name}", Some("requires name, which no response shows")),
            ("/api/items/stop", Some("changes data, although it is a GET")),
        ] {
            assert_eq!(obstacle(operation(&api, template)).as_deref(), reason, "{template}");
        }
    }
}
