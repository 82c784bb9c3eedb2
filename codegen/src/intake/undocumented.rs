//! Parts without documentation in the overlays, each with a draft.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::draft::{self, Draft};
use super::verb::verb;
use crate::api::{Api, Field, Method, Operation, ParameterPlace, ParameterValue, Segment, Type, TypeDef, TypeKind};
use crate::document::Document;
use crate::{Error, Pointer, Release, history, json_path, names};

/// A part of the client without documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undocumented {
    /// What it is, such as `` operation GET /api/tags, parameter `name` ``.
    pub what: String,
    /// Overlay actions with a draft; empty where no action can describe it.
    pub draft: String,
}

/// The handles, operations, parameters, types and fields without documentation; those of one operation or schema together.
///
/// # Errors
///
/// Returns an error if a draft cannot be written.
pub fn undocumented(document: &Document, api: &Api) -> Result<Vec<Undocumented>, Error> {
    let mut found = Vec::new();
    let described = document.value().get("x-kimai-resources");
    for name in api.resources.keys().filter(|name| described.is_none_or(|all| all.get(name.as_str()).is_none())) {
        let text = format!("{}.", capital(&words(name)));
        let draft = Draft { target: "$".to_owned(), update: json!({"x-kimai-resources": {name.clone(): text}}) };
        found.push(part(format!("handle `{name}()`"), &[draft], &api.release)?);
    }
    for operation in &api.operations {
        found.extend(of_operation(operation, document.value(), api)?);
    }
    // A schema may be two types: a form and a change.
    let mut by_place: BTreeMap<&Pointer, Vec<&TypeDef>> = BTreeMap::new();
    for def in api.types.values() {
        by_place.entry(&def.pointer).or_default().push(def);
    }
    for defs in by_place.into_values() {
        found.extend(of_types(&defs, document.value(), &api.release)?);
    }
    Ok(found)
}

fn part(what: String, drafts: &[Draft], since: &Release) -> Result<Undocumented, Error> {
    let draft = if drafts.is_empty() { String::new() } else { draft::updates(drafts, since)? };
    Ok(Undocumented { what, draft })
}

fn describe(target: String, text: &str) -> Draft {
    Draft { target, update: json!({"description": text}) }
}

fn of_operation(operation: &Operation, document: &Value, api: &Api) -> Result<Option<Undocumented>, Error> {
    let silent: Vec<_> = operation.parameters.iter().filter(|parameter| parameter.doc.is_empty()).collect();
    if !operation.doc.is_empty() && silent.is_empty() {
        return Ok(None);
    }
    let target = json_path::of(document, &operation.pointer);
    let mut drafts = Vec::new();
    if operation.doc.is_empty() {
        let verb = verb(operation, api, document);
        drafts.push(describe(target.clone(), &sentence(operation, verb)));
    }
    for parameter in &silent {
        let wire = wire(&parameter.value);
        let place = if parameter.place == ParameterPlace::Body {
            let schema = ".requestBody.content['application/json'].schema.properties";
            let place = format!("{target}{schema}{}", json_path::members(&[wire]));
            json_path::matches(document, &place).then_some(place)
        } else {
            draft::parameter(document, &operation.pointer, wire)
        };
        if let Some(place) = place {
            drafts.push(describe(place, &format!("Sets the {}.", words(wire.trim_end_matches("[]")))));
        }
    }
    let mut what = format!("{} {}", operation.method.as_str(), operation.template);
    if !operation.doc.is_empty() {
        what += &format!(", {}", listed(silent.iter().map(|parameter| wire(&parameter.value)), "parameter"));
    }
    part(what, &drafts, &api.release).map(Some)
}

