//! Which changes of the API cause differences between clients.

use codegen::diff::RustEffect;
use serde_json::{Value, json};

use crate::effects::changes;
use crate::snapshot;

/// The rules and what they do to the client, between two editions of 2.65.0.
fn between(old: impl Fn(&mut Value), new: impl Fn(&mut Value)) -> Vec<(String, Vec<String>)> {
    let (mut before, mut after) = (snapshot("2.65.0").clone(), snapshot("2.65.0").clone());
    old(&mut before);
    new(&mut after);
    let told = changes("2.65.0", &before, &after).into_iter().map(|change| {
        let words = change.rust.iter().flat_map(RustEffect::words).map(str::to_owned).collect();
        (change.id(), words)
    });
    told.collect()
}

fn unchanged(_: &mut Value) {}

fn told(all: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
    let owned = |words: &[&str]| words.iter().map(|text| (*text).to_owned()).collect();
    all.iter().map(|(id, words)| ((*id).to_owned(), owned(words))).collect()
}

fn schemas(document: &mut Value) -> &mut Value {
    &mut document["components"]["schemas"]
}

#[test]
fn types_inside_of_new_and_lost_types_have_their_causes() {
    let found = between(unchanged, |document| {
        let schemas = schemas(document);
        schemas["Icon"] = json!({"type": "object", "properties": {"name": {"type": "string"}}});
        schemas["Badge"] = json!({"type": "object", "properties": {"icon": {"$ref": "#/components/schemas/Icon"}}});
        schemas["TagEntity"]["properties"]["badge"] = json!({"$ref": "#/components/schemas/Badge"});
    });
    let words = ["Badge (added)", "Icon (added)", "Tag.badge: Option<Badge> (added)"];
    assert_eq!(found, told(&[("response-property-added", &words)]));
    let found = between(unchanged, |document| {
        document["paths"].as_object_mut().unwrap().remove("/api/config/timesheet").unwrap();
    });
    let words =
        ["TimesheetConfig (removed)", "TrackingMode (removed)", "config.timesheet() -> TimesheetConfig (removed)"];
    assert_eq!(found, told(&[("operation-removed", &words)]));
}

#[test]
fn copies_of_a_schema_that_are_not_the_same_any_more() {
    let found = between(unchanged, |document| {
        let schemas = schemas(document);
        schemas["User2"]["properties"]["badge"] = json!({"type": "string"});
        for name in ["User", "User2"] {
            schemas[name]["properties"].as_object_mut().unwrap().remove("initials").unwrap();
        }
    });
    let words = ["Comment.created_by: UserRef → User2", "User2 (added)"];
    assert_eq!(
        found,
        told(&[
            ("response-property-removed", &[words[0], words[1], "UserRef.initials: String (removed)"]),
            ("response-property-added", &words)
        ])
    );
    // The other way round. The copies differ in a type inside of them, where nobody looks.
    let found = between(
        |document| {
            let schemas = schemas(document);
            schemas["User"]["properties"]["badge"] = json!({"$ref": "#/components/schemas/Plugin"});
            schemas["User2"]["properties"]["badge"] = json!({"$ref": "#/components/schemas/Plugin2"});
            schemas["Plugin2"] = schemas["Plugin"].clone();
            schemas["Plugin2"]["properties"]["icon"] = json!({"type": "string"});
        },
        |document| {
            let schemas = schemas(document);
            schemas["User"]["properties"]["badge"] = json!({"$ref": "#/components/schemas/Plugin"});
            schemas["User2"]["properties"]["badge"] = json!({"$ref": "#/components/schemas/Plugin"});
        },
    );
    assert_eq!(
        found,
        told(&[
            ("response-property-removed", &[]),
            ("client-changed", &["Comment.created_by: User2 → UserRef"]),
            ("client-changed", &["Plugin2 (removed)"]),
            ("client-changed", &["User2 (removed)"]),
        ])
    );
}

