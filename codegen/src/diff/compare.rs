//! Two schemas, and whatever they lead to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::catalogue::Kind;
use super::fingerprint;
use super::place::member;
use super::schema::{Additional, Limit, Place, Property, Schema, SchemaRef};

/// A change inside of a schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    /// The way from the schema: `.tags[].name`; empty for the schema itself.
    pub(super) path: String,
    pub(super) kind: Kind,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

/// How deep schemas are compared.
const DEPTH: usize = 100;

/// The word of a pattern that stands for all numbers.
const NUMBERS: &str = r"\d+";

/// Two schemas of which at least one has a name.
pub(super) type Pair = (Place, Place);

/// What two schemas have in them.
#[derive(Clone, Debug, Default)]
pub(super) struct Comparison {
    pub(super) found: Vec<Found>,
    /// The pairs that they lead to.
    pub(super) pairs: Vec<Pair>,
}

/// Compares schemas of two documents, each pair of them once.
pub(super) struct Comparer<'a> {
    old: &'a Value,
    new: &'a Value,
    known: HashMap<Pair, Comparison>,
    /// How many schemas lie around the ones that are being compared.
    depth: usize,
}

impl<'a> Comparer<'a> {
    pub(super) fn new(old: &'a Value, new: &'a Value) -> Self {
        Self { old, new, known: HashMap::new(), depth: 0 }
    }

    /// Compares two schemas, and all pairs that they lead to; those are found with [`Self::pair`].
    pub(super) fn compare(&mut self, old: &SchemaRef<'a>, new: &SchemaRef<'a>) -> Comparison {
        let mut comparison = Comparison::default();
        self.child(old, new, "", &mut comparison);
        comparison
    }

    /// Two schemas that are written as parameters are: all of them are text on the wire.
    pub(super) fn compare_texts(&mut self, old: &SchemaRef<'a>, new: &SchemaRef<'a>) -> Comparison {
        let mut comparison = Comparison::default();
        let (old, new) = as_texts(old.read(self.old), new.read(self.new));
        self.schemas(&old, &new, "", true, &mut comparison);
        comparison
    }

    pub(super) fn pair(&self, pair: &Pair) -> Option<&Comparison> {
        self.known.get(pair)
    }

    fn child(&mut self, old: &SchemaRef<'a>, new: &SchemaRef<'a>, path: &str, into: &mut Comparison) {
        // What is deeper than this leads back to itself without a name on the way.
        if self.depth >= DEPTH {
            return;
        }
        if let (Place::Inline(_), Place::Inline(_)) = (&old.place, &new.place) {
            let (old, new) = (old.read(self.old), new.read(self.new));
            return self.schemas(&old, &new, path, false, into);
        }
        // Where something without a name stands now, that is the change, not what the named one has become.
        if old.place.stem().is_some() != new.place.stem().is_some() {
            let (before, after) = (old.read(self.old), new.read(self.new));
            if before.kind != after.kind {
                let kind = type_change(&before, &after, false);
                let (old, new) = (Some(named(&before)), Some(named(&after)));
                return into.found.push(Found { path: path.to_owned(), kind, old, new });
            }
        }
        let pair = (old.place.clone(), new.place.clone());
        if !self.known.contains_key(&pair) {
            // Before it is compared, so that what leads back to itself ends.
            self.known.insert(pair.clone(), Comparison::default());
            let mut comparison = Comparison::default();
            let (old, new) = (old.read(self.old), new.read(self.new));
            self.schemas(&old, &new, "", false, &mut comparison);
            self.known.insert(pair.clone(), comparison);
        }
        into.pairs.push(pair);
    }

