//! Servers: their paths come before the paths of the document.
//!
//! Hosts are not used: the client's base URL names the server.

use serde_json::{Map, Value};

use super::Note;
use crate::Pointer;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Applies the path of the first server to each path, and removes the servers.
pub(super) fn apply(document: &mut Value) -> Vec<Note> {
    let mut notes = Vec::new();
    let Value::Object(root) = document else { return notes };
    let of_document = take(root, &Pointer::root(), &mut notes);
    let Some(Value::Object(paths)) = root.get_mut("paths") else { return notes };
    let mut applied = Map::new();
    for (path, mut item) in std::mem::take(paths) {
        let place = Pointer::root().join("paths").join(&path);
        let mut prefix = of_document.clone();
        if let Value::Object(item) = &mut item {
            prefix = take(item, &place, &mut notes).or(prefix);
            for (method, operation) in item.iter_mut().filter(|(key, _)| METHODS.contains(&key.as_str())) {
                if operation.as_object_mut().and_then(|operation| operation.remove("servers")).is_some() {
                    let text = "servers of a single operation are ignored: declare them for the path";
                    notes.push(Note { pointer: place.join(method).join("servers"), text: text.to_owned() });
                }
            }
        }
        let path = match prefix.as_deref() {
            Some(prefix) if path.starts_with('/') => format!("{prefix}{path}"),
            _ => path,
        };
        applied.entry(path).or_insert(item);
    }
    *paths = applied;
    notes
}

/// Whether all paths are below `/api/`: then the path of a server is the folder of Kimai, which the base URL of the client
/// contains.
pub(super) fn are_complete(paths: &Map<String, Value>) -> bool {
    let mut keys = paths.keys().filter(|path| path.starts_with('/')).peekable();
    keys.peek().is_some() && keys.all(|path| path == "/api" || path.starts_with("/api/"))
}

/// The path of the first server of an object, if it counts.
fn take(object: &mut Map<String, Value>, place: &Pointer, notes: &mut Vec<Note>) -> Option<String> {
    if !object.get("servers").is_some_and(Value::is_array) {
        return None;
    }
    let servers = object.remove("servers")?;
    let mut note = |text: &str| notes.push(Note { pointer: place.join("servers"), text: text.to_owned() });
    let path = path_of(servers.get(0)?)?;
    if path.is_empty() {
        return None;
    }
    if path.contains(['{', '}']) {
        note("the path of the server contains a variable without a default: it is ignored");
        return None;
    }
    let is_complete = match object.get("paths") {
        Some(Value::Object(paths)) => are_complete(paths),
        _ => place.as_str().starts_with("/paths/~1api~1"),
    };
    if is_complete {
        note("the path of the server is the folder of Kimai, which belongs to the client's base URL: it is ignored");
        return None;
    }
    note(&format!("the path of the server comes before each path: {path}"));
    Some(path)
}

/// The path of a server, with the defaults of its variables and without a slash at the end.
fn path_of(server: &Value) -> Option<String> {
    let mut url = server.get("url")?.as_str()?.to_owned();
    for (name, variable) in server.get("variables").and_then(Value::as_object).into_iter().flatten() {
        if let Some(default) = variable.get("default").and_then(Value::as_str) {
            url = url.replace(&format!("{{{name}}}"), default);
        }
    }
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let path = match url.split_once("//") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => url.strip_prefix("./").unwrap_or(url),
    };
    let path = path.trim_matches('/');
    Some(if path.is_empty() { String::new() } else { format!("/{path}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn applied(mut document: Value) -> (Vec<String>, Vec<String>) {
        let notes = apply(&mut document);
        assert_eq!(document.get("servers"), None);
        let paths = document["paths"].as_object().unwrap().keys().cloned().collect();
        (paths, notes.into_iter().map(|note| format!("{}: {}", note.pointer, note.text)).collect())
    }

    fn paths_at(url: &str, path: &str) -> Vec<String> {
        applied(json!({"servers": [{"url": url}, {"url": "/other"}], "paths": {path: {}}})).0
    }

    #[test]
    fn the_path_of_the_first_server_comes_before_the_paths() {
        for (url, path, expected) in [
            ("https://petstore.example.com/api/v3", "/pet", "/api/v3/pet"),
            ("https://petstore.example.com/api/v3/", "/pet", "/api/v3/pet"),
            ("//petstore.example.com/v3", "/pet", "/v3/pet"),
            ("/v3?a#b", "/pet", "/v3/pet"),
            ("v3", "/pet", "/v3/pet"),
            ("/", "/pet", "/pet"),
            ("https://petstore.example.com", "/pet", "/pet"),
            ("https://kimai.example.com/kimai", "/api/tags", "/api/tags"),
            ("/kimai/index.php", "/api/tags", "/api/tags"),
        ] {
            assert_eq!(paths_at(url, path), [expected], "{url} {path}");
        }
    }

    #[test]
    fn variables_have_their_defaults() {
        let server = json!({"url": "https://{host}/{base}", "variables": {"base": {"default": "v2"}, "host": 1}});
        assert_eq!(applied(json!({"servers": [server], "paths": {"/a": {}}})).0, ["/v2/a"]);
        let (paths, notes) = applied(json!({"servers": [{"url": "/{base}"}], "paths": {"/a": {}}}));
        assert_eq!(paths, ["/a"]);
        assert_eq!(notes, ["/servers: the path of the server contains a variable without a default: it is ignored"]);
    }

    #[test]
    fn what_was_done_is_noted() {
        let document = json!({"servers": [{"url": "/v1"}], "paths": {
            "/a": {"servers": [{"url": "/v2"}], "get": {"servers": []}},
            "/b": {"get": {}},
        }});
        let (paths, notes) = applied(document);
        assert_eq!(paths, ["/v1/b", "/v2/a"]);
        assert_eq!(
            notes,
            [
                "/servers: the path of the server comes before each path: /v1",
                "/paths/~1a/servers: the path of the server comes before each path: /v2",
                "/paths/~1a/get/servers: servers of a single operation are ignored: declare them for the path",
            ]
        );
    }

    #[test]
    fn values_of_other_types_stay() {
        for servers in [json!(1), json!({}), json!("a")] {
            let mut document = json!({"servers": servers, "paths": {"/a": {}}});
            assert_eq!(apply(&mut document), []);
            assert_eq!(document["servers"], servers);
        }
        assert_eq!(applied(json!({"servers": [[]], "paths": {"/a": 1}})).0, ["/a"]);
    }
}
