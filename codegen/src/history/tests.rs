use super::*;
use crate::document::load;

fn release(text: &str) -> Release {
    text.parse().unwrap()
}

fn api(at: &str, paths: &str, schemas: &str) -> (Release, Arc<Api>) {
    let json = format!(r#"{{"openapi": "3.0.0", "paths": {{{paths}}}, "components": {{"schemas": {{{schemas}}}}}}}"#);
    let document = load(json.as_bytes(), &release(at), &[]).unwrap();
    (release(at), Arc::new(crate::api::build(&document, &release(at)).unwrap().0))
}

const LIST: &str = r##""/api/tags": {"get": {
    "parameters": [PARAMETERS],
    "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Tag"}}}}}}}"##;

fn list(parameters: &str) -> String {
    LIST.replace("PARAMETERS", parameters)
}

fn history(exact: &[(&str, &str)]) -> Result<History, Error> {
    let tag = |properties: &str| {
        format!(r#""Tag": {{"type": "object", "properties": {{"name": {{"type": "string"}}{properties}}}}}"#)
    };
    let name = r#"{"name": "name", "in": "query", "schema": {"type": "string"}}"#;
    let page = r#"{"name": "name", "in": "query", "schema": {"type": "integer"}}"#;
    let gone = r#", "/api/old/{id}": {"get": {"parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}], "responses": {"410": {}}}}"#;
    let old = gone.replace("410", "204");
    let color = r#", "color": {"type": "string", "enum": ["red"]}"#;
    let apis = [
        api("1.0", &list(""), &tag("")),
        api("2.0.0", &format!("{}{old}", list(name)), &tag(color)),
        api(
            "2.1.0",
            &format!(
                "{}{}",
                list(name),
                old.replace("id}", "number}").replace(r#""name": "id""#, r#""name": "number""#)
            ),
            &tag(""),
        ),
        api("2.2.0", &format!("{}{gone}", list(page)), &tag(&color.replace("red\"", "red\", \"blue\""))),
    ];
    let exact = exact.iter().map(|(what, since)| Exact { what: (*what).to_owned(), since: release(since) }).collect();
    History::new(&apis, &Known { floor: release("1.0"), exact })
}

fn lives(history: &History) -> Vec<String> {
    let span = |span: &Span| match &span.until {
        Some(until) => format!("{}..{until}", span.since),
        None => format!("{}..", span.since),
    };
    let line = |(subject, life): (&Subject, &Life)| {
        let spans: Vec<String> = life.spans.iter().map(span).collect();
        let changed: Vec<String> = life.changed.iter().map(|release| format!(" changed {release}")).collect();
        format!("{subject}: {}{}", spans.join(" "), changed.concat())
    };
    history.lives().map(line).collect()
}

#[test]
fn each_part_of_the_api_has_its_life() {
    assert_eq!(
        lives(&history(&[]).unwrap()),
        [
            "GET /api/old/{}: 2.0.0..2.2.0",
            "GET /api/tags: 1.0..",
            "GET /api/tags ?name: 2.0.0.. changed 2.2.0",
            "Tag: 1.0..",
            "TagColor: 2.0.0..2.1.0 2.2.0..",
            "Tag.color: 2.0.0..2.1.0 2.2.0..",
            "Tag.name: 1.0..",
            "TagColor=blue: 2.2.0..",
            "TagColor=red: 2.0.0..2.1.0 2.2.0..",
        ]
    );
}

#[test]
fn a_release_between_two_is_as_the_older_one() {
    let history = history(&[]).unwrap();
    let life = history.life(&Subject::Field("Tag".to_owned(), "color".to_owned())).unwrap();
    let covered =
        ["1.0", "1.99", "2.0.0", "2.0.9", "2.1.0", "2.1.7", "2.2.0", "3.0.0"].map(|text| life.covers(&release(text)));
    assert_eq!(covered, [false, false, true, true, false, false, true, true]);
}

#[test]
fn what_is_known_exactly_lies_between_two_documents() {
    let since = |exact: &[(&str, &str)]| {
        let history = history(exact)?;
        Ok::<_, Error>(lives(&history).into_iter().find(|line| line.starts_with("GET /api/old")).unwrap())
    };
    assert_eq!(since(&[("GET /api/old/{id}", "1.30")]).unwrap(), "GET /api/old/{}: 1.30..2.2.0");
    assert_eq!(
        since(&[("GET /api/old/{id}", "1.0")]).unwrap_err().to_string(),
        "history: GET /api/old/{id}: not added in 1.0, but after 1.0 and at the latest in 2.0.0; correct or delete the entry"
    );
    assert_eq!(
        since(&[("GET /api/old/{id}", "2.0.1")]).unwrap_err().to_string(),
        "history: GET /api/old/{id}: not added in 2.0.1, but after 1.0 and at the latest in 2.0.0; correct or delete the entry"
    );
    assert_eq!(
        since(&[("Tag.colour", "2.0.0")]).unwrap_err().to_string(),
        "history: Tag.colour: no release has it; correct the name, or delete the entry"
    );
}

#[test]
fn the_file_says_what_is_wrong_with_it() {
    let error = |text: &str| Known::parse("history.yaml", text).unwrap_err().to_string();
    assert_eq!(error("floor: new"), "history.yaml: 'new' is not a release of Kimai: use a number such as 2.65.0");
    assert!(error("ceiling: 2.0.0").starts_with("history.yaml: "));
    let known = Known::parse("history.yaml", "floor: 1.30.11\nexact:\n- {what: Tag.name, since: 2.0.26}").unwrap();
    assert_eq!((known.floor, known.exact.len()), (release("1.30.11"), 1));
}

fn changelog(history: &History) -> Vec<String> {
    let line = |release: &Release, change: &Change| {
        format!("{release} {} {} {}", change.kind.as_str(), change.event.as_str(), change.subject)
    };
    let changes = history.changelog();
    changes.iter().flat_map(|one| one.changes.iter().map(|change| line(&one.release, change))).collect()
}

#[test]
fn a_release_is_what_it_changed() {
    // The property and the values of an enum that comes with it are not named beside the enum.
    assert_eq!(
        changelog(&history(&[("GET /api/old/{id}", "1.30")]).unwrap()),
        [
            "1.30 operation came GET /api/old/{}",
            "2.0.0 parameter came GET /api/tags ?name",
            "2.0.0 type came TagColor",
            "2.0.0 property came Tag.color",
            "2.1.0 type went TagColor",
            "2.1.0 property went Tag.color",
            "2.2.0 operation went GET /api/old/{}",
            "2.2.0 parameter changed GET /api/tags ?name",
            "2.2.0 type came TagColor",
            "2.2.0 property came Tag.color",
        ]
    );
}

#[test]
fn a_changelog_says_what_became_required_and_optional() {
    let name = |required: &str| {
        let ty = r#""schema": {"type": "string"}"#;
        list(&format!(r#"{{"name": "name", "in": "query", "required": {required}, {ty}}}"#))
    };
    let tag = |properties: &str, required: &str| {
        format!(r#""Tag": {{"type": "object", "x-kimai-always": [{required}], "properties": {{{properties}}}}}"#)
    };
    let (text, number) = (r#""name": {"type": "string"}"#, r#""name": {"type": "integer"}"#);
    let id = r#""id": {"type": "integer"}"#;
    let both = format!("{text}, {id}");
    let apis = [
        api("1.0", &list(""), &tag(text, "")),
        // What comes as required does not become it.
        api("1.1", &name("true"), &tag(&both, r#""id""#)),
        api("1.2", &name("false"), &tag(&both, r#""id", "name""#)),
        api("1.3", &name("true"), &tag(text, r#""name""#)),
        // What goes while it is required does not become optional.
        api("1.4", &list(""), &tag(number, "")),
        api("1.5", &list(""), &tag(number, "")),
    ];
    let history = History::new(&apis, &Known { floor: release("1.0"), exact: Vec::new() }).unwrap();
    assert_eq!(
        changelog(&history),
        [
            "1.1 parameter came GET /api/tags ?name",
            "1.1 property came Tag.id",
            "1.2 parameter optional GET /api/tags ?name",
            "1.2 property required Tag.name",
            "1.3 parameter required GET /api/tags ?name",
            "1.3 property went Tag.id",
            "1.4 parameter went GET /api/tags ?name",
            "1.4 property optional Tag.name",
            "1.4 property changed Tag.name",
        ]
    );
}

#[test]
fn what_comes_and_goes_with_its_operation_or_type_is_not_named() {
    let name = r#"{"name": "name", "in": "query", "schema": {"type": "string"}}"#;
    let tag = r#""Tag": {"type": "object", "properties": {"name": {"type": "string"}}}"#;
    let apis = [api("1.0", "", ""), api("1.1", &list(name), tag), api("1.2", "", "")];
    let history = History::new(&apis, &Known { floor: release("1.0"), exact: Vec::new() }).unwrap();
    assert_eq!(
        changelog(&history),
        [
            "1.1 operation came GET /api/tags",
            "1.1 type came Tag",
            "1.2 operation went GET /api/tags",
            "1.2 type went Tag"
        ]
    );
    assert_eq!(changelog(&History::default()), [""; 0]);
}

#[test]
fn a_document_of_ones_own_adds_to_what_is_known_and_nothing_else() {
    let mut history = history(&[]).unwrap();
    let before = lives(&history);
    // Of the plugin: the operation, the parameter `task`, the property `own` and the value `green`.
    let plugin = r#", "/api/expenses": {"get": {"responses": {"204": {}}}}"#;
    let task = r#"{"name": "task", "in": "query", "schema": {"type": "string"}}, {"name": "name", "in": "query", "schema": {"type": "string"}}"#;
    let tag = r#""Tag": {"type": "object", "properties": {"name": {"type": "string"}, "own": {"type": "string"},
        "color": {"type": "string", "enum": ["red", "green"]}}}"#;
    let (at, own) = api("2.1.0", &format!("{}{plugin}", list(task)), tag);
    history.add_own(&at, &own);
    let added: Vec<String> = lives(&history).into_iter().filter(|life| !before.contains(life)).collect();
    // The snapshot of 2.1.0 lacks the color, which this server has.
    assert_eq!(added, ["TagColor: 2.0.0..", "Tag.color: 2.0.0..", "TagColor=red: 2.0.0.."]);
    assert_eq!(lives(&history).len(), before.len());
    for unknown in ["GET /api/expenses", "GET /api/tags ?task", "Tag.own", "TagColor=green"] {
        assert!(history.find(unknown).is_none(), "{unknown}");
    }
}

#[test]
fn from_its_release_on_a_document_of_ones_own_says_how_things_are_written() {
    let users = |name: &str| {
        let user = r#""x-rust-name": "users", "schema": {"type": "string"}"#;
        list(&format!(r#"{{"name": "{name}", "in": "query", {user}}}"#))
    };
    let tag = r#""Tag": {"type": "object", "properties": {"name": {"type": "string"}}}"#;
    let apis = [api("2.0.0", &users("user"), tag), api("2.2.0", &users("person"), tag)];
    let mut history = History::new(&apis, &Known { floor: release("2.0.0"), exact: Vec::new() }).unwrap();
    let named = Named::One(crate::api::Method::Get, "/api/tags".to_owned(), "users".to_owned());
    let spellings = |history: &History| -> Vec<String> {
        let spellings = history.spellings(&named).iter();
        spellings.map(|(span, spelling)| format!("{} {}", span.since, spelling.wire)).collect()
    };
    assert_eq!(spellings(&history), ["2.0.0 user", "2.2.0 person"]);
    let (at, same) = api("2.1.0", &users("user"), tag);
    history.add_own(&at, &same);
    assert_eq!(spellings(&history), ["2.0.0 user", "2.2.0 person"]);
    let (at, own) = api("2.1.0", &users("who"), tag);
    history.add_own(&at, &own);
    assert_eq!(spellings(&history), ["2.0.0 user", "2.1.0 who"]);
}

#[test]
fn a_history_is_stored_and_read_again() {
    let history = history(&[("GET /api/tags ?name", "1.5")]).unwrap();
    let text = history.text("sum").unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], r#"{"made_of":"sum","releases":["1.0","2.0.0","2.1.0","2.2.0"]}"#);
    assert!(lines.contains(&r#"{"part":[{"operation":["GET","/api/old/{}"]},{"spans":["2.0.0-2.2.0"]}]}"#), "{text}");
    assert_eq!(History::from_text(&text, "sum"), Some(history));
    assert_eq!(History::from_text(&text, "another sum"), None);
    for text in ["", "{}\n", &text.replace("2.0.0-", "new-"), &text.replace("}]}", "}]")] {
        assert_eq!(History::from_text(text, "sum"), None, "{text}");
    }
}
