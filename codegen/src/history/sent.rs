//! The properties that operations send, by their way from the body.

use std::collections::BTreeSet;

use crate::api::{Api, Body, Field, Operation, Type, TypeKind, named};

/// A property of what an operation sends.
#[derive(Clone, Debug)]
pub struct Sent<'a> {
    /// The way on the wire: `members/*/user`, with a star for each element of a list or map.
    pub path: String,
    /// The same with names in Rust, which stay when a release renames something.
    pub name: String,
    /// The property.
    pub field: &'a Field,
}

/// All properties that an operation may send in its body; a type that contains itself is entered once.
#[must_use]
pub fn sent<'a>(api: &'a Api, operation: &Operation) -> Vec<Sent<'a>> {
    let mut all = Vec::new();
    let mut walk = Walk { api, entered: BTreeSet::new(), all: &mut all };
    match &operation.body {
        Some(Body::Json(ty)) => walk.enter(ty, "", ""),
        Some(Body::Multipart(name) | Body::UrlEncoded(name)) => walk.enter(&Type::Named(name.clone()), "", ""),
        Some(Body::Text(_) | Body::Bytes(_)) | None => {}
    }
    all
}

struct Walk<'a, 'w> {
    api: &'a Api,
    entered: BTreeSet<String>,
    all: &'w mut Vec<Sent<'a>>,
}

impl Walk<'_, '_> {
    fn enter(&mut self, ty: &Type, path: &str, name: &str) {
        match ty {
            Type::List(item) | Type::Map(item) => return self.enter(item, &format!("{path}*/"), &format!("{name}*/")),
            Type::Nullable(item) => return self.enter(item, path, name),
            _ => {}
        }
        let def = named(ty).and_then(|name| self.api.types.get(name));
        let Some(def) = def.filter(|def| !self.entered.contains(&def.name)) else { return };
        let (TypeKind::Form { fields, .. } | TypeKind::Patch { fields, .. }) = &def.kind else { return };
        self.entered.insert(def.name.clone());
        for field in fields {
            let (path, name) = (format!("{path}{}", field.wire), format!("{name}{}", field.name));
            self.all.push(Sent { path: path.clone(), name: name.clone(), field });
            self.enter(&field.ty, &format!("{path}/"), &format!("{name}/"));
        }
        self.entered.remove(&def.name);
    }
}
