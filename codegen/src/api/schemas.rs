//! Builds types from schemas.

use std::collections::HashSet;

use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, IntegerFormat, ObjectType, ReferenceOr, Schema, SchemaKind,
    StringFormat, StringType, VariantOrUnknownOrEmpty,
};

use super::descent::{Chain, Step};
use super::extensions::{Extensions, ID, TYPE, TYPE_DESCRIPTION};
use super::resolve::Found;
use super::usage::Usage;
use super::{Builder, Direction, Text, Type, TypeDef, TypeKind, enums};
use crate::{Error, Pointer, names};

impl<'a> Builder<'a> {
    /// The type of a schema or of what it refers to.
    pub(super) fn type_of(
        &mut self,
        schema: &'a ReferenceOr<Schema>,
        pointer: &Pointer,
        usage: &Usage,
    ) -> Result<Type, Error> {
        let found = self.resolver.schema(schema, pointer)?;
        self.type_at(&found, pointer, usage)
    }

    /// The type of what the schema at `place` refers to.
    pub(super) fn type_at(&mut self, found: &Found<'a>, place: &Pointer, usage: &Usage) -> Result<Type, Error> {
        let Some(name) = found.component else { return self.type_of_found(found, usage) };
        self.check_way(name, place)?;
        self.below(Step::Component(name), |builder| builder.type_of_found(found, usage))
    }

    pub(super) fn type_of_found(&mut self, found: &Found<'a>, usage: &Usage) -> Result<Type, Error> {
        self.deeper(&found.pointer, |builder| builder.read(found, usage))
    }

    fn read(&mut self, found: &Found<'a>, usage: &Usage) -> Result<Type, Error> {
        let pointer = &found.pointer;
        let extensions = Extensions::new(&found.schema.schema_data.extensions, pointer);
        if let Some(thing) = extensions.text(ID)? {
            return Ok(Type::Id(self.ids.take(&names::pascal(thing))));
        }
        match &found.schema.schema_kind {
            SchemaKind::Type(openapiv3::Type::String(string)) => self.string(string, found, usage),
            SchemaKind::Type(openapiv3::Type::Number(number)) => {
                if !number.enumeration.is_empty() {
                    self.note(&pointer.join("enum"), "'enum' of a number is ignored: any number is accepted");
                }
                Ok(Type::Float)
            }
            SchemaKind::Type(openapiv3::Type::Integer(integer)) => {
                if !integer.enumeration.is_empty() {
                    self.note(&pointer.join("enum"), "'enum' of an integer is ignored: any integer is accepted");
                }
                Ok(self.integer(&integer.format, pointer, usage))
            }
            SchemaKind::Type(openapiv3::Type::Boolean(_)) => Ok(Type::Bool),
            SchemaKind::Type(openapiv3::Type::Array(array)) => self.array(array, pointer, usage),
            SchemaKind::Type(openapiv3::Type::Object(object)) => self.object(object, found, usage),
            SchemaKind::OneOf { one_of } => self.one_of(one_of, "oneOf", found, usage),
            SchemaKind::AnyOf { any_of } => self.one_of(any_of, "anyOf", found, usage),
            SchemaKind::AllOf { all_of } => self.all_of(all_of, found, usage),
            SchemaKind::Not { .. } => Err(Error::Unsupported {
                pointer: pointer.join("not"),
                what: "'not'".to_owned(),
                instead: "declare the type of the value, in the document or with an overlay".to_owned(),
            }),
            SchemaKind::Any(any) => self.any(any, found, usage),
        }
    }

