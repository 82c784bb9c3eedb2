//! Schemas become types.

use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, IntegerFormat, ObjectType, ReferenceOr, Schema, SchemaKind,
    StringFormat, StringType, VariantOrUnknownOrEmpty,
};

use super::extensions::{Extensions, ID, TYPE};
use super::resolve::Found;
use super::{Builder, Direction, Type, TypeDef, TypeKind, enums};
use crate::{Error, Pointer, names};

/// What is known about a schema from where it is used.
#[derive(Clone)]
pub(super) struct Usage {
    pub(super) direction: Direction,
    /// The name of the type, should it need one.
    pub(super) type_name: String,
    /// The name of the property or parameter.
    pub(super) property: Option<String>,
    /// Whether files may be uploaded here.
    pub(super) upload: bool,
}

impl Usage {
    pub(super) fn new(direction: Direction, type_name: impl Into<String>) -> Self {
        Self { direction, type_name: type_name.into(), property: None, upload: false }
    }

    fn element(&self) -> Self {
        Self { type_name: names::singular(&self.type_name), ..self.clone() }
    }
}

impl<'a> Builder<'a> {
    /// The type of a schema or of what it refers to.
    pub(super) fn type_of(
        &mut self,
        schema: &'a ReferenceOr<Schema>,
        pointer: &Pointer,
        usage: &Usage,
    ) -> Result<Type, Error> {
        let found = self.resolver.schema(schema, pointer)?;
        self.type_of_found(&found, usage)
    }

    pub(super) fn type_of_found(&mut self, found: &Found<'a>, usage: &Usage) -> Result<Type, Error> {
        let pointer = &found.pointer;
        let extensions = Extensions::new(&found.schema.schema_data.extensions, pointer);
        if let Some(thing) = extensions.text(ID)? {
            return Ok(Type::Id(self.ids.take(&names::pascal(thing))));
        }
        match &found.schema.schema_kind {
            SchemaKind::Type(openapiv3::Type::String(string)) => self.string(string, found, usage),
            SchemaKind::Type(openapiv3::Type::Number(_)) => Ok(Type::Float),
            SchemaKind::Type(openapiv3::Type::Integer(integer)) => Ok(self.integer(&integer.format, pointer, usage)),
            SchemaKind::Type(openapiv3::Type::Boolean(_)) => Ok(Type::Bool),
            SchemaKind::Type(openapiv3::Type::Array(array)) => self.array(array, pointer, usage),
            SchemaKind::Type(openapiv3::Type::Object(object)) => self.object(object, found, usage),
            SchemaKind::OneOf { one_of: schemas } | SchemaKind::AnyOf { any_of: schemas } => {
                self.one_of(schemas, found, usage)
            }
            SchemaKind::AllOf { all_of } => self.all_of(all_of, found, usage),
            SchemaKind::Not { .. } => Err(Error::Unsupported {
                pointer: pointer.join("not"),
                what: "'not'".to_owned(),
                instead: "say what the value is, in the document or with an overlay".to_owned(),
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
            self.note(&pointer.join("enum"), "the list of values holds only null: kept as text");
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
                return Err(Error::Unsupported {
                    pointer: pointer.join("format"),
                    what: "binary data inside JSON".to_owned(),
                    instead: "send files as multipart/form-data".to_owned(),
                });
            }
            VariantOrUnknownOrEmpty::Item(StringFormat::Byte) => {
                self.note(&pointer.join("format"), "base64 is not decoded: kept as text");
                Type::String
            }
            VariantOrUnknownOrEmpty::Unknown(format) if format == "duration" => Type::Duration,
            VariantOrUnknownOrEmpty::Unknown(format)
                if matches!(format.as_str(), "email" | "uri" | "url" | "uuid" | "hostname" | "ipv4" | "ipv6") =>
            {
                Type::String
            }
            VariantOrUnknownOrEmpty::Unknown(format) => {
                self.note(
                    &pointer.join("format"),
                    format!("the format '{format}' is not known: kept as text (fact D14)"),
                );
                Type::String
            }
            VariantOrUnknownOrEmpty::Empty => Type::String,
        })
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
        let name = self.name_of(found, usage)?;
        let kind = TypeKind::Enum { open, variants: enums::variants(values, extensions)? };
        let doc = found.schema.schema_data.description.clone().unwrap_or_default();
        self.add_type(TypeDef { name: name.clone(), doc, kind, pointer: found.pointer.clone() })?;
        Ok(name)
    }

