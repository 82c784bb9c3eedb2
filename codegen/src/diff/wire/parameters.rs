//! Compares the parameters of an operation, and the headers of its responses.

use std::collections::BTreeMap;
use std::slice;

use super::collector::{Collector, Entry};
use super::compare::{Comparer, Comparison};
use super::document::Parameter;
use super::exchange::Both;
use super::values::is_renamed;
use crate::diff::catalogue::{Kind, Part, exists};
use crate::diff::subject::{Step, Subject};

impl<'a> Both<'_, 'a> {
    pub(super) fn parameters<K: Ord>(
        &self,
        part: Part,
        comparer: &mut Comparer<'a>,
        old: &BTreeMap<K, Parameter<'a>>,
        new: &BTreeMap<K, Parameter<'a>>,
        subject: impl Fn(&K) -> String,
        collector: &mut Collector,
    ) {
        let mut come: Vec<&K> = new.keys().filter(|key| !old.contains_key(key)).collect();
        for (key, before) in old {
            let text = subject(key);
            let mut add = |kind, after: Option<&Parameter<'a>>, old: Option<String>, new: Option<String>| {
                let entry = Entry { subject: Subject::other(&text), kind, old, new };
                let after: Vec<String> = after.map(|after| after.pointer.clone()).into_iter().collect();
                collector.add(part, Some((self.key, self.old)), entry, [slice::from_ref(&before.pointer), &after]);
            };
            let found = |is_it: &dyn Fn(&K) -> bool| come.iter().position(|other| is_it(other));
            let moved = || found(&|other| elsewhere(&text, &subject(other)));
            let renamed = || found(&|other| is_renamed(&text, &subject(other)));
            let after = if let Some(after) = new.get(key) {
                after
            } else if let Some((place, kind)) =
                renamed().map(|place| (place, Kind::Renamed)).or_else(|| Some((moved()?, Kind::Moved)))
            {
                let other = come.remove(place);
                add(kind, new.get(other), Some(text.clone()), Some(subject(other)));
                match new.get(other) {
                    // A name in brackets is that of a list, so both are reported together.
                    Some(after)
                        if kind == Kind::Renamed && before.style.parts.is_some() == after.style.parts.is_some() =>
                    {
                        after
                    }
                    _ => continue,
                }
            } else {
                add(Kind::Removed, None, None, None);
                continue;
            };
            match (before.required, after.required) {
                (false, true) => add(Kind::BecameRequired, Some(after), None, None),
                (true, false) => add(Kind::BecameOptional, Some(after), None, None),
                _ => {}
            }
            self.parameter(part, comparer, (before, after), &Subject::other(&text), collector);
        }
        for key in come {
            let Some(after) = new.get(key) else { continue };
            let is_asked = after.required && exists(part, Kind::AddedRequired);
            let kind = if is_asked { Kind::AddedRequired } else { Kind::Added };
            let entry = Entry { subject: Subject::other(&subject(key)), kind, old: None, new: None };
            collector.add(part, Some((self.key, self.old)), entry, [&[], slice::from_ref(&after.pointer)]);
        }
    }

    /// Compares a parameter, or a response header, that both documents have.
    pub(super) fn parameter(
        &self,
        part: Part,
        comparer: &mut Comparer<'a>,
        (before, after): (&Parameter<'a>, &Parameter<'a>),
        subject: &Subject,
        collector: &mut Collector,
    ) {
        let pointers = [slice::from_ref(&before.pointer), slice::from_ref(&after.pointer)];
        let mut add = |kind, old: Option<&str>, new: Option<&str>| {
            let entry = Entry::new(subject.clone(), kind, old, new);
            collector.add(part, Some((self.key, self.old)), entry, pointers);
        };
        match (before.deprecated, after.deprecated) {
            (false, true) => add(Kind::Deprecated, None, None),
            (true, false) => add(Kind::Reactivated, None, None),
            _ => {}
        }
        match (before.allows_empty, after.allows_empty) {
            (true, false) => add(Kind::ConstraintTightened, Some("may be empty"), None),
            (false, true) => add(Kind::ConstraintLoosened, None, Some("may be empty")),
            _ => {}
        }
        let reserved =
            |parameter: &Parameter<'_>| if parameter.allows_reserved { "as they are" } else { "percent-encoded" };
        if before.allows_reserved != after.allows_reserved {
            add(Kind::AllowReservedChanged, Some(reserved(before)), Some(reserved(after)));
        }
        if exists(part, Kind::StyleChanged)
            && let Some((old, new)) = written(before, after)
        {
            add(Kind::StyleChanged, Some(old), Some(new));
        }
        self.rest(part, [&before.rest, &after.rest], subject, pointers, collector);
        let comparison = comparer.compare_texts(&before.schema, &after.schema);
        // The brackets of the name already show that it is a list.
        let is_list = subject.name.ends_with("[]");
        for change in comparison.changes {
            let path = match change.path.as_slice() {
                [Step::Elements, rest @ ..] if is_list => rest,
                path => path,
            };
            self.add(part, subject.inside(path), change, collector);
        }
        let pairs = Comparison { changes: Vec::new(), pairs: comparison.pairs };
        self.reached(part, comparer, pairs, subject, collector);
    }
}

/// How a parameter was and is written, if that differs. A list that replaces a single value is another type.
fn written<'p>(before: &'p Parameter<'_>, after: &'p Parameter<'_>) -> Option<(&'p str, &'p str)> {
    let as_it_is = "as it is";
    if let (Some(old), Some(new)) = (&before.media_type, &after.media_type) {
        return (old != new).then_some((old, new));
    }
    let (old, new) = (before.style, after.style);
    if old.prefix != new.prefix {
        return Some((old.prefix.unwrap_or(as_it_is), new.prefix.unwrap_or(as_it_is)));
    }
    let is_document = before.media_type.is_some() || after.media_type.is_some();
    let is_written = is_document || (old.parts.is_some() && new.parts.is_some());
    let is_other = is_written && old.parts != new.parts;
    is_other.then(|| (old.parts.unwrap_or(as_it_is), new.parts.unwrap_or(as_it_is)))
}

/// Whether a parameter has the same name in a different place: `?name` and `header name`.
fn elsewhere(old: &str, new: &str) -> bool {
    let name =
        |shown: &'_ str| shown.strip_prefix('?').or_else(|| Some(shown.split_once(' ')?.1)).map(str::to_lowercase);
    old != new && name(old).is_some() && name(old) == name(new)
}
