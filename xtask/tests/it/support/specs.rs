//! `specs/` as it was with [`NEWEST`], so that a release more does not change what these tests expect.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use codegen::Release;

use super::{collect, repository};

/// The newest release for these tests.
const NEWEST: &str = "2.65.0";

/// The files of `specs/`.
pub(crate) static FILES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let files = read(&repository().join("specs"));
    let old: BTreeMap<String, String> =
        files.iter().filter_map(|(path, text)| Some((path.clone(), without_newer(path, text)?))).collect();
    if old == files { files } else { with_pages(&old) }
});

fn read(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files);
    files
}

/// The pages and the stored history are made of the other files.
fn with_pages(files: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let root = tempfile::tempdir().unwrap();
    let specs = root.path().join("specs");
    write(files, &specs);
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command.arg("regenerate").env("CARGO_MANIFEST_DIR", root.path().join("xtask")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    read(&specs)
}

/// Writes files into a folder.
pub(crate) fn write(files: &BTreeMap<String, String>, folder: &Path) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn is_newer(release: &str) -> bool {
    release.parse::<Release>().unwrap() > NEWEST.parse().unwrap()
}

fn without_newer(path: &str, text: &str) -> Option<String> {
    match path {
        "index.yaml" => {
            let is_old = |block: &str| {
                let release = block.lines().next().and_then(|line| line.split_once("release: "));
                release.is_none_or(|(_, release)| !is_newer(release.trim_matches('\'')))
            };
            let text = retain_blocks(text, "- release: ", is_old);
            Some(retain_blocks(&text, "  - release: ", is_old))
        }
        "history.yaml" => {
            let since = |line: &str| Some(line.split_once("since: \"")?.1.split('"').next()?.to_owned());
            Some(retain_blocks(text, "- {", |line| since(line).is_none_or(|release| !is_newer(&release))))
        }
        _ if path.starts_with("overlays/") => {
            Some(blocks(text, ACTION).iter().filter_map(|block| action(block)).collect())
        }
        _ => match path.strip_suffix(".json") {
            Some(release) if is_newer(release) => None,
            _ => Some(text.to_owned()),
        },
    }
}

/// How an action of an overlay begins.
const ACTION: &str = "  - target: ";

/// An action, without a limit that excludes newer releases only; nothing if it is for newer releases only.
fn action(block: &str) -> Option<String> {
    let mut old = String::new();
    for line in block.split_inclusive('\n') {
        let Some(range) = line.strip_prefix("    x-kimai: ") else {
            old.push_str(line);
            continue;
        };
        let range = range.trim().trim_matches(['"', '\'']);
        let is_from_newer = |limit: &str| limit.strip_prefix(">=").is_some_and(is_newer);
        if range.split(", ").any(is_from_newer) {
            return None;
        }
        let is_before_newer = |limit: &str| limit.strip_prefix('<').is_some_and(is_newer);
        let limits: Vec<&str> = range.split(", ").filter(|limit| !is_before_newer(limit)).collect();
        if limits.len() == range.split(", ").count() {
            old.push_str(line);
        } else if !limits.is_empty() {
            old += &format!("    x-kimai: \"{}\"\n", limits.join(", "));
        }
    }
    Some(old)
}

/// Splits a text before each line that begins with `start`.
fn blocks(text: &str, start: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    for line in text.split_inclusive('\n') {
        if line.starts_with(start) {
            blocks.push(String::new());
        }
        blocks.last_mut().unwrap().push_str(line);
    }
    blocks
}

fn retain_blocks(text: &str, start: &str, is_kept: impl Fn(&str) -> bool) -> String {
    let blocks = blocks(text, start);
    blocks.into_iter().filter(|block| !block.starts_with(start) || is_kept(block)).collect()
}
