//! The client of a release with all of the edits is compiled, before anything is written.

use std::fs;
use std::path::Path;

use super::document::{edited, gadgets, more_values, one_less, one_more, other_type, rename};
use crate::support::{Copy, copy_folder, repository};

/// A copy with the client.
fn with_client() -> Copy {
    let copy = Copy::with_all_snapshots();
    for folder in ["generated-client/src", "generated-client/docs", "xtask/docs"] {
        copy_folder(&repository().join(folder), &copy.path(folder));
    }
    for file in ["Cargo.toml", "Cargo.lock", "generated-client/Cargo.toml"] {
        copy.write(file, &fs::read_to_string(repository().join(file)).unwrap());
    }
    copy.ok(&["regenerate"]);
    copy
}

#[test]
fn the_tree_builds_or_stays_as_it_was() {
    let copy = with_client();
    let document = edited(|document| {
        one_more(document);
        one_less(document);
        other_type(document);
        more_values(document);
        gadgets(document);
        rename(document, "TagEntity", "Label");
    });
    copy.write("next.json", &document.to_string());
    // The folder in which `cargo xtask check-releases` compiles too, so that what the client depends on is built once.
    let target = Path::new(env!("CARGO_BIN_EXE_xtask")).parent().unwrap().parent().unwrap();
    let variables = [("CARGO_TARGET_DIR", target.to_str().unwrap()), ("CARGO_NET_OFFLINE", "true")];
    let intake = || copy.xtask_with_variables(&["intake", "next.json", "--kimai", "2.66.0"], &variables);

    let library = copy.read("generated-client/src/lib.rs");
    copy.write("generated-client/src/lib.rs", &format!("{library}\nconst WRONG: u8 = \"\";\n"));
    let before = [copy.files("specs"), copy.files("generated-client")];
    let said = intake();
    assert_eq!((said.code, said.out.as_str()), (Some(3), ""), "{}", said.err);
    assert!(
        said.err
            .starts_with("error: the client for 2.66.0 does not compile; nothing was written, and the copy that was"),
        "{}",
        said.err
    );
    assert!(said.err.contains("const WRONG: u8 = \"\";"), "{}", said.err);
    assert!([copy.files("specs"), copy.files("generated-client")] == before);

    copy.write("generated-client/src/lib.rs", &library);
    let said = intake();
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{}", said.out);
    let took = said.out.find("took ").unwrap();
    assert_eq!(
        &said.out[said.out.find("contains ").unwrap()..took],
        "\
contains   93 operations, 56 schemas
overlays   3 actions limited to older releases, 1 renamed schema followed
written    specs/overlays/corrections.yaml
written    specs/overlays/docs.yaml
written    specs/overlays/examples.yaml
written    specs/overlays/names.yaml
written    specs/2.66.0.json
written    specs/index.yaml
written    specs/README.md
written    specs/HISTORY.md
written    specs/history.jsonl
written    generated-client/src/generated (39 changed, 3 new, 0 removed)
compared   Kimai 2.65.0 → Kimai 2.66.0: 2 breaking, 0 warning, 7 info; Rust: major
           cargo xtask diff 2.65.0 2.66.0
compiles   generated-client (features blocking,test-server,tracing)
"
    );
    assert_eq!(copy.ok(&["regenerate", "--check"]), "the generated code is up to date\n");
}
