//! No secret of a recording gets into a report.

use serde_json::json;

use super::audit;
use super::recordings::Recording;
use crate::support::Copy;

const FORMATS: [&str; 3] = ["text", "markdown", "json"];

#[test]
fn credentials_are_not_shown_even_where_a_response_repeats_them() {
    let recording = Recording::of("2.65.0")
        .change_body("GET", "/api/teams", |teams| teams[0]["name"] = json!(["canary-token"]))
        .change_body("GET", "/api/tags/find?name=", |tags| tags[0]["color"] = json!("canary-token"))
        .change_body("GET", "/api/users/me", |user| {
            user["canary-token"] = json!(1);
            user["apiToken"] = json!("canary-of-a-response");
        });
    for format in FORMATS {
        for arguments in [&["--show-values"][..], &["--show-values", "--without-overlays"], &[]] {
            let said = audit(&recording, &[&["--format", format], arguments].concat());
            assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
            assert!(!said.out.contains("canary"), "{}", said.out);
        }
    }
    let said = audit(&recording, &["--show-values"]).out;
    for line in [
        "  example: GET /api/users/me .apiToken is <redacted>\n",
        "  <redacted> in 2 of 12\n",
        "[0].color is \"<redacted>\"\n",
    ] {
        assert!(said.contains(line), "{said}");
    }
}

/// An export of Chromium: its responses repeat the credentials, the cookies and a token of a query.
#[test]
fn an_export_of_a_browser_is_read() {
    let browser = include_str!("../fixtures/browser.har");
    assert!(browser.contains("canary-bearer-token"));
    let copy = Copy::with_all_snapshots();
    let file = copy.write("browser.har", browser);
    for format in FORMATS {
        for arguments in [&["--show-values"][..], &["--show-values", "--without-overlays"], &[], &["--overlays"]] {
            let said = copy.ok(&[&["audit", &file, "--format", format], arguments].concat());
            assert!(!said.contains("canary"), "{said}");
        }
    }
    assert_eq!(copy.ok(&["audit", &file]).replace(&file, "browser.har"), include_str!("browser.txt"));
}
