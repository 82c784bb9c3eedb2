//! The places of the document from which the parts of a client are made.

use std::collections::{BTreeMap, BTreeSet};

use super::declared::{Declared, location};
use super::on_wire;
use super::schemas::{Place, Schemas};
use crate::api::{
    Alternative, Answer, Api, Body, FULL, Field, Operation, Parameter, ParameterValue, Scalar, Segment, Type, TypeKind,
};
use crate::{Pointer, names};

/// The places, by what is made from them.
#[derive(Default)]
pub(super) struct Places<'a> {
    /// By the names of types.
    types: BTreeMap<&'a str, BTreeSet<Pointer>>,
    /// By types, and by the names of properties on the wire.
    fields: BTreeMap<(&'a str, &'a str), BTreeSet<Pointer>>,
    /// By types with further properties.
    extra: BTreeMap<&'a str, BTreeSet<Pointer>>,
    /// By the resources and names of operations.
    methods: BTreeMap<(&'a str, &'a str), BTreeSet<Pointer>>,
    /// By the resources and names of operations, and by the names of settings.
    settings: BTreeMap<(&'a str, &'a str, &'a str), BTreeSet<Pointer>>,
}

impl<'a> Places<'a> {
    /// Walks through model and document side by side.
    pub(super) fn new(api: &'a Api, schemas: Schemas<'a>) -> Self {
        let mut walk = Walk { api, schemas, places: Self::default(), open: Vec::new() };
        for operation in &api.operations {
            walk.operation(operation);
        }
        walk.places
    }

    pub(super) fn of_type(&self, ty: &str) -> BTreeSet<String> {
        texts(self.types.get(ty))
    }

    pub(super) fn of_field(&self, ty: &str, wire: &str) -> BTreeSet<String> {
        texts(self.fields.get(&(ty, wire)))
    }

    pub(super) fn of_extra(&self, ty: &str) -> BTreeSet<String> {
        texts(self.extra.get(ty))
    }

    pub(super) fn of_method(&self, resource: &str, name: &str) -> BTreeSet<String> {
        texts(self.methods.get(&(resource, name)))
    }

    pub(super) fn of_setting(&self, resource: &str, method: &str, name: &str) -> BTreeSet<String> {
        texts(self.settings.get(&(resource, method, name)))
    }
}

fn texts(places: Option<&BTreeSet<Pointer>>) -> BTreeSet<String> {
    places.into_iter().flatten().map(|place| place.as_str().to_owned()).collect()
}

struct Walk<'a> {
    api: &'a Api,
    schemas: Schemas<'a>,
    places: Places<'a>,
    /// Types with schemas that are not read yet. A list instead of recursion: types may form long chains.
    open: Vec<(&'a str, Vec<Place<'a>>)>,
}

impl<'a> Walk<'a> {
    fn operation(&mut self, operation: &'a Operation) {
        let (resource, name) = (operation.resource.as_str(), operation.name.as_str());
        let declared = Declared::new(self.schemas, operation);
        let mut method = Vec::new();
        for (wire, scalar) in in_path(operation) {
            method.extend(self.value(&declared, "path", wire, |walk, schema| walk.scalar(scalar, schema)));
        }
        for parameter in &operation.parameters {
            let found = self.parameter(&declared, parameter);
            if parameter.required || is_of_page(operation, parameter) {
                method.extend(found.iter().cloned());
            }
            let setting = (resource, name, parameter.name.as_str());
            self.places.settings.entry(setting).or_default().extend(pointers(found));
        }
        method.extend(declared.successes());
        if let (Some(body), Some(place)) = (&operation.body, declared.member("requestBody")) {
            // A media type may make another kind of type of it.
            if let Some(ty) = body.type_name() {
                self.places.types.entry(ty).or_default().insert(place.pointer.clone());
            }
            method.push(place);
            let schema = declared.body(Some(body));
            method.extend(match body {
                Body::Json(ty) => self.visit(ty, &schema),
                Body::Multipart(name) | Body::UrlEncoded(name) => self.record(name, &schema),
                Body::Text(_) | Body::Bytes(_) => self.schemas.resolve(&schema),
            });
        }
        method.extend(self.answer(&operation.answer, &declared.answer(&operation.answer)));
        let of_method = self.places.methods.entry((resource, name)).or_default();
        of_method.insert(operation.pointer.clone());
        of_method.extend(pointers(method));
        if let Some(full) = &operation.full {
            let schema: Vec<Place<'a>> = declared.member(FULL).into_iter().collect();
            let mut found = self.answer(&full.answer, &schema);
            found.extend(self.value(&declared, "query", &full.wire, |walk, schema| walk.schemas.resolve(schema)));
            self.places.settings.entry((resource, name, "full")).or_default().extend(pointers(found));
        }
        while let Some((name, fresh)) = self.open.pop() {
            self.members(name, &fresh);
        }
    }

