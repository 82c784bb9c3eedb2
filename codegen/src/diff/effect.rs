//! What changes do to the client in Rust.

/// How much a program has to follow, once the client is generated anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// The Rust API stays as it is.
    None,
    /// It has more than before; what compiled still does.
    Minor,
    /// What compiled may do so no more.
    Major,
}

/// What a change does to the Rust API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RustEffect {
    /// How much that is.
    pub effect: Effect,
    /// Each item in a few words: `Activity.billable: bool → Option<bool>`.
    pub changes: Vec<String>,
}

impl Effect {
    /// As reports write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}
