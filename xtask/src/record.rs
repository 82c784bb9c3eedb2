//! `cargo xtask record`: what a server answers, as a file.

use std::collections::BTreeMap;
use std::process::ExitCode;

use crate::command_line::record::Arguments;
use crate::count::counted;
use crate::error::Error;
use crate::exit;
use crate::har;
use crate::output;
use crate::terminal::report;
use crate::walk;
use crate::workspace::Workspace;

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<ExitCode, Error> {
    let Arguments { url, out, replace, kimai, walk } = arguments;
    output::check(out, *replace)?;
    let walk::Walk { recording, walked, note } = walk::of_server(workspace, url, kimai.as_ref(), walk)?;
    har::write(out, &recording, *replace)?;

    if let Some(release) = &recording.release {
        report!("release    Kimai {release}");
    }
    if let Some(note) = note {
        report!("note       {note}");
    }
    report!("sent       {}", counted(walked.requests, "request", "requests"));
    let mut statuses = BTreeMap::new();
    for exchange in &recording.exchanges {
        *statuses.entry(exchange.status).or_insert(0) += 1;
    }
    for (status, count) in statuses {
        report!("status     {status}: {}", counted(count, "response", "responses"));
    }
    for (operation, reason) in &walked.skipped {
        report!("skipped    {operation}: {reason}");
    }
    report!("written    {}", out.display());
    report!(
        "warning    the file holds data of the server: names, descriptions, e-mail addresses; only its address and the \
         credentials are left out"
    );
    match walked.stopped {
        Some(error) => {
            Error::from(error).print();
            Ok(ExitCode::from(exit::FAILED))
        }
        None => Ok(ExitCode::SUCCESS),
    }
}
