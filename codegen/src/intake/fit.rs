//! Overlays that fit a new release: found by trying, an obstacle at a time.

use std::sync::Arc;

use serde_json::{Value, json};

use super::draft::Draft;
use super::left_out::MARK;
use super::{draft, renamed, text};
use crate::api::{self, Api, Operation};
use crate::document::{self, Document, Note, Overlay, Repaired, Traced};
use crate::history::unite;
use crate::{Error, Pointer, Release, json_path, names};

const TYPE: &str = "x-rust-type";

/// More edits than this are no release of the same program.
const MOST_EDITS: usize = 2_000;

/// An overlay file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverlayText {
    /// Its file name.
    pub file: String,
    /// Its text.
    pub text: String,
}

/// A release, and what it has to fit.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The snapshot of the release.
    pub bytes: &'a [u8],
    /// The release.
    pub release: &'a Release,
    /// The snapshot of the release before, as a value.
    pub before: &'a Value,
    /// The models of all older releases, the oldest first.
    pub older: &'a [(Release, Arc<Api>)],
    /// The oldest release that the client supports.
    pub floor: &'a Release,
}

/// A change of the overlays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// An action does not fit the release, and is now for older ones only.
    Limited {
        /// The overlay's file name.
        file: String,
        /// The action's JSONPath.
        target: String,
        /// Its former range.
        before: Option<String>,
        /// Its range.
        after: String,
        /// Why it does not fit.
        problem: String,
        /// A new schema with nearly the same properties as the one that is gone.
        similar: Option<String>,
    },
    /// A schema seems to have another name, so that actions that name it now name both.
    Renamed {
        /// The name in the release before.
        old: String,
        /// The name in the release.
        new: String,
        /// How many actions.
        actions: usize,
    },
    /// A schema with most properties of one that is gone has the names of its types now; without them, operations would
    /// be left out.
    Named {
        /// The schema that is gone.
        old: String,
        /// The schema of the release.
        new: String,
        /// The overlay with the action that names it, at its end.
        file: String,
        /// The name of its types.
        name: String,
    },
}

/// Overlays that fit, and what they make of the release.
#[derive(Debug)]
pub struct Fitted {
    /// The files, changed or not.
    pub texts: Vec<OverlayText>,
    /// The files, read.
    pub overlays: Vec<Overlay>,
    /// The changes, without the actions that leave parts out.
    pub edits: Vec<Edit>,
    /// The document of the release.
    pub document: Document,
    /// Its model.
    pub api: Arc<Api>,
    /// Notes on what the model ignores.
    pub notes: Vec<Note>,
}

/// Changes overlays until the release becomes a part of the client.
///
/// # Errors
///
/// Returns an error if no change of the overlays helps, or if the text of an overlay cannot be edited.
pub fn fit(texts: &[OverlayText], input: &Input<'_>) -> Result<Fitted, Error> {
    let mut fitting = Fitting { texts: texts.to_vec(), edits: Vec::new(), additions: 0, removals: Vec::new(), input };
    let after = document::canonical(input.bytes)?.value;
    fitting.follow_renamed(&after)?;
    loop {
        let error = match fitting.attempt(&after)? {
            Attempt::Done(fitted) => return Ok(fitting.without_needless(*fitted, &after)),
            Attempt::Changed => None,
            Attempt::Failed(error) => Some(error),
        };
        match error {
            Some(error) => return Err(error),
            None if fitting.edits.len() + fitting.additions > MOST_EDITS => {
                return Err(Error::OverlayFile {
                    file: "specs/overlays".to_owned(),
                    problem: format!("{MOST_EDITS} changes do not make them fit {}", input.release),
                });
            }
            None => {}
        }
    }
}

enum Attempt {
    Done(Box<Fitted>),
    /// The overlays were changed: the next attempt comes further.
    Changed,
    Failed(Error),
}

struct Fitting<'a> {
    texts: Vec<OverlayText>,
    edits: Vec<Edit>,
    /// How many actions were added.
    additions: usize,
    /// The numbers of those that leave something out of the release, in the last overlay.
    removals: Vec<usize>,
    input: &'a Input<'a>,
}

