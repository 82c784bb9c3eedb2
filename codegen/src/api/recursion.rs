//! Types that contain themselves need a box.

use std::collections::{BTreeMap, BTreeSet};

use super::{Type, TypeDef, TypeKind};

/// Marks every field through which a type would contain itself infinitely.
pub(super) fn box_cycles(types: &mut BTreeMap<String, TypeDef>) {
    let edges: BTreeMap<String, BTreeSet<String>> =
        types.iter().map(|(name, def)| (name.clone(), direct(def))).collect();
    for (name, def) in types.iter_mut() {
        if let TypeKind::Answer { fields, .. } | TypeKind::Form { fields, .. } | TypeKind::Patch { fields, .. } =
            &mut def.kind
        {
            for field in fields {
                if let Type::Named(target) = &field.ty {
                    field.boxed = reaches(&edges, target, name);
                }
            }
        }
    }
}

/// The types that a type contains directly; lists and maps store theirs on the heap. The alternatives of a
/// `oneOf` are always boxed.
fn direct(def: &TypeDef) -> BTreeSet<String> {
    let (TypeKind::Answer { fields, .. } | TypeKind::Form { fields, .. } | TypeKind::Patch { fields, .. }) = &def.kind
    else {
        return BTreeSet::new();
    };
    fields
        .iter()
        .filter_map(|field| match &field.ty {
            Type::Named(name) => Some(name.clone()),
            _ => None,
        })
        .collect()
}

fn reaches(edges: &BTreeMap<String, BTreeSet<String>>, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(name) = open.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name)
            && let Some(next) = edges.get(name)
        {
            open.extend(next.iter().map(String::as_str));
        }
    }
    false
}
