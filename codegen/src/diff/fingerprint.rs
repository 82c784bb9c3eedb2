//! Schemas as text, so that equal ones are equal: names, order and references left out.

use std::fmt::Write as _;

use serde_json::Value;

use super::schema::{Additional, Place, SchemaRef};

/// How deep schemas are looked into; what differs below is no other alternative, but a change inside of it.
const DEPTH: usize = 4;

/// The schema as text.
pub(super) fn of(reference: &SchemaRef<'_>, root: &Value) -> String {
    let mut text = String::new();
    write(reference, root, &mut Vec::new(), &mut text);
    text
}

fn write(reference: &SchemaRef<'_>, root: &Value, way: &mut Vec<Place>, text: &mut String) {
    if way.len() >= DEPTH || way.contains(&reference.place) {
        text.push('…');
        return;
    }
    way.push(reference.place.clone());
    let schema = reference.read(root);
    let _ = write!(
        text,
        "{}/{:?}/{:?}/{:?}/{}/{:?}",
        schema.kind, schema.format, schema.pattern, schema.values, schema.nullable, schema.limits
    );
    for (name, property) in &schema.properties {
        let _ = write!(text, ",{name}{}:", if property.required { "!" } else { "" });
        write(&property.schema, root, way, text);
    }
    if let Some(items) = &schema.items {
        text.push('[');
        write(items, root, way, text);
        text.push(']');
    }
    match &schema.additional {
        Additional::Unsaid => {}
        Additional::Forbidden => text.push('-'),
        Additional::Of(further) => {
            text.push('*');
            write(further, root, way, text);
        }
    }
    let mut alternatives: Vec<String> = schema
        .alternatives
        .iter()
        .map(|one| {
            let mut text = String::new();
            write(one, root, way, &mut text);
            text
        })
        .collect();
    alternatives.sort();
    let _ = write!(text, "|{}", alternatives.join("|"));
    way.pop();
}
