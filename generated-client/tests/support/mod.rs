//! Recorded exchanges with a real Kimai, trimmed to what tests use.

#![allow(dead_code, reason = "each test file uses a part of this")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

pub(crate) mod compare;
pub(crate) mod model;
pub(crate) mod readers;
pub(crate) mod server;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use generated_client::operation::{HeaderName, HeaderValue, HttpResponse, StatusCode};
use serde::Deserialize;

/// A request and its response.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Exchange {
    /// What was tried, and by which user.
    pub(crate) label: String,
    /// When it was sent.
    pub(crate) at: String,
    /// The method.
    pub(crate) method: String,
    /// Path and query as they were sent.
    pub(crate) path: String,
    /// The JSON body of the request.
    pub(crate) body: Option<String>,
    /// The status.
    pub(crate) status: u16,
    /// Headers of the response.
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, String>,
    /// Body of the response.
    #[serde(default)]
    pub(crate) answer: String,
}

impl Exchange {
    /// The path without its query.
    pub(crate) fn plain_path(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }

    /// The value of a query parameter, still encoded.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        let (_, query) = self.path.split_once('?')?;
        query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }

    /// The response as the client sees it.
    pub(crate) fn response(&self) -> HttpResponse {
        let headers = self
            .headers
            .iter()
            .map(|(name, value)| {
                (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap())
            })
            .collect();
        HttpResponse::new(StatusCode::from_u16(self.status).unwrap(), headers, self.answer.clone().into_bytes())
    }

    /// For messages.
    pub(crate) fn title(&self) -> String {
        format!("{} {} ({})", self.method, self.path, self.label)
    }
}

/// The exchanges of a recording, in order.
pub(crate) fn recording(name: &str) -> Vec<Exchange> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(format!("kimai-{name}.jsonl"));
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Both recordings of 2.65.0.
pub(crate) fn recordings() -> Vec<Exchange> {
    let mut all = recording("2.65.0");
    all.extend(recording("2.65.0-extra"));
    all
}

/// The exchange with this label.
pub(crate) fn exchange(label: &str) -> Exchange {
    recordings().into_iter().find(|exchange| exchange.label == label).unwrap_or_else(|| panic!("no exchange '{label}'"))
}

/// Prints what a test covered to where the test runner shows it even if the test passes.
pub(crate) fn report(line: &str) {
    // The test runner captures the output of the macros.
    writeln!(std::io::stderr().lock(), "{line}").unwrap();
}
