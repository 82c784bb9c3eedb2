//! Compares the items of two clients.

use std::collections::{BTreeMap, BTreeSet};

use super::client::{Effect, ItemChange};
use crate::rust::{Item, Surface, Wire};

/// An item that is in only one of the clients, or that differs.
#[derive(Debug)]
pub(super) struct Difference<'a> {
    /// Its name in the newer client, or in the older one if it was removed.
    path: &'a str,
    old: Option<&'a Item>,
    new: Option<&'a Item>,
    /// The old signature, with the names of the newer client.
    signature: String,
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

    /// Whether the older and the newer client have it.
    pub(super) fn side(&self) -> (bool, bool) {
        (self.old.is_some(), self.new.is_some())
    }

    /// Whether it is added or removed.
    pub(super) fn is_one_sided(&self) -> bool {
        self.old.is_some() != self.new.is_some()
    }

    pub(super) fn owner(&self) -> Option<&'a str> {
        self.items().find_map(|item| item.owner.as_deref())
    }

    /// Its name in other signatures.
    pub(super) fn subject(&self) -> &'a str {
        self.owner().unwrap_or(self.path)
    }

    /// The words of its signature, and of those of the items added or removed with it.
    pub(super) fn words(&self) -> impl Iterator<Item = &'a str> {
        self.items().chain(self.inside.iter().copied()).flat_map(|item| words(&item.signature))
    }

    /// The words that are in only one of its signatures.
    pub(super) fn exchanged(&self) -> [BTreeSet<&'a str>; 2] {
        let all = |item: Option<&'a Item>| -> BTreeSet<&'a str> {
            item.into_iter().flat_map(|item| words(&item.signature)).collect()
        };
        let (old, new) = (all(self.old), all(self.new));
        [&old - &new, &new - &old]
    }

    /// Whether it is a type that changes its kind.
    pub(super) fn is_of_kind(&self) -> bool {
        self.side() == (true, true) && self.owner().is_none() && self.former.is_none() && self.is_of_type()
    }

    /// Whether it is a type, or a value of an enum.
    pub(super) fn is_of_type(&self) -> bool {
        self.items().all(|item| item.wire.is_empty())
    }

    /// Whether its signature contains a name.
    pub(super) fn mentions(&self, name: &str) -> bool {
        self.items().any(|item| has_word(&item.signature, name))
    }

    pub(super) fn change(&self) -> ItemChange {
        ItemChange { item: self.path.to_owned(), effect: self.effect(), words: self.told() }
    }

    fn effect(&self) -> Effect {
        match (self.old, self.new) {
            _ if self.former.is_some() => Effect::Major,
            (None, _) => Effect::Minor,
            (Some(old), Some(new)) if is_same((&self.signature, old), new) => Effect::Minor,
            _ => Effect::Major,
        }
    }

    /// Its description, unless another difference includes it.
    fn told(&self) -> Option<String> {
        if self.is_implied {
            return None;
        }
        if let Some(before) = self.former {
            return Some(format!("{before} → {}", self.path));
        }
        let call = self.path.strip_suffix("()");
        let shown = |item: &Item| match call {
            Some(path) => format!("{path}{}", item.signature),
            None if item.signature.is_empty() || item.owner.is_none() => self.path.to_owned(),
            None if self.path.contains("::") => format!("{}{}", self.path, item.signature),
            None => format!("{}: {}", self.path, item.signature),
        };
        Some(match (self.old, self.new) {
            (Some(old), Some(new)) if is_same((&self.signature, old), new) => {
                let now = if new.deprecated { "deprecated" } else { "no longer deprecated" };
                debug_assert_ne!(old.deprecated, new.deprecated);
                format!("{} ({now})", self.path)
            }
            (Some(_), Some(new)) => {
                let name = call.unwrap_or(self.path);
                format!("{name}: {} → {}", self.signature, new.signature)
            }
            (Some(old), None) => format!("{} (removed)", shown(old)),
            (None, Some(new)) => format!("{} (added)", shown(new)),
            (None, None) => return None,
        })
    }
}

/// All differences, by the names of the items, without items that are added or removed with their owner.
pub(super) fn differences<'a>(old: &'a Surface, new: &'a Surface) -> Vec<Difference<'a>> {
    let renames = renames(old, new);
    let path_of = |path: &str, item: &Item| match item.owner.as_deref().unwrap_or(path) {
        owner if renames.contains_key(owner) => replaced(path, &renames),
        _ => path.to_owned(),
    };
    let before: BTreeMap<String, (&'a str, &'a Item)> =
        old.items.iter().map(|(path, item)| (path_of(path, item), (path.as_str(), item))).collect();
    let mut found = Vec::new();
    for (path, (shown, item)) in &before {
        let signature = replaced(&item.signature, &renames);
        let (path, new, former) = match new.items.get_key_value(path) {
            None => (*shown, None, None),
            Some((path, after)) => {
                let former = (item.owner.is_none() && path != shown).then_some(*shown);
                let is_same = item.deprecated == after.deprecated && is_same((&signature, item), after);
                if former.is_none() && is_same {
                    continue;
                }
                (path.as_str(), Some(after), former)
            }
        };
        found.push(Difference {
            path,
            old: Some(*item),
            new,
            signature,
            former,
            inside: Vec::new(),
            is_implied: false,
        });
    }
    for (path, item) in new.items.iter().filter(|(path, _)| !before.contains_key(*path)) {
        found.push(Difference {
            path,
            old: None,
            new: Some(item),
            signature: String::new(),
            former: None,
            inside: Vec::new(),
            is_implied: false,
        });
    }
    let mut found = owners(found);
    // A setter follows from the type of its field.
    let fields: BTreeSet<&str> = found.iter().map(|one| one.path).collect();
    for one in &mut found {
        one.is_implied = field(one.path).is_some_and(|path| fields.contains(path.as_str()));
    }
    found.sort_by_key(|one| one.path);
    found
}

