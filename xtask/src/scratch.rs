//! Copies of the client in a workspace of their own, to be compiled with other generated code.

use std::ffi::OsString;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{slice, thread};

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

/// The copies, in one workspace. It stays, so that what the client depends on is built once.
pub(crate) struct Scratch {
    folder: PathBuf,
    packages: Vec<String>,
}

impl Scratch {
    /// Copies the client without its generated code.
    pub(crate) fn new(workspace: &Workspace) -> Result<Self, Error> {
        Self::with_packages(workspace, vec!["generated-client".to_owned()])
    }

    /// Copies the client so often that each core has one to compile.
    pub(crate) fn for_each_core(workspace: &Workspace) -> Result<Self, Error> {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        Self::with_packages(workspace, (1..=cores).map(|number| format!("generated-client-{number}")).collect())
    }

    fn with_packages(workspace: &Workspace, packages: Vec<String>) -> Result<Self, Error> {
        let scratch = Self { folder: workspace.target().join("check-releases"), packages };
        let root = scratch.root();
        if root.exists() {
            fs::remove_dir_all(&root).map_err(|source| Error::Write { path: root.clone(), source })?;
        }
        let client = workspace.client();
        let manifest = client.join("Cargo.toml");
        for package in &scratch.packages {
            let copy = root.join(package);
            // The code includes the pages of docs.
            for part in ["src", "docs"] {
                copy_folder(&client.join(part), &copy.join(part), &workspace.generated())?;
            }
            let edited = of_client(&read(&manifest)?, package);
            let edited = edited.map_err(|problem| Error::Manifest { path: manifest.clone(), problem })?;
            write(&copy.join("Cargo.toml"), &edited)?;
        }
        let manifest = workspace.root().join("Cargo.toml");
        let edited = of_workspace(&read(&manifest)?, &scratch.packages);
        write(&root.join("Cargo.toml"), &edited.map_err(|problem| Error::Manifest { path: manifest, problem })?)?;
        write(&root.join("Cargo.lock"), &read(&workspace.root().join("Cargo.lock"))?)?;
        Ok(scratch)
    }

    /// Where the copies are.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.join("workspace")
    }

    /// How many clients are compiled at once.
    pub(crate) fn size(&self) -> usize {
        self.packages.len()
    }

    /// Compiles the client with these files and features. What the compiler says against it; a warning is an error.
    pub(crate) fn check(&self, files: &Files, features: &str) -> Result<Result<(), String>, Error> {
        let checked = self.check_all(slice::from_ref(files), features)?;
        Ok(checked.into_iter().collect())
    }

    /// Compiles a client for each of these files at once, as many as there are copies at most.
    pub(crate) fn check_all(&self, clients: &[Files], features: &str) -> Result<Vec<Result<(), String>>, Error> {
        let mut packages = Vec::new();
        for (package, files) in self.packages.iter().zip(clients) {
            replace_folder(&self.root().join(package).join("src/generated"), files)?;
            packages.push(package.as_str());
        }
        if self.cargo_check(&packages, features)?.is_ok() {
            return Ok(packages.iter().map(|_| Ok(())).collect());
        }
        // One at a time, to tell whose messages they are.
        packages.iter().map(|package| self.cargo_check(&[package], features)).collect()
    }

    fn cargo_check(&self, packages: &[&str], features: &str) -> Result<Result<(), String>, Error> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let output = Command::new(cargo)
            .args(["check", "--quiet", "--no-default-features", "--features", features])
            .args(packages.iter().flat_map(|package| ["--package", package]))
            .current_dir(self.root())
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .output()
            .map_err(|source| Error::Cargo { source })?;
        let messages = || String::from_utf8_lossy(&output.stderr).into_owned();
        Ok(if output.status.success() { Ok(()) } else { Err(messages()) })
    }
}

/// The manifest of a workspace with the copies alone, in which a warning is an error.
fn of_workspace(manifest: &str, packages: &[String]) -> Result<String, String> {
    let mut manifest: Table = manifest.parse().map_err(|error: toml::de::Error| error.to_string())?;
    // It names packages that the client does not need.
    manifest.remove("profile");
    let workspace = table(&mut manifest, "workspace")?;
    workspace.insert("members".to_owned(), packages.to_vec().into());
    let lints = table(table(workspace, "lints")?, "rust")?;
    lints.insert("warnings".to_owned(), "deny".into());
    Ok(manifest.to_string())
}

/// The client's manifest with another name, without what is not copied.
fn of_client(manifest: &str, package: &str) -> Result<String, String> {
    let mut manifest: Table = manifest.parse().map_err(|error: toml::de::Error| error.to_string())?;
    table(&mut manifest, "package")?.insert("name".to_owned(), package.into());
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
    fn only_the_copies_are_members_and_warnings_are_errors() {
        let manifest = "[workspace]\nmembers = [\n  \"a\",\n  \"b\",\n]\n[workspace.lints.rust]\nc = \"warn\"\n[profile.dev]\nd = 1\n";
        assert_eq!(
            of_workspace(manifest, &["x".to_owned(), "y".to_owned()]).unwrap(),
            "[workspace]\nmembers = [\"x\", \"y\"]\n\n[workspace.lints.rust]\nc = \"warn\"\nwarnings = \"deny\"\n"
        );
        assert_eq!(of_workspace("workspace = 1", &[]).unwrap_err(), "workspace is not a table");
    }

    #[test]
    fn the_copy_has_another_name_and_not_what_only_tests_need() {
        let manifest = "[package]\nname = \"a\"\n\n[dev-dependencies]\nb = \"1\"\n\n[[bench]]\nname = \"c\"\n\n[lints]\nd = true\n";
        assert_eq!(of_client(manifest, "x").unwrap(), "[lints]\nd = true\n\n[package]\nname = \"x\"\n");
    }
}
