//! What plugins declare beyond Kimai's own documents, and how the client expresses it.

use codegen::api::{self, Answer, Body, ListStyle, ObjectStyle, ParameterValue, Scalar, Type};
use codegen::document;
use serde_json::{Value, json};

use crate::support::{self, document as document_of, in_path, json_of, release, valid, with_parameters};

/// The model of a document and the notes on it.
fn read(document: &Value) -> (api::Api, Vec<String>) {
    let loaded = document::load(document.to_string().as_bytes(), &release(), &[]).unwrap();
    let (api, notes) = api::build(&loaded, &release()).unwrap();
    (api, notes.into_iter().map(|note| format!("{}: {}", note.pointer, note.text)).collect())
}

fn with_responses(responses: &Value) -> Value {
    document_of(&json!({"/api/things": {"get": {"responses": responses}}}), &json!({}))
}

#[test]
fn no_response_is_thrown_away() {
    let text = json_of(&json!({"type": "string"}));
    let undeclared = "the document does not declare what the response contains: it is returned as JSON or text";
    let optional = "another successful response has no content: the result is optional";
    for (responses, answer, note) in [
        (json!({"200": {}}), Answer::Undeclared, Some(("200", undeclared))),
        (json!({"202": {}}), Answer::Undeclared, Some(("202", undeclared))),
        (json!({"204": {}}), Answer::Empty, None),
        (json!({"205": {}}), Answer::Empty, None),
        (json!({"200": {}, "204": {}}), Answer::Undeclared, Some(("200", undeclared))),
        (json!({"200": text, "204": {}}), Answer::OptionalJson(Type::String), Some(("204", optional))),
        (json!({"200": text}), Answer::Json(Type::String), None),
        (json!({"200": {"content": {"text/plain": {}}}}), Answer::Text, None),
        (json!({"200": {"content": {"text/plain": {}}}, "204": {}}), Answer::Text, None),
        (json!({"200": {"content": {"text/csv": {}}}}), Answer::Download, None),
        (json!({"200": {"content": {"text/plain": {}, "text/csv": {}}}}), Answer::Download, None),
    ] {
        let document = with_responses(&responses);
        let (api, notes) = read(&document);
        assert_eq!(api.operations[0].answer, answer, "{responses}");
        let note = note.map(|(code, text)| format!("/paths/~1api~1things/get/responses/{code}: {text}"));
        assert_eq!(notes, note.into_iter().collect::<Vec<_>>(), "{responses}");
        valid(&document);
    }
}

#[test]
fn the_response_to_head_is_its_headers() {
    let document = document_of(&json!({"/api/things": {"head": {"responses": {"200": {}}}}}), &json!({}));
    let code = &valid(&document)["operations/things.rs"];
    assert!(code.contains("type Output = HeaderMap;") && code.contains("Method::HEAD"), "{code}");
}

#[test]
fn objects_in_queries() {
    let filter = json!({"type": "object", "properties": {"origin": {"type": "string", "enum": ["a", "b"]}}});
    for (style, explode, expected) in [
        (Some("deepObject"), None, ObjectStyle::Deep),
        (Some("form"), None, ObjectStyle::Exploded),
        (None, Some(true), ObjectStyle::Exploded),
        (None, Some(false), ObjectStyle::Joined),
    ] {
        let mut parameter = json!({"in": "query", "name": "filter", "schema": filter});
        parameter["style"] = style.map_or(json!("form"), Value::from);
        if let Some(explode) = explode {
            parameter["explode"] = explode.into();
        }
        let document = with_parameters("/api/gadgets", &json!([parameter]));
        let (api, _) = read(&document);
        let ParameterValue::Object { wire, style, ty } = &api.operations[0].parameters[0].value else {
            panic!("no object")
        };
        assert_eq!((wire.as_str(), *style, ty), ("filter", expected, &Type::Named("GadgetFilter".into())));
        assert!(support::text(&valid(&document)).contains("pub struct GadgetFilter"));
    }
}

