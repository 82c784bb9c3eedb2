//! The operations that the release of the server does not have.

use generated_client::operation::{Info, Method, Operation, Visitor};
use generated_client::{Client, Release};

use crate::log::Log;

/// All operations that a release lacks.
struct Missing {
    release: Release,
    found: Vec<Info>,
}

impl Visitor for Missing {
    fn operation<O: Operation>(&mut self) {
        if !O::HISTORY.covers(self.release) {
            self.found.push(Info::of::<O>());
        }
    }
}

/// Names those that no step asked for, because a step before them was skipped: no comment is deleted where none is made.
pub(crate) fn name_missing(log: &mut Log, kimai: &Client, writes: bool) {
    let Some(release) = kimai.server_version() else { return };
    let mut missing = Missing { release, found: Vec::new() };
    generated_client::operations::visit(&mut missing);
    for info in missing.found {
        let is_of_run = writes || (info.method == Method::GET && !info.writes);
        if is_of_run && !log.has_skipped(info.name) {
            log.skipped(&format!("{}: Kimai {release} does not have this operation", info.name));
        }
    }
}
