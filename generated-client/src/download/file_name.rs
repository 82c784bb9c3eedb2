use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// The longest name that common file systems accept, in bytes.
const LONGEST: usize = 255;

/// Returns the file name of a `Content-Disposition` header (RFC 6266), quoted or not; `filename*` is preferred.
pub(super) fn of_disposition(disposition: &str) -> Option<String> {
    let mut plain = None;
    for (name, value) in parameters(disposition) {
        if name.eq_ignore_ascii_case("filename*") {
            if let Some(decoded) = extended_value(&value) {
                return sanitised(&decoded);
            }
        } else if name.eq_ignore_ascii_case("filename") {
            plain = Some(value);
        }
    }
    sanitised(&plain?)
}

/// Returns the text of a value such as `UTF-8'en'caf%C3%A9` (RFC 8187); `None` if it has another charset or is malformed.
fn extended_value(value: &str) -> Option<Cow<'_, str>> {
    let (charset, rest) = value.split_once('\'')?;
    let (_, encoded) = rest.split_once('\'')?;
    if !charset.eq_ignore_ascii_case("utf-8") {
        return None;
    }
    percent_decode_str(encoded).decode_utf8().ok()
}

/// Returns the parameters after the first `;`. Quoted values may contain `;` and `\"`.
fn parameters(header: &str) -> Vec<(String, String)> {
    let mut parameters = Vec::new();
    let mut rest = header.split_once(';').map_or("", |(_, rest)| rest);
    while let Some((name, after)) = rest.split_once('=') {
        let name = name.trim_matches([' ', '\t', ';']).to_owned();
        let after = after.trim_start();
        let (value, next) = if let Some(quoted) = after.strip_prefix('"') {
            unquote(quoted)
        } else {
            let (value, next) = after.split_once(';').unwrap_or((after, ""));
            (value.trim().to_owned(), next)
        };
        parameters.push((name, value));
        rest = next;
    }
    parameters
}

fn unquote(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut chars = text.char_indices();
    while let Some((index, c)) = chars.next() {
        match c {
            '"' => return (value, text.get(index + 1..).unwrap_or_default()),
            '\\' => value.extend(chars.next().map(|(_, escaped)| escaped)),
            c => value.push(c),
        }
    }
    (value, "")
}

/// Returns a name that cannot leave its folder or look like another one.
fn sanitised(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !is_refused(*c)).collect();
    // A dot at the beginning hides the file, one at the end is dropped by Windows.
    let clean = clean.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let clean = shortened(clean);
    match clean.split('.').next() {
        None | Some("") => None,
        Some(stem) if is_device(stem.trim_end()) => Some(format!("_{clean}")),
        Some(_) => Some(clean),
    }
}

/// Characters that some file systems refuse, and characters that make a name look like another one.
fn is_refused(c: char) -> bool {
    c.is_control()
        || matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether the name is a device on Windows, with any extension.
fn is_device(stem: &str) -> bool {
    let upper = stem.to_ascii_uppercase();
    let numbered = |name: &str| {
        let mut rest = upper.strip_prefix(name).unwrap_or_default().chars();
        matches!((rest.next(), rest.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
    };
    matches!(upper.as_str(), "CON" | "CONIN$" | "CONOUT$" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

/// Shortens the name and keeps its extension.
fn shortened(name: &str) -> String {
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if extension.len() < 20 => (stem, format!(".{extension}")),
        _ => (name, String::new()),
    };
    // Leaves room for the underscore in front of device names.
    let mut stem = stem.to_owned();
    while stem.len() + extension.len() >= LONGEST {
        stem.pop();
    }
    stem + &extension
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How Kimai behaves: 'Downloads'.
    #[test]
    fn file_names() {
        for (header, name) in [
            ("attachment; filename=2026-001-acme.html", Some("2026-001-acme.html")),
            ("attachment; filename=\"a; b.pdf\"", Some("a; b.pdf")),
            ("attachment; filename=\"a \\\"b\\\".pdf\"", Some("a b.pdf")),
            ("attachment; filename=x.pdf; filename*=UTF-8''M%C3%BCller.pdf", Some("Müller.pdf")),
            ("attachment; filename=\"../../etc/passwd\"", Some("passwd")),
            ("attachment; filename=\"..\\\\..\\\\boot.ini\"", Some("boot.ini")),
            ("attachment; filename=\"..\"", None),
            ("attachment; filename=\". .\"", None),
            ("attachment; filename=\"/etc/\"", None),
            ("attachment; filename=\".bashrc\"", Some("bashrc")),
            ("attachment; filename=\"..\u{0}.pdf\"", Some("pdf")),
            ("attachment; filename=\"C:\\a\\b.pdf\"", Some("Cab.pdf")),
            ("attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", Some("passwd")),
            ("attachment; filename*=UTF-8''..%5C..%5Cboot.ini", Some("boot.ini")),
            ("attachment; filename=\"fdp.\u{202e}exe.pdf\"", Some("fdp.exe.pdf")),
            ("attachment; filename=\"nul.txt\"", Some("_nul.txt")),
            ("attachment; filename=\"COM1\"", Some("_COM1")),
            ("attachment; filename*=UTF-8''COM%C2%B9.txt", Some("_COM¹.txt")),
            ("attachment; filename=\"conin$\"", Some("_conin$")),
            ("attachment; filename=\"COMA.pdf\"", Some("COMA.pdf")),
            ("attachment; filename=", None),
            ("attachment", None),
        ] {
            assert_eq!(of_disposition(header).as_deref(), name, "{header}");
        }
    }

    /// How Kimai behaves: 'Downloads'.
    #[test]
    fn long_names_keep_their_extension() {
        let name = of_disposition(&format!("attachment; filename=\"{}.pdf\"", "ü".repeat(300))).unwrap();
        assert_eq!((name.len(), name.ends_with("üü.pdf")), (254, true));
    }

    proptest::proptest! {
        /// How Kimai behaves: 'Downloads'.
        #[test]
        fn no_name_leaves_its_folder(text in ".{0,80}") {
            for header in [
                format!("attachment; filename={text}"),
                format!("attachment; filename=\"{text}\""),
                format!("attachment; filename*=UTF-8''{text}"),
            ] {
                let Some(name) = of_disposition(&header) else { continue };
                let folder = std::path::Path::new("folder");
                let path = folder.join(&name);
                proptest::prop_assert_eq!(path.parent(), Some(folder), "{}", name);
                proptest::prop_assert!(!name.contains(['/', '\\', '\0']) && !name.starts_with('.'));
            }
        }
    }
}