/// Moves items that are added or removed with their owner to its difference.
fn owners(mut found: Vec<Difference<'_>>) -> Vec<Difference<'_>> {
    let owners: BTreeSet<(&str, (bool, bool))> = found.iter().map(|one| (one.path, one.side())).collect();
    let mut inside: BTreeMap<(&str, (bool, bool)), Vec<&Item>> = BTreeMap::new();
    found.retain(|one| {
        let (was, is) = one.side();
        let owner = one.owner().map(|owner| (owner, (was, is))).filter(|owner| was != is && owners.contains(owner));
        if let Some(owner) = owner {
            inside.entry(owner).or_default().extend(one.items());
        }
        owner.is_none()
    });
    for one in &mut found {
        one.inside = inside.remove(&(one.path, one.side())).unwrap_or_default();
    }
    found
}

/// The field of a setter: `TagPatch.name` for `TagPatch.clear_name()`.
fn field(path: &str) -> Option<String> {
    let (owner, name) = path.strip_suffix("()")?.rsplit_once('.')?;
    (!owner.contains(['.', '('])).then(|| format!("{owner}.{}", name.strip_prefix("clear_").unwrap_or(name)))
}

/// The renamed types: old to new.
fn renames(old: &Surface, new: &Surface) -> BTreeMap<String, String> {
    let (gone, come) = (types(old, new), types(new, old));
    let mut renames = BTreeMap::new();
    for (name, shape) in &gone {
        let mut same = come.iter().filter(|(_, other)| *other == shape);
        if let (Some((other, _)), None) = (same.next(), same.next())
            && gone.values().filter(|other| *other == shape).count() == 1
        {
            renames.insert((*name).to_owned(), (*other).to_owned());
        }
    }
    renames
}

/// The types that the other client does not have, with descriptions of their items that do not name the type.
fn types<'a>(surface: &'a Surface, other: &Surface) -> BTreeMap<&'a str, Vec<(String, String)>> {
    let mut types: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    for (path, item) in &surface.items {
        let Some(owner) = item.owner.as_deref().filter(|owner| !owner.contains('.')) else { continue };
        if other.items.contains_key(owner) {
            continue;
        }
        let name = BTreeMap::from([(owner.to_owned(), "Self".to_owned())]);
        let kind = surface.items.get(owner).map_or("", |item| item.signature.as_str());
        let shape = types.entry(owner).or_insert_with(|| vec![(String::new(), kind.to_owned())]);
        shape.push((replaced(path, &name), replaced(&item.signature, &name)));
    }
    types
}

/// Whether two items are the same for callers. The names of arguments matter only if something else is sent.
fn is_same((signature, old): (&str, &Item), new: &Item) -> bool {
    signature == new.signature || (unnamed(signature).eq(unnamed(&new.signature)) && on_wire(old).eq(on_wire(new)))
}

/// Its names on the wire, in order, except those of path parameters.
fn on_wire(item: &Item) -> impl Iterator<Item = &str> {
    item.wire.iter().filter_map(|wire| match wire {
        Wire::Property(_, name) | Wire::Parameter(_, name) => Some(name.as_str()),
        Wire::Operation(_) => None,
    })
}

/// The parts of a signature, without the names of arguments.
fn unnamed(signature: &str) -> impl Iterator<Item = &str> {
    let mut pieces = words(signature).peekable();
    std::iter::from_fn(move || {
        let piece = pieces.next()?;
        let is_name = pieces.peek().is_some_and(|next| next.starts_with(": "));
        if is_name { pieces.next() } else { Some(piece) }
    })
}

/// Whether a text contains a name as a whole word.
fn has_word(text: &str, name: &str) -> bool {
    words(text).any(|word| word == name)
}

/// The text with replaced names.
fn replaced(text: &str, names: &BTreeMap<String, String>) -> String {
    words(text).map(|word| names.get(word).map_or(word, String::as_str)).collect()
}

/// The parts of a text: words, and the text between them.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|c| is_word(c) != is_word(first)).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end)?;
        rest = after;
        Some(word)
    })
}
