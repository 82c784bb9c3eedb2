//! `specs/README.md`, made of the index.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::index::Index;
use crate::workspace::Workspace;

const INTRODUCTION: &str = "\
# Snapshots of Kimai's API document

One file for each release whose document differs from the one before it, in canonical form: OpenAPI 3.0, keys sorted,
two spaces, LF, no prose, known damage repaired. They are written by `cargo xtask fetch` and never by hand;
`index.yaml` holds their checksums and says which releases share a file, and this page is made of it.

`overlays/` holds what we add by hand, in the format of the OpenAPI Overlay Specification 1.0:

| file | what it holds |
|---|---|
| `corrections.yaml` | what the document says and servers do not do, from recorded answers |
| `examples.yaml` | examples for the documentation of the methods that people use most |
| `docs.yaml` | the documentation of the client, in our own words |
| `names.yaml` | names for the Rust API |

Overlays apply in the order of their names; a further file of your own, such as `plugins.yaml`, applies like them.
An action may carry `x-kimai: \">=2.0, <2.35\"` (the releases it is meant for) and `x-kimai-optional: true` (what it
targets depends on the installation). An action that matches nothing is an error.

`history.yaml` holds the oldest release that the client supports, and what is known of the history beside the documents:
releases in which something came, between two that have a document here.

[`HISTORY.md`](HISTORY.md) says which release has which operations, and what each one changed; it is made of all of these.

";

const EXTENSIONS: &str = "
## Extensions that the generator reads

| extension | on | meaning |
|---|---|---|
| `x-rust-type` | schema | the name of its Rust type; on a text without values, the enum that another schema defines |
| `x-rust-name` | property, parameter, operation | the name of its field, setter or method |
| `x-rust-example` | operation | Rust statements that show it, with `kimai: &Client`; compiled as a test of the client |
| `x-rust-resource` | operation | the handle it belongs to |
| `x-rust-id` | schema, parameter | the number is the id of this, such as `User` for `UserId` |
| `x-enum-varnames` | schema with `enum` or a pattern | names of the variants, in the order of the values |
| `x-kimai-always` | schema of an answer | properties which every recorded answer holds, null or not (fact D6) |
| `x-kimai-full` | operation | the schema of the answer when the parameter `full` is given (fact R9) |
| `x-kimai-wire` | property of a request | `comma-separated`: a list, written as one text (fact R5); `date-time`: a date, which is taken only with a time (fact T6) |
| `x-kimai-patch-wire` | property of a request | `date-time`: a date, which PATCH takes only with a time (fact T6) |
| `x-kimai-clears` | property of a request | `false`: PATCH cannot clear it with null (fact R3) |
| `x-kimai-post-only` | property of a request | `true`: PATCH does not take it (fact R2) |
| `x-kimai-initial` | boolean property of a request | the value with which a new form begins (fact R4) |
| `x-kimai-replaced-by` | operation | the method to use in its place, such as `timesheets().stop()`; the operation becomes deprecated |
| `x-kimai-writes` | operation | `true`: a GET that changes something, and so is never sent twice |
| `x-kimai-resources` | the document | the documentation of the handles, by name |

The formats `duration` (a number of seconds in answers, `H:MM:SS` in requests, fact T7), `utc-date-time` (fact T5),
`color`, `country-code`, `currency-code`, `time-zone` and, in requests, `field-value` (fact R12) are ours too.
";

pub(crate) fn path(workspace: &Workspace) -> PathBuf {
    workspace.specs().join("README.md")
}

/// The page as text.
pub(crate) fn text(index: &Index) -> String {
    let mut text = String::from(INTRODUCTION);
    text.push_str("| releases | declared | operations | schemas | SHA-256 of the snapshot |\n|---|---|---|---|---|\n");
    for snapshot in &index.snapshots {
        let releases: Vec<&str> = snapshot.sources.iter().map(|source| source.release.as_str()).collect();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | `{}` |",
            releases.join(", "),
            snapshot.declared,
            snapshot.operations,
            snapshot.schemas,
            snapshot.snapshot_sha256
        );
    }
    text.push_str(EXTENSIONS);
    text
}
