//! Builds operations from the paths of the document.

use std::collections::{BTreeMap, HashMap, HashSet};

use indexmap::IndexMap;
use openapiv3::{
    MediaType, OpenAPI, ReferenceOr, Responses, SchemaKind, StatusCode, StringFormat, VariantOrUnknownOrEmpty,
};

use super::extensions::{EXAMPLE, Extensions, FULL, INTERNAL, NAME, REPLACED_BY, RESOURCE, RESOURCES, WRITES};
use super::parameters::{Declared, combine, selects_full};
use super::paths::{Part, Template};
use super::schemas::Usage;
use super::security::permissions;
use super::{
    Answer, Body, Builder, Direction, Full, Method, Operation, ParameterPlace, ParameterValue, Resource, Scalar,
    Segment, Type, TypeKind,
};
use crate::{Error, Pointer, names};

/// An operation that is partly read.
struct Draft<'a> {
    source: &'a openapiv3::Operation,
    shared: &'a [ReferenceOr<openapiv3::Parameter>],
    method: Method,
    path: &'a str,
    template: Template<'a>,
    resource: String,
    pointer: Pointer,
    answer: Answer,
    full: Option<Answer>,
}

/// All operations, responses first, so that the names of requests do not conflict with theirs.
pub(super) fn build(builder: &mut Builder<'_>) -> Result<Vec<Operation>, Error> {
    let mut drafts = drafts(builder.openapi)?;
    let pairs = pairs(&drafts);
    for draft in &mut drafts {
        builder.answers(draft)?;
    }
    let mut operations = Vec::new();
    for draft in &drafts {
        operations.push(builder.operation(draft, &pairs)?);
    }
    operations.sort_by(|a, b| (&a.resource, &a.template, a.method).cmp(&(&b.resource, &b.template, b.method)));
    check_names(&operations)?;
    Ok(operations)
}

fn drafts(openapi: &OpenAPI) -> Result<Vec<Draft<'_>>, Error> {
    let mut paths: Vec<_> = openapi.paths.iter().collect();
    paths.sort_by_key(|(path, _)| *path);
    let mut seen: HashMap<(Method, String), Pointer> = HashMap::new();
    let mut drafts = Vec::new();
    for (path, item) in paths {
        let pointer = Pointer::root().join("paths").join(path);
        let ReferenceOr::Item(item) = item else {
            return Err(Error::Unsupported {
                pointer,
                what: "a path that is a reference".to_owned(),
                instead: "write its operations here".to_owned(),
            });
        };
        for (name, source) in item.iter() {
            let pointer = pointer.join(name);
            let method = match name {
                "get" => Method::Get,
                "post" => Method::Post,
                "put" => Method::Put,
                "patch" => Method::Patch,
                "delete" => Method::Delete,
                other => {
                    return Err(Error::Unsupported {
                        pointer,
                        what: format!("an operation with method {}", other.to_uppercase()),
                        instead: "remove it with an overlay".to_owned(),
                    });
                }
            };
            let template = Template::parse(path, &pointer)?;
            if let Some(other) = seen.insert((method, template.anonymous()), pointer.clone()) {
                return Err(Error::DuplicateOperation { pointer, other });
            }
            let extensions = Extensions::new(&source.extensions, &pointer);
            let resource = names::handle(extensions.text(RESOURCE)?.unwrap_or(template.resource()));
            let (answer, full) = (Answer::Empty, None);
            let shared = item.parameters.as_slice();
            drafts.push(Draft { source, shared, method, path, template, resource, pointer, answer, full });
        }
    }
    Ok(drafts)
}