#[test]
fn an_enum_becomes_a_struct() {
    let found = between(unchanged, |document| {
        let mode = json!({"type": "object", "properties": {"name": {"type": "string"}}});
        schemas(document)["TimesheetConfig"]["properties"]["trackingMode"] = mode;
    });
    let words = [
        "TrackingMode: open enum → answer",
        "TrackingMode.name: Option<String> (added)",
        "TrackingMode::Default (removed)",
        "TrackingMode::DurationFixedBegin (removed)",
        "TrackingMode::Punch (removed)",
    ];
    assert_eq!(found, told(&[("response-property-type-changed", &words)]));
}

#[test]
fn what_had_any_properties_becomes_a_struct() {
    let config = json!({"type": "object", "properties": {"hardLimit": {"type": "integer"}}});
    let found = between(
        |document| schemas(document)["TimesheetConfig"] = json!({"type": "object"}),
        |document| schemas(document)["TimesheetConfig"] = config.clone(),
    );
    let words = ["TimesheetConfig (added)", "config.timesheet: () -> BTreeMap<String, Value> → () -> TimesheetConfig"];
    assert_eq!(found, told(&[("response-property-added", &words)]));
}

#[test]
fn a_form_becomes_one_of_parts_by_what_is_sent_and_not_by_what_is_gone() {
    let found = between(unchanged, |document| {
        let paths = &mut document["paths"];
        paths.as_object_mut().unwrap().remove("/api/projects/{id}/comments").unwrap();
        let body = &mut paths["/api/customers/{id}/comments"]["post"]["requestBody"]["content"];
        *body = json!({"multipart/form-data": body["application/json"]});
        let properties = &mut schemas(document)["CommentForm"]["properties"];
        properties["file"] = json!({"type": "string", "format": "binary"});
        properties["pinned"]["type"] = json!("integer");
    });
    let words = [
        "NewComment: form → form of parts",
        "NewComment.file: Option<Upload> (added)",
        "NewComment.pinned: Option<bool> → Option<i64>",
    ];
    assert_eq!(
        found,
        told(&[
            ("operation-removed", &["projects.comments(id: ProjectId) -> Vec<Comment> (removed)"]),
            ("operation-removed", &["projects.create_comment(id: ProjectId, form: NewComment) -> Comment (removed)"]),
            ("request-media-type-removed", &words),
            ("request-media-type-added", &words),
        ])
    );
}

#[test]
fn a_schema_stands_where_another_stood() {
    let found = between(unchanged, |document| {
        schemas(document)["Note"] = json!({"type": "object", "properties": {"text": {"type": "string"}}});
        let operation = &mut document["paths"]["/api/customers/{id}/comments"]["post"];
        operation["requestBody"]["content"]["application/json"]["schema"] =
            json!({"$ref": "#/components/schemas/Note"});
        // What is sent elsewhere is not meant.
        schemas(document)["CommentForm"]["properties"]["mood"] = json!({"type": "string"});
    });
    let call = "customers.create_comment: (id: CustomerId, form: NewComment) -> Comment → (id: CustomerId, form: Note) -> Comment";
    assert_eq!(
        found,
        told(&[
            ("request-property-removed", &["Note (added)", call]),
            ("request-property-removed", &["Note (added)", call]),
            ("request-property-added", &["NewComment.mood: Option<String> (added)"]),
            ("request-property-added", &["Note (added)", call]),
        ])
    );
}

/// A limit is nothing to the compiler.
#[test]
fn of_what_happens_inside_of_another_schema_only_types_are_meant() {
    let found = between(unchanged, |document| {
        schemas(document)["Note"] = json!({"type": "object", "required": ["message"], "properties": {
            "message": {"type": "string", "maxLength": 5},
            "text": {"type": "string"},
        }});
        let operation = &mut document["paths"]["/api/customers/{id}/comments"]["post"];
        operation["requestBody"]["content"]["application/json"]["schema"] =
            json!({"$ref": "#/components/schemas/Note"});
    });
    let call = "customers.create_comment: (id: CustomerId, form: NewComment) -> Comment → (id: CustomerId, form: Note) -> Comment";
    assert_eq!(
        found,
        told(&[
            ("request-property-constraint-tightened", &[]),
            ("request-property-removed", &["Note (added)", call]),
            ("request-property-added", &["Note (added)", call]),
        ])
    );
}

