//! A file of requests for the HTTP clients of editors, such as the REST Client of VS Code.

use super::call::{Call, Part, Payload};
use super::credentials::{API_PASSWORD, BASE_URL, NEW_PASSWORD, TOKEN, USERNAME, Variable, has_tokens, used};
use super::rows::Row;
use crate::Release;
use crate::api::Api;

/// Separates the parts of a form.
const BOUNDARY: &str = "part-of-the-form";

/// All requests, with variables at the beginning. Such a file has no headers for all requests: each has its own.
#[must_use]
pub fn http(api: &Api) -> String {
    let log_in = log_in(&api.release);
    let requests: Vec<String> = api
        .operations
        .iter()
        .map(|operation| request(&operation.resource, &Call::new(api, operation), &log_in))
        .collect();
    let requests = requests.join("\n");
    let mut variables = vec![&BASE_URL];
    variables.extend(log_in.iter().map(|(_, _, variable)| variable));
    variables.extend(requests.contains(&used(&NEW_PASSWORD)).then_some(&NEW_PASSWORD));
    let mut text = format!("# The API of Kimai {}\n\n", api.release);
    for Variable { name, value, doc } in variables {
        text.push_str(format!("# {doc}\n@{name} = {value}").trim_end());
        text.push('\n');
    }
    format!("{text}\n{requests}")
}

/// The headers that log in: each with the text before the variable.
fn log_in(release: &Release) -> Vec<(&'static str, &'static str, Variable)> {
    if has_tokens(release) {
        vec![("Authorization", "Bearer ", TOKEN)]
    } else {
        vec![("X-AUTH-USER", "", USERNAME), ("X-AUTH-TOKEN", "", API_PASSWORD)]
    }
}

fn request(folder: &str, call: &Call, log_in: &[(&str, &str, Variable)]) -> String {
    let (query, optional): (Vec<&Row>, Vec<&Row>) = call.query.iter().partition(|row| row.enabled);
    let mut lines = vec![format!("### {folder}: {}", call.name), "#".to_owned()];
    lines.extend(call.doc.lines().map(|line| format!("# {line}").trim_end().to_owned()));
    if !optional.is_empty() {
        lines.extend(["#".to_owned(), "# Optional parameters:".to_owned(), "#".to_owned()]);
        lines.extend(optional.iter().map(|row| optional_line(row)));
    }
    lines.push(format!("{} {}{}", call.method, address(call), pairs("?", &query)));
    lines.extend(log_in.iter().map(|(name, start, variable)| format!("{name}: {start}{}", used(variable))));
    let headers = call.headers.iter().filter(|row| row.enabled);
    lines.extend(headers.map(|row| format!("{}: {}", row.key, row.value)));
    lines.extend(call.payload.as_ref().map(body).unwrap_or_default());
    format!("{}\n", lines.join("\n"))
}

fn optional_line(row: &Row) -> String {
    let doc = row.doc.replace('\n', " ").replace("  ", " ");
    let line = format!("# * `{}={}`", row.key, row.value);
    if doc.is_empty() { line } else { format!("{line}: {doc}") }
}

fn address(call: &Call) -> String {
    let part = |part: &Part| match part {
        Part::Literal(text) => text.clone(),
        Part::Parameter { value, .. } => value.clone(),
    };
    let path: Vec<String> = call.path.iter().map(part).collect();
    format!("{}/{}", used(&BASE_URL), path.join("/"))
}

/// Names and values as in a query, after this text; empty if there are none.
fn pairs(start: &str, rows: &[&Row]) -> String {
    let pairs: Vec<String> = rows.iter().map(|row| [row.key.as_str(), &row.value].join("=")).collect();
    if pairs.is_empty() { String::new() } else { format!("{start}{}", pairs.join("&")) }
}

/// The lines of a body, with those that separate it from the headers.
fn body(payload: &Payload) -> Vec<String> {
    let empty = String::new();
    match payload {
        Payload::Json(value) => vec![empty, format!("{value:#}")],
        Payload::UrlEncoded(rows) => {
            let sent: Vec<&Row> = rows.iter().filter(|row| row.enabled).collect();
            vec!["Content-Type: application/x-www-form-urlencoded".to_owned(), empty, pairs("", &sent)]
        }
        Payload::Multipart(rows) => {
            let mut lines = vec![format!("Content-Type: multipart/form-data; boundary={BOUNDARY}"), empty];
            for row in rows.iter().filter(|row| row.enabled) {
                lines.push(format!("--{BOUNDARY}"));
                let name = format!("Content-Disposition: form-data; name=\"{}\"", row.key);
                if row.is_file {
                    lines.extend([format!("{name}; filename=\"file\""), String::new(), "< ./file".to_owned()]);
                } else {
                    lines.extend([name, String::new(), row.value.clone()]);
                }
            }
            lines.push(format!("--{BOUNDARY}--"));
            lines
        }
        Payload::Text => Vec::new(),
        Payload::File => vec![empty, "< ./file".to_owned()],
    }
}
