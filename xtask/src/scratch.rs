//! A copy of the client in a workspace of its own, to be compiled with other generated code.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::rust::Files;
use toml::Table;

use crate::error::Error;
use crate::output::replace_folder;
use crate::workspace::Workspace;

/// What generated code may depend on. Without TLS there is far less to build.
pub(crate) const GENERATED: &str = "blocking,tracing";

/// The whole client but for TLS, its test server included.
pub(crate) const WHOLE: &str = "blocking,test-server,tracing";

/// What the client's manifest has for its tests, which are not copied.
const LEFT_OUT: [&str; 2] = ["dev-dependencies", "bench"];

/// The copy. It stays, so that what the client depends on is built once.
pub(crate) struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    /// Copies the client without its generated code.
    pub(crate) fn new(workspace: &Workspace) -> Result<Self, Error> {
        let scratch = Self { folder: workspace.target().join("check-releases") };
        let root = scratch.folder.join("workspace");
        if root.exists() {
            fs::remove_dir_all(&root).map_err(|source| Error::Write { path: root.clone(), source })?;
        }
        // The code includes the pages of docs.
        let (client, copy) = (workspace.client(), root.join("generated-client"));
        for part in ["src", "docs"] {
            copy_folder(&client.join(part), &copy.join(part), &workspace.generated())?;
        }
        let edit = |path: PathBuf, edited: fn(&str) -> Result<String, String>| {
            edited(&read(&path)?).map_err(|problem| Error::Manifest { path, problem })
        };
        write(&root.join("Cargo.toml"), &edit(workspace.root().join("Cargo.toml"), of_workspace)?)?;
        write(&root.join("Cargo.lock"), &read(&workspace.root().join("Cargo.lock"))?)?;
        write(&copy.join("Cargo.toml"), &edit(client.join("Cargo.toml"), of_client)?)?;
        // The documentation shows it.
        write(&root.join("README.md"), "")?;
        Ok(scratch)
    }

    /// Where the copy is.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.join("workspace")
    }

    /// Compiles the client with these files and features. What the compiler says against it; a warning is an error.
    pub(crate) fn check(&self, files: &Files, features: &str) -> Result<Result<(), String>, Error> {
        let root = self.root();
        replace_folder(&root.join("generated-client/src/generated"), files)?;
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let output = Command::new(cargo)
            .args(["check", "--quiet", "--no-default-features", "--features", features])
            .current_dir(&root)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .output()
            .map_err(|source| Error::Cargo { source })?;
        let messages = || String::from_utf8_lossy(&output.stderr).into_owned();
        Ok(if output.status.success() { Ok(()) } else { Err(messages()) })
    }
}

/// The manifest of a workspace with the client alone, in which a warning is an error.
fn of_workspace(manifest: &str) -> Result<String, String> {
    let mut manifest: Table = manifest.parse().map_err(|error: toml::de::Error| error.to_string())?;
    // It names packages that the client does not need.
    manifest.remove("profile");
    let workspace = table(&mut manifest, "workspace")?;
    workspace.insert("members".to_owned(), vec!["generated-client"].into());
    let lints = table(table(workspace, "lints")?, "rust")?;
    lints.insert("warnings".to_owned(), "deny".into());
    Ok(manifest.to_string())
}

/// The client's manifest without what is not copied.
fn of_client(manifest: &str) -> Result<String, String> {
    let mut manifest: Table = manifest.parse().map_err(|error: toml::de::Error| error.to_string())?;
    for section in LEFT_OUT {
        manifest.remove(section);
    }
    Ok(manifest.to_string())
}

fn table<'a>(parent: &'a mut Table, key: &str) -> Result<&'a mut Table, String> {
    let value = parent.entry(key).or_insert_with(|| Table::new().into());
    value.as_table_mut().ok_or_else(|| format!("{key} is not a table"))
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
    fn only_the_client_is_a_member_and_warnings_are_errors() {
        let manifest = "[workspace]\nmembers = [\n  \"a\",\n  \"b\",\n]\n[workspace.lints.rust]\nc = \"warn\"\n[profile.dev]\nd = 1\n";
        assert_eq!(
            of_workspace(manifest).unwrap(),
            "[workspace]\nmembers = [\"generated-client\"]\n\n[workspace.lints.rust]\nc = \"warn\"\nwarnings = \"deny\"\n"
        );
        assert_eq!(of_workspace("workspace = 1").unwrap_err(), "workspace is not a table");
    }

    #[test]
    fn what_is_not_copied_is_left_out() {
        let manifest = "[package]\nname = \"a\"\n\n[dev-dependencies]\nb = \"1\"\n\n[[bench]]\nname = \"c\"\n\n[lints]\nd = true\n";
        assert_eq!(of_client(manifest).unwrap(), "[lints]\nd = true\n\n[package]\nname = \"a\"\n");
    }
}
