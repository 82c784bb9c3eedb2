//! Recordings of requests and responses as HAR files (HTTP Archive 1.2), which browsers export.

mod base;
mod error;
mod learn;
mod node;
mod read;
mod redact;
mod reply;
#[cfg(test)]
mod tests;
mod write;

use std::fmt;

use codegen::Release;
use codegen::audit::Exchange;

pub(crate) use error::HarError;
pub(crate) use read::read;
pub(crate) use write::write;

use crate::secrets::Secrets;

/// What stands in a written file in place of the server's address.
const EXAMPLE: &str = "https://kimai.example.com";

/// Who wrote a file, in its member `log.creator`.
const CREATOR: &str = "kimai-record";

/// The name of the server in the member `log.browser`, whose version is the release.
const SERVER: &str = "Kimai";

/// What a server answered.
pub(crate) struct Recording {
    /// The file as it is shown, or the address of the server.
    pub(crate) name: String,
    /// The address of Kimai, such as `https://kimai.example.com/kimai`.
    pub(crate) address: String,
    /// The release, if the recording says it.
    pub(crate) release: Option<Release>,
    /// In the order of the recording. Cookies and secret parameters of queries are left out.
    pub(crate) exchanges: Vec<Exchange>,
    /// What was not taken from a file.
    pub(crate) ignored: Vec<Ignored>,
    /// What must not be shown, although exchanges may repeat it.
    pub(crate) secrets: Secrets,
}

/// Entries of a file that are no exchanges with Kimai's API.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ignored {
    /// Why, as a noun phrase in the plural, such as `requests to other servers`.
    pub(crate) reason: String,
    pub(crate) count: usize,
}

/// Exchanges may repeat secrets.
impl fmt::Debug for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recording")
            .field("name", &self.name)
            .field("address", &self.address)
            .field("release", &self.release)
            .field("exchanges", &self.exchanges.len())
            .field("ignored", &self.ignored)
            .finish_non_exhaustive()
    }
}
