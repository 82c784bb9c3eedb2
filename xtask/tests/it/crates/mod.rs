//! A workspace with clients and crates that use them.

pub(crate) mod server;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use toml::Table;

use crate::support::{copy_folder, repository};

/// Where tests compile. It stays, and all of them share its `target`, so that what the clients depend on is built once.
fn folder() -> PathBuf {
    let binary = Path::new(env!("CARGO_BIN_EXE_xtask"));
    binary.parent().and_then(Path::parent).unwrap().join("test-crates")
}

/// The workspace. Its crates are in a folder of its name: cargo names what it compiles by the path within a workspace, and
/// two crates of one name would replace each other in the shared `target`.
pub(crate) struct Crates {
    workspace: PathBuf,
    crates: PathBuf,
}

impl Crates {
    /// An empty workspace with these crates; tests with different names may run at the same time.
    pub(crate) fn new(name: &str, members: &[&str]) -> Self {
        let workspace = folder().join(name);
        if workspace.exists() {
            fs::remove_dir_all(&workspace).unwrap();
        }
        let read = |path: &str| fs::read_to_string(repository().join(path)).unwrap();
        let mut manifest: Table = read("Cargo.toml").parse().unwrap();
        let members: Vec<String> = members.iter().map(|member| format!("{name}/{member}")).collect();
        manifest["workspace"]["members"] = members.into();
        let crates = Self { crates: workspace.join(name), workspace };
        fs::create_dir_all(&crates.crates).unwrap();
        let files = [("Cargo.toml", manifest.to_string()), ("Cargo.lock", read("Cargo.lock"))];
        for (file, text) in files.into_iter().chain([("rustfmt.toml", read("rustfmt.toml"))]) {
            fs::write(crates.workspace.join(file), text).unwrap();
        }
        crates
    }

    /// Adds the client under another name, without what only its own tests need. It returns the folder for the generated
    /// code.
    pub(crate) fn add_client(&self, name: &str) -> PathBuf {
        for part in ["src", "docs"] {
            let from = repository().join("generated-client").join(part);
            copy_folder(&from, &self.path(&format!("{name}/{part}")));
        }
        // Its code is tested elsewhere.
        self.write(&format!("{name}/README.md"), "");
        let manifest = fs::read_to_string(repository().join("generated-client/Cargo.toml")).unwrap();
        let mut manifest: Table = manifest.parse().unwrap();
        manifest["package"]["name"] = name.into();
        for section in ["dev-dependencies", "bench"] {
            manifest.remove(section).unwrap();
        }
        self.write(&format!("{name}/Cargo.toml"), &manifest.to_string());
        self.path(&format!("{name}/src/generated"))
    }

    /// Adds a program that uses clients; they have no TLS.
    pub(crate) fn add_program(&self, name: &str, clients: &[&str], files: &[(&str, &str)]) {
        let client = |client: &&str| {
            format!("{client} = {{ path = \"../{client}\", default-features = false, features = [\"blocking\"] }}\n")
        };
        let clients: String = clients.iter().map(client).collect();
        self.write(
            &format!("{name}/Cargo.toml"),
            &format!(
                "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{clients}\
                 tokio = {{ version = \"1\", default-features = false, features = [\"macros\", \"rt\"] }}\n"
            ),
        );
        for (path, text) in files {
            self.write(&format!("{name}/src/{path}"), text);
        }
    }

    /// The path of a file of the crates.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.crates.join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Builds programs.
    pub(crate) fn build(&self, programs: &[&str]) {
        let packages = programs.iter().flat_map(|program| ["--package", program]);
        self.cargo(&["build", "--offline"].into_iter().chain(packages).collect::<Vec<_>>());
    }

    /// Runs cargo with warnings denied. It must succeed; returns what it prints to standard output.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> String {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(&self.workspace)
            .env("CARGO_TARGET_DIR", target())
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

/// Runs a program, which must succeed; returns the lines that it prints.
pub(crate) fn run(program: &str, arguments: &[&str]) -> Vec<String> {
    let output = Command::new(target().join("debug").join(program)).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

fn target() -> PathBuf {
    folder().join("target")
}
