//! The command that the library `drift` does not bring: compares two files, and writes what it finds as JSON. Not built
//! in this workspace: run.mjs makes a package of it.

use std::error::Error;

use serde_json::{Value, json};

/// Adds the texts that OpenAPI demands. Our snapshots have none, and drift does not read documents without them.
fn complete(document: &mut Value) {
    if let Some(info) = document.get_mut("info").and_then(Value::as_object_mut) {
        info.entry("title").or_insert_with(|| json!(""));
    }
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    let operations = paths.into_iter().flatten().filter_map(|(_, item)| item.as_object_mut()).flatten();
    let responses = operations.filter_map(|(_, operation)| operation.get_mut("responses")?.as_object_mut());
    for (_, response) in responses.flatten() {
        if let Some(response) = response.as_object_mut().filter(|response| !response.contains_key("$ref")) {
            response.entry("description").or_insert_with(|| json!(""));
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut documents = Vec::new();
    for path in std::env::args_os().skip(1) {
        let mut document: Value = serde_json::from_slice(&std::fs::read(path)?)?;
        complete(&mut document);
        documents.push(document);
    }
    let [old, new] = documents.as_slice() else { return Err("two files, please".into()) };
    let mut entries = Vec::new();
    for record in drift::compare(old, new).map_err(|error| format!("{error:#}"))? {
        let reached: Vec<Value> =
            record.paths.iter().map(|path| json!([path.old.to_string(), path.new.to_string()])).collect();
        for change in &record.changes {
            entries.push(json!({
                "class": format!("{:?}", change.class),
                "details": format!("{:?}", change.details),
                "message": change.message,
                "at": [change.old_subpath, change.new_subpath],
                "reached": reached,
            }));
        }
    }
    println!("{}", Value::from(entries));
    Ok(())
}
