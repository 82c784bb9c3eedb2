//! Types of parameters, which the document declares as strings.

use openapiv3::{
    ParameterData, ParameterSchemaOrContent, QueryStyle, ReferenceOr, Schema, SchemaKind, StringFormat,
    VariantOrUnknownOrEmpty,
};

use super::extensions::{Extensions, FULL, ID, NAME};
use super::ids::Declaration;
use super::paths::Template;
use super::pattern::{self, Pattern};
use super::resolve::Found;
use super::schemas::is_plain_text;
use super::usage::Usage;
use super::{
    Builder, Direction, ListStyle, ObjectStyle, Parameter, ParameterPlace, ParameterValue, PathParameter, Scalar,
    Segment,
};
use crate::{Error, Pointer, names};

/// A parameter of the document, before `customer` and `customers[]` become one.
pub(super) struct Declared {
    pub(super) parameter: Parameter,
    wire: String,
    pointer: Pointer,
}

impl<'a> Builder<'a> {
    pub(super) fn path_parameter(
        &mut self,
        data: &'a ParameterData,
        template: &Template<'_>,
        pointer: &Pointer,
    ) -> Result<PathParameter, Error> {
        let extensions = Extensions::new(&data.extensions, pointer);
        let name = names::snake(extensions.text(NAME)?.unwrap_or(&data.name));
        let found = self.parameter_schema(data, pointer)?;
        let of_schema = Extensions::new(&found.schema.schema_data.extensions, &found.pointer);
        if let Some(thing) = extensions.text(ID)?.or(of_schema.text(ID)?) {
            return Ok(PathParameter { name, ty: Scalar::Id(self.ids.take(&names::pascal(thing))) });
        }
        if let Some(number) = identifies(&found.schema.schema_kind)
            && let Some(thing) = self.ids.in_path(&data.name, template, number)
        {
            return Ok(PathParameter { name, ty: Scalar::Id(thing) });
        }
        let ty = self.scalar(&found, &data.name, template.resource())?;
        Ok(PathParameter { name, ty })
    }

    pub(super) fn parameter(
        &mut self,
        data: &'a ParameterData,
        place: ParameterPlace,
        style: Option<&QueryStyle>,
        resource: &str,
        pointer: &Pointer,
    ) -> Result<Declared, Error> {
        let extensions = Extensions::new(&data.extensions, pointer);
        let found = self.parameter_schema(data, pointer)?;
        let name = extensions.text(NAME)?.unwrap_or(data.name.trim_end_matches("[]"));
        let mut value = match self.object_parameter(data, &found, style, resource)? {
            Some(value) => value,
            None => self.parameter_value(&data.name, &found, resource)?,
        };
        if let ParameterValue::List { style: list_style, .. } = &mut value {
            let joined = match style {
                Some(QueryStyle::Form) => ListStyle::Commas,
                Some(QueryStyle::SpaceDelimited) => ListStyle::Spaces,
                Some(QueryStyle::PipeDelimited) => ListStyle::Bars,
                Some(QueryStyle::DeepObject) | None => {
                    return Err(Error::Unsupported {
                        pointer: pointer.clone(),
                        what: "a list outside of the query, or with style 'deepObject'".to_owned(),
                        instead: "declare it in the query, with style 'form'".to_owned(),
                    });
                }
            };
            // The default depends on the style. Text with a pattern for many numbers has commas in every style.
            let explodes = data.explode.unwrap_or(joined == ListStyle::Commas);
            if !explodes && *list_style == ListStyle::Repeated {
                *list_style = joined;
            }
        }
        let parameter = Parameter {
            name: names::method(name),
            doc: data.description.clone().unwrap_or_default(),
            since: String::new(),
            required: data.required,
            place,
            value,
        };
        Ok(Declared { parameter, wire: data.name.clone(), pointer: pointer.clone() })
    }

