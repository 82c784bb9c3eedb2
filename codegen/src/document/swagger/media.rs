//! `consumes` and `produces` become the keys of `content`.

use serde_json::{Map, Value, json};

use super::Upgrade;
use crate::Pointer;

/// The media types of requests and responses of an operation.
#[derive(Clone)]
pub(super) struct MediaTypes {
    pub(super) consumes: Vec<String>,
    produces: Vec<String>,
}

impl Default for MediaTypes {
    fn default() -> Self {
        let json = || vec!["application/json".to_owned()];
        Self { consumes: json(), produces: json() }
    }
}

impl MediaTypes {
    /// What the object says, and `otherwise` where it says nothing.
    pub(super) fn of(object: &Map<String, Value>, otherwise: &Self) -> Self {
        let list = |key: &str, otherwise: &Vec<String>| {
            let types = object.get(key).and_then(Value::as_array).filter(|types| !types.is_empty());
            types.map_or_else(
                || otherwise.clone(),
                |types| types.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect(),
            )
        };
        Self { consumes: list("consumes", &otherwise.consumes), produces: list("produces", &otherwise.produces) }
    }
}

impl Upgrade {
    pub(super) fn response(&mut self, response: &mut Value, media: &MediaTypes, place: &Pointer) {
        let Value::Object(response) = response else { return };
        if let Some(Value::Object(headers)) = response.get_mut("headers") {
            for (name, header) in headers {
                let place = place.join("headers").join(name);
                if let Value::Object(header) = header {
                    let schema = self.schema_of_value(header, &place);
                    header.insert("schema".to_owned(), schema);
                }
            }
        }
        let mut examples = match response.remove("examples") {
            Some(Value::Object(examples)) => examples,
            _ => Map::new(),
        };
        let Some(mut schema) = response.remove("schema") else {
            if !examples.is_empty() {
                self.note(&place.join("examples"), "an example without a schema is ignored");
            }
            return;
        };
        self.schema(&mut schema, &place.join("schema"));
        let mut content = Map::new();
        for name in &media.produces {
            let mut entry = json!({"schema": schema.clone()});
            if let (Some(example), Value::Object(entry)) = (examples.remove(name), &mut entry) {
                entry.insert("example".to_owned(), example);
            }
            content.insert(name.clone(), entry);
        }
        for name in examples.keys() {
            self.note(&place.join("examples").join(name), "an example of an undeclared media type is ignored");
        }
        response.insert("content".to_owned(), Value::Object(content));
    }
}
