//! A copy of the client in a workspace of its own, to be compiled with other generated code.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::rust::Files;

use crate::error::Error;
use crate::output::replace_folder;
use crate::workspace::Workspace;

/// The sections of the client's manifest that need what is not copied.
const LEFT_OUT: [&str; 2] = ["[dev-dependencies]", "[[bench]]"];

/// The copy. It stays, so that what the client depends on is built once.
pub(crate) struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    /// Copies the client without its generated code.
    pub(crate) fn new(workspace: &Workspace) -> Result<Self, Error> {
        let scratch = Self { folder: workspace.target().join("audit") };
        let root = scratch.folder.join("workspace");
        if root.exists() {
            fs::remove_dir_all(&root).map_err(|source| Error::Write { path: root.clone(), source })?;
        }
        // The code includes the pages of docs.
        let (client, copy) = (workspace.client(), root.join("generated-client"));
        for part in ["src", "docs"] {
            copy_folder(&client.join(part), &copy.join(part), &workspace.generated())?;
        }
        let manifest = read(&workspace.root().join("Cargo.toml"))?;
        let members = manifest.lines().map(|line| {
            if line.starts_with("members = ") { "members = [\"generated-client\"]" } else { line }.to_owned() + "\n"
        });
        write(&root.join("Cargo.toml"), &members.collect::<String>())?;
        write(&root.join("Cargo.lock"), &read(&workspace.root().join("Cargo.lock"))?)?;
        let manifest = without(&read(&workspace.client().join("Cargo.toml"))?, &LEFT_OUT);
        write(&root.join("generated-client/Cargo.toml"), &manifest)?;
        // The documentation shows it.
        write(&root.join("README.md"), "")?;
        Ok(scratch)
    }

    /// Compiles the client with these files. What the compiler says against it, warnings included.
    pub(crate) fn check(&self, files: &Files) -> Result<Result<(), String>, Error> {
        let root = self.folder.join("workspace");
        replace_folder(&root.join("generated-client/src/generated"), files)?;
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        // Without TLS there is far less to build; what is generated does not depend on it.
        let output = Command::new(cargo)
            .args(["check", "--quiet", "--no-default-features", "--features", "blocking,tracing"])
            .current_dir(&root)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .output()
            .map_err(|source| Error::Cargo { source })?;
        let messages = String::from_utf8_lossy(&output.stderr).into_owned();
        let is_clean = output.status.success() && !messages.contains("warning");
        Ok(if is_clean { Ok(()) } else { Err(messages) })
    }
}

/// A manifest without some of its sections.
fn without(manifest: &str, sections: &[&str]) -> String {
    let mut is_left_out = false;
    let kept = manifest.lines().filter(|line| {
        if line.starts_with('[') {
            is_left_out = sections.contains(line);
        }
        !is_left_out
    });
    kept.flat_map(|line| [line, "\n"]).collect()
}

fn copy_folder(from: &Path, to: &Path, except: &Path) -> Result<(), Error> {
    let failed = |source| Error::Read { path: from.to_owned(), source };
    fs::create_dir_all(to).map_err(|source| Error::Write { path: to.to_owned(), source })?;
    for entry in fs::read_dir(from).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let Some(name) = path.file_name().filter(|_| path != except) else { continue };
        let target = to.join(name);
        if path.is_dir() {
            copy_folder(&path, &target, except)?;
        } else {
            fs::copy(&path, &target).map_err(|source| Error::Write { path: target, source })?;
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    fs::write(path, text).map_err(|source| Error::Write { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_left_out() {
        let manifest = "[package]\nname = \"a\"\n\n[dev-dependencies]\nb = \"1\"\n\n[[bench]]\nname = \"c\"\n\n[lints]\nd = true\n";
        assert_eq!(without(manifest, &LEFT_OUT), "[package]\nname = \"a\"\n\n[lints]\nd = true\n");
    }
}