/// The replacement is not reported.
#[test]
fn a_schema_becomes_free() {
    let found = between(unchanged, |document| {
        let answers = [("/api/plugins", "Addon"), ("/api/tags/find", "Label")];
        for (path, name) in answers {
            let answer = &mut document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"];
            answer["schema"]["items"] = json!({"$ref": format!("#/components/schemas/{name}")});
            schemas(document)[name] = json!({});
        }
    });
    let plugins = ["Plugin (removed)", "system.plugins: () -> Vec<Plugin> → () -> Vec<Value>"];
    assert_eq!(
        found,
        told(&[
            ("response-property-type-widened", &plugins),
            ("response-property-type-widened", &["tags.find: () -> Vec<Tag> → () -> Vec<Value>"])
        ])
    );
}

#[test]
fn pages_come_and_go_with_the_parameters_that_ask_for_them() {
    let found = between(unchanged, |document| {
        let parameters = document["paths"]["/api/invoices"]["get"]["parameters"].as_array_mut().unwrap();
        parameters.retain(|parameter| parameter["name"] != "size");
    });
    let words = [
        "invoices.list: () -> Page<InvoiceSummary> → () -> Vec<InvoiceSummary>",
        "invoices.list().size(u32) (removed)",
    ];
    assert_eq!(found, told(&[("request-parameter-removed", &words)]));
    let found = between(unchanged, |document| {
        let parameters = document["paths"]["/api/timesheets/recent"]["get"]["parameters"].as_array_mut().unwrap();
        parameters.push(json!({"name": "page", "in": "query", "schema": {"type": "integer"}}));
    });
    let words = [
        "timesheets.recent: () -> Vec<TimesheetSummaryExpanded> → () -> Page<TimesheetSummaryExpanded>",
        "timesheets.recent().page(i64) (added)",
    ];
    assert_eq!(found, told(&[("request-parameter-added", &words)]));
}

#[test]
fn what_is_sent_without_a_name_is_set_at_its_operation() {
    let body = "/paths/~1api~1timesheets~1{id}~1restart/patch/requestBody/content/application~1json/schema/properties";
    let found = between(unchanged, |document| {
        let properties = document.pointer_mut(body).unwrap().as_object_mut().unwrap();
        properties.remove("copy").unwrap();
        properties.insert("note".to_owned(), json!({"type": "string"}));
    });
    assert_eq!(
        found,
        told(&[
            ("request-property-removed", &["timesheets.restart().copy_all() (removed)"]),
            ("request-property-added", &["timesheets.restart().note(impl Into<String>) (added)"]),
        ])
    );
}

#[test]
fn a_parameter_of_the_path_has_another_name() {
    let found = between(unchanged, |document| {
        let paths = document["paths"].as_object_mut().unwrap();
        let mut path = paths.remove("/api/tags/{id}").unwrap();
        let parameters = path["delete"]["parameters"].as_array_mut().unwrap();
        parameters[0]["name"] = json!("tag");
        parameters.push(json!({"name": "force", "in": "query", "schema": {"type": "integer"}}));
        paths.insert("/api/tags/{tag}".to_owned(), path);
    });
    assert_eq!(found, told(&[("request-parameter-added", &["tags.delete().force(i64) (added)"])]));
    // A type which only the newer client has.
    let found = between(unchanged, |document| {
        let comments = document["paths"].to_string().replace("{id}/comments", "{owner}/comments");
        document["paths"] = serde_json::from_str(&comments).unwrap();
        let paths = document["paths"].as_object_mut().unwrap().iter_mut();
        for (_, path) in paths.filter(|(path, _)| path.contains("{owner}")) {
            *path = serde_json::from_str(&path.to_string().replace("\"name\":\"id\"", "\"name\":\"owner\"")).unwrap();
        }
        schemas(document)["User2"]["properties"]["badge"] = json!({"type": "string"});
    });
    let words = ["Comment.created_by: UserRef → User2", "User2 (added)"];
    assert_eq!(found[..1], told(&[("response-property-added", &words)]));
}