    /// A query, header or cookie parameter, or a member of the body.
    fn parameter(&mut self, declared: &Declared<'a>, parameter: &'a Parameter) -> Vec<Place<'a>> {
        let mut found = Vec::new();
        for wire in on_wire(parameter) {
            let read = |walk: &mut Self, schema: &[Place<'a>]| match &parameter.value {
                ParameterValue::Object { ty, .. } => walk.visit(ty, schema),
                value => match value.scalar() {
                    Some(scalar) => walk.scalar(scalar, schema),
                    None => walk.schemas.resolve(schema),
                },
            };
            found.extend(if let Some(location) = location(parameter.place) {
                self.value(declared, location, &wire, read)
            } else {
                let body = self.schemas.resolve(&declared.body(None));
                read(self, &property(&body, &wire))
            });
        }
        found
    }

    /// The places of a parameter, with those of its schema.
    fn value(
        &mut self,
        declared: &Declared<'a>,
        location: &str,
        wire: &str,
        read: impl FnOnce(&mut Self, &[Place<'a>]) -> Vec<Place<'a>>,
    ) -> Vec<Place<'a>> {
        let Some(parameter) = declared.parameter(location, wire) else { return Vec::new() };
        let mut found = parameter.places;
        found.extend(read(self, &parameter.schema));
        found
    }

    /// A value that is written as plain text, or a list of such values.
    fn scalar(&mut self, scalar: &'a Scalar, schema: &[Place<'a>]) -> Vec<Place<'a>> {
        let mut passed = self.schemas.resolve(schema);
        let items = members(&passed, "items");
        let element = if items.is_empty() { schema } else { &items };
        passed.extend(match scalar.enum_name() {
            Some(name) => self.record(name, element),
            None => self.schemas.resolve(element),
        });
        passed
    }

    fn answer(&mut self, answer: &'a Answer, schema: &[Place<'a>]) -> Vec<Place<'a>> {
        match answer {
            Answer::Json(ty) | Answer::OptionalJson(ty) => self.visit(ty, schema),
            Answer::Page(item) => self.list(item, schema, "items"),
            Answer::Empty | Answer::Text | Answer::Undeclared | Answer::Headers | Answer::Download => {
                self.schemas.resolve(schema)
            }
        }
    }

    /// The places of a type's schema and of what it refers to, down to the first types with a name.
    fn visit(&mut self, ty: &'a Type, schema: &[Place<'a>]) -> Vec<Place<'a>> {
        match ty {
            Type::List(item) => self.list(item, schema, "items"),
            Type::Map(item) => self.list(item, schema, "additionalProperties"),
            Type::Nullable(item) => self.visit(item, schema),
            Type::Named(name) | Type::IdOr(_, name) => self.record(name, schema),
            _ => self.schemas.resolve(schema),
        }
    }

    fn list(&mut self, item: &'a Type, schema: &[Place<'a>], member: &str) -> Vec<Place<'a>> {
        let mut passed = self.schemas.resolve(schema);
        let items = members(&passed, member);
        passed.extend(self.visit(item, &items));
        passed
    }

    /// Adds the places of a schema to those of the type with this name.
    fn record(&mut self, name: &'a str, schema: &[Place<'a>]) -> Vec<Place<'a>> {
        let passed = self.schemas.resolve(schema);
        let known = self.places.types.entry(name).or_default();
        let is_fresh = |place: &&Place<'a>| known.insert(place.pointer.clone());
        let fresh: Vec<Place<'a>> = passed.iter().filter(is_fresh).cloned().collect();
        if !fresh.is_empty() {
            self.open.push((name, fresh));
        }
        passed
    }

    /// The fields or alternatives of a type, in schemas that are not read yet.
    fn members(&mut self, name: &'a str, schema: &[Place<'a>]) {
        let Some(def) = self.api.types.get(name) else { return };
        match &def.kind {
            TypeKind::Answer { fields, extra }
            | TypeKind::Form { fields, extra }
            | TypeKind::Patch { fields, extra } => {
                for field in fields {
                    self.field(name, field, schema);
                }
                if let Some(extra) = extra {
                    let found = self.visit(extra, &members(schema, "additionalProperties"));
                    // Whether there are further properties is declared by the object.
                    let object = pointers(schema.to_vec());
                    self.places.extra.entry(name).or_default().extend(pointers(found).chain(object));
                }
            }
            TypeKind::OneOf { alternatives } => {
                for keyword in ["oneOf", "anyOf"] {
                    for place in schema {
                        let declared = pointers(place.elements(keyword));
                        self.places.types.entry(name).or_default().extend(declared);
                        self.alternatives(alternatives, &place.elements(keyword));
                    }
                }
            }
            TypeKind::Enum { .. } => {}
        }
    }

    fn field(&mut self, ty: &'a str, field: &'a Field, schema: &[Place<'a>]) {
        let found = self.visit(&field.ty, &property(schema, &field.wire));
        self.places.fields.entry((ty, field.wire.as_str())).or_default().extend(pointers(found));
    }

    /// Schemas of one type are one alternative, so there may be fewer alternatives than schemas.
    fn alternatives(&mut self, alternatives: &'a [Alternative], schemas: &[Place<'a>]) {
        let is_each = alternatives.len() == schemas.len();
        for (index, place) in schemas.iter().enumerate() {
            let found = if is_each {
                alternatives.get(index)
            } else {
                alternatives.iter().find(|alternative| self.fits(&alternative.ty, place))
            };
            if let Some(alternative) = found {
                self.visit(&alternative.ty, std::slice::from_ref(place));
            }
        }
    }

    /// Whether the type was made from this schema, or from one of which this is a copy.
    fn fits(&self, ty: &Type, schema: &Place<'a>) -> bool {
        let passed = self.schemas.resolve(std::slice::from_ref(schema));
        let has = |ty: &Type, member: &str| members(&passed, member).first().is_some_and(|inner| self.fits(ty, inner));
        match ty {
            Type::List(item) => has(item, "items"),
            Type::Map(item) => has(item, "additionalProperties"),
            Type::Nullable(item) => self.fits(item, schema),
            Type::Named(name) | Type::IdOr(_, name) => self.api.types.get(name).is_some_and(|def| {
                let mut pointers = passed.iter().map(|place| &place.pointer);
                pointers.any(|place| *place == def.pointer || names::stem(place.as_str()) == def.pointer.as_str())
            }),
            _ => false,
        }
    }
}

