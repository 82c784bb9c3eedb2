//! The document of a running Kimai, end to end: the real command against a server that behaves like Kimai.

pub(crate) mod kimai;
mod network;
mod redirects;
mod refusals;
mod ways;

use std::fs;

use crate::server::Server;
use crate::support::{Copy, Said, repository};
use kimai::Kimai;

/// What every secret has in it, so that no part of one is overlooked.
const CANARY: &str = "canary";

const USER: &str = "Jürgen & Söhne";
const PASSWORD: &str = "canary-password +&=%\"é";
const TOKEN: &str = "canary-token";
const API_PASSWORD: &str = "canary-api-password";

/// The environment of who logs in to the web page.
const LOGIN: [(&str, &str); 2] = [("KIMAI_USER", USER), ("KIMAI_PASSWORD", PASSWORD)];

/// The same with an API token.
pub(crate) const ALL: [(&str, &str); 3] = [LOGIN[0], LOGIN[1], ("KIMAI_TOKEN", TOKEN)];

/// Runs a command against a server, which `URL` in the arguments and in what is said stands for. Whatever comes of it,
/// no secret is said or written, and each request holds the credentials of one kind.
fn run(copy: &Copy, server: &Server, arguments: &[&str], variables: &[(&str, &str)]) -> Said {
    let arguments: Vec<String> = arguments.iter().map(|argument| argument.replace("URL", &server.url)).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let said = copy.xtask_with_variables(&arguments, variables);
    let files = copy.files("").into_iter().map(|(name, text)| format!("{name}: {text}"));
    for text in files.chain([said.out.clone(), said.err.clone()]) {
        assert!(!text.to_lowercase().contains(CANARY), "a secret got out: {text}");
    }
    for request in server.requests() {
        let with_api = ["authorization", "x-auth-token"].iter().any(|name| request.header(name).is_some());
        assert!(!with_api || request.header("cookie").is_none(), "cookies beside API credentials: {request:?}");
        let form = request.line.ends_with("/login_check");
        assert!(form || !request.body.contains(CANARY), "the password went elsewhere: {request:?}");
    }
    let shown = |text: &str| text.replace(&server.url, "URL");
    Said { code: said.code, out: shown(&said.out), err: shown(&said.err) }
}

/// `fetch` into a copy without snapshots, which has to succeed.
fn fetched(server: &Server, variables: &[(&str, &str)]) -> (Copy, Said) {
    let copy = Copy::without_snapshots();
    let said = run(&copy, server, &["fetch", "URL"], variables);
    assert_eq!(said.code, Some(0), "{}", said.err);
    (copy, said)
}

/// `fetch` with more arguments, which has to fail without writing a file; returns the error.
fn refused_with(server: &Server, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let copy = Copy::without_snapshots();
    let before = copy.files("");
    let said = run(&copy, server, &[&["fetch"], arguments].concat(), variables);
    assert_eq!((said.code, said.out.as_str()), (Some(3), ""), "{}", said.err);
    assert_eq!(copy.files(""), before);
    let start = said.err.find("error: ").unwrap();
    said.err[start..].to_owned()
}

/// `fetch` with a login to the web page, which has to fail without writing a file; returns the error.
fn refused(server: &Server) -> String {
    refused_with(server, &["URL"], &LOGIN)
}

/// A snapshot of the repository.
fn snapshot_of(release: &str) -> String {
    fs::read_to_string(repository().join(format!("specs/{release}.json"))).unwrap()
}

/// A server with the newest release.
fn newest() -> Kimai {
    Kimai::new("2.65.0", snapshot_of("2.65.0"))
}
