//! Why a server may not accept a field.

/// The causes known for single fields.
const FIELDS: [(&str, &str); 4] = [
    ("begin", "the tracking modes punch and duration_fixed_begin do not accept it"),
    ("end", "the tracking modes punch and duration_fixed_begin do not accept it"),
    ("break", "it is accepted since Kimai 2.30, if breaks are enabled"),
    ("teams", "it is accepted when an object is created, not when it is changed"),
];

/// Why the server may not accept this field.
pub(super) fn of(field: &str) -> String {
    let known = FIELDS.iter().find(|(name, _)| *name == field);
    let cause =
        known.map_or("it is newer than the server, or requires a permission that you do not have", |(_, cause)| cause);
    format!("`{field}`: {cause}")
}
