//! The parameters of an operation.

use super::super::observe::names;
use super::types::Types;
use crate::Difference;
use crate::api::{Parameter, ParameterPlace, ParameterValue};

/// Adds the parameters of an older release.
pub(super) fn merge(parameters: &mut Vec<Parameter>, older: &[Parameter], types: &Types<'_>) -> Result<(), Difference> {
    for old in older {
        let is_written = |known: &Parameter| wires(known).any(|wire| wires(old).any(|other| other == wire));
        let place = parameters.iter().position(|known| known.name == old.name);
        let Some(place) = place.or_else(|| parameters.iter().position(is_written)) else {
            // What is required by an old release only cannot be asked of everybody.
            parameters.push(Parameter { required: false, ..old.clone() });
            parameters.sort_by(|a, b| a.name.cmp(&b.name));
            continue;
        };
        let is_free = |wire: &str| {
            let mut others = parameters.iter().enumerate().filter(|(index, _)| *index != place);
            others.all(|(_, other)| wires(other).all(|known| known != wire))
        };
        let both = parameters.get(place).and_then(|known| both(known, old, is_free, types));
        let both = both.ok_or_else(|| Difference::Parameter(old.name.clone()))?;
        if let Some(known) = parameters.get_mut(place) {
            known.value = both;
        }
    }
    Ok(())
}

/// The names on the wire.
fn wires(parameter: &Parameter) -> impl Iterator<Item = &str> {
    names(&parameter.value).into_iter().map(|(wire, _)| wire)
}

/// What a parameter accepts, so that each release can be sent what it accepts; nothing if that cannot be expressed.
///
/// The newer type is used if one of the two includes the other.
fn both(
    newer: &Parameter,
    older: &Parameter,
    is_free: impl Fn(&str) -> bool,
    types: &Types<'_>,
) -> Option<ParameterValue> {
    use ParameterValue::{Flag, List, Object, One, Select};
    // Where each release writes a parameter of the query is known from its spellings.
    let is_same = |wire: &str, other: &str| newer.place == ParameterPlace::Query || wire == other;
    let is_one_type = |ty, other| types.comparable(ty, other);
    let fits = match (&newer.value, &older.value) {
        _ if newer.place != older.place => false,
        (newer, older) if newer == older => true,
        (One { wire, ty }, One { wire: other, ty: older }) => is_same(wire, other) && is_one_type(ty, older),
        (One { wire, ty }, Flag { wire: other, value }) | (Flag { wire, value }, One { wire: other, ty }) => {
            is_same(wire, other) && types.takes_word(ty, value)
        }
        (Flag { wire, value }, Flag { wire: other, value: older }) => is_same(wire, other) && value == older,
        (List { wire, ty, .. }, List { wire: other, ty: older, .. }) => {
            // Lists are in the query only.
            is_same(wire, other) && is_one_type(ty, older)
        }
        (Object { wire, style, ty }, Object { wire: other, style: older_style, ty: older }) => {
            let both = types.both(ty, older).filter(|_| is_same(wire, other) && style == older_style)?;
            return Some(Object { wire: wire.clone(), style: *style, ty: both });
        }
        (
            Select { one, many, style, all, ty },
            Select { one: other, many: older_many, style: older_style, all: older_all, ty: older },
        ) => {
            if all != older_all || !is_same(one, other) || !is_one_type(ty, older) {
                return None;
            }
            let (many, style) = match many {
                Some(many) => (Some(many.clone()), *style),
                None => (older_many.clone().filter(|many| is_free(many)), *older_style),
            };
            return Some(Select { one: one.clone(), many, style, all: all.clone(), ty: ty.clone() });
        }
        (Select { one, all: None, ty, .. }, One { wire, ty: older }) => is_same(one, wire) && is_one_type(ty, older),
        (One { wire, ty }, Select { one, many, style, all: None, ty: older }) => {
            if !is_same(wire, one) || !is_one_type(ty, older) {
                return None;
            }
            let Some(many) = many.clone().filter(|many| is_free(many)) else { return Some(newer.value.clone()) };
            return Some(Select { one: wire.clone(), many: Some(many), style: *style, all: None, ty: ty.clone() });
        }
        (Select { many: Some(many), ty, .. }, List { wire, ty: older, .. })
        | (List { wire: many, ty, .. }, Select { many: Some(wire), all: None, ty: older, .. }) => {
            is_same(many, wire) && is_one_type(ty, older)
        }
        _ => false,
    };
    fits.then(|| newer.value.clone())
}
