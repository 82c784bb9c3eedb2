/// One or several values, for filters that accept both.
///
/// ```
/// use generated_client::OneOrMany;
///
/// assert_eq!(OneOrMany::<u32>::from(5).as_slice(), [5]);
/// assert_eq!(OneOrMany::<u32>::from([5, 6]).as_slice(), [5, 6]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneOrMany<T>(Vec<T>);

impl<T> OneOrMany<T> {
    /// Returns the values.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }

    /// Converts the values; for generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn map<U>(&self, convert: impl Fn(&T) -> U) -> OneOrMany<U> {
        self.0.iter().map(convert).collect()
    }
}

impl<T> From<T> for OneOrMany<T> {
    fn from(value: T) -> Self {
        Self(vec![value])
    }
}

impl<T> From<Vec<T>> for OneOrMany<T> {
    fn from(values: Vec<T>) -> Self {
        Self(values)
    }
}

impl<T, const N: usize> From<[T; N]> for OneOrMany<T> {
    fn from(values: [T; N]) -> Self {
        Self(values.into())
    }
}

impl<T: Clone> From<&[T]> for OneOrMany<T> {
    fn from(values: &[T]) -> Self {
        Self(values.to_vec())
    }
}

impl<T> FromIterator<T> for OneOrMany<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

/// One value, several values, or all, for filters that accept them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Select<T> {
    /// All values.
    All,
    /// One or several values.
    These(OneOrMany<T>),
}

impl<T> Select<T> {
    /// Converts the values; for generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn map<U>(&self, convert: impl Fn(&T) -> U) -> Select<U> {
        match self {
            Self::All => Select::All,
            Self::These(values) => Select::These(values.map(convert)),
        }
    }
}

impl<T> From<T> for Select<T> {
    fn from(value: T) -> Self {
        Self::These(value.into())
    }
}

impl<T> From<Vec<T>> for Select<T> {
    fn from(values: Vec<T>) -> Self {
        Self::These(values.into())
    }
}

impl<T, const N: usize> From<[T; N]> for Select<T> {
    fn from(values: [T; N]) -> Self {
        Self::These(values.into())
    }
}

impl<T: Clone> From<&[T]> for Select<T> {
    fn from(values: &[T]) -> Self {
        Self::These(values.into())
    }
}
