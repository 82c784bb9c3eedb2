//! Names, as Kimai stores them.

use unicode_segmentation::UnicodeSegmentation as _;

/// The longest name that Kimai stores, in characters.
pub(crate) const LONGEST: usize = 150;

/// Removes what Kimai removes around a text: white space, control characters and characters without a width.
pub(crate) fn trimmed(text: &str) -> &str {
    let has_no_width = |char| matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}');
    text.trim_matches(|char: char| char.is_whitespace() || char.is_control() || has_no_width(char))
}

/// The name as Kimai can store it. A letter with its accents, or a composed emoji, stays whole.
pub(crate) fn cut(name: &str) -> &str {
    let (mut count, mut end) = (0, 0);
    for (start, letter) in name.grapheme_indices(true) {
        count += letter.chars().count();
        if count > LONGEST {
            break;
        }
        end = start + letter.len();
    }
    if end == 0 {
        // One letter with more accents than there is room for.
        end = name.char_indices().nth(LONGEST).map_or(name.len(), |(start, _)| start);
    }
    trimmed(name.get(..end).unwrap_or(name))
}
