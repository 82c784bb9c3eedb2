//! Example values, made of types.

use serde_json::{Map, Value, json};

use super::credentials::NEW_PASSWORD;
use crate::api::{Api, Encoding, Field, Scalar, Text, Type, TypeKind, Variant};

/// A day in the examples, and times on it.
const DATE: &str = "2026-11-02";
const MORNING: &str = "2026-11-02T08:00:00";
const EVENING: &str = "2026-11-02T17:00:00";
const MIDNIGHT: &str = "2026-11-02T00:00:00";

/// Properties that can be changed without much harm, the best one first.
const HARMLESS: [&str; 3] = ["description", "comment", "title"];

/// Makes example values for the types of an API.
pub(super) struct Samples<'a> {
    api: &'a Api,
}

/// The named types inside which a value is.
type Within<'a> = Vec<&'a str>;

impl<'a> Samples<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        Self { api }
    }

    /// A value of the type.
    pub(super) fn json(&self, ty: &'a Type) -> Value {
        self.value("", ty, &mut Vec::new()).unwrap_or_else(|| json!({}))
    }

    /// The properties of a form, and whether each is a part of the example.
    pub(super) fn form(&self, name: &str) -> Vec<(&'a Field, String, bool)> {
        let Some(def) = self.api.types.get(name) else { return Vec::new() };
        let shown = shown(&def.kind);
        let row = |field: &'a Field| {
            let value = self.field(field, &mut Vec::new()).map_or_else(String::new, as_text);
            (field, value, shown.iter().any(|one| one.wire == field.wire))
        };
        def.kind.fields().iter().map(row).collect()
    }

    /// The properties of an object as texts.
    pub(super) fn members(&self, ty: &'a Type) -> Vec<(String, String)> {
        let Value::Object(members) = self.json(ty) else { return Vec::new() };
        members.into_iter().map(|(key, value)| (key, as_text(value))).collect()
    }

    /// A value of a parameter, as it is written.
    pub(super) fn text(&self, wire: &str, ty: &Scalar) -> String {
        match ty {
            Scalar::String => words(wire).to_owned(),
            Scalar::Unsigned | Scalar::Integer | Scalar::Id(_) => "1".to_owned(),
            Scalar::Float => "1.5".to_owned(),
            Scalar::Bool { yes, .. } => yes.clone(),
            Scalar::Enum(name) => self.one_of(wire, name),
            Scalar::LocalDateTime | Scalar::Utc => time(wire).to_owned(),
            Scalar::Date => DATE.to_owned(),
        }
    }

    /// What a parameter of this type may be, as a sentence; empty if its documentation or example says enough.
    pub(super) fn choice(&self, ty: &Scalar) -> String {
        match ty {
            Scalar::Bool { yes, no } if yes != "true" || no != "false" => {
                format!("`{yes}` is true, and `{no}` is false.")
            }
            Scalar::Enum(name) => self.values(name),
            _ => String::new(),
        }
    }

    /// The values of an enum, as a sentence.
    fn values(&self, name: &str) -> String {
        let Some(TypeKind::Enum { variants, .. }) = self.api.types.get(name).map(|def| &def.kind) else {
            return String::new();
        };
        let telling = variants.iter().filter(|variant| !variant.wire.is_empty());
        let values: Vec<String> = telling.map(|variant| format!("`{}`", variant.wire)).collect();
        format!("One of {}.", values.join(", "))
    }

    /// A value of an enum: the usual one for this property or parameter, else the first that says something.
    fn one_of(&self, wire: &str, name: &str) -> String {
        let usual = words(wire);
        let Some(TypeKind::Enum { variants, .. }) = self.api.types.get(name).map(|def| &def.kind) else {
            return usual.to_owned();
        };
        let is_usual = |variant: &&Variant| variant.wire == usual;
        let says_something = |variant: &&Variant| !variant.wire.is_empty();
        let found = variants.iter().find(is_usual).or_else(|| variants.iter().find(says_something));
        found.map_or_else(String::new, |variant| variant.wire.clone())
    }

    /// A value; none if the type contains itself.
    fn value(&self, wire: &str, ty: &'a Type, within: &mut Within<'a>) -> Option<Value> {
        Some(match ty {
            Type::String => json!(words(wire)),
            Type::Secret => json!(format!("{{{{{}}}}}", NEW_PASSWORD.name)),
            Type::Text(text) => json!(special(*text)),
            Type::Bool => json!(true),
            Type::Integer | Type::Id(_) | Type::IdOr(..) => json!(1),
            Type::Float => json!(1.5),
            Type::DateTime => json!(format!("{}+0100", time(wire))),
            Type::LocalDateTime => json!(time(wire)),
            Type::Date => json!(DATE),
            Type::Duration => json!(3600),
            Type::Json => json!({}),
            Type::Upload => json!(""),
            Type::List(item) => Value::Array(self.value(wire, item, within).into_iter().collect()),
            Type::Nullable(item) => self.value(wire, item, within)?,
            Type::Map(item) => {
                let example = self.value(wire, item, within);
                Value::Object(example.into_iter().map(|value| ("example".to_owned(), value)).collect())
            }
            Type::Named(name) => return self.named(wire, name, within),
        })
    }

    fn named(&self, wire: &str, name: &'a str, within: &mut Within<'a>) -> Option<Value> {
        if within.contains(&name) {
            return None;
        }
        let def = self.api.types.get(name)?;
        within.push(name);
        let value = match &def.kind {
            TypeKind::Enum { .. } => Some(json!(self.one_of(wire, name))),
            TypeKind::OneOf { alternatives } => {
                alternatives.iter().find_map(|alternative| self.value(wire, &alternative.ty, within))
            }
            kind => {
                let mut members = Map::new();
                for field in shown(kind) {
                    if let Some(value) = self.field(field, within) {
                        members.insert(field.wire.clone(), value);
                    }
                }
                Some(Value::Object(members))
            }
        };
        within.pop();
        value
    }

    fn field(&self, field: &'a Field, within: &mut Within<'a>) -> Option<Value> {
        if let Some(initial) = field.initial {
            return Some(json!(initial));
        }
        match field.encoding {
            Encoding::Plain | Encoding::Finite => self.value(&field.wire, &field.ty, within),
            Encoding::HoursMinutesSeconds => Some(json!("1:00:00")),
            Encoding::CommaSeparated => Some(json!(words(&field.wire))),
            Encoding::DateAsDateTime => Some(json!(MIDNIGHT)),
        }
    }
}

