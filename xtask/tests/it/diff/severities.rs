//! Severities that a file sets.

use std::fs;

use serde_json::{Value, json};

use crate::support::Copy;

const PAIR: [&str; 3] = ["diff", "2.64.0", "2.65.0"];

const FILE: &str = "\
- {id: operation-removed, severity: info, reason: we never call them}
- {id: request-property-value-added, severity: ignore, reason: languages come and go}
- {id: operation-deprecated, severity: breaking, reason: we check for it}
";

#[test]
fn the_severities_of_a_file_count_for_the_report_and_the_exit_code() {
    let copy = Copy::with_all_snapshots();
    let file = copy.write("mine.yaml", FILE);
    let diff = |more: &[&str]| copy.xtask(&[&PAIR, more].concat());
    let said = diff(&["--severities", &file]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    assert!(
        said.out.starts_with(
            "\
Kimai 2.64.0 → Kimai 2.65.0: 1 breaking, 1 warning, 3 info; Rust: major

breaking
  GET /api/tags is deprecated
      operation-deprecated (usually warning)
      Rust minor: tags.list() (deprecated)

warning
  3 operations require different permissions: edit → edit and permissions
      operation-permissions-changed
"
        ),
        "{}",
        said.out
    );
    let end = format!("\n\nignored: 2 (languages come and go)\n\nseverities: with those of {file}\n");
    assert!(said.out.ends_with(&end), "{}", said.out);
    // The file in the current folder needs no option. It may begin with a byte order mark.
    assert!(!copy.path(".kimai-diff.yaml").exists());
    copy.write(".kimai-diff.yaml", &format!("\u{feff}{FILE}"));
    assert_eq!(diff(&[]).out, said.out.replace(&file, ".kimai-diff.yaml"));
    copy.write(".kimai-diff.yaml", "- {id: operation-removed, severity: warning, reason: we never call them}");
    assert_eq!(diff(&["--fail-on", "breaking"]).code, Some(0));
    assert_eq!(diff(&["--fail-on", "warning"]).code, Some(1));
    assert_eq!(diff(&["--fail-on", "breaking", "--severities", &file]).code, Some(1));
}

#[test]
fn all_formats_have_them() {
    let copy = Copy::with_all_snapshots();
    copy.write(".kimai-diff.yaml", FILE);
    let diff = |format: &str| copy.ok(&[&PAIR[..], &["--format", format]].concat());
    let report: Value = serde_json::from_str(&diff("json")).unwrap();
    assert_eq!(report["severities"], ".kimai-diff.yaml");
    let summary = &report["summary"];
    let counts = ["breaking", "warning", "info", "ignored"].map(|name| summary[name].clone());
    assert_eq!(counts, [1, 1, 3, 2].map(Value::from));
    let first = &report["changes"][0];
    assert_eq!(
        json!([first["id"], first["severity"], first["usual_severity"]]),
        json!(["operation-deprecated", "breaking", "warning"])
    );
    let markdown = diff("markdown");
    assert!(markdown.contains("\n1 breaking, 1 warning, 3 info; Rust: major\n"), "{markdown}");
    assert!(markdown.contains("\n2 ignored: languages come and go\n"), "{markdown}");
    assert!(markdown.ends_with("\nseverities: with those of .kimai-diff.yaml\n"), "{markdown}");
    let html = diff("html");
    assert!(html.contains("2</strong> changes: languages come and go"));
    assert!(html.contains("severities: with those of .kimai-diff.yaml"));
    assert!(diff("github").starts_with("::error file="));
    assert!(diff("github").contains("title=operation-deprecated::GET /api/tags is deprecated\n"));
    let sarif: Value = serde_json::from_str(&diff("sarif")).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(json!([result["ruleId"], result["level"]]), json!(["operation-deprecated", "error"]));
}

/// Such a rule is listed with `--all` only, unless somebody cares.
#[test]
fn a_rule_with_a_severity_needs_no_option_to_be_listed() {
    let copy = Copy::with_all_snapshots();
    let pair = ["diff", "2.42.0", "2.43.0"];
    assert!(!copy.ok(&pair).contains("client-changed"));
    copy.write(".kimai-diff.yaml", "- {id: client-changed, severity: warning, reason: we publish the client}");
    let said = copy.ok(&pair);
    assert!(said.starts_with("Kimai 2.42.0 → Kimai 2.43.0: 4 breaking, 1 warning, 4 info; Rust: major\n"), "{said}");
    assert!(said.contains("\n      client-changed (usually none)\n"), "{said}");
}

#[test]
fn what_is_wrong_in_a_file_is_said() {
    let copy = Copy::with_all_snapshots();
    for (text, problem) in [
        (
            "- {id: operation-removd, severity: info, reason: a}",
            "unknown rule 'operation-removd': similar rules are operation-removed, ",
        ),
        (
            "- {id: xyz, severity: info, reason: a}",
            "unknown rule 'xyz': `cargo xtask diff --list-rules` shows all; the file must be a list of {id, severity, \
             reason}\n",
        ),
        (
            "- {id: operation-removed, severity: none, reason: a}",
            "'none' is no severity: use breaking, warning, info or ignore for operation-removed",
        ),
        ("- {id: operation-removed, severity: info, reason: ' '}", "the entry for operation-removed needs a reason"),
        ("- {id: operation-removed, severity: info}", "missing field"),
        (
            "- {id: operation-removed, severity: info, reason: a}\n- {id: operation-removed, severity: info, reason: b}",
            "two entries for operation-removed: remove one",
        ),
    ] {
        copy.write("wrong.yaml", text);
        let said = copy.fails(&[&PAIR[..], &["--severities", "wrong.yaml"]].concat());
        assert!(said.starts_with("error: wrong.yaml: ") && said.contains(problem), "{said}");
    }
    assert_eq!(
        copy.fails(&[&PAIR[..], &["--severities", "none.yaml"]].concat()),
        "error: cannot read none.yaml: there is no such file or folder; expected a YAML list of {id, severity, reason}\n"
    );
    fs::write(copy.path("latin.yaml"), b"- {id: operation-removed, severity: info, reason: \xe4}").unwrap();
    assert_eq!(
        copy.fails(&[&PAIR[..], &["--severities", "latin.yaml"]].concat()),
        "error: cannot read latin.yaml\n  because: it is not UTF-8: save it as UTF-8\n"
    );
    // Standard input is for a document.
    assert!(
        copy.fails(&[&PAIR[..], &["--severities", "-"]].concat())
            .starts_with("error: cannot read -: there is no such ")
    );
}

#[cfg(unix)]
#[test]
fn a_file_without_end_is_not_read_to_its_end() {
    let said = Copy::with_all_snapshots().fails(&[&PAIR[..], &["--severities", "/dev/zero"]].concat());
    assert!(said.starts_with("error: /dev/zero: the text is larger than the limit of 4194304 bytes"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_link_to_a_file_that_does_not_exist_is_an_error() {
    let copy = Copy::with_all_snapshots();
    std::os::unix::fs::symlink("none.yaml", copy.path(".kimai-diff.yaml")).unwrap();
    assert_eq!(
        copy.fails(&PAIR),
        "error: cannot read .kimai-diff.yaml: there is no such file or folder; expected a YAML list of {id, severity, \
         reason}\n"
    );
}
