//! `specs/README.md`, generated from the index.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::index::Index;
use crate::workspace::Workspace;

const INTRODUCTION: &str = "\
# Snapshots of Kimai's API document

Each file is the API document of one or more releases in canonical form: OpenAPI 3.0, sorted keys, two spaces of
indentation, LF, without descriptions, with known defects repaired. A release shares the file of the previous one if its
document is the same. Only `cargo xtask fetch` writes these files; do not edit them. `index.yaml` contains their checksums
and the releases of each file. This page is generated from it.

`overlays/` contains our additions in the format of the OpenAPI Overlay Specification 1.0:

| file | content |
|---|---|
| `corrections.yaml` | corrections where servers differ from the document, found in recorded responses |
| `examples.yaml` | examples for the documentation of the most used methods |
| `docs.yaml` | the documentation of the client, in our own words |
| `names.yaml` | names for the Rust API |

Overlays apply in the order of their names. You can add further files, such as `plugins.yaml`. An action may have
`x-kimai: \">=2.0, <2.35\"` (the releases that it applies to) and `x-kimai-optional: true` (the target depends on the
installation). An action that matches nothing is an error. `update` appends to lists; to replace a list, remove it before.

A document of your own (a file, `-` or a URL with `regenerate --spec`) is corrected by the same overlays, with these
differences:

* An action that does not fit the document is a note, not an error.
* An action that selects schemas or paths by a wildcard, a filter or a descent (`$.components.schemas.*`, `$.paths[?…]`,
  `$..enum`) changes only what some snapshot has. To change what a plugin adds, name the schema or path. Give such an action
  `x-kimai-optional: true`, since the snapshots do not have its target.
* A description in the document stays; overlays describe the rest.
* A schema that no snapshot has is renamed, with a note, if its type would have the name of another type (`Language` becomes
  `LanguageType`). `x-rust-type` in an overlay gives it another name.

`history.yaml` contains the oldest release that the client supports, and the exact releases of additions between two
releases with a document.

[`HISTORY.md`](HISTORY.md), which is generated from all of these, shows which releases have which operations, and what each
release changed. `history.jsonl` holds the same for programs: with it, `cargo xtask regenerate --spec 2.65.0` and `cargo xtask
history` read no other documents.

";

const EXTENSIONS: &str = "
## Extensions that the generator reads

| extension | on | meaning |
|---|---|---|
| `x-rust-type` | schema | the name of its Rust type; enums with the same name are one with the values of all; on a string without values, the enum that another schema defines |
| `x-rust-name` | property, parameter, operation | the name of its field, setter or method |
| `x-rust-example` | operation | Rust statements with `kimai: &Client` as an example; compiled as a test of the client |
| `x-rust-resource` | operation | the handle that it belongs to |
| `x-rust-id` | schema, parameter | what the number identifies, such as `User` for `UserId` |
| `x-enum-varnames` | schema with `enum` or a pattern | the names of the variants: a list in the order of the values, or an object with names by value |
| `x-kimai-always` | schema of a response | the properties that every recorded response contains, null or not |
| `x-kimai-answer-format` | text in responses | how servers write it, for `cargo xtask audit`: `date`, or `date-time-basic-offset` (`2026-11-02T08:00:00+0100`); clients accept all formats |
| `x-kimai-full` | operation | the schema of the response with the parameter `full` |
| `x-kimai-wire` | property of a request | `comma-separated`: a list that is sent as one text; `date-time`: a date that must be sent with a time |
| `x-kimai-patch-wire` | property of a request | `date-time`: a date that PATCH requires with a time |
| `x-kimai-clears` | property of a request | `false`: PATCH cannot clear it with null |
| `x-kimai-post-only` | property of a request | `true`: PATCH does not accept it |
| `x-kimai-initial` | boolean property of a request | the initial value in a new form; servers read an omitted boolean as no |
| `x-kimai-lookup` | property of a response | the name of a method that finds a value in it by its name; the property is a list of objects with the texts `name` and `value` |
| `x-kimai-replaced-by` | operation | the method to use instead, such as `timesheets().stop()`; the operation becomes deprecated |
| `x-kimai-patch-description` | schema of a request | the documentation of its type for PATCH |
| `x-rust-type-description` | schema | the documentation of an enum that a property or parameter defines |
| `x-kimai-writes` | operation | `true`: a GET that changes something, so that it is never sent twice |
| `x-kimai-resources` | the document | the documentation of the handles, by name |

These formats are also extensions: `duration` (seconds in responses, `H:MM:SS` in requests), `utc-date-time` (an instant,
sent in UTC), `color`, `country-code`, `currency-code`, `time-zone` and, in requests, `field-value` (the value of a custom
field).
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
