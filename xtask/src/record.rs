//! `cargo xtask record`: what a server answers, as a file.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use codegen::Release;

use crate::count::counted;
use crate::error::Error;
use crate::walk::{self, WalkOptions};
use crate::workspace::Workspace;
use crate::{har, server};

#[derive(clap::Args)]
#[command(after_help = server::API_HELP)]
pub(crate) struct Arguments {
    /// URL of a running Kimai, as of its start page.
    url: String,

    /// HAR file to write.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,

    /// Replace the file if there is one.
    #[arg(long)]
    replace: bool,

    /// Release of Kimai, such as 2.65.0, if the server does not report it.
    #[arg(long, value_name = "RELEASE")]
    kimai: Option<Release>,

    #[command(flatten)]
    walk: WalkOptions,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<ExitCode, Error> {
    let Arguments { url, out, replace, kimai, walk } = arguments;
    har::check(out, *replace)?;
    let walk::Walk { recording, walked, note } = walk::of_server(workspace, url, kimai.as_ref(), walk)?;
    har::write(out, &recording, *replace)?;

    if let Some(release) = &recording.release {
        println!("release    Kimai {release}");
    }
    if let Some(note) = note {
        println!("note       {note}");
    }
    println!("sent       {}", counted(walked.requests, "request", "requests"));
    let mut statuses = BTreeMap::new();
    for exchange in &recording.exchanges {
        *statuses.entry(exchange.status).or_insert(0) += 1;
    }
    for (status, count) in statuses {
        println!("status     {status}: {}", counted(count, "response", "responses"));
    }
    for (operation, reason) in &walked.skipped {
        println!("skipped    {operation}: {reason}");
    }
    println!("wrote      {}", out.display());
    println!(
        "warning    the file holds data of the server: names, descriptions, e-mail addresses; only its address and the \
         credentials are left out"
    );
    match walked.stopped {
        Some(error) => {
            Error::from(error).print();
            Ok(ExitCode::FAILURE)
        }
        None => Ok(ExitCode::SUCCESS),
    }
}
