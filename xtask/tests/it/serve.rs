//! `cargo xtask serve`: a Kimai to try things out.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use codegen::Release;

/// A server that ends with the test.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("serve");
    command
}

#[test]
fn it_says_how_to_use_it_and_answers() {
    let mut child = command().args(["--port", "0", "--release", "2.20.0"]).stdout(Stdio::piped()).spawn().unwrap();
    let out = child.stdout.take().unwrap();
    let served = Served(child);
    let lines: Vec<String> = BufReader::new(out).lines().take(9).map(Result::unwrap).collect();
    let url = lines[0].strip_prefix("Kimai 2.20.0 in memory, on ").unwrap();
    assert_eq!(
        lines[1..],
        [
            "",
            "user           role              time zone         API token               API password",
            "susan_super    ROLE_SUPER_ADMIN  Europe/Berlin     token-of-susan_super    password-of-susan_super",
            "anna_admin     ROLE_ADMIN        UTC               token-of-anna_admin     password-of-anna_admin",
            "tony_teamlead  ROLE_TEAMLEAD     UTC               token-of-tony_teamlead  password-of-tony_teamlead",
            "john_user      ROLE_USER         America/New_York  token-of-john_user      password-of-john_user",
            "",
            "The data is gone when the server stops: press Ctrl+C.",
        ]
    );
    let client = reqwest::blocking::Client::new();
    let answer = client.get(format!("{url}/api/version")).bearer_auth("token-of-john_user").send().unwrap();
    assert!(answer.text().unwrap().contains("\"version\":\"2.20.0\""));
    drop(served);
    assert!(client.get(url).send().is_err(), "the server is gone");
}

#[test]
fn a_release_that_it_does_not_have_is_an_error() {
    let output = command().args(["--port", "0", "--release", "1.29.0"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    let newest = said.strip_prefix("error: --release 1.29.0: the test server has the releases from 1.30.11 to ");
    assert!(newest.unwrap_or(&said).trim_end().parse::<Release>().is_ok(), "{said}");
}
