//! The commands: what they print, what they write, and what they leave unchanged.

use std::fs;
use std::path::Path;

use crate::support::{Copy, document, snapshot};
use serde_json::{Value, json};

/// A small document, as a server may write it.
const SMALL: &str = r#"{"openapi": "3.0.0", "info": {"title": "T", "version": "1"}, "tags": [{"name": "Ping"}], "paths":
    {"/api/ping": {"get": {"summary": "Prose", "responses": {"200": {"description": "ok"}}}}}, "components":
    {"schemas": {"Pong": {"type": "object", "properties": {"description": {"type": "string", "title": "Prose"}}}}}}"#;

/// The same with its keys in another order.
const SMALL_SHUFFLED: &str = r#"{"components": {"schemas": {"Pong": {"properties": {"description": {"title": "Prose",
    "type": "string"}}, "type": "object"}}}, "paths": {"/api/ping": {"get": {"responses": {"200": {"description":
    "ok"}}, "summary": "Prose"}}}, "tags": [{"name": "Ping"}], "info": {"version": "1", "title": "T"},
    "openapi": "3.0.0"}"#;

const SMALL_SNAPSHOT: &str = r#"{
  "components": {
    "schemas": {
      "Pong": {
        "properties": {
          "description": {
            "type": "string"
          }
        },
        "type": "object"
      }
    }
  },
  "info": {
    "title": "",
    "version": "1"
  },
  "openapi": "3.0.0",
  "paths": {
    "/api/ping": {
      "get": {
        "responses": {
          "200": {
            "description": ""
          }
        }
      }
    }
  },
  "tags": [
    {
      "name": "Ping"
    }
  ]
}
"#;

const GENERATED: &str = "generated-client/src/generated";