#[test]
fn lists_in_queries() {
    let numbers = json!({"type": "array", "items": {"type": "integer"}});
    for (style, explode, expected, joins) in [
        ("form", None, ListStyle::Repeated, None),
        ("form", Some(false), ListStyle::Commas, Some("request.join_list(\"ids\", \"ids\")?;")),
        ("spaceDelimited", None, ListStyle::Spaces, Some("request.join_list_with(\"ids\", ' ')?;")),
        ("spaceDelimited", Some(false), ListStyle::Spaces, Some("request.join_list_with(\"ids\", ' ')?;")),
        ("spaceDelimited", Some(true), ListStyle::Repeated, None),
        ("pipeDelimited", None, ListStyle::Bars, Some("request.join_list_with(\"ids\", '|')?;")),
        ("pipeDelimited", Some(false), ListStyle::Bars, Some("request.join_list_with(\"ids\", '|')?;")),
        ("pipeDelimited", Some(true), ListStyle::Repeated, None),
    ] {
        let mut parameter = json!({"in": "query", "name": "ids", "style": style, "schema": numbers});
        if let Some(explode) = explode {
            parameter["explode"] = explode.into();
        }
        let document = with_parameters("/api/gadgets", &json!([parameter]));
        let list = ParameterValue::List { wire: "ids".into(), style: expected, ty: Scalar::Integer };
        assert_eq!(read(&document).0.operations[0].parameters[0].value, list, "{style} {explode:?}");
        let code = &valid(&document)["operations/gadgets.rs"];
        assert_eq!(joins.is_some(), code.contains("join_list"), "{code}");
        assert!(joins.is_none_or(|joins| code.contains(joins)), "{code}");
    }
    // Such text has commas of its own.
    let text = json!({"type": "string", "pattern": "[\\d,]+"});
    let parameter = json!({"in": "query", "name": "ids", "style": "pipeDelimited", "schema": text});
    let (api, _) = read(&with_parameters("/api/gadgets", &json!([parameter])));
    let list = ParameterValue::List { wire: "ids".into(), style: ListStyle::Commas, ty: Scalar::Unsigned };
    assert_eq!(api.operations[0].parameters[0].value, list);
}

#[test]
fn paths_beside_the_api() {
    for (path, new) in [("/health", "outside_api"), ("/", "outside_api"), ("/api/health", "new")] {
        let files = valid(&with_parameters(path, &json!([])));
        assert!(support::text(&files).contains(&format!("HttpRequest::{new}(Self::METHOD")), "{path}");
    }
}

#[test]
fn a_declared_type_beats_the_guess_that_a_number_is_an_id() {
    let widget = json!({"type": "object", "properties": {"id": {"type": "integer"}}});
    let tag = json!({"type": "object", "properties": {"id": {"type": "integer"}}});
    let project = tag.clone();
    let rate = tag.clone();
    let of = |path: &str, parameter: &Value| {
        let paths = json!({path: {"get": {"parameters": [parameter], "responses": {"204": {}}}}});
        let schemas = json!({"Widget": widget, "Tag": tag, "Project": project, "ProjectRate": rate});
        read(&document_of(&paths, &json!({"schemas": schemas}))).0.operations.remove(0)
    };
    let id = |thing: &str| Scalar::Id(thing.to_owned());
    for (schema, expected) in [
        (json!({"type": "integer"}), id("Widget")),
        (json!({"type": "string", "pattern": "\\d+"}), id("Widget")),
        (json!({"type": "string"}), id("Widget")),
        (json!({}), id("Widget")),
        (json!({"type": "string", "format": "uuid"}), Scalar::String),
        (json!({"type": "string", "pattern": "[a-z]+"}), Scalar::String),
        (json!({"type": "string", "enum": ["a", "b"]}), Scalar::Enum("WidgetId".into())),
        (json!({"type": "string", "format": "date"}), Scalar::Date),
    ] {
        let parameter = json!({"in": "path", "name": "id", "required": true, "schema": schema});
        let operation = of("/api/widgets/{id}", &parameter);
        let api::Segment::Parameter(parameter) = &operation.path[1] else { panic!("no parameter") };
        assert_eq!(parameter.ty, expected, "{schema}");
    }
    for (path, name, expected) in [
        ("/api/widgets", "project", id("Project")),
        ("/api/widgets", "projects[]", id("Project")),
        ("/api/widgets", "tag", Scalar::Integer),
        ("/api/widgets", "tagId", id("Tag")),
        ("/api/widgets", "tag_id", id("Tag")),
        ("/api/projects/total", "rate", Scalar::Integer),
        ("/api/projects/total", "rateId", id("ProjectRate")),
    ] {
        let parameter = json!({"in": "query", "name": name, "schema": {"type": "integer"}});
        let operation = of(path, &parameter);
        let ParameterValue::One { ty, .. } = &operation.parameters[0].value else { panic!("no value") };
        assert_eq!(*ty, expected, "{path} {name}");
    }
}