impl Fitting<'_> {
    /// Lets actions that name a renamed schema name the new one too.
    fn follow_renamed(&mut self, after: &Value) -> Result<(), Error> {
        let Input { before, older, release, .. } = *self.input;
        let is_known = |name: &str| {
            let mut defs = older.iter().flat_map(|(_, api)| api.types.values());
            defs.any(|def| def.schema().as_deref() == Some(name))
        };
        for (old, new) in renamed::renamed(before, after).into_iter().filter(|(_, new)| !is_known(new)) {
            let mut actions = 0;
            for overlay in &mut self.texts {
                let (text, changed) = text::add_schema(&overlay.file, &overlay.text, release, &old, &new)?;
                overlay.text = text;
                actions += changed;
            }
            self.edits.push(Edit::Renamed { old, new, actions });
        }
        Ok(())
    }

    fn attempt(&mut self, after: &Value) -> Result<Attempt, Error> {
        let Input { bytes, release, .. } = *self.input;
        let parse = |overlay: &OverlayText| Overlay::parse(&overlay.file, &overlay.text);
        let overlays: Vec<Overlay> = self.texts.iter().map(parse).collect::<Result<_, _>>()?;
        let (document, traced) = match Repaired::read(bytes).and_then(|read| read.load_traced(release, &overlays)) {
            Ok(loaded) => loaded,
            Err(Error::OverlayAction { file, action, target, problem }) => {
                // The rest of the message says what this does.
                let problem = problem.split(';').next().unwrap_or_default().to_owned();
                let gone = renamed::gone(&target, self.input.before, after);
                return self.limit((&file, action, &target), problem, gone.as_deref(), after);
            }
            Err(error) => return Ok(Attempt::Failed(error)),
        };
        if let Some((action, missing)) = traced.iter().find_map(|action| dangling(action, document.value())) {
            let problem = format!("refers to the schema {missing}, which {release} does not have");
            let place = (action.file.as_str(), action.action, action.target.as_str());
            return self.limit(place, problem, Some(&missing), after);
        }
        if self.keep_names(&document)? {
            return Ok(Attempt::Changed);
        }
        match api::obstacle(&document, release) {
            Ok(None) => {}
            Ok(Some((pointer, error))) => return self.leave_out(&pointer, &document, &error),
            Err(error) => return Ok(Attempt::Failed(error)),
        }
        let (api, notes) = api::build(&document, release)?;
        let api = Arc::new(api);
        match self.unite(&api) {
            Ok(()) => {}
            Err(error) => {
                if self.name_similar(&document, after)? {
                    return Ok(Attempt::Changed);
                }
                let Some(place) = reason_of(&error, &api) else { return Ok(Attempt::Failed(error)) };
                return self.leave_out(&place, &document, &error);
            }
        }
        let (texts, edits) = (std::mem::take(&mut self.texts), std::mem::take(&mut self.edits));
        Ok(Attempt::Done(Box::new(Fitted { texts, overlays, edits, document, api, notes })))
    }

    fn unite(&self, api: &Arc<Api>) -> Result<(), Error> {
        let Input { release, older, floor, .. } = *self.input;
        let supported = older.iter().filter(|(release, _)| release >= floor).cloned();
        let all: Vec<_> = supported.chain([(release.clone(), Arc::clone(api))]).collect();
        unite(&all).map(|_| ())
    }

    /// A renamed schema keeps the names of its types, unless an action gives it one. Whether the overlays were changed.
    fn keep_names(&mut self, document: &Document) -> Result<bool, Error> {
        let mut drafts = Vec::new();
        for edit in &self.edits {
            let Edit::Renamed { old, new, .. } = edit else { continue };
            let place = Pointer::root().join("components").join("schemas").join(new);
            let schema = document.value().pointer(place.as_str());
            if schema.is_some_and(|schema| schema.get(TYPE).is_none()) {
                drafts.push(Draft { target: json_path::of(document.value(), &place), update: json!({TYPE: old}) });
            }
        }
        self.add(&drafts)
    }

    /// Gives schemas that are similar to those that are gone the names of their types. Whether the overlays were changed.
    fn name_similar(&mut self, document: &Document, after: &Value) -> Result<bool, Error> {
        let before = self.named_before()?;
        let mut drafts = Vec::new();
        for (old, new) in renamed::all_similar(self.input.before, after) {
            let place = Pointer::root().join("components").join("schemas").join(&new);
            let schema = document.value().pointer(place.as_str());
            // A name that had to go again does not come back.
            let is_tried =
                self.edits.iter().any(|edit| matches!(edit, Edit::Named { new: other, .. } if *other == new));
            if is_tried || schema.is_none_or(|schema| schema.get(TYPE).is_some()) {
                continue;
            }
            let former = Pointer::root().join("components").join("schemas").join(&old).join(TYPE);
            let name = before.pointer(former.as_str()).and_then(Value::as_str).unwrap_or(&old).to_owned();
            drafts.push(Draft { target: json_path::of(document.value(), &place), update: json!({TYPE: name}) });
            let Some(file) = self.texts.last().map(|overlay| overlay.file.clone()) else { continue };
            self.edits.push(Edit::Named { old, new, file, name });
        }
        self.add(&drafts)
    }

    /// The document of the release before, with its overlays.
    fn named_before(&self) -> Result<Value, Error> {
        let Some((release, _)) = self.input.older.last() else { return Ok(Value::Null) };
        let parse = |overlay: &OverlayText| Overlay::parse(&overlay.file, &overlay.text);
        let overlays: Vec<Overlay> = self.texts.iter().map(parse).collect::<Result<_, _>>()?;
        let document = document::load(self.input.before.to_string().as_bytes(), release, &overlays)?;
        Ok(document.value().clone())
    }

    /// Adds actions at the end of the last overlay. Whether there are any.
    fn add(&mut self, drafts: &[Draft]) -> Result<bool, Error> {
        let Some(overlay) = self.texts.last_mut().filter(|_| !drafts.is_empty()) else { return Ok(false) };
        let actions = draft::updates(drafts, self.input.release)?;
        overlay.text = text::append(&overlay.file, &overlay.text, &actions)?;
        self.additions += drafts.len();
        Ok(true)
    }

    /// Limits an action, of this file, number and target. A new schema may be similar to the one that is gone.
    fn limit(
        &mut self,
        (file, action, target): (&str, usize, &str),
        problem: String,
        gone: Option<&str>,
        after: &Value,
    ) -> Result<Attempt, Error> {
        let Some(overlay) = self.texts.iter_mut().find(|overlay| overlay.file == file) else {
            let problem = format!("{target}: {problem}");
            return Ok(Attempt::Failed(Error::OverlayFile { file: file.to_owned(), problem }));
        };
        let parsed = Overlay::parse(file, &overlay.text)?;
        if !self.input.older.iter().any(|(release, _)| parsed.actions_for(release).contains(&action)) {
            // Somebody wrote it for this release.
            let problem = format!("{problem}; correct it, or delete it");
            let target = target.to_owned();
            return Ok(Attempt::Failed(Error::OverlayAction { file: file.to_owned(), action, target, problem }));
        }
        let limited = text::limit(file, &overlay.text, action, self.input.release)?;
        overlay.text = limited.text;
        self.edits.push(Edit::Limited {
            file: file.to_owned(),
            target: target.to_owned(),
            before: limited.before,
            after: limited.after,
            problem,
            similar: gone.and_then(|gone| renamed::similar(gone, self.input.before, after)),
        });
        Ok(Attempt::Changed)
    }

    /// Removes a part of the release with an action. It is the last of all, since others may need the part.
    fn leave_out(&mut self, pointer: &Pointer, document: &Document, error: &Error) -> Result<Attempt, Error> {
        let target = json_path::of(document.value(), pointer);
        let description = format!("{MARK}{error}");
        let action = draft::removal(&target, &description, self.input.release)?;
        let Some(overlay) = self.texts.last_mut() else {
            return Ok(Attempt::Failed(Error::OverlayFile {
                file: "specs/overlays".to_owned(),
                problem: format!("there is no overlay that could leave out {target}: {error}"),
            }));
        };
        overlay.text = text::append(&overlay.file, &overlay.text, &action)?;
        self.removals.push(Overlay::parse(&overlay.file, &overlay.text)?.len());
        self.additions += 1;
        Ok(Attempt::Changed)
    }

    /// A part that was left out early may fit after later parts were left out.
    fn without_needless(&self, mut fitted: Fitted, after: &Value) -> Fitted {
        for action in self.removals.iter().rev() {
            let mut texts = fitted.texts.clone();
            let Some(overlay) = texts.last_mut() else { break };
            let Some(text) = text::without(&overlay.file, &overlay.text, *action) else { continue };
            overlay.text = text;
            let edits = fitted.edits.clone();
            let mut shorter = Fitting { texts, edits, additions: 0, removals: Vec::new(), input: self.input };
            if let Ok(Attempt::Done(found)) = shorter.attempt(after) {
                fitted = *found;
            }
        }
        fitted
    }
}