/// An object with its keys the other way round, as text: the JSON library sorts them.
fn shuffled(value: &Value) -> String {
    match value {
        Value::Object(object) => {
            let members: Vec<String> =
                object.iter().rev().map(|(key, value)| format!("{}:{}", json!(key), shuffled(value))).collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(array) => format!("[{}]", array.iter().map(shuffled).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

fn lines_with<'a>(text: &'a str, start: &str) -> Vec<&'a str> {
    text.lines().filter(|line| line.starts_with(start)).collect()
}

#[test]
fn fetch_takes_a_document_into_specs() {
    let copy = Copy::without_snapshots();
    copy.write("small.json", SMALL);
    let said = copy.ok(&["fetch", "--from", "small.json", "--kimai", "2.66.0"]);
    assert_eq!(
        said,
        "read       small.json (OpenAPI 3.0.0, 322 bytes)\n\
         snapshot   specs/2.66.0.json\n\
         contains   1 operation, 1 schema\n\
         next       cargo xtask regenerate\n"
    );
    assert_eq!(copy.read("specs/2.66.0.json"), SMALL_SNAPSHOT);
    assert_eq!(
        copy.read("specs/index.yaml"),
        "# Written by `cargo xtask fetch`.\n\
         snapshots:\n\
         - release: 2.66.0\n\
         \x20 declared: OpenAPI 3.0.0\n\
         \x20 snapshot_sha256: 733b41a2dbb1cb545cd37c8861a687fc8190b7053b2375d7d06da3276d4db83b\n\
         \x20 operations: 1\n\
         \x20 schemas: 1\n\
         \x20 sources:\n\
         \x20 - release: 2.66.0\n\
         \x20   sha256: 60917baa599d91d1a21f1080ae2ac2eea300f836d86aece377a7b1eb6b46845b\n"
    );
    assert_eq!(
        lines_with(&copy.read("specs/README.md"), "| 2."),
        ["| 2.66.0 | OpenAPI 3.0.0 | 1 | 1 | `733b41a2dbb1cb545cd37c8861a687fc8190b7053b2375d7d06da3276d4db83b` |"]
    );

    // A second release goes to its place, and the first stays.
    copy.write("other.json", &SMALL.replace("ping", "pong"));
    copy.ok(&["fetch", "--from", "other.json", "--kimai", "2.9.0"]);
    let readme = copy.read("specs/README.md");
    let releases: Vec<&str> = lines_with(&readme, "| 2.").iter().map(|line| &line[..9]).collect();
    assert_eq!(releases, ["| 2.9.0 |", "| 2.66.0 "]);
    assert_eq!(copy.read("specs/2.66.0.json"), SMALL_SNAPSHOT);
}

/// The lines of the index which say what is in which file.
fn index(copy: &Copy) -> Vec<String> {
    let text = copy.read("specs/index.yaml");
    lines_with(&text.replace("  - release", "- also"), "- ").iter().map(|line| (*line).to_owned()).collect()
}

#[test]
fn releases_with_the_same_document_share_a_snapshot() {
    let copy = Copy::without_snapshots();
    copy.write("a.json", SMALL);
    copy.write("b.json", &SMALL.replace("ping", "pong"));
    let fetch = |file: &str, release: &str| copy.ok(&["fetch", "--from", file, "--kimai", release]);
    let files = || {
        copy.files("specs")
            .into_keys()
            .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "json"))
            .collect::<Vec<_>>()
    };
    fetch("a.json", "2.1.0");
    let said = fetch("a.json", "2.3.0");
    assert_eq!(lines_with(&said, "snapshot"), ["snapshot   specs/2.1.0.json (no changes since then)"]);
    assert_eq!(index(&copy), ["- release: 2.1.0", "- also: 2.1.0", "- also: 2.3.0"]);
    assert_eq!(files(), ["2.1.0.json"]);

    // A release between the two which differs parts them.
    fetch("b.json", "2.2.0");
    assert_eq!(files(), ["2.1.0.json", "2.2.0.json", "2.3.0.json"]);
    let expected =
        ["2.1.0", "2.2.0", "2.3.0"].map(|release| [format!("- release: {release}"), format!("- also: {release}")]);
    assert_eq!(index(&copy), expected.concat());

    // Put right, all share one file again, and the others go.
    let said = copy.ok(&["fetch", "--from", "a.json", "--kimai", "2.2.0", "--replace"]);
    assert_eq!(lines_with(&said, "snapshot"), ["snapshot   specs/2.1.0.json (no changes since then)"]);
    assert_eq!(files(), ["2.1.0.json"]);
    assert_eq!(lines_with(&copy.read("specs/README.md"), "| 2.").len(), 1);
    for overlay in copy.files("specs/overlays").keys() {
        fs::remove_file(copy.path("specs/overlays").join(overlay)).unwrap();
    }
    copy.ok(&["regenerate", "--spec", "2.3.0", "--out", copy.path("out").to_str().unwrap()]);
    assert!(copy.read("out/mod.rs").contains("Kimai 2.3.0"));
}

#[test]
fn fetch_upgrades_swagger_2_0() {
    let copy = Copy::without_snapshots();
    copy.write(
        "old.json",
        r#"{"swagger": "2.0", "host": "localhost", "info": {"title": "", "version": "0.6"}, "paths": {"/api/ping": {"get": {"responses": {"200": {"schema": {"type": "string"}}}}}}}"#,
    );
    assert_eq!(
        copy.ok(&["fetch", "--from", "old.json", "--kimai", "1.30.11"]),
        "read       old.json (Swagger 2.0, 169 bytes)\n\
         note       /host: it comes from the request and is not the server's address: it is ignored\n\
         snapshot   specs/1.30.11.json\n\
         contains   1 operation, 0 schemas\n\
         next       cargo xtask regenerate\n"
    );
    let snapshot: Value = serde_json::from_str(&copy.read("specs/1.30.11.json")).unwrap();
    let answer = &snapshot["paths"]["/api/ping"]["get"]["responses"]["200"];
    assert_eq!(snapshot["openapi"], json!("3.0.3"));
    assert_eq!(*answer, json!({"content": {"application/json": {"schema": {"type": "string"}}}, "description": ""}));
}

