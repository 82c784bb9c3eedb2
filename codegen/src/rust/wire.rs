//! Which encoding of the client's module `wire` a value needs, where serde's own is not the server's.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::api::{Encoding, Field, Scalar, Type};

/// Who writes a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The server.
    Response,
    /// The client.
    Request,
}

/// A type of the client's module `wire`.
pub(super) enum Encoder {
    /// An encoding of its own.
    Simple(&'static str),
    /// A list, map or option, with the encoding of what it holds.
    Composed(&'static str, Box<Encoder>),
}

impl Encoder {
    /// The encoding of a map with such values.
    pub(super) fn map_of(item: Self) -> Self {
        Self::Composed("MapOf", Box::new(item))
    }

    /// Its path, with its arguments.
    fn path(&self) -> String {
        match self {
            Self::Simple(name) => format!("wire::{name}"),
            Self::Composed(name, item) => format!("wire::{name}::<{}>", item.path()),
        }
    }

    /// Its path in code.
    fn tokens(&self) -> TokenStream {
        match self {
            Self::Simple(name) => {
                let name = format_ident!("{name}");
                quote!(wire::#name)
            }
            Self::Composed(name, item) => {
                let (name, item) = (format_ident!("{name}"), item.tokens());
                quote!(wire::#name<#item>)
            }
        }
    }

    /// Its path where a field of this shape has it: `wire::Value::<…>`.
    pub(super) fn shaped(&self, shape: &str) -> String {
        format!("wire::{shape}::<{}>", self.path())
    }
}

/// The encoding of a type; none where serde's own will do.
pub(super) fn of_type(ty: &Type, side: Side) -> Option<Encoder> {
    let composed = |name, item| Encoder::Composed(name, Box::new(item));
    Some(match ty {
        Type::DateTime => Encoder::Simple("OffsetDateTime"),
        Type::LocalDateTime => Encoder::Simple("LocalDateTime"),
        Type::Date => Encoder::Simple("DateOnly"),
        Type::Duration if side == Side::Response => Encoder::Simple("Seconds"),
        Type::Duration => Encoder::Simple("HoursMinutesSeconds"),
        Type::Float if side == Side::Request => Encoder::Simple("Finite"),
        Type::List(item) => composed("ListOf", of_type(item, side)?),
        Type::Nullable(item) => composed("OrNull", of_type(item, side)?),
        // Servers write an empty map as an array.
        Type::Map(item) if side == Side::Response => {
            Encoder::map_of(of_type(item, side).unwrap_or(Encoder::Simple("Plain")))
        }
        Type::Map(item) => Encoder::map_of(of_type(item, side)?),
        Type::String
        | Type::Secret
        | Type::Text(_)
        | Type::Bool
        | Type::Integer
        | Type::Float
        | Type::Id(_)
        | Type::Json
        | Type::Upload
        | Type::Named(_)
        | Type::IdOr(..) => return None,
    })
}

/// Whether serde writes and reads a type, at least in a way of its own. It does not know jiff's types.
pub(super) fn has_serde(ty: &Type) -> bool {
    match ty {
        Type::DateTime | Type::LocalDateTime | Type::Date | Type::Duration => false,
        Type::List(item) | Type::Nullable(item) | Type::Map(item) => has_serde(item),
        _ => true,
    }
}

/// The encoding of a field's value, without that it may be absent or null.
pub(super) fn of_field(field: &Field, side: Side) -> Option<Encoder> {
    match field.encoding {
        Encoding::Plain => of_type(&field.ty, side),
        Encoding::Finite => Some(Encoder::Simple("Finite")),
        Encoding::HoursMinutesSeconds => Some(Encoder::Simple("HoursMinutesSeconds")),
        Encoding::CommaSeparated => Some(Encoder::Simple("CommaSeparated")),
        Encoding::DateAsDateTime => Some(Encoder::Simple("DateAsDateTime")),
    }
}

/// The argument of `#[serde(…)]` for a field of this shape; none where serde's own way will do.
pub(super) fn argument(field: &Field, shape: &str, side: Side) -> Option<TokenStream> {
    let path = match (of_field(field, side), shape) {
        (Some(encoder), shape) => encoder.shaped(shape),
        (None, _) if side == Side::Response => return None,
        (None, "Value" | "Changed") => return None,
        (None, "Given") => "wire::Sent".to_owned(),
        (None, shape) => Encoder::Simple("Plain").shaped(shape),
    };
    Some(quote!(with = #path))
}

/// The argument of `#[serde(…)]` for the alternative of a `oneOf`, which derives only `Serialize`.
///
/// Requests have no durations there, which would be written as a response writes them.
pub(super) fn serialize_with(ty: &Type) -> Option<TokenStream> {
    let path = format!("{}::serialize", of_type(ty, Side::Response)?.shaped("Value"));
    Some(quote!(serialize_with = #path))
}

/// The expression that reads the alternative of a `oneOf` from `value`.
pub(super) fn read_value(ty: &Type) -> TokenStream {
    let Some(encoder) = of_type(ty, Side::Response) else { return quote!(Deserialize::deserialize(value)) };
    let encoder = encoder.tokens();
    quote!(wire::Value::<#encoder>::deserialize(value))
}

/// The expression that reads the body of `response`.
pub(super) fn read_json(ty: &Type) -> TokenStream {
    match (ty, of_type(ty, Side::Response)) {
        (Type::Map(item), _) if of_type(item, Side::Response).is_none() => quote!(response.map()),
        (_, Some(encoder)) => {
            let encoder = encoder.tokens();
            quote!(response.json_as::<#encoder, _>())
        }
        (_, None) => quote!(response.json()),
    }
}

/// The expression that reads the body of `response`, which may be empty.
pub(super) fn read_optional(ty: &Type) -> TokenStream {
    match (ty, of_type(ty, Side::Response)) {
        (Type::Map(item), _) if of_type(item, Side::Response).is_none() => quote!(response.optional_map()),
        (_, Some(encoder)) => {
            let encoder = encoder.tokens();
            quote!(response.optional_as::<#encoder, _>())
        }
        (_, None) => quote!(response.optional()),
    }
}

/// The expression that reads the body of `response` as a page of such items.
pub(super) fn read_page(item: &Type) -> TokenStream {
    let Some(encoder) = of_type(item, Side::Response) else { return quote!(response.page()) };
    let encoder = encoder.tokens();
    quote!(response.page_as::<#encoder, _>())
}

/// The statement that writes the body of `request`.
pub(super) fn write_json(ty: &Type, value: &TokenStream) -> TokenStream {
    let Some(encoder) = of_type(ty, Side::Request) else { return quote!(request.json(#value)?;) };
    let encoder = encoder.tokens();
    quote!(request.json(&wire::Written::<#encoder, _>::new(#value))?;)
}

/// The statement that adds a part to `form`.
pub(super) fn write_part(encoder: &Encoder, name: &TokenStream, value: &TokenStream) -> TokenStream {
    let encoder = encoder.tokens();
    quote! {
        form.written(#name, wire::Value::<#encoder>::serialize(#value, serde_json::value::Serializer))?;
    }
}

/// The statement that adds a part to `form`, or one for each element of a list.
pub(super) fn write_parts(encoder: &Encoder, name: &TokenStream, value: &TokenStream) -> TokenStream {
    let Encoder::Composed("ListOf", element) = encoder else { return write_part(encoder, name, value) };
    let part = write_part(element, name, &quote!(element));
    quote! {
        for element in #value {
            #part
        }
    }
}

/// The expression for a segment of the path.
pub(super) fn segment(ty: &Scalar, value: &TokenStream) -> TokenStream {
    text(ty).map_or_else(|| value.clone(), |write| quote!(&#write(#value)))
}

/// The function that writes a value as plain text, where `Display` does not.
pub(super) fn text(ty: &Scalar) -> Option<TokenStream> {
    match ty {
        Scalar::LocalDateTime => Some(quote!(wire::write_local_date_time)),
        Scalar::Utc => Some(quote!(wire::write_utc)),
        Scalar::Date => Some(quote!(wire::write_date)),
        Scalar::String
        | Scalar::Unsigned
        | Scalar::Integer
        | Scalar::Float
        | Scalar::Bool { .. }
        | Scalar::Id(_)
        | Scalar::Enum(_) => None,
    }
}