    fn schemas(&mut self, old: &Schema<'a>, new: &Schema<'a>, path: &str, is_text: bool, into: &mut Comparison) {
        let mut add = |kind, old: Option<String>, new: Option<String>| {
            into.found.push(Found { path: path.to_owned(), kind, old, new });
        };
        if is_text && self.depth >= DEPTH {
            return;
        }
        if old.kind != new.kind {
            return add(type_change(old, new, is_text), Some(named(old)), Some(named(new)));
        }
        if format(old) != format(new) {
            add(Kind::FormatChanged, format(old), format(new));
        }
        choices(old, new, &mut add);
        switch((old.nullable, new.nullable), (Kind::BecameNullable, Kind::BecameNotNullable), &mut add);
        switch((old.deprecated, new.deprecated), (Kind::Deprecated, Kind::Reactivated), &mut add);
        if old.default != new.default {
            add(Kind::DefaultChanged, old.default.clone(), new.default.clone());
        }
        limits(&old.limits, &new.limits, &mut add);
        self.depth += 1;
        self.properties(&old.properties, &new.properties, path, into);
        match (&old.items, &new.items) {
            (Some(old), Some(new)) if is_text => {
                let (old, new) = as_texts(old.read(self.old), new.read(self.new));
                self.schemas(&old, &new, &format!("{path}[]"), true, into);
            }
            (Some(old), Some(new)) => self.child(old, new, &format!("{path}[]"), into),
            (None, None) => {}
            (old, new) => {
                let named = |items: &Option<SchemaRef<'a>>, root| {
                    Some(items.as_ref().map_or_else(|| "any".to_owned(), |items| named(&items.read(root))))
                };
                let kind = if new.is_none() { Kind::TypeWidened } else { Kind::TypeNarrowed };
                let (old, new) = (named(old, self.old), named(new, self.new));
                into.found.push(Found { path: format!("{path}[]"), kind, old, new });
            }
        }
        self.further(old, new, path, into);
        self.alternatives(&old.alternatives, &new.alternatives, path, into);
        self.depth -= 1;
    }

    fn properties(
        &mut self,
        old: &BTreeMap<String, Property<'a>>,
        new: &BTreeMap<String, Property<'a>>,
        path: &str,
        into: &mut Comparison,
    ) {
        let mut added: BTreeSet<&String> = new.keys().filter(|name| !old.contains_key(*name)).collect();
        for (name, before) in old {
            let path = member(path, name);
            let mut same = new.get(name);
            let mut add = |kind, old: Option<String>, new: Option<String>| {
                into.found.push(Found { path: path.clone(), kind, old, new });
            };
            if same.is_none() {
                let print = fingerprint::of(&before.schema, self.old);
                let is_same = |other: &&&String| {
                    is_renamed(name, other)
                        && new.get(**other).is_some_and(|other| fingerprint::of(&other.schema, self.new) == print)
                };
                if let Some(other) = added.iter().find(is_same).copied() {
                    added.remove(other);
                    same = new.get(other);
                    add(Kind::Renamed, Some(name.clone()), Some(other.clone()));
                }
            }
            let Some(after) = same else {
                add(Kind::Removed, Some(of_property(before, self.old)), None);
                continue;
            };
            let kinds = (Kind::BecameRequired, Kind::BecameOptional);
            switch((before.required, after.required), kinds, &mut add);
            self.child(&before.schema, &after.schema, &path, into);
        }
        for name in added {
            let Some(after) = new.get(name) else { continue };
            let kind = if after.required { Kind::AddedRequired } else { Kind::Added };
            let ty = Some(of_property(after, self.new));
            into.found.push(Found { path: member(path, name), kind, old: None, new: ty });
        }
    }

    /// Properties which the schema does not name.
    fn further(&mut self, old: &Schema<'a>, new: &Schema<'a>, path: &str, into: &mut Comparison) {
        let path = format!("{path}.*");
        let mut add = |kind, old: &str, new: &str| {
            let (old, new) = (Some(old.to_owned()), Some(new.to_owned()));
            into.found.push(Found { path: path.clone(), kind, old, new });
        };
        match (&old.additional, &new.additional) {
            (Additional::Of(old), Additional::Of(new)) => self.child(old, new, &path, into),
            (Additional::Forbidden, Additional::Forbidden) | (Additional::Unsaid, Additional::Unsaid) => {}
            (Additional::Forbidden, _) => add(Kind::ConstraintLoosened, "no others", "others"),
            (_, Additional::Forbidden) => add(Kind::ConstraintTightened, "others", "no others"),
            (Additional::Unsaid, Additional::Of(new)) => {
                add(Kind::TypeNarrowed, "any", &named(&new.read(self.new)));
            }
            (Additional::Of(old), Additional::Unsaid) => {
                add(Kind::TypeWidened, &named(&old.read(self.old)), "any");
            }
        }
    }

    fn alternatives(&mut self, old: &[SchemaRef<'a>], new: &[SchemaRef<'a>], path: &str, into: &mut Comparison) {
        let prints = |schemas: &[SchemaRef<'a>], root| schemas.iter().map(|one| fingerprint::of(one, root)).collect();
        let (before, after): (Vec<String>, Vec<String>) = (prints(old, self.old), prints(new, self.new));
        let alone = |mine: &'_ [SchemaRef<'a>], prints: &[String], others: &[String]| -> Vec<SchemaRef<'a>> {
            let all = mine.iter().zip(prints);
            all.filter(|(_, print)| !others.contains(print)).map(|(schema, _)| schema.clone()).collect()
        };
        let (gone, come) = (alone(old, &before, &after), alone(new, &after, &before));
        // Those that look the same may differ further down.
        for (schema, print) in old.iter().zip(&before) {
            if let Some(place) = after.iter().position(|other| other == print)
                && let Some(other) = new.get(place)
            {
                self.child(schema, other, path, into);
            }
        }
        if let ([old], [new]) = (gone.as_slice(), come.as_slice()) {
            return self.child(old, new, path, into);
        }
        for schema in gone {
            let old = Some(named(&schema.read(self.old)));
            into.found.push(Found { path: path.to_owned(), kind: Kind::AlternativeRemoved, old, new: None });
        }
        for schema in come {
            let new = Some(named(&schema.read(self.new)));
            into.found.push(Found { path: path.to_owned(), kind: Kind::AlternativeAdded, old: None, new });
        }
    }
}

