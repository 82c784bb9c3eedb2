//! What operations send and return.

use super::*;

#[test]
fn a_response_is_as_one_release_or_the_other() {
    let ok = |schema: &str| format!("'200': {{{}}}", json(schema));
    let nullable = "{'type': 'integer', 'x-rust-id': 'User', 'nullable': true}";
    let (empty, undeclared) = ("'204': {}".to_owned(), "'200': {}".to_owned());
    let optional = format!("{}, {empty}", ok(USER));
    let text = "'200': {'content': {'text/plain': {}}}".to_owned();
    let file = "'200': {'content': {'application/pdf': {}}}".to_owned();
    let error = differ("POST /api/things", "the responses");
    let cases = [
        (&ok(TEXT), &ok(TEXT), "Json(String)"),
        (&empty, &ok(USER), r#"OptionalJson(Named("User"))"#),
        (&ok(USER), &empty, r#"OptionalJson(Named("User"))"#),
        (&optional, &ok(USER), r#"OptionalJson(Named("User"))"#),
        (&ok(USER_ID), &optional, r#"OptionalJson(IdOr("User", "User"))"#),
        (&empty, &optional, r#"OptionalJson(Named("User"))"#),
        (&undeclared, &ok(TEXT), "Json(String)"),
        (&ok(TEXT), &undeclared, "Json(String)"),
        (&undeclared, &empty, "Empty"),
        (&text, &empty, "Text"),
        (&empty, &text, "Text"),
        (&file, &empty, "Download"),
        (&empty, &file, "Download"),
        (&file, &text, &error),
        (&file, &ok(TEXT), &error),
        (&ok(TEXT), &text, &error),
        (&ok(TEXT), &ok(USER), &error),
        (&ok(USER_ID), &ok(USER), r#"Json(IdOr("User", "User"))"#),
        (&ok(USER), &ok(USER_ID), r#"Json(IdOr("User", "User"))"#),
        (&ok(&list(USER_ID)), &ok(&list(USER)), r#"Json(List(IdOr("User", "User")))"#),
        (&ok(&map(USER_ID)), &ok(&map(USER)), r#"Json(Map(IdOr("User", "User")))"#),
        (&ok(&list(nullable)), &ok(&list(USER)), r#"Json(List(Nullable(IdOr("User", "User"))))"#),
        (&ok(&list(USER_ID)), &ok(&list(nullable)), r#"Json(List(Nullable(Id("User"))))"#),
        (&ok(&list(nullable)), &ok(&list(USER_ID)), r#"Json(List(Nullable(Id("User"))))"#),
        (&ok(USER), &ok(&list(USER)), &error),
        // The id is that of another object, or the object may lack it.
        (&ok(TAG_ID), &ok(USER), &error),
        (&ok(TAG_ID), &ok(TAG), &error),
        (&ok(PERSON), &ok(USER), r#"Json(Named("User"))"#),
        (&ok(TAG), &ok(USER), &error),
        (&ok(MEMBER), &ok(USER), &error),
        (&ok(USER), &ok(MEMBER), &error),
    ];
    for (older, newer, expected) in cases {
        let [old, new] = [older, newer].map(|one| format!("'responses': {{{one}}}"));
        let found = of_operations(&old, &new, |operation| format!("{:?}", operation.answer));
        assert_eq!(found, *expected, "{older} {newer}");
    }
}

#[test]
fn a_list_is_read_like_a_page() {
    let number = |name: &str| format!("{{'name': '{name}', 'in': 'query', 'schema': {{'type': 'integer'}}}}");
    let plain = format!("'responses': {{'200': {{{}}}}}", json(&list(USER_ID)));
    let paged = format!("'parameters': [{}, {}], {}", number("page"), number("size"), plain.replace(USER_ID, USER));
    for (older, newer) in [(&plain, &paged), (&paged, &plain)] {
        let found = of_operations(older, newer, |operation| format!("{:?}", operation.answer));
        assert_eq!(found, r#"Page(IdOr("User", "User"))"#);
    }
    assert_eq!(
        of_operations(&plain.replace(USER_ID, TEXT), &paged, |_| String::new()),
        differ("POST /api/things", "the responses")
    );
}

#[test]
fn a_full_response_is_as_one_release_or_the_other() {
    let operation = |parameter: &str, schema: &str| {
        format!(
            "'parameters': [{{'name': 'full', 'in': 'query', 'schema': {{'type': 'string', 'pattern': '{parameter}'}}}}],
            'x-kimai-full': {schema}, 'responses': {{'200': {{{}}}}}",
            json(TEXT)
        )
    };
    let words = "true|false";
    let plain = format!("'responses': {{'200': {{{}}}}}", json(TEXT));
    let error = differ("POST /api/things", "the full responses");
    for (older, newer, expected) in [
        (&operation(words, USER), &operation(words, USER), r#"Json(Named("User"))"#),
        (&operation(words, USER), &plain, r#"Json(Named("User"))"#),
        (&plain, &operation(words, USER), r#"Json(Named("User"))"#),
        (&operation(words, PERSON), &operation(words, USER), r#"Json(Named("User"))"#),
        (&operation(words, TAG), &operation(words, USER), &error),
        (&operation(words, &list(USER)), &operation(words, USER), &error),
        // Each release has its own word for yes.
        (&operation("0|1", USER), &operation(words, USER), &error),
    ] {
        let found = of_operations(older, newer, |operation| format!("{:?}", operation.full.as_ref().unwrap().answer));
        assert_eq!(found, *expected, "{older} {newer}");
    }
}

#[test]
fn a_body_is_as_both_releases_accept_it() {
    let content = |media: &str, schema: &str| {
        format!(
            "'requestBody': {{'required': true, 'content': {{'{media}': {{'schema': {schema}}}}}}}, \
             'responses': {{'204': {{}}}}"
        )
    };
    let form = |name: &str| format!("{{'$ref': '#/components/schemas/{name}'}}");
    let body = |schema: &str| content("application/json", schema);
    let none = "'responses': {'204': {}}".to_owned();
    let settings = body("{'type': 'object', 'properties': {'color': {'type': 'string'}}}")
        .replace("'required': true", "'required': false");
    let (parts, bytes) = ("multipart/form-data", "application/octet-stream");
    let error = differ("POST /api/things", "the bodies");
    let cases = [
        (&body(&form("Form")), &body(&form("Form")), r#"Some(Json(Named("Form")))"#),
        (&body(TEXT), &body(&form("Form")), &error),
        (&body(&form("Form2")), &body(&form("Form")), &error),
        (&body(&list(TEXT)), &body(TEXT), &error),
        (&body(&form("Form")), &content(parts, &form("Form")), &error),
        (&content(parts, &form("Form")), &content(parts, &form("Form2")), &error),
        (&content(parts, &form("Form")), &content(parts, &form("Form")), r#"Some(Multipart("Form"))"#),
        (&content(bytes, TEXT), &content(bytes, TEXT), r#"Some(Bytes("application/octet-stream"))"#),
        (&content("image/png", TEXT), &content(bytes, TEXT), &error),
        // An id and its object are not one type in a request.
        (&body(USER_ID), &body(USER), &error),
        // An empty object does no harm.
        (&none, &body(&form("Form")), r#"Some(Json(Named("Form")))"#),
        (&body(&form("Form")), &none, r#"Some(Json(Named("Form")))"#),
        (&none, &body(&form("Form2")), &error),
        (&body(&form("Form2")), &none, &error),
        (&body(TEXT), &none, &error),
        (&none, &settings, "None"),
        (&settings, &none, "None"),
        (&settings, &settings, "None"),
        // A body that is one value has no room for settings.
        (&settings, &body(&form("Form")), &error),
        (&body(&form("Form")), &settings, &error),
    ];
    for (older, newer, expected) in cases {
        let found = of_operations(older, newer, |operation| format!("{:?}", operation.body));
        assert_eq!(found, *expected, "{older} {newer}");
    }
}

#[test]
fn a_patch_may_be_empty_for_a_release_without_a_body() {
    let patch = |at: &str, body: &str| {
        model(at, &format!("'/api/things': {{'patch': {{{body}'responses': {{'204': {{}}}}}}}}"), SCHEMAS)
    };
    let content = json("{'$ref': '#/components/schemas/Form'}");
    let body = format!("'requestBody': {{'required': true, {content}}}, ");
    let show = |api: &Api| format!("{:?}", api.operations[0].body);
    for (older, newer) in [("", body.as_str()), (&body, "")] {
        assert_eq!(of_two(patch("1.0", older), patch("2.0", newer), show), r#"Some(Json(Named("FormPatch")))"#);
    }
}

/// Words in place of a parameter's value in Debug.
fn parameters(operation: &Operation) -> String {
    let one = |parameter: &api::Parameter| {
        let required = if parameter.required { " required" } else { "" };
        format!("{}: {:?}{required}", parameter.name, parameter.value)
    };
    operation.parameters.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[test]
fn a_parameter_is_written_as_each_release_reads_it() {
    let query = |name: &str, schema: &str| format!("{{'name': '{name}', 'in': 'query', 'schema': {schema}}}");
    let named = |wire: &str| query(wire, TEXT).replace("'in'", "'x-rust-name': 'sort', 'in'");
    let words = |words: &str| format!("{{'type': 'string', 'pattern': '{words}'}}");
    let header = query("a", TEXT).replace("'query'", "'header'");
    let required = query("a", TEXT).replace("'schema'", "'required': true, 'schema'");
    let (number, date) = ("{'type': 'integer'}", "{'type': 'string', 'format': 'date'}");
    let object = "{'type': 'object', 'properties': {'a': {'type': 'string'}}}";
    let (one, many) = (query("user", USER_ID), query("users[]", &list(USER_ID)));
    let error = differ("POST /api/things", "the parameters 'a'");
    let none = String::new();
    let cases = [
        (&none, &query("a", TEXT), r#"a: One { wire: "a", ty: String }"#),
        (&query("b", TEXT), &query("a", TEXT), r#"a: One { wire: "a", ty: String }; b: One { wire: "b", ty: String }"#),
        // What an old release requires is not required of everybody.
        (&required, &none, r#"a: One { wire: "a", ty: String }"#),
        (&required, &query("a", TEXT), r#"a: One { wire: "a", ty: String }"#),
        (&query("a", TEXT), &required, r#"a: One { wire: "a", ty: String } required"#),
        // A text takes all that a number may be, and the other way round the server tells.
        (&query("a", TEXT), &query("a", number), r#"a: One { wire: "a", ty: Integer }"#),
        (&query("a", number), &query("a", TEXT), r#"a: One { wire: "a", ty: String }"#),
        (&query("a", &words("1|2")), &query("a", number), r#"a: One { wire: "a", ty: Integer }"#),
        (&query("a", &words("b|c")), &query("a", number), &error),
        (&query("a", date), &query("a", number), &error),
        (&query("a", &words("0|1")), &query("a", &words("true|false")), &error),
        (
            &query("a", &words("true")),
            &query("a", &words("true|false")),
            r#"a: One { wire: "a", ty: Bool { yes: "true", no: "false" } }"#,
        ),
        (
            &query("a", &words("on")),
            &query("a", &words("true|false")),
            &differ("POST /api/things", "the parameters 'a_on'"),
        ),
        (&query("a", &words("true")), &query("a", &words("on")), &error),
        // The word for all values is the same.
        (
            &query("a", &words(r"\\d+|all")),
            &query("a", &words(r"\\d+|all")),
            r#"a: Select { one: "a", many: None, style: Repeated, all: Some("all"), ty: Unsigned }"#,
        ),
        (&query("a", &words(r"\\d+|all")), &query("a", &words(r"\\d+|any")), &error),
        (&query("a", &list(TEXT)), &query("a", TEXT), &error),
        (&query("a", object), &query("a", TEXT), &error),
        (&header, &query("a", TEXT), &error),
        // The spellings tell what releases call it.
        (&named("a"), &named("b"), r#"sort: One { wire: "b", ty: String }"#),
        (
            &named("a").replace("'query'", "'header'"),
            &named("b").replace("'query'", "'header'"),
            &differ("POST /api/things", "the parameters 'sort'"),
        ),
        (
            &one,
            &format!("{one}, {many}"),
            r#"user: Select { one: "user", many: Some("users[]"), style: Repeated, all: None, ty: Id("User") }"#,
        ),
        (
            &format!("{one}, {many}"),
            &one,
            r#"user: Select { one: "user", many: Some("users[]"), style: Repeated, all: None, ty: Id("User") }"#,
        ),
        // Another parameter has the name for many.
        (
            &format!("{one}, {many}"),
            &format!("{one}, {}", query("users[]", TEXT)),
            r#"user: One { wire: "user", ty: Id("User") }; users: One { wire: "users[]", ty: String }"#,
        ),
        (&format!("{one}, {many}"), &many, r#"users: List { wire: "users[]", style: Repeated, ty: Id("User") }"#),
    ];
    for (older, newer, expected) in cases {
        let [old, new] = [older, newer].map(|one| format!("'parameters': [{one}], 'responses': {{'204': {{}}}}"));
        assert_eq!(of_operations(&old, &new, parameters), *expected, "{older} {newer}");
    }
}

#[test]
fn parameters_of_the_path_are_written_in_the_same_way() {
    let path = |at: &str, name: &str, schema: &str| {
        let parameter = format!("{{'name': '{name}', 'in': 'path', 'required': true, 'schema': {schema}}}");
        let operation = format!("'parameters': [{parameter}], 'responses': {{'204': {{}}}}");
        model(at, &format!("'/api/things/{{{name}}}': {{'get': {{{operation}}}}}"), "")
    };
    let show = |api: &Api| format!("{} {:?}", api.operations.len(), api.operations[0].path[1]);
    let date = "{'type': 'string', 'format': 'date'}";
    assert_eq!(
        of_two(path("1.0", "id", "{'type': 'integer'}"), path("2.0", "key", TEXT), show),
        r#"1 Parameter(PathParameter { name: "key", ty: String })"#
    );
    assert_eq!(
        of_two(path("1.0", "id", "{'type': 'integer'}"), path("2.0", "day", date), show),
        differ("GET /api/things/{id}", "the parameters 'day'")
    );
}