/// What the types of one schema lack.
fn of_types(defs: &[&TypeDef], document: &Value, since: &Release) -> Result<Option<Undocumented>, Error> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut silent: Vec<&str> = Vec::new();
    for def in defs {
        let target = json_path::of(document, &def.pointer);
        if def.doc.is_empty() {
            let (key, text) = of_type(def);
            drafts.push(Draft { target: target.clone(), update: json!({key: text}) });
        }
        for field in def.kind.fields().iter().filter(|field| field.doc.is_empty()) {
            if silent.contains(&field.wire.as_str()) {
                continue;
            }
            silent.push(&field.wire);
            let place = format!("{target}.properties{}", json_path::members(&[&field.wire]));
            if json_path::matches(document, &place) {
                drafts.push(describe(place, &of_field(field, &thing(def))));
            }
        }
    }
    let (Some(first), false) = (defs.first(), drafts.is_empty() && silent.is_empty()) else { return Ok(None) };
    let names: Vec<String> = defs.iter().map(|def| format!("`{}`", def.name)).collect();
    let types = format!("type{} {}", if names.len() == 1 { "" } else { "s" }, names.join(", "));
    let mut what = first.schema().map_or_else(|| types.clone(), |schema| format!("schema {schema}, {types}"));
    if !silent.is_empty() {
        what += &format!(", {}", listed(silent.into_iter(), "property"));
    }
    part(what, &drafts, since).map(Some)
}

/// The key that documents a type, and what it says.
fn of_type(def: &TypeDef) -> (&'static str, String) {
    let thing = thing(def);
    match &def.kind {
        TypeKind::Answer { .. } | TypeKind::OneOf { .. } => ("description", format!("{}.", capital(&a(&thing)))),
        TypeKind::Form { .. } => ("description", format!("A new {thing}.")),
        TypeKind::Patch { .. } => ("x-kimai-patch-description", format!("Changes to {}.", a(&thing))),
        TypeKind::Enum { .. } => ("x-rust-type-description", format!("{}.", capital(&a(&thing)))),
    }
}

fn of_field(field: &Field, thing: &str) -> String {
    let name = words(&field.name);
    match &field.ty {
        Type::Bool => format!("Whether the {thing} is {}.", name.trim_start_matches("is ")),
        _ => format!("{} of the {thing}.", capital(&name)),
    }
}

/// What a type is about, in words.
fn thing(def: &TypeDef) -> String {
    let name = if matches!(def.kind, TypeKind::Patch { .. }) { def.name.trim_end_matches("Patch") } else { &def.name };
    words(names::subject(name))
}

fn listed<'a>(names: impl Iterator<Item = &'a str>, what: &str) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    let plural = match (names.len(), what.strip_suffix('y')) {
        (1, _) => what.to_owned(),
        (_, Some(stem)) => format!("{stem}ies"),
        (_, None) => format!("{what}s"),
    };
    format!("{plural} {}", names.join(", "))
}

/// The first name of a parameter in requests.
fn wire(value: &ParameterValue) -> &str {
    history::names(value).first().map_or("", |(wire, _)| wire)
}

/// What an operation does, as far as its method and path say it.
fn sentence(operation: &Operation, verb: Option<&str>) -> String {
    let literals: Vec<&str> = operation
        .path
        .iter()
        .filter_map(|segment| if let Segment::Literal(text) = segment { Some(text.as_str()) } else { None })
        .collect();
    let ends_with_parameter = matches!(operation.path.last(), Some(Segment::Parameter(_)));
    let resource = literals.first().copied().unwrap_or_default();
    let one = a(&words(&names::singular(resource)));
    let Some(last) = literals.last().filter(|_| literals.len() > 1) else {
        return match operation.method {
            Method::Get | Method::Head if ends_with_parameter => format!("Gets {one}."),
            Method::Get | Method::Head => format!("Lists {}.", words(resource)),
            Method::Post => format!("Creates {one}."),
            Method::Put => format!("Replaces {one}."),
            Method::Patch => format!("Changes {one}."),
            Method::Delete => format!("Deletes {one}."),
        };
    };
    if let Some(verb) = verb {
        return format!("Requests `{verb}` for {one}.");
    }
    let part = words(&names::singular(last));
    let is_list = names::singular(last) != **last && !ends_with_parameter;
    match operation.method {
        Method::Get | Method::Head if is_list => format!("Lists the {} of {one}.", words(last)),
        Method::Get | Method::Head => format!("Gets the {part} of {one}."),
        Method::Delete => format!("Deletes {} of {one}.", a(&part)),
        Method::Post if is_list => format!("Adds {} to {one}.", a(&part)),
        Method::Post => format!("Adds {} to {one}.", a(&part)),
        Method::Put | Method::Patch => format!("Changes the {} of {one}.", words(last)),
    }
}

