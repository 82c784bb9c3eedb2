//! What all commands have in common: help, exit codes, and errors about what is missing.

use std::fs::File;
use std::process::{Command, Stdio};

use crate::support::Copy;

#[test]
fn the_help_names_the_exit_codes_of_all_commands() {
    let copy = Copy::without_snapshots();
    let help = copy.ok(&["--help"]);
    assert!(
        help.ends_with(
            "\
Exit codes of all commands:
  0  done
  1  the command found what it looks for; the help of the command says what
  2  wrong arguments
  3  something cannot be read, written, generated, compiled or reached
"
        ),
        "{help}"
    );
    // Without a command there is nothing to do.
    let said = copy.xtask(&[]);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    assert_eq!(said.err, help);
}

#[test]
fn the_help_of_a_command_ends_with_examples_and_its_exit_codes() {
    let help = Copy::without_snapshots().ok(&["check-releases", "--help"]);
    assert!(
        help.ends_with(
            "
Examples:
  cargo xtask check-releases --spread 12
      twelve releases from the oldest to the newest
  cargo xtask check-releases 2.64.0 2.65.0
      these two

Exit codes:
  0  done
  1  a client does not compile
  2  wrong arguments
  3  something cannot be read, written, generated, compiled or reached
"
        ),
        "{help}"
    );
}

#[test]
fn a_program_without_its_workspace_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["diff", "2.64.0", "2.65.0", "--fail-on", "any"])
        .env_remove("CARGO_MANIFEST_DIR")
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "error: cannot find the workspace: run `cargo xtask` inside the repository\n"
    );
    assert_eq!(output.status.code(), Some(3));
}

/// What a missing file should be.
#[test]
fn a_missing_file_is_named_with_what_was_expected() {
    let copy = Copy::with_all_snapshots();
    let missing = |name: &str, expected: &str| {
        format!("error: cannot read {name}: there is no such file or folder; expected {expected}\n")
    };
    let document = "a file with an API document (JSON or YAML), REVISION:FILE as git has it, a release such as 2.65.0, \
                    the URL of a running Kimai, or - for standard input";
    for (arguments, name, expected) in [
        (&["diff", "2.65.0", "mine.yaml"][..], "mine.yaml", document),
        (&["regenerate", "--spec", "mine.yaml"], "mine.yaml", document),
        (&["intake", "mine.yaml"], "mine.yaml", document),
        (
            &["fetch", "--from", "page.html", "--kimai", "2.66.0"],
            "page.html",
            "an API document (JSON, YAML or the saved API page)",
        ),
        (&["diff", "2.64.0", "2.65.0", "--ignore", "known.yaml"], "known.yaml", "a YAML list of {id, subject, reason}"),
        (
            &["diff", "2.64.0", "2.65.0", "--used-by", "app"],
            "app",
            "the source folder of a crate that uses generated-client",
        ),
        (&["audit", "a.har"], "a.har", "a recording (HAR) of a browser or of `cargo xtask record`"),
    ] {
        assert_eq!(copy.fails(arguments), missing(name, expected), "{arguments:?}");
    }
}

#[test]
fn fetch_without_a_document_shows_both_ways() {
    let copy = Copy::without_snapshots();
    for arguments in [&["fetch"][..], &["fetch", "--kimai", "2.65.0"]] {
        assert_eq!(
            copy.refuses(arguments),
            "\
error: no document: pass the URL of a running Kimai, or a file and its release:
  cargo xtask fetch https://kimai.example.com
  cargo xtask fetch --from kimai.json --kimai 2.65.0
"
        );
    }
}

#[test]
fn the_version_names_the_releases_of_kimai() {
    let version = format!("cargo xtask {}", env!("CARGO_PKG_VERSION"));
    let copy = Copy::with_all_snapshots();
    assert_eq!(copy.ok(&["--version"]), format!("{version} (Kimai: 98 releases from 1.0 to 2.65.0)\n"));
    assert_eq!(Copy::without_snapshots().ok(&["-V"]), format!("{version}\n"));
}

const BOLD_RED: &str = "\u{1b}[1;31m";

