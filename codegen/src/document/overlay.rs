//! Overlays: actions that correct, name and describe parts of a document.
//!
//! The format is the OpenAPI Overlay Specification 1.0 with RFC 9535 targets, and two extensions of an
//! action: `x-kimai` is the range of releases in which it applies (`">=2.0, <2.35"`), and
//! `x-kimai-optional: true` marks a target that depends on the installation.

use semver::{Op, VersionReq};
use serde::Deserialize;
use serde_json::Value;
use serde_json_path::JsonPath;

use super::edit::{by_place, merge, remove};
use super::selection::Selection;
use super::target;
use crate::{Error, Pointer, Release, yaml};

/// A parsed overlay file.
#[derive(Clone, Debug)]
pub struct Overlay {
    file: String,
    actions: Vec<Action>,
}

/// What an overlay did to a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The overlay's file name.
    pub file: String,
    /// How many of its actions apply to the release.
    pub actions: usize,
    /// How many places they changed.
    pub places: usize,
    /// The actions that do not fit the document; only in a document of one's own.
    pub skipped: Vec<Skipped>,
}

/// An action that does not fit a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The number of the action, counted from 1.
    pub action: usize,
    /// The action's JSONPath.
    pub target: String,
    /// Why it changes nothing, or not all that it matches.
    pub problem: String,
}

/// An action that applies to a release, and what it changed.
#[derive(Clone, Debug)]
pub(crate) struct Traced {
    /// The overlay's file name.
    pub(crate) file: String,
    /// The number of the action, counted from 1.
    pub(crate) action: usize,
    /// The action's JSONPath.
    pub(crate) target: String,
    /// What it merges; none if it removes.
    pub(crate) update: Option<Value>,
    /// The places that it changed.
    pub(crate) places: Vec<Pointer>,
}

/// What an overlay needs to know of a document of one's own.
pub(super) trait Own {
    /// Whether only the document has this place, and no release.
    fn is_own(&self, document: &Value, place: &str) -> bool;

    /// The schema to which the value refers, but which the document does not have.
    fn missing_schema(&self, value: &Value) -> Option<String>;
}

#[derive(Clone, Debug)]
struct Action {
    number: usize,
    target: String,
    description: Option<String>,
    path: Path,
    /// Whether the target reaches schemas and paths by their names.
    names_its_part: bool,
    range: Option<VersionReq>,
    written_range: Option<String>,
    optional: bool,
    change: Change,
}

/// The target, read.
#[derive(Clone, Debug)]
enum Path {
    Selection(Selection),
    Other(JsonPath),
}

