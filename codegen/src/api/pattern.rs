//! The type of a parameter, as its pattern shows it.
//!
//! Kimai declares query parameters as strings, and writes into `pattern` what they accept.

/// A pattern that is understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    /// `\d+`: a number.
    Digits,
    /// `[\d|,]+`: numbers with commas between them, as 1.x writes it.
    DigitList,
    /// `\d+|all`: a number or one word.
    DigitsOr(String),
    /// `ASC|DESC`: one of these words.
    Words(Vec<String>),
}

/// Reads a pattern; `None` if it is not a plain choice of words and numbers.
pub(super) fn parse(pattern: &str) -> Option<Pattern> {
    if matches!(pattern, r"[\d|,]+" | r"[\d,]+") {
        return Some(Pattern::DigitList);
    }
    let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
    let pattern = pattern.strip_suffix('$').unwrap_or(pattern);
    let pattern = pattern.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(pattern);
    let alternatives: Vec<&str> = pattern.split('|').collect();
    let (digits, words): (Vec<&str>, Vec<&str>) =
        alternatives.into_iter().partition(|alternative| matches!(*alternative, r"\d+" | "[0-9]+"));
    let is_word = |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    if !words.iter().all(is_word) {
        return None;
    }
    match (digits.as_slice(), words.as_slice()) {
        ([_], []) => Some(Pattern::Digits),
        ([_], [word]) => Some(Pattern::DigitsOr((*word).to_owned())),
        ([], words) => Some(Pattern::Words(words.iter().map(|word| (*word).to_owned()).collect())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How Kimai behaves: 'Types of query parameters'.
    #[test]
    fn patterns_hide_types() {
        let words = |list: &[&str]| Some(Pattern::Words(list.iter().map(|word| (*word).to_owned()).collect()));
        assert_eq!(parse(r"\d+"), Some(Pattern::Digits));
        assert_eq!(parse(r"^\d+$"), Some(Pattern::Digits));
        assert_eq!(parse(r"\d+|all"), Some(Pattern::DigitsOr("all".into())));
        assert_eq!(parse("0|1|true|false"), words(&["0", "1", "true", "false"]));
        assert_eq!(parse("id|begin|end|rate"), words(&["id", "begin", "end", "rate"]));
        assert_eq!(parse("all"), words(&["all"]));
        assert_eq!(parse("((?!,).)*"), None);
        assert_eq!(parse(r"[\d|,]+"), Some(Pattern::DigitList));
        assert_eq!(parse(""), None);
    }
}
