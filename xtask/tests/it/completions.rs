//! The scripts for shells. Each shell runs its own where it is installed.

use std::process::Command;

use crate::support::Copy;

/// Prints what bash would offer for a line, a word a line.
const TRY: &str = r#"
offer() {
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    COMPREPLY=()
    "$(complete -p cargo | sed 's/.*-F \([^ ]*\) .*/\1/')" cargo "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    printf '%s\n' "${COMPREPLY[@]}"
}
"#;

/// What a shell prints for a script, if it is installed.
fn printed(shell: &str, options: &[&str], script: &str) -> Option<String> {
    let output = Command::new(shell).args(options).args(["-c", script]).output().ok()?;
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    Some(String::from_utf8(output.stdout).unwrap())
}

fn bash(script: &str) -> Option<String> {
    printed("bash", &["--noprofile", "--norc"], script)
}

#[test]
fn bash_completes_cargo_xtask() {
    let script = Copy::without_snapshots().ok(&["completions", "bash"]);
    for (line, offered) in [
        ("cargo xtask di", "diff\n"),
        ("cargo xtask diff --fo", "--format\n"),
        ("cargo xtask diff --format s", "sarif\n"),
        ("cargo xtask --color a", "auto\nalways\n"),
    ] {
        let Some(said) = bash(&format!("{script}\n{TRY}\noffer {line}")) else { return };
        assert_eq!(said, offered, "{line}");
    }
}

#[test]
fn bash_leaves_other_commands_to_the_completion_of_cargo() {
    let script = Copy::without_snapshots().ok(&["completions", "bash"]);
    let cargo = "_cargo() { COMPREPLY=(\"build of $1\"); }; complete -F _cargo cargo";
    for again in ["", script.as_str()] {
        let before = format!("{cargo}\n{script}\n{again}\n{TRY}\n");
        let Some(said) = bash(&format!("{before}offer cargo bui; offer cargo xtask hist")) else { return };
        assert_eq!(said, "build of cargo\nhistory\n");
    }
    // Without a completion of cargo, there is nothing to offer.
    let Some(said) = bash(&format!("{script}\n{TRY}\noffer cargo bui")) else { return };
    assert_eq!(said, "\n");
}

#[test]
fn zsh_and_fish_complete_cargo_xtask() {
    let copy = Copy::without_snapshots();
    let zsh = copy.ok(&["completions", "zsh"]);
    assert!(zsh.starts_with("#compdef xtask\n") && zsh.ends_with("\ncompdef _cargo_xtask cargo\n"), "{zsh}");
    let fish = copy.ok(&["completions", "fish"]);
    assert!(fish.contains("\ncomplete -c cargo -n \"__fish_cargo_needs_command\" -f -a \"xtask\" "), "{fish}");
    assert!(
        fish.contains("-n \"__fish_cargo_using_subcommand xtask; and __fish_seen_subcommand_from diff\" "),
        "{fish}"
    );
    // What belongs to cargo stays with cargo.
    assert_eq!(fish.lines().filter(|line| line.contains("needs_command\" -")).count(), 1, "{fish}");
}

#[test]
fn fish_completes_cargo_xtask() {
    let script = Copy::without_snapshots().ok(&["completions", "fish"]);
    for (line, offered) in
        [("cargo xtask di", "diff"), ("cargo xtask diff --fo", "--format"), ("cargo xtask diff --format s", "sarif")]
    {
        let Some(said) = printed("fish", &["--no-config"], &format!("{script}\ncomplete -C '{line}'")) else { return };
        let words: Vec<&str> = said.lines().map(|line| line.split('\t').next().unwrap()).collect();
        assert_eq!(words, [offered], "{line}");
    }
}

/// Functions stand for those of the completion system, which needs a terminal.
#[test]
fn zsh_leaves_other_commands_to_the_completion_of_cargo_or_completes_files() {
    let script = Copy::without_snapshots().ok(&["completions", "zsh"]);
    let system = "compdef() {}; _default() { print files }; fpath=()";
    let complete = "words=(cargo bui); CURRENT=2; _cargo_xtask; _cargo_xtask";
    let zsh = |more: &str| printed("zsh", &["-f"], &format!("{system}\n{script}\n{more}\n{complete}"));
    let Some(said) = zsh("") else { return };
    assert_eq!(said, "files\nfiles\n");
    assert_eq!(zsh("_cargo() { print cargo }").unwrap(), "cargo\ncargo\n");
}

#[test]
fn completions_need_no_workspace() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["completions", "bash"])
        .env_remove("CARGO_MANIFEST_DIR")
        .output()
        .unwrap();
    assert!(output.status.success());
    let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(["completions", "tcsh"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}
