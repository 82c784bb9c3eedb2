//! What is refused before the parser reads a text.
//!
//! The parser has no limits of its own for these, and reads some of them wrongly.

use std::collections::BTreeSet;

use super::{MAX_BYTES, Position};
use crate::tree::too_deep;

/// The most steps for brackets. In flow style, the parser looks at all open brackets for each bracket, comma and colon:
/// this takes about a second. A real document needs less than a hundredth of it.
const MAX_STEPS: usize = 100_000_000;

type Refusal = (Option<Position>, String);

pub(super) fn check(text: &str) -> Result<(), Refusal> {
    if text.len() > MAX_BYTES {
        return Err((None, format!("the text is larger than the limit of {MAX_BYTES} bytes")));
    }
    characters(text)?;
    brackets(text)?;
    anchors(text)
}

/// The parser names only the byte.
fn characters(text: &str) -> Result<(), Refusal> {
    let is_allowed = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{85}');
    match text.char_indices().find(|(_, c)| !is_allowed(*c)) {
        None => Ok(()),
        Some((at, c)) => Err((position(text, at), format!("control characters are not allowed, such as {c:?}"))),
    }
}

/// Brackets in text count too: they are not closed wrongly so often that it matters.
fn brackets(text: &str) -> Result<(), Refusal> {
    let (mut open, mut steps) = (0_usize, 0_usize);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            b',' | b':' => {}
            _ => continue,
        }
        steps += open;
        if steps > MAX_STEPS {
            return Err((position(text, at), too_deep()));
        }
    }
    Ok(())
}

/// After two anchors with the same name, the parser may follow an alias to a third one.
fn anchors(text: &str) -> Result<(), Refusal> {
    let mut names = BTreeSet::new();
    let twice = marked(text, b'&').find(|(_, name)| !names.insert(*name));
    let Some((at, name)) = twice else { return Ok(()) };
    // Text may look like an anchor. It is no harm without an alias.
    if marked(text, b'*').any(|(_, alias)| names.contains(alias)) {
        return Err((
            position(text, at),
            format!("the anchor &{name} exists twice; give each anchor a name of its own"),
        ));
    }
    Ok(())
}

/// The names behind a mark, where a value may begin.
fn marked(text: &str, mark: u8) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let begins = move |at: usize| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        before.is_none_or(|before| before.is_ascii_whitespace() || b"[{,:".contains(before))
    };
    bytes.iter().enumerate().filter(move |(at, byte)| **byte == mark && begins(*at)).filter_map(move |(at, _)| {
        let rest = text.get(at + 1..)?;
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(rest.len());
        rest.get(..end).filter(|name| !name.is_empty()).map(|name| (at, name))
    })
}

fn position(text: &str, at: usize) -> Option<Position> {
    let before = text.get(..at)?;
    let line = before.rsplit('\n').next()?;
    Some(Position { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 })
}
