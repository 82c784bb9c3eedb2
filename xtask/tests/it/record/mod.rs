//! `cargo xtask record`: the real command against the test server, and against servers that fail.

mod refusals;
mod secrets;
mod walks;

use crate::server::{Reply, Server};
use crate::support::{Copy, Said};
use serde_json::Value;

/// What a secret has in it.
const CANARY: &str = "canary";

/// Credentials for a server that looks at none.
const TOKEN: [(&str, &str); 1] = [("KIMAI_TOKEN", "canary-token")];

/// Records a server with more arguments, where `URL` in what is said stands for the server.
fn record(copy: &Copy, server: &Server, arguments: &[&str], variables: &[(&str, &str)]) -> Said {
    let arguments = [&["record", &server.url, "--out", "a.har", "--rate", "1000"], arguments].concat();
    let said = copy.xtask_with_variables(&arguments, variables);
    let shown = |text: &str| text.replace(&server.url, "URL");
    Said { code: said.code, out: shown(&said.out), err: shown(&said.err) }
}

/// The entries of the file.
fn entries(copy: &Copy) -> Vec<Value> {
    let har: Value = serde_json::from_str(&copy.read("a.har")).unwrap();
    har.pointer("/log/entries").unwrap().as_array().unwrap().clone()
}

/// A server that is a release, and responds to everything else with this.
fn server(release: &'static str, other: impl Fn(&str) -> Reply + Send + 'static) -> Server {
    Server::start(move |request| match request.line.as_str() {
        "GET /api/version" => Reply::json(200, format!(r#"{{"version":"{release}"}}"#)),
        line => other(line),
    })
}

fn not_found() -> Reply {
    Reply::json(404, r#"{"code":404,"message":"Not Found"}"#)
}