#[test]
fn fetch_upgrades_openapi_3_1() {
    let copy = Copy::without_snapshots();
    copy.write(
        "new.yaml",
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nwebhooks: {}\npaths:\n  /api/ping:\n    get:\n      responses:\n        \
         '200': {content: {application/json: {schema: {type: [string, 'null']}}}}\n",
    );
    assert_eq!(
        copy.ok(&["fetch", "--from", "new.yaml", "--kimai", "1.30.11"]),
        "read       new.yaml (OpenAPI 3.1.0, 186 bytes)\n\
         note       /webhooks: webhooks are requests that the server sends: they are ignored\n\
         snapshot   specs/1.30.11.json\n\
         contains   1 operation, 0 schemas\n\
         next       cargo xtask regenerate\n"
    );
    let snapshot: Value = serde_json::from_str(&copy.read("specs/1.30.11.json")).unwrap();
    let answer = &snapshot["paths"]["/api/ping"]["get"]["responses"]["200"];
    assert_eq!(snapshot["openapi"], json!("3.0.3"));
    let content = json!({"application/json": {"schema": {"type": "string", "nullable": true}}});
    assert_eq!(*answer, json!({"content": content, "description": ""}));
    assert_eq!(lines_with(&copy.read("specs/index.yaml"), "  declared"), ["  declared: OpenAPI 3.1.0"]);

    // The snapshot is OpenAPI 3.0, and checked as such.
    for overlay in copy.files("specs/overlays").keys() {
        fs::remove_file(copy.path("specs/overlays").join(overlay)).unwrap();
    }
    copy.write("specs/history.yaml", "floor: \"1.30.11\"\n");
    copy.ok(&["regenerate"]);
    assert_eq!(copy.ok(&["regenerate", "--check"]), "the generated code is up to date\n");
}

#[test]
fn fetch_reads_standard_input() {
    let copy = Copy::without_snapshots();
    let said = copy.xtask_with_input(&["fetch", "--from", "-", "--kimai", "2.66.0"], SMALL);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    assert_eq!(said.out.lines().next(), Some("read       standard input (OpenAPI 3.0.0, 322 bytes)"));
    assert_eq!(copy.read("specs/2.66.0.json"), SMALL_SNAPSHOT);
}

#[test]
fn fetch_keeps_a_release_as_it_is() {
    let copy = Copy::without_snapshots();
    copy.write("small.json", SMALL);
    copy.ok(&["fetch", "--from", "small.json", "--kimai", "2.66.0"]);
    let before = copy.files("specs");

    copy.write("other.json", &SMALL.replace("ping", "pong"));
    assert_eq!(
        copy.fails(&["fetch", "--from", "other.json", "--kimai", "2.66.0"]),
        "error: specs/ already has a different snapshot of 2.66.0: if that one is wrong, use --replace; \
         differences (- only in the old one, + only in the new one, ~ in both):\n    - /paths/~1api~1ping\n    \
         + /paths/~1api~1pong\n"
    );
    assert_eq!(copy.files("specs"), before);

    // The same in another spelling, of the document and of the release.
    copy.write("shuffled.json", SMALL_SHUFFLED);
    copy.ok(&["fetch", "--from", "shuffled.json", "--kimai", "2.66.0"]);
    assert_eq!(copy.files("specs"), before);
    copy.ok(&["fetch", "--from", "shuffled.json", "--kimai", "2.66"]);
    assert_eq!(copy.files("specs"), before);
}

#[test]
fn fetch_repairs_what_the_page_carries() {
    let copy = Copy::without_snapshots();
    let page = r#"{"spec": {"openapi": "3.0.0", "info": {"title": "T", "version": "1"}, "paths":
        {"/api/ping": {"get": {"responses": {"200": {"description": "ok", "content": {"application/json":
        {"schema": []}}}}}}}, "components": {"schemas": {"Any": [], "List": {"type": "array", "items": []}}}}}"#;
    let said = copy.xtask_with_input(&["fetch", "--from", "-", "--kimai", "2.66.0"], page);
    assert_eq!(
        lines_with(&said.out, "repaired"),
        [
            "repaired   1 × page-wrapper: the HTML page wraps the document in a member 'spec'",
            "repaired   3 × empty-object: the HTML page writes empty objects as []",
        ]
    );
    let snapshot: Value = serde_json::from_str(&copy.read("specs/2.66.0.json")).unwrap();
    assert_eq!(snapshot["components"]["schemas"], json!({"Any": {}, "List": {"type": "array", "items": {}}}));
}

