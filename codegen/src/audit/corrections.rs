//! The overlay actions that correct a document.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::infer::infer;
use super::schemas::{Place, Schemas, promised};
use super::{Action, Count, Kind};
use crate::api::{ALWAYS, ANSWER_FORMAT, FULL};
use crate::{Pointer, json_path};

/// A finding that needs a correction.
pub(super) struct Correction<'a> {
    pub(super) kind: Kind,
    pub(super) pointer: &'a Pointer,
    pub(super) detail: &'a str,
    pub(super) members: &'a BTreeMap<String, Count>,
    /// The values that differ, by member.
    pub(super) values: BTreeMap<&'a str, &'a [Value]>,
}

pub(super) fn correct(schemas: Schemas<'_>, correction: &Correction<'_>) -> Vec<Action> {
    let Some(place) = schemas.at(correction.pointer) else { return Vec::new() };
    let corrector = Corrector { schemas, correction, place };
    match correction.kind {
        Kind::Full => corrector.full(),
        Kind::Status => corrector.statuses(),
        Kind::Body => corrector.body(),
        Kind::MediaType => corrector.media_types(),
        Kind::Header => corrector.headers(),
        Kind::Type => corrector.types(),
        Kind::Null => vec![corrector.update_members(&json!({"nullable": true}))],
        Kind::Absent => corrector.absent(),
        Kind::Undeclared => vec![corrector.undeclared()],
        Kind::Format => corrector.format(),
        Kind::EnumValue => corrector.enum_values(),
        Kind::Present => vec![corrector.present()],
    }
}

struct Corrector<'a> {
    schemas: Schemas<'a>,
    correction: &'a Correction<'a>,
    place: Place<'a>,
}