/// The properties that an example has. Of an answer all. Of a form those that are required, and those with an initial value,
/// since servers read their absence as no. Of a change, or of a form that requires nothing, one that can be changed
/// without much harm.
fn shown(kind: &TypeKind) -> Vec<&Field> {
    let fields = kind.fields();
    let needed: Vec<&Field> = match kind {
        TypeKind::Answer { .. } => return fields.iter().collect(),
        TypeKind::Form { .. } => fields.iter().filter(|field| field.required || field.initial.is_some()).collect(),
        _ => Vec::new(),
    };
    if !needed.is_empty() {
        return needed;
    }
    let harmless = HARMLESS.iter().find_map(|name| fields.iter().find(|field| field.wire == *name));
    let is_text = |field: &&Field| field.ty == Type::String && field.encoding == Encoding::Plain && !field.deprecated;
    harmless.or_else(|| fields.iter().find(is_text)).or(fields.first()).into_iter().collect()
}

/// Text for a property or parameter of this name.
fn words(wire: &str) -> &'static str {
    let name = wire.to_ascii_lowercase();
    match name.as_str() {
        _ if name.contains("email") => "jane@example.com",
        "homepage" | "url" => "https://example.com",
        "language" | "locale" => "en",
        "username" => "jane",
        _ => "Example",
    }
}

/// A time for a property or parameter of this name.
fn time(wire: &str) -> &'static str {
    if wire == "end" { EVENING } else { MORNING }
}

fn special(text: Text) -> &'static str {
    match text {
        Text::Color => "#ff0000",
        Text::Country => "DE",
        Text::Currency => "EUR",
        Text::TimeZone => "Europe/Berlin",
        Text::FieldValue => "Example",
    }
}

/// A value as a form or a query has it.
fn as_text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}
