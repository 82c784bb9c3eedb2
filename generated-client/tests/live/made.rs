//! What a run makes, and how it is found again.

use std::cell::RefCell;

use generated_client::ids::TagId;

/// The names of what a run makes. All begin with the same text, which no other run has.
pub(crate) struct Made {
    name: String,
    /// The password and API password of the user.
    pub(crate) password: String,
    /// Before 2.18, servers tell the id of a tag only when it is made.
    tags: RefCell<Vec<(TagId, String)>>,
}

/// What all names of all runs begin with.
const PREFIX: &str = "live-test-";

impl Made {
    pub(crate) fn new() -> Self {
        Self::of(format!("{PREFIX}{:08x}", fastrand::u32(..)))
    }

    /// What a run made that was interrupted, by the text that all its names begin with; none if this is not such a text.
    pub(crate) fn of_run(prefix: &str) -> Option<Self> {
        let number = prefix.strip_prefix(PREFIX)?;
        let is_number = number.len() == 8 && number.bytes().all(|digit| digit.is_ascii_hexdigit());
        is_number.then(|| Self::of(prefix.to_owned()))
    }

    fn of(name: String) -> Self {
        let password = format!("Live-{:016x}", fastrand::u64(..));
        Self { name, password, tags: RefCell::default() }
    }

    /// The name of something.
    pub(crate) fn name(&self, what: &str) -> String {
        format!("{}-{what}", self.name)
    }

    /// A number for a project or activity, of at most ten characters.
    pub(crate) fn number(&self) -> String {
        self.name.chars().skip(PREFIX.len()).collect()
    }

    /// Whether something with this name is of this run.
    pub(crate) fn has(&self, name: &str) -> bool {
        name.starts_with(&self.name)
    }

    /// The text that all names begin with.
    pub(crate) fn prefix(&self) -> &str {
        &self.name
    }

    pub(crate) fn add_tag(&self, id: TagId, name: &str) {
        self.tags.borrow_mut().push((id, name.to_owned()));
    }

    /// The tags whose names are still on the server.
    pub(crate) fn tags(&self, names: &[String]) -> Vec<TagId> {
        self.tags.borrow().iter().filter(|(_, name)| names.contains(name)).map(|(id, _)| *id).collect()
    }
}
