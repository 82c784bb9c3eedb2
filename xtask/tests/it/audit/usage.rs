//! Exit codes, and arguments that do not fit.

use serde_json::json;

use super::audit;
use super::recordings::Recording;
use crate::support::Copy;

#[test]
fn findings_fail_on_request() {
    let good = Recording::of("2.65.0");
    let added = Recording::of("2.65.0").change_body("GET", "/api/teams", |teams| teams[0]["founded"] = json!("2020"));
    let wrong = Recording::of("2.65.0").change_body("GET", "/api/teams", |teams| teams[0]["name"] = json!(5));
    for (recording, none, breaking, any) in [(&good, 0, 0, 0), (&added, 0, 0, 1), (&wrong, 0, 1, 1)] {
        assert_eq!(audit(recording, &[]).code, Some(none));
        assert_eq!(audit(recording, &["--fail-on", "breaking"]).code, Some(breaking));
        assert_eq!(audit(recording, &["--fail-on", "any"]).code, Some(any));
    }
}

fn fails(arguments: &[&str]) -> (Option<i32>, String) {
    let copy = Copy::with_all_snapshots();
    copy.write("good.har", &Recording::of("2.65.0").to_string());
    copy.write("unknown.har", &Recording::of("2.65.0").without_release().to_string());
    copy.write("damaged.har", r#"{"log": {"entries": [{"request": 5}]}}"#);
    let said = copy.xtask(&[&["audit"], arguments].concat());
    assert_eq!(said.out, "");
    (said.code, said.err)
}

#[test]
fn wrong_arguments_exit_with_2() {
    for (arguments, error) in [
        (&["good.har", "http://localhost"][..], "a server and files cannot be compared at once"),
        (
            &["unknown.har"],
            "unknown.har does not say the release of Kimai: add --kimai RELEASE, such as --kimai 2.65.0\n",
        ),
        (
            &["good.har", "--kimai", "2.0.35"],
            "good.har is of Kimai 2.65.0, not of the release of --kimai: omit --kimai\n",
        ),
        (&["good.har", "--overlays", "--without-overlays"], "the argument '--overlays' cannot be used with"),
        (&[], "the following required arguments were not provided"),
    ] {
        let (code, said) = fails(arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {said}");
        assert!(said.starts_with(&format!("error: {error}")), "{said}");
    }
}

#[test]
fn files_that_cannot_be_read_exit_with_3() {
    for (file, error) in [
        (
            "damaged.har",
            "damaged.har: /log/entries/0/request/url is missing: export the requests again, or remove this entry",
        ),
        ("nothing.har", "cannot read nothing.har: there is no such file or folder; expected a recording (HAR)"),
        ("specs/2.65.0.json", "specs/2.65.0.json: /log is missing, so this is no HAR: export the requests as HAR"),
    ] {
        let (code, said) = fails(&[file]);
        assert_eq!(code, Some(3), "{file}: {said}");
        assert!(said.starts_with(&format!("error: {error}")), "{said}");
    }
}

#[test]
fn a_release_without_a_snapshot_is_compared_with_the_one_before() {
    let said = audit(&Recording::of("2.65.0").without_release(), &["--kimai", "2.99.0"]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    assert!(said.out.contains("note       no snapshot of 2.99.0: compared with 2.65.0\n"), "{}", said.out);
    assert!(
        said.out.contains("\nKimai 2.99.0: 241 responses of 82 operations, specs/2.65.0.json with"),
        "{}",
        said.out
    );
}
