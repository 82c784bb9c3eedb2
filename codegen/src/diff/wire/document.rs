//! A document as requests and responses show it: its operations, by method and path.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::plain::{self, Rest};
use super::schema::SchemaRef;
use super::security::{accepted, permissions, scheme};
use super::servers;
use super::style::{AS_CONTENT, Style};
use crate::diff::keywords::{Holds, Object};
use crate::names;

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
    /// What of them is not compared in detail.
    pub(super) scheme_rests: BTreeMap<String, Rest>,
    pub(super) rest: Rest,
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
    /// Whether it returns anything but status 410. If not, it counts as removed.
    pub(super) is_alive: bool,
    pub(super) path_parameters: Vec<(String, Parameter<'a>)>,
    /// By place and name.
    pub(super) parameters: BTreeMap<(String, String), Parameter<'a>>,
    pub(super) body: Option<Body<'a>>,
    /// The successful ones, by status.
    pub(super) answers: Answers<'a>,
    /// The others, by status.
    pub(super) errors: Answers<'a>,
    /// Its response if `full` is set.
    pub(super) full: Option<SchemaRef<'a>>,
    /// The authentication methods that it accepts, each with everything it requires; nothing if not declared.
    pub(super) schemes: BTreeSet<BTreeSet<String>>,
    /// The permissions that it requires.
    pub(super) permissions: BTreeSet<String>,
    pub(super) servers: BTreeSet<String>,
    /// Its operation id.
    pub(super) id: Option<&'a str>,
    pub(super) tags: BTreeSet<&'a str>,
    pub(super) rest: Rest,
}

/// Responses by status.
pub(super) type Answers<'a> = BTreeMap<String, Answer<'a>>;

/// A query or header parameter, or a response header.
#[derive(Debug)]
pub(super) struct Parameter<'a> {
    pub(super) required: bool,
    pub(super) deprecated: bool,
    pub(super) style: Style,
    /// The media type, if it has one of its own.
    pub(super) media_type: Option<String>,
    pub(super) allows_empty: bool,
    /// Whether reserved characters are sent as they are.
    pub(super) allows_reserved: bool,
    /// Where it is declared.
    pub(super) pointer: String,
    pub(super) schema: SchemaRef<'a>,
    pub(super) rest: Rest,
}

/// A request body.
#[derive(Debug)]
pub(super) struct Body<'a> {
    pub(super) required: bool,
    pub(super) media: BTreeMap<String, Media<'a>>,
    pub(super) rest: Rest,
}

/// A media type of a body or a response.
#[derive(Debug)]
pub(super) struct Media<'a> {
    pub(super) schema: SchemaRef<'a>,
    /// How properties are encoded, in plain form.
    pub(super) encoding: BTreeMap<String, String>,
    pub(super) rest: Rest,
}

/// A response.
#[derive(Debug)]
pub(super) struct Answer<'a> {
    pub(super) media: BTreeMap<String, Media<'a>>,
    pub(super) headers: BTreeMap<String, Parameter<'a>>,
    pub(super) rest: Rest,
}

impl<'a> Document<'a> {
    /// Reads a document in canonical form.
    pub(super) fn new(root: &'a Value) -> Self {
        let defined = || {
            let schemes = members(root.pointer("/components/securitySchemes"));
            schemes.map(|(name, scheme)| (name.as_str(), followed(root, String::new(), scheme).1))
        };
        let schemes: BTreeMap<&str, String> = defined().map(|(name, value)| (name, scheme(value))).collect();
        let mut scheme_rests: BTreeMap<String, Rest> = BTreeMap::new();
        for (value, members) in defined().filter_map(|(_, value)| Some((value, value.as_object()?))) {
            let rest = plain::rest(Object::SecurityScheme, members, root);
            plain::merge(scheme_rests.entry(scheme(value)).or_default(), rest);
        }
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
        let rest = root.as_object().map(|members| plain::rest(Object::Document, members, root)).unwrap_or_default();
        Self { root, operations, schemes: used, scheme_names: schemes, scheme_rests, rest }
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
            parameters.insert((place.to_owned(), name), self.parameter(Object::Parameter, value, &pointer, place));
        }
        let is_in_path = |(place, _): &(String, String)| place == "path";
        let (in_path, parameters): (BTreeMap<_, _>, BTreeMap<_, _>) =
            parameters.into_iter().partition(|(key, _)| is_in_path(key));
        let mut path_parameters: Vec<(String, Parameter<'a>)> =
            in_path.into_iter().map(|((_, name), parameter)| (name, parameter)).collect();
        path_parameters.sort_by_key(|(name, _)| self.template.find(&format!("{{{name}}}")));
        let (answers, errors) = self.answers();
        let (own, root) = (|keyword: &str| self.object.get(keyword), self.root);
        let mut rest = self.rest(Object::PathItem, item);
        plain::merge(&mut rest, plain::rest(Object::Operation, self.object, root));
        let tags = own("tags").and_then(Value::as_array).into_iter().flatten();
        let security = self.object.get("security").or_else(|| self.root.get("security"));
        Operation {
            title: format!("{} {}", self.method.to_uppercase(), self.template),
            pointer: self.pointer(),
            deprecated: is_set(self.object.get("deprecated")),
            is_alive: !self.is_gone(),
            path_parameters,
            parameters,
            body: self.object.get("requestBody").map(|value| self.body(value)),
            answers,
            errors,
            full: None,
            servers: servers::of([own("servers"), item.get("servers"), root.get("servers")]),
            id: own("operationId").and_then(Value::as_str),
            tags: tags.filter_map(Value::as_str).collect(),
            rest,
            schemes: accepted(security, schemes),
            permissions: permissions(security),
        }
    }

