//! How places inside of schemas are written: `.tags[].name`.

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Subject {
    /// The type of a property, or what else it is in; empty for all that is no property.
    pub(super) owner: String,
    /// The name of the property, or the subject as a whole.
    pub(super) name: String,
}

impl Subject {
    /// An operation, a parameter, a way to authenticate.
    pub(super) fn new(text: &str) -> Self {
        Self { owner: String::new(), name: text.to_owned() }
    }

    /// What is at a path inside a schema.
    pub(super) fn inside(base: &str, path: &str) -> Self {
        match split(path) {
            Some((owner, name)) => Self { owner: format!("{base}{owner}"), name: name.to_owned() },
            None => Self::new(&format!("{base}{path}")),
        }
    }

    /// Whether it is an operation, its body or its response: `GET /api/tags 200`.
    pub(super) fn is_of_operation(&self) -> bool {
        self.owner.is_empty() && self.name.contains(" /")
    }

    pub(super) fn text(&self) -> String {
        if self.owner.is_empty() { self.name.clone() } else { format!("{}.{}", self.owner, self.name) }
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_whatever_is_in_it() {
        for (name, written) in [
            ("tags", "A.tags"),
            ("color-safe", "A.color-safe"),
            ("a.b", "A.'a.b'"),
            ("", "A.''"),
            ("x[]", "A.'x[]'"),
            (".'", "A.'.’'"),
        ] {
            let place = member("A", name);
            assert_eq!(place, written);
            assert_eq!(split(&place), Some(("A", written.strip_prefix("A.").unwrap())), "{name}");
            assert_eq!(property(&format!("{place}[]")), name.replace('\'', "’"));
        }
        let subject = Subject::inside("GET /api/a.json 200", ".b[].c[]");
        assert_eq!((subject.owner.as_str(), subject.name.as_str()), ("GET /api/a.json 200.b[]", "c[]"));
        assert_eq!(Subject::inside("App.Team", "[]"), Subject::new("App.Team[]"));
        assert_eq!(split("A.b.c[]"), Some(("A.b", "c[]")));
        assert_eq!((split("Team"), property("Team"), property("A.meta.*")), (None, "*", "meta"));
    }
}