    fn string(&mut self, string: &StringType, found: &Found<'a>, usage: &Usage) -> Result<Type, Error> {
        let pointer = &found.pointer;
        let values: Vec<&str> = string.enumeration.iter().flatten().map(String::as_str).collect();
        if !values.is_empty() {
            return self.enumeration(&values, found, usage, true).map(Type::Named);
        }
        if !string.enumeration.is_empty() {
            self.note(&pointer.join("enum"), "'enum' contains only null: treated as a string");
        }
        let extensions = Extensions::new(&found.schema.schema_data.extensions, pointer);
        if let Some(name) = self.named_text(extensions, pointer)? {
            return Ok(Type::Named(name));
        }
        Ok(match &string.format {
            VariantOrUnknownOrEmpty::Item(StringFormat::Date) => Type::Date,
            VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => match usage.direction {
                Direction::Answer => Type::DateTime,
                Direction::Request | Direction::Patch => Type::LocalDateTime,
            },
            VariantOrUnknownOrEmpty::Item(StringFormat::Password) => Type::Secret,
            VariantOrUnknownOrEmpty::Item(StringFormat::Binary) if usage.upload => Type::Upload,
            VariantOrUnknownOrEmpty::Item(StringFormat::Binary) => {
                return Err(binary_in_json(&pointer.join("format")));
            }
            VariantOrUnknownOrEmpty::Item(StringFormat::Byte) => {
                self.note(&pointer.join("format"), "base64 is not decoded: treated as a string");
                Type::String
            }
            VariantOrUnknownOrEmpty::Unknown(format) if format == "duration" => Type::Duration,
            VariantOrUnknownOrEmpty::Unknown(format) if let Some(text) = Text::from_format(format) => {
                match (text, usage.direction) {
                    (Text::FieldValue, Direction::Answer) => Type::String,
                    _ => Type::Text(text),
                }
            }
            VariantOrUnknownOrEmpty::Unknown(format) if is_plain_text(format) => Type::String,
            VariantOrUnknownOrEmpty::Unknown(format) => {
                self.note(&pointer.join("format"), format!("unknown format '{format}': treated as a string"));
                Type::String
            }
            VariantOrUnknownOrEmpty::Empty => Type::String,
        })
    }

    /// The enum that a string without values refers to.
    pub(super) fn named_text(
        &mut self,
        extensions: Extensions<'_>,
        pointer: &Pointer,
    ) -> Result<Option<String>, Error> {
        let name = extensions.text(TYPE)?.map(names::pascal);
        if let Some(name) = &name {
            self.named_texts.entry(name.clone()).or_insert_with(|| pointer.join(TYPE));
        }
        Ok(name)
    }

    /// The enum of these values, under the name that the document or the place gives it.
    pub(super) fn enumeration(
        &mut self,
        values: &[&str],
        found: &Found<'a>,
        usage: &Usage,
        open: bool,
    ) -> Result<String, Error> {
        let extensions = Extensions::new(&found.schema.schema_data.extensions, &found.pointer);
        let is_given = extensions.text(TYPE)?.is_some();
        if let Some(shared) = usage.property.as_deref().and_then(|name| self.shared_enums.find(name, values)).cloned()
            && found.component.is_none()
            && !is_given
        {
            let kind = TypeKind::Enum { open, variants: shared.variants };
            let def = TypeDef { name: shared.name.clone(), doc: shared.doc, kind, pointer: found.pointer.clone() };
            // The name that has to change is at the other place.
            self.add_enum(def, true).map_err(|error| match error {
                Error::NameConflict { other, name, instead, .. } => {
                    Error::NameConflict { pointer: shared.place, other, name, instead }
                }
                error => error,
            })?;
            return Ok(shared.name);
        }
        let name = self.name_of(found, usage)?;
        let kind = TypeKind::Enum { open, variants: enums::variants(values, extensions)? };
        let own = found.schema.schema_data.description.as_deref();
        let doc = extensions.text(TYPE_DESCRIPTION)?.or(own).unwrap_or_default().to_owned();
        self.add_enum(TypeDef { name: name.clone(), doc, kind, pointer: found.pointer.clone() }, is_given)?;
        Ok(name)
    }

    /// Adds an enum. Places that give an enum the same name together have its values.
    fn add_enum(&mut self, mut def: TypeDef, is_given: bool) -> Result<(), Error> {
        if is_given
            && !self.given_enums.insert(def.name.clone())
            && let Some(existing) = self.types.get_mut(&def.name)
            && let Some(united) = enums::unite(&existing.kind, &def.kind)
        {
            existing.kind = united.clone();
            def.kind = united;
        }
        self.add_type(def)
    }

    /// The name for a type: from an overlay, from the schema, or derived from the place.
    pub(super) fn name_of(&self, found: &Found<'a>, usage: &Usage) -> Result<String, Error> {
        let given = Extensions::new(&found.schema.schema_data.extensions, &found.pointer).text(TYPE)?;
        let name = names::own_type(given.or(self.component_name(found)).unwrap_or(&usage.type_name));
        Ok(if self.omitted.names.contains(&name) { format!("{name}Type") } else { name })
    }

