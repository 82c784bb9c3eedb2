//! The effect of a change on programs that use the client.

/// The effect on a program when its client is regenerated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// The Rust API stays the same.
    #[default]
    None,
    /// There are additions; existing code still compiles.
    Minor,
    /// Existing code may no longer compile.
    Major,
}

/// The effect of a change on the Rust API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RustEffect(pub Vec<ItemChange>);

/// A changed item of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChange {
    /// The name of the item in [`Surface`](crate::surface::Surface).
    pub item: String,
    /// The effect on a program.
    pub effect: Effect,
    /// A short description: `Activity.billable: bool → Option<bool>`; `None` if that of another item includes it.
    pub words: Option<String>,
}

impl RustEffect {
    /// The effect on a program.
    #[must_use]
    pub fn effect(&self) -> Effect {
        self.0.iter().map(|change| change.effect).max().unwrap_or_default()
    }

    /// The descriptions of the items.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|change| change.words.as_deref())
    }
}

impl Effect {
    /// Its name in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}
