//! How much the client brings into a program. The numbers are those of Linux.

#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::process::Command;

/// The client and all that it needs with the default features.
const MOST_PACKAGES: usize = 95;

#[test]
fn a_program_gets_no_more_packages_than_it_needs() {
    let arguments = "tree --offline --locked --package generated-client --edges normal --prefix none --format {p}";
    let tree = Command::new(env!("CARGO")).args(arguments.split(' ')).output().unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let packages: BTreeSet<String> = String::from_utf8(tree.stdout).unwrap().lines().map(name).collect();
    assert!(packages.iter().any(|package| package.starts_with("reqwest v")), "{packages:?}");
    assert!(
        packages.len() <= MOST_PACKAGES,
        "{} packages are needed with the default features, and {MOST_PACKAGES} are allowed: remove the new ones, or put \
         them behind a feature that is off by default. If a dependency itself needs more, raise the limit here.\n{}",
        packages.len(),
        packages.into_iter().collect::<Vec<_>>().join("\n")
    );
}

/// The name and version of a line of the tree.
fn name(line: &str) -> String {
    line.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}
