//! A file as a revision of git has it, such as `main:specs/2.65.0.json`.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::error::Error;
use crate::terminal;

/// Whether this is a revision and a file of it. A file that exists is never taken for one.
pub(crate) fn is_revision(text: &str) -> bool {
    !Path::new(text).exists() && has_revision(text, cfg!(windows))
}

/// On Windows, `c:mine.yaml` is a file on a drive.
fn has_revision(text: &str, has_drives: bool) -> bool {
    let Some((revision, file)) = text.split_once(':') else { return false };
    let is_drive = has_drives && revision.len() == 1;
    // Git would take it as an option.
    let is_option = text.starts_with('-');
    let is_url = file.starts_with("//");
    !file.is_empty() && !is_drive && !is_option && !is_url
}

/// The file of a revision: `main:specs/2.65.0.json` has `specs/2.65.0.json`.
pub(crate) fn file(text: &str) -> &Path {
    Path::new(text.rsplit_once(':').map_or(text, |(_, file)| file))
}

/// Its content, of the repository that the current folder is in.
pub(crate) fn show(text: &str) -> Result<Vec<u8>, Error> {
    terminal::detail("running", format_args!("git cat-file blob {text}"));
    let failed = |problem: String| Error::Revision { text: text.to_owned(), problem };
    let output = Command::new("git")
        // Unlike `git show`, it takes no patterns, folders and commits.
        .args(["cat-file", "blob", text])
        // What it says is part of an English message.
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| failed(format!("cannot run git: {error}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(failed(format!("git says: {}", said.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_has_a_file() {
        for text in ["main:specs/2.65.0.json", "HEAD~3:mine.yaml", ":mine.yaml", "v1:./mine.yaml", "m:mine.yaml"] {
            assert!(has_revision(text, false), "{text}");
        }
        for text in ["main", "mine.yaml", "main:", "-main:mine.yaml", "file:///mine.yaml"] {
            assert!(!has_revision(text, false), "{text}");
        }
    }

    #[test]
    fn the_letter_of_a_drive_is_no_revision() {
        for text in ["c:mine.yaml", r"C:\specs\mine.yaml", "d:/mine.yaml"] {
            assert!(!has_revision(text, true), "{text}");
        }
        assert!(has_revision("main:mine.yaml", true));
    }

    #[test]
    fn the_file_is_what_follows_the_revision() {
        assert_eq!(file("HEAD~3:specs/2.65.0.json"), Path::new("specs/2.65.0.json"));
        assert_eq!(file(":0:mine.yaml"), Path::new("mine.yaml"));
    }
}
