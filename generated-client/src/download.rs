use std::fmt;

use bytes::Bytes;
use percent_encoding::percent_decode_str;
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap};

/// A file that a server answered with (fact E11).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Download {
    /// The name that the server gives it, without path separators and never `.` or `..`.
    pub file_name: Option<String>,
    /// Its media type, such as `application/pdf`.
    pub media_type: Option<String>,
    /// What it holds.
    pub content: Bytes,
}

impl Download {
    pub(crate) fn new(content: Bytes, headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        Self {
            file_name: text(CONTENT_DISPOSITION).and_then(file_name),
            media_type: text(CONTENT_TYPE).map(ToOwned::to_owned),
            content,
        }
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Download({:?}, {:?}, {} bytes)", self.file_name, self.media_type, self.content.len())
    }
}

/// The file name of a `Content-Disposition` (RFC 6266), quoted or not; `filename*` comes first.
fn file_name(disposition: &str) -> Option<String> {
    let mut plain = None;
    for (name, value) in parameters(disposition) {
        if name.eq_ignore_ascii_case("filename*")
            && let Some((charset, rest)) = value.split_once('\'')
            && charset.eq_ignore_ascii_case("utf-8")
            && let Some((_, encoded)) = rest.split_once('\'')
            && let Ok(decoded) = percent_decode_str(encoded).decode_utf8()
        {
            return sanitised(&decoded);
        }
        if name.eq_ignore_ascii_case("filename") {
            plain = Some(value);
        }
    }
    sanitised(&plain?)
}

/// The parameters after the first `;`. Quoted values may hold `;` and `\"`.
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

/// A name that stays in its folder.
fn sanitised(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String =
        last.chars().filter(|c| !c.is_control() && !matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|')).collect();
    let clean = clean.trim().trim_end_matches('.').trim();
    (!clean.is_empty()).then(|| clean.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e11_file_names() {
        for (header, name) in [
            ("attachment; filename=2026-001-acme.html", Some("2026-001-acme.html")),
            ("attachment; filename=\"a; b.pdf\"", Some("a; b.pdf")),
            ("attachment; filename=\"a \\\"b\\\".pdf\"", Some("a b.pdf")),
            ("attachment; filename=x.pdf; filename*=UTF-8''M%C3%BCller.pdf", Some("Müller.pdf")),
            ("attachment; filename=\"../../etc/passwd\"", Some("passwd")),
            ("attachment; filename=\"..\\\\..\\\\boot.ini\"", Some("boot.ini")),
            ("attachment; filename=\"..\"", None),
            ("attachment; filename=", None),
            ("attachment", None),
        ] {
            assert_eq!(file_name(header).as_deref(), name, "{header}");
        }
    }
}
