//! What is said of parts that nobody describes, where Kimai is not who describes none.

use crate::api::{Api, TypeDef, TypeKind, reachable};

/// What is said of a field.
const FIELD: &str = "The API document does not describe it.";

/// The model with a text for each type and field that only operations of plugins lead to, or, if the document is not
/// Kimai's, for all.
pub(super) fn of_others(api: &Api) -> Api {
    let of_kimai = api.operations.iter().filter(|operation| api.is_kimai && !operation.plugin).cloned().collect();
    let of_kimai = reachable(&Api { operations: of_kimai, ..api.clone() });
    let mut api = api.clone();
    api.types.values_mut().filter(|def| !of_kimai.contains(&def.name)).for_each(describe);
    api
}

/// The model without texts, for code that nobody reads.
pub(super) fn by_nobody(api: &Api) -> Api {
    let mut api = api.clone();
    for def in api.types.values_mut() {
        def.doc.clear();
        def.kind = def.kind.without_docs();
    }
    for operation in &mut api.operations {
        operation.doc.clear();
        operation.example = None;
        operation.parameters.iter_mut().for_each(|parameter| parameter.doc.clear());
    }
    api
}

fn describe(def: &mut TypeDef) {
    let (text, fields) = match &mut def.kind {
        TypeKind::Answer { fields, .. } => ("An object that the API document does not describe.", fields),
        TypeKind::Form { fields, .. } => ("A form that the API document does not describe.", fields),
        TypeKind::Patch { fields, .. } => ("A change of some fields.", fields),
        TypeKind::Enum { .. } | TypeKind::OneOf { .. } => return,
    };
    let texts = fields.iter_mut().map(|field| (&mut field.doc, FIELD));
    for (doc, text) in texts.chain([(&mut def.doc, text)]).filter(|(doc, _)| doc.trim().is_empty()) {
        text.clone_into(doc);
    }
}