    /// The schema's own name, or that of the schema that replaces it.
    pub(super) fn component_name<'s>(&'s self, found: &Found<'s>) -> Option<&'s str> {
        found.component.map(|name| self.aliases.get(name).map_or(name, String::as_str))
    }

    fn integer(&mut self, format: &VariantOrUnknownOrEmpty<IntegerFormat>, pointer: &Pointer, usage: &Usage) -> Type {
        match format {
            VariantOrUnknownOrEmpty::Unknown(format) if format == "duration" => return Type::Duration,
            VariantOrUnknownOrEmpty::Unknown(format) => {
                self.note(&pointer.join("format"), format!("unknown format '{format}': treated as an integer"));
            }
            _ => {}
        }
        match usage.property.as_deref() {
            Some("id") => Type::Id(self.ids.take(&names::pascal(names::subject(&usage.type_name)))),
            Some(name) => self.ids.by_name(name, None).map_or(Type::Integer, Type::Id),
            None => Type::Integer,
        }
    }

    fn array(&mut self, array: &'a ArrayType, pointer: &Pointer, usage: &Usage) -> Result<Type, Error> {
        let Some(items) = &array.items else { return Ok(Type::List(Box::new(Type::Json))) };
        let pointer = pointer.join("items");
        let found = self.find_boxed(items, &pointer)?;
        let read = |builder: &mut Self| builder.nullable_at(&found, &pointer, &usage.element());
        self.below(Step::Container, read).map(list)
    }

    /// The type of additional properties.
    pub(super) fn element(
        &mut self,
        schema: &'a ReferenceOr<Schema>,
        pointer: &Pointer,
        usage: &Usage,
    ) -> Result<Type, Error> {
        let found = self.resolver.schema(schema, pointer)?;
        self.nullable_at(&found, pointer, usage)
    }

    /// The type of a value outside of a field, so that the type itself must allow null.
    fn nullable_at(&mut self, found: &Found<'a>, pointer: &Pointer, usage: &Usage) -> Result<Type, Error> {
        let ty = self.type_at(found, pointer, usage)?;
        Ok(if self.resolver.is_nullable(found)? { nullable(ty) } else { ty })
    }

    /// As [`Self::type_of`], for the places where the document's model boxes schemas.
    pub(super) fn boxed(
        &mut self,
        schema: &'a ReferenceOr<Box<Schema>>,
        pointer: &Pointer,
        usage: &Usage,
    ) -> Result<Type, Error> {
        let found = self.find_boxed(schema, pointer)?;
        self.type_at(&found, pointer, usage)
    }

