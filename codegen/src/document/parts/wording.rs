//! Releases and differences in words.

use super::What;
use super::candidates::Candidate;
use crate::Release;

/// Releases that are alike, from the first to the last and before the next known one, in words; and the newest that is
/// known to be one of them.
pub(super) fn range(first: &Candidate, last: &Candidate, next: Option<&Candidate>) -> (String, Release) {
    let (first, last) = (&first.release, &last.release);
    let Some(next) = next else { return (format!("{first} or later"), last.clone()) };
    // Where the history file says the release that changed something, the one before is like the others.
    let before = next.is_between().then(|| before(&next.release)).flatten().filter(|before| before >= last);
    match before {
        Some(only) if only == *first => (first.to_string(), only),
        Some(before) => (format!("{first} to {before}"), before),
        None => (format!("{first} to before {}", next.release), last.clone()),
    }
}

/// The release with the number before; nothing for the first of a series.
fn before(release: &Release) -> Option<Release> {
    let [major, minor, patch] = release.numbers();
    format!("{major}.{minor}.{}", patch.checked_sub(1)?).parse().ok()
}

/// What a document and a release do not have in common.
pub(super) fn difference(release: &Release, what: What, way: &[&str], is_own: bool) -> String {
    let part = part(what, way);
    if is_own {
        format!("Kimai {release} does not have {part}: this document does")
    } else {
        format!("Kimai {release} has {part}: this document does not")
    }
}

/// What a release declares of a part that the document declares otherwise; only what decides its type.
pub(super) fn declaration(release: &Release, way: &[&str]) -> Option<String> {
    let [rest @ .., value] = way else { return None };
    let [.., key @ ("type" | "format" | "$ref")] = rest else { return None };
    Some(format!("Kimai {release} declares the {key} {value} for {}: this document does not", owner(rest)))
}

fn part(what: What, way: &[&str]) -> String {
    let operation = || match way {
        ["paths", path, method, ..] => format!("{} {path}", method.to_uppercase()),
        _ => way.join("/"),
    };
    match (what, way) {
        (What::Operation, _) => format!("the operation {}", operation()),
        (What::Parameter, [.., parameter]) => {
            let (place, name) = parameter.split_once(' ').unwrap_or(("", parameter));
            format!("the {place} parameter {name} of {}", operation())
        }
        (What::Schema, ["components", "schemas", name]) => format!("the schema {name}"),
        (What::Schema, [.., name]) => format!("the property {name} of {}", owner(way)),
        (What::Value, [.., value]) => format!("the value {value} of {}", owner(way)),
        (What::MediaType, [.., name]) => format!("the media type {name} of {}", operation()),
        _ => way.join("/"),
    }
}

/// What a property or a value belongs to: a property by its way from the schema, a parameter, or a body.
fn owner(way: &[&str]) -> String {
    match way {
        ["components", "schemas", schema, rest @ ..] => {
            let inner: Vec<&str> = properties(rest).collect();
            [&[*schema], inner.as_slice()].concat().join(".")
        }
        ["paths", path, method, "parameters", parameter, ..] => {
            let name = parameter.split_once(' ').map_or(*parameter, |(_, name)| name);
            format!("the parameter {name} of {} {path}", method.to_uppercase())
        }
        ["paths", path, method, "requestBody", ..] => format!("the body of {} {path}", method.to_uppercase()),
        ["paths", path, method, "responses", status, ..] => {
            format!("the response {status} of {} {path}", method.to_uppercase())
        }
        _ => way.join("/"),
    }
}

/// The names of the properties on the way, without the last token.
fn properties<'a>(way: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    let inner = way.split_last().map_or(way, |(_, inner)| inner);
    inner.windows(2).filter_map(|pair| match pair {
        ["properties", name] => Some(*name),
        _ => None,
    })
}
