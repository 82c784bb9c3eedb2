//! The changes of a release as lines.

use codegen::history::{Change, Event, Kind, Subject};

/// How many names a line gives: enums come and go with hundreds of values, which `--fields` and JSON show.
const MOST: usize = 12;

/// Changes which happened to parts of the same thing, on one line.
pub(crate) struct Line {
    pub(crate) kind: Kind,
    pub(crate) event: Event,
    /// The subject of the first change, then only the names in those of the others: `Team.color, .name`.
    pub(crate) text: String,
    /// How many others there are that the text does not name.
    pub(crate) more: usize,
    /// The names of those others.
    pub(crate) rest: Vec<String>,
}

/// The changes, which stand in the order of a changelog, a line for what has the same kind, event and owner.
pub(crate) fn lines(changes: &[Change]) -> Vec<Line> {
    let belongs = |a: &Change, b: &Change| {
        let owner = a.subject.owner();
        owner.is_some() && owner == b.subject.owner() && (a.kind, a.event) == (b.kind, b.event)
    };
    changes.chunk_by(belongs).filter_map(line).collect()
}

fn line(changes: &[Change]) -> Option<Line> {
    let (first, others) = changes.split_first()?;
    let mut text = first.subject.to_string();
    let mut rest: Vec<String> = others.iter().filter_map(|change| name(&change.subject)).collect();
    for name in rest.drain(..rest.len().min(MOST - 1)) {
        text.push_str(", ");
        text.push_str(&name);
    }
    Some(Line { kind: first.kind, event: first.event, text, more: rest.len(), rest })
}

/// The name of a part within its owner, with the sign that tells what it is.
fn name(subject: &Subject) -> Option<String> {
    match subject {
        Subject::Operation(..) | Subject::Type(_) => None,
        Subject::Parameter(.., name) => Some(format!("?{name}")),
        Subject::Sent(.., name) | Subject::Field(_, name) => Some(format!(".{name}")),
        Subject::Value(_, name) => Some(format!("={name}")),
    }
}

/// The number of changes of each kind, such as `3 operations added, 1 removed`, without kinds that have none.
pub(crate) fn counts(changes: &[Change]) -> String {
    let mut kinds = Vec::new();
    for kind in Kind::ALL {
        let mut events: Vec<String> = Vec::new();
        for event in Event::ALL {
            let count = changes.iter().filter(|change| (change.kind, change.event) == (kind, event)).count();
            let what = match (events.is_empty(), count) {
                (_, 0) => continue,
                (true, 1) => format!("1 {} {}", kind.as_str(), happened(event)),
                (true, _) => format!("{count} {} {}", plural(kind), happened(event)),
                (false, _) => format!("{count} {}", happened(event)),
            };
            events.push(what);
        }
        if !events.is_empty() {
            kinds.push(events.join(", "));
        }
    }
    kinds.join("; ")
}

/// What happened, in words.
pub(crate) fn happened(event: Event) -> &'static str {
    match event {
        Event::Came => "added",
        Event::Went => "removed",
        Event::Required => "became required",
        Event::Optional => "became optional",
        Event::Changed => "changed",
    }
}

fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Operation => "operations",
        Kind::Parameter => "parameters",
        Kind::Type => "types",
        Kind::Property => "properties",
        Kind::Value => "values",
    }
}
