//! What cannot be generated, but need not be, because the client has it.

use super::notes::{call, note};
use crate::Pointer;
use crate::api::{Api, LeftOut, Operation};
use crate::document::Note;

/// Keeps what the client lacks. What a document declares for an operation of the client becomes a note: the client's
/// operation is used whatever the document says.
#[must_use]
pub fn without_known(left_out: Vec<LeftOut>, client: &Api) -> (Vec<LeftOut>, Vec<Note>) {
    let mut notes = Vec::new();
    let mut kept = Vec::new();
    for part in left_out {
        let Some(known) = operation(&part.pointer, client) else {
            kept.push(part);
            continue;
        };
        let what = if part.is_operation { "operation" } else { "parameter" };
        let text = format!(
            "the client has {}; what the document declares for the {what} is not compared with it: {}",
            call(known),
            part.reason
        );
        notes.push(note(&part.pointer, text));
    }
    (kept, notes)
}

/// The operation of the client at a place such as `/paths/~1api~1tags/get` or in it, by method and path.
fn operation<'a>(place: &Pointer, client: &'a Api) -> Option<&'a Operation> {
    let mut tokens = place.as_str().split('/').skip(1);
    let (Some("paths"), Some(path), Some(method)) = (tokens.next(), tokens.next(), tokens.next()) else { return None };
    let path = path.replace("~1", "/").replace("~0", "~");
    client.operations.iter().find(|known| {
        known.method.as_str().eq_ignore_ascii_case(method) && anonymous(&known.template) == anonymous(&path)
    })
}

/// The segments of a path, without the names of its parameters.
fn anonymous(path: &str) -> Vec<&str> {
    let segments = path.trim_end_matches('/').split('/');
    segments.map(|segment| if segment.starts_with('{') { "{}" } else { segment }).collect()
}
