//! How places are written.

/// A property at the end of a path; names that could be mistaken for more than one stand in quotes.
pub(super) fn member(path: &str, name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '@' | '$');
    if !name.is_empty() && name.chars().all(is_plain) {
        format!("{path}.{name}")
    } else {
        format!("{path}.'{}'", name.replace('\'', "’"))
    }
}

/// What a property is in, and its name; brackets of a list belong to the name.
pub(super) fn split(place: &str) -> Option<(&str, &str)> {
    let plain = place.trim_end_matches("[]");
    let start = if plain.ends_with('\'') { plain.get(..plain.len() - 1)?.rfind(".'")? } else { plain.rfind('.')? };
    Some((place.get(..start)?, place.get(start + 1..)?))
}

/// The name of the property at the end of a place, without brackets: `tags` of `TimesheetEntity.tags[]`; `*` if there
/// is
/// none, or if the document does not name it.
pub(super) fn property(place: &str) -> &str {
    let place = place.trim_end_matches("[]").trim_end_matches(".*");
    let name = split(place).map_or("*", |(_, name)| name.trim_end_matches("[]"));
    name.strip_prefix('\'').and_then(|name| name.strip_suffix('\'')).unwrap_or(name)
}