#[derive(Clone, Debug, PartialEq)]
enum Change {
    Update(Value),
    Remove,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOverlay {
    overlay: String,
    #[serde(rename = "info")]
    _info: RawInfo,
    actions: Vec<RawAction>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawInfo {
    #[serde(rename = "title")]
    _title: String,
    #[serde(rename = "version")]
    _version: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAction {
    target: String,
    description: Option<String>,
    update: Option<yaml::Any>,
    #[serde(default)]
    remove: bool,
    #[serde(rename = "x-kimai")]
    range: Option<String>,
    #[serde(rename = "x-kimai-optional", default)]
    optional: bool,
}

impl Overlay {
    /// Reads an overlay in YAML or JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not an overlay, or an action has no valid target, range or change.
    pub fn parse(file: &str, text: &str) -> Result<Self, Error> {
        let whole = |problem: String| Error::OverlayFile { file: file.to_owned(), problem };
        let raw: RawOverlay = yaml::read(file, text).map_err(|error| whole(error.message()))?;
        if !raw.overlay.starts_with("1.0.") {
            return Err(whole(format!("overlay version {} is not supported; write 1.0.0", raw.overlay)));
        }
        let actions = raw
            .actions
            .into_iter()
            .enumerate()
            .map(|(index, action)| Action::new(file, index + 1, action))
            .collect::<Result<_, _>>()?;
        Ok(Self { file: file.to_owned(), actions })
    }

    /// The overlay without one of its actions. The others keep their numbers.
    pub(crate) fn without(&self, action: usize) -> Self {
        let actions = self.actions.iter().filter(|other| other.number != action).cloned().collect();
        Self { file: self.file.clone(), actions }
    }

    /// The range of releases of an action, as it is written.
    pub(crate) fn range(&self, action: usize) -> Option<&str> {
        self.action(action)?.written_range.as_deref()
    }

    /// The JSONPath of an action.
    pub(crate) fn target(&self, action: usize) -> Option<&str> {
        Some(&self.action(action)?.target)
    }

    /// How many actions there are.
    pub(crate) fn len(&self) -> usize {
        self.actions.len()
    }

    /// The descriptions of the actions for a release, with their targets.
    pub(crate) fn described(&self, release: &Release) -> impl Iterator<Item = (&str, &str)> {
        let described = |action: &'_ Action| action.is_for(release);
        let actions = self.actions.iter().filter(move |action| described(action));
        actions.filter_map(|action| Some((action.target.as_str(), action.description.as_deref()?)))
    }

    /// Whether the actions are the same, but for the range of one of them.
    pub(crate) fn is_same_but(&self, other: &Self, action: usize) -> bool {
        let is_same = |(one, other): (&Action, &Action)| {
            (one.number, &one.target, one.optional, &one.change)
                == (other.number, &other.target, other.optional, &other.change)
                && (one.written_range == other.written_range || one.number == action)
        };
        self.actions.len() == other.actions.len() && self.actions.iter().zip(&other.actions).all(is_same)
    }

    fn action(&self, number: usize) -> Option<&Action> {
        self.actions.iter().find(|action| action.number == number)
    }

    /// The file name.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// The numbers of the actions that are meant for the release: for which they are the same, the overlay does the
    /// same to a document.
    #[must_use]
    pub fn actions_for(&self, release: &Release) -> Vec<usize> {
        self.actions.iter().filter(|action| action.is_for(release)).map(|action| action.number).collect()
    }

    /// Applies the actions that are meant for the release, in their order.
    ///
    /// # Errors
    ///
    /// Returns an error if an action matches nothing, or cannot change what it matches.
    pub(super) fn apply(&self, document: &mut Value, release: &Release) -> Result<Applied, Error> {
        self.apply_traced(document, release, &mut |_| {})
    }

    /// The same, and tells which places each action changes.
    pub(super) fn apply_traced(
        &self,
        document: &mut Value,
        release: &Release,
        trace: &mut dyn FnMut(Traced),
    ) -> Result<Applied, Error> {
        let mut applied = Applied::new(&self.file);
        for action in self.actions.iter().filter(|action| action.is_for(release)) {
            let places = action.apply(document).map_err(|problem| action.error(&self.file, problem))?;
            trace(Traced {
                file: self.file.clone(),
                action: action.number,
                target: action.target.clone(),
                update: if let Change::Update(update) = &action.change { Some(update.clone()) } else { None },
                places: places.iter().map(|place| Pointer::from_text(place)).collect(),
            });
            let places = places.len();
            if places == 0 && !action.optional {
                let problem = format!(
                    "matches nothing in {release}; correct the target, limit the action with x-kimai, or delete it"
                );
                return Err(action.error(&self.file, problem));
            }
            applied.actions += 1;
            applied.places += places;
        }
        Ok(applied)
    }

    /// Applies the actions that are meant for the release and fit a document of one's own. Actions that select schemas
    /// or paths without naming them leave alone what only the document has.
    pub(super) fn apply_own(&self, document: &mut Value, release: &Release, own: &impl Own) -> Applied {
        let mut applied = Applied::new(&self.file);
        for action in self.actions.iter().filter(|action| action.is_for(release)) {
            let (places, problem) = action.apply_own(document, own);
            applied.actions += usize::from(places > 0);
            applied.places += places;
            if let Some(problem) = problem.filter(|_| !action.optional) {
                applied.skipped.push(Skipped { action: action.number, target: action.target.clone(), problem });
            }
        }
        applied
    }

    /// What the actions for the release add below this target.
    pub(super) fn additions<'a>(&'a self, release: &'a Release, target: &'a str) -> impl Iterator<Item = &'a Value> {
        let of_target = move |action: &&Action| action.is_for(release) && action.target == target;
        self.actions.iter().filter(of_target).filter_map(|action| match &action.change {
            Change::Update(update) => Some(update),
            Change::Remove => None,
        })
    }
}

impl Applied {
    fn new(file: &str) -> Self {
        Self { file: file.to_owned(), actions: 0, places: 0, skipped: Vec::new() }
    }
}

impl Action {
    fn new(file: &str, number: usize, raw: RawAction) -> Result<Self, Error> {
        let wrong = |problem: String| Error::OverlayAction {
            file: file.to_owned(),
            action: number,
            target: raw.target.clone(),
            problem,
        };
        let other = || JsonPath::parse(&raw.target).map(Path::Other);
        let path = Selection::parse(&raw.target).map_or_else(other, |selection| Ok(Path::Selection(selection)));
        let path = path.map_err(|error| wrong(format!("the target is not a valid JSONPath: {error}")))?;
        let range = raw
            .range
            .as_deref()
            .map(VersionReq::parse)
            .transpose()
            .map_err(|error| wrong(format!("x-kimai is not a valid range of releases: {error}")))?;
        if range.as_ref().is_some_and(|range| range.comparators.iter().any(|one| one.op == Op::Caret)) {
            return Err(wrong("x-kimai needs an operator before each release, such as >= or =".to_owned()));
        }
        let change = match (raw.remove, raw.update.clone()) {
            // By the specification, 'update' has no effect next to 'remove'.
            (true, _) => Change::Remove,
            (false, Some(yaml::Any(update))) => Change::Update(update),
            _ => return Err(wrong("it needs either 'update' or 'remove: true'".to_owned())),
        };
        let names_its_part = target::names_its_part(&raw.target);
        let RawAction { target, description, range: written_range, optional, .. } = raw;
        Ok(Self { number, target, description, path, names_its_part, range, written_range, optional, change })
    }

