use std::borrow::Cow;
use std::fmt::{Display, Write as _};

/// The parameters of a query, in the order in which they are sent.
#[derive(Clone, Default)]
pub(super) struct Pairs {
    /// The names, and where their values end.
    names: Vec<(Cow<'static, str>, usize)>,
    /// All values, so that not each of them has memory of its own.
    values: String,
}

impl Pairs {
    pub(super) fn push(&mut self, name: impl Into<Cow<'static, str>>, value: impl Display) {
        // Fails only if the implementation of `Display` does, as `to_string` then panics.
        let _ = write!(self.values, "{value}");
        self.names.push((name.into(), self.values.len()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(name, _)| &**name)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries().map(|(name, value)| (&**name, value))
    }

    pub(super) fn values_of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.iter().filter(move |(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Replaces each parameter with this name by those that `write` adds for its value.
    pub(super) fn replace(&mut self, name: &str, mut write: impl FnMut(&mut Self, &str)) {
        let mut changed = Self::default();
        for (known, value) in self.entries() {
            if *known == name {
                write(&mut changed, value);
            } else {
                changed.push(known.clone(), value);
            }
        }
        *self = changed;
    }

    fn entries(&self) -> impl Iterator<Item = (&Cow<'static, str>, &str)> {
        let mut begin = 0;
        self.names.iter().map(move |(name, end)| {
            let value = self.values.get(begin..*end).unwrap_or_default();
            begin = *end;
            (name, value)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_has_its_value() {
        let mut pairs = Pairs::default();
        assert!(pairs.is_empty());
        pairs.push("a", 1);
        pairs.push("ü", "größe");
        pairs.push("a", "");
        pairs.push("b".to_owned(), "x y");
        assert_eq!(pairs.iter().collect::<Vec<_>>(), [("a", "1"), ("ü", "größe"), ("a", ""), ("b", "x y")]);
        assert_eq!(pairs.values_of("a").collect::<Vec<_>>(), ["1", ""]);
        pairs.replace("a", |pairs, value| {
            if !value.is_empty() {
                pairs.push("c", format!("{value}0"));
            }
        });
        assert_eq!(pairs.iter().collect::<Vec<_>>(), [("c", "10"), ("ü", "größe"), ("b", "x y")]);
    }
}