    /// An object in the query; none if the parameter is no object.
    fn object_parameter(
        &mut self,
        data: &'a ParameterData,
        found: &Found<'a>,
        style: Option<&QueryStyle>,
        resource: &str,
    ) -> Result<Option<ParameterValue>, Error> {
        if !matches!(found.schema.schema_kind, SchemaKind::Type(openapiv3::Type::Object(_))) {
            return Ok(None);
        }
        let style = match style {
            Some(QueryStyle::DeepObject) => ObjectStyle::Deep,
            Some(QueryStyle::Form) if data.explode == Some(false) => ObjectStyle::Joined,
            Some(QueryStyle::Form) => ObjectStyle::Exploded,
            _ => {
                return Err(Error::Unsupported {
                    pointer: found.pointer.clone(),
                    what: "an object outside of the query, or with a style other than 'deepObject' or 'form'"
                        .to_owned(),
                    instead: "declare it in the query, with style 'deepObject'".to_owned(),
                });
            }
        };
        let usage = Usage { property: None, ..value_usage(&data.name, resource) };
        let ty = self.type_of_found(found, &usage)?;
        Ok(Some(ParameterValue::Object { wire: data.name.clone(), style, ty }))
    }

    /// A property of an optional body, which is set like a parameter.
    pub(super) fn body_parameter(
        &mut self,
        wire: &str,
        schema: &'a ReferenceOr<Box<Schema>>,
        resource: &str,
        pointer: &Pointer,
    ) -> Result<Declared, Error> {
        let pointer = pointer.join("properties").join(wire);
        let found = self.find_boxed(schema, &pointer)?;
        let extensions = Extensions::new(&found.schema.schema_data.extensions, &pointer);
        let name = names::method(extensions.text(NAME)?.unwrap_or(wire));
        let value = self.parameter_value(wire, &found, resource)?;
        if !matches!(value, ParameterValue::One { .. } | ParameterValue::Flag { .. }) {
            return Err(Error::Unsupported {
                pointer,
                what: "a list in an optional body".to_owned(),
                instead: "declare the body as required".to_owned(),
            });
        }
        let doc = found.schema.schema_data.description.clone().unwrap_or_default();
        let parameter =
            Parameter { name, doc, since: String::new(), required: false, place: ParameterPlace::Body, value };
        Ok(Declared { parameter, wire: wire.to_owned(), pointer })
    }

    fn parameter_value(&mut self, name: &str, found: &Found<'a>, resource: &str) -> Result<ParameterValue, Error> {
        let wire = name.to_owned();
        let SchemaKind::Type(openapiv3::Type::Array(array)) = &found.schema.schema_kind else {
            return Ok(match choice(found) {
                Some(Choice::Or(all)) => {
                    let ty = self.number(name, resource);
                    ParameterValue::Select { one: wire, many: None, style: ListStyle::Repeated, all: Some(all), ty }
                }
                Some(Choice::Numbers) => {
                    let ty = self.number(name, resource);
                    ParameterValue::List { wire, style: ListStyle::Commas, ty }
                }
                Some(Choice::Only(value)) => ParameterValue::Flag { wire, value },
                None => ParameterValue::One { wire, ty: self.scalar(found, name, resource)? },
            });
        };
        let Some(items) = &array.items else {
            return Ok(ParameterValue::List { wire, style: ListStyle::Repeated, ty: Scalar::String });
        };
        let item = self.find_boxed(items, &found.pointer.join("items"))?;
        let ty = self.scalar(&item, name, resource)?;
        Ok(ParameterValue::List { wire, style: ListStyle::Repeated, ty })
    }

