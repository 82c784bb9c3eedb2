//! What programs use, and which changes they meet.

use codegen::api::{Type, TypeKind};
use codegen::diff::{Change, add_rust_effects, compare, retain_used};
use codegen::surface::Surface;
use codegen::usage::Usage;
use serde_json::{Value, json};

use crate::effects::{client, model};
use crate::snapshot;

fn usage(source: &str) -> Usage {
    let mut usage = Usage::default();
    usage.add("main.rs", source).unwrap();
    usage
}

#[test]
fn calls_are_found_wherever_the_handle_comes_from() {
    for source in [
        "async fn f(kimai: &Client) { kimai.tags().find().name(\"a\").await?; }",
        "async fn f(kimai: &Client) { let tags = kimai.tags(); tags.find().await?; }",
        "async fn f(kimai: &Client) { let tags = connect().await?.tags(); tags.find(); }",
        "struct App { tags: Tags<Client> } impl App { fn f(&self) { self.tags.find(); } }",
        "impl App { fn labels(&self) -> Tags<&Client> { self.client.tags() } fn f(&self) { self.labels().find(); } }",
        "fn f(labels: &Tags<&Client>) { labels.find(); }",
        "fn f(kimai: &Client) { println!(\"{:?}\", kimai.tags().find()); }",
        "fn f(kimai: &Client) { kimai.send(operations::tags::Find::new().name(\"a\")); }",
        "use generated_client::operations::tags::{Find, List};\nfn f() { let find = Find::new(); }",
        "fn handle<'a>(k: &'a Client) -> Tags<&'a Client> { k.tags() } fn f(k: &Client) { handle(k).find(); }",
        "struct App(Option<Tags<Client>>); impl App { fn f(&self) { self.0.as_ref().map(|labels| labels.find()); } }",
        "macro_rules! call { ($k:expr, $r:ident, $m:ident) => { $k.$r().$m() } } fn f(k: C) { call!(k, tags, find); }",
        "fn f(k: &Client) { let a = k.r#tags(); let b = a; b.find(); }",
    ] {
        let usage = usage(source);
        assert!(usage.calls("tags", "find"), "{source}");
        assert!(!usage.calls("tags", "create"), "{source}");
        assert!(!usage.calls("users", "find"), "{source}");
    }
}

#[test]
fn fields_are_what_stands_after_a_dot_or_colons_or_in_the_braces_of_a_type() {
    let usage = usage(
        "fn f(sheet: Timesheet) { let Timesheet { begin, .. } = sheet; print(format!(\"{}\", sheet.r#type)); }
         fn g() { let rate = 1; }",
    );
    assert!(usage.has_member("begin") && usage.has_member("type"));
    assert!(!usage.has_member("rate") && usage.names("rate"));
}

#[test]
fn what_is_not_rust_is_an_error_which_names_the_file() {
    let error = Usage::default().add("src/lib.rs", "fn f( {").unwrap_err();
    assert!(error.to_string().contains("src/lib.rs"), "{error}");
}

/// The rules that are left for a program, and what the client says of them, when one thing of 2.65.0 is edited.
fn met(source: &str, pointer: &str, edit: impl Fn(&mut Value)) -> Vec<(String, Vec<String>)> {
    let found = left(source, 1, |document| edit(document.pointer_mut(pointer).unwrap()));
    let told = found.into_iter().map(|change| {
        let id = change.id();
        let rust = change.rust.unwrap();
        (id, rust.words().map(str::to_owned).collect())
    });
    told.collect()
}

/// The changes that are left for a program which calls so many operations, when 2.65.0 is edited.
fn left(source: &str, calls: usize, edit: impl Fn(&mut Value)) -> Vec<Change> {
    left_of(source, calls, |_| {}, edit)
}

/// The same, between two editions of 2.65.0; the newer one is an edition of the older one.
fn left_of(source: &str, calls: usize, older: impl Fn(&mut Value), edit: impl Fn(&mut Value)) -> Vec<Change> {
    let mut old = snapshot("2.65.0").clone();
    older(&mut old);
    let mut new = old.clone();
    edit(&mut new);
    let (before, after) = (client("2.65.0", &old), client("2.65.0", &new));
    let mut changes = compare(&old, &new);
    add_rust_effects(&mut changes, &before, &after);
    assert_eq!(retain_used(&mut changes, &before, &after, &usage(source)), calls);
    changes
}

