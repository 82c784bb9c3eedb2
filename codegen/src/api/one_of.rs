//! `oneOf` and `anyOf`: one of several types.

use openapiv3::{ReferenceOr, Schema};

use super::descent::Step;
use super::objects::holds;
use super::resolve::Found;
use super::usage::Usage;
use super::{Alternative, Builder, Direction, Shape, Type, TypeDef, TypeKind};
use crate::{Error, names};

impl<'a> Builder<'a> {
    pub(super) fn one_of(
        &mut self,
        schemas: &'a [ReferenceOr<Schema>],
        keyword: &str,
        found: &Found<'a>,
        usage: &Usage,
    ) -> Result<Type, Error> {
        let pointer = found.pointer.join(keyword);
        if let [schema] = schemas {
            return self.type_of(schema, &pointer.index(0), usage);
        }
        if schemas.is_empty() {
            return Err(Error::Unsupported {
                pointer,
                what: "an empty list of alternatives".to_owned(),
                instead: "list the alternatives".to_owned(),
            });
        }
        let key = self.component_name(found).map(|name| (name.to_owned(), usage.direction));
        if let Some(name) = key.as_ref().and_then(|key| self.assigned.get(key)) {
            return Ok(Type::Named(name.clone()));
        }
        let name = self.name_of(found, usage)?;
        // One schema for several directions makes several types.
        let name = match usage.direction {
            Direction::Request if self.types.contains_key(&name) => names::form(&name),
            Direction::Patch => names::patch(&name),
            Direction::Answer | Direction::Request => name,
        };
        // An alternative may hold this type again.
        if let Some(key) = key {
            self.assigned.insert(key, name.clone());
        }
        let discriminator = found.schema.schema_data.discriminator.as_ref();
        let mut taken = names::Taken::default();
        let mut alternatives: Vec<Alternative> = Vec::new();
        for (index, schema) in schemas.iter().enumerate() {
            let place = pointer.index(index);
            let part = self.resolver.schema(schema, &place)?;
            let usage =
                Usage { type_name: format!("{name}{}", index + 1), property: None, upload: false, ..usage.clone() };
            let ty = self.below(Step::Alternative, |builder| builder.type_of(schema, &place, &usage))?;
            if usage.direction != Direction::Answer && holds(&ty, &Type::Duration) {
                return Err(Error::Unsupported {
                    pointer: place,
                    what: "a duration as one of several types in a request".to_owned(),
                    instead: "the server reads plain numbers as hours: declare it as text".to_owned(),
                });
            }
            let values = discriminator.map(|discriminator| tag_values(discriminator, part.component));
            if let Some(earlier) = alternatives.iter_mut().find(|earlier| earlier.ty == ty) {
                if let (Shape::Object { tag: Some((_, earlier)), .. }, Some(values)) = (&mut earlier.shape, values) {
                    earlier.extend(values);
                }
                self.note(&place, "an earlier alternative has the same type: it is used for both");
                continue;
            }
            let tag = discriminator.map(|discriminator| discriminator.property_name.clone()).zip(values);
            // Objects are recognized by their properties, which are known later: see `complete`.
            let shape = Shape::Object { required: Vec::new(), known: Vec::new(), tag };
            let variant = taken.unique(&names::variant(&variant_name(&ty)), "");
            alternatives.push(Alternative { name: variant, ty, shape });
        }
        let doc = found.schema.schema_data.description.clone().unwrap_or_default();
        let kind = TypeKind::OneOf { alternatives };
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

fn variant_name(ty: &Type) -> String {
    match ty {
        Type::String | Type::Secret => "Text".to_owned(),
        Type::Text(text) => format!("{text:?}"),
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
        Type::Nullable(item) => variant_name(item),
        Type::Map(item) => format!("{}Map", variant_name(item)),
        Type::Named(name) => name.clone(),
        Type::IdOr(thing, _) => format!("{thing}OrId"),
    }
}
