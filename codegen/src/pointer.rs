use std::fmt;

/// The place of a value in a document: a JSON pointer (RFC 6901).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document: the empty pointer.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads a pointer which is written as RFC 6901 wants it.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The member `token` of the value here.
    #[must_use]
    pub fn join(&self, token: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + token.len() + 1);
        text.push_str(&self.0);
        push(&mut text, token);
        Self(text)
    }

    /// The element `index` of the array here.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// Whether this is the place `outer`, or one inside of it.
    pub(crate) fn is_within(&self, outer: &Self) -> bool {
        self.0.strip_prefix(&outer.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The last token as the pointer writes it; empty for the whole document.
    pub(crate) fn last(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// The value that contains this one, and the member or element of it; none for the whole document.
    pub(crate) fn parent(&self) -> Option<(Self, String)> {
        let (parent, token) = self.0.rsplit_once('/')?;
        Some((Self(parent.to_owned()), token.replace("~1", "/").replace("~0", "~")))
    }

    /// The pointer as RFC 6901 writes it; empty for the whole document.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Adds a token to the text of a pointer.
pub(crate) fn push(text: &mut String, token: &str) {
    text.push('/');
    for c in token.chars() {
        match c {
            '~' => text.push_str("~0"),
            '/' => text.push_str("~1"),
            _ => text.push(c),
        }
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { f.write_str("/ (the whole document)") } else { f.write_str(&self.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_as_rfc_6901_says() {
        let place = Pointer::root().join("paths").join("/a~b").index(3);
        assert_eq!(place.as_str(), "/paths/~1a~0b/3");
        assert!(place.is_within(&place) && place.is_within(&Pointer::root()));
        assert_eq!(place.last(), "3");
        assert!(!Pointer::from_text("/ab").is_within(&Pointer::from_text("/a")));
        assert_eq!(Pointer::root().to_string(), "/ (the whole document)");
    }
}
