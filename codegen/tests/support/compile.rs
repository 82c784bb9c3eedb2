//! Generated code, compiled for good: a copy of the client with other generated files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use codegen::rust::Files;
use toml::Table;

/// One compilation at a time: they share a target folder, and the machine.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Compiles the client with these files in place of its own. Neither errors nor warnings are accepted.
pub(crate) fn compiles(files: &Files) {
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    write_workspace(folder.path(), files);
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| env!("CARGO").to_owned());
    // Without TLS there is far less to build; what is generated does not depend on it.
    let output = Command::new(cargo)
        .args(["check", "--offline", "--quiet", "--no-default-features", "--features", "blocking"])
        .current_dir(folder.path())
        .env("CARGO_TARGET_DIR", target_folder())
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the generated code does not compile, or has warnings:\n{messages}");
}

/// Dependencies are built once, and stay.
fn target_folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("compile-tests")
}

fn write_workspace(folder: &Path, files: &Files) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap().parse::<Table>().unwrap();
    let mut manifest = read("Cargo.toml");
    let workspace = manifest["workspace"].as_table_mut().unwrap();
    workspace.insert("members".to_owned(), vec!["generated-client"].into());
    let lints = workspace["lints"]["rust"].as_table_mut().unwrap();
    lints.insert("warnings".to_owned(), "deny".into());
    fs::write(folder.join("Cargo.toml"), manifest.to_string()).unwrap();
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let client = folder.join("generated-client");
    fs::create_dir_all(&client).unwrap();
    let mut manifest = read("generated-client/Cargo.toml");
    // Only its tests need the generator; neither it nor the benchmark is copied.
    manifest["dev-dependencies"].as_table_mut().unwrap().remove("codegen").unwrap();
    manifest.remove("bench").unwrap();
    fs::write(client.join("Cargo.toml"), manifest.to_string()).unwrap();
    // The code includes the pages of docs.
    for part in ["src", "docs"] {
        copy_sources(&root.join("generated-client").join(part), &client.join(part));
    }
    for (name, text) in files {
        let path = client.join("src/generated").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn copy_sources(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if !entry.file_type().unwrap().is_dir() {
            fs::copy(entry.path(), target).unwrap();
        } else if entry.file_name() != "generated" {
            copy_sources(&entry.path(), &target);
        }
    }
}
