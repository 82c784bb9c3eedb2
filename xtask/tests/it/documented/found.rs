//! The commands in the documents of the repository, and in the help of `xtask`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::repository;

/// How a command begins.
const PROGRAMS: [&str; 4] = ["cargo ", "node ", ".ci/", "generated-client/benches/"];

/// Where a command is.
#[derive(Default)]
pub(super) struct Found {
    pub(super) places: Vec<String>,
}

/// All commands without comments. Those with `…` are only a part of one.
pub(super) fn all() -> BTreeMap<String, Found> {
    let mut all: BTreeMap<String, Found> = BTreeMap::new();
    let mut add = |command: &str, place: &str| {
        let command = command.split(" #").next().unwrap_or_default().trim();
        let is_command = PROGRAMS.iter().any(|program| command.starts_with(program));
        if is_command && !command.contains('…') {
            all.entry(command.to_owned()).or_default().places.push(place.to_owned());
        }
    };
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let place = path.strip_prefix(repository()).unwrap().display().to_string();
        assert!(text.matches('`').count().is_multiple_of(2), "{place}: the number of backticks is odd: close the code");
        in_markdown(&text, &mut |command| add(command, &place));
    }
    for command in commands_of_xtask() {
        let place = format!("xtask {command} --help");
        help(&[&command, "--help"]).lines().for_each(|line| add(line.trim(), &place));
    }
    all
}

/// Commands of a Markdown file with the lines that they print, as the file shows them.
pub(super) fn transcripts(text: &str) -> Vec<(String, Vec<String>)> {
    let mut transcripts: Vec<(String, Vec<String>)> = Vec::new();
    for block in text.split("```").skip(1).step_by(2).filter_map(|block| block.strip_prefix("console\n")) {
        for line in block.lines() {
            match (line.strip_prefix("$ "), transcripts.last_mut()) {
                (Some(command), _) => transcripts.push((command.to_owned(), Vec::new())),
                (None, Some((_, lines))) => lines.push(line.to_owned()),
                (None, None) => panic!("{line}: no command before it"),
            }
        }
    }
    transcripts.retain(|(_, lines)| !lines.is_empty());
    transcripts
}

/// The Markdown files of the repository, but for generated ones.
fn documents() -> Vec<PathBuf> {
    let root = repository();
    let folders = ["", ".github", "codegen/docs", "codegen/benches/peers", "generated-client", "generated-client/docs"];
    let folders = folders.into_iter().chain(["specs", "xtask/docs"]);
    folders.flat_map(|folder| in_folder(&root.join(folder))).collect()
}

fn in_folder(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

/// The lines behind `$` in blocks, and the code between backticks.
fn in_markdown(text: &str, add: &mut impl FnMut(&str)) {
    let mut in_block = false;
    let mut prose = String::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if in_block {
            if let Some(command) = line.trim_start().strip_prefix("$ ") {
                add(command);
            }
        } else {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    prose.split('`').skip(1).step_by(2).for_each(|code| add(&code.replace('\n', " ")));
}

fn commands_of_xtask() -> Vec<String> {
    let help = help(&["--help"]);
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // Descriptions go on in lines that are indented further.
    let names = commands.filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next().map(str::to_owned));
    names.filter(|name| name != "help").collect()
}

fn help(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}
