use codegen::diff::{ItemChange, Kind, Part, Subject};
use codegen::surface::Surface;

use super::*;
use crate::diff::side::Side;

fn change(severity: Severity, name: &str, rust: Option<RustEffect>) -> Change {
    let (part, kind) = match severity {
        Severity::None => (Part::Client, Kind::Changed),
        Severity::Info => (Part::ResponseProperty, Kind::Added),
        Severity::Warning => (Part::ResponseProperty, Kind::ValueAdded),
        Severity::Breaking => (Part::ResponseProperty, Kind::Removed),
    };
    Change {
        parts: BTreeSet::from([part]),
        kind,
        subjects: vec![Subject::property("Tag", name)],
        operations: Vec::new(),
        pointers: Default::default(),
        old: None,
        new: None,
        rust,
        assigned: None,
    }
}

fn report(changes: Vec<Change>) -> Report {
    let side = |name: &str| Side {
        name: name.to_owned(),
        file: None,
        bytes: Vec::new(),
        release: None,
        value: serde_json::Value::Null,
        notes: Vec::new(),
        client: Ok(Surface::default()),
    };
    Report {
        old: side("a"),
        new: side("b"),
        used_by: None,
        changes,
        file: None,
        hidden: (0, Effect::None),
        quiet: 0,
        ignored: BTreeMap::new(),
        severities: None,
    }
}

fn rust(effect: Effect, words: Option<&str>) -> RustEffect {
    RustEffect(vec![ItemChange { item: "Tag.name".to_owned(), effect, words: words.map(str::to_owned) }])
}

#[test]
fn what_is_not_on_the_wire_is_there_but_not_chosen() {
    let wire = change(Severity::Info, "name", None);
    let page = render(&report(vec![wire.clone()]));
    assert!(!page.contains("value=\"none\""));

    let page = render(&report(vec![wire, change(Severity::None, "color", Some(rust(Effect::Minor, None)))]));
    assert!(page.contains(r#"<input class="js-only" type="checkbox" name="severity" value="none">"#));
    assert!(page.contains(r#"<input class="js-only" type="checkbox" name="severity" value="info" checked>"#));
    // Only the script hides it.
    assert!(page.contains(r#"<li class="change" data-item data-severity="none" data-resource="*" data-rust="minor">"#));
    assert!(page.contains(r#"<span class="badge none">not attributed</span>"#));
}

#[test]
fn the_rust_api_is_told_where_it_is_known() {
    let page = render(&report(vec![change(Severity::Info, "name", None)]));
    assert!(!page.contains("Rust: ") && !page.contains("name=\"rust\""));

    let page = render(&report(vec![
        change(Severity::Breaking, "name", Some(rust(Effect::Major, Some("Tag.name: Option<String> → String")))),
        change(Severity::Info, "color", Some(rust(Effect::None, None))),
        change(Severity::Info, "id", None),
    ]));
    assert!(page.contains(r#"<span class="badge rust-major">Rust: major</span>"#));
    assert!(
        page.contains(
            r#"<div class="rust"><ul><li><code>Tag.name: Option&lt;String&gt; → String</code></li></ul></div>"#
        )
    );
    assert!(page.contains(r#"<span class="badge rust-none">Rust: none</span>"#));
    assert!(page.contains(
        r#"<select name="rust"><option value="" selected>all</option><option value="major">major (1)</option><option value="none">none (1)</option></select>"#
    ));
    assert_eq!(page.matches(r#"class="rust""#).count(), 1);
}

#[test]
fn lists_are_folded_when_they_are_long() {
    let mut one = change(Severity::Info, "*.name", None);
    one.operations = (0..5).map(|number| format!("GET /api/tags/{number}")).collect();
    let five = render(&report(vec![one.clone()]));
    assert!(five.contains("<dt>tags</dt><dd><details><summary>5 operations</summary><ul>"));
    one.operations.pop();
    let four = render(&report(vec![one]));
    assert!(four.contains("<dt>tags</dt><dd><ul><li>") && !four.contains("<details>"));
}