/// An action that matches, but refers to a schema that the document does not have; with the schema.
fn dangling<'a>(action: &'a Traced, document: &Value) -> Option<(&'a Traced, String)> {
    let update = action.update.as_ref().filter(|_| !action.places.is_empty())?;
    Some((action, missing_schema(update, document)?))
}

fn missing_schema(update: &Value, document: &Value) -> Option<String> {
    match update {
        Value::Object(members) => members.iter().find_map(|(key, value)| match value {
            Value::String(target) if key == "$ref" => {
                let name = target.strip_prefix("#/components/schemas/")?;
                document.pointer(target.trim_start_matches('#')).is_none().then(|| name.to_owned())
            }
            value => missing_schema(value, document),
        }),
        Value::Array(values) => values.iter().find_map(|value| missing_schema(value, document)),
        _ => None,
    }
}

/// The operation to leave out, so that the client can express all releases.
fn reason_of(error: &Error, api: &Api) -> Option<Pointer> {
    let Error::ReleasesDiffer { place, .. } = error else { return None };
    let is_it = |operation: &&Operation| {
        let template = format!("{} {}", operation.method.as_str(), operation.template);
        names::anonymous(&template) == names::anonymous(place)
    };
    let operation = api.operations.iter().find(is_it);
    let operation = operation.or_else(|| api.operations.iter().find(|operation| leads_to(operation, place, api)));
    operation.map(|operation| operation.pointer.clone())
}