#[test]
fn a_format_of_plain_text_is_known_for_parameters_and_properties() {
    let notes = |format: &str| {
        let schema = json!({"type": "string", "format": format});
        let path = json!({"in": "path", "name": "key", "required": true, "schema": schema});
        let content = json!({"application/json": {"schema": {"type": "object", "properties": {"key": schema}}}});
        let responses = json!({"200": {"description": "", "content": content}});
        let paths = json!({"/api/widgets/{key}": {"get": {"parameters": [path], "responses": responses}}});
        read(&document_of(&paths, &json!({}))).1
    };
    for format in ["email", "hostname", "ipv4", "ipv6", "uri", "url", "uuid"] {
        assert_eq!(notes(format), [""; 0], "{format}");
    }
    let operation = "/paths/~1api~1widgets~1{key}/get";
    assert_eq!(
        notes("moon"),
        [
            format!("{operation}/parameters/0/schema/format: unknown format 'moon': treated as a string"),
            format!(
                "{operation}/responses/200/content/application~1json/schema/properties/key/format: unknown format 'moon': \
                 treated as a string"
            ),
        ]
    );
}

#[test]
fn values_that_another_place_names_have_its_type() {
    let order = |extra: Value| {
        let mut schema = json!({"type": "string", "pattern": "ASC|DESC"});
        schema.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        json!({"get": {"parameters": [{"in": "query", "name": "order", "schema": schema}], "responses": {"204": {}}}})
    };
    let paths = json!({
        "/api/absences": order(json!({})),
        "/api/customers": order(json!({"x-rust-type": "Order", "x-enum-varnames": ["Up", "Down"]})),
        "/api/tasks": {"get": {
            "parameters": [
                {"in": "query", "name": "order", "schema": {"type": "string", "enum": ["asc", "desc"]}},
                {"in": "query", "name": "begin", "schema": {"type": "string", "format": "DateTime"}},
            ],
            "responses": {"204": {}},
        }},
    });
    let document = document_of(&paths, &json!({}));
    let (api, _) = read(&document);
    let types: Vec<Scalar> = api
        .operations
        .iter()
        .flat_map(|operation| &operation.parameters)
        .map(|parameter| match &parameter.value {
            ParameterValue::One { ty, .. } => ty.clone(),
            other => panic!("{other:?}"),
        })
        .collect();
    let named = |name: &str| Scalar::Enum(name.to_owned());
    assert_eq!(types, [named("Order"), named("Order"), Scalar::LocalDateTime, named("TaskOrder")]);
    assert!(support::text(&valid(&document)).contains("Up = \"ASC\""));
}

