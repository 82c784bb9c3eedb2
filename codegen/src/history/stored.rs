//! The history as text, so that the client of one release can be made without the models of all the others.
//!
//! The first line has the releases, and what the history is made of. Each other line is a part of the API, or a name in
//! Rust; the order is that of the history, so that a new release changes few lines.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{History, Life, Named, Span, Spelling, Subject};
use crate::{Error, Release};

/// The first line.
#[derive(Serialize, Deserialize)]
struct Head {
    /// Identifies the documents that were compared, such as a checksum.
    made_of: String,
    releases: Vec<Release>,
}

/// Any other line.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line<S, L, N, W> {
    Part(S, L),
    Named(N, W),
}

/// A line to write.
type Given<'a> = Line<&'a Subject, &'a Life, &'a Named, &'a Vec<(Span, Spelling)>>;

/// A line that was read.
type Taken = Line<Subject, Life, Named, Vec<(Span, Spelling)>>;

impl History {
    /// The history as text. `made_of` identifies the documents that were compared.
    ///
    /// # Errors
    ///
    /// Returns an error if a part cannot be written, which is a defect.
    pub fn text(&self, made_of: &str) -> Result<String, Error> {
        let head = Head { made_of: made_of.to_owned(), releases: self.releases.clone() };
        let mut text = line(&head)?;
        for (subject, life) in &self.lives {
            text += &line(&Given::Part(subject, life))?;
        }
        for (named, spellings) in &self.spellings {
            text += &line(&Given::Named(named, spellings))?;
        }
        Ok(text)
    }

    /// Reads what [`text`](Self::text) wrote; none if the text is made of something else, or is not such a text.
    #[must_use]
    pub fn from_text(text: &str, made_of: &str) -> Option<Self> {
        let (head, lines) = text.split_once('\n')?;
        let head: Head = serde_json::from_str(head).ok()?;
        if head.made_of != made_of {
            return None;
        }
        let mut history = Self { releases: head.releases, lives: BTreeMap::new(), spellings: BTreeMap::new() };
        for line in lines.lines() {
            match serde_json::from_str(line).ok()? {
                Taken::Part(subject, life) => {
                    history.lives.insert(subject, life);
                }
                Taken::Named(named, spellings) => {
                    history.spellings.insert(named, spellings);
                }
            }
        }
        Some(history)
    }
}

fn line(value: &impl Serialize) -> Result<String, Error> {
    let json = serde_json::to_string(value);
    let json = json
        .map_err(|error| Error::HistoryEntry { what: "the stored history".to_owned(), problem: error.to_string() })?;
    Ok(json + "\n")
}