/// A name, a direction, a kind of change: what fits best is meant.
#[test]
fn only_what_fits_best_is_meant() {
    let found = between(unchanged, |document| {
        let schemas = schemas(document);
        schemas["CustomerEntity"]["properties"]["name"]["nullable"] = json!(true);
        schemas["CustomerMeta"]["properties"].as_object_mut().unwrap().remove("name").unwrap();
    });
    assert_eq!(
        found,
        told(&[
            ("response-property-became-nullable", &["Customer.name: String → Option<String>"]),
            (
                "response-property-removed",
                &[
                    "Customer.meta(&str) -> Option<&str> (removed)",
                    "CustomerMeta.name: String (removed)",
                    "CustomerRef.meta(&str) -> Option<&str> (removed)",
                    "CustomerSummary.meta(&str) -> Option<&str> (removed)",
                    "CustomerSummaryExpanded.meta(&str) -> Option<&str> (removed)",
                ],
            ),
        ])
    );
    let found = between(unchanged, |document| {
        let visible = &mut schemas(document)["TagEntity"]["properties"]["visible"];
        visible["nullable"] = json!(true);
        visible["default"] = json!(false);
    });
    assert_eq!(
        found,
        told(&[
            ("response-property-became-nullable", &["Tag.visible: bool → Option<bool>"]),
            ("response-property-default-changed", &[]),
        ])
    );
    let found = between(unchanged, |document| {
        let schemas = schemas(document);
        schemas["TagEntity"]["properties"]["col_or"] = json!({"type": "boolean"});
        let form = schemas["TagEditForm"]["properties"].as_object_mut().unwrap();
        let color = form.remove("color").unwrap();
        form.insert("col_or".to_owned(), color);
    });
    let words = ["NewTag.col_or: Option<String> (added)", "NewTag.color: Option<Color> (removed)"];
    assert_eq!(
        found,
        told(&[
            ("request-property-renamed", &words),
            ("response-property-added", &["Tag.col_or: Option<bool> (added)"]),
        ])
    );
}

#[test]
fn parameters_of_the_path_are_arguments() {
    let found = between(unchanged, |document| {
        let parameters =
            document["paths"]["/api/actions/activity/{id}/{view}/{locale}"]["get"]["parameters"].as_array_mut();
        let locale = parameters.unwrap().iter_mut().find(|parameter| parameter["name"] == "locale").unwrap();
        locale["schema"] = json!({"type": "integer"});
    });
    let words = "actions.activity: (id: ActivityId, view: ActionView, locale: Language) -> Vec<PageAction> → (id: ActivityId, view: ActionView, locale: i64) -> Vec<PageAction>";
    assert_eq!(found, told(&[("path-parameter-type-narrowed", &[words])]));
}

#[test]
fn an_operation_that_moved_is_another_method() {
    let found = between(unchanged, |document| {
        let paths = document["paths"].as_object_mut().unwrap();
        let path = paths.remove("/api/tags/find").unwrap();
        paths.insert("/api/labels/find".to_owned(), path);
    });
    let words = ["labels.find() -> Vec<Tag> (added)", "tags.find() -> Vec<Tag> (removed)"];
    assert_eq!(found, told(&[("operation-moved", &words)]));
}

