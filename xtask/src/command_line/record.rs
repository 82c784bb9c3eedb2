//! The arguments of `cargo xtask record`.

use std::path::PathBuf;

use codegen::Release;

use super::{help, walk};

#[derive(clap::Args)]
#[command(after_help = help::record())]
pub(crate) struct Arguments {
    /// URL of a running Kimai, as of its start page.
    pub(crate) url: String,

    /// HAR file to write.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,

    /// Replace the file if it exists.
    #[arg(long)]
    pub(crate) replace: bool,

    /// Release of Kimai, such as 2.65.0, if the server does not report it.
    #[arg(long, value_name = "RELEASE")]
    pub(crate) kimai: Option<Release>,

    #[command(flatten)]
    pub(crate) walk: walk::WalkOptions,
}
