//! Methods that find a value in a list of names and values.

use std::collections::{BTreeMap, BTreeSet};

use super::{Field, Type, TypeDef, TypeKind};
use crate::Error;

/// A method, and the fields that it reads.
pub(crate) struct LookupFields<'a> {
    pub(crate) method: &'a str,
    pub(crate) list: &'a Field,
    /// The name of an element.
    pub(crate) name: &'a Field,
    /// The value of an element.
    pub(crate) value: &'a Field,
}

/// The methods of a type.
pub(crate) fn lookups<'a>(
    def: &'a TypeDef,
    types: &'a BTreeMap<String, TypeDef>,
) -> Result<Vec<LookupFields<'a>>, Error> {
    let TypeKind::Answer { fields, extra } = &def.kind else { return Ok(Vec::new()) };
    let mut taken: BTreeSet<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    if extra.is_some() {
        taken.insert("extra");
    }
    let mut all = Vec::new();
    for list in fields {
        let Some(lookup) = &list.lookup else { continue };
        let malformed = |problem: String| Error::Malformed { pointer: lookup.pointer.clone(), problem };
        let method = lookup.method.as_str();
        if !taken.insert(method) {
            let problem = format!("{} has a field or method '{method}' already: give this one another name", def.name);
            return Err(malformed(problem));
        }
        let (name, value) = texts(&list.ty, types).ok_or_else(|| {
            malformed("an array of objects with the texts 'name' and 'value' is expected here".to_owned())
        })?;
        all.push(LookupFields { method, list, name, value });
    }
    Ok(all)
}

/// The names and values in a list.
fn texts<'a>(list: &Type, types: &'a BTreeMap<String, TypeDef>) -> Option<(&'a Field, &'a Field)> {
    let Type::List(item) = list else { return None };
    let Type::Named(item) = &**item else { return None };
    let TypeKind::Answer { fields, .. } = &types.get(item)?.kind else { return None };
    let text = |wire: &str| fields.iter().find(|field| field.wire == wire && field.ty == Type::String);
    Some((text("name")?, text("value")?))
}
