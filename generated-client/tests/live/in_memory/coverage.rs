//! Each operation that the client has for a release is called.

use std::collections::BTreeSet;

use generated_client::Release;
use generated_client::operation::{Operation, Visitor};
use generated_client::test_server::TestServer;

use crate::log::Log;

/// Operations that no run can call with success, and why. They are called with an unknown id.
const NEVER: [(&str, &str); 2] = [
    ("export.delete_template", "the API cannot make a template"),
    ("users.delete_api_token", "the API cannot make a token, and deleting the one in use ends the run"),
];

/// The operations that a release has, and those that it lacks.
struct Known {
    release: Release,
    names: BTreeSet<&'static str>,
    lacking: BTreeSet<&'static str>,
}

impl Visitor for Known {
    fn operation<O: Operation>(&mut self) {
        let set = if O::HISTORY.covers(self.release) { &mut self.names } else { &mut self.lacking };
        set.insert(O::NAME);
    }
}

/// Checks that each operation of the release had a successful response, and that each one that it lacks was skipped.
pub(super) fn check(server: &TestServer, log: &Log) {
    let mut known = Known { release: server.release(), names: BTreeSet::new(), lacking: BTreeSet::new() };
    generated_client::operations::visit(&mut known);
    let requests = server.requests();
    let called = |name: &str| {
        // The server has one name for an operation with and without `full`.
        let (base, is_full) = name.strip_suffix("_full").map_or((name, false), |base| (base, true));
        requests.iter().any(|request| {
            request.operation == Some(base)
                && request.status.is_some_and(|status| status < 300)
                && request.query.iter().any(|(name, _)| name == "full") == is_full
        })
    };
    let missed: Vec<&str> = known.names.iter().copied().filter(|name| !called(name)).collect();
    let never: Vec<&str> = NEVER.map(|(name, _)| name).into_iter().filter(|name| known.names.contains(name)).collect();
    assert_eq!(missed, never, "of {} operations of Kimai {}", known.names.len(), server.release());
    for name in never {
        assert!(requests.iter().any(|request| request.operation == Some(name)), "{name} is not called at all");
    }
    let silent: Vec<&&str> = known.lacking.iter().filter(|name| !log.has_skipped(name)).collect();
    assert!(silent.is_empty(), "not skipped by name: {silent:?}");
}
