//! Suggestions for a mistyped name.

/// How alike two names are that may have been mistaken for each other, of 1.
const ALIKE: f64 = 0.8;

/// The names most like this one, the most similar first.
pub(crate) fn names<'a>(name: &str, known: impl Iterator<Item = &'a str>, most: usize) -> Vec<String> {
    let lower = name.to_lowercase();
    let mut alike: Vec<(f64, &str)> = Vec::new();
    for known in known {
        let other = known.to_lowercase();
        let likeness = strsim::jaro_winkler(&lower, &other);
        if likeness >= ALIKE || (!lower.is_empty() && other.contains(&lower)) {
            alike.push((likeness, known));
        }
    }
    alike.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    alike.into_iter().take(most).map(|(_, name)| name.to_owned()).collect()
}