#[test]
fn a_parameter_with_two_names() {
    let found = between(unchanged, |document| {
        let parameters = document["paths"]["/api/projects"]["get"]["parameters"].as_array_mut().unwrap();
        parameters.retain(|parameter| parameter["name"] != "customers[]");
    });
    let words = ["projects.list().customer: (impl Into<OneOrMany<CustomerId>>) → (CustomerId)"];
    assert_eq!(found, told(&[("request-parameter-removed", &words)]));
}

#[test]
fn what_is_sent_without_a_name_is_spelled_in_another_way() {
    let body = "/paths/~1api~1timesheets~1{id}~1restart/patch/requestBody/content/application~1json/schema/properties";
    let found = between(unchanged, |document| {
        let properties = document.pointer_mut(body).unwrap().as_object_mut().unwrap();
        let begin = properties.remove("begin").unwrap();
        properties.insert("be_gin".to_owned(), begin);
    });
    let words = [
        "timesheets.restart().be_gin(impl Into<String>) (added)",
        "timesheets.restart().begin(jiff::civil::DateTime) (removed)",
    ];
    assert_eq!(found, told(&[("request-property-renamed", &words)]));
}

/// With two types of the same shape, neither counts as the renamed one.
#[test]
fn two_types_do_not_become_one() {
    let shape = json!({"type": "object", "properties": {"icon": {"type": "string"}}});
    let holds = |document: &mut Value, names: [&str; 2]| {
        let schemas = schemas(document);
        for (property, name) in ["one", "two"].into_iter().zip(names) {
            schemas[name] = shape.clone();
            schemas["TagEntity"]["properties"][property] = json!({"$ref": format!("#/components/schemas/{name}")});
        }
    };
    let found = between(|document| holds(document, ["Badge", "Medal"]), |document| holds(document, ["Crest", "Crest"]));
    let fields = ["Tag.one: Option<Badge> → Option<Crest>", "Tag.two: Option<Medal> → Option<Crest>"];
    let words = |ty: &[&'static str]| [ty, &fields].concat();
    assert_eq!(
        found,
        told(&[
            ("schema-renamed", &words(&["Badge (removed)", "Crest (added)"])),
            ("schema-renamed", &words(&["Crest (added)", "Medal (removed)"])),
        ])
    );
}

/// The content of a property shows that its schema was replaced.
#[test]
fn a_schema_stands_where_another_stood_in_a_property() {
    let found = between(unchanged, |document| {
        schemas(document)["CustomerRate"]["properties"]["user"] = json!({"$ref": "#/components/schemas/UserEntity"});
    });
    let words: &[&str] = &["CustomerRate.user: Option<UserRef> → Option<User>"];
    // Memberships, preferences, roles, the supervisor and teams.
    assert_eq!(found, told(&[("response-property-added", words); 5]));
}

#[test]
fn types_inside_of_others_have_any_properties() {
    let holds = |values: Value| {
        move |document: &mut Value| {
            let nested = json!({
                "type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": values,
            });
            schemas(document)["TagEntity"]["properties"]["n"] = nested;
        }
    };
    let found = between(holds(json!({"type": "string"})), holds(json!({"type": "integer"})));
    let words = "TagN.extra: BTreeMap<String, String> → BTreeMap<String, i64>";
    assert_eq!(found, told(&[("response-property-type-changed", &[words])]));
}

#[test]
fn one_of_the_copies_of_a_schema_is_another() {
    let of_user = |edit: fn(&mut Value)| between(unchanged, |document| edit(&mut schemas(document)["User"]));
    let words: &[&str] = &["Comment.created_by: UserRef → User2", "User2 (added)", "UserRef.locale: Locale (removed)"];
    let found = of_user(|user| drop(user["properties"].as_object_mut().unwrap().remove("locale").unwrap()));
    assert_eq!(found, told(&[("response-property-removed", words)]));
    let words: &[&str] = &["Comment.created_by: UserRef → User2", "User2 (added)"];
    let found = of_user(|user| user["properties"]["locale"]["default"] = json!("de"));
    assert_eq!(found, told(&[("response-property-default-changed", words)]));
    let found = of_user(|user| user["properties"]["locale"]["format"] = json!("uri"));
    assert_eq!(found, told(&[("response-property-format-changed", words)]));
}

#[test]
fn what_happens_in_types_of_other_names_is_not_meant() {
    let marks = |names: [&'static str; 2]| {
        move |document: &mut Value| {
            let schemas = schemas(document);
            for (schema, name) in ["Team", "TeamMember"].into_iter().zip(names) {
                let reference = json!({"$ref": format!("#/components/schemas/{name}")});
                schemas[schema]["properties"]["marks"] = reference;
            }
            for name in names {
                schemas[name] = json!({"type": "object", "properties": {"b": {"type": "string"}}});
            }
        }
    };
    let found = between(
        |document| {
            marks(["Mark", "Mark2"])(document);
            schemas(document)["Mark"]["properties"]["a"] = json!({"type": "string"});
        },
        |document| {
            marks(["Mark", "Mark"])(document);
            schemas(document)["Team"]["properties"].as_object_mut().unwrap().remove("marks").unwrap();
        },
    );
    assert_eq!(
        found,
        told(&[
            ("response-property-removed", &["Mark.a: Option<String> (removed)", "Team.marks: Option<Mark> (removed)"]),
            ("client-changed", &["Mark2 (removed)"]),
            ("client-changed", &["TeamMember.marks: Option<Mark2> → Option<Mark>"]),
        ])
    );
}

#[test]
fn arguments_of_another_meaning() {
    let finds = |names: [&'static str; 2]| {
        move |document: &mut Value| {
            let parameters =
                names.map(|name| json!({"name": name, "in": "query", "required": true, "schema": {"type": "string"}}));
            document["paths"]["/api/tags/find"]["get"]["parameters"] = json!(parameters);
        }
    };
    let found = between(finds(["from", "to"]), finds(["since", "until"]));
    let words = "tags.find: (from: impl Into<String>, to: impl Into<String>) -> Vec<Tag> → (since: impl Into<String>, until: impl Into<String>) -> Vec<Tag>";
    let words: &[&str] = &[words];
    assert_eq!(
        found,
        told(&[
            ("request-parameter-added-required", words),
            ("request-parameter-added-required", words),
            ("request-parameter-removed", words),
            ("request-parameter-removed", words),
        ])
    );
    // Properties of a form, sent in another order.
    let found = between(unchanged, |document| {
        let form = &mut schemas(document)["TagEditForm"];
        let properties = form["properties"].as_object_mut().unwrap();
        properties.remove("name").unwrap();
        properties.insert("label".to_owned(), json!({"type": "string"}));
        form["required"] = json!(["label"]);
    });
    let new = "NewTag::new: (name: impl Into<String>) → (label: impl Into<String>)";
    assert_eq!(
        found,
        told(&[
            ("request-property-added-required", &["NewTag.label: String (added)", new]),
            ("request-property-removed", &["NewTag.name: String (removed)", new]),
        ])
    );
}

#[test]
fn alternatives_and_further_properties_have_their_causes() {
    let found = between(
        |document| {
            schemas(document)["TagEntity"]["properties"]["q"] =
                json!({"oneOf": [{"type": "string"}, {"type": "integer"}]});
        },
        |document| {
            schemas(document)["TagEntity"]["properties"]["q"] =
                json!({"oneOf": [{"type": "string"}, {"type": "boolean"}]});
        },
    );
    let words: &[&str] = &["TagQ::Bool(bool) (added)", "TagQ::Integer(i64) (removed)"];
    assert_eq!(found, told(&[("response-property-type-changed", words)]));
    let found = between(unchanged, |document| {
        schemas(document)["TagEntity"]["additionalProperties"] = json!({"type": "string"});
    });
    let words: &[&str] = &["Tag.extra: BTreeMap<String, String> (added)"];
    assert_eq!(found, told(&[("response-property-type-narrowed", words)]));
}
