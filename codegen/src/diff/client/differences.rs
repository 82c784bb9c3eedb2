//! The items that differ between two clients.

use std::collections::{BTreeMap, BTreeSet};

use super::renames::Renames;
use crate::diff::effect::{Effect, ItemChange};
use crate::surface::{Argument, Item, Piece, Role, Signature, Surface, Ty};

/// An item that is in only one of the clients, or that differs.
#[derive(Debug)]
pub(super) struct Difference<'a> {
    /// Its name in the newer client, or in the older one if it was removed.
    pub(super) path: &'a str,
    pub(super) old: Option<&'a Item>,
    pub(super) new: Option<&'a Item>,
    /// The old signature, with the names of the newer client.
    signature: Option<Signature>,
    /// The name of a renamed type in the older client.
    former: Option<&'a str>,
    /// The items that are added or removed with it.
    inside: Vec<&'a Item>,
    /// Whether another difference includes it.
    is_implied: bool,
}

impl<'a> Difference<'a> {
    pub(super) fn items(&self) -> impl Iterator<Item = &'a Item> {
        self.old.into_iter().chain(self.new)
    }

    /// Whether only one of the clients has it.
    pub(super) fn is_one_sided(&self) -> bool {
        self.old.is_some() != self.new.is_some()
    }

    /// Whether it is a type, rather than a part of one or a method.
    pub(super) fn is_type(&self) -> bool {
        self.items().all(|item| matches!(item.signature, Signature::Type(_)))
    }

    /// The item that it belongs to, if any.
    pub(super) fn owner(&self) -> Option<&'a str> {
        self.items().find_map(|item| item.owner.as_deref())
    }

    /// The types in its signatures, and in those of the items added or removed with it.
    pub(super) fn types(&self) -> BTreeSet<&'a str> {
        self.items().chain(self.inside.iter().copied()).flat_map(|item| types(&item.signature)).collect()
    }

    /// The types that only its older and only its newer signature has.
    pub(super) fn exchanged(&self) -> [BTreeSet<&'a str>; 2] {
        let [old, new] = [self.old, self.new]
            .map(|item| -> BTreeSet<&'a str> { item.into_iter().flat_map(|item| types(&item.signature)).collect() });
        [&old - &new, &new - &old]
    }

    pub(super) fn change(&self) -> ItemChange {
        ItemChange { item: self.path.to_owned(), effect: self.effect(), words: self.words() }
    }

    fn effect(&self) -> Effect {
        match (&self.signature, self.old, self.new) {
            _ if self.former.is_some() => Effect::Major,
            (_, None, _) => Effect::Minor,
            (Some(signature), Some(old), Some(new)) if is_same(signature, old, new) => Effect::Minor,
            _ => Effect::Major,
        }
    }

    /// Its description, unless another difference includes it.
    fn words(&self) -> Option<String> {
        if self.is_implied {
            return None;
        }
        if let Some(former) = self.former {
            return Some(format!("{former} → {}", self.path));
        }
        Some(match (&self.signature, self.old, self.new) {
            (Some(signature), Some(old), Some(new)) if is_same(signature, old, new) => {
                let now = if new.deprecated { "deprecated" } else { "no longer deprecated" };
                format!("{} ({now})", self.path)
            }
            (Some(signature), Some(_), Some(new)) => {
                let name = self.path.strip_suffix("()").unwrap_or(self.path);
                format!("{name}: {signature} → {}", new.signature)
            }
            (_, Some(old), None) => format!("{} (removed)", self.declaration(old)),
            (_, None, Some(new)) => format!("{} (added)", self.declaration(new)),
            _ => return None,
        })
    }

    fn declaration(&self, item: &Item) -> String {
        let Item { signature, .. } = item;
        match signature {
            Signature::Type(_) | Signature::Value => self.path.to_owned(),
            Signature::Held(_) if !self.path.contains("::") => format!("{}: {signature}", self.path),
            Signature::Held(_) | Signature::Call { .. } => {
                format!("{}{signature}", self.path.strip_suffix("()").unwrap_or(self.path))
            }
        }
    }
}

