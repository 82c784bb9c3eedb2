//! A workspace with the client and two crates that use it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{copy_folder, repository};

/// The library and the program of one's own; only the client is there to depend on, and tokio for the program.
const MY_TOOL: &str = "\
[package]
name = \"my-tool\"
version = \"0.1.0\"
edition = \"2024\"

[dependencies]
generated-client = { path = \"../generated-client\", default-features = false, features = [\"blocking\"] }
tokio = { version = \"1\", default-features = false, features = [\"macros\", \"rt\"] }
";

/// A library that has another name for the client, and only the async one.
const RENAMED: &str = "\
[package]
name = \"renamed\"
version = \"0.1.0\"
edition = \"2024\"

[dependencies]
kimai-api = { package = \"generated-client\", path = \"../generated-client\", default-features = false }
";

/// Strict about what it has itself.
const LIBRARY: &str = "\
//! A library of one's own.

#![warn(missing_docs, unreachable_pub, clippy::pedantic)]

pub mod plugins;
";

/// It stays, so that what the client depends on is built once.
pub(crate) struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    pub(crate) fn new() -> Self {
        let binary = Path::new(env!("CARGO_BIN_EXE_xtask"));
        let workspace = Self { folder: binary.parent().and_then(Path::parent).unwrap().join("only-plugins") };
        let root = workspace.path("");
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        for part in ["src", "docs"] {
            let part = format!("generated-client/{part}");
            copy_folder(&repository().join(&part), &workspace.path(&part));
        }
        let read = |path: &str| fs::read_to_string(repository().join(path)).unwrap();
        let members = r#"members = ["codegen", "generated-client", "xtask"]"#;
        let manifest = read("Cargo.toml");
        assert!(manifest.contains(members));
        let members = (members, r#"members = ["generated-client", "my-tool", "renamed"]"#);
        workspace.write("Cargo.toml", &manifest.replace(members.0, members.1));
        workspace.write("Cargo.lock", &read("Cargo.lock"));
        workspace.write("rustfmt.toml", &read("rustfmt.toml"));
        // What only the client's own tests need is not there.
        let manifest = read("generated-client/Cargo.toml");
        let (start, rest) = manifest.split_once("[dev-dependencies]").unwrap();
        let (_, lints) = rest.split_once("[lints]").unwrap();
        workspace.write("generated-client/Cargo.toml", &format!("{start}[lints]{lints}"));
        workspace.write("README.md", "");

        workspace.write("my-tool/Cargo.toml", MY_TOOL);
        workspace.write("my-tool/src/lib.rs", LIBRARY);
        workspace.write("my-tool/src/bin/tool/main.rs", include_str!("../fixtures/plugin_tool.rs"));
        workspace.write("my-tool/src/bin/tool/remote/mod.rs", "pub(crate) mod plugins;\n");
        workspace.write("renamed/Cargo.toml", RENAMED);
        workspace.write("renamed/src/lib.rs", LIBRARY);
        workspace
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.join("workspace").join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs cargo, which must succeed; returns what it prints to standard output.
    pub(crate) fn ok(&self, arguments: &[&str]) -> String {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(self.path(""))
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0")
            .env("RUSTDOCFLAGS", "-D warnings")
            .env("RUSTFLAGS", "-D warnings")
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert!(output.status.success(), "cargo {arguments:?}:\n{out}\n{err}");
        out
    }
}