#[test]
fn colors_can_be_asked_for() {
    let copy = Copy::with_all_snapshots();
    let diff = ["diff", "2.64.0", "2.65.0"];
    // The option says more than the environment.
    for variables in [&[][..], &[("NO_COLOR", "1")]] {
        let said = copy.xtask_with_variables(&[&diff[..], &["--color", "always"]].concat(), variables);
        assert!(said.out.contains(&format!("\n{BOLD_RED}breaking\u{1b}[0m\n")), "{}", said.out);
        let said = copy.xtask_with_variables(&["--color", "always", "diff", "2.64.0", "none.json"], variables);
        assert!(said.err.starts_with(&format!("{BOLD_RED}error:\u{1b}[0m cannot read none.json: ")), "{}", said.err);
    }
    for more in [&[][..], &["--color", "never"], &["--color", "auto"]] {
        assert!(!copy.ok(&[&diff[..], more].concat()).contains('\u{1b}'), "{more:?}");
    }
}

#[test]
fn a_quiet_command_prints_errors_and_results_only() {
    let copy = Copy::new();
    assert_eq!(copy.ok(&["regenerate", "--quiet"]), "");
    assert_eq!(copy.ok(&["regenerate", "--check", "-q"]), "the generated code is up to date\n");
    let ignore = copy.write("idle.yaml", "- {id: operation-moved, reason: a}");
    let diff = ["diff", "2.65.0", "2.65.0", "--ignore", &ignore];
    assert!(copy.xtask(&diff).err.starts_with("note: no change matches "));
    let said = copy.ok(&[&diff[..], &["--quiet"]].concat());
    assert_eq!(said, "Kimai 2.65.0 → Kimai 2.65.0: no changes in requests and responses\n");
    assert!(copy.fails(&["diff", "2.65.0", "none.json", "--quiet"]).starts_with("error: cannot read none.json: "));
    assert!(copy.refuses(&["history", "-q", "-v"]).contains("cannot be used with"));
}

#[test]
fn a_verbose_command_says_what_it_reads_and_writes_and_how_long_it_takes() {
    let copy = Copy::new();
    let plain = copy.ok(&["diff", "2.65.0", "2.65.0"]);
    let said = copy.xtask(&["diff", "2.65.0", "2.65.0", "--verbose"]);
    assert_eq!((said.code, said.out), (Some(0), plain));
    let snapshot = copy.path("specs/2.65.0.json").display().to_string();
    assert!(said.err.contains(&format!("reading    {snapshot} (")), "{}", said.err);
    assert!(said.err.lines().last().unwrap().starts_with("took       0."), "{}", said.err);
    let said = copy.xtask(&["regenerate", "--verbose"]);
    let written = copy.path("generated-client/src/generated").display().to_string();
    assert!(said.err.contains(&format!("writing    {written}\n")), "{}", said.err);
}

#[test]
fn a_closed_pipe_is_no_error_and_a_full_disk_is() {
    let copy = Copy::with_all_snapshots();
    let output = |stdout: Stdio| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.arg("history").env("CARGO_MANIFEST_DIR", copy.path("xtask")).stdout(stdout).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(output(Stdio::piped()), (Some(0), String::new()));
    if let Ok(full) = File::options().write(true).open("/dev/full") {
        let (code, said) = output(full.into());
        assert_eq!(code, Some(3));
        assert!(said.starts_with("error: cannot write to standard output: "), "{said}");
    }
}

/// A document that causes an error with a cause below it, which has a name from the document.
fn broken(copy: &Copy) -> String {
    copy.write(
        "broken.json",
        r#"{"openapi": "3.0.0", "info": {"title": "", "version": ""}, "paths": {"/\u001b[31mx": 1}}"#,
    )
}

#[test]
fn a_cause_has_no_control_characters() {
    let copy = Copy::with_all_snapshots();
    let said = copy.fails(&["diff", "2.65.0", &broken(&copy)]);
    assert!(said.contains("\n  because: ") && said.contains("\\u{1b}[31mx"), "{said}");
    assert!(!said.contains('\u{1b}'), "{said}");
}

#[test]
fn an_error_that_cannot_be_printed_is_still_an_error() {
    let copy = Copy::with_all_snapshots();
    let Ok(full) = File::options().write(true).open("/dev/full") else { return };
    let status = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["diff", "2.65.0", &broken(&copy)])
        .env("CARGO_MANIFEST_DIR", copy.path("xtask"))
        .stderr(full)
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(3));
}
