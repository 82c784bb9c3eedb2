//! Strings with a list of values.

use std::collections::HashSet;

use super::extensions::{Extensions, VARIANTS};
use super::{TypeKind, Variant};
use crate::{Error, names};

/// The variants of an enum, in the document's order, without duplicates.
pub(super) fn variants(values: &[&str], extensions: Extensions<'_>) -> Result<Vec<Variant>, Error> {
    let given = extensions.texts(VARIANTS)?.unwrap_or_default();
    if !given.is_empty() && given.len() != values.len() {
        return Err(extensions.malformed(VARIANTS, &format!("one name for each of the {} values", values.len())));
    }
    let mut seen = HashSet::new();
    let mut taken = names::Taken::default();
    let mut variants = Vec::new();
    for (index, value) in values.iter().enumerate() {
        if seen.insert(*value) {
            let name = given.get(index).map_or_else(|| names::variant(value), |name| names::variant(name));
            variants.push(Variant { wire: (*value).to_owned(), name: taken.unique(&name, ""), since: String::new() });
        }
    }
    Ok(variants)
}

/// One enum for two places which list the same values, in whatever order; open if one of them is.
pub(super) fn merge(a: &TypeKind, b: &TypeKind) -> Option<TypeKind> {
    let (TypeKind::Enum { open, variants }, TypeKind::Enum { open: other_open, variants: other }) = (a, b) else {
        return None;
    };
    let same = variants.len() == other.len() && variants.iter().all(|variant| other.contains(variant));
    same.then(|| TypeKind::Enum { open: *open || *other_open, variants: variants.clone() })
}
