//! A document as it counts on the wire: its operations, by method and path.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::schema::SchemaRef;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// A document to be compared.
#[derive(Debug)]
pub(super) struct Surface<'a> {
    pub(super) root: &'a Value,
    pub(super) operations: BTreeMap<OperationKey, Operation<'a>>,
    /// The ways to say who one is, by what goes over the wire.
    pub(super) schemes: BTreeSet<String>,
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
    pub(super) deprecated: bool,
    /// Whether it has a success answer. Without one it is as good as gone.
    pub(super) is_alive: bool,
    pub(super) path_parameters: Vec<(String, SchemaRef<'a>)>,
    /// By place and name.
    pub(super) parameters: BTreeMap<(String, String), Parameter<'a>>,
    pub(super) body: Option<Body<'a>>,
    /// The successful ones, by status.
    pub(super) answers: BTreeMap<String, Answer<'a>>,
    /// The ways to say who one is that it accepts, of those which the document defines: each by all that it takes.
    pub(super) schemes: BTreeSet<BTreeSet<String>>,
    /// The permissions that it needs (fact D12).
    pub(super) permissions: BTreeSet<String>,
}

/// A query or header parameter, or a header of an answer.
#[derive(Debug)]
pub(super) struct Parameter<'a> {
    pub(super) required: bool,
    pub(super) deprecated: bool,
    /// How the values of a list are written; nothing if it is no list.
    pub(super) style: Option<&'static str>,
    pub(super) allows_empty: bool,
    pub(super) schema: SchemaRef<'a>,
}

/// A request body.
#[derive(Debug)]
pub(super) struct Body<'a> {
    pub(super) required: bool,
    pub(super) media: BTreeMap<String, SchemaRef<'a>>,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Answer<'a> {
    pub(super) media: BTreeMap<String, SchemaRef<'a>>,
    pub(super) headers: BTreeMap<String, Parameter<'a>>,
}

impl<'a> Surface<'a> {
    /// Reads a document in canonical form.
    pub(super) fn new(root: &'a Value) -> Self {
        let schemes: BTreeMap<&str, String> = members(root.pointer("/components/securitySchemes"))
            .map(|(name, scheme)| (name.as_str(), self::scheme(scheme)))
            .collect();
        let mut operations = BTreeMap::new();
        for (template, item) in members(root.get("paths")) {
            for method in METHODS {
                let Some(Value::Object(object)) = item.get(method) else { continue };
                let reader = Reader { root, template, method, object };
                let key = OperationKey { path: anonymous(template), method };
                operations.insert(key, reader.operation(item, &schemes));
            }
        }
        let used = operations.values().flat_map(|operation: &Operation<'_>| operation.schemes.iter().cloned());
        let global = accepted(root.get("security"), &schemes);
        let schemes = used.chain(global).flatten().collect();
        Self { root, operations, schemes }
    }

    /// The names of the schemas, without the numbers of copies (fact D11).
    pub(super) fn schemas(&self) -> BTreeSet<&'a str> {
        let plain = |name: &'a str| name.trim_end_matches(|c: char| c.is_ascii_digit());
        members(self.root.pointer("/components/schemas")).map(|(name, _)| plain(name)).collect()
    }
}

/// Reads an operation.
struct Reader<'a> {
    root: &'a Value,
    template: &'a str,
    method: &'static str,
    object: &'a Map<String, Value>,
}

