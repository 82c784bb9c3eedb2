//! What requests contain.

use openapiv3::{MediaType, ReferenceOr, SchemaKind, StringFormat, VariantOrUnknownOrEmpty};

use super::drafts::{Draft, form_stem};
use super::media::{essence, is_json};
use super::parameters::Declared;
use super::paths::Part;
use super::usage::Usage;
use super::{Body, Builder, Direction, Method, Type, TypeKind};
use crate::{Error, Pointer};

/// How a body is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Multipart,
    UrlEncoded,
}

impl Format {
    fn of(media_type: &str) -> Option<Self> {
        match essence(media_type).as_str() {
            "multipart/form-data" => Some(Self::Multipart),
            "application/x-www-form-urlencoded" => Some(Self::UrlEncoded),
            _ if is_json(media_type) => Some(Self::Json),
            _ => None,
        }
    }
}

impl<'a> Builder<'a> {
    pub(super) fn body(&mut self, draft: &Draft<'a>, declared: &mut Vec<Declared>) -> Result<Option<Body>, Error> {
        let Some(body) = &draft.source.request_body else { return Ok(None) };
        let pointer = draft.pointer.join("requestBody");
        let body = self.resolver.request_body(body, &pointer)?;
        let pointer = pointer.join("content");
        let of_format = |format: Format| body.content.iter().find(|(name, _)| Format::of(name) == Some(format));
        let formats = [Format::Json, Format::Multipart, Format::UrlEncoded];
        let structured = formats.into_iter().find_map(|format| Some((format, of_format(format)?)));
        let chosen =
            structured.map(|(_, (name, _))| name).or_else(|| body.content.keys().min_by_key(|name| plainness(name)));
        let Some(chosen) = chosen else { return Ok(None) };
        if matches!(draft.method, Method::Get | Method::Head) {
            let text = format!("many servers ignore the body of a {} request", draft.method.as_str());
            self.note(&draft.pointer.join("requestBody"), text);
        }
        for other in body.content.keys().filter(|other| *other != chosen) {
            self.note(&pointer.join(other), "the body is sent in another of its media types: this one is ignored");
        }
        match structured {
            Some((format, (name, media))) => {
                self.structured(draft, format, media, body.required, &pointer.join(name), declared)
            }
            None => Ok(Some(unstructured(chosen))),
        }
    }

    /// A body with a schema: JSON or a form.
    fn structured(
        &mut self,
        draft: &Draft<'a>,
        format: Format,
        media: &'a MediaType,
        is_required: bool,
        pointer: &Pointer,
        declared: &mut Vec<Declared>,
    ) -> Result<Option<Body>, Error> {
        let place = pointer.join("schema");
        let Some(schema) = &media.schema else {
            return if format == Format::Json {
                Ok(Some(Body::Json(Type::Json)))
            } else {
                Err(no_form(pointer.clone()))
            };
        };
        let found = self.resolver.schema(schema, &place)?;
        // A change of an object; what is below it, such as a custom field, has a schema of its own, written inline.
        let is_object = matches!(&found.schema.schema_kind, SchemaKind::Type(openapiv3::Type::Object(_)));
        let is_patch = draft.method == Method::Patch
            && format == Format::Json
            && (matches!(draft.template.parts.last(), Some(Part::Parameter(_)))
                || (found.component.is_some() && is_object));
        if let (false, None, SchemaKind::Type(openapiv3::Type::Object(object))) =
            (format != Format::Json || is_required || is_patch, found.component, &found.schema.schema_kind)
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
        usage.upload = format == Format::Multipart;
        let ty = self.type_of_found(&found, &usage)?;
        if format == Format::Json {
            return Ok(Some(Body::Json(ty)));
        }
        match ty {
            Type::Named(name) if self.types.get(&name).is_some_and(|def| matches!(def.kind, TypeKind::Form { .. })) => {
                Ok(Some(if format == Format::Multipart { Body::Multipart(name) } else { Body::UrlEncoded(name) }))
            }
            _ => Err(no_form(place)),
        }
    }
}

/// Text first, then bytes of any type, then bytes of a certain type.
fn plainness(media_type: &str) -> (u8, String) {
    let essence = essence(media_type);
    let order = match essence.as_str() {
        "text/plain" => 0,
        "application/octet-stream" => 1,
        _ => 2,
    };
    (order, essence)
}

fn unstructured(media_type: &str) -> Body {
    let essence = essence(media_type);
    if essence.starts_with("text/") && !essence.contains('*') {
        Body::Text(media_type.to_owned())
    } else if essence.is_empty() || essence.contains('*') {
        Body::Bytes("application/octet-stream".to_owned())
    } else {
        Body::Bytes(media_type.to_owned())
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
        what: "a form that is not an object".to_owned(),
        instead: "declare an object with a property for each part".to_owned(),
    }
}
