//! Documents as revisions of git have them.

use std::process::{Command, Stdio};

use crate::support::{Copy, snapshot};

/// Runs git in the copy, with nothing of what its user has set.
fn git(copy: &Copy, arguments: &[&str]) {
    let status = Command::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .current_dir(copy.path(""))
        .env("GIT_CONFIG_GLOBAL", copy.path("none"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "git {arguments:?}");
}

/// A repository with two states of a document: the first has a property more.
fn repository() -> Copy {
    let copy = Copy::with_all_snapshots();
    git(&copy, &["init", "--quiet"]);
    copy.write("mine.json", &snapshot().replacen("\"alias\":", "\"nickname\":", 1));
    git(&copy, &["add", "mine.json", "specs/2.63.0.json"]);
    git(&copy, &["commit", "--quiet", "--message", "first"]);
    copy.write("mine.json", &snapshot());
    git(&copy, &["commit", "--quiet", "--message", "second", "--all"]);
    copy
}

#[test]
fn a_document_is_compared_with_a_former_state_of_it() {
    let copy = repository();
    let said = copy.ok(&["diff", "HEAD~1:mine.json", "mine.json"]);
    assert!(said.starts_with("HEAD~1:mine.json → mine.json: 1 breaking, "), "{said}");
    assert_eq!(
        copy.ok(&["diff", "main:mine.json", "mine.json"]),
        "main:mine.json → mine.json: no changes in requests and responses\n"
    );
    // The release is in the name of the file, as without a revision.
    let said = copy.ok(&["diff", "main:specs/2.63.0.json", "2.65.0"]);
    assert!(said.starts_with("Kimai 2.63.0 → Kimai 2.65.0: 3 breaking, "), "{said}");
}

#[test]
fn a_file_that_exists_wins_over_a_revision() {
    let copy = repository();
    copy.write("HEAD~1:mine.json", &snapshot());
    assert_eq!(
        copy.ok(&["diff", "HEAD~1:mine.json", "mine.json"]),
        "HEAD~1:mine.json → mine.json: no changes in requests and responses\n"
    );
}

#[test]
fn what_git_says_is_in_the_error() {
    let copy = repository();
    for (document, said) in [
        ("nosuch:mine.json", "fatal: invalid object name 'nosuch'."),
        ("HEAD:nosuch.json", "fatal: path 'nosuch.json' does not exist in 'HEAD'"),
    ] {
        assert_eq!(
            copy.fails(&["diff", document, "mine.json"]),
            format!("error: cannot read {document}: there is no such file, and as a revision, git says: {said}\n")
        );
    }
    let copy = Copy::with_all_snapshots();
    copy.write("mine.json", &snapshot());
    let above = copy.path("").parent().unwrap().display().to_string();
    let above = [("GIT_CEILING_DIRECTORIES", above.as_str())];
    let said = copy.xtask_with_variables(&["diff", "main:mine.json", "mine.json"], &above);
    assert_eq!((said.code, said.out.as_str()), (Some(3), ""));
    let said = said.err;
    assert!(said.contains("and as a revision, git says: fatal: not a git repository"), "{said}");
}
