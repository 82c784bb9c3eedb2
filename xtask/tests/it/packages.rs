//! The packages that cargo compiles before the first `cargo xtask regenerate` of a new clone.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// How many packages it may be: what there is now, and a few more.
const MOST: usize = 75;

/// The packages of a build without the network, such as `clap v4.6.9`.
fn packages() -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--package", "xtask"])
        .args(["--no-default-features", "--features", "commands"])
        .args(["--edges", "normal,build", "--prefix", "none", "--no-dedupe", "--format", "{p}"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn work_without_a_server_compiles_few_packages() {
    let packages = packages();
    assert!(
        packages.len() <= MOST,
        "`cargo xtask regenerate` compiles {} packages, and may compile {MOST}: make a new dependency optional in \
         xtask/Cargo.toml, as part of the feature `network`, or raise the number here if all commands need it:\n{}",
        packages.len(),
        packages.into_iter().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn work_without_a_server_compiles_no_c_code() {
    let builders = ["aws-lc-sys", "bindgen", "cc", "cmake", "pkg-config", "ring"];
    let packages = packages();
    let found: Vec<&String> = packages
        .iter()
        .filter(|package| builders.iter().any(|name| package.starts_with(&format!("{name} "))))
        .collect();
    assert!(found.is_empty(), "{found:?}");
}
