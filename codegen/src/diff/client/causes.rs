//! Which changes on the wire cause a difference between two clients.
//!
//! Both come from the same documents: an item of a client has the places from which it was made, and a change has the
//! places where it was found. These rules apply in this order; each is only for differences for which the ones before it
//! find nothing:
//!
//! 1. A change at one of the places of the item causes its difference.
//! 2. If a signature has other types than before, the changes inside of these types cause it.
//! 3. Types come and go with the items that use them, and what belongs to a type with that type.
//! 4. The remaining differences of a type have the causes of the items that use the type.
//!
//! A difference that still has no cause is reported as not attributed. Usually a correction of a document causes it.

use std::collections::{BTreeMap, BTreeSet};

use super::differences::Difference;
use crate::diff::change::Change;
use crate::surface::{Item, Surface};

/// The changes of two documents, by their places.
pub(super) struct ByPlace<'a> {
    changes: &'a [Change],
    /// In the old and in the new document.
    sides: [BTreeMap<&'a str, BTreeSet<usize>>; 2],
}

impl<'a> ByPlace<'a> {
    pub(super) fn new(changes: &'a [Change]) -> Self {
        let mut sides: [BTreeMap<&str, BTreeSet<usize>>; 2] = Default::default();
        for (index, change) in changes.iter().enumerate() {
            for (side, pointers) in sides.iter_mut().zip(&change.pointers) {
                for pointer in pointers {
                    side.entry(pointer.as_str()).or_default().insert(index);
                }
            }
        }
        Self { changes, sides }
    }

    /// The changes at the places of an item of the old and of the new client.
    pub(super) fn at(&self, items: [Option<&Item>; 2]) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for (side, item) in self.sides.iter().zip(items) {
            let places = item.into_iter().flat_map(|item| &item.places);
            found.extend(places.filter_map(|place| side.get(place.as_str())).flatten());
        }
        found
    }

    /// The changes at and below the places of items of the old and of the new client.
    fn inside(&self, items: [Vec<&Item>; 2]) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for (side, items) in self.sides.iter().zip(items) {
            for place in items.into_iter().flat_map(|item| &item.places) {
                let from = side.range(place.as_str()..);
                let inside =
                    from.map_while(|(pointer, changes)| Some((pointer.strip_prefix(place.as_str())?, changes)));
                let inside = inside.filter(|(rest, _)| rest.is_empty() || rest.starts_with('/'));
                found.extend(inside.flat_map(|(_, changes)| changes));
            }
        }
        self.telling(found)
    }

    /// The changes which show in types; if there are none, all of them.
    fn telling(&self, mut found: BTreeSet<usize>) -> BTreeSet<usize> {
        let shows = |index: &usize| self.changes.get(*index).is_some_and(|change| change.kind.is_of_types());
        if found.iter().any(shows) {
            found.retain(shows);
        }
        found
    }
}

/// The causes of each difference, by the index of the change.
pub(super) fn causes(
    differences: &[Difference<'_>],
    changes: &ByPlace<'_>,
    surfaces: [&Surface; 2],
) -> Vec<BTreeSet<usize>> {
    let find = |difference: &Difference<'_>| {
        let found = changes.telling(changes.at([difference.old, difference.new]));
        if !found.is_empty() {
            return found;
        }
        let [old, new] = surfaces;
        let [gone, come] = difference.exchanged();
        if difference.is_one_sided() { found } else { changes.inside([named(old, &gone), named(new, &come)]) }
    };
    let mut causes: Vec<BTreeSet<usize>> = differences.iter().map(find).collect();
    pass_on(differences, &mut causes, Heirs::New);
    pass_on(differences, &mut causes, Heirs::All);
    causes
}

/// The items of these names.
fn named<'s>(surface: &'s Surface, names: &BTreeSet<&str>) -> Vec<&'s Item> {
    names.iter().filter_map(|name| surface.items.get(*name)).collect()
}

/// To what an item passes its causes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Heirs {
    /// To what belongs to the same type, and to types that come and go with it.
    New,
    /// Also to all types that it uses.
    All,
}

/// Passes causes to differences without one, until nothing changes.
fn pass_on(differences: &[Difference<'_>], causes: &mut [BTreeSet<usize>], heirs: Heirs) {
    let is_without = |causes: &[BTreeSet<usize>], index: usize| causes.get(index).is_some_and(BTreeSet::is_empty);
    let mut of_type: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, one) in differences.iter().enumerate() {
        if is_without(causes, index) {
            of_type.entry(one.owner().unwrap_or(one.path)).or_default().push(index);
        }
    }
    let is_whole = |index: &usize| differences.get(*index).is_some_and(|other| other.owner().is_none());
    let comes = |index: &usize| differences.get(*index).is_some_and(|one| one.is_type() && one.is_one_sided());
    let heirs: Vec<Vec<usize>> = differences
        .iter()
        .map(|one| {
            let own = of_type.get(one.owner().unwrap_or(one.path)).into_iter().flatten();
            let own = own.filter(|index| one.owner().is_none() || is_whole(index));
            let used = one.types().into_iter().filter_map(|ty| of_type.get(ty)).flatten();
            own.chain(used.filter(|index| heirs == Heirs::All || comes(index))).copied().collect()
        })
        .collect();
    let mut open: Vec<usize> = (0..causes.len()).collect();
    while let Some(from) = open.pop() {
        let Some(given) = causes.get(from).filter(|given| !given.is_empty()).cloned() else { continue };
        for heir in heirs.get(from).into_iter().flatten() {
            let Some(known) = causes.get_mut(*heir) else { continue };
            let before = known.len();
            known.extend(&given);
            if known.len() > before {
                open.push(*heir);
            }
        }
    }
}
