//! Walks a server: sends all GET operations of its release, with the ids that its responses show.

mod ids;
mod pace;
mod plan;
mod steps;

use codegen::Release;
use codegen::api::{Api, Operation};
use codegen::audit::Exchange;

use crate::command_line::walk::WalkOptions;
use crate::error::Error;
use crate::har::Recording;
use crate::models;
use crate::server::{self, Connection, ServerError};
use crate::workspace::Workspace;
use ids::Ids;
use pace::Pace;
use steps::{Steps, Visit};

/// With how many ids of a kind an operation is sent.
const IDS: usize = 3;

/// How a walk went.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    pub(crate) requests: usize,
    /// The operations that were not sent, such as `GET /api/tags`, and why.
    pub(crate) skipped: Vec<(String, String)>,
    /// Why the walk ended early.
    pub(crate) stopped: Option<ServerError>,
}

/// What a walk of a server gives.
pub(crate) struct Walk {
    pub(crate) recording: Recording,
    pub(crate) walked: Walked,
    /// Says with which release the server was taken to agree, if it is not its own.
    pub(crate) note: Option<String>,
}

/// Finds the release of a server, and walks it by the newest snapshot that is not newer. `kimai` says the release if the
/// server does not.
pub(crate) fn of_server(
    workspace: &Workspace,
    url: &str,
    kimai: Option<&Release>,
    options: &WalkOptions,
) -> Result<Walk, Error> {
    let connection = Connection::new(url, &options.server)?;
    let address = connection.address();
    let release = server::settle(address.clone(), connection.release()?, kimai)?;
    let (nearest, api) = models::nearest(workspace, &release)?;
    let note = (nearest != release).then(|| {
        format!("no snapshot of {release}: the requests are those of {nearest}; `cargo xtask intake` adds it")
    });
    let mut exchanges = Vec::new();
    let walked = walk(&connection, &api, options, &mut |exchange| exchanges.push(exchange))?;
    let recording = Recording {
        name: address.clone(),
        address,
        release: Some(release),
        exchanges,
        ignored: Vec::new(),
        secrets: connection.secrets().clone(),
    };
    Ok(Walk { recording, walked, note })
}

/// Sends all GET operations of a model, but for those that change something. Every response is given to `each`, whatever
/// its status; an operation that was never sent is reported. Returns an error if there is no response at all.
pub(crate) fn walk(
    connection: &Connection,
    api: &Api,
    options: &WalkOptions,
    each: &mut dyn FnMut(Exchange),
) -> Result<Walked, Error> {
    let pace = Pace::new(options.max_requests, options.rate);
    let mut skipped = Vec::new();
    let mut visits = Vec::new();
    for operation in api.operations.iter().filter(|operation| plan::is_get(operation)) {
        match plan::obstacle(operation) {
            Some(reason) => skipped.push((name(operation), reason)),
            None => visits.push(Visit::new(operation)),
        }
    }
    let mut walk = Steps { connection, api, pace, each, ids: Ids::default(), answered: 0, failures: 0, stopped: None };
    walk.without_ids(&mut visits);
    walk.with_ids(&mut visits);
    let missed = visits.iter().filter(|visit| visit.answered == 0);
    skipped.extend(missed.map(|visit| (name(visit.operation), walk.reason(visit))));
    match walk.stopped {
        Some(error) if walk.answered == 0 => Err(error.into()),
        stopped => Ok(Walked { requests: walk.pace.sent(), skipped, stopped }),
    }
}

/// An operation as messages call it.
fn name(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.template)
}
