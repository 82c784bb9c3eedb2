//! Stands in for `server` in the build without the feature `network`.

use codegen::Release;

use crate::command_line::server::ServerOptions;
use crate::error::Error;
use crate::source::Fetched;

/// No command line comes here: `main` runs the other build for all that name a server.
pub(crate) fn fetch(_url: &str, _kimai: Option<&Release>, _options: &ServerOptions) -> Result<Fetched, Error> {
    Err(Error::NoNetwork)
}
