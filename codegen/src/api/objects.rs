//! Objects become types with fields.

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaData, SchemaKind};

use super::descent::Step;
use super::extensions::{
    ALWAYS, CLEARS, Extensions, INITIAL, LOOKUP, NAME, PATCH_DESCRIPTION, PATCH_WIRE, POST_ONLY, WIRE,
};
use super::resolve::Found;
use super::schemas::binary_in_json;
use super::usage::Usage;
use super::{Builder, Direction, Encoding, Field, Lookup, Type, TypeDef, TypeKind, field_names};
use crate::{Error, Pointer, names};

impl<'a> Builder<'a> {
    /// The type for an object, with properties from one or more schemas.
    pub(super) fn named_object(
        &mut self,
        parts: &[Found<'a>],
        found: &Found<'a>,
        usage: &Usage,
    ) -> Result<Type, Error> {
        let key = self.component_name(found).map(|name| (name.to_owned(), usage.direction));
        if let Some(name) = key.as_ref().and_then(|key| self.assigned.get(key)) {
            let def = self.types.get(name);
            if let (false, Some(TypeKind::Form { fields, .. })) = (usage.upload, def.map(|def| &def.kind))
                && let Some(file) = fields.iter().find(|field| is_upload(&field.ty))
            {
                return Err(binary_in_json(&found.pointer.join("properties").join(&file.wire)));
            }
            return Ok(Type::Named(name.clone()));
        }
        let name = self.object_name(found, usage)?;
        if let Some(key) = key {
            self.assigned.insert(key, name.clone());
        }
        // An inline object may hold the same name as its parent; a component is entered only once.
        if self.in_progress.contains(&name) {
            return Err(Error::NameConflict {
                pointer: found.pointer.clone(),
                other: self.claimed.get(&name).cloned().unwrap_or_default(),
                name,
                instead: "give one of them another name with x-rust-type in an overlay",
            });
        }
        let entered = !self.types.contains_key(&name);
        if entered {
            self.in_progress.insert(name.clone());
            self.claimed.insert(name.clone(), found.pointer.clone());
        }
        let (fields, extra) = match found.component {
            Some(_) => self.below(Step::Property, |builder| builder.fields(parts, &name, usage))?,
            None => self.fields(parts, &name, usage)?,
        };
        let kind = match usage.direction {
            Direction::Answer => TypeKind::Answer { fields, extra },
            Direction::Request => TypeKind::Form { fields, extra },
            Direction::Patch => TypeKind::Patch { fields, extra },
        };
        let data = &found.schema.schema_data;
        let of_patch = match usage.direction {
            Direction::Patch => Extensions::new(&data.extensions, &found.pointer).text(PATCH_DESCRIPTION)?,
            Direction::Answer | Direction::Request => None,
        };
        let doc = of_patch.or(data.description.as_deref()).unwrap_or_default().to_owned();
        self.add_type(TypeDef { name: name.clone(), doc, kind, pointer: found.pointer.clone() })?;
        Ok(Type::Named(name))
    }

    /// The name of the type: of a form `NewTimesheet`, of a change `TimesheetPatch`.
    fn object_name(&self, found: &Found<'a>, usage: &Usage) -> Result<String, Error> {
        let name = self.name_of(found, usage)?;
        let is_answer = self.is_answer(found, &name);
        Ok(match usage.direction {
            Direction::Answer => name,
            Direction::Patch => names::patch(&name),
            // That of a form says what it is about.
            Direction::Request if !is_answer && names::form_subject(&name) == name => name,
            Direction::Request => {
                let new = names::form(&name);
                // Two forms of one subject, for POST and PUT: the second one keeps its name.
                let is_taken = self.claimed.get(&new).is_some_and(|other| *other != found.pointer);
                if is_taken && !is_answer { name } else { new }
            }
        })
    }

    /// Responses are read before requests, so all response types are known.
    fn is_answer(&self, found: &Found<'a>, type_name: &str) -> bool {
        match self.component_name(found) {
            Some(name) => self.assigned.contains_key(&(name.to_owned(), Direction::Answer)),
            None => matches!(self.types.get(type_name).map(|def| &def.kind), Some(TypeKind::Answer { .. })),
        }
    }

    fn fields(
        &mut self,
        parts: &[Found<'a>],
        type_name: &str,
        usage: &Usage,
    ) -> Result<(Vec<Field>, Option<Type>), Error> {
        let usage = &Usage { upload: usage.upload && usage.property.is_none(), ..usage.clone() };
        let mut read = Properties::default();
        for part in parts {
            // Inline types of a schema in 'allOf' have the same names as those of the schema itself.
            let type_name = &match part.component {
                Some(_) if parts.len() > 1 => self.name_of(part, usage)?,
                _ => type_name.to_owned(),
            };
            self.properties(part, type_name, usage, &mut read)?;
        }
        let Properties { mut fields, extra, required, always } = read;
        // A schema of 'allOf' may require a property of another one.
        for field in &mut fields {
            field.declared = required.contains(&&field.wire);
            field.clearable &= !field.declared;
            // Responses do not always contain what the document requires.
            field.required = match usage.direction {
                // A later release may omit what was recorded.
                Direction::Answer => always.contains(&field.wire) && !field.deprecated,
                Direction::Request | Direction::Patch => field.declared,
            };
        }
        if usage.direction != Direction::Answer {
            let place = |field: &Field| required.iter().position(|name| **name == field.wire).unwrap_or(usize::MAX);
            fields.sort_by_key(place);
        }
        field_names::make_unique(&mut fields, extra.is_some(), usage.direction);
        Ok((fields, extra))
    }

    /// Adds the properties of one schema.
    fn properties(
        &mut self,
        part: &Found<'a>,
        type_name: &str,
        usage: &Usage,
        read: &mut Properties<'a>,
    ) -> Result<(), Error> {
        let (properties, required, additional) = members(part.schema);
        for (wire, schema) in properties {
            let pointer = part.pointer.join("properties").join(wire);
            if read.fields.iter().any(|field| field.wire == *wire) {
                self.note(&pointer, "an earlier schema of 'allOf' has this property: the first one is used");
                continue;
            }
            let data = property_data(schema);
            if !is_hidden(data, &pointer, usage.direction)? {
                read.fields.push(self.field(wire, schema, data, type_name, &pointer, usage)?);
            }
        }
        let extensions = Extensions::new(&part.schema.schema_data.extensions, &part.pointer);
        read.required.extend(required);
        read.always.extend(extensions.texts(ALWAYS)?.into_iter().flatten().map(str::to_owned));
        match additional {
            Some(AdditionalProperties::Schema(schema)) => {
                let pointer = part.pointer.join("additionalProperties");
                let type_name = format!("{type_name}Extra");
                let usage = Usage { property: None, upload: false, type_name, ..usage.clone() };
                read.extra = Some(self.element(schema, &pointer, &usage)?);
            }
            Some(AdditionalProperties::Any(true)) => read.extra = read.extra.take().or(Some(Type::Json)),
            Some(AdditionalProperties::Any(false)) | None => {}
        }
        Ok(())
    }

    fn field(
        &mut self,
        wire: &str,
        schema: &'a ReferenceOr<Box<Schema>>,
        data: Option<&'a SchemaData>,
        type_name: &str,
        pointer: &Pointer,
        usage: &Usage,
    ) -> Result<Field, Error> {
        let subject = names::subject(type_name);
        let element = Usage {
            // A patch contains whole values: nested objects are sent as forms.
            direction: if usage.direction == Direction::Patch { Direction::Request } else { usage.direction },
            type_name: if wire == "id" { type_name.to_owned() } else { format!("{subject}{}", names::pascal(wire)) },
            property: Some(wire.to_owned()),
            upload: usage.upload,
        };
        let ty = self.boxed(schema, pointer, &element)?;
        if !is_upload(&ty) && holds(&ty, &Type::Upload) {
            return Err(binary_in_json(pointer));
        }
        let empty = IndexMap::new();
        let extensions = Extensions::new(data.map_or(&empty, |data| &data.extensions), pointer);
        let name = names::snake(extensions.text(NAME)?.unwrap_or(wire));
        let encoding = encoding(&ty, extensions, usage.direction)?;
        let clearable = extensions.flag(CLEARS)?.unwrap_or(!matches!(ty, Type::Bool | Type::List(_)));
        let initial = extensions.flag(INITIAL)?;
        if initial.is_some() && ty != Type::Bool {
            return Err(extensions.malformed(INITIAL, "a boolean property"));
        }
        let lookup = extensions.text(LOOKUP)?.filter(|_| usage.direction == Direction::Answer);
        Ok(Field {
            wire: wire.to_owned(),
            name,
            doc: data.and_then(|data| data.description.clone()).unwrap_or_default(),
            since: String::new(),
            required: false,
            keeps_null: false,
            declared: false,
            nullable: self.resolver.is_nullable(&self.find_boxed(schema, pointer)?)?,
            clearable: clearable || encoding == Encoding::CommaSeparated,
            encoding,
            initial: initial.filter(|_| usage.direction == Direction::Request),
            deprecated: data.is_some_and(|data| data.deprecated),
            boxed: false,
            lookup: lookup.map(|name| Lookup { method: names::method(name), pointer: pointer.join(LOOKUP) }),
            ty,
        })
    }
}

/// The properties of an object, from all its schemas.
#[derive(Default)]
struct Properties<'a> {
    fields: Vec<Field>,
    /// The type of further properties.
    extra: Option<Type>,
    /// The names that the document requires.
    required: Vec<&'a String>,
    /// The names that responses always contain.
    always: Vec<String>,
}

/// Whether a property is not used in this direction.
fn is_hidden(data: Option<&SchemaData>, pointer: &Pointer, direction: Direction) -> Result<bool, Error> {
    let Some(data) = data else { return Ok(false) };
    let post_only = Extensions::new(&data.extensions, pointer).flag(POST_ONLY)?.unwrap_or(false);
    Ok(match direction {
        Direction::Answer => data.write_only,
        Direction::Request => data.read_only,
        Direction::Patch => data.read_only || post_only,
    })
}

/// Whether this is a part of a form: a file, or several.
fn is_upload(ty: &Type) -> bool {
    matches!(ty, Type::Upload) || matches!(ty, Type::List(item) if **item == Type::Upload)
}

pub(super) fn holds(ty: &Type, wanted: &Type) -> bool {
    match ty {
        Type::List(item) | Type::Map(item) | Type::Nullable(item) => holds(item, wanted),
        ty => ty == wanted,
    }
}

fn encoding(ty: &Type, extensions: Extensions<'_>, direction: Direction) -> Result<Encoding, Error> {
    if direction == Direction::Answer {
        return Ok(Encoding::Plain);
    }
    match ty {
        Type::Duration => return Ok(Encoding::HoursMinutesSeconds),
        Type::Float => return Ok(Encoding::Finite),
        _ => {}
    }
    match extensions.text(WIRE)? {
        Some("comma-separated") if *ty == Type::List(Box::new(Type::String)) => return Ok(Encoding::CommaSeparated),
        Some("date-time") if *ty == Type::Date => return Ok(Encoding::DateAsDateTime),
        Some(_) => {
            let expected = "'comma-separated', on an array of strings, or 'date-time', on a date,";
            return Err(extensions.malformed(WIRE, expected));
        }
        None => {}
    }
    match extensions.text(PATCH_WIRE)? {
        Some("date-time") if *ty == Type::Date => {
            Ok(if direction == Direction::Patch { Encoding::DateAsDateTime } else { Encoding::Plain })
        }
        Some(_) => Err(extensions.malformed(PATCH_WIRE, "'date-time', on a date,")),
        None => Ok(Encoding::Plain),
    }
}

fn property_data(schema: &ReferenceOr<Box<Schema>>) -> Option<&SchemaData> {
    match schema {
        ReferenceOr::Item(schema) => Some(&schema.schema_data),
        ReferenceOr::Reference { .. } => None,
    }
}

type Members<'a> = (Vec<(&'a String, &'a ReferenceOr<Box<Schema>>)>, &'a [String], Option<&'a AdditionalProperties>);

/// Properties by name, required names, further properties.
fn members(schema: &Schema) -> Members<'_> {
    let (properties, required, additional) = match &schema.schema_kind {
        SchemaKind::Type(openapiv3::Type::Object(object)) => {
            (&object.properties, object.required.as_slice(), object.additional_properties.as_ref())
        }
        SchemaKind::Any(any) => (&any.properties, any.required.as_slice(), any.additional_properties.as_ref()),
        _ => return (Vec::new(), &[], None),
    };
    let mut properties: Vec<_> = properties.iter().collect();
    properties.sort_by_key(|(name, _)| *name);
    (properties, required, additional)
}
