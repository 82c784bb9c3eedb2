//! Paths that refer to `components/pathItems`, and what an operation may omit.

use serde_json::{Map, Value, json};

use super::Upgrade;
use crate::{Error, Pointer};

const SHARED: &str = "#/components/pathItems/";

/// The most values that are copied for references to path items: every path gets its own copy.
const MAX_COPIED: usize = 1_000_000;

/// The longest chain of references.
const MAX_CHAIN: usize = 32;

impl Upgrade {
    pub(super) fn paths(&mut self, root: &mut Map<String, Value>) -> Result<(), Error> {
        if root.remove("webhooks").is_some() {
            let text = "webhooks are requests that the server sends: they are ignored";
            self.note(&Pointer::root().join("webhooks"), text);
        }
        let mut shared = None;
        if let Some(Value::Object(components)) = root.get_mut("components") {
            shared = components.remove("pathItems");
            // Those in use are reported where they are used.
            components.remove("callbacks");
        }
        let shared = match shared {
            Some(Value::Object(shared)) => shared,
            _ => Map::new(),
        };
        let paths = root.entry("paths").or_insert_with(|| json!({}));
        let Value::Object(paths) = paths else { return Ok(()) };
        let mut copied = 0;
        for (path, item) in paths {
            let place = Pointer::root().join("paths").join(path);
            resolve(item, &shared, &place, &mut copied)?;
        }
        Ok(())
    }

    pub(super) fn operation(&mut self, operation: &mut Map<String, Value>, place: &Pointer) {
        if operation.remove("callbacks").is_some() {
            let text = "callbacks are requests that the server sends: they are ignored";
            self.note(&place.join("callbacks"), text);
        }
        operation.entry("responses").or_insert_with(|| json!({}));
    }
}

/// Replaces a reference to a path item by its content. Members beside the reference win.
fn resolve(item: &mut Value, shared: &Map<String, Value>, place: &Pointer, copied: &mut usize) -> Result<(), Error> {
    let Value::Object(item) = item else { return Ok(()) };
    let mut chain: Vec<String> = Vec::new();
    while let Some(reference) = item.get("$ref").and_then(Value::as_str) {
        let Some(name) = reference.strip_prefix(SHARED) else { return Ok(()) };
        let name = name.replace("~1", "/").replace("~0", "~");
        let is_circle = chain.iter().any(|earlier| earlier == reference);
        let target = reference.to_owned();
        chain.push(target.clone());
        if is_circle || chain.len() > MAX_CHAIN {
            return Err(Error::CyclicReference { pointer: place.clone(), chain });
        }
        let Some(Value::Object(content)) = shared.get(&name) else {
            return Err(Error::UnresolvedReference { pointer: place.clone(), target });
        };
        *copied += content.values().map(size).sum::<usize>();
        if *copied > MAX_COPIED {
            return Err(Error::Unsupported {
                pointer: place.clone(),
                what: "a document with as many references to large path items".to_owned(),
                instead: "write the operations into the paths".to_owned(),
            });
        }
        item.remove("$ref");
        for (key, value) in content {
            item.entry(key.clone()).or_insert_with(|| value.clone());
        }
    }
    Ok(())
}

/// How many values there are.
fn size(value: &Value) -> usize {
    match value {
        Value::Object(object) => 1 + object.values().map(size).sum::<usize>(),
        Value::Array(array) => 1 + array.iter().map(size).sum::<usize>(),
        _ => 1,
    }
}