/// Reports a change: its kind, what was, what is.
type Add<'b> = dyn FnMut(Kind, Option<String>, Option<String>) + 'b;

fn switch((old, new): (bool, bool), (on, off): (Kind, Kind), add: &mut Add<'_>) {
    match (old, new) {
        (false, true) => add(on, None, None),
        (true, false) => add(off, None, None),
        _ => {}
    }
}

/// A choice of words is compared word by word, be it a pattern or a list of values.
fn choices(old: &Schema<'_>, new: &Schema<'_>, add: &mut Add<'_>) {
    let all = |schema: &Schema<'_>| schema.pattern.as_deref().map_or_else(|| schema.values.clone(), words);
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
            // Of all numbers, some are left; or to some, all others come.
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

fn limits(old: &BTreeMap<&'static str, Limit>, new: &BTreeMap<&'static str, Limit>, add: &mut Add<'_>) {
    let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    for name in names {
        let shown = |limit: Option<&Limit>| limit.map(|limit| format!("{name} {}", limit.value));
        let (before, after) = (old.get(name), new.get(name));
        let is_tighter = match (before, after) {
            (Some(before), Some(after)) if before.value.total_cmp(&after.value).is_eq() => continue,
            (Some(before), Some(after)) => (after.value > before.value) == after.greater_is_tighter,
            (before, _) => before.is_none(),
        };
        let kind = if is_tighter { Kind::ConstraintTightened } else { Kind::ConstraintLoosened };
        add(kind, shown(before), shown(after));
    }
}

/// The words of a pattern such as `id|begin|end`; nothing if it is another one.
pub(super) fn words(pattern: &str) -> Option<BTreeSet<String>> {
    let plain = pattern.strip_prefix('^').unwrap_or(pattern);
    let plain = plain.strip_suffix('$').unwrap_or(plain);
    let plain = plain.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(plain);
    let is_word = |word: &str| {
        word == NUMBERS || (!word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')))
    };
    let all: BTreeSet<String> = plain.split('|').map(str::to_owned).collect();
    all.iter().all(|word| is_word(word)).then_some(all)
}

/// Values of a path, query or header, where a number is the text of it, however it is declared (fact D8).
fn as_texts<'a>(mut old: Schema<'a>, mut new: Schema<'a>) -> (Schema<'a>, Schema<'a>) {
    match (old.kind.as_str(), new.kind.as_str()) {
        ("string", "integer") => as_number(&mut old),
        ("integer", "string") => as_number(&mut new),
        _ => {}
    }
    for schema in [&mut old, &mut new] {
        // What an empty list of a parameter means is that it is not given.
        if schema.default.as_deref() == Some("[]") {
            schema.default = None;
        }
    }
    (old, new)
}

/// Whether one type has in it what the other one has.
fn type_change(old: &Schema<'_>, new: &Schema<'_>, is_text: bool) -> Kind {
    let is_wider = |wide: &Schema<'_>, narrow: &Schema<'_>| {
        let is_free =
            wide.format.is_none() && wide.pattern.is_none() && wide.values.is_none() && wide.limits.is_empty();
        let holds = match (wide.kind.as_str(), narrow.kind.as_str()) {
            ("", _) => wide.alternatives.is_empty(),
            ("number", "integer") => true,
            // Where all is text, numbers are some of it.
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

/// Text that can only be a number is one.
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

/// Whether two names are spellings of one: `address_line1` and `addressLine1`, `tags` and `tags[]`.
pub(super) fn is_renamed(old: &str, new: &str) -> bool {
    let plain =
        |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    old != new && !plain(old).is_empty() && plain(old) == plain(new)
}

/// Its format, as the specifications spell it (fact D14).
fn format(schema: &Schema<'_>) -> Option<String> {
    schema.format.as_deref().map(|format| if format == "DateTime" { "date-time" } else { format }.to_owned())
}

/// A property in a few words.
fn of_property(property: &Property<'_>, root: &Value) -> String {
    let ty = named(&property.schema.read(root));
    if property.required { format!("{ty}, required") } else { ty }
}

/// A type in a few words.
pub(super) fn named(schema: &Schema<'_>) -> String {
    let kind = match schema.kind.as_str() {
        "" if !schema.alternatives.is_empty() => "one of several",
        "" => "any",
        kind => kind,
    };
    let format = format(schema).map_or_else(String::new, |format| format!(" ({format})"));
    format!("{kind}{format}")
}