#[test]
fn bodies_of_every_kind_have_a_type() {
    let post = |content: &Value| {
        let body = json!({"required": true, "content": content});
        document_of(
            &json!({"/api/notes/{id}": {"post": {"parameters": [in_path("id")], "requestBody": body, "responses": {"204": {}}}}}),
            &json!({}),
        )
    };
    let form = json!({"schema": {"type": "object", "properties": {"a": {"type": "string"}}}});
    for (content, expected) in [
        (json!({"text/plain": {}}), Body::Text("text/plain".into())),
        (json!({"application/octet-stream": {}, "text/plain": {}}), Body::Text("text/plain".into())),
        (json!({"image/png": {}, "application/octet-stream": {}}), Body::Bytes("application/octet-stream".into())),
        (json!({"image/*": {}}), Body::Bytes("application/octet-stream".into())),
        (json!({"application/x-www-form-urlencoded": form}), Body::UrlEncoded("NewNote".into())),
        (
            json!({"application/x-www-form-urlencoded": form, "multipart/form-data": form}),
            Body::Multipart("NewNote".into()),
        ),
        (json!({"multipart/form-data": form, "application/json": form}), Body::Json(Type::Named("NewNote".into()))),
    ] {
        let document = post(&content);
        assert_eq!(read(&document).0.operations[0].body, Some(expected), "{content}");
        valid(&document);
    }
}

#[test]
fn a_type_that_two_places_describe_in_other_words_is_one_type() {
    let body = |text: &str| {
        let name = json!({"type": "string", "description": text});
        let schema =
            json!({"type": "object", "required": ["name"], "properties": {"name": name}, "x-rust-type": "Meta"});
        json!({"post": {"requestBody": {"required": true, "content": {"application/json": {"schema": schema}}}, "responses": {}}})
    };
    let paths = json!({"/api/a": body("The name."), "/api/b": body("A name.")});
    let (api, _) = read(&document_of(&paths, &json!({})));
    assert_eq!(api.types.keys().collect::<Vec<_>>(), ["Meta"]);
}

#[test]
fn a_response_that_is_not_declared_is_read_as_it_comes() {
    for responses in [json!({}), json!({"404": {}}), json!({"302": {}})] {
        let (api, notes) = read(&with_responses(&responses));
        assert_eq!(api.operations[0].answer, Answer::Undeclared, "{responses}");
        assert_eq!(
            notes,
            ["/paths/~1api~1things/get/responses: the document does not declare what the response contains: it is \
              returned as JSON or text"]
        );
    }
    // This operation is gone: it returns an error only.
    assert_eq!(read(&with_responses(&json!({"410": {}}))).0.operations[0].answer, Answer::Empty);
}

#[test]
fn a_file_is_a_download_and_any_media_type_with_a_schema_is_json() {
    let content = |media: &str, schema: Value| json!({"200": {"content": {media: {"schema": schema}}}});
    let binary = json!({"type": "string", "format": "binary"});
    for (responses, answer) in [
        (content("application/json", binary.clone()), Answer::Download),
        (content("*/*", binary), Answer::Download),
        (content("*/*", json!({"type": "string"})), Answer::Json(Type::String)),
        (json!({"200": {"content": {"*/*": {}}}}), Answer::Download),
    ] {
        assert_eq!(read(&with_responses(&responses)).0.operations[0].answer, answer, "{responses}");
    }
}

#[test]
fn the_body_of_a_get_is_noted() {
    let body = json!({"content": {"application/json": {"schema": {"type": "object"}}}});
    let paths = json!({"/api/a": {"get": {"requestBody": body, "responses": {"204": {}}}}});
    let (_, notes) = read(&document_of(&paths, &json!({})));
    assert_eq!(notes, ["/paths/~1api~1a/get/requestBody: many servers ignore the body of a GET request"]);
}

#[test]
fn headers_that_openapi_ignores_are_ignored() {
    let headers = ["Accept", "content-type", "Authorization"]
        .map(|name| json!({"in": "header", "name": name, "required": true, "schema": {"type": "string"}}));
    let (api, notes) = read(&with_parameters("/api/a", &json!(headers)));
    assert_eq!(api.operations[0].parameters.len(), 0);
    assert_eq!(notes.len(), 3);
    assert_eq!(
        notes[0],
        "/paths/~1api~1a/get/parameters/0: OpenAPI ignores header parameters of this name: media types and credentials are \
         declared elsewhere"
    );
}
