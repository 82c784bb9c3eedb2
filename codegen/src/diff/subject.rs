//! What changes are about, and how that is written: `TimesheetEntity.tags[].name`.

use std::collections::BTreeSet;
use std::fmt;

/// The most names in a subject; more are counted.
const MOST: usize = 6;

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// The type of a property, or what else it is in; empty for all that is no property.
    pub(super) owner: String,
    /// The name of the property, or the subject as a whole.
    pub(super) name: String,
    pub(super) nature: Nature,
    /// The operation that it is, or belongs to, such as `GET /api/tags`; none for what several operations share.
    pub(super) operation: Option<String>,
}

/// What kind of thing a subject is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nature {
    /// An operation, its body or its response.
    Operation,
    /// A named property, or a value inside it.
    Property,
    /// Anything else, such as a parameter or a schema as a whole.
    Other,
}

/// A step from a schema to one inside of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// To the property of this name.
    Property(String),
    /// To the properties that the schema does not name.
    Others,
    /// To the elements of a list.
    Elements,
}

impl Subject {
    /// A property of a type.
    #[must_use]
    pub fn property(owner: &str, name: &str) -> Self {
        Self { owner: owner.to_owned(), name: name.to_owned(), nature: Nature::Property, operation: None }
    }

    /// An operation by its title, or a part of it, such as `200`.
    pub(super) fn operation(title: &str, part: &str) -> Self {
        let name = format!("{title} {part}").trim_end().to_owned();
        Self { owner: String::new(), name, nature: Nature::Operation, operation: Some(title.to_owned()) }
    }

    /// A parameter, a schema, a way to authenticate.
    pub(super) fn other(text: &str) -> Self {
        Self { owner: String::new(), name: text.to_owned(), nature: Nature::Other, operation: None }
    }

    /// The subject at a path inside the schema of this one.
    pub(super) fn inside(&self, path: &[Step]) -> Self {
        let text = |steps: &[Step]| steps.iter().map(Step::to_string).collect::<String>();
        let is_property = |step: &Step| matches!(step, Step::Property(_));
        let nature = if path.iter().any(is_property) { Nature::Property } else { self.nature };
        // Brackets of a list belong to the name.
        match path.iter().rposition(|step| *step != Step::Elements).and_then(|place| path.split_at_checked(place)) {
            Some((before, rest)) => {
                let name = text(rest).trim_start_matches('.').to_owned();
                Self { owner: format!("{self}{}", text(before)), name, nature, operation: self.operation.clone() }
            }
            None => Self { name: format!("{}{}", self.name, text(path)), nature, ..self.clone() },
        }
    }
}

impl fmt::Display for Step {
    /// As `.name`, `.*` or `[]`; names that could be mistaken for more than one stand in quotes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '@' | '$');
        match self {
            Self::Property(name) if !name.is_empty() && name.chars().all(is_plain) => write!(f, ".{name}"),
            Self::Property(name) => write!(f, ".'{}'", name.replace('\'', "’")),
            Self::Others => f.write_str(".*"),
            Self::Elements => f.write_str("[]"),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.owner.is_empty() { f.write_str(&self.name) } else { write!(f, "{}.{}", self.owner, self.name) }
    }
}

/// What one change is about.
pub(super) struct Subjects {
    all: Vec<String>,
    /// Their names, without repetition; none for operations.
    names: Vec<String>,
    /// What they are in, without repetition.
    owners: Vec<String>,
}

impl Subjects {
    pub(super) fn new(subjects: &[Subject]) -> Self {
        let is_operations = subjects.len() > 1 && subjects.iter().all(|subject| subject.nature == Nature::Operation);
        let texts = |texts: BTreeSet<&String>| texts.into_iter().cloned().collect();
        Self {
            all: subjects.iter().map(Subject::to_string).collect(),
            names: texts(subjects.iter().filter(|_| !is_operations).map(|subject| &subject.name).collect()),
            owners: texts(subjects.iter().map(|subject| &subject.owner).collect()),
        }
    }

    /// The short form in reports: `TagEntity.visible`, `*.tags`, `Version.{copyright,version}`, `3 operations`.
    pub(super) fn short(&self) -> String {
        match (self.all.as_slice(), self.owners.as_slice(), self.names.as_slice()) {
            ([only], ..) => only.clone(),
            (all, _, []) => format!("{} operations", all.len()),
            (_, [owner], [name]) if owner.is_empty() => name.clone(),
            (_, _, [name]) => format!("*.{name}"),
            (all, _, names) if names.len() > MOST => format!("{} properties", all.len()),
            (_, [owner], names) => format!("{owner}.{{{}}}", names.join(",")),
            (_, _, names) => format!("*.{{{}}}", names.join(",")),
        }
    }

    /// Whether they are several operations, which have no name in common.
    pub(super) fn are_operations(&self) -> bool {
        self.names.is_empty()
    }

    /// The form in sentences, and whether it is plural.
    pub(super) fn long(&self) -> (String, bool) {
        let of = |owners: &[String]| listed(owners).unwrap_or_else(|| format!("{} types", owners.len()));
        match (self.all.as_slice(), self.names.as_slice()) {
            ([only], _) => (only.clone(), false),
            (all, []) => (format!("{} operations", all.len()), true),
            (_, [name]) => (format!("{name} of {}", of(&self.owners)), false),
            (all, names) => match listed(names) {
                Some(names) => (format!("{names} of {}", of(&self.owners)), true),
                None => (format!("{} properties of {}", all.len(), of(&self.owners)), true),
            },
        }
    }
}

/// The texts as an enumeration; nothing if there are too many.
fn listed(texts: &[String]) -> Option<String> {
    match texts {
        [] => None,
        [only] => Some(only.clone()),
        [first @ .., last] if first.len() < 4 => Some(format!("{} and {last}", first.join(", "))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_whatever_is_in_it() {
        for (name, written) in [
            ("tags", "tags"),
            ("color-safe", "color-safe"),
            ("a.b", "'a.b'"),
            ("", "''"),
            ("x[]", "'x[]'"),
            (".'", "'.’'"),
        ] {
            let subject = Subject::other("A").inside(&[Step::Property(name.to_owned())]);
            assert_eq!((subject.owner.as_str(), subject.name.as_str()), ("A", written));
            assert_eq!(subject.nature, Nature::Property);
        }
    }

    #[test]
    fn brackets_belong_to_the_name_before_them() {
        let property = |name: &str| Step::Property(name.to_owned());
        let answer = Subject::operation("GET /api/a.json", "200");
        let inside = answer.inside(&[property("b"), Step::Elements, property("c"), Step::Elements]);
        assert_eq!((inside.owner.as_str(), inside.name.as_str()), ("GET /api/a.json 200.b[]", "c[]"));
        assert_eq!(inside.to_string(), "GET /api/a.json 200.b[].c[]");
        assert_eq!(answer.inside(&[Step::Elements]), Subject::operation("GET /api/a.json", "200[]"));
        assert_eq!(Subject::other("App.Team").inside(&[Step::Elements]), Subject::other("App.Team[]"));
        let others = Subject::other("Team").inside(&[property("meta"), Step::Others]);
        assert_eq!((others.owner.as_str(), others.name.as_str()), ("Team.meta", "*"));
        assert_eq!(Subject::other("Team").inside(&[Step::Others]).nature, Nature::Other);
    }
}
