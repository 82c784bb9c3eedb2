//! Parameters as pairs of name and value.

use super::describe::plain;
use super::sample::Samples;
use crate::api::{Full, ListStyle, ObjectStyle, Parameter, ParameterPlace, ParameterValue};

/// A name and an example value, as they are sent.
pub(super) struct Row {
    pub(super) key: String,
    pub(super) value: String,
    pub(super) doc: String,
    /// Whether the request sends it by default; optional ones are off.
    pub(super) enabled: bool,
    /// Whether the value is a file of the user.
    pub(super) is_file: bool,
}

/// The parameters at a place.
pub(super) fn at(place: ParameterPlace, parameters: &[Parameter], samples: &Samples<'_>) -> Vec<Row> {
    parameters.iter().filter(|parameter| parameter.place == place).flat_map(|one| of(one, samples)).collect()
}

/// The parameter that asks for objects in place of ids.
pub(super) fn full(full: &Full) -> Row {
    Row {
        key: full.wire.clone(),
        value: full.value.clone(),
        doc: "Returns related objects in place of their ids.".to_owned(),
        enabled: false,
        is_file: false,
    }
}

fn of(parameter: &Parameter, samples: &Samples<'_>) -> Vec<Row> {
    let row = |key: &str, value: String| Row {
        key: key.to_owned(),
        value,
        doc: doc(parameter, samples),
        enabled: parameter.required,
        is_file: false,
    };
    match &parameter.value {
        ParameterValue::One { wire, ty } => vec![row(wire, samples.text(wire, ty))],
        ParameterValue::Flag { wire, value } => vec![row(wire, value.clone())],
        ParameterValue::List { wire, ty, style } => vec![row(wire, list(samples.text(wire, ty), *style))],
        ParameterValue::Select { one, many, ty, .. } => {
            let mut rows = vec![row(one, samples.text(one, ty))];
            // Both are the same parameter: a request needs one of them.
            rows.extend(
                many.iter()
                    .filter(|many| *many != one)
                    .map(|many| Row { enabled: false, ..row(many, samples.text(one, ty)) }),
            );
            rows
        }
        ParameterValue::Object { wire, style, ty } => {
            let members = samples.members(ty);
            match style {
                ObjectStyle::Deep => {
                    members.into_iter().map(|(key, value)| row(&format!("{wire}[{key}]"), value)).collect()
                }
                ObjectStyle::Exploded => members.into_iter().map(|(key, value)| row(&key, value)).collect(),
                ObjectStyle::Joined => {
                    let parts: Vec<String> = members.into_iter().flat_map(|(key, value)| [key, value]).collect();
                    vec![row(wire, parts.join(","))]
                }
            }
        }
    }
}

/// What a parameter means, and which values it accepts.
fn doc(parameter: &Parameter, samples: &Samples<'_>) -> String {
    let choice = parameter.value.scalar().map_or_else(String::new, |ty| samples.choice(ty));
    let all = match &parameter.value {
        ParameterValue::Select { all: Some(all), .. } => format!("`{all}` selects all."),
        _ => String::new(),
    };
    let parts = [plain(&parameter.doc), choice, all];
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

/// An example list. One value shows a style with a parameter for each value; the others need two.
fn list(value: String, style: ListStyle) -> String {
    let separator = match style {
        ListStyle::Repeated => return value,
        ListStyle::Commas => ',',
        ListStyle::Spaces => ' ',
        ListStyle::Bars => '|',
    };
    // Two ids are two different ones.
    if value == "1" { format!("1{separator}2") } else { value }
}
