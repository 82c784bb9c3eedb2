//! Compares the types, values and limits of two schemas.

use std::collections::BTreeSet;

use serde_json::Value;

use super::limits::{Limit, Limits};
use super::schema::{Property, Schema};
use crate::diff::catalogue::Kind;

/// The part of a pattern that stands for all numbers.
const NUMBERS: &str = r"\d+";

/// Longer schemas are not shown.
const MOST_TEXT: usize = 60;

/// Reports a change: its kind, old value and new value.
pub(super) type Add<'b> = dyn FnMut(Kind, Option<String>, Option<String>) + 'b;

pub(super) fn switch((old, new): (bool, bool), (on, off): (Kind, Kind), add: &mut Add<'_>) {
    match (old, new) {
        (false, true) => add(on, None, None),
        (true, false) => add(off, None, None),
        _ => {}
    }
}

/// Compares the words of a choice, in a pattern or a list of values.
pub(super) fn choices(old: &Schema<'_>, new: &Schema<'_>, add: &mut Add<'_>) {
    let all = |schema: &Schema<'_>| match (schema.pattern.as_deref().map(words), &schema.values) {
        (None, values) => values.clone(),
        (Some(words), None) => words,
        (Some(words), Some(values)) => words.map(|words| words.intersection(values).cloned().collect()),
    };
    if let (Some(before), Some(after)) = (all(old), all(new)) {
        return values(Some(&before), Some(&after), add);
    }
    if old.pattern != new.pattern {
        add(Kind::PatternChanged, old.pattern.clone(), new.pattern.clone());
    }
    values(old.values.as_ref(), new.values.as_ref(), add);
}

fn values(old: Option<&BTreeSet<String>>, new: Option<&BTreeSet<String>>, add: &mut Add<'_>) {
    let list = |values: Vec<&String>| {
        let texts: Vec<&str> = values.into_iter().map(String::as_str).collect();
        Some(texts.join(", "))
    };
    match (old, new) {
        (Some(old), Some(new)) => {
            let (mut gone, mut come): (Vec<_>, Vec<_>) = (old.difference(new).collect(), new.difference(old).collect());
            // A choice of some numbers replaces all numbers, or the other way round.
            let is_number = |word: &&String| word.chars().all(|c| c.is_ascii_digit());
            let (before, after) = (old.contains(NUMBERS), new.contains(NUMBERS));
            let kept: Vec<&String> = new.iter().filter(|word| before && !after && is_number(word)).collect();
            let known: Vec<&String> = old.iter().filter(|word| after && !before && is_number(word)).collect();
            come.retain(|word| !kept.contains(word));
            gone.retain(|word| !known.contains(word));
            if !gone.is_empty() {
                add(Kind::ValueRemoved, list(gone), list(kept).filter(|text| !text.is_empty()));
            }
            if !come.is_empty() {
                add(Kind::ValueAdded, list(known).filter(|text| !text.is_empty()), list(come));
            }
        }
        (Some(old), None) => add(Kind::ValueAdded, list(old.iter().collect()), Some("any".to_owned())),
        (None, Some(new)) => add(Kind::ValueRemoved, Some("any".to_owned()), list(new.iter().collect())),
        (None, None) => {}
    }
}

pub(super) fn limits(old: &Limits, new: &Limits, add: &mut Add<'_>) {
    let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    for name in names {
        let shown = |limit: Option<&Limit>| limit.map(|limit| limit.text(name));
        let (before, after) = (old.get(name), new.get(name));
        let implied = |one: Option<&Limit>, other: Option<&Limit>| match (one, other) {
            (Some(one), Some(other)) => one.implies(other),
            (one, _) => one.is_some(),
        };
        let kind = match (implied(before, after), implied(after, before)) {
            (true, true) => continue,
            (true, false) => Kind::ConstraintLoosened,
            // Neither of two values of `multipleOf` has to be a multiple of the other.
            _ => Kind::ConstraintTightened,
        };
        add(kind, shown(before), shown(after));
    }
}