const FINDS: &str = "fn f(kimai: &Client) { for tag in kimai.tags().find().name(\"a\") { print(tag.visible); } }";
const CREATES: &str = "fn f(kimai: &Client) { kimai.tags().create(NewTag::new(\"a\").color(RED)); }";

const CREATES_TEAMS: &str = "fn f(kimai: &Client) { kimai.teams().create(NewTeam::new(\"a\")); }";

#[test]
fn fields_and_settings_count_where_they_are_used() {
    let visible = "/components/schemas/TagEntity/properties/visible";
    let deprecated = |schema: &mut Value| schema["deprecated"] = json!(true);
    let words = vec!["Tag.visible: bool → Option<bool>".to_owned()];
    assert_eq!(met(FINDS, visible, deprecated), [("response-property-deprecated".to_owned(), words)]);
    assert_eq!(met(CREATES, visible, deprecated), []);
    let name = "/paths/~1api~1tags~1find/get/parameters/0/schema";
    let limited = |schema: &mut Value| schema["maxLength"] = json!(7);
    assert_eq!(met(FINDS, name, limited), [("request-parameter-constraint-tightened".to_owned(), vec![])]);
    let form = "/components/schemas/TagEditForm/properties";
    let without =
        |name: &'static str| move |properties: &mut Value| drop(properties.as_object_mut().unwrap().remove(name));
    assert_eq!(met(CREATES, form, without("visible")), []);
    let words = vec!["NewTag.color: Option<Color> (removed)".to_owned()];
    assert_eq!(met(CREATES, form, without("color")), [("request-property-removed".to_owned(), words)]);
}

#[test]
fn what_every_call_meets_counts_for_all_who_call() {
    // A response that cannot be read any more.
    let color = "/components/schemas/TagEntity/properties/color";
    let found = met(FINDS, color, |schema| *schema = json!({"type": "boolean"}));
    assert_eq!(found[0].0, "response-property-type-changed");
    // A value that now has to be sent.
    let required = "/components/schemas/TagEditForm/required";
    let found = met(CREATES, required, |required| *required = json!(["name", "visible"]));
    assert_eq!(found[0].0, "request-property-became-required");
    assert_eq!(found[0].1.len(), 1, "{found:?}");
    assert_eq!(met(FINDS, required, |required| *required = json!(["name", "visible"])), []);
}

/// A schema in requests and responses: the response cannot be read, whatever names the change.
#[test]
fn answers_that_cannot_be_read_count_where_the_schema_is_sent_too() {
    let lists = "fn f(kimai: &Client) { for invoice in kimai.invoices().list() { print(invoice.id); } }";
    let name = "/components/schemas/InvoiceMeta/properties/name";
    let found = met(lists, name, |schema| *schema = json!({"type": "integer"}));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].0.ends_with("-property-type-changed"), "{found:?}");
}

/// An id may be given as the thing itself, which no name in the sources shows.
#[test]
fn what_a_type_can_stand_for_counts_where_the_type_is_met() {
    let release = "2.65.0".parse().unwrap();
    let (plain, document) = model(&release, snapshot("2.65.0"));
    let mut united = plain.clone();
    let TypeKind::Answer { fields, .. } = &mut united.types.get_mut("Plugin").unwrap().kind else { panic!() };
    fields[0].ty = Type::IdOr("Tag".to_owned(), "Tag".to_owned());
    let (united, plain) = (Surface::new(&united, &document).unwrap(), Surface::new(&plain, &document).unwrap());
    for (source, expected) in [(FINDS, vec!["Tag: Identified: TagId (removed)"]), (CREATES_TEAMS, vec![])] {
        let mut changes = Vec::new();
        add_rust_effects(&mut changes, &united, &plain);
        retain_used(&mut changes, &united, &plain, &usage(source));
        let words: Vec<&str> = changes.iter().flat_map(|change| change.rust.as_ref().unwrap().words()).collect();
        assert_eq!(words, expected, "{source}");
    }
}

