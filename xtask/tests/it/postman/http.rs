//! `cargo xtask postman --format http`.

use crate::support::Copy;

/// The request of this name, with its separator.
fn request<'a>(text: &'a str, name: &str) -> &'a str {
    let start = text.find(&format!("### {name}\n")).unwrap_or_else(|| panic!("no request is called '{name}'"));
    let rest = &text[start..];
    rest.get(3..).and_then(|rest| rest.find("\n### ")).map_or(rest, |end| &rest[..end + 3])
}

#[test]
fn variables_come_first_and_each_request_logs_in() {
    let copy = Copy::with_all_snapshots();
    let text = copy.ok(&["postman", "--format", "http"]);
    assert!(
        text.starts_with(
            "# The API of Kimai 2.65.0\n\n\
             # Address of Kimai's start page, without a slash at the end.\n@baseUrl = https://kimai.example.com\n\
             # API token.\n@token =\n\
             # Password or token that a request sets for a user.\n@newPassword =\n\n### "
        ),
        "{text}"
    );
    assert_eq!(text.lines().filter(|line| line.starts_with("### ")).count(), 88);
    assert_eq!(text.lines().filter(|line| *line == "Authorization: Bearer {{token}}").count(), 88);

    let old = copy.ok(&["postman", "--format", "http", "--release", "2.13.0"]);
    assert!(old.contains("\n@username =\n") && old.contains("\n@apiPassword =\n"), "{old}");
    assert!(!old.contains("Bearer") && !old.contains("@token"), "{old}");
    assert_eq!(old.lines().filter(|line| *line == "X-AUTH-USER: {{username}}").count(), 67);
    assert_eq!(old.lines().filter(|line| *line == "X-AUTH-TOKEN: {{apiPassword}}").count(), 67);
}

#[test]
fn a_request_has_its_parameters_headers_and_body() {
    let copy = Copy::with_all_snapshots();
    let text = copy.ok(&["postman", "--format", "http"]);
    assert_eq!(
        request(&text, "tags: Creates a tag"),
        "### tags: Creates a tag\n\
         #\n\
         # Creates a tag.\n\
         #\n\
         # Kimai refuses a name with a comma with 400.\n\
         #\n\
         # Properties of the body:\n\
         #\n\
         # * `name` (required): Name of the tag, without commas.\n\
         # * `color`: Color, such as `#ff0000`.\n\
         # * `visible`: Whether the tag can be chosen for new time records.\n\
         POST {{baseUrl}}/api/tags\n\
         Authorization: Bearer {{token}}\n\
         Accept: application/json\n\
         Content-Type: application/json\n\
         \n\
         {\n  \"name\": \"Example\",\n  \"visible\": true\n}\n"
    );
    let find = request(&text, "tags: Finds tags by a part of their name");
    assert!(
        find.ends_with(
            "# Optional parameters:\n#\n\
             # * `name=Example`: Limits the list to tags whose names contain this text; the empty text finds all tags.\n\
             GET {{baseUrl}}/api/tags/find\nAuthorization: Bearer {{token}}\nAccept: application/json\n"
        ),
        "{find}"
    );
}
