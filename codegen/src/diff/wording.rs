//! The words in reports for what changed and how.

use super::catalogue::{Kind, Part};
use super::subject::{Subject, Subjects};

/// The change as a sentence.
pub(super) fn message(subjects: &Subjects, part: Part, kind: Kind, old: Option<&str>, new: Option<&str>) -> String {
    let singular = what(part, kind);
    let (called, is_plural) = subjects.long();
    let (verb, rest) = singular.split_once(' ').unwrap_or((singular, ""));
    let verb = match verb {
        "is" if is_plural => "are",
        "was" if is_plural => "were",
        "has" if is_plural => "have",
        verb if is_plural => verb.strip_suffix('s').unwrap_or(verb),
        verb => verb,
    };
    let what = format!("{verb} {rest}");
    let what = what.trim_end();
    let text = match (kind, part) {
        (Kind::ValueAdded | Kind::ValueRemoved, _) => format!("a value of {called} {singular}"),
        (Kind::AlternativeAdded | Kind::AlternativeRemoved, _) => {
            format!("an alternative of {called} {singular}")
        }
        (Kind::EncodingChanged, _) => format!("{called} {what}"),
        (_, Part::ResponseMediaType | Part::RequestMediaType) => {
            format!("a media type of {called} {singular}")
        }
        (_, Part::RequestProperty) if subjects.are_operations() => format!("bodies of {called} {what}"),
        (_, Part::ResponseProperty) if subjects.are_operations() => format!("responses of {called} {what}"),
        (_, Part::ErrorResponse) => format!("an error response of {called} {singular}"),
        (_, Part::Schema) => format!("the schema {called} {what}"),
        _ => format!("{called} {what}"),
    };
    // The message already says that it is required.
    let new = new.map(|new| if kind == Kind::AddedRequired { new.trim_end_matches(", required") } else { new });
    match (old, new) {
        // What both documents have: the keyword, or the status.
        (Some(old), Some(new)) if old == new => format!("{text}: {old}"),
        (Some(old), Some(new)) => format!("{text}: {old} → {new}"),
        (Some(one), None) | (None, Some(one)) if one != subjects.short() => format!("{text}: {one}"),
        _ => text,
    }
}

/// What a rule says of a change.
pub(super) fn meaning(part: Part, kind: Kind) -> String {
    let subject = Subject::other(example(part));
    match part {
        Part::Schema => "a schema was renamed, and nothing else".to_owned(),
        _ => message(&Subjects::new(&[subject]), part, kind, None, None),
    }
}

/// What a change of a part is about; the message adds the rest, such as 'a media type of'.
fn example(part: Part) -> &'static str {
    match part {
        Part::Document => "the document",
        Part::Authentication => "an authentication method",
        Part::Schema => "a schema",
        Part::Client => "an item of the client",
        Part::Operation | Part::ErrorResponse => "an operation",
        Part::PathParameter => "a parameter in the path",
        Part::RequestParameter => "a parameter in the query, a header or a cookie",
        Part::RequestBody | Part::RequestMediaType => "a request body",
        Part::RequestProperty => "a property of a request body",
        Part::ResponseStatus => "a successful response",
        Part::ResponseMediaType => "a response",
        Part::ResponseHeader => "a response header",
        Part::ResponseProperty => "a property of a response",
    }
}

/// What happened, in the singular.
fn what(part: Part, kind: Kind) -> &'static str {
    match kind {
        Kind::Added | Kind::AlternativeAdded | Kind::ValueAdded => "was added",
        Kind::AddedRequired => "was added and is required",
        Kind::Removed | Kind::AlternativeRemoved | Kind::ValueRemoved => "was removed",
        Kind::RemovedAfterDeprecation => "was removed after its deprecation",
        Kind::Moved => "was moved",
        Kind::Renamed => "was renamed",
        Kind::Changed if part == Part::Client => "changes in the client only",
        Kind::Changed => "was replaced",
        Kind::Deprecated => "is deprecated",
        Kind::Reactivated => "is no longer deprecated",
        Kind::BecameRequired if part == Part::ResponseProperty => "is now always present",
        Kind::BecameOptional if part == Part::ResponseProperty => "is no longer always present",
        Kind::BecameRequired => "is now required",
        Kind::BecameOptional => "is no longer required",
        Kind::TypeChanged => "has a different type",
        Kind::TypeWidened => "has a wider type",
        Kind::TypeNarrowed => "has a narrower type",
        Kind::FormatChanged => "has a different format",
        Kind::PatternChanged => "has a different pattern",
        Kind::StyleChanged => "is written differently",
        Kind::AllowReservedChanged => "writes reserved characters differently",
        Kind::DefaultChanged => "has a different default",
        Kind::BecameNullable => "can now be null",
        Kind::BecameNotNullable => "can no longer be null",
        Kind::ConstraintTightened => "has a tighter limit",
        Kind::ConstraintLoosened => "has a looser limit",
        Kind::PermissionsChanged => "requires different permissions",
        Kind::AuthenticationChanged => "accepts different credentials",
        Kind::AuthenticationWidened => "accepts additional credentials",
        Kind::ServersChanged => "uses different servers",
        Kind::EncodingChanged => "is encoded differently",
        Kind::DiscriminatorChanged => "has a different discriminator",
        Kind::ContentChanged => "has different content",
        Kind::IdChanged => "has a different operation id",
        Kind::TagsChanged => "has different tags",
        Kind::NotCompared => "differs in a keyword that is not compared",
    }
}