/// All differences, by the names of the items, without items that are added or removed with their owner.
pub(super) fn differences<'a>(old: &'a Surface, new: &'a Surface, renames: &Renames<'a>) -> Vec<Difference<'a>> {
    let before: BTreeMap<String, (&'a str, &'a Item)> =
        old.items.iter().map(|(path, item)| (renames.path(path, item), (path.as_str(), item))).collect();
    let difference = |path, old, new| Difference {
        path,
        old,
        new,
        signature: old.map(|item: &Item| renamed(&item.signature, renames)),
        former: None,
        inside: Vec::new(),
        is_implied: false,
    };
    let mut all = Vec::new();
    for (path, (shown, item)) in &before {
        let Some((path, after)) = new.items.get_key_value(path) else {
            all.push(difference(*shown, Some(*item), None));
            continue;
        };
        let former = (item.owner.is_none() && path != shown).then_some(*shown);
        let one = Difference { former, ..difference(path, Some(*item), Some(after)) };
        let is_same = one.signature.as_ref().is_some_and(|signature| is_same(signature, item, after));
        if former.is_some() || item.deprecated != after.deprecated || !is_same {
            all.push(one);
        }
    }
    for (path, item) in new.items.iter().filter(|(path, _)| !before.contains_key(*path)) {
        all.push(difference(path, None, Some(item)));
    }
    let mut all = with_owners(all);
    // A setter follows from the type of its field.
    let fields: BTreeSet<&str> = all.iter().map(|one| one.path).collect();
    for one in &mut all {
        let is_implied = one.items().filter_map(field).any(|path| fields.contains(path.as_str()));
        one.is_implied = is_implied;
    }
    all.sort_by_key(|one| one.path);
    all
}

/// Moves items that are added or removed with their owner to its difference.
fn with_owners(mut all: Vec<Difference<'_>>) -> Vec<Difference<'_>> {
    let side = |one: &Difference<'_>| (one.old.is_some(), one.new.is_some());
    let owners: BTreeSet<(&str, (bool, bool))> = all.iter().map(|one| (one.path, side(one))).collect();
    let mut inside: BTreeMap<(&str, (bool, bool)), Vec<&Item>> = BTreeMap::new();
    all.retain(|one| {
        let owner = one.owner().filter(|_| one.is_one_sided()).map(|owner| (owner, side(one)));
        let Some(owner) = owner.filter(|owner| owners.contains(owner)) else { return true };
        inside.entry(owner).or_default().extend(one.items());
        false
    });
    for one in &mut all {
        one.inside = inside.remove(&(one.path, side(one))).unwrap_or_default();
    }
    all
}

/// The field of a setter: `TagPatch.name` for `TagPatch.clear_name()`.
fn field(item: &Item) -> Option<String> {
    let Role::Setter { ty, name } = &item.role else { return None };
    Some(format!("{ty}.{}", name.strip_prefix("clear_").unwrap_or(name)))
}

/// Whether an item with this signature is the same for callers. The names of arguments matter only if something else
/// is sent.
fn is_same(signature: &Signature, old: &Item, new: &Item) -> bool {
    match (signature, &new.signature) {
        (
            Signature::Call { arguments: before, output: former },
            Signature::Call { arguments: after, output: latter },
        ) => {
            let types = |arguments: &[Argument]| arguments.iter().map(|one| one.ty.clone()).collect::<Vec<_>>();
            former == latter && types(before) == types(after) && (before == after || old.sent == new.sent)
        }
        (before, after) => before == after,
    }
}

/// The types in a signature.
fn types(signature: &Signature) -> impl Iterator<Item = &str> {
    let (held, arguments, output) = match signature {
        Signature::Type(_) | Signature::Value => (None, [].as_slice(), None),
        Signature::Held(ty) => (Some(ty), [].as_slice(), None),
        Signature::Call { arguments, output } => (None, arguments.as_slice(), output.as_ref()),
    };
    let all = held.into_iter().chain(arguments.iter().map(|one| &one.ty)).chain(output);
    all.flat_map(|ty| &ty.0).filter_map(|piece| match piece {
        Piece::Name(name) => Some(name.as_str()),
        Piece::Text(_) => None,
    })
}

/// The signature with the names of the newer client.
fn renamed(signature: &Signature, renames: &Renames<'_>) -> Signature {
    let ty = |ty: &Ty| {
        let piece = |piece: &Piece| match piece {
            Piece::Name(name) => Piece::Name(renames.of(name).unwrap_or(name).to_owned()),
            Piece::Text(text) => Piece::Text(text.clone()),
        };
        Ty(ty.0.iter().map(piece).collect())
    };
    match signature {
        Signature::Type(kind) => Signature::Type(kind),
        Signature::Value => Signature::Value,
        Signature::Held(held) => Signature::Held(ty(held)),
        Signature::Call { arguments, output } => Signature::Call {
            arguments: arguments.iter().map(|one| Argument { name: one.name.clone(), ty: ty(&one.ty) }).collect(),
            output: output.as_ref().map(ty),
        },
    }
}
