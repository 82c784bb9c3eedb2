//! The test server of `cargo xtask serve`.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use reqwest::blocking::Client;

use crate::server::{Reply, Server};

/// A test server that ends with the test, and a server before it that remembers the requests.
pub(crate) struct Kimai {
    child: Child,
    pub(crate) server: Server,
}

impl Kimai {
    pub(crate) fn start(release: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(["serve", "--port", "0", "--release", release]);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let line = BufReader::new(child.stdout.take().unwrap()).lines().next().unwrap().unwrap();
        let url = line.split_once("on ").unwrap().1.to_owned();
        let client = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let server = Server::start(move |request| {
            let Some(target) = request.line.strip_prefix("GET ") else { return Reply::html(405, "only GET") };
            let mut forwarded = client.get(format!("{url}{target}"));
            for name in ["authorization", "x-auth-user", "x-auth-token"] {
                if let Some(value) = request.header(name) {
                    forwarded = forwarded.header(name, value);
                }
            }
            let response = forwarded.send().unwrap();
            let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
            let (status, total) = (response.status().as_u16(), header("x-total-count"));
            let pages = header("x-total-pages");
            let media = header("content-type").unwrap_or_default();
            let mut reply = Reply::of(status, &media, response.bytes().unwrap());
            for (name, value) in [("X-Total-Count", total), ("X-Total-Pages", pages)] {
                if let Some(value) = value {
                    reply = reply.header(name, &value);
                }
            }
            reply
        });
        Self { child, server }
    }
}

impl Drop for Kimai {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
