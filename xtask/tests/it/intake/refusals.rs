//! What is refused leaves the tree as it was.

use serde_json::Value;

use super::document::{edited, one_less, one_more};
use crate::support::{Copy, snapshot};

/// The command fails with this error, and no file changes.
fn refused(copy: &Copy, arguments: &[&str], error: &str) {
    refused_with(3, copy, arguments, error);
}

/// The same with another exit code.
fn refused_with(code: i32, copy: &Copy, arguments: &[&str], error: &str) {
    let before = copy.files("specs");
    let said = copy.xtask(arguments);
    assert_eq!((said.code, said.out.as_str()), (Some(code), ""), "{arguments:?}: {}", said.err);
    assert!(said.err.contains(error), "{arguments:?}: {}", said.err);
    assert!(copy.files("specs") == before, "{arguments:?}");
    assert!(!copy.path("generated-client").exists(), "{arguments:?}");
}

#[test]
fn documents_that_cannot_be_taken_in() {
    let copy = Copy::with_all_snapshots();
    copy.write("page.html", "<!DOCTYPE html><html></html>");
    refused(
        &copy,
        &["intake", "page.html", "--kimai", "2.66.0"],
        "error: page.html\n  because: the document is a web page",
    );
    copy.write("next.json", &edited(one_more).to_string());
    refused_with(
        2,
        &copy,
        &["intake", "next.json"],
        "error: next.json does not say the release of Kimai: add --kimai RELEASE",
    );
    refused(&copy, &["intake", "missing.json", "--kimai", "2.66.0"], "error: cannot read missing.json");
    refused(&copy, &["intake", "http://127.0.0.1:1", "--kimai", "2.66.0"], "error: ");
    refused_with(
        2,
        &copy,
        &["intake", "2.66.0"],
        "error: specs/ has no snapshot of 2.66.0; it has 98 releases from 1.0 to 2.65.0",
    );
}

#[test]
fn documents_without_most_of_the_operations() {
    let copy = Copy::with_all_snapshots();
    copy.write("next.json", r#"{"openapi": "3.0.0", "info": {"title": "x", "version": "1"}, "paths": {}}"#);
    let arguments = ["intake", "next.json", "--kimai", "2.66.0", "--no-check"];
    refused(
        &copy,
        &arguments,
        "error: next.json has 0 of the 88 operations of 2.65.0: make sure that it is the document of Kimai 2.66.0; if most \
         operations really are gone, take it in with `cargo xtask fetch` and `cargo xtask regenerate`\n",
    );
    let half = |document: &mut Value| {
        let paths = document["paths"].as_object_mut().unwrap();
        paths.retain(|path, _| !["/api/p", "/api/te", "/api/ti", "/api/c"].iter().any(|gone| path.starts_with(gone)));
    };
    copy.write("next.json", &edited(half).to_string());
    refused(&copy, &arguments, "error: next.json has 31 of the 88 operations of 2.65.0: ");
}

#[test]
fn releases_that_are_known_or_old() {
    let copy = Copy::with_all_snapshots();
    copy.write("next.json", &edited(one_more).to_string());
    refused(
        &copy,
        &["intake", "next.json", "--kimai", "2.65.0"],
        "error: specs/ already has a different snapshot of 2.65.0: if that one is wrong, replace it with `cargo xtask fetch \
         --replace`, then run `cargo xtask intake 2.65.0`; differences (- only in the old one, + only in the new one, ~ in \
         both):\n    + /paths/~1api~1projects~1{id}~1duplicate\n",
    );
    refused(
        &copy,
        &["intake", "next.json", "--kimai", "2.64.5"],
        "error: 2.64.5 is older than 2.65.0, the newest release in specs/: take it in with `cargo xtask fetch` and `cargo \
         xtask regenerate`\n",
    );
    refused(&copy, &["intake", "2.64.0"], "error: 2.64.0 is older than 2.65.0, the newest release in specs/");
}

#[test]
fn a_snapshot_that_the_index_does_not_know() {
    let copy = Copy::with_all_snapshots();
    copy.write("next.json", &edited(one_less).to_string());
    copy.write("specs/2.66.0.json", "{}\n");
    refused(
        &copy,
        &["intake", "next.json", "--kimai", "2.66.0", "--no-check"],
        "error: specs/2.66.0.json has no entry in specs/index.yaml: delete it, or add it with `cargo xtask fetch`\n",
    );
}

/// A file that cannot be written, after others that were.
#[cfg(unix)]
#[test]
fn a_failed_write_takes_back_the_others() {
    let copy = Copy::with_all_snapshots();
    copy.write("next.json", &edited(one_less).to_string());
    std::fs::create_dir_all(copy.path("xtask")).unwrap();
    std::os::unix::fs::symlink("nowhere", copy.path("xtask/docs")).unwrap();
    let before = copy.files("specs");
    let said = copy.xtask(&["intake", "next.json", "--kimai", "2.66.0", "--no-check"]);
    assert_eq!(said.code, Some(3), "{}", said.out);
    assert!(said.err.starts_with("error: cannot write ") && said.err.contains("xtask/docs/rules.md"), "{}", said.err);
    assert!(!said.out.contains("written"), "{}", said.out);
    assert!(copy.files("specs") == before);
    assert!(!copy.path("generated-client").exists());
}

#[test]
fn overlays_that_cannot_be_edited() {
    let copy = Copy::with_all_snapshots();
    let overlay = |action: &str| {
        let head = "overlay: 1.0.0\ninfo: {title: Mine, version: 1.0.0}\nactions:\n";
        copy.write("specs/overlays/mine.yaml", &format!("{head}{action}"));
    };
    copy.write("next.json", &edited(one_less).to_string());
    let arguments = ["intake", "next.json", "--kimai", "2.66.0"];
    overlay("  - {target: \"$.paths['/api/tags/find'].get\", x-kimai: '>=2.18', update: {deprecated: true}}\n");
    refused(
        &copy,
        &arguments,
        "error: cannot take in 2.66.0; nothing was written\n  because: overlay mine.yaml: action 1 does not fit 2.66.0, and \
         its range cannot be written by machine: add x-kimai: \">=2.18, <2.66.0\" to it\n",
    );
    // An action for this release alone was written for it.
    overlay("  - target: $.paths['/api/nosuch']\n    x-kimai: '>=2.66.0'\n    update: {}\n");
    refused(
        &copy,
        &arguments,
        "because: overlay mine.yaml, action 1, target $.paths['/api/nosuch']: matches nothing in 2.66.0; correct it, or \
         delete it\n",
    );
}

#[test]
fn without_the_client_nothing_can_be_compiled() {
    let copy = Copy::with_all_snapshots();
    copy.write("2.66.0.json", &snapshot());
    refused(&copy, &["intake", "2.66.0.json"], "error: cannot read ");
}
