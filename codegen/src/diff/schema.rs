//! A schema as it counts on the wire: references followed, spellings of the same thing made one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// The limits of values that can be tightened and loosened: name, and whether a greater number is the tighter one.
const LIMITS: [(&str, bool); 10] = [
    ("minLength", true),
    ("maxLength", false),
    ("minimum", true),
    ("maximum", false),
    ("minItems", true),
    ("maxItems", false),
    ("minProperties", true),
    ("maxProperties", false),
    ("multipleOf", true),
    ("uniqueItems", true),
];

/// Where a schema stands: under a name of its own, or inside of something else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Place {
    /// A schema of the components, by its name.
    Named(String),
    /// Any other, by its JSON pointer.
    Inline(String),
}

/// A schema to be read when it is needed.
#[derive(Clone, Debug)]
pub(super) struct SchemaRef<'a> {
    pub(super) place: Place,
    value: Option<&'a Value>,
}

/// What a schema says.
#[derive(Clone, Debug, Default)]
pub(super) struct Schema<'a> {
    /// `string`, `object` and so on; empty for anything.
    pub(super) kind: String,
    pub(super) format: Option<String>,
    pub(super) pattern: Option<String>,
    /// The values that are allowed, as JSON text.
    pub(super) values: Option<BTreeSet<String>>,
    pub(super) nullable: bool,
    pub(super) deprecated: bool,
    pub(super) default: Option<String>,
    pub(super) limits: BTreeMap<&'static str, Limit>,
    pub(super) properties: BTreeMap<String, Property<'a>>,
    pub(super) items: Option<SchemaRef<'a>>,
    pub(super) additional: Additional<'a>,
    /// `oneOf` and `anyOf`.
    pub(super) alternatives: Vec<SchemaRef<'a>>,
}

/// A property of an object.
#[derive(Clone, Debug)]
pub(super) struct Property<'a> {
    pub(super) required: bool,
    pub(super) schema: SchemaRef<'a>,
}

/// A limit of values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Limit {
    pub(super) value: f64,
    /// Whether a greater number lets less through.
    pub(super) greater_is_tighter: bool,
}

/// Properties which the schema does not name.
#[derive(Clone, Debug, Default)]
pub(super) enum Additional<'a> {
    /// Nothing is said: whatever comes is let through.
    #[default]
    Unsaid,
    Forbidden,
    Of(SchemaRef<'a>),
}

impl Place {
    /// The name without the number of a copy (fact D11), if it has one.
    pub(super) fn stem(&self) -> Option<&str> {
        match self {
            Self::Named(name) => {
                let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
                Some(if stem.is_empty() { name } else { stem })
            }
            Self::Inline(_) => None,
        }
    }
}

impl<'a> SchemaRef<'a> {
    /// The schema at a place of the document, a reference followed.
    pub(super) fn new(root: &'a Value, value: Option<&'a Value>, pointer: String) -> Self {
        let mut reference = Self { place: Place::Inline(pointer), value };
        // A chain of references that leads back to its beginning is as good as none.
        for _ in 0..16 {
            let target = reference.value.and_then(|value| value.get("$ref")).and_then(Value::as_str);
            let Some(target) = target else { return reference };
            let pointer = target.trim_start_matches('#');
            let place = match pointer.strip_prefix("/components/schemas/") {
                Some(name) if !name.contains('/') => Place::Named(name.replace("~1", "/").replace("~0", "~")),
                _ => Place::Inline(pointer.to_owned()),
            };
            reference = Self { place, value: root.pointer(pointer) };
        }
        Self { value: None, ..reference }
    }

