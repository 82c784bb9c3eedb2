//! Types that have another name in the newer client, because they were made from the same place of the document.

use std::collections::BTreeMap;

use crate::diff::catalogue::Part;
use crate::diff::change::Change;
use crate::surface::{Item, Signature, Surface};

/// The names of the newer client, by those of the older one.
#[derive(Debug, Default)]
pub(super) struct Renames<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Renames<'a> {
    /// Matches types whose name is in only one client. Both must be of the same kind and have a place in common, and
    /// there must be no second match. A renamed schema counts as the same place.
    pub(super) fn new(old: &'a Surface, new: &'a Surface, changes: &[Change]) -> Self {
        let only = |mine: &'a Surface, other: &Surface| -> Vec<(&'a str, &'a Item)> {
            let types = mine.items.iter().filter(|(_, item)| matches!(item.signature, Signature::Type(_)));
            types
                .filter(|(name, _)| !other.items.contains_key(*name))
                .map(|(name, item)| (name.as_str(), item))
                .collect()
        };
        let (gone, come) = (only(old, new), only(new, old));
        let moved: Vec<[&str; 2]> = changes
            .iter()
            .filter(|change| change.parts.contains(&Part::Schema))
            .flat_map(|change| {
                let [from, to] = &change.pointers;
                from.iter().flat_map(move |from| to.iter().map(move |to| [from.as_str(), to.as_str()]))
            })
            .collect();
        let is_same = |before: &Item, after: &Item| {
            let is_moved = |[from, to]: &[&str; 2]| before.places.contains(*from) && after.places.contains(*to);
            before.signature == after.signature
                && (!before.places.is_disjoint(&after.places) || moved.iter().any(is_moved))
        };
        let mut renames = BTreeMap::new();
        for (name, before) in &gone {
            let mut matches = come.iter().filter(|(_, after)| is_same(before, after));
            if let (Some((other, after)), None) = (matches.next(), matches.next())
                && gone.iter().filter(|(_, before)| is_same(before, after)).count() == 1
            {
                renames.insert(*name, *other);
            }
        }
        Self(renames)
    }

    /// The newer name of a type.
    pub(super) fn of(&self, name: &str) -> Option<&'a str> {
        self.0.get(name).copied()
    }

    /// The path of an item of the older client, with the newer name of its type.
    pub(super) fn path(&self, path: &str, item: &Item) -> String {
        let ty = item.owner.as_deref().unwrap_or(path);
        match (self.of(ty), path.strip_prefix(ty)) {
            (Some(name), Some(rest)) => format!("{name}{rest}"),
            _ => path.to_owned(),
        }
    }
}