    fn pointer(&self) -> String {
        format!("{}/{}", self.path, self.method)
    }

    fn parameter(&self, object: Object, value: &'a Value, pointer: &str, place: &str) -> Parameter<'a> {
        let content = members(value.get("content")).next();
        let schema = match content {
            Some((name, media)) => {
                let pointer = format!("{pointer}/content/{}/schema", escaped(name));
                SchemaRef::new(self.root, media.get("schema"), pointer)
            }
            None => SchemaRef::new(self.root, value.get("schema"), format!("{pointer}/schema")),
        };
        let style = match content {
            Some(_) => Style { prefix: None, parts: Some(AS_CONTENT) },
            None => Style::of(value, place, &schema.read(self.root)),
        };
        Parameter {
            required: is_set(value.get("required")),
            deprecated: is_set(value.get("deprecated")),
            style,
            media_type: content.map(|(name, _)| media_type(name)),
            allows_empty: is_set(value.get("allowEmptyValue")),
            // It is defined for the query only.
            allows_reserved: place == "query" && is_set(value.get("allowReserved")),
            pointer: pointer.to_owned(),
            schema,
            rest: self.rest(object, value),
        }
    }

    /// What is not compared in detail.
    fn rest(&self, object: Object, value: &Value) -> Rest {
        value.as_object().map(|members| plain::rest(object, members, self.root)).unwrap_or_default()
    }

    fn body(&self, value: &'a Value) -> Body<'a> {
        let (pointer, value) = followed(self.root, format!("{}/requestBody", self.pointer()), value);
        let (media, rest) = (self.media(value, &pointer), self.rest(Object::RequestBody, value));
        Body { required: is_set(value.get("required")), media, rest }
    }

    /// Whether it returns only status 410.
    fn is_gone(&self) -> bool {
        let mut statuses = members(self.object.get("responses")).map(|(status, _)| status.as_str());
        let mut codes = statuses.by_ref().filter(|status| !status.starts_with("x-")).peekable();
        codes.peek().is_some() && codes.all(|status| status == "410")
    }

    /// The successful responses, and the others. If nothing else is declared, `default` is the response with status 200.
    fn answers(&self) -> (Answers<'a>, Answers<'a>) {
        let all = || members(self.object.get("responses")).filter(|(status, _)| !status.starts_with("x-"));
        let has_success = all().any(|(status, _)| status.starts_with('2'));
        let (mut answers, mut errors) = (BTreeMap::new(), BTreeMap::new());
        for (status, value) in all() {
            let answer = self.answer(status, value);
            if status.starts_with('2') {
                answers.insert(status.clone(), answer);
            } else if status == "default" && !has_success {
                answers.insert("200".to_owned(), answer);
            } else {
                errors.insert(status.clone(), answer);
            }
        }
        (answers, errors)
    }

    fn answer(&self, status: &str, value: &'a Value) -> Answer<'a> {
        let (pointer, value) = followed(self.root, format!("{}/responses/{status}", self.pointer()), value);
        let headers = members(value.get("headers")).map(|(name, header)| {
            let pointer = format!("{pointer}/headers/{}", escaped(name));
            let (pointer, header) = followed(self.root, pointer, header);
            (name.to_lowercase(), self.parameter(Object::Header, header, &pointer, "header"))
        });
        let (headers, media) = (headers.collect(), self.media(value, &pointer));
        Answer { headers, media, rest: self.rest(Object::Response, value) }
    }

    fn media(&self, value: &'a Value, pointer: &str) -> BTreeMap<String, Media<'a>> {
        let media = |name: &str, media: &'a Value| {
            let pointer = format!("{pointer}/content/{}/schema", escaped(name));
            let encoding = members(media.get("encoding"))
                .filter(|(_, encoding)| encoding.as_object().is_none_or(|encoding| !encoding.is_empty()))
                .map(|(name, encoding)| (name.clone(), plain::text(encoding, Holds::One(Object::Encoding), self.root)));
            Media {
                schema: SchemaRef::new(self.root, media.get("schema"), pointer),
                encoding: encoding.collect(),
                rest: self.rest(Object::MediaType, media),
            }
        };
        let mut all = BTreeMap::new();
        for (name, value) in members(value.get("content")) {
            all.entry(media_type(name)).or_insert_with(|| media(name, value));
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