fn leads_to(operation: &Operation, ty: &str, api: &Api) -> bool {
    let alone = Api { operations: vec![operation.clone()], ..api.clone() };
    api::reachable(&alone).contains(ty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_in_the_way_at_the_end_stays() {
        let reference = |schema: &str| json!({"$ref": format!("#/components/schemas/{schema}")});
        let operation = |schema: &str| {
            let content = json!({"application/json": {"schema": reference(schema)}});
            json!({"get": {"responses": {"200": {"content": content}}}})
        };
        let kind = |values: &[&str]| json!({"type": "string", "enum": values});
        let document = json!({"openapi": "3.0.0", "info": {"title": "t", "version": "1"},
            "paths": {"/api/a": operation("A"), "/api/b": operation("B")},
            "components": {"schemas": {
                "A": {"type": "object", "properties": {"kind": kind(&["x"])}},
                "B": {"type": "object", "properties": {"kind": kind(&["x", "y"]), "owner": reference("Missing")}},
            }},
        });
        let text = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n  - target: \
                    $.components.schemas.*.properties.kind\n    update: {x-rust-type: Kind}\n";
        let overlay = OverlayText { file: "names.yaml".to_owned(), text: text.to_owned() };
        let release = "2.66.0".parse().unwrap();
        let bytes = document.to_string();
        let before = document.clone();
        let input = Input { bytes: bytes.as_bytes(), release: &release, before: &before, older: &[], floor: &release };
        let fitted = fit(&[overlay], &input).unwrap();
        let targets: Vec<String> =
            super::super::left_out(&fitted.overlays, &release).into_iter().flat_map(|part| part.targets).collect();
        assert_eq!(targets, ["$.paths['/api/b'].get"]);
    }
}