fn snake(name: &str) -> String {
    names::snake(name).trim_end_matches('_').to_owned()
}

/// A name as words: `api-token` and `apiToken` are `api token`.
fn words(name: &str) -> String {
    snake(name).replace('_', " ")
}

fn a(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{api, document};

    fn found(document: &Value) -> Vec<(String, String)> {
        let release = "2.66.0".parse().unwrap();
        let document = document::load(document.to_string().as_bytes(), &release, &[]).unwrap();
        let (api, _) = api::build(&document, &release).unwrap();
        undocumented(&document, &api).unwrap().into_iter().map(|part| (part.what, part.draft)).collect()
    }

    #[test]
    fn drafts_describe_what_the_names_say() {
        let document = json!({"openapi": "3.0.0", "x-kimai-resources": {"tags": "Tags."}, "paths": {"/api/tags": {"get": {
            "parameters": [{"name": "orderBy", "in": "query", "schema": {"type": "string"}}],
            "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Tag"}}}}}}}},
            "components": {"schemas": {"Tag": {"type": "object", "properties": {
                "id": {"type": "integer", "description": "Id."}, "isOld": {"type": "boolean"}}}}}});
        let tag = "  - target: $.components.schemas.Tag\n    x-kimai: '>=2.66.0'\n    update:\n      description: A tag.\n  \
                   - target: $.components.schemas.Tag.properties.isOld\n    x-kimai: '>=2.66.0'\n    update:\n      \
                   description: Whether the tag is old.\n";
        let list = "  - target: $.paths['/api/tags'].get\n    x-kimai: '>=2.66.0'\n    update:\n      \
                    description: Lists tags.\n  - target: $.paths['/api/tags'].get.parameters[?@.name=='orderBy']\n    \
                    x-kimai: '>=2.66.0'\n    update:\n      description: Sets the order by.\n";
        assert_eq!(
            found(&document),
            [
                ("GET /api/tags".to_owned(), list.to_owned()),
                ("schema Tag, type `Tag`, property `isOld`".to_owned(), tag.to_owned())
            ]
        );
    }

    #[test]
    fn sentences_come_from_method_and_path() {
        for (method, path, expected) in [
            ("get", "/api/gadgets", "Lists gadgets."),
            ("post", "/api/activities", "Creates an activity."),
            ("get", "/api/gadgets/{id}", "Gets a gadget."),
            ("patch", "/api/gadgets/{id}", "Changes a gadget."),
            ("delete", "/api/gadgets/{id}", "Deletes a gadget."),
            ("get", "/api/gadgets/{id}/rates", "Lists the rates of a gadget."),
            ("post", "/api/gadgets/{id}/rates", "Adds a rate to a gadget."),
            ("delete", "/api/gadgets/{id}/rates/{rate}", "Deletes a rate of a gadget."),
            ("patch", "/api/gadgets/{id}/stop", "Requests `stop` for a gadget."),
            ("put", "/api/gadgets/{id}/settings", "Changes the settings of a gadget."),
        ] {
            let parameters: Vec<Value> = path
                .split(['{', '}'])
                .skip(1)
                .step_by(2)
                .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "integer"}}))
                .collect();
            let operation = json!({"parameters": parameters, "responses": {"200": {"description": "ok"}}});
            let document = json!({"openapi": "3.0.0", "paths": {path: {method: operation}}});
            let release = "2.66.0".parse().unwrap();
            let document = document::load(document.to_string().as_bytes(), &release, &[]).unwrap();
            let (api, _) = api::build(&document, &release).unwrap();
            assert_eq!(
                sentence(&api.operations[0], verb(&api.operations[0], &api, document.value())),
                expected,
                "{method} {path}"
            );
        }
    }

    #[test]
    fn lists_have_the_right_noun() {
        assert_eq!(listed(["a"].into_iter(), "property"), "property `a`");
        assert_eq!(listed(["a", "b"].into_iter(), "property"), "properties `a`, `b`");
        assert_eq!(listed(["a", "b"].into_iter(), "parameter"), "parameters `a`, `b`");
    }
}