    fn is_for(&self, release: &Release) -> bool {
        self.range.as_ref().is_none_or(|range| release.is_in(range))
    }

    fn error(&self, file: &str, problem: String) -> Error {
        Error::OverlayAction { file: file.to_owned(), action: self.number, target: self.target.clone(), problem }
    }

    /// The places that it changed.
    fn apply(&self, document: &mut Value) -> Result<Vec<String>, String> {
        let places = self.places(document);
        for place in &places {
            self.change(document, place)?;
        }
        Ok(places)
    }

    /// Changes the places that fit; returns their number, and why there are none or not all that match.
    fn apply_own(&self, document: &mut Value, own: &impl Own) -> (usize, Option<String>) {
        if let Change::Update(update) = &self.change
            && let Some(name) = own.missing_schema(update)
        {
            return (0, Some(format!("it refers to the schema {name}, which the document does not have")));
        }
        let all = self.places(document);
        let is_meant = |place: &&String| self.names_its_part || !own.is_own(document, place);
        let places: Vec<String> = all.iter().filter(is_meant).cloned().collect();
        let mut problem = match (all.is_empty(), places.is_empty()) {
            (true, _) => Some("matches nothing in the document".to_owned()),
            (false, true) => Some("matches only what no release of Kimai has".to_owned()),
            (false, false) => None,
        };
        let mut changed = 0;
        for place in &places {
            match self.change(document, place) {
                Ok(()) => changed += 1,
                Err(reason) => drop(problem.get_or_insert(reason)),
            }
        }
        (changed, problem)
    }

    /// The places that match, each once. Elements of an array go from the back, so that the earlier ones keep their
    /// index.
    fn places(&self, document: &Value) -> Vec<String> {
        let mut places: Vec<String> = match &self.path {
            Path::Selection(selection) => selection.places(document),
            Path::Other(path) => {
                path.query_located(document).iter().map(|node| node.location().to_json_pointer()).collect()
            }
        };
        places.sort_by(|one, other| by_place(other, one));
        places.dedup();
        places
    }

