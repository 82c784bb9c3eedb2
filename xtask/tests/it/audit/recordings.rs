//! Recordings of the repository as HAR files.

use std::{fmt, fs};

use serde_json::{Value, json};

use crate::support::{Copy, repository};

/// The recorded exchanges of a release, one a line.
fn lines(name: &str) -> Vec<Value> {
    let path = repository().join("generated-client/tests/data").join(format!("kimai-{name}.jsonl"));
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn entry(line: &Value) -> Value {
    let pairs = |object: &Value| -> Vec<Value> {
        let members = object.as_object().into_iter().flatten();
        members.map(|(name, value)| json!({"name": name, "value": value})).collect()
    };
    let answer = line["answer"].as_str().unwrap_or_default();
    json!({
        "startedDateTime": line["at"],
        "request": {
            "method": line["method"],
            "url": format!("https://kimai.example.com{}", line["path"].as_str().unwrap()),
            "headers": [{"name": "Authorization", "value": "Bearer canary-token"}],
        },
        "response": {
            "status": line["status"],
            "headers": pairs(&line["headers"]),
            "content": {"mimeType": line["headers"]["Content-Type"], "size": answer.len(), "text": answer},
        },
    })
}

/// A recording: a HAR.
pub(crate) struct Recording(Value);

impl Recording {
    /// What was recorded of a release, such as `2.65.0`.
    pub(crate) fn of(name: &str) -> Self {
        let entries: Vec<Value> = lines(name).iter().map(entry).collect();
        let release = name.trim_end_matches("-extra");
        Self(json!({"log": {
            "version": "1.2",
            "creator": {"name": "test", "version": "1"},
            "browser": {"name": "Kimai", "version": release},
            "entries": entries,
        }}))
    }

    /// Changes the successful responses of requests.
    pub(crate) fn change(mut self, method: &str, path: &str, mut change: impl FnMut(&mut Value)) -> Self {
        let mut count = 0;
        for entry in self.0["log"]["entries"].as_array_mut().unwrap() {
            let url =
                entry["request"]["url"].as_str().unwrap().trim_start_matches("https://kimai.example.com").to_owned();
            let is_success = entry["response"]["status"].as_u64().is_some_and(|status| status < 300);
            if entry["request"]["method"] == method && url == path && is_success {
                change(&mut entry["response"]);
                count += 1;
            }
        }
        assert!(count > 0, "{method} {path}");
        self
    }

    /// Changes the JSON in successful responses to requests.
    pub(crate) fn change_body(self, method: &str, path: &str, mut change: impl FnMut(&mut Value)) -> Self {
        self.change(method, path, |response| {
            let text = response["content"]["text"].as_str().unwrap();
            let mut body: Value = serde_json::from_str(text).unwrap();
            change(&mut body);
            response["content"]["text"] = body.to_string().into();
        })
    }

    /// A recording that does not say of which release it is.
    pub(crate) fn without_release(mut self) -> Self {
        self.0["log"].as_object_mut().unwrap().remove("browser");
        let entries = self.0["log"]["entries"].as_array_mut().unwrap();
        entries.retain(|entry| !entry["request"]["url"].as_str().unwrap().ends_with("/api/version"));
        self
    }

    /// Writes it into the copy, and returns its path.
    pub(crate) fn write(&self, copy: &Copy) -> String {
        copy.write("recording.har", &self.to_string())
    }
}

impl fmt::Display for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
