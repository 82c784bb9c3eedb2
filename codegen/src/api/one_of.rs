//! `oneOf` and `anyOf`: one of several types.

use std::collections::{BTreeMap, HashSet};

use openapiv3::{ReferenceOr, Schema};

use super::resolve::Found;
use super::schemas::Usage;
use super::{Alternative, Builder, Direction, Shape, Type, TypeDef, TypeKind};
use crate::{Error, names};

impl<'a> Builder<'a> {
    pub(super) fn one_of(
        &mut self,
        schemas: &'a [ReferenceOr<Schema>],
        found: &Found<'a>,
        usage: &Usage,
    ) -> Result<Type, Error> {
        let pointer = found.pointer.join("oneOf");
        if let [schema] = schemas {
            return self.type_of(schema, &pointer.index(0), usage);
        }
        let name = self.name_of(found, usage)?;
        let name = if usage.direction == Direction::Request && self.types.contains_key(&name) && !name.ends_with("Form")
        {
            format!("{name}Form")
        } else {
            name
        };
        let discriminator = found.schema.schema_data.discriminator.as_ref();
        let mut taken = HashSet::new();
        let mut alternatives = Vec::new();
        for (index, schema) in schemas.iter().enumerate() {
            let place = pointer.index(index);
            let part = self.resolver.schema(schema, &place)?;
            let usage = Usage { type_name: format!("{name}{}", index + 1), property: None, ..usage.clone() };
            let ty = self.type_of(schema, &place, &usage)?;
            let mut shape = shape(&ty, &self.types);
            if let (Some(discriminator), Shape::Object { tag, .. }) = (discriminator, &mut shape) {
                let values = tag_values(discriminator, part.component);
                *tag = Some((discriminator.property_name.clone(), values));
            }
            let variant = names::unique(&names::variant(&variant_name(&ty)), "", &mut taken);
            alternatives.push(Alternative { name: variant, ty, shape });
        }
        let doc = found.schema.schema_data.description.clone().unwrap_or_default();
        let kind = TypeKind::OneOf { answer: usage.direction == Direction::Answer, alternatives };
        self.add_type(TypeDef { name: name.clone(), doc, kind, pointer: found.pointer.clone() })?;
        Ok(Type::Named(name))
    }
}

fn tag_values(discriminator: &openapiv3::Discriminator, component: Option<&str>) -> Vec<String> {
    let Some(component) = component else { return Vec::new() };
    let reference = format!("#/components/schemas/{component}");
    let mut values: Vec<String> = discriminator
        .mapping
        .iter()
        .filter(|(_, target)| **target == reference || *target == component)
        .map(|(value, _)| value.clone())
        .collect();
    if values.is_empty() {
        values.push(component.to_owned());
    }
    values
}

fn shape(ty: &Type, types: &BTreeMap<String, TypeDef>) -> Shape {
    match ty {
        Type::List(_) => Shape::Array,
        Type::Bool => Shape::Bool,
        Type::Integer | Type::Float | Type::Id(_) | Type::Duration => Shape::Number,
        Type::String | Type::Secret | Type::DateTime | Type::LocalDateTime | Type::Date | Type::Upload => Shape::String,
        Type::Json => Shape::Any,
        Type::Map(_) => Shape::Object { required: Vec::new(), known: Vec::new(), tag: None },
        Type::Named(name) => match types.get(name).map(|def| &def.kind) {
            Some(TypeKind::Enum { .. }) => Shape::String,
            Some(TypeKind::Answer { fields, .. } | TypeKind::Form { fields, .. }) => Shape::Object {
                required: fields.iter().filter(|field| field.declared).map(|field| field.wire.clone()).collect(),
                known: fields.iter().map(|field| field.wire.clone()).collect(),
                tag: None,
            },
            Some(TypeKind::Patch { .. } | TypeKind::OneOf { .. }) | None => Shape::Any,
        },
    }
}

fn variant_name(ty: &Type) -> String {
    match ty {
        Type::String | Type::Secret => "Text".to_owned(),
        Type::Bool => "Bool".to_owned(),
        Type::Integer => "Integer".to_owned(),
        Type::Float => "Number".to_owned(),
        Type::Id(thing) => format!("{thing}Id"),
        Type::DateTime => "DateTime".to_owned(),
        Type::LocalDateTime => "LocalDateTime".to_owned(),
        Type::Date => "Date".to_owned(),
        Type::Duration => "Duration".to_owned(),
        Type::Json => "Json".to_owned(),
        Type::Upload => "Upload".to_owned(),
        Type::List(item) => format!("{}List", variant_name(item)),
        Type::Map(item) => format!("{}Map", variant_name(item)),
        Type::Named(name) => name.clone(),
    }
}