    fn parameter_schema(&self, data: &'a ParameterData, pointer: &Pointer) -> Result<Found<'a>, Error> {
        match &data.format {
            ParameterSchemaOrContent::Schema(schema) => self.whole(schema, &pointer.join("schema")),
            ParameterSchemaOrContent::Content(_) => Err(Error::Unsupported {
                pointer: pointer.join("content"),
                what: "a parameter with a media type".to_owned(),
                instead: "give it a schema".to_owned(),
            }),
        }
    }

    /// Follows references, including those with sibling keywords.
    fn whole(&self, schema: &'a ReferenceOr<Schema>, pointer: &Pointer) -> Result<Found<'a>, Error> {
        let found = self.resolver.schema(schema, pointer)?;
        if let SchemaKind::AllOf { all_of } = &found.schema.schema_kind
            && let [only] = all_of.as_slice()
        {
            return self.resolver.schema(only, &found.pointer);
        }
        Ok(found)
    }

    /// The type of a value which is written as plain text.
    fn scalar(&mut self, found: &Found<'a>, name: &str, resource: &str) -> Result<Scalar, Error> {
        let pointer = &found.pointer;
        let extensions = Extensions::new(&found.schema.schema_data.extensions, pointer);
        if let Some(thing) = extensions.text(ID)? {
            return Ok(Scalar::Id(self.ids.take(&names::pascal(thing))));
        }
        match &found.schema.schema_kind {
            SchemaKind::Type(openapiv3::Type::Integer(_)) => Ok(self.number_or(name, resource, Scalar::Integer)),
            SchemaKind::Type(openapiv3::Type::Number(_)) => Ok(Scalar::Float),
            SchemaKind::Type(openapiv3::Type::Boolean(_)) => {
                Ok(Scalar::Bool { yes: "true".to_owned(), no: "false".to_owned() })
            }
            SchemaKind::Type(openapiv3::Type::String(string)) => {
                let values: Vec<&str> = string.enumeration.iter().flatten().map(String::as_str).collect();
                if !values.is_empty() {
                    return self.enumeration(&values, found, &value_usage(name, resource), true).map(Scalar::Enum);
                }
                if string.pattern.is_none()
                    && let Some(name) = self.named_text(extensions, pointer)?
                {
                    return Ok(Scalar::Enum(name));
                }
                match &string.format {
                    VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => return Ok(Scalar::LocalDateTime),
                    VariantOrUnknownOrEmpty::Item(StringFormat::Date) => return Ok(Scalar::Date),
                    VariantOrUnknownOrEmpty::Unknown(format) if format == "utc-date-time" => return Ok(Scalar::Utc),
                    // The name of the PHP class.
                    VariantOrUnknownOrEmpty::Unknown(format) if format == "DateTime" => {
                        return Ok(Scalar::LocalDateTime);
                    }
                    VariantOrUnknownOrEmpty::Unknown(format) if is_plain_text(format) => {}
                    VariantOrUnknownOrEmpty::Unknown(format) => {
                        self.note(&pointer.join("format"), format!("unknown format '{format}': treated as a string"));
                    }
                    _ => {}
                }
                match &string.pattern {
                    Some(pattern) => self.by_pattern(pattern, found, name, resource),
                    None => Ok(Scalar::String),
                }
            }
            SchemaKind::Any(any) if any.typ.is_none() && any.enumeration.is_empty() => Ok(Scalar::String),
            _ => Err(Error::Unsupported {
                pointer: pointer.clone(),
                what: "a parameter that is not a string, number, boolean or list of these".to_owned(),
                instead: "send such values in the body".to_owned(),
            }),
        }
    }

    fn by_pattern(&mut self, pattern: &str, found: &Found<'a>, name: &str, resource: &str) -> Result<Scalar, Error> {
        match pattern::parse(pattern) {
            Some(Pattern::Digits) => Ok(self.number(name, resource)),
            Some(Pattern::Words(words)) => {
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                match boolean(&words) {
                    Some((yes, no)) => Ok(Scalar::Bool { yes: yes.to_owned(), no: no.to_owned() }),
                    None => self.enumeration(&words, found, &value_usage(name, resource), false).map(Scalar::Enum),
                }
            }
            Some(Pattern::DigitsOr(_) | Pattern::DigitList) | None => {
                let text =
                    format!("the pattern {pattern} is not a plain choice of words and numbers: treated as a string");
                self.note(&found.pointer.join("pattern"), text);
                Ok(Scalar::String)
            }
        }
    }

    fn number(&mut self, name: &str, resource: &str) -> Scalar {
        self.number_or(name, resource, Scalar::Unsigned)
    }

    fn number_or(&mut self, name: &str, resource: &str, otherwise: Scalar) -> Scalar {
        self.ids.by_name(name, Some(resource)).map_or(otherwise, Scalar::Id)
    }
}

/// Whether a schema allows the number of an id, and whether it allows nothing else; none if it declares another type.
fn identifies(kind: &SchemaKind) -> Option<Declaration> {
    match kind {
        SchemaKind::Type(openapiv3::Type::Integer(integer)) => {
            let is_plain = integer.enumeration.is_empty() && !is_unknown(&integer.format);
            is_plain.then_some(Declaration::Number)
        }
        SchemaKind::Type(openapiv3::Type::String(string)) => {
            let has_format = !matches!(string.format, VariantOrUnknownOrEmpty::Empty);
            if has_format || !string.enumeration.is_empty() {
                return None;
            }
            match string.pattern.as_deref() {
                None => Some(Declaration::Text),
                Some(pattern) => (pattern::parse(pattern) == Some(Pattern::Digits)).then_some(Declaration::Number),
            }
        }
        SchemaKind::Any(any) => (any.typ.is_none() && any.enumeration.is_empty()).then_some(Declaration::Text),
        _ => None,
    }
}

fn is_unknown<T>(format: &VariantOrUnknownOrEmpty<T>) -> bool {
    matches!(format, VariantOrUnknownOrEmpty::Unknown(_))
}

/// The words for true and false, if the choice is between them.
fn boolean(words: &[&str]) -> Option<(&'static str, &'static str)> {
    let has = |word: &str| words.contains(&word);
    match words.len() {
        2 if has("0") && has("1") => Some(("1", "0")),
        2 | 4
            if has("true")
                && has("false")
                && words.iter().all(|word| matches!(*word, "0" | "1" | "true" | "false")) =>
        {
            Some(("true", "false"))
        }
        _ => None,
    }
}

/// Patterns that stand for more than one value of a type.
fn choice(found: &Found<'_>) -> Option<Choice> {
    let SchemaKind::Type(openapiv3::Type::String(string)) = &found.schema.schema_kind else { return None };
    match pattern::parse(string.pattern.as_deref()?)? {
        Pattern::DigitsOr(all) => Some(Choice::Or(all)),
        Pattern::DigitList => Some(Choice::Numbers),
        Pattern::Words(words) => match words.as_slice() {
            [only] => Some(Choice::Only(only.clone())),
            _ => None,
        },
        Pattern::Digits => None,
    }
}

enum Choice {
    Or(String),
    Numbers,
    Only(String),
}

fn value_usage(name: &str, resource: &str) -> Usage {
    let thing = names::pascal(&names::singular(resource));
    let usage = Usage::new(Direction::Request, format!("{thing}{}", names::pascal(name.trim_end_matches("[]"))));
    Usage { property: Some(name.to_owned()), ..usage }
}

/// Whether this parameter selects another type of response.
pub(super) fn selects_full(data: &ParameterData, operation: Extensions<'_>) -> bool {
    data.name == "full" && operation.raw(FULL).is_some()
}

/// `customer` and `customers[]` become one parameter for one or many values; flags get their names; no two
/// have the same name.
pub(super) fn combine(declared: Vec<Declared>, path: &[Segment]) -> Result<Vec<Parameter>, Error> {
    let mut parameters: Vec<Declared> = Vec::new();
    let mut lists = Vec::new();
    for parameter in declared {
        match &parameter.parameter.value {
            ParameterValue::List { .. } => lists.push(parameter),
            _ => parameters.push(parameter),
        }
    }
    for list in lists {
        let ParameterValue::List { wire, style, ty } = &list.parameter.value else { continue };
        let style = *style;
        let one = names::singular(wire.trim_end_matches("[]"));
        let partner =
            parameters.iter_mut().find(|other| other.wire == one && other.parameter.place == list.parameter.place);
        match partner.map(|partner| &mut partner.parameter.value) {
            Some(ParameterValue::Select { many, style: of_many, ty: same, .. }) if same == ty => {
                *many = Some(wire.clone());
                *of_many = style;
            }
            Some(value) if *value == (ParameterValue::One { wire: one.clone(), ty: ty.clone() }) => {
                *value = ParameterValue::Select { one, many: Some(wire.clone()), style, all: None, ty: ty.clone() };
            }
            _ => parameters.push(list),
        }
    }
    for declared in &mut parameters {
        if let ParameterValue::Flag { value, .. } = &declared.parameter.value
            && !matches!(value.as_str(), "1" | "true")
        {
            declared.parameter.name = names::method(&format!("{}_{value}", declared.parameter.name));
        }
    }
    for declared in &mut parameters {
        let in_path = |segment: &Segment| matches!(segment, Segment::Parameter(parameter) if parameter.name == declared.parameter.name);
        if path.iter().any(in_path) {
            declared.parameter.name = names::method(&format!("{}_filter", declared.parameter.name));
        }
    }
    parameters.sort_by(|a, b| a.parameter.name.cmp(&b.parameter.name));
    for pair in parameters.windows(2) {
        if let [a, b] = pair
            && a.parameter.name == b.parameter.name
        {
            return Err(Error::NameConflict {
                pointer: b.pointer.clone(),
                other: a.pointer.clone(),
                name: a.parameter.name.clone(),
                instead: "give one of them another name with x-rust-name in an overlay",
            });
        }
    }
    Ok(parameters.into_iter().map(|declared| declared.parameter).collect())
}
