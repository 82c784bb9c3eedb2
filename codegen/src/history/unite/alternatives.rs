//! The alternatives of a `oneOf`.

use super::types::Types;
use crate::api::{Alternative, Shape};

/// Adds the alternatives of an older release; nothing if their discriminators contradict each other.
pub(super) fn merge(alternatives: &mut Vec<Alternative>, older: &[Alternative], types: &Types<'_>) -> Option<()> {
    for old in older {
        let place = alternatives.iter().position(|known| types.is_same(&known.ty, &old.ty));
        let tag = tag(&old.shape);
        let others = alternatives.iter().enumerate().filter(|(index, _)| Some(*index) != place);
        if others.filter_map(|(_, other)| self::tag(&other.shape)).any(|other| contradict(other, tag)) {
            return None;
        }
        if let Some(known) = place.and_then(|place| alternatives.get_mut(place)) {
            add_tag(&mut known.shape, tag)?;
            continue;
        }
        let mut new = old.clone();
        while alternatives.iter().any(|known| known.name == new.name) {
            new.name.push_str("Former");
        }
        alternatives.push(new);
    }
    Some(())
}

/// A discriminator, and its values for an alternative.
type Tag = (String, Vec<String>);

fn tag(shape: &Shape) -> Option<&Tag> {
    match shape {
        Shape::Object { tag, .. } => tag.as_ref(),
        _ => None,
    }
}

/// Whether a value means two alternatives, or they have different discriminators.
fn contradict((property, values): &Tag, older: Option<&Tag>) -> bool {
    older.is_some_and(|(other, older)| property != other || values.iter().any(|value| older.contains(value)))
}

/// Adds the values of an older release for the same alternative; nothing if they are of another discriminator.
fn add_tag(shape: &mut Shape, older: Option<&Tag>) -> Option<()> {
    let tag = if let Shape::Object { tag, .. } = shape { tag.as_mut() } else { None };
    match (tag, older) {
        (None, None) => Some(()),
        (Some((property, values)), Some((other, older))) if property == other => {
            let new: Vec<_> = older.iter().filter(|value| !values.contains(value)).cloned().collect();
            values.extend(new);
            Some(())
        }
        _ => None,
    }
}
