//! Suggestions for a mistyped type name.

use codegen::history::{History, Subject};

/// How many names a message gives.
const MOST: usize = 5;

/// How alike two names are that may have been mistaken for each other, of 1.
const ALIKE: f64 = 0.8;

/// The types with the names most like this one, the most similar first.
pub(crate) fn types(history: &History, name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    let mut alike: Vec<(f64, &str)> = Vec::new();
    for (subject, _) in history.lives() {
        let Subject::Type(known) = subject else { continue };
        let other = known.to_lowercase();
        let likeness = strsim::jaro_winkler(&lower, &other);
        if likeness >= ALIKE || (!lower.is_empty() && other.contains(&lower)) {
            alike.push((likeness, known));
        }
    }
    alike.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    alike.into_iter().take(MOST).map(|(_, name)| name.to_owned()).collect()
}
