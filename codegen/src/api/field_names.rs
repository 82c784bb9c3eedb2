//! Names of fields that differ from each other, and from the methods of their type.

use super::{Direction, Field};
use crate::names::Taken;

/// Gives each field a name of its own.
pub(super) fn make_unique(fields: &mut [Field], has_extra: bool, direction: Direction) {
    for field in &mut *fields {
        // Names that every type of this kind already has.
        let in_use = match field.name.as_str() {
            "extra" => has_extra,
            "new" => direction != Direction::Answer,
            "default" => direction == Direction::Patch,
            _ => false,
        };
        if in_use {
            field.name.push('_');
        }
    }
    let clears = |field: &Field| match direction {
        Direction::Answer => false,
        Direction::Request => field.required && field.nullable,
        Direction::Patch => field.clearable,
    };
    let mut taken = Taken::default();
    for field in fields.iter().filter(|field| clears(field)) {
        taken.take(format!("clear_{}", field.name));
    }
    for field in fields {
        let mut name = taken.unique(&field.name, "_");
        // The method that clears a renamed field also needs a name.
        let clears = clears(field);
        while clears && name != field.name && !taken.take(format!("clear_{name}")) {
            name = taken.unique(&field.name, "_");
        }
        field.name = name;
    }
}
