//! The arguments of `cargo xtask audit`.

use codegen::Release;

use super::{help, walk};

#[derive(clap::Args)]
#[command(after_help = help::audit())]
pub(crate) struct Arguments {
    /// URL of a running Kimai, or HAR files, as browsers and `cargo xtask record` write them.
    #[arg(required = true, value_name = "URL|FILE.har")]
    pub(crate) sources: Vec<String>,

    /// Output format.
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,

    /// Exit with 1 if there is a finding of this level; with --overlays, if responses contradict an action.
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) fail_on: Option<Level>,

    /// Compare with the document as Kimai serves it, without the overlays in specs/overlays.
    #[arg(long)]
    pub(crate) without_overlays: bool,

    /// Review the overlay actions instead: list those that the responses contradict or do not support.
    #[arg(long, conflicts_with = "without_overlays")]
    pub(crate) overlays: bool,

    /// Show requests and values of examples as they are; they may hold names and other personal data.
    #[arg(long)]
    pub(crate) show_values: bool,

    /// Release of Kimai, such as 2.65.0, if neither the server nor the file says it.
    #[arg(long, value_name = "RELEASE")]
    pub(crate) kimai: Option<Release>,

    /// Address of Kimai, if a file has requests to several servers.
    #[arg(long, value_name = "URL")]
    pub(crate) base: Option<String>,

    #[command(flatten)]
    pub(crate) walk: walk::WalkOptions,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum Format {
    Text,
    Markdown,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Level {
    /// Findings with which a client may fail to read a response.
    Breaking,
    /// All findings.
    Any,
}