/// Compares the values that are excluded with `not`.
pub(super) fn excluded(old: &BTreeSet<String>, new: &BTreeSet<String>, add: &mut Add<'_>) {
    let shown = |all: &BTreeSet<String>| match all.iter().collect::<Vec<_>>().as_slice() {
        [] => None,
        [only] if only.len() < MOST_TEXT => Some(format!("not {only}")),
        _ => Some("not others".to_owned()),
    };
    if old != new {
        let kind = if new.is_subset(old) { Kind::ConstraintLoosened } else { Kind::ConstraintTightened };
        add(kind, shown(old), shown(new));
    }
}

/// The words of a pattern such as `id|begin|end`; `None` for other patterns.
fn words(pattern: &str) -> Option<BTreeSet<String>> {
    let plain = pattern.strip_prefix('^').unwrap_or(pattern);
    let plain = plain.strip_suffix('$').unwrap_or(plain);
    let plain = plain.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(plain);
    let is_word = |word: &str| {
        word == NUMBERS || (!word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')))
    };
    let all: BTreeSet<String> = plain.split('|').map(str::to_owned).collect();
    all.iter().all(|word| is_word(word)).then_some(all)
}

/// Compares values of a path, query or header, where numbers are text, whatever their declared type.
pub(super) fn as_texts<'a>(mut old: Schema<'a>, mut new: Schema<'a>) -> (Schema<'a>, Schema<'a>) {
    match (old.kind.as_str(), new.kind.as_str()) {
        ("string", "integer") => as_number(&mut old),
        ("integer", "string") => as_number(&mut new),
        _ => {}
    }
    for schema in [&mut old, &mut new] {
        // An empty list means that the parameter is omitted.
        if schema.default.as_deref() == Some("[]") {
            schema.default = None;
        }
    }
    (old, new)
}

/// Whether one type includes the other.
pub(super) fn type_change(old: &Schema<'_>, new: &Schema<'_>, is_text: bool) -> Kind {
    let is_wider = |wide: &Schema<'_>, narrow: &Schema<'_>| {
        let is_limited =
            |(name, limit): (&&str, &Limit)| narrow.limits.get(*name).is_none_or(|other| !other.implies(limit));
        // The precision of numbers does not limit their range.
        let has_format = wide.format.is_some() && wide.kind != "number";
        let is_free =
            !has_format && wide.pattern.is_none() && wide.values.is_none() && !wide.limits.iter().any(is_limited);
        let holds = match (wide.kind.as_str(), narrow.kind.as_str()) {
            ("", _) => wide.alternatives.is_empty(),
            ("number", "integer") => true,
            // In text, numbers are a subset of all values.
            ("string", "integer" | "number") => is_text,
            _ => false,
        };
        is_free && holds
    };
    if is_wider(new, old) {
        Kind::TypeWidened
    } else if is_wider(old, new) {
        Kind::TypeNarrowed
    } else {
        Kind::TypeChanged
    }
}

/// Treats text that can only be a number as a number.
fn as_number(schema: &mut Schema<'_>) {
    let known = schema.pattern.as_deref().and_then(words).or_else(|| schema.values.clone());
    let Some(words) = known else { return };
    let is_number = |word: &String| word == NUMBERS || word.chars().all(|c| c.is_ascii_digit());
    if words.iter().all(is_number) {
        "integer".clone_into(&mut schema.kind);
        schema.pattern = None;
        schema.values = (!words.contains(NUMBERS)).then_some(words);
    }
}

/// Whether two names are variants of one: `address_line1` and `addressLine1`, `tags` and `tags[]`.
pub(super) fn is_renamed(old: &str, new: &str) -> bool {
    let plain =
        |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    old != new && !plain(old).is_empty() && plain(old) == plain(new)
}

/// Its format in the standard spelling.
pub(super) fn format(schema: &Schema<'_>) -> Option<String> {
    schema.format.as_deref().map(|format| if format == "DateTime" { "date-time" } else { format }.to_owned())
}

/// A short description of a property.
pub(super) fn of_property(property: &Property<'_>, root: &Value) -> String {
    let ty = named(&property.schema.read(root));
    if property.required { format!("{ty}, required") } else { ty }
}

/// A short description of a type.
pub(super) fn named(schema: &Schema<'_>) -> String {
    let kind = match schema.kind.as_str() {
        "" if !schema.alternatives.is_empty() => "one of several",
        "" => "any",
        kind => kind,
    };
    let format = format(schema).map_or_else(String::new, |format| format!(" ({format})"));
    format!("{kind}{format}")
}