#[test]
fn fetch_refuses_what_is_no_document_and_writes_nothing() {
    let copy = Copy::new();
    let before = copy.files("specs");
    copy.write("page.html", "<!DOCTYPE html><title>Login</title>");
    copy.write("old.json", r#"{"swagger": "1.2", "paths": {}}"#);
    assert_eq!(
        copy.fails(&["fetch", "--from", "page.html", "--kimai", "2.66.0"]),
        "error: page.html\n  because: the document is a web page (HTML), probably a login page: download the API \
         document itself in a browser session that is logged in\n"
    );
    let old = copy.fails(&["fetch", "--from", "old.json", "--kimai", "2.66.0"]);
    assert!(old.starts_with("error: old.json\n  because: ") && old.contains("Swagger 1.2"), "{old}");
    assert_eq!(
        copy.fails(&["fetch", "--from", "none.json", "--kimai", "2.66.0"]),
        "error: cannot read none.json: there is no such file or folder; expected an API document (JSON, YAML or the saved \
         API page)\n"
    );
    let said = copy.xtask(&["fetch", "--from", "old.json", "--kimai", "latest"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("'latest' is not a release of Kimai: use a number such as 2.65.0"), "{}", said.err);
    assert_eq!(copy.files("specs"), before);
}

#[test]
fn regenerate_reads_the_newest_snapshot() {
    let copy = Copy::new();
    let said = copy.ok(&["regenerate"]);
    let mut lines = said.lines();
    assert_eq!(
        lines.next(),
        Some(format!("read       specs/2.65.0.json (OpenAPI 3.0.0, JSON, {} bytes)", snapshot().len()).as_str())
    );
    assert_eq!(lines.next(), Some("release    Kimai 2.65.0"));
    assert_eq!(lines.next(), Some("repaired   nothing"));
    assert_eq!(lines_with(&said, "generated").len(), 1);
    assert!(said.contains("\ngenerated  88 operations, "), "{said}");
    assert!(said.contains(" in generated-client/src/generated, "), "{said}");
    let files = copy.files(GENERATED);
    for (name, text) in &files {
        let marker = "// @generated by `cargo xtask regenerate` from the API document of Kimai 2.65.0; do not edit.\n";
        assert!(text.starts_with(marker), "{name}");
    }
    assert!(said.contains(&format!("\nchanged    0 changed, {} new, 0 removed\n", files.len())), "{said}");

    // `2.100.0` is newer than `2.65.0`.
    copy.write("same.json", &snapshot());
    for (release, newest) in [("2.64.9", "2.65.0"), ("2.100.0", "2.100.0")] {
        copy.ok(&["fetch", "--from", "same.json", "--kimai", release]);
        let said = copy.ok(&["regenerate"]);
        assert_eq!(lines_with(&said, "release"), [format!("release    Kimai {newest}")]);
    }
}

#[test]
fn regenerate_reads_any_document() {
    let copy = Copy::new();
    copy.ok(&["regenerate"]);
    let expected = copy.files(GENERATED);
    let read = |said: &str| lines_with(said, "read")[0].split(" (").next().unwrap().to_owned();

    let said = copy.ok(&["regenerate", "--spec", "2.65.0", "--out", "by-release"]);
    assert_eq!(read(&said), "read       specs/2.65.0.json");
    assert_eq!(copy.files("by-release"), expected);

    copy.write("2.65.0.json", &snapshot());
    let said = copy.ok(&["regenerate", "--spec", "2.65.0.json", "--out", "by-file"]);
    assert_eq!(lines_with(&said, "release"), ["release    Kimai 2.65.0 (from the file name)"]);
    assert_eq!(copy.files("by-file"), expected);

    copy.write("shuffled.json", &shuffled(&document()));
    let said = copy.ok(&["regenerate", "--spec", "shuffled.json", "--kimai", "2.65.0", "--out", "shuffled"]);
    assert_eq!(lines_with(&said, "release"), ["release    Kimai 2.65.0"]);
    assert_eq!(copy.files("shuffled"), expected);

    copy.write("kimai.yaml", &codegen::yaml::write("kimai.yaml", &document()).unwrap());
    let said = copy.ok(&["regenerate", "--spec", "kimai.yaml", "--out", "yaml"]);
    assert!(said.starts_with("read       kimai.yaml (OpenAPI 3.0.0, YAML, "), "{said}");
    assert_eq!(
        lines_with(&said, "release"),
        ["release    Kimai 2.65.0 (guessed: the document looks like 2.65.0 or later; set another with --kimai)"]
    );
    assert_eq!(copy.files("yaml"), expected);

    let said = copy.xtask_with_input(&["regenerate", "--spec", "-", "--out", "input"], &snapshot());
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert_eq!(read(&said.out), "read       standard input");
    assert_eq!(copy.files("input"), expected);
}

#[test]
fn regenerate_names_the_releases_that_it_knows() {
    let copy = Copy::new();
    assert_eq!(
        copy.refuses(&["regenerate", "--spec", "2.60.0"]),
        "error: specs/ has no snapshot of 2.60.0; it has 2.65.0; add one with `cargo xtask fetch --from FILE --kimai \
         2.60.0`\n"
    );
    assert_eq!(
        copy.refuses(&["regenerate", "--kimai", "2.64.0"]),
        "error: --kimai 2.64.0 contradicts the snapshot of 2.65.0: omit --kimai, or use --spec FILE\n"
    );
    assert_eq!(
        Copy::without_snapshots().fails(&["regenerate"]),
        "error: specs/ has no snapshots: add one with `cargo xtask fetch --from FILE --kimai RELEASE`\n"
    );
}

#[test]
fn regenerate_writes_only_what_changes() {
    let copy = Copy::new();
    copy.ok(&["regenerate"]);
    let files = copy.files(GENERATED);
    let written = |name: &str| fs::metadata(copy.path(GENERATED).join(name)).unwrap().modified().unwrap();
    let times: Vec<_> = files.keys().map(|name| written(name)).collect();
    let said = copy.ok(&["regenerate"]);
    assert_eq!(lines_with(&said, "changed"), ["changed    nothing"]);
    assert_eq!(copy.files(GENERATED), files);
    assert_eq!(files.keys().map(|name| written(name)).collect::<Vec<_>>(), times);

    // Obsolete files are deleted, and missing ones are written.
    let left_over = format!("{}\n// old\n", files["ids.rs"].lines().next().unwrap());
    copy.write(&format!("{GENERATED}/types/old.rs"), &left_over);
    fs::remove_file(copy.path(GENERATED).join("ids.rs")).unwrap();
    let said = copy.ok(&["regenerate"]);
    assert_eq!(lines_with(&said, "changed"), ["changed    0 changed, 1 new, 1 removed"]);
    assert_eq!(copy.files(GENERATED), files);
    assert_eq!(fs::read_dir(copy.path("generated-client/src")).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn regenerate_keeps_away_from_what_it_did_not_write() {
    let copy = Copy::new();
    copy.write("out/mod.rs", "// my own\n");
    copy.write("out/deep/notes.txt", "mine\n");
    assert_eq!(
        copy.fails(&["regenerate", "--out", "out"]),
        "error: out contains deep/notes.txt, which was not generated: choose an empty folder, or one with generated files \
         only\n"
    );
    let files = copy.files("out");
    assert_eq!(files["mod.rs"], "// my own\n");
    assert_eq!(files["deep/notes.txt"], "mine\n");
    assert_eq!(files.len(), 2);
    fs::create_dir(copy.path("empty")).unwrap();
    copy.ok(&["regenerate", "--out", "empty"]);
    assert!(copy.path("empty/mod.rs").exists());
}

#[test]
fn with_strict_what_cannot_be_generated_is_an_error_and_leaves_the_old_code_whole() {
    let copy = Copy::new();
    copy.ok(&["regenerate"]);
    let before = copy.files("generated-client");
    let list = "/paths/~1api~1customers/get";
    let create = "/paths/~1api~1customers/post";
    for (place, value, parts, reason) in [
        (
            format!("{list}/parameters/-"),
            json!({"name": "my theme", "in": "cookie", "schema": {"type": "string"}}),
            "1 optional parameter",
            "/paths/~1api~1customers/get/parameters/5: a cookie with the name \"my theme\" cannot be generated; correct \
             the name",
        ),
        (
            "/components/schemas/CustomerEditForm/properties/odd".to_owned(),
            json!({"not": {"type": "string"}}),
            "2 operations",
            "/paths/~1api~1customers/post: /components/schemas/CustomerEditForm/properties/odd/not: 'not' cannot be generated; declare the \
             type of the value, in the document or with an overlay",
        ),
        (
            "/components/schemas/CustomerEditForm/properties/logo".to_owned(),
            json!({"type": "string", "format": "binary"}),
            "2 operations",
            "/paths/~1api~1customers/post: /components/schemas/CustomerEditForm/properties/logo/format: binary data inside JSON cannot be \
             generated; send files as multipart/form-data",
        ),
        (
            format!("{create}/requestBody"),
            json!({"content": {"multipart/form-data": {"schema": {"type": "object", "properties": {"files":
                {"type": "object", "additionalProperties": {"type": "string", "format": "binary"}}}}}}}),
            "1 operation",
            "/paths/~1api~1customers/post/requestBody/content/multipart~1form-data/schema/properties/files/\
             additionalProperties/format: binary data inside JSON cannot be generated; send files as \
             multipart/form-data",
        ),
        (
            "/paths/~1api~1customers/trace".to_owned(),
            json!({"responses": {"200": {}}}),
            "1 operation",
            "/paths/~1api~1customers/trace: an operation with method TRACE cannot be generated; remove it with an \
             overlay",
        ),
        (
            "/paths/~1api~1own".to_owned(),
            json!({"get": {"responses": {"200": {"content": {"application/json": {"schema":
                {"$ref": "#/components/schemas/Own"}}}}}}}),
            "1 operation",
            "/paths/~1api~1own/get/responses/200/content/application~1json/schema: \
             #/components/schemas/Own does not exist; correct the reference or add its target",
        ),
    ] {
        let mut document = document();
        let (parent, key) = place.rsplit_once('/').unwrap();
        match document.pointer_mut(parent).unwrap() {
            Value::Object(object) => drop(object.insert(key.replace("~1", "/"), value)),
            Value::Array(array) => array.push(value),
            _ => panic!("{place}"),
        }
        let spec = copy.write("own.json", &document.to_string());
        let errors = copy.fails(&["regenerate", "--spec", "own.json", "--kimai", "2.65.0", "--strict"]);
        let first =
            format!("error: own.json: {parts} cannot be generated; omit --strict to leave them out\n  {reason}");
        assert_eq!(errors.get(..first.len()), Some(first.as_str()));
        assert_eq!(copy.files("generated-client"), before, "{spec}");
        let said = copy.ok(&["regenerate", "--spec", "own.json", "--kimai", "2.65.0", "--out", "left-out"]);
        assert!(said.contains(&format!("\nleft out   {reason}")), "{said}");
        assert!(said.contains(&format!("\nsummary    {parts} left out\n")), "{said}");
    }
}

#[test]
fn check_says_what_is_not_up_to_date_and_writes_nothing() {
    let copy = Copy::new();
    copy.ok(&["regenerate"]);
    assert_eq!(copy.ok(&["regenerate", "--check"]), "the generated code is up to date\n");
    let fresh = copy.files("");
    let check_with = |code| {
        let before = copy.files("");
        let said = copy.xtask(&["regenerate", "--check"]);
        assert_eq!(said.code, Some(code), "{said:?}");
        assert_eq!(copy.files(""), before);
        format!("{}{}", said.out, said.err)
    };
    let check = || check_with(1);
    let mend = "the generated code is not up to date: run `cargo xtask regenerate`\n";
    let file = |name: &str| format!("{GENERATED}/{name}");

    // Wherever the change is, also in the first line of a file, the named command fixes it.
    for changed in
        [fresh[&file("ids.rs")].replacen('u', "v", 1), "x".to_owned() + &fresh[&file("ids.rs")], String::new()]
    {
        copy.write(&file("ids.rs"), &changed);
        assert_eq!(check(), format!("{} differs\n{mend}", file("ids.rs")));
        copy.ok(&["regenerate"]);
        assert_eq!(copy.files(""), fresh);
    }
    fs::remove_file(copy.path(&file("ids.rs"))).unwrap();
    copy.write(&file("old.rs"), &fresh[&file("mod.rs")]);
    let both = format!("{} is missing\n{} is obsolete\n{mend}", file("ids.rs"), file("old.rs"));
    assert_eq!(check(), both);
    copy.ok(&["regenerate"]);
    assert_eq!(copy.files(""), fresh);

    copy.write(&file("stray.rs"), "// stray\n");
    let stray = file("stray.rs");
    let said = format!("{stray} was not generated: delete it, then run `cargo xtask regenerate`\n");
    assert_eq!(check(), said);
    fs::remove_file(copy.path(&stray)).unwrap();
    assert_eq!(copy.ok(&["regenerate", "--check"]), "the generated code is up to date\n");

    copy.write("specs/index.yaml", &fresh["specs/index.yaml"].replacen("operations: 88", "operations: 87", 1));
    assert_eq!(
        check_with(3),
        "error: the entry of 2.65.0 in specs/index.yaml does not match its snapshot: restore it with `git checkout specs`\n"
    );
    copy.write("specs/index.yaml", &fresh["specs/index.yaml"]);
    copy.write("specs/2.70.0.json", "{}");
    assert_eq!(
        check_with(3),
        "error: specs/2.70.0.json has no entry in specs/index.yaml: delete it, or add it with `cargo xtask fetch`\n"
    );
    fs::remove_file(copy.path("specs/2.70.0.json")).unwrap();

    copy.write("specs/README.md", &fresh["specs/README.md"].replacen("2.65.0", "2.65.1", 1));
    assert_eq!(check(), "specs/README.md does not match specs/index.yaml: run `cargo xtask regenerate`\n");
    copy.ok(&["regenerate"]);
    assert_eq!(copy.files(""), fresh);

    copy.write("specs/2.65.0.json", &snapshot().replacen("3.0.0", "3.0.1", 1));
    assert_eq!(
        check_with(3),
        "error: specs/2.65.0.json does not match its checksum in specs/index.yaml: only `cargo xtask fetch` writes \
         snapshots; restore it with `git checkout specs/2.65.0.json`, or fetch it again with `cargo xtask fetch --from \
         FILE --kimai 2.65.0`\n"
    );
    copy.write("specs/2.65.0.json", &snapshot());

    // The message names the command that was checked.
    let said = copy.xtask(&["regenerate", "--check", "--spec", "2.65.0", "--out", "elsewhere"]);
    assert_eq!(said.code, Some(1));
    assert!(
        said.out.ends_with(
            "the generated code is not up to date: run `cargo xtask regenerate --spec 2.65.0 --out elsewhere`\n"
        ),
        "{}",
        said.out
    );
    assert!(!copy.path("elsewhere").exists());
    assert_eq!(copy.files(""), fresh);
}

#[test]
fn an_index_that_cannot_be_read() {
    let copy = Copy::without_snapshots();
    for (text, problem) in [
        ("snapshots:\n- release: [1]\n", "release: invalid type: sequence, expected a string at line 2 column 12"),
        ("snapshots: []\nsnapshots: []\n", "duplicate key; remove one of the two at line 2 column 1"),
        (&format!("snapshots: {}", "[".repeat(100_000)), "values are nested more than 64 levels deep"),
        (&"- ".repeat(100_000), "values are nested more than 64 levels deep"),
    ] {
        copy.write("specs/index.yaml", text);
        let said = copy.fails(&["history"]);
        assert!(said.contains("index.yaml: ") && said.contains(problem), "{said}");
    }
}