#[test]
fn a_change_of_several_operations_is_told_of_those_which_are_called() {
    let told = |source, calls, security: Value| {
        let found = left(source, calls, |document| {
            for path in ["/api/tags/find", "/api/plugins", "/api/version"] {
                document["paths"][path]["get"]["security"] = security.clone();
            }
        });
        let [change] = found.as_slice() else { panic!("{found:?}") };
        (change.subject().clone(), change.message().clone(), change.places().join(", "))
    };
    let permissions = json!([{"bearer": ["API", "x"]}]);
    let (subject, message, places) = told(FINDS, 1, permissions.clone());
    assert_eq!(subject, "GET /api/tags/find");
    assert_eq!(message, "GET /api/tags/find requires different permissions: none → x");
    assert_eq!(places, "GET /api/tags/find");
    let two = "fn f(kimai: &Client) { kimai.tags().find(); kimai.system().plugins(); }";
    let (subject, message, places) = told(two, 2, permissions);
    assert_eq!(subject, "2 operations");
    assert_eq!(message, "2 operations require different permissions: none → x");
    assert_eq!(places, "GET /api/plugins, GET /api/tags/find");
    let (subject, message, _) = told(FINDS, 1, json!([{}]));
    assert_eq!(subject, "GET /api/tags/find");
    assert_eq!(message, "GET /api/tags/find accepts additional credentials: http bearer → nobody");
}

#[test]
fn answers_of_several_operations_are_told_of_those_which_are_called() {
    let found = left(FINDS, 1, |document| {
        for path in ["/api/tags/find", "/api/plugins"] {
            let content = &mut document["paths"][path]["get"]["responses"]["200"]["content"];
            content["application/json"]["schema"] = json!({"type": "integer"});
        }
    });
    let [change] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(change.message(), "GET /api/tags/find 200 has a different type: array → integer");
    assert_eq!((change.subject().as_str(), change.places().len()), ("GET /api/tags/find 200", 1));
}

#[test]
fn what_has_to_be_sent_counts_for_all_who_send_it() {
    let properties = "/components/schemas/TagEditForm";
    // What is sent may come from elsewhere.
    let found = met("fn f(kimai: &Client, tag: F) { kimai.tags().create(tag.clone()); }", properties, |form| {
        form["properties"]["emoji"] = json!({"type": "string"});
        form["required"] = json!(["name", "emoji"]);
    });
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "request-property-added-required");
    assert_eq!(
        met(CREATES_TEAMS, properties, |form| {
            form["properties"]["emoji"] = json!({"type": "string"});
            form["required"] = json!(["name", "emoji"]);
        }),
        []
    );
}

#[test]
fn credentials_count_for_everybody() {
    let found = met(FINDS, "/components/securitySchemes", |schemes| {
        for scheme in schemes.as_object_mut().unwrap().values_mut() {
            *scheme = json!({"type": "apiKey", "in": "header", "name": "X-Key"});
        }
    });
    assert_eq!(found, [("authentication-changed".to_owned(), vec![])]);
}

#[test]
fn values_of_enums_count_where_enum_and_value_are_named() {
    let edit = |schemas: &mut Value| {
        for form in ["CustomerEditForm", "UserCreateForm", "UserEditForm"] {
            schemas[form]["properties"]["language"]["enum"].as_array_mut().unwrap().push(json!("xx"));
        }
    };
    let creates = |language: &str| {
        let source = format!("fn f(k: &Client) {{ k.users().create(NewUser::new({language})); }}");
        met(&source, "/components/schemas", edit)
    };
    let words = vec!["Language::Xx (added)".to_owned()];
    assert_eq!(creates("Language::Xx"), [("request-property-value-added".to_owned(), words)]);
    assert_eq!(creates("Tongue::Xx"), []);
    assert_eq!(creates("Language::De"), []);
}

/// A type that is only named may come from anywhere.
#[test]
fn a_type_that_is_named_counts_without_a_call() {
    let source = "fn f(tag: &Tag) { print(tag.visible); }";
    let found = left(source, 0, |document| {
        document["components"]["schemas"]["TagEntity"]["properties"]["visible"]["nullable"] = json!(true);
    });
    let ids: Vec<String> = found.iter().map(Change::id).collect();
    assert_eq!(ids, ["response-property-became-nullable"]);
}

/// The rules that are left, with their subjects.
fn named(found: &[Change]) -> Vec<(String, String)> {
    found.iter().map(|change| (change.id(), change.subject())).collect()
}

fn owned(told: &[(&str, &str)]) -> Vec<(String, String)> {
    told.iter().map(|(id, subject)| ((*id).to_owned(), (*subject).to_owned())).collect()
}

