//! JSON in lines and colours, with its numbers and the order of its fields as the server wrote them.

use serde::Serialize;
use serde_json::de::from_str;

/// More lines than these are not coloured, so that the browser stays quick.
const COLOURED: usize = 20_000;

/// A line, and how deep it is.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Line {
    depth: usize,
    pieces: Vec<Piece>,
}

/// A part of a line.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Piece(Kind, String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Key,
    Text,
    Number,
    Word,
    Mark,
}

/// Lays out JSON, which must be valid. Each text goes through `change`.
pub(crate) fn lines(json: &str, change: impl Fn(&str) -> String) -> Vec<Line> {
    let mut layout = Layout::default();
    let mut rest = json.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => text_length(rest),
            '{' | '[' | '}' | ']' | ',' | ':' => 1,
            _ => rest.find(|c: char| c.is_whitespace() || "{}[],:\"".contains(c)).unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at(length);
        rest = after.trim_start();
        match first {
            '{' | '[' => {
                layout.piece(Kind::Mark, token);
                if let Some(empty) = rest.strip_prefix(['}', ']']) {
                    layout.piece(Kind::Mark, if first == '{' { "}" } else { "]" });
                    rest = empty.trim_start();
                } else {
                    layout.line(1);
                }
            }
            '}' | ']' => {
                layout.line(-1);
                layout.piece(Kind::Mark, token);
            }
            ',' => {
                layout.piece(Kind::Mark, token);
                layout.line(0);
            }
            ':' => layout.piece(Kind::Mark, ": "),
            '"' => {
                let kind = if rest.starts_with(':') { Kind::Key } else { Kind::Text };
                layout.piece(kind, &rewritten(token, &change));
            }
            't' | 'f' | 'n' => layout.piece(Kind::Word, token),
            _ => layout.piece(Kind::Number, token),
        }
    }
    layout.finish()
}

/// Text that is not JSON.
pub(crate) fn plain(text: &str) -> Vec<Line> {
    text.lines().map(|line| Line { depth: 0, pieces: vec![Piece(Kind::Mark, line.to_owned())] }).collect()
}

/// The length of the text that the JSON begins with, with its quotes.
fn text_length(json: &str) -> usize {
    let mut is_escaped = false;
    for (at, byte) in json.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    json.len()
}

/// The text without escapes that need not be, such as those of PHP for umlauts and slashes.
fn rewritten(token: &str, change: impl Fn(&str) -> String) -> String {
    let text = from_str::<String>(token).ok();
    text.and_then(|text| serde_json::to_string(&change(&text)).ok()).unwrap_or_else(|| change(token))
}

#[derive(Default)]
struct Layout {
    lines: Vec<Line>,
    current: Line,
}

impl Layout {
    fn piece(&mut self, kind: Kind, text: &str) {
        self.current.pieces.push(Piece(kind, text.to_owned()));
    }

    fn line(&mut self, deeper: isize) {
        let depth = self.current.depth.saturating_add_signed(deeper);
        self.lines.push(std::mem::replace(&mut self.current, Line { depth, pieces: Vec::new() }));
    }

    fn finish(mut self) -> Vec<Line> {
        if !self.current.pieces.is_empty() {
            self.lines.push(self.current);
        }
        if self.lines.len() > COLOURED {
            for line in &mut self.lines {
                let text = line.pieces.drain(..).map(|Piece(_, text)| text).collect();
                line.pieces.push(Piece(Kind::Mark, text));
            }
        }
        self.lines
    }
}
