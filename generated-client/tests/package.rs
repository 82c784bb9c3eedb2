//! What `cargo package` packs, and what the pages in the package say about it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

/// The largest package, compressed.
const MOST_BYTES: u64 = 400_000;

/// The packed files outside of `src/`.
const FILES: [&str; 12] = [
    ".cargo_vcs_info.json",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "docs/how-kimai-behaves.md",
    "docs/plugins.md",
    "docs/promises.md",
    "docs/recipes.md",
    "docs/versions.md",
];

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(folder().join(path)).unwrap()
}

fn cargo_package(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(["package", "--package", "generated-client", "--offline", "--allow-dirty", "--quiet"])
        .args(arguments)
        .current_dir(folder())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn packed_files() -> BTreeSet<String> {
    cargo_package(&["--list"]).lines().map(|line| line.replace('\\', "/")).collect()
}

#[test]
fn it_has_the_code_the_pages_and_the_licences() {
    let mut files = packed_files();
    // It is written in a clone only, not in an unpacked archive of the repository.
    files.insert(".cargo_vcs_info.json".to_owned());
    assert!(files.contains("src/lib.rs"));
    assert!(files.contains("src/generated/mod.rs"));
    let other: Vec<&str> = files.iter().map(String::as_str).filter(|file| !file.starts_with("src/")).collect();
    assert_eq!(other, FILES);
}

#[test]
fn it_has_every_file_that_the_code_includes() {
    let files = packed_files();
    let mut included = 0;
    for file in files.iter().filter(|file| file.starts_with("src/")) {
        let code = text(file);
        for rest in code.split("include_str!(\"").skip(1) {
            let (path, _) = rest.split_once('"').unwrap();
            let path = normalized(&Path::new(file).parent().unwrap().join(path));
            assert!(path.as_ref().is_some_and(|path| files.contains(path)), "{file} includes {rest:.60}");
            included += 1;
        }
    }
    assert!(included >= 6, "{included}");
}

/// The path without `..`; `None` if it leads out of the package.
fn normalized(path: &Path) -> Option<String> {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir if !parts.pop() => return None,
            Component::ParentDir => (),
            part => parts.push(part),
        }
    }
    Some(parts.to_str()?.replace('\\', "/"))
}

#[test]
fn it_is_small() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("package");
    cargo_package(&["--no-verify", "--target-dir", target.to_str().unwrap()]);
    let name = concat!("generated-client-", env!("CARGO_PKG_VERSION"), ".crate");
    let bytes = fs::metadata(target.join("package").join(name)).unwrap().len();
    assert!(bytes < MOST_BYTES, "{bytes}");
}

#[test]
fn its_licences_are_those_of_the_repository() {
    for file in ["LICENSE-APACHE", "LICENSE-MIT"] {
        assert_eq!(text(file), text(&format!("../{file}")), "{file}");
    }
}

#[test]
fn its_readme_has_the_features_of_the_documentation() {
    let manifest = text("Cargo.toml");
    let (_, features) = manifest.split_once("[features]\n").unwrap();
    let (features, _) = features.split_once("\n\n").unwrap();
    let features: BTreeSet<&str> =
        features.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name).collect();
    let rows = |text: &str, start: &str| -> Vec<String> {
        let rows = text.lines().filter_map(|line| line.strip_prefix(start)).map(str::to_owned);
        rows.filter(|row| features.iter().any(|name| row.starts_with(&format!("`{name}`")))).collect()
    };
    let readme = rows(&text("README.md"), "| ");
    assert_eq!(readme.len(), features.len() - 1, "all but `default`: {readme:?}");
    assert_eq!(rows(&text("src/lib.rs"), "//! | "), readme);
}

#[test]
fn its_pages_name_the_oldest_rust_and_the_oldest_kimai() {
    let rust = env!("CARGO_PKG_RUST_VERSION");
    assert!(text("docs/versions.md").contains(&format!("\nThe client needs Rust {rust}. ")));
    assert!(text("README.md").contains(&format!(" The package needs Rust {rust}.\n")));
    let kimai = generated_client::OLDEST_RELEASE;
    assert!(text("README.md").contains(&format!("\nreleases of Kimai from {kimai} on, ")));
}

/// See 'What is public' in `docs/versions.md`.
#[test]
fn its_pages_name_the_versions_of_public_packages() {
    let (manifest, page) = (text("../Cargo.toml"), text("docs/versions.md"));
    for (package, version) in [
        ("bytes", "1"),
        ("futures-core", "0.3"),
        ("jiff", "1"),
        ("reqwest", "0.13"),
        ("serde", "1"),
        ("serde_json", "1"),
        ("tokio", "1"),
    ] {
        let line = manifest.lines().find(|line| line.starts_with(&format!("{package} = "))).unwrap();
        assert!(line.contains(&format!("\"{version}\"")), "{line}");
        assert!(page.contains(&format!("`{package}` {version}")), "{package} {version}");
    }
}
