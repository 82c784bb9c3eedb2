//! Strings with a list of values.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::extensions::{Extensions, VARIANTS};
use super::{TypeKind, Variant};
use crate::{Error, names};

/// The variants of an enum, in the document's order, without duplicates.
pub(super) fn variants(values: &[&str], extensions: Extensions<'_>) -> Result<Vec<Variant>, Error> {
    let given = given_names(values, extensions)?;
    let mut seen = HashSet::new();
    let mut taken = names::Taken::default();
    let mut variants = Vec::new();
    for value in values {
        if seen.insert(*value) {
            let name = names::variant(given.get(value).unwrap_or(value));
            variants.push(Variant { wire: (*value).to_owned(), name: taken.unique(&name, ""), since: String::new() });
        }
    }
    Ok(variants)
}

/// The names of variants by value: a list in the order of the values, or an object.
fn given_names<'a>(values: &[&'a str], extensions: Extensions<'a>) -> Result<HashMap<&'a str, &'a str>, Error> {
    if let Some(Value::Object(given)) = extensions.raw(VARIANTS) {
        let name = |(value, name): (&'a String, &'a Value)| Some((value.as_str(), name.as_str()?));
        let names = given.iter().map(name).collect::<Option<_>>();
        return names.ok_or_else(|| extensions.malformed(VARIANTS, "an object with texts"));
    }
    let given = extensions.texts(VARIANTS)?.unwrap_or_default();
    if !given.is_empty() && given.len() != values.len() {
        return Err(extensions.malformed(VARIANTS, &format!("one name for each of the {} values", values.len())));
    }
    Ok(values.iter().copied().zip(given).collect())
}

/// One enum for two places which list the same values, in whatever order; open if one of them is.
pub(super) fn merge(a: &TypeKind, b: &TypeKind) -> Option<TypeKind> {
    let (TypeKind::Enum { open, variants }, TypeKind::Enum { open: other_open, variants: other }) = (a, b) else {
        return None;
    };
    let same = variants.len() == other.len() && variants.iter().all(|variant| other.contains(variant));
    same.then(|| TypeKind::Enum { open: *open || *other_open, variants: variants.clone() })
}

/// One enum with the values of two, which accept others too.
pub(super) fn unite(a: &TypeKind, b: &TypeKind) -> Option<TypeKind> {
    let (TypeKind::Enum { open: true, variants }, TypeKind::Enum { open: true, variants: other }) = (a, b) else {
        return None;
    };
    let mut variants = variants.clone();
    for variant in other {
        if variants.contains(variant) {
            continue;
        }
        if variants.iter().any(|known| known.wire == variant.wire || known.name == variant.name) {
            return None;
        }
        variants.push(variant.clone());
    }
    Some(TypeKind::Enum { open: true, variants })
}