impl<'a> Reader<'a> {
    fn operation(&self, item: &'a Value, schemes: &BTreeMap<&str, String>) -> Operation<'a> {
        let mut path_parameters = Vec::new();
        let mut parameters = BTreeMap::new();
        let shared = item.get("parameters").and_then(Value::as_array).into_iter().flatten();
        let own = self.object.get("parameters").and_then(Value::as_array).into_iter().flatten();
        let shared = shared.enumerate().map(|(index, value)| (format!("{}/parameters/{index}", self.path()), value));
        let own = own.enumerate().map(|(index, value)| (format!("{}/parameters/{index}", self.pointer()), value));
        for (pointer, value) in shared.chain(own) {
            let (pointer, value) = self.followed(pointer, value);
            let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            let parameter = self.parameter(value, &pointer);
            match text("in").as_str() {
                "path" => path_parameters.push((text("name"), parameter.schema)),
                place => drop(parameters.insert((place.to_owned(), text("name")), parameter)),
            }
        }
        let place = |(name, _): &(String, SchemaRef<'_>)| self.template.find(&format!("{{{name}}}"));
        path_parameters.sort_by_key(place);
        let answers = self.answers();
        let own = self.object.get("security");
        Operation {
            title: format!("{} {}", self.method.to_uppercase(), self.template),
            deprecated: is_set(self.object.get("deprecated")),
            is_alive: !answers.is_empty(),
            path_parameters,
            parameters,
            body: self.object.get("requestBody").map(|value| self.body(value)),
            answers,
            schemes: accepted(own.or_else(|| self.root.get("security")), schemes),
            permissions: permissions(own),
        }
    }

    fn path(&self) -> String {
        format!("/paths/{}", escaped(self.template))
    }

    fn pointer(&self) -> String {
        format!("{}/{}", self.path(), self.method)
    }

    /// What a reference leads to; the value itself if it is none.
    fn followed(&self, pointer: String, value: &'a Value) -> (String, &'a Value) {
        let target = value.get("$ref").and_then(Value::as_str).map(|target| target.trim_start_matches('#'));
        match target.and_then(|target| Some((target.to_owned(), self.root.pointer(target)?))) {
            Some(found) => found,
            None => (pointer, value),
        }
    }

    fn parameter(&self, value: &'a Value, pointer: &str) -> Parameter<'a> {
        let schema = SchemaRef::new(self.root, value.get("schema"), format!("{pointer}/schema"));
        let is_list = schema.read(self.root).kind == "array";
        let explodes = value.get("explode").and_then(Value::as_bool).unwrap_or(true);
        let style = match (value.get("style").and_then(Value::as_str), explodes) {
            (Some("deepObject"), _) => "with names in brackets",
            (Some("simple"), _) | (Some("form") | None, false) => "with commas",
            (Some("spaceDelimited"), false) => "with spaces",
            (Some("pipeDelimited"), false) => "with bars",
            _ => "once for each value",
        };
        Parameter {
            required: is_set(value.get("required")),
            deprecated: is_set(value.get("deprecated")),
            style: is_list.then_some(style),
            allows_empty: is_set(value.get("allowEmptyValue")),
            schema,
        }
    }

    fn body(&self, value: &'a Value) -> Body<'a> {
        let (pointer, value) = self.followed(format!("{}/requestBody", self.pointer()), value);
        Body { required: is_set(value.get("required")), media: self.media(value, &pointer) }
    }

    /// The successful answers. Where nothing else is declared, `default` is the one that comes, which is 200 (fact E3).
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
        let (pointer, value) = self.followed(format!("{}/responses/{status}", self.pointer()), value);
        let headers = members(value.get("headers")).map(|(name, header)| {
            let pointer = format!("{pointer}/headers/{}", escaped(name));
            let (pointer, header) = self.followed(pointer, header);
            (name.to_lowercase(), self.parameter(header, &pointer))
        });
        Answer { headers: headers.collect(), media: self.media(value, &pointer) }
    }

    fn media(&self, value: &'a Value, pointer: &str) -> BTreeMap<String, SchemaRef<'a>> {
        let schema = |name: &str, media: &'a Value| {
            let pointer = format!("{pointer}/content/{}/schema", escaped(name));
            SchemaRef::new(self.root, media.get("schema"), pointer)
        };
        members(value.get("content")).map(|(name, media)| (name.clone(), schema(name, media))).collect()
    }
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

/// The path with the names of its parameters left out, and no slash at its end.
fn anonymous(template: &str) -> String {
    let segments = template.trim_end_matches('/').split('/');
    let plain = segments.map(|segment| if segment.starts_with('{') && segment.ends_with('}') { "{}" } else { segment });
    plain.collect::<Vec<_>>().join("/")
}

/// A way to say who one is, by what goes over the wire: its name in the document means nothing.
fn scheme(value: &Value) -> String {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    match text("type") {
        "apiKey" => format!("{} {}", text("in"), text("name")),
        "http" => format!("http {}", text("scheme").to_lowercase()),
        other => other.to_owned(),
    }
}

/// The schemes of requirements. Names which the document does not define mean nothing (fact D13).
fn accepted(security: Option<&Value>, schemes: &BTreeMap<&str, String>) -> BTreeSet<BTreeSet<String>> {
    let requirements = security.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
    let known = |requirement: &Map<String, Value>| -> BTreeSet<String> {
        requirement.keys().filter_map(|name| schemes.get(name.as_str()).cloned()).collect()
    };
    // An empty one lets calls in that do not say it; one of unknown names says nothing.
    requirements.filter(|one| one.is_empty() || !known(one).is_empty()).map(known).collect()
}

/// The scopes of requirements, which Kimai writes its permissions into (fact D12); `API` is what all need.
fn permissions(security: Option<&Value>) -> BTreeSet<String> {
    let requirements = security.and_then(Value::as_array).into_iter().flatten();
    let scopes = requirements.filter_map(Value::as_object).flat_map(Map::values);
    let texts = scopes.filter_map(Value::as_array).flatten().filter_map(Value::as_str);
    texts.filter(|text| *text != "API").map(str::to_owned).collect()
}
