//! A collection in the format of Postman 2.1.

use serde_json::{Map, Value, json};

use super::call::{Call, Part, Payload};
use super::credentials::{
    API_PASSWORD, BASE_URL, NEW_PASSWORD, TOKEN, USERNAME, Variable, has_tokens, how_to_log_in, used,
};
use super::describe::plain;
use super::rows::Row;
use crate::Release;
use crate::api::{Api, Operation};

/// Where the format is described.
const SCHEMA: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

/// The collection of all operations, with a folder for each resource.
#[must_use]
pub fn postman(api: &Api) -> String {
    let folders: Vec<Value> = api.resources.iter().map(|(name, resource)| folder(api, name, &resource.doc)).collect();
    let mut variables = vec![&BASE_URL];
    if has_tokens(&api.release) {
        variables.push(&TOKEN);
    }
    variables.extend([&USERNAME, &API_PASSWORD]);
    let sets_password = folders.iter().any(|folder| folder.to_string().contains(&used(&NEW_PASSWORD)));
    variables.extend(sets_password.then_some(&NEW_PASSWORD));
    let variables: Vec<Value> = variables.into_iter().map(variable).collect();
    let collection = json!({
        "info": {
            "name": format!("Kimai {}", api.release),
            "description": format!(
                "The API of Kimai {}. Set `baseUrl` in the variables of the collection. {}",
                api.release, how_to_log_in(&api.release)
            ),
            "schema": SCHEMA,
        },
        "variable": variables,
        "auth": auth(&api.release),
        "event": [{
            "listen": "prerequest",
            "script": {"type": "text/javascript", "exec": script(&api.release)},
        }],
        "item": folders,
    });
    format!("{collection:#}\n")
}

fn variable(variable: &Variable) -> Value {
    let Variable { name, value, doc } = variable;
    json!({"key": name, "value": value, "type": "string", "description": doc})
}

/// What Postman adds to each request by itself.
fn auth(release: &Release) -> Value {
    if has_tokens(release) {
        json!({"type": "bearer", "bearer": [{"key": "token", "value": used(&TOKEN), "type": "string"}]})
    } else {
        json!({"type": "noauth"})
    }
}

/// The script that adds user name and API password to each request, because a collection cannot have headers.
///
/// `replaceIn` finds the variables of collections and environments, in Postman and in Bruno.
fn script(release: &Release) -> Vec<String> {
    let declare =
        |name: &str, variable: &Variable| format!("const {name} = pm.variables.replaceIn(\"{}\");", used(variable));
    let add =
        |header: &str, name: &str| format!("    pm.request.headers.upsert({{key: \"{header}\", value: {name}}});");
    let mut lines = vec![declare("username", &USERNAME), declare("password", &API_PASSWORD)];
    if has_tokens(release) {
        lines.push(declare("token", &TOKEN));
        lines.push("if (username && password && !token) {".to_owned());
    } else {
        lines.push("if (username && password) {".to_owned());
    }
    lines.extend([add("X-AUTH-USER", "username"), add("X-AUTH-TOKEN", "password"), "}".to_owned()]);
    lines
}

fn folder(api: &Api, name: &str, doc: &str) -> Value {
    let operations = api.operations.iter().filter(|operation| operation.resource == name);
    let items: Vec<Value> = operations.map(|operation| item(api, operation)).collect();
    json!({"name": name.replace('_', " "), "description": plain(doc), "item": items})
}

fn item(api: &Api, operation: &Operation) -> Value {
    let call = Call::new(api, operation);
    let address = address(&call);
    let headers: Vec<Value> = call.headers.iter().map(row).collect();
    let response: Vec<Value> = call.answer.iter().map(|answer| response(answer, call.method, &address)).collect();
    let mut request = Map::new();
    set(&mut request, "method", call.method);
    set(&mut request, "header", headers);
    set(&mut request, "url", url(&call, address));
    set(&mut request, "description", call.doc);
    if let Some(payload) = &call.payload {
        set(&mut request, "body", body(payload));
    }
    json!({"name": call.name, "request": request, "response": response})
}

fn set(object: &mut Map<String, Value>, key: &str, value: impl Into<Value>) {
    object.insert(key.to_owned(), value.into());
}

/// The path as Postman writes it.
fn segments(call: &Call) -> Vec<String> {
    let segment = |part: &Part| match part {
        Part::Literal(text) => text.clone(),
        Part::Parameter { name, .. } => format!(":{name}"),
    };
    call.path.iter().map(segment).collect()
}

/// The URL as text.
fn address(call: &Call) -> String {
    let query: Vec<String> =
        call.query.iter().filter(|row| row.enabled).map(|row| [row.key.as_str(), &row.value].join("=")).collect();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    format!("{}/{}{query}", used(&BASE_URL), segments(call).join("/"))
}

fn url(call: &Call, address: String) -> Value {
    let variable = |part: &Part| match part {
        Part::Literal(_) => None,
        Part::Parameter { name, value } => Some(json!({"key": name, "value": value})),
    };
    let variables: Vec<Value> = call.path.iter().filter_map(variable).collect();
    let query: Vec<Value> = call.query.iter().map(row).collect();
    let mut url = Map::new();
    set(&mut url, "raw", address);
    set(&mut url, "host", vec![used(&BASE_URL)]);
    set(&mut url, "path", segments(call));
    if !query.is_empty() {
        set(&mut url, "query", query);
    }
    if !variables.is_empty() {
        set(&mut url, "variable", variables);
    }
    Value::Object(url)
}

fn row(row: &Row) -> Value {
    let mut object = described(row);
    set(&mut object, "value", row.value.as_str());
    Value::Object(object)
}

fn part_of_form(row: &Row) -> Value {
    let mut object = described(row);
    if row.is_file {
        set(&mut object, "type", "file");
        set(&mut object, "src", Value::Null);
    } else {
        set(&mut object, "type", "text");
        set(&mut object, "value", row.value.as_str());
    }
    Value::Object(object)
}

/// A row without its value.
fn described(row: &Row) -> Map<String, Value> {
    let mut object = Map::new();
    set(&mut object, "key", row.key.as_str());
    if !row.doc.is_empty() {
        set(&mut object, "description", row.doc.as_str());
    }
    if !row.enabled {
        set(&mut object, "disabled", true);
    }
    object
}

fn body(payload: &Payload) -> Value {
    match payload {
        Payload::Json(value) => {
            json!({"mode": "raw", "raw": format!("{value:#}"), "options": {"raw": {"language": "json"}}})
        }
        Payload::Multipart(rows) => {
            json!({"mode": "formdata", "formdata": rows.iter().map(part_of_form).collect::<Vec<_>>()})
        }
        Payload::UrlEncoded(rows) => {
            json!({"mode": "urlencoded", "urlencoded": rows.iter().map(row).collect::<Vec<_>>()})
        }
        Payload::Text => json!({"mode": "raw", "raw": ""}),
        Payload::File => json!({"mode": "file", "file": {"src": null}}),
    }
}

/// An example of what comes back. The whole request in it would make the file twice as large.
fn response(answer: &Value, method: &str, address: &str) -> Value {
    json!({
        "name": "Example",
        "originalRequest": {"method": method, "header": [], "url": address},
        "status": "OK",
        "code": 200,
        "_postman_previewlanguage": "json",
        "header": [{"key": "Content-Type", "value": "application/json"}],
        "body": format!("{answer:#}"),
    })
}
