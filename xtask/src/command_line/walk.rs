//! The arguments about a walk.

use super::server;

/// How a server is walked.
#[derive(clap::Args)]
pub(crate) struct WalkOptions {
    /// Send at most this many requests.
    #[arg(long, value_name = "N", default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) max_requests: u32,

    /// Send at most this many requests per second.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) rate: u32,

    #[command(flatten)]
    pub(crate) server: server::ServerOptions,
}