/// No field says through what such a schema is met.
#[test]
fn schemas_with_a_name_that_are_no_objects_count_for_all_who_call() {
    let sent = |from: Value, to: Value, expected: &[(&str, &str)]| {
        let with = |schema: &Value| {
            let schema = schema.clone();
            move |document: &mut Value| {
                let schemas = &mut document["components"]["schemas"];
                schemas["Col"] = schema.clone();
                schemas["TagEditForm"]["properties"]["color"] = json!({"$ref": "#/components/schemas/Col"});
            }
        };
        assert_eq!(named(&left_of(CREATES, 1, with(&from), with(&to))), owned(expected), "{from} {to}");
        assert_eq!(named(&left_of(CREATES_TEAMS, 1, with(&from), with(&to))), owned(&[]), "{from} {to}");
    };
    sent(
        json!({"type": "string", "maxLength": 7}),
        json!({"type": "string", "maxLength": 5}),
        &[("request-property-constraint-tightened", "Col")],
    );
    sent(
        json!({"type": "string", "enum": ["a", "b"]}),
        json!({"type": "string", "enum": ["a"]}),
        &[("request-property-value-removed", "Col")],
    );
    sent(
        json!({"type": "string"}),
        json!({"type": "string", "format": "uri"}),
        &[("request-property-format-changed", "Col")],
    );
    sent(
        json!({"type": "string", "nullable": true}),
        json!({"type": "string"}),
        &[("request-property-became-not-nullable", "Col")],
    );
    // A response that is read.
    let kinds = |values: Value| {
        move |document: &mut Value| {
            let schemas = &mut document["components"]["schemas"];
            schemas["Kind"] = json!({"type": "string", "enum": values});
            schemas["TagEntity"]["properties"]["visible"] = json!({"$ref": "#/components/schemas/Kind"});
        }
    };
    let found = left_of(FINDS, 1, kinds(json!(["a"])), kinds(json!(["a", "b"])));
    assert_eq!(named(&found), owned(&[("response-property-value-added", "Kind")]));
    // An object as a whole.
    let properties = |document: &mut Value| {
        document["components"]["schemas"]["TagEditForm"]["minProperties"] = json!(2);
    };
    let found = left(CREATES, 1, properties);
    assert_eq!(named(&found), owned(&[("request-property-constraint-tightened", "TagEditForm")]));
    assert_eq!(named(&left(CREATES_TEAMS, 1, properties)), owned(&[]));
}

/// Who sets a value does not meet its default.
#[test]
fn defaults_count_for_all_who_call() {
    let size = |document: &mut Value| {
        let parameters = document["paths"]["/api/timesheets"]["get"]["parameters"].as_array_mut().unwrap();
        let size = parameters.iter_mut().find(|parameter| parameter["name"] == "size").unwrap();
        size["schema"]["default"] = json!(5);
    };
    let found = left("fn f(kimai: &Client) { kimai.timesheets().list(); }", 1, size);
    assert_eq!(named(&found), owned(&[("request-parameter-default-changed", "?size")]));
    assert_eq!(named(&left(CREATES_TEAMS, 1, size)), owned(&[]));
    let visible = |document: &mut Value| {
        document["components"]["schemas"]["TagEditForm"]["properties"]["visible"]["default"] = json!(false);
    };
    let found = left("fn f(kimai: &Client) { kimai.tags().create(NewTag::new(NAME)); }", 1, visible);
    assert_eq!(named(&found), owned(&[("request-property-default-changed", "TagEditForm.visible")]));
}

#[test]
fn a_property_of_several_bodies_stays_a_property() {
    let bodies = |document: &mut Value| {
        for path in ["/api/tags", "/api/teams", "/api/users"] {
            let body = json!({"type": "object", "properties": {"foo": {"type": "string"}, "name": {"type": "string"}}});
            let content = &mut document["paths"][path]["post"]["requestBody"]["content"];
            *content = json!({"application/json": {"schema": body}});
        }
    };
    let without = |document: &mut Value| {
        for path in ["/api/tags", "/api/teams", "/api/users"] {
            let body = &mut document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"];
            body["properties"].as_object_mut().unwrap().remove("foo").unwrap();
        }
    };
    let two = "fn f(kimai: &Client) { kimai.tags().create().foo(A); kimai.teams().create().foo(A); }";
    let found = left_of(two, 2, bodies, without);
    assert_eq!(named(&found), owned(&[("request-property-removed", "*.foo")]));
    assert_eq!(
        found[0].message(),
        "foo of POST /api/tags body, POST /api/teams body and POST /api/users body was removed: string"
    );
    assert_eq!(found[0].operations, ["POST /api/tags", "POST /api/teams"]);
}
