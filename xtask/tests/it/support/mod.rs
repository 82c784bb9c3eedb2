//! The xtask binary in a copy of the folders that it works on.

#![allow(dead_code, reason = "each test file uses a part of this")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "these are tests")]

mod specs;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Map, Value};
use tempfile::TempDir;

/// The repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The snapshot of 2.65.0 as text.
pub(crate) fn snapshot() -> String {
    fs::read_to_string(repository().join("specs/2.65.0.json")).unwrap()
}

/// The snapshot of 2.65.0.
pub(crate) fn document() -> Value {
    serde_json::from_str(&snapshot()).unwrap()
}

/// The snapshot with what the plugin adds.
pub(crate) fn with_plugin() -> Value {
    let mut document = document();
    let plugin: Value = codegen::yaml::read("plugin.yaml", include_str!("../fixtures/plugin.yaml")).unwrap();
    let add = |place: &str, document: &mut Value| {
        let target: &mut Map<String, Value> = document.pointer_mut(place).unwrap().as_object_mut().unwrap();
        for (name, value) in plugin.pointer(place).unwrap().as_object().unwrap() {
            assert!(target.insert(name.clone(), value.clone()).is_none(), "{place}/{name} is there already");
        }
    };
    add("/paths", &mut document);
    add("/components/schemas", &mut document);
    document["tags"].as_array_mut().unwrap().extend(plugin["tags"].as_array().unwrap().iter().cloned());
    document
}

/// What a command said.
#[derive(Debug)]
pub(crate) struct Said {
    /// The exit code.
    pub(crate) code: Option<i32>,
    /// What it printed.
    pub(crate) out: String,
    /// Its errors.
    pub(crate) err: String,
}

impl Said {
    fn new(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A copy of `specs/`, in which commands write.
pub(crate) struct Copy {
    root: TempDir,
}

impl Copy {
    /// `specs/` with the snapshot of 2.65.0 alone, and no generated code.
    pub(crate) fn new() -> Self {
        let copy = Self::without_snapshots();
        copy.ok(&["fetch", "--from", repository().join("specs/2.65.0.json").to_str().unwrap(), "--kimai", "2.65.0"]);
        copy
    }

    /// `specs/` with all releases up to 2.65.0, and no generated code.
    pub(crate) fn with_all_snapshots() -> Self {
        let copy = Self { root: tempfile::tempdir().unwrap() };
        specs::write(&specs::FILES, &copy.path("specs"));
        copy
    }

    /// `specs/` as it is, and no generated code.
    pub(crate) fn of_repository() -> Self {
        let copy = Self { root: tempfile::tempdir().unwrap() };
        copy_folder(&repository().join("specs"), &copy.path("specs"));
        copy
    }

    /// `specs/` with nothing but the overlays.
    pub(crate) fn without_snapshots() -> Self {
        let copy = Self { root: tempfile::tempdir().unwrap() };
        for (path, text) in specs::FILES.iter().filter(|(path, _)| path.starts_with("overlays/")) {
            copy.write(&format!("specs/{path}"), text);
        }
        copy.write("specs/history.yaml", "floor: \"1.30.11\"\n");
        copy
    }

    /// A path in the copy.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    /// Writes a file into the copy, and returns its path as text.
    pub(crate) fn write(&self, path: &str, text: &str) -> String {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// A file of the copy.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// All files of a folder.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        collect(&self.path(folder), "", &mut files);
        files
    }

    /// Runs `cargo xtask` with these arguments.
    pub(crate) fn xtask(&self, arguments: &[&str]) -> Said {
        self.xtask_with_input(arguments, "")
    }

    /// Runs `cargo xtask` with these arguments and this text as standard input.
    pub(crate) fn xtask_with_input(&self, arguments: &[&str], input: &str) -> Said {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().unwrap();
        // A command which does not read its input closes it.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Said::new(child.wait_with_output().unwrap())
    }

    /// Runs `cargo xtask` with these arguments and variables of the environment, without a standard input.
    pub(crate) fn xtask_with_variables(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Said {
        let child = self.command(arguments).envs(variables.iter().copied()).stdin(Stdio::null()).spawn();
        Said::new(child.unwrap().wait_with_output().unwrap())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .args(arguments)
            .env("CARGO_MANIFEST_DIR", self.path("xtask"))
            .current_dir(self.root.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        // The machine of whoever runs the tests may be set up for a Kimai, or a proxy, of their own.
        for (name, _) in env::vars_os() {
            let upper = name.to_string_lossy().to_uppercase();
            if upper.starts_with("KIMAI_") || upper.ends_with("_PROXY") || upper.starts_with("SSL_CERT_") {
                command.env_remove(name);
            }
        }
        command
    }

    /// Like [`Self::xtask`], for commands that must succeed; returns the output.
    pub(crate) fn ok(&self, arguments: &[&str]) -> String {
        let said = self.xtask(arguments);
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{arguments:?}: {}", said.out);
        said.out
    }

    /// Like [`Self::xtask`], for commands that must fail; returns the errors.
    pub(crate) fn fails(&self, arguments: &[&str]) -> String {
        self.fails_with(3, arguments)
    }

    /// Like [`Self::xtask`], for wrong arguments; returns the errors.
    pub(crate) fn refuses(&self, arguments: &[&str]) -> String {
        self.fails_with(2, arguments)
    }

    fn fails_with(&self, code: i32, arguments: &[&str]) -> String {
        let said = self.xtask(arguments);
        assert_eq!((said.code, said.out.as_str()), (Some(code), ""), "{arguments:?}: {}", said.err);
        said.err
    }
}

/// Copies a folder with all that it holds.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}
