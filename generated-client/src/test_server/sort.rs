//! The order of texts in lists.

/// Letters with diacritics, after the letters or pairs of letters that they are sorted as.
const FOLDED: [(&str, &str); 26] = [
    ("a", "àáâãäåāăą"),
    ("ae", "æ"),
    ("c", "çćĉċč"),
    ("d", "ďđð"),
    ("e", "èéêëēĕėęě"),
    ("g", "ĝğġģ"),
    ("h", "ĥħ"),
    ("i", "ìíîïĩīĭįı"),
    ("j", "ĵ"),
    ("k", "ķ"),
    ("l", "ĺļľŀł"),
    ("n", "ñńņňŉ"),
    ("o", "òóôõöøōŏő"),
    ("oe", "œ"),
    ("r", "ŕŗř"),
    ("s", "śŝşšș"),
    ("ss", "ß"),
    ("t", "ţťŧț"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűų"),
    ("w", "ŵ"),
    ("y", "ýÿŷ"),
    ("z", "źżž"),
    ("ij", "ĳ"),
    ("ng", "ŋ"),
    // What is left of a capital I with a dot in lower case.
    ("", "\u{307}"),
];

/// What a text is sorted by: Latin letters without case and diacritics, as in Kimai's database.
pub(super) fn sort_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for letter in text.to_lowercase().chars() {
        match FOLDED.iter().find(|(_, letters)| letters.contains(letter)) {
            Some((plain, _)) => key.push_str(plain),
            None => key.push(letter),
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::sort_key;

    #[test]
    fn diacritics_do_not_count() {
        let mut names = ["Zürich", "apfel", "Ünïcode", "Müller", "Öl", "Straße", "Strasse 2", "Ärger", "Łódź", "İzmir"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(
            names,
            ["apfel", "Ärger", "İzmir", "Łódź", "Müller", "Öl", "Straße", "Strasse 2", "Ünïcode", "Zürich"]
        );
    }
}