    pub(super) fn find_boxed(
        &self,
        schema: &'a ReferenceOr<Box<Schema>>,
        pointer: &Pointer,
    ) -> Result<Found<'a>, Error> {
        match schema {
            ReferenceOr::Item(schema) => Ok(Found { schema, pointer: pointer.clone(), component: None }),
            ReferenceOr::Reference { reference } => self.resolver.schema_at(reference, pointer),
        }
    }

    fn object(&mut self, object: &'a ObjectType, found: &Found<'a>, usage: &Usage) -> Result<Type, Error> {
        if found.schema.schema_data.discriminator.is_some() {
            let text = "a discriminator without 'oneOf' is ignored: list the alternatives in 'oneOf'";
            self.note(&found.pointer.join("discriminator"), text);
        }
        if object.properties.is_empty() {
            return match &object.additional_properties {
                Some(AdditionalProperties::Schema(schema)) => {
                    let pointer = found.pointer.join("additionalProperties");
                    let usage = Usage { upload: false, ..usage.element() };
                    self.below(Step::Container, |builder| builder.element(schema, &pointer, &usage)).map(map)
                }
                Some(AdditionalProperties::Any(_)) | None => Ok(map(Type::Json)),
            };
        }
        self.named_object(&[found_again(found)], found, usage)
    }

    /// One schema, perhaps with a description or nullability of its own, or several merged into one object.
    fn all_of(&mut self, parts: &'a [ReferenceOr<Schema>], found: &Found<'a>, usage: &Usage) -> Result<Type, Error> {
        if let [part] = parts {
            return self.type_of(part, &found.pointer.join("allOf").index(0), usage);
        }
        let mut objects = Vec::new();
        let chain = Chain::default().with(found.component, &found.pointer)?;
        self.collect_objects(parts, &found.pointer, &chain, &mut HashSet::new(), &mut objects)?;
        self.named_object(&objects, found, usage)
    }

    fn collect_objects(
        &self,
        parts: &'a [ReferenceOr<Schema>],
        pointer: &Pointer,
        chain: &Chain<'a>,
        seen: &mut HashSet<Pointer>,
        objects: &mut Vec<Found<'a>>,
    ) -> Result<(), Error> {
        for (index, part) in parts.iter().enumerate() {
            let place = pointer.join("allOf").index(index);
            let part = self.resolver.schema(part, &place)?;
            let chain = chain.with(part.component, &place)?;
            if !seen.insert(part.pointer.clone()) {
                continue;
            }
            match &part.schema.schema_kind {
                SchemaKind::Type(openapiv3::Type::Object(_)) => objects.push(part),
                SchemaKind::AllOf { all_of } => {
                    self.collect_objects(all_of, &part.pointer, &chain, seen, objects)?;
                }
                SchemaKind::Any(any) if !any.properties.is_empty() || !any.required.is_empty() => objects.push(part),
                _ => {
                    return Err(Error::Unsupported {
                        pointer: place,
                        what: "'allOf' of anything but objects".to_owned(),
                        instead: "write the properties into one object".to_owned(),
                    });
                }
            }
        }
        Ok(())
    }

    /// A schema with keywords of several types: the applicable ones are used, the others reported.
    fn any(&mut self, any: &'a AnySchema, found: &Found<'a>, usage: &Usage) -> Result<Type, Error> {
        let pointer = &found.pointer;
        let combined = [&any.one_of, &any.any_of, &any.all_of].into_iter().find(|schemas| !schemas.is_empty());
        if let Some(schemas) = combined {
            if !any.properties.is_empty() || any.typ.as_deref().is_some_and(|typ| typ != "object") {
                return Err(Error::Unsupported {
                    pointer: pointer.clone(),
                    what: "a combination of schemas together with other keywords".to_owned(),
                    instead: "move the other keywords into a schema of 'allOf'".to_owned(),
                });
            }
            return if any.all_of.is_empty() {
                self.one_of(schemas, if any.one_of.is_empty() { "anyOf" } else { "oneOf" }, found, usage)
            } else {
                self.all_of(schemas, found, usage)
            };
        }
        if !any.properties.is_empty() {
            return self.named_object(&[found_again(found)], found, usage);
        }
        let plain = match any.typ.as_deref() {
            None if any.enumeration.is_empty() && any.items.is_none() && any.not.is_none() => return Ok(Type::Json),
            Some("boolean") => Type::Bool,
            Some("number") => Type::Float,
            Some("integer") => self.integer(&VariantOrUnknownOrEmpty::Empty, pointer, usage),
            Some("string") if any.enumeration.is_empty() => Type::String,
            _ => {
                return Err(Error::Unsupported {
                    pointer: pointer.clone(),
                    what: format!("this schema (type: {})", any.typ.as_deref().unwrap_or("none")),
                    instead: "use only keywords that belong to its type, and values of that type in 'enum'".to_owned(),
                });
            }
        };
        self.note(pointer, "keywords that do not apply to the type are ignored");
        Ok(plain)
    }
}

/// Formats of text for which a string is the type.
pub(super) fn is_plain_text(format: &str) -> bool {
    matches!(format, "email" | "uri" | "url" | "uuid" | "hostname" | "ipv4" | "ipv6")
}

pub(super) fn binary_in_json(pointer: &Pointer) -> Error {
    Error::Unsupported {
        pointer: pointer.clone(),
        what: "binary data inside JSON".to_owned(),
        instead: "send files as multipart/form-data".to_owned(),
    }
}

pub(super) fn found_again<'a>(found: &Found<'a>) -> Found<'a> {
    Found { schema: found.schema, pointer: found.pointer.clone(), component: found.component }
}

fn list(item: Type) -> Type {
    Type::List(Box::new(item))
}

fn nullable(ty: Type) -> Type {
    // Any JSON value includes null.
    if ty == Type::Json { ty } else { Type::Nullable(Box::new(ty)) }
}

fn map(item: Type) -> Type {
    Type::Map(Box::new(item))
}
