//! A document as requests and responses show it: its operations, by method and path.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::schema::SchemaRef;
use crate::names;

/// How a parameter is written that has a media type of its own.
pub(super) const AS_CONTENT: &str = "as a document";

const METHODS: [&str; 8] = ["get", "head", "post", "put", "patch", "delete", "options", "trace"];

/// A document to be compared.
#[derive(Debug)]
pub(super) struct Document<'a> {
    pub(super) root: &'a Value,
    pub(super) operations: BTreeMap<OperationKey, Operation<'a>>,
    /// The authentication methods that it accepts anywhere, by what is sent.
    pub(super) schemes: BTreeSet<String>,
    /// The same with the names that the document has for them.
    scheme_names: BTreeMap<&'a str, String>,
}

/// Method and path; parameters of the path have no names, so that renaming them is no change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OperationKey {
    pub(super) path: String,
    pub(super) method: &'static str,
}

/// An operation.
#[derive(Debug)]
pub(super) struct Operation<'a> {
    /// Method and path as the document writes them: `GET /api/tags/{id}`.
    pub(super) title: String,
    /// Where it is declared.
    pub(super) pointer: String,
    pub(super) deprecated: bool,
    /// Whether it has a successful response. Without one it counts as removed.
    pub(super) is_alive: bool,
    pub(super) path_parameters: Vec<(String, Parameter<'a>)>,
    /// By place and name.
    pub(super) parameters: BTreeMap<(String, String), Parameter<'a>>,
    pub(super) body: Option<Body<'a>>,
    /// The successful ones, by status.
    pub(super) answers: BTreeMap<String, Answer<'a>>,
    /// Its response if `full` is set.
    pub(super) full: Option<SchemaRef<'a>>,
    /// The authentication methods that it accepts, each with everything it requires; nothing if not declared.
    pub(super) schemes: BTreeSet<BTreeSet<String>>,
    /// The permissions that it requires.
    pub(super) permissions: BTreeSet<String>,
}

/// A query or header parameter, or a response header.
#[derive(Debug)]
pub(super) struct Parameter<'a> {
    pub(super) required: bool,
    pub(super) deprecated: bool,
    /// How its values are written; nothing if all ways are the same.
    pub(super) style: Option<&'static str>,
    pub(super) allows_empty: bool,
    /// Where it is declared.
    pub(super) pointer: String,
    pub(super) schema: SchemaRef<'a>,
}

/// A request body.
#[derive(Debug)]
pub(super) struct Body<'a> {
    pub(super) required: bool,
    pub(super) media: BTreeMap<String, SchemaRef<'a>>,
}

/// A response.
#[derive(Debug)]
pub(super) struct Answer<'a> {
    pub(super) media: BTreeMap<String, SchemaRef<'a>>,
    pub(super) headers: BTreeMap<String, Parameter<'a>>,
}

impl<'a> Document<'a> {
    /// Reads a document in canonical form.
    pub(super) fn new(root: &'a Value) -> Self {
        let schemes: BTreeMap<&str, String> = members(root.pointer("/components/securitySchemes"))
            .map(|(name, scheme)| (name.as_str(), self::scheme(scheme)))
            .collect();
        let mut operations: BTreeMap<OperationKey, Operation<'a>> = BTreeMap::new();
        for (template, item) in members(root.get("paths")) {
            let (path, item) = followed(root, format!("/paths/{}", escaped(template)), item);
            for method in METHODS {
                let Some(Value::Object(object)) = item.get(method) else { continue };
                let reader = Reader { root, template, path: &path, method, object };
                let mut key = OperationKey { path: names::anonymous(template.trim_end_matches('/')), method };
                // Of paths that differ in the names of parameters or a slash, only the first one can do without.
                if operations.contains_key(&key) {
                    key.path.clone_from(template);
                }
                operations.insert(key, reader.operation(item, &schemes));
            }
        }
        let used = operations.values().flat_map(|operation: &Operation<'_>| operation.schemes.iter().cloned());
        let global = accepted(root.get("security"), &schemes);
        let used = used.chain(global).flatten().collect();
        Self { root, operations, schemes: used, scheme_names: schemes }
    }

    /// Adds the responses of operations with `full`, by the names of the schemas.
    pub(super) fn add_full(&mut self, schemas: &BTreeMap<String, String>) {
        for operation in self.operations.values_mut() {
            let pointer = schemas.get(&operation.title).map(|name| format!("/components/schemas/{}", escaped(name)));
            // Types from corrections are in no document.
            let schema = pointer.and_then(|pointer| Some((self.root.pointer(&pointer)?, pointer)));
            operation.full = schema.map(|(value, pointer)| SchemaRef::new(self.root, Some(value), pointer));
        }
    }

    /// What goes over the wire for what the other document calls by the same name as a way of its own.
    pub(super) fn scheme_like(&self, other: &Document<'_>, scheme: &str) -> Option<&String> {
        let (name, _) = other.scheme_names.iter().find(|(_, text)| *text == scheme)?;
        self.scheme_names.iter().find(|(known, _)| *known == name).map(|(_, text)| text)
    }

    /// The names of the schemas, without the numbers of copies.
    pub(super) fn schemas(&self) -> BTreeSet<&'a str> {
        members(self.root.pointer("/components/schemas")).map(|(name, _)| names::stem(name)).collect()
    }
}

