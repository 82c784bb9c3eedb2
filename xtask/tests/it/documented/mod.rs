//! Every command in the documents and in the help does what it should, or is listed here with the reason why it is not run.

mod found;
mod named;

use std::collections::BTreeMap;

use crate::fetch_url::{ALL, kimai};
use crate::server::Server;
use crate::support::{Copy, repository};
use found::Found;

/// Commands that are not run, by how they begin.
const NOT_RUN: [(&str, &str); 5] = [
    ("cargo xtask check-releases", "it compiles clients for a minute; `.ci/run` runs it"),
    ("cargo xtask intake", "it compiles the client of a release that does not exist; the tests of `intake` make one"),
    ("cargo xtask serve", "it runs until it is stopped; the tests of `serve` run it"),
    ("cargo xtask diff 2.65.0 2.66.0", "it needs the same release"),
    ("cargo xtask diff main:", "it needs a repository of git; a test of `diff` makes one"),
];

/// Names in documents and the names that replace them here, one after the other.
const NAMES: [(&str, &str); 8] = [
    ("OLD NEW", "2.57.0 2.65.0"),
    ("../my-tool", "my-tool"),
    ("FILE.har", "kimai.har"),
    ("recording.har", "kimai.har"),
    ("mine.yaml", "mine.json"),
    ("FILE", "kimai.json"),
    ("--used-by DIR", "--used-by my-tool"),
    ("DIR", "my-client"),
];

const SERVER: &str = "https://kimai.example.com";

/// A copy with the files that documents name.
fn copy() -> Copy {
    let copy = Copy::of_repository();
    copy.write("kimai.json", &crate::support::snapshot());
    copy.write("mine.json", &crate::support::with_plugin().to_string());
    copy.write("my-tool/src/main.rs", "fn f(kimai: &generated_client::Client) { kimai.tags().list(); }\n");
    copy.write("kimai.har", include_str!("../fixtures/browser.har"));
    copy
}

/// A server with a document and without data.
fn server() -> Server {
    kimai::Kimai::new("2.65.0", crate::support::snapshot()).start()
}

/// The arguments of a command as it is run here.
fn arguments(command: &str, server: &Server) -> Vec<String> {
    let command =
        NAMES.iter().fold(command.replace(SERVER, &server.url), |text, (name, here)| text.replace(name, here));
    command.split_whitespace().skip(2).take_while(|word| *word != ">").map(str::to_owned).collect()
}

#[test]
fn commands_of_xtask_run() {
    let found: BTreeMap<String, Found> = found::all();
    let (copy, server) = (copy(), server());
    let mut run = 0;
    let mut failed = Vec::new();
    for (command, Found { places }) in &found {
        if !command.starts_with("cargo xtask ") || NOT_RUN.iter().any(|(start, _)| command.starts_with(start)) {
            continue;
        }
        let arguments = arguments(command, &server);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        if let Some(pair) = arguments.windows(2).find(|pair| pair[0] == "--out") {
            // Files are not replaced.
            let _ = std::fs::remove_file(copy.path(pair[1]));
        }
        let said = copy.xtask_with_variables(&arguments, &ALL);
        run += 1;
        // `--check` and `--fail-on` say with 1 that there is something.
        let may_find = command.contains("--check") || command.contains("--fail-on");
        // A name alone may only mean the command.
        let is_mention = arguments.len() == 1 && said.code == Some(2);
        if said.code != Some(0) && !(may_find && said.code == Some(1)) && !is_mention {
            failed.push(format!("{command}\n  in {places:?}\n  {:?} {}", said.code, said.err));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(run > 20, "only {run} commands were found");
}

#[test]
fn other_commands_name_what_exists() {
    let wrong: Vec<String> = found::all()
        .into_iter()
        .filter(|(command, _)| !command.starts_with("cargo xtask"))
        .filter_map(|(command, Found { places })| {
            named::problem(repository(), &command).map(|problem| format!("{command}\n  in {places:?}\n  {problem}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_not_run_is_in_a_document() {
    let found = found::all();
    for (start, _) in NOT_RUN {
        assert!(found.keys().any(|command| command.starts_with(start)), "{start} is in no document: remove it here");
    }
}

/// Lines as a document shows them; `…` stands for any number of them.
fn is_shown(shown: &[String], printed: &[&str]) -> bool {
    match (shown, printed) {
        ([], []) => true,
        ([line, shown @ ..], _) if line == "…" => (0..=printed.len()).any(|start| is_shown(shown, &printed[start..])),
        ([line, shown @ ..], [first, printed @ ..]) => line == first && is_shown(shown, printed),
        _ => false,
    }
}

#[test]
fn the_readme_shows_what_commands_print() {
    let copy = Copy::of_repository();
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    let mut commands = Vec::new();
    for (command, shown) in found::transcripts(&readme) {
        // A test of the client runs the example.
        let Some(arguments) = command.strip_prefix("cargo xtask ") else { continue };
        let printed = copy.ok(&arguments.split(' ').collect::<Vec<_>>());
        assert!(is_shown(&shown, &printed.lines().collect::<Vec<_>>()), "{command} prints:\n{printed}");
        commands.push(arguments.to_owned());
    }
    assert_eq!(commands, ["regenerate", "diff 2.63.0 2.65.0"]);
}
