//! Compares the alternatives of schemas: `oneOf` and `anyOf`.

use super::compare::{Comparer, Comparison, SchemaChange};
use super::schema::{Schema, SchemaRef};
use super::values::named;
use crate::diff::catalogue::Kind;
use crate::diff::subject::Step;

impl<'a> Comparer<'a> {
    /// Whether the schema has become one of several alternatives; if so, adds the other ones.
    pub(super) fn joins(
        &mut self,
        old: &SchemaRef<'a>,
        before: &Schema<'a>,
        after: &Schema<'a>,
        path: &[Step],
        into: &mut Comparison,
    ) -> bool {
        let Some(place) = self.alike(std::slice::from_ref(old), &after.alternatives).first().map(|(_, place)| *place)
        else {
            return false;
        };
        let pointers = || [before.pointers.clone(), after.pointers.clone()];
        for (index, reference) in after.alternatives.iter().enumerate() {
            let other = reference.read(self.new);
            if index == place && old.is_namesake(reference) {
                self.child(old, reference, path, into);
                if after.nullable && !other.nullable && !before.nullable {
                    into.changes.push(SchemaChange::plain(path, Kind::BecameNullable, pointers()));
                }
            } else if index == place {
                self.schemas(before, &other.within(after), path, false, into);
            } else {
                let (path, new, pointers) = (path.to_owned(), Some(named(&other)), pointers());
                into.changes.push(SchemaChange { path, kind: Kind::AlternativeAdded, old: None, new, pointers });
            }
        }
        true
    }

    /// Whether the schema was one of several alternatives; if so, adds the removed ones.
    pub(super) fn leaves(
        &mut self,
        before: &Schema<'a>,
        new: &SchemaRef<'a>,
        after: &Schema<'a>,
        path: &[Step],
        into: &mut Comparison,
    ) -> bool {
        let Some(place) = self.alike(&before.alternatives, std::slice::from_ref(new)).first().map(|(place, _)| *place)
        else {
            return false;
        };
        let pointers = || [before.pointers.clone(), after.pointers.clone()];
        for (index, reference) in before.alternatives.iter().enumerate() {
            let other = reference.read(self.old);
            if index == place && reference.is_namesake(new) {
                self.child(reference, new, path, into);
                if before.nullable && !other.nullable && !after.nullable {
                    into.changes.push(SchemaChange::plain(path, Kind::BecameNotNullable, pointers()));
                }
            } else if index == place {
                self.schemas(&other.within(before), after, path, false, into);
            } else {
                let (path, old, pointers) = (path.to_owned(), Some(named(&other)), pointers());
                into.changes.push(SchemaChange { path, kind: Kind::AlternativeRemoved, old, new: None, pointers });
            }
        }
        true
    }

    pub(super) fn alternatives(&mut self, old: &Schema<'a>, new: &Schema<'a>, path: &[Step], into: &mut Comparison) {
        let pointers = || [old.pointers.clone(), new.pointers.clone()];
        let (old, new) = (old.alternatives.as_slice(), new.alternatives.as_slice());
        let alike = self.alike(old, new);
        for (before, after) in &alike {
            if let (Some(old), Some(new)) = (old.get(*before), new.get(*after)) {
                self.child(old, new, path, into);
            }
        }
        let gone = old.iter().enumerate().filter(|(index, _)| alike.iter().all(|(before, _)| before != index));
        let come = new.iter().enumerate().filter(|(index, _)| alike.iter().all(|(_, after)| after != index));
        let (gone, come): (Vec<_>, Vec<_>) = (gone.map(|(_, one)| one).collect(), come.map(|(_, one)| one).collect());
        if let ([old], [new]) = (gone.as_slice(), come.as_slice()) {
            return self.child(old, new, path, into);
        }
        for schema in gone {
            let (path, old, pointers) = (path.to_owned(), Some(named(&schema.read(self.old))), pointers());
            into.changes.push(SchemaChange { path, kind: Kind::AlternativeRemoved, old, new: None, pointers });
        }
        for schema in come {
            let (path, new, pointers) = (path.to_owned(), Some(named(&schema.read(self.new))), pointers());
            into.changes.push(SchemaChange { path, kind: Kind::AlternativeAdded, old: None, new, pointers });
        }
    }

    /// Pairs the matching alternatives, in any order.
    pub(super) fn alike(&mut self, old: &[SchemaRef<'a>], new: &[SchemaRef<'a>]) -> Vec<(usize, usize)> {
        let mut known = Vec::new();
        for (before, one) in old.iter().enumerate() {
            let print = self.prints.0.of(one);
            for (after, other) in new.iter().enumerate() {
                let other_print = self.prints.1.of(other);
                let likeness = if print == other_print {
                    usize::MAX
                } else if one.is_namesake(other) {
                    usize::MAX - 1
                } else {
                    one.read(self.old).likeness(&other.read(self.new))
                };
                known.push((
                    std::cmp::Reverse(likeness),
                    print.min(other_print),
                    print.max(other_print),
                    before,
                    after,
                ));
            }
        }
        known.sort_unstable();
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (likeness, _, _, before, after) in known {
            let is_free = found.iter().all(|(one, other)| *one != before && *other != after);
            if likeness.0 > 0 && is_free {
                found.push((before, after));
            }
        }
        found
    }
}