/// Reads an operation.
struct Reader<'a, 'p> {
    root: &'a Value,
    template: &'a str,
    /// Where the path's operations are, as a JSON pointer.
    path: &'p str,
    method: &'static str,
    object: &'a Map<String, Value>,
}

impl<'a> Reader<'a, '_> {
    fn operation(&self, item: &'a Value, schemes: &BTreeMap<&str, String>) -> Operation<'a> {
        let mut parameters = BTreeMap::new();
        let shared = item.get("parameters").and_then(Value::as_array).into_iter().flatten();
        let own = self.object.get("parameters").and_then(Value::as_array).into_iter().flatten();
        let shared = shared.enumerate().map(|(index, value)| (format!("{}/parameters/{index}", self.path), value));
        let own = own.enumerate().map(|(index, value)| (format!("{}/parameters/{index}", self.pointer()), value));
        // Those of the operation itself take the place of those of its path.
        for (pointer, value) in shared.chain(own) {
            let (pointer, value) = followed(self.root, pointer, value);
            let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
            let (place, name) = (text("in"), text("name"));
            // Header names are case-insensitive (RFC 9110, section 5.1).
            let name = if place == "header" { name.to_lowercase() } else { name.to_owned() };
            parameters.insert((place.to_owned(), name), self.parameter(value, &pointer, place));
        }
        let is_in_path = |(place, _): &(String, String)| place == "path";
        let (in_path, parameters): (BTreeMap<_, _>, BTreeMap<_, _>) =
            parameters.into_iter().partition(|(key, _)| is_in_path(key));
        let mut path_parameters: Vec<(String, Parameter<'a>)> =
            in_path.into_iter().map(|((_, name), parameter)| (name, parameter)).collect();
        path_parameters.sort_by_key(|(name, _)| self.template.find(&format!("{{{name}}}")));
        let answers = self.answers();
        let security = self.object.get("security").or_else(|| self.root.get("security"));
        Operation {
            title: format!("{} {}", self.method.to_uppercase(), self.template),
            pointer: self.pointer(),
            deprecated: is_set(self.object.get("deprecated")),
            is_alive: !answers.is_empty(),
            path_parameters,
            parameters,
            body: self.object.get("requestBody").map(|value| self.body(value)),
            answers,
            full: None,
            schemes: accepted(security, schemes),
            permissions: permissions(security),
        }
    }

    fn pointer(&self) -> String {
        format!("{}/{}", self.path, self.method)
    }

    fn parameter(&self, value: &'a Value, pointer: &str, place: &str) -> Parameter<'a> {
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        let content = members(value.get("content")).next();
        let schema = match content {
            Some((name, media)) => {
                let pointer = format!("{pointer}/content/{}/schema", escaped(name));
                SchemaRef::new(self.root, media.get("schema"), pointer)
            }
            None => SchemaRef::new(self.root, value.get("schema"), format!("{pointer}/schema")),
        };
        let usual = if matches!(place, "query" | "cookie") { "form" } else { "simple" };
        let style = text("style").unwrap_or(usual);
        let explodes = value.get("explode").and_then(Value::as_bool).unwrap_or(style == "form");
        let written = match (style, explodes) {
            ("deepObject", _) => "with names in brackets",
            ("spaceDelimited", false) => "with spaces",
            ("pipeDelimited", false) => "with bars",
            ("simple", _) | (_, false) => "with commas",
            _ => "once for each value",
        };
        let is_written = || matches!(schema.read(self.root).kind.as_str(), "array" | "object");
        Parameter {
            required: is_set(value.get("required")),
            deprecated: is_set(value.get("deprecated")),
            style: if content.is_some() { Some(AS_CONTENT) } else { is_written().then_some(written) },
            allows_empty: is_set(value.get("allowEmptyValue")),
            pointer: pointer.to_owned(),
            schema,
        }
    }

    fn body(&self, value: &'a Value) -> Body<'a> {
        let (pointer, value) = followed(self.root, format!("{}/requestBody", self.pointer()), value);
        Body { required: is_set(value.get("required")), media: self.media(value, &pointer) }
    }

    /// The successful responses. If nothing else is declared, `default` is the response with status 200.
    fn answers(&self) -> BTreeMap<String, Answer<'a>> {
        let all = || members(self.object.get("responses"));
        let is_success = |status: &str| status.starts_with('2');
        if let (false, Some((status, value))) =
            (all().any(|(status, _)| is_success(status)), all().find(|(status, _)| *status == "default"))
        {
            return BTreeMap::from([("200".to_owned(), self.answer(status, value))]);
        }
        let successes = all().filter(|(status, _)| is_success(status));
        successes.map(|(status, value)| (status.clone(), self.answer(status, value))).collect()
    }

    fn answer(&self, status: &str, value: &'a Value) -> Answer<'a> {
        let (pointer, value) = followed(self.root, format!("{}/responses/{status}", self.pointer()), value);
        let headers = members(value.get("headers")).map(|(name, header)| {
            let pointer = format!("{pointer}/headers/{}", escaped(name));
            let (pointer, header) = followed(self.root, pointer, header);
            (name.to_lowercase(), self.parameter(header, &pointer, "header"))
        });
        Answer { headers: headers.collect(), media: self.media(value, &pointer) }
    }

    fn media(&self, value: &'a Value, pointer: &str) -> BTreeMap<String, SchemaRef<'a>> {
        let schema = |name: &str, media: &'a Value| {
            let pointer = format!("{pointer}/content/{}/schema", escaped(name));
            SchemaRef::new(self.root, media.get("schema"), pointer)
        };
        let mut all = BTreeMap::new();
        for (name, media) in members(value.get("content")) {
            all.entry(media_type(name)).or_insert_with(|| schema(name, media));
        }
        all
    }
}

/// What a reference leads to, and where that is; the value itself if it is none.
fn followed<'a>(root: &'a Value, mut pointer: String, mut value: &'a Value) -> (String, &'a Value) {
    // Circular references have no target.
    for _ in 0..16 {
        let target = value.get("$ref").and_then(Value::as_str).map(|target| target.trim_start_matches('#'));
        let Some((target, found)) = target.and_then(|target| Some((target, root.pointer(target)?))) else { break };
        (pointer, value) = (target.to_owned(), found);
    }
    (pointer, value)
}

/// The name without case, and without the character set, which JSON has only one of (RFC 8259, section 8.1).
fn media_type(name: &str) -> String {
    let parts = name.split(';').map(|part| part.trim().to_lowercase());
    parts.filter(|part| !part.starts_with("charset=")).collect::<Vec<_>>().join("; ")
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn is_set(value: Option<&Value>) -> bool {
    value.and_then(Value::as_bool).unwrap_or(false)
}

fn escaped(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// An authentication method by what is sent: its name in the document does not matter.
fn scheme(value: &Value) -> String {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    match text("type") {
        // Header names are case-insensitive (RFC 9110, section 5.1).
        "apiKey" if text("in") == "header" => format!("header {}", text("name").to_uppercase()),
        "apiKey" => format!("{} {}", text("in"), text("name")),
        "http" => format!("http {}", text("scheme").to_lowercase()),
        other => other.to_owned(),
    }
}

/// The schemes of requirements; without any, requests need no authentication. Names that the document does not
/// define are ignored.
fn accepted(security: Option<&Value>, schemes: &BTreeMap<&str, String>) -> BTreeSet<BTreeSet<String>> {
    let requirements: Vec<&Map<String, Value>> =
        security.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object).collect();
    if requirements.is_empty() && !schemes.is_empty() {
        return BTreeSet::from([BTreeSet::new()]);
    }
    let known = |requirement: &Map<String, Value>| -> BTreeSet<String> {
        requirement.keys().filter_map(|name| schemes.get(name.as_str()).cloned()).collect()
    };
    let all: BTreeSet<BTreeSet<String>> =
        requirements.into_iter().filter(|one| one.is_empty() || !known(one).is_empty()).map(known).collect();
    // Where less is enough, more is no other way.
    let is_least = |one: &&BTreeSet<String>| !all.iter().any(|other| other != *one && other.is_subset(one));
    all.iter().filter(is_least).cloned().collect()
}

/// The scopes of requirements, which contain Kimai's permissions; all operations have `API`.
fn permissions(security: Option<&Value>) -> BTreeSet<String> {
    let requirements = security.and_then(Value::as_array).into_iter().flatten();
    let scopes = requirements.filter_map(Value::as_object).flat_map(Map::values);
    let texts = scopes.filter_map(Value::as_array).flatten().filter_map(Value::as_str);
    texts.filter(|text| *text != "API").map(str::to_owned).collect()
}