    /// The name for a type: what an overlay says, the schema's own name, or what the place suggests.
    pub(super) fn name_of(&self, found: &Found<'a>, usage: &Usage) -> Result<String, Error> {
        let given = Extensions::new(&found.schema.schema_data.extensions, &found.pointer).text(TYPE)?;
        let component = found.component.map(|name| self.aliases.get(name).map_or(name, String::as_str));
        Ok(names::pascal(given.or(component).unwrap_or(&usage.type_name)))
    }

    fn integer(&mut self, format: &VariantOrUnknownOrEmpty<IntegerFormat>, pointer: &Pointer, usage: &Usage) -> Type {
        match format {
            VariantOrUnknownOrEmpty::Unknown(format) if format == "duration" => return Type::Duration,
            VariantOrUnknownOrEmpty::Unknown(format) => {
                self.note(
                    &pointer.join("format"),
                    format!("the format '{format}' is not known: kept as a whole number"),
                );
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
        let found = match items {
            ReferenceOr::Item(schema) => Found { schema, pointer, component: None },
            ReferenceOr::Reference { .. } => return self.boxed(items, &pointer, &usage.element()).map(list),
        };
        self.type_of_found(&found, &usage.element()).map(list)
    }

    /// As [`Self::type_of`], for the places where the document's model boxes schemas.
    pub(super) fn boxed(
        &mut self,
        schema: &'a ReferenceOr<Box<Schema>>,
        pointer: &Pointer,
        usage: &Usage,
    ) -> Result<Type, Error> {
        let found = self.find_boxed(schema, pointer)?;
        self.type_of_found(&found, usage)
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
        if object.properties.is_empty() {
            return match &object.additional_properties {
                Some(AdditionalProperties::Schema(schema)) => {
                    let pointer = found.pointer.join("additionalProperties");
                    Ok(map(self.type_of(schema, &pointer, &usage.element())?))
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
        self.collect_objects(parts, &found.pointer, 0, &mut objects)?;
        self.named_object(&objects, found, usage)
    }

    fn collect_objects(
        &self,
        parts: &'a [ReferenceOr<Schema>],
        pointer: &Pointer,
        depth: usize,
        objects: &mut Vec<Found<'a>>,
    ) -> Result<(), Error> {
        for (index, part) in parts.iter().enumerate() {
            let place = pointer.join("allOf").index(index);
            let part = self.resolver.schema(part, &place)?;
            match &part.schema.schema_kind {
                SchemaKind::Type(openapiv3::Type::Object(_)) => objects.push(part),
                SchemaKind::AllOf { all_of } if depth < 16 => {
                    self.collect_objects(all_of, &part.pointer, depth + 1, objects)?;
                }
                SchemaKind::Any(any) if !any.properties.is_empty() => objects.push(part),
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

    /// A schema whose keywords do not belong to one type: what it means is taken, the rest reported.
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
                self.one_of(schemas, found, usage)
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
        self.note(pointer, "keywords which do not belong to the type are left out");
        Ok(plain)
    }
}

pub(super) fn found_again<'a>(found: &Found<'a>) -> Found<'a> {
    Found { schema: found.schema, pointer: found.pointer.clone(), component: found.component }
}

fn list(item: Type) -> Type {
    Type::List(Box::new(item))
}

fn map(item: Type) -> Type {
    Type::Map(Box::new(item))
}
