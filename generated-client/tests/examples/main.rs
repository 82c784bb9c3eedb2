//! The examples, run as programs against the test server.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod api_demo;
mod certificates;
mod export;
mod first_program;
mod first_project;
mod import_csv;
mod import_times;
mod report;
mod timer;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use generated_client::test_server::TestServer;

/// What a program said, and its exit code.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs an example.
pub(crate) fn run(name: &str, arguments: &[&str]) -> Said {
    said(&command(name).args(arguments).output().unwrap())
}

/// Runs an example as the user with most permissions of a server.
pub(crate) fn run_on(server: &TestServer, name: &str, arguments: &[&str]) -> Said {
    run_as(server, server.users()[0].name, name, arguments)
}

/// Runs an example as a user of a server.
pub(crate) fn run_as(server: &TestServer, user: &str, name: &str, arguments: &[&str]) -> Said {
    let token = &server.users().iter().find(|known| known.name == user).unwrap().token;
    said(&command(name).args(arguments).args(["--url", server.url(), "--token", token]).output().unwrap())
}

/// What a program said.
pub(crate) fn said(output: &Output) -> Said {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    Said { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
}

/// Prints to where the test runner shows it even if the test passes.
pub(crate) fn report(line: &str) {
    writeln!(std::io::stderr().lock(), "{line}").unwrap();
}

/// An example without the settings of whoever runs the tests.
pub(crate) fn command(name: &str) -> Command {
    let mut command = Command::new(program(name));
    for variable in ["KIMAI_URL", "KIMAI_TOKEN", "KIMAI_USER", "KIMAI_PASSWORD"] {
        command.env_remove(variable);
    }
    command.stdin(Stdio::null());
    command
}

/// `cargo test` builds the examples next to the tests; a test that is run alone builds them itself.
fn program(name: &str) -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let program = own
        .parent()
        .unwrap()
        .parent()
        .unwrap()
        .join("examples")
        .join(name)
        .with_extension(std::env::consts::EXE_EXTENSION);
    if !program.exists() {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let folder = env!("CARGO_MANIFEST_DIR");
        let status = Command::new(cargo).args(["build", "--quiet", "--example", name]).current_dir(folder).status();
        assert!(status.unwrap().success(), "cargo cannot build the example {name}");
    }
    program
}

#[test]
fn without_an_address_an_example_says_what_to_do() {
    let said = run("timer", &["status"]);
    assert_eq!(said.code, Some(2));
    assert_eq!(
        said.err,
        "error: no address of Kimai: pass --url and --token, set KIMAI_URL and KIMAI_TOKEN, or try it with --demo\n"
    );
}