impl Corrector<'_> {
    fn pointer(&self) -> &Pointer {
        self.correction.pointer
    }

    fn names(&self) -> Vec<&str> {
        self.correction.members.keys().map(String::as_str).filter(|name| !name.is_empty()).collect()
    }

    fn infer(&self, values: &[Value]) -> Value {
        infer(self.schemas, &values.iter().collect::<Vec<_>>())
    }

    fn all_values(&self) -> Vec<Value> {
        self.correction.values.values().copied().flatten().cloned().collect()
    }

    /// The schemas of members, or the place itself for the member without a name.
    fn target_of(&self, names: &[&str]) -> String {
        let path = self.schemas.path(self.pointer());
        if matches!(names, [] | [""]) { path } else { format!("{path}.properties{}", json_path::members(names)) }
    }

    fn update(&self, change: Value) -> Action {
        Action::update(self.schemas.path(self.pointer()), change)
    }

    fn update_members(&self, change: &Value) -> Action {
        Action::update(self.target_of(&self.names()), change.clone())
    }

    /// With `full`, another schema: one of the document, or a new one.
    fn full(&self) -> Vec<Action> {
        let values = self.all_values();
        let is_list = values.iter().all(Value::is_array);
        let items: Vec<Value> =
            if is_list { values.iter().filter_map(Value::as_array).flatten().cloned().collect() } else { values };
        let mut actions = Vec::new();
        let schema = self.infer(&items);
        let reference = if schema.get("$ref").is_some() {
            schema
        } else {
            let name = self.full_name();
            let target = "$.components.schemas".to_owned();
            let mut update = Map::new();
            update.insert(name.clone(), schema);
            actions.push(Action::update(target, Value::Object(update)));
            json!({"$ref": format!("#/components/schemas/{name}")})
        };
        let full = if is_list { json!({"type": "array", "items": reference}) } else { reference };
        let mut update = Map::new();
        update.insert(FULL.to_owned(), full);
        let action = self.update(Value::Object(update));
        let needs = Some(format!("{}.parameters{}", action.target, json_path::parameter("full")));
        actions.push(Action { needs, ..action });
        actions
    }

    /// A name for the schema of a response with `full`, from the path.
    fn full_name(&self) -> String {
        let template = self.pointer().as_str().split('/').nth(2).unwrap_or_default().replace("~1", "/");
        let words: String = template
            .split('/')
            .filter(|segment| !segment.starts_with('{') && !matches!(*segment, "" | "api"))
            .map(crate::names::pascal)
            .collect();
        format!("{words}Full")
    }

    fn statuses(&self) -> Vec<Action> {
        let mut update = Map::new();
        for (status, values) in &self.correction.values {
            update.insert((*status).to_owned(), self.response(values));
        }
        vec![self.update(Value::Object(update))]
    }

    /// A response with these bodies: like one that is declared, if they fit.
    fn response(&self, values: &[Value]) -> Value {
        if values.is_empty() {
            return json!({});
        }
        let declared = self.place.schema.as_object().into_iter().flatten().find_map(|(_, response)| {
            let content = response.get("content")?;
            let pointer = self.pointer().clone();
            let schema = content.get("application/json")?.get("schema")?;
            let place = Place { schema, pointer };
            let fits =
                |value| super::compare::problems(&super::compare::compare(self.schemas, place.clone(), value)) == 0;
            values.iter().all(fits).then(|| content.clone())
        });
        match declared {
            Some(content) => json!({"content": content}),
            None => json!({"content": {"application/json": {"schema": self.infer(values)}}}),
        }
    }

    fn body(&self) -> Vec<Action> {
        let values = self.all_values();
        if values.is_empty() {
            return Vec::new();
        }
        vec![self.update(json!({"content": {"application/json": {"schema": self.infer(&values)}}}))]
    }

    fn media_types(&self) -> Vec<Action> {
        let mut content = Map::new();
        for (media_type, values) in &self.correction.values {
            let schema =
                if values.is_empty() { json!({"type": "string", "format": "binary"}) } else { self.infer(values) };
            content.insert((*media_type).to_owned(), json!({"schema": schema}));
        }
        vec![self.update(json!({"content": content}))]
    }

    fn headers(&self) -> Vec<Action> {
        let schema = json!({"schema": {"type": self.correction.detail}});
        let headers: Map<String, Value> =
            self.names().into_iter().map(|name| (name.to_owned(), schema.clone())).collect();
        vec![self.update(json!({"headers": headers}))]
    }

    fn absent(&self) -> Vec<Action> {
        let names = self.names();
        if self.place.schema.get(ALWAYS).is_some() {
            let conditions: Vec<String> =
                names.iter().map(|name| format!("@ == {}", json_path::quoted(name))).collect();
            let target = format!("{}['{ALWAYS}'][?{}]", self.schemas.path(self.pointer()), conditions.join(" || "));
            return vec![Action::remove(target)];
        }
        // What the document requires is for requests too.
        let kept: Vec<&str> = promised(self.place.schema).into_iter().filter(|name| !names.contains(name)).collect();
        vec![self.update(json!({ALWAYS: kept}))]
    }

    fn present(&self) -> Action {
        self.update(json!({ALWAYS: self.with_promised(self.names())}))
    }

    /// What the list of promised properties needs: without one, the document promises what it requires.
    fn with_promised<'a>(&'a self, mut names: Vec<&'a str>) -> Vec<&'a str> {
        if self.place.schema.get(ALWAYS).is_none() {
            names.extend(promised(self.place.schema));
            names.sort_unstable();
            names.dedup();
        }
        names
    }

    fn undeclared(&self) -> Action {
        let added: Map<String, Value> =
            self.correction.values.iter().map(|(name, values)| ((*name).to_owned(), self.infer(values))).collect();
        let always: Vec<&str> = self.names().into_iter().filter(|name| self.is_always(name)).collect();
        self.update(if always.is_empty() {
            json!({"properties": added})
        } else {
            json!({"properties": added, ALWAYS: self.with_promised(always)})
        })
    }

    /// Type by type: a merge would keep what belongs to the former type.
    fn types(&self) -> Vec<Action> {
        let mut actions = Vec::new();
        // Without a value, the body is not JSON: the server is wrong, not the document.
        for (member, values) in self.correction.values.iter().filter(|(_, values)| !values.is_empty()) {
            let place = self.member_place(member);
            let Some((parent, last)) = place.parent() else { continue };
            let Some(declared) = self.schemas.at(&place) else { continue };
            let (resolved, nullable) = self.schemas.resolve(declared.clone());
            let is_always = self.is_always(member);
            let mut schema = self.infer(values);
            if let Some((owner, keyword)) =
                parent.parent().filter(|(_, keyword)| ["oneOf", "anyOf"].contains(&&**keyword))
            {
                let mut update = Map::new();
                update.insert(keyword, json!([schema]));
                actions.push(Action::update(self.schemas.path(&owner), Value::Object(update)));
                continue;
            }
            let is_wider =
                resolved.schema.get("type") == Some(&json!("integer")) && schema.get("type") == Some(&json!("number"));
            if !is_always && !is_wider && schema.as_object().is_some_and(|schema| !schema.is_empty()) {
                schema = json!({"oneOf": [of_values(declared.schema), schema]});
            }
            if nullable && let Value::Object(schema) = &mut schema {
                schema.insert("nullable".to_owned(), Value::Bool(true));
            }
            let mut update = Map::new();
            update.insert(last, schema);
            actions.push(Action::remove(self.schemas.path(&place)));
            actions.push(Action::update(self.schemas.path(&parent), Value::Object(update)));
        }
        actions
    }

    /// Members whose values all have another format get this format; others lose theirs.
    fn format(&self) -> Vec<Action> {
        let all = self.correction.values.keys().copied();
        let (always, sometimes): (Vec<&str>, Vec<&str>) = all.partition(|name| self.is_always(name));
        let mut actions = Vec::new();
        for (names, is_always) in [(always, true), (sometimes, false)] {
            if !names.is_empty() {
                actions.extend(self.format_of(&names, is_always));
            }
        }
        actions
    }

    fn format_of(&self, names: &[&str], is_always: bool) -> Vec<Action> {
        let values: Vec<Value> =
            names.iter().filter_map(|name| self.correction.values.get(name)).copied().flatten().cloned().collect();
        let schema = self.infer(&values);
        if is_always && let Some(format) = schema.get("format") {
            let update = match schema.get(ANSWER_FORMAT) {
                // The type of the client stays: it reads the date.
                Some(answer) if self.declared_format("date") => json!({ANSWER_FORMAT: answer}),
                Some(answer) => json!({"format": format, ANSWER_FORMAT: answer}),
                None if self.have_keyword(names, ANSWER_FORMAT) => json!({"format": format, ANSWER_FORMAT: format}),
                None => json!({"format": format}),
            };
            return vec![Action::update(self.target_of(names), update)];
        }
        let keywords = [ANSWER_FORMAT, "format"].into_iter().filter(|keyword| self.have_keyword(names, keyword));
        keywords
            .map(|keyword| Action::remove(format!("{}{}", self.target_of(names), json_path::members(&[keyword]))))
            .collect()
    }

    /// Whether all values of a member differ.
    fn is_always(&self, member: &str) -> bool {
        self.correction.members.get(member).is_some_and(|count| count.different == count.all)
    }

    /// Whether the schema of one of the members has the keyword.
    fn have_keyword(&self, names: &[&str], keyword: &str) -> bool {
        let has = |name: &&str| {
            self.schemas.at(&self.member_place(name)).is_some_and(|place| place.schema.get(keyword).is_some())
        };
        names.iter().any(has)
    }

    fn declared_format(&self, format: &str) -> bool {
        self.correction.detail.split(',').next() == Some(format)
    }

    fn enum_values(&self) -> Vec<Action> {
        let mut actions = Vec::new();
        for (name, values) in &self.correction.values {
            let Some(place) = self.schemas.at(&self.member_place(name)) else { continue };
            let mut places = self.schemas.with_enum_of(place.schema, name);
            if !places.iter().any(|other| other.pointer == place.pointer) {
                places.insert(0, place);
            }
            for place in places {
                let update = match place.schema.get("pattern").and_then(Value::as_str) {
                    Some(pattern) if place.schema.get("enum").is_none() => {
                        let words: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
                        if !words.iter().all(|word| is_plain(word)) {
                            return Vec::new();
                        }
                        let words = words.into_iter().flat_map(|word| ["|", word]);
                        json!({"pattern": words.fold(pattern.to_owned(), |pattern, word| pattern + word)})
                    }
                    _ => json!({"enum": values}),
                };
                actions.push(Action::update(self.schemas.path(&place.pointer), update));
            }
        }
        actions
    }

    fn member_place(&self, name: &str) -> Pointer {
        if name.is_empty() { self.pointer().clone() } else { self.pointer().join("properties").join(name) }
    }
}

/// What a schema says of values, without what it says of the property that has them.
fn of_values(schema: &Value) -> Value {
    const OF_PROPERTIES: [&str; 6] =
        ["default", "deprecated", "description", "nullable", "x-kimai-lookup", "x-rust-name"];
    let mut schema = schema.clone();
    if let Value::Object(members) = &mut schema {
        members.retain(|keyword, _| !OF_PROPERTIES.contains(&keyword.as_str()));
    }
    schema
}

/// Whether a word means itself in a pattern.
fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}
