//! Types of a document of one's own that would have the name of another type.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Note;
use super::structure::{Kind, walk};
use crate::{Pointer, names};

const TYPE: &str = "x-rust-type";

/// Gives a name of its own to each own schema whose types would have the name of another type of the document, or a
/// reserved one; a note for each.
pub(super) fn rename(document: &mut Value, is_own: impl Fn(&str) -> bool, reserved: &BTreeSet<String>) -> Vec<Note> {
    let mut taken = reserved.clone();
    let mut own = Vec::new();
    let named = Pointer::root().join("components").join("schemas");
    walk(document, &mut |value, kind, way| {
        let (Kind::Schema, Value::Object(schema)) = (kind, value) else { return };
        let given = schema.get(TYPE).and_then(Value::as_str);
        let component = match way.keys() {
            Some(["components", "schemas", name]) => Some(name.to_owned()),
            _ => None,
        };
        match (component, given) {
            (_, Some(given)) => drop(taken.insert(names::own_type(given))),
            (Some(name), None) if !is_own(&name) => drop(taken.insert(names::own_type(&name))),
            (Some(name), None) if is_type(schema) => own.push(name),
            _ => {}
        }
    });
    let own_types: BTreeSet<String> = own.iter().map(|name| names::own_type(name)).collect();
    let mut notes = Vec::new();
    for name in own {
        let ty = names::own_type(&name);
        let clash = types_of(&ty).into_iter().find(|one| taken.contains(one));
        let Some(clash) = clash else {
            taken.insert(ty);
            continue;
        };
        let mut free = format!("{ty}Type");
        let mut number = 2;
        while taken.contains(&free) || own_types.contains(&free) {
            free = format!("{ty}Type{number}");
            number += 1;
        }
        let pointer = named.join(&name);
        if let Some(Value::Object(schema)) = document.pointer_mut(pointer.as_str()) {
            schema.insert(TYPE.to_owned(), json!(free));
        }
        let text = format!(
            "another type is called {clash}: the type of this schema is called {free}; an overlay can name it with {TYPE}"
        );
        notes.push(Note { pointer, text });
        taken.insert(free);
    }
    notes
}

/// The types that a schema may become: that of responses, and those of a form.
fn types_of(ty: &str) -> Vec<String> {
    let is_form = names::form_subject(ty) != ty;
    if is_form { vec![ty.to_owned(), names::form(ty), names::patch(ty)] } else { vec![ty.to_owned()] }
}

/// Whether it becomes a type of its own; a text, a list or a map does not.
fn is_type(schema: &serde_json::Map<String, Value>) -> bool {
    ["properties", "enum", "allOf", "oneOf", "anyOf"].iter().any(|key| schema.contains_key(*key))
}