    /// Reads it; schemas of `allOf` become one.
    pub(super) fn read(&self, root: &'a Value) -> Schema<'a> {
        let mut schema = Schema::default();
        self.add_to(&mut schema, root, &mut vec![self.place.clone()]);
        schema
    }

    fn pointer(&self) -> String {
        match &self.place {
            Place::Named(name) => format!("/components/schemas/{}", name.replace('~', "~0").replace('/', "~1")),
            Place::Inline(pointer) => pointer.clone(),
        }
    }

    /// Adds what the schema says; `way` are the schemas around it, so that what leads back to itself ends.
    fn add_to(&self, schema: &mut Schema<'a>, root: &'a Value, way: &mut Vec<Place>) {
        let Some(Value::Object(object)) = self.value else { return };
        let pointer = self.pointer();
        let part = |keyword: &str, value| Self::new(root, Some(value), format!("{pointer}/{keyword}"));
        let list = |keyword: &'static str| {
            let values = object.get(keyword).and_then(Value::as_array).into_iter().flatten().enumerate();
            values.map(|(index, value)| part(&format!("{keyword}/{index}"), value)).collect::<Vec<_>>()
        };
        // One schema in `allOf` is how a reference gets company.
        for base in list("allOf") {
            if way.len() < 16 && !way.contains(&base.place) {
                way.push(base.place.clone());
                base.add_to(schema, root, way);
                way.pop();
            }
        }
        let mut alternatives = list("oneOf");
        alternatives.extend(list("anyOf"));
        // The only alternative is no choice.
        match alternatives.as_slice() {
            [only] if way.len() < 16 && !way.contains(&only.place) => {
                way.push(only.place.clone());
                only.add_to(schema, root, way);
                way.pop();
            }
            _ => schema.alternatives.extend(alternatives),
        }
        schema.add_texts(object);
        schema.add_limits(object);
        if let Some(items) = object.get("items") {
            schema.items = Some(part("items", items));
        }
        match object.get("additionalProperties") {
            Some(Value::Bool(false)) => schema.additional = Additional::Forbidden,
            Some(value @ Value::Object(members)) if !members.is_empty() => {
                schema.additional = Additional::Of(part("additionalProperties", value));
            }
            _ => {}
        }
        for (name, value) in object.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let escaped = name.replace('~', "~0").replace('/', "~1");
            let property = Property { required: false, schema: part(&format!("properties/{escaped}"), value) };
            let known = schema.properties.get(name).is_some_and(|known| known.required);
            schema.properties.insert(name.clone(), Property { required: known, ..property });
        }
        for name in object.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            if let Some(property) = schema.properties.get_mut(name) {
                property.required = true;
            }
        }
    }
}

impl Schema<'_> {
    fn add_texts(&mut self, object: &Map<String, Value>) {
        let text = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
        let is_set = |name: &str| object.get(name).and_then(Value::as_bool).unwrap_or(false);
        if let Some(kind) = text("type") {
            self.kind = kind;
        } else if self.kind.is_empty() && object.contains_key("properties") {
            "object".clone_into(&mut self.kind);
        }
        self.format = text("format").or(self.format.take());
        self.pattern = text("pattern").or(self.pattern.take());
        if let Some(values) = object.get("enum").and_then(Value::as_array) {
            self.values = Some(values.iter().map(shown).collect());
        }
        self.nullable |= is_set("nullable");
        self.deprecated |= is_set("deprecated");
        // No default and null as the default are the same to a server (fact D13).
        if let Some(default) = object.get("default").filter(|default| !default.is_null()) {
            self.default = Some(shown(default));
        }
    }

    fn add_limits(&mut self, object: &Map<String, Value>) {
        for (name, greater_is_tighter) in LIMITS {
            let value = match object.get(name) {
                Some(Value::Bool(true)) => Some(1.0),
                // Some releases write numbers as texts (fact D13).
                Some(Value::String(text)) => text.parse().ok(),
                other => other.and_then(Value::as_f64),
            };
            let is_exclusive = |name: &str| object.get(name).and_then(Value::as_bool).unwrap_or(false);
            // Nothing is shorter than nothing.
            let value = value.filter(|value| !name.starts_with("min") || name == "minimum" || *value > 0.0);
            if let Some(value) = value {
                let name = match name {
                    "minimum" if is_exclusive("exclusiveMinimum") => "exclusiveMinimum",
                    "maximum" if is_exclusive("exclusiveMaximum") => "exclusiveMaximum",
                    name => name,
                };
                self.limits.insert(name, Limit { value, greater_is_tighter });
            }
        }
    }
}

/// A value in a message: texts without quotes.
pub(super) fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