/// Members of collections, added by POST and removed by DELETE at the same path.
fn pairs(drafts: &[Draft<'_>]) -> HashSet<String> {
    let with = |method: Method| -> HashSet<String> {
        drafts.iter().filter(|draft| draft.method == method).map(|draft| draft.template.anonymous()).collect()
    };
    with(Method::Post).intersection(&with(Method::Delete)).cloned().collect()
}

impl<'a> Builder<'a> {
    fn answers(&mut self, draft: &mut Draft<'a>) -> Result<(), Error> {
        let source = draft.source;
        let usage = Usage::new(Direction::Answer, format!("{}Answer", type_stem(draft)));
        draft.answer = self.answer(&source.responses, &draft.pointer.join("responses"), &usage)?;
        if let Some(schema) = source.extensions.get(FULL) {
            let extensions = Extensions::new(&source.extensions, &draft.pointer);
            // The extension's schema is a reference, or a list of one, to a schema of the document.
            let (reference, list) = match (schema.get("$ref"), schema.get("items").and_then(|items| items.get("$ref")))
            {
                (Some(reference), _) => (reference.as_str(), false),
                (None, Some(reference)) => (reference.as_str(), true),
                (None, None) => (None, false),
            };
            let reference = reference.ok_or_else(|| extensions.malformed(FULL, "a $ref, or an array of a $ref,"))?;
            let found = self.resolver.schema_at(reference, &draft.pointer.join(FULL))?;
            let usage = Usage::new(Direction::Answer, format!("{}FullAnswer", type_stem(draft)));
            let item = self.type_of_found(&found, &usage)?;
            draft.full = Some(Answer::Json(if list { Type::List(Box::new(item)) } else { item }));
        }
        Ok(())
    }

    fn answer(&mut self, responses: &'a Responses, pointer: &Pointer, usage: &Usage) -> Result<Answer, Error> {
        let mut codes: Vec<_> = responses
            .responses
            .iter()
            .filter(|(code, _)| matches!(code, StatusCode::Code(200..300) | StatusCode::Range(2)))
            .collect();
        codes.sort_by_key(|(code, _)| *code);
        let mut answer: Option<Answer> = None;
        let mut successes: Vec<_> = codes.into_iter().map(|(code, response)| (code.to_string(), response)).collect();
        if successes.is_empty() {
            successes.extend(responses.default.as_ref().map(|response| ("default".to_owned(), response)));
        }
        for (code, response) in successes {
            let place = pointer.join(&code);
            let response = self.resolver.response(response, &place)?;
            let this = self.content(&response.content, &place.join("content"), usage)?;
            match &answer {
                None | Some(Answer::Empty) => answer = Some(this),
                Some(earlier) if *earlier == this || this == Answer::Empty => {}
                Some(_) => {
                    return Err(Error::Unsupported {
                        pointer: place,
                        what: "a second type of successful response".to_owned(),
                        instead: "describe both with 'oneOf', or remove one with an overlay".to_owned(),
                    });
                }
            }
        }
        Ok(answer.unwrap_or(Answer::Empty))
    }

    fn content(
        &mut self,
        content: &'a IndexMap<String, MediaType>,
        pointer: &Pointer,
        usage: &Usage,
    ) -> Result<Answer, Error> {
        if content.is_empty() {
            return Ok(Answer::Empty);
        }
        let json = content.iter().find(|(name, _)| is_json(name));
        let Some((name, media)) = json else { return Ok(Answer::Download) };
        for other in content.keys().filter(|other| *other != name) {
            self.note(&pointer.join(other), "the response is read as JSON: this media type is ignored");
        }
        let Some(schema) = &media.schema else { return Ok(Answer::Json(Type::Json)) };
        let pointer = pointer.join(name).join("schema");
        Ok(Answer::Json(self.element(schema, &pointer, usage)?))
    }

    fn operation(&mut self, draft: &Draft<'a>, pairs: &HashSet<String>) -> Result<Operation, Error> {
        let source = draft.source;
        let extensions = Extensions::new(&source.extensions, &draft.pointer);
        let mut path = Vec::new();
        let mut declared: Vec<Declared> = Vec::new();
        let mut in_path: HashMap<&str, (super::PathParameter, Pointer)> = HashMap::new();
        let mut full = None;
        for (parameter, place) in self.all_parameters(draft)? {
            let data = parameter.parameter_data_ref();
            match parameter {
                openapiv3::Parameter::Path { .. } => {
                    let parameter = self.path_parameter(data, &draft.template, &place)?;
                    in_path.insert(&data.name, (parameter, place));
                }
                openapiv3::Parameter::Query { .. } if selects_full(data, extensions) => {
                    full = draft.full.clone().map(|answer| Full {
                        wire: data.name.clone(),
                        value: full_value(data).to_owned(),
                        since: String::new(),
                        answer,
                    });
                }
                openapiv3::Parameter::Query { style, .. } => {
                    let place_in = ParameterPlace::Query;
                    declared.push(self.parameter(data, place_in, Some(style), draft.template.resource(), &place)?);
                }
                openapiv3::Parameter::Header { .. } => {
                    let place_in = ParameterPlace::Header;
                    declared.push(self.parameter(data, place_in, None, draft.template.resource(), &place)?);
                }
                openapiv3::Parameter::Cookie { .. } => {
                    return Err(Error::Unsupported {
                        pointer: place,
                        what: "a cookie parameter".to_owned(),
                        instead: "the client keeps no cookies: remove it with an overlay".to_owned(),
                    });
                }
            }
        }
        let mut arguments: HashMap<String, Pointer> = HashMap::new();
        for part in &draft.template.parts {
            let name = match part {
                Part::Literal(text) => {
                    path.push(Segment::Literal((*text).to_owned()));
                    continue;
                }
                Part::Parameter(name) => name,
            };
            let (parameter, pointer) = in_path.remove(name).ok_or_else(|| Error::Malformed {
                pointer: draft.pointer.clone(),
                problem: format!("the path contains {{{name}}}, which is not declared as a path parameter"),
            })?;
            if let Some(other) = arguments.insert(parameter.name.clone(), pointer.clone()) {
                return Err(Error::NameConflict {
                    pointer,
                    other,
                    name: parameter.name,
                    instead: "give one of them another name with x-rust-name in an overlay",
                });
            }
            path.push(Segment::Parameter(parameter));
        }
        let mut unused: Vec<(&str, Pointer)> = in_path.into_iter().map(|(name, (_, place))| (name, place)).collect();
        unused.sort_unstable();
        for (name, place) in unused {
            self.note(&place, format!("the path does not contain the parameter {name}: it is ignored"));
        }
        let body = self.body(draft, &mut declared)?;
        let commands = body.is_none();
        let has_pair = pairs.contains(&draft.template.anonymous());
        let name = match extensions.text(NAME)? {
            Some(name) => names::method(name),
            None => names::method(&draft.template.method_name(draft.method, has_pair, commands)),
        };
        let parameters = combine(declared, &path)?;
        if draft.full.is_some() && full.is_none() {
            return Err(extensions
                .malformed(FULL, "the operation has no query parameter 'full'; an operation with this parameter"));
        }
        let pages = |answer: &Answer| page(answer, &parameters);
        Ok(Operation {
            method: draft.method,
            path,
            template: draft.path.to_owned(),
            resource: draft.resource.clone(),
            name,
            doc: source.description.clone().unwrap_or_default(),
            since: String::new(),
            example: extensions.text(EXAMPLE)?.map(str::to_owned),
            permissions: permissions(source, self.openapi.security.as_deref()),
            internal: extensions.flag(INTERNAL)?.unwrap_or(false),
            writes: extensions.flag(WRITES)?.unwrap_or(false),
            deprecated: source.deprecated,
            replacement: extensions.text(REPLACED_BY)?.map(str::to_owned),
            gone: is_gone(&source.responses),
            answer: pages(&draft.answer),
            full: full.map(|full| Full { answer: pages(&full.answer), ..full }),
            parameters,
            body,
            pointer: draft.pointer.clone(),
        })
    }

    /// The parameters of the operation, and those of its path that it does not replace.
    fn all_parameters(&self, draft: &Draft<'a>) -> Result<Vec<(&'a openapiv3::Parameter, Pointer)>, Error> {
        let mut all: Vec<(&'a openapiv3::Parameter, Pointer)> = Vec::new();
        let own = draft.source.parameters.iter().enumerate();
        let own = own.map(|(index, parameter)| (parameter, draft.pointer.join("parameters").index(index)));
        let shared_place = Pointer::root().join("paths").join(draft.path).join("parameters");
        let shared = draft.shared.iter().enumerate();
        let shared = shared.map(|(index, parameter)| (parameter, shared_place.index(index)));
        for (parameter, place) in own.chain(shared) {
            let parameter = self.resolver.parameter(parameter, &place)?;
            let same = |other: &openapiv3::Parameter| {
                std::mem::discriminant(other) == std::mem::discriminant(parameter)
                    && other.parameter_data_ref().name == parameter.parameter_data_ref().name
            };
            if !all.iter().any(|(other, _)| same(other)) {
                all.push((parameter, place));
            }
        }
        Ok(all)
    }

    fn body(&mut self, draft: &Draft<'a>, declared: &mut Vec<Declared>) -> Result<Option<Body>, Error> {
        let Some(body) = &draft.source.request_body else { return Ok(None) };
        let pointer = draft.pointer.join("requestBody");
        let body = self.resolver.request_body(body, &pointer)?;
        let pointer = pointer.join("content");
        let json = body.content.iter().find(|(name, _)| is_json(name));
        let multipart = body.content.iter().find(|(name, _)| *name == "multipart/form-data");
        let (name, media, upload) = match (json, multipart) {
            (Some((name, media)), _) => (name, media, false),
            (None, Some((name, media))) => (name, media, true),
            (None, None) if body.content.is_empty() => return Ok(None),
            (None, None) => {
                return Err(Error::Unsupported {
                    pointer,
                    what: "a request body that is neither JSON nor multipart/form-data".to_owned(),
                    instead: "declare one of these".to_owned(),
                });
            }
        };
        for other in body.content.keys().filter(|other| *other != name) {
            self.note(&pointer.join(other), "the body is sent in another of its media types: this one is ignored");
        }
        let place = pointer.join(name).join("schema");
        let Some(schema) = &media.schema else {
            return if upload { Err(no_form(pointer.join(name))) } else { Ok(Some(Body::Json(Type::Json))) };
        };
        let found = self.resolver.schema(schema, &place)?;
        // A change of an object; what is below it, such as a custom field, has a schema of its own, written inline.
        let is_object = matches!(&found.schema.schema_kind, SchemaKind::Type(openapiv3::Type::Object(_)));
        let is_patch = draft.method == Method::Patch
            && (matches!(draft.template.parts.last(), Some(Part::Parameter(_)))
                || (found.component.is_some() && is_object));
        if let (false, None, SchemaKind::Type(openapiv3::Type::Object(object))) =
            (upload || body.required || is_patch, found.component, &found.schema.schema_kind)
            && object.required.is_empty()
            && !object.properties.is_empty()
            && object.additional_properties.is_none()
            && object.properties.values().all(is_plain)
        {
            for (wire, schema) in &object.properties {
                declared.push(self.body_parameter(wire, schema, draft.template.resource(), &place)?);
            }
            return Ok(None);
        }
        let direction = if is_patch { Direction::Patch } else { Direction::Request };
        let mut usage = Usage::new(direction, format!("{}Form", form_stem(draft)));
        usage.upload = upload;
        let ty = self.type_of_found(&found, &usage)?;
        if !upload {
            return Ok(Some(Body::Json(ty)));
        }
        match ty {
            Type::Named(name) if self.types.get(&name).is_some_and(|def| matches!(def.kind, TypeKind::Form { .. })) => {
                Ok(Some(Body::Multipart(name)))
            }
            _ => Err(no_form(place)),
        }
    }
}

/// Whether a property can be a setting: a name and a value are enough.
fn is_plain(schema: &ReferenceOr<Box<openapiv3::Schema>>) -> bool {
    let ReferenceOr::Item(schema) = schema else { return false };
    let data = &schema.schema_data;
    let plain = match &schema.schema_kind {
        SchemaKind::Type(openapiv3::Type::String(string)) => !matches!(
            &string.format,
            VariantOrUnknownOrEmpty::Unknown(_)
                | VariantOrUnknownOrEmpty::Item(StringFormat::Password | StringFormat::Binary | StringFormat::Byte)
        ),
        SchemaKind::Type(openapiv3::Type::Integer(integer)) => {
            !matches!(integer.format, VariantOrUnknownOrEmpty::Unknown(_))
        }
        SchemaKind::Type(openapiv3::Type::Boolean(_)) => true,
        _ => false,
    };
    plain && !data.read_only && !data.write_only && !data.nullable
}

fn no_form(pointer: Pointer) -> Error {
    Error::Unsupported {
        pointer,
        what: "a multipart/form-data body that is not an object".to_owned(),
        instead: "declare an object with a property for each part".to_owned(),
    }
}

/// Lists with parameters for page and size are paged.
fn page(answer: &Answer, parameters: &[super::Parameter]) -> Answer {
    let takes = |wanted: &str| {
        parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Query).any(|parameter| match &parameter
            .value
        {
            ParameterValue::One { wire, ty } => wire == wanted && matches!(ty, Scalar::Unsigned | Scalar::Integer),
            _ => false,
        })
    };
    match answer {
        Answer::Json(Type::List(item)) if takes("page") && takes("size") => Answer::Page((**item).clone()),
        other => other.clone(),
    }
}

/// The value that requests the full response: `true` if the pattern allows it.
fn full_value(data: &openapiv3::ParameterData) -> &'static str {
    let openapiv3::ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) = &data.format else { return "true" };
    match &schema.schema_kind {
        SchemaKind::Type(openapiv3::Type::String(string)) if string.pattern.as_deref() == Some("0|1") => "1",
        _ => "true",
    }
}

