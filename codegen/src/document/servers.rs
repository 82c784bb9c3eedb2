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
    let of_document = of_document(root, &mut notes);
    let Some(Value::Object(paths)) = root.get_mut("paths") else { return notes };
    let mut applied = Map::new();
    for (path, mut item) in std::mem::take(paths) {
        let place = Pointer::root().join("paths").join(&path);
        let own = match &mut item {
            Value::Object(item) => of_path(item, &path, &place, &mut notes),
            _ => None,
        };
        let prefix = own.as_deref().or(of_document.as_deref()).unwrap_or_default();
        let path = if path.starts_with('/') { format!("{prefix}{path}") } else { path };
        if applied.contains_key(&path) {
            let text = format!("with the path of its server, this path is {path}, as another one: it is left out");
            notes.push(Note { pointer: place, text });
        } else {
            applied.insert(path, item);
        }
    }
    *paths = applied;
    notes
}

/// The path of the document's server, if it counts.
fn of_document(root: &mut Map<String, Value>, notes: &mut Vec<Note>) -> Option<String> {
    let place = Pointer::root().join("servers");
    let path = take(root, &place, notes).filter(|path| !path.is_empty())?;
    let mut note = |text: String| notes.push(Note { pointer: place.clone(), text });
    if root.get("paths").and_then(Value::as_object).is_some_and(are_complete) {
        let text =
            "the path of the server is the folder of Kimai, which belongs to the client's base URL: it is ignored";
        note(text.to_owned());
        return None;
    }
    note(format!("the path of the server comes before each path: {path}"));
    Some(path)
}

/// The path of the server of one path, if it has one that counts.
fn of_path(item: &mut Map<String, Value>, path: &str, place: &Pointer, notes: &mut Vec<Note>) -> Option<String> {
    for (method, operation) in item.iter_mut().filter(|(key, _)| METHODS.contains(&key.as_str())) {
        if operation.as_object_mut().and_then(|operation| operation.remove("servers")).is_some() {
            let text = "servers of a single operation are ignored: declare them for the path";
            notes.push(Note { pointer: place.join(method).join("servers"), text: text.to_owned() });
        }
    }
    let place = place.join("servers");
    let prefix = take(item, &place, notes)?;
    if is_below_api(path) {
        let text = "the client sends all requests to its base URL: this server is ignored";
        notes.push(Note { pointer: place, text: text.to_owned() });
        return None;
    }
    let shown = if prefix.is_empty() { "/" } else { &prefix };
    let text = format!("the path of this server comes before the path, and its host is ignored: {shown}");
    notes.push(Note { pointer: place, text });
    Some(prefix)
}

/// Whether all paths are below `/api/`: then the path of a server is the folder of Kimai, which the base URL of the client
/// contains.
pub(super) fn are_complete(paths: &Map<String, Value>) -> bool {
    let mut keys = paths.keys().filter(|path| path.starts_with('/')).peekable();
    keys.peek().is_some() && keys.all(|path| is_below_api(path))
}

fn is_below_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// The path of the first server of an object; empty for the root of a host.
fn take(object: &mut Map<String, Value>, place: &Pointer, notes: &mut Vec<Note>) -> Option<String> {
    if !object.get("servers").is_some_and(Value::is_array) {
        return None;
    }
    let servers = object.remove("servers")?;
    let path = path_of(servers.get(0)?)?;
    if path.contains(['{', '}']) {
        let text = "the path of the server contains a variable without a default: it is ignored";
        notes.push(Note { pointer: place.clone(), text: text.to_owned() });
        return None;
    }
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
                "/paths/~1a/get/servers: servers of a single operation are ignored: declare them for the path",
                "/paths/~1a/servers: the path of this server comes before the path, and its host is ignored: /v2",
            ]
        );
    }

    #[test]
    fn the_server_of_a_path_replaces_that_of_the_document() {
        let document = json!({"servers": [{"url": "/v1"}], "paths": {
            "/a": {"servers": [{"url": "/"}]},
            "/b": {"servers": [{"url": "https://other.example.com"}]},
            "/v1/c": {"servers": [{"url": "/"}]},
            "/c": {},
        }});
        let (paths, notes) = applied(document);
        assert_eq!(paths, ["/a", "/b", "/v1/c"]);
        let own = "the path of this server comes before the path, and its host is ignored: /";
        assert_eq!(
            notes,
            [
                "/servers: the path of the server comes before each path: /v1".to_owned(),
                format!("/paths/~1a/servers: {own}"),
                format!("/paths/~1b/servers: {own}"),
                format!("/paths/~1v1~1c/servers: {own}"),
                "/paths/~1v1~1c: with the path of its server, this path is /v1/c, as another one: it is left out"
                    .to_owned(),
            ]
        );
        let (paths, notes) =
            applied(json!({"paths": {"/api/a": {"servers": [{"url": "https://other.example.com/b"}]}, "/c": {}}}));
        assert_eq!(paths, ["/api/a", "/c"]);
        assert_eq!(
            notes,
            ["/paths/~1api~1a/servers: the client sends all requests to its base URL: this server is ignored"]
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