    fn change(&self, document: &mut Value, place: &str) -> Result<(), String> {
        let update = match &self.change {
            Change::Remove => return remove(document, place),
            Change::Update(update) => update,
        };
        let target = document.pointer_mut(place).ok_or("the target does not exist any more")?;
        match target {
            Value::Object(_) => merge(target, update),
            Value::Array(array) => {
                array.push(update.clone());
                Ok(())
            }
            _ => Err(format!("{place} is neither an object nor an array; target the object or array that contains it")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn overlay(actions: &str) -> Result<Overlay, Error> {
        Overlay::parse("test.yaml", &format!("overlay: 1.0.0\ninfo: {{title: t, version: '1'}}\nactions:\n{actions}"))
    }

    fn applied(actions: &str, release: &str, mut document: Value) -> Result<Value, String> {
        overlay(actions)
            .and_then(|overlay| overlay.apply(&mut document, &release.parse().unwrap()))
            .map(|_| document)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn updates_merge_objects_append_to_arrays_and_replace_the_rest() {
        let document = json!({"a": {"list": [1], "text": "old", "kept": true}});
        let actions = "  - {target: $.a, update: {list: [2], text: new, more: {b: 1}}}";
        let merged = json!({"a": {"list": [1, 2], "text": "new", "kept": true, "more": {"b": 1}}});
        assert_eq!(applied(actions, "2.65.0", document), Ok(merged));
    }

    #[test]
    fn removes_every_match() {
        let actions = "  - {target: '$.list[?@ > 1]', remove: true}";
        assert_eq!(applied(actions, "2.65.0", json!({"list": [2, 1, 3]})), Ok(json!({"list": [1]})));
    }

    #[test]
    fn removes_elements_in_whatever_order_they_are_selected() {
        let removed = |target: &str| {
            let actions = format!("  - {{target: '{target}', remove: true}}");
            applied(&actions, "2.65.0", json!({"list": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]})).unwrap()
        };
        assert_eq!(removed("$.list[2,0]"), json!({"list": [1, 3, 4, 5, 6, 7, 8, 9, 10]}));
        assert_eq!(removed("$.list[0,0]"), json!({"list": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}));
        assert_eq!(removed("$.list[10:8:-1]"), json!({"list": [0, 1, 2, 3, 4, 5, 6, 7, 8]}));
    }

    #[test]
    fn an_action_which_matches_nothing_is_an_error_which_names_it() {
        let error = applied("  - {target: $.b, remove: true}", "2.65.0", json!({"a": 1})).unwrap_err();
        assert_eq!(
            error,
            "overlay test.yaml, action 1, target $.b: matches nothing in 2.65.0; correct the target, \
             limit the action with x-kimai, or delete it"
        );
        let optional = "  - {target: $.b, remove: true, x-kimai-optional: true}";
        assert_eq!(applied(optional, "2.65.0", json!({"a": 1})), Ok(json!({"a": 1})));
    }

    #[test]
    fn a_range_limits_an_action_to_releases() {
        let actions = "  - {target: $.a, update: {b: 1}, x-kimai: '>=2.0, <2.35'}";
        assert_eq!(applied(actions, "2.34.0", json!({"a": {}})), Ok(json!({"a": {"b": 1}})));
        assert_eq!(applied(actions, "2.35.0", json!({"a": {}})), Ok(json!({"a": {}})));
    }

    #[test]
    fn refuses_what_is_no_overlay() {
        for (actions, problem) in [
            ("  - {target: $.a}", "it needs either 'update' or 'remove: true'"),
            ("  - {target: 'a b', remove: true}", "the target is not a valid JSONPath"),
            ("  - {target: $.a, remove: true, x-kimai: new}", "x-kimai is not a valid range of releases"),
            ("  - {target: $.a, remove: true, x-kimai: '2.35'}", "x-kimai needs an operator"),
            ("  - {target: $.a, remove: true, typo: 1}", "typo"),
            ("  - {target: $.a.text, update: {b: 1}}", "neither an object nor an array"),
            ("  - {target: $.a, update: {list: 1}}", "cannot be merged"),
        ] {
            let error = applied(actions, "2.65.0", json!({"a": {"text": "t", "list": []}})).unwrap_err();
            assert!(error.contains(problem), "{error}");
        }
        assert!(Overlay::parse("test.yaml", "overlay: 2.0.0").is_err());
    }
}