/// Whether the server returns only status 410.
fn is_gone(responses: &Responses) -> bool {
    let mut codes = responses.responses.keys();
    codes.len() > 0 && codes.all(|code| *code == StatusCode::Code(410)) && responses.default.is_none()
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// The first part of the names of inline types: resource, then method.
fn type_stem(draft: &Draft<'_>) -> String {
    let thing = names::singular(draft.template.resource());
    let method = draft.template.method_name(draft.method, false, false);
    format!("{}{}", names::pascal(&thing), names::pascal(&method))
}

/// A stem for the name of a form: that of the type, without the verb.
fn form_stem(draft: &Draft<'_>) -> String {
    let thing = names::pascal(&names::singular(draft.template.resource()));
    let method = draft.template.method_name(draft.method, false, false);
    match method.split_once('_').unwrap_or((&method, "")) {
        ("create", "") => thing,
        ("create" | "replace", rest) if !rest.is_empty() => format!("{thing}{}", names::pascal(rest)),
        _ => format!("{thing}{}", names::pascal(&method)),
    }
}

fn check_names(operations: &[Operation]) -> Result<(), Error> {
    let mut seen: HashMap<String, &Pointer> = HashMap::new();
    for operation in operations {
        let resource = &operation.resource;
        let full = operation.full.as_ref();
        let method = |name: &str| format!("{resource}().{name}()");
        // Methods with different names may have types with the same: `rates_1` and `rates1`.
        let ty = |name: &str| format!("{resource}::{name}");
        let (name, pascal) = (&operation.name, names::operation(&operation.name));
        let own = [Some(method(name))];
        let types = [Some(ty(&pascal)), full.map(|_| ty(&format!("{pascal}Full")))];
        for name in own.into_iter().chain(types).flatten() {
            if let Some(other) = seen.insert(name.clone(), &operation.pointer) {
                return Err(Error::NameConflict {
                    pointer: operation.pointer.clone(),
                    other: other.clone(),
                    name,
                    instead: "give one of them another name with x-rust-name in an overlay",
                });
            }
        }
    }
    Ok(())
}

/// The handles of the operations, with their documentation.
pub(super) fn resources(operations: &[Operation], openapi: &OpenAPI) -> BTreeMap<String, Resource> {
    let root = Pointer::root();
    let extensions = Extensions::new(&openapi.extensions, &root);
    let docs = extensions.raw(RESOURCES);
    let mut resources = BTreeMap::new();
    for operation in operations {
        let doc = docs.and_then(|docs| docs.get(&operation.resource)).and_then(serde_json::Value::as_str);
        let doc = doc.map_or_else(|| format!("Operations on `{}`.", operation.resource), str::to_owned);
        let type_name = names::pascal(&operation.resource);
        let resource = resources.entry(operation.resource.clone()).or_insert(Resource { type_name, doc });
        let is_taken = |name: &str| {
            let mut same = operations.iter().filter(|other| other.resource == operation.resource);
            same.any(|other| {
                let ty = names::operation(&other.name);
                ty == name || (other.full.is_some() && format!("{ty}Full") == name)
            })
        };
        while is_taken(&resource.type_name) {
            resource.type_name.push_str("Resource");
        }
    }
    resources
}