fn pointers(places: Vec<Place<'_>>) -> impl Iterator<Item = Pointer> {
    places.into_iter().map(|place| place.pointer)
}

/// This member of those schemas that have it.
fn members<'a>(schemas: &[Place<'a>], name: &str) -> Vec<Place<'a>> {
    schemas.iter().filter_map(|schema| schema.member(name)).collect()
}

/// This property of those schemas that have it.
fn property<'a>(schemas: &[Place<'a>], wire: &str) -> Vec<Place<'a>> {
    let found = schemas.iter().filter_map(|schema| {
        let value = schema.value.get("properties")?.get(wire)?;
        Some(Place { pointer: schema.pointer.join("properties").join(wire), value })
    });
    found.collect()
}

/// The parameters of the path, by their names in the document.
fn in_path(operation: &Operation) -> impl Iterator<Item = (&str, &Scalar)> {
    let names = operation.template.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let types = operation.path.iter().filter_map(|segment| match segment {
        Segment::Parameter(parameter) => Some(&parameter.ty),
        Segment::Literal(_) => None,
    });
    names.zip(types)
}

/// Whether the response is a page because of this parameter.
fn is_of_page(operation: &Operation, parameter: &Parameter) -> bool {
    let is_paging = matches!(&parameter.value, ParameterValue::One { wire, .. } if wire == "page" || wire == "size");
    is_paging && matches!(operation.answer, Answer::Page(_))
}
