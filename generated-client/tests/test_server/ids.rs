//! Ids of recorded objects, and those that the test server gave to the same objects.

use std::collections::BTreeMap;

use serde_json::Value;

/// Ids of created objects by resource and recorded id. Other objects have the same id on both sides.
#[derive(Default)]
pub(crate) struct Ids(BTreeMap<(String, u64), u64>);

impl Ids {
    /// The id that the test server gave.
    pub(crate) fn of(&self, resource: &str, recorded: u64) -> u64 {
        self.0.get(&(resource.to_owned(), recorded)).copied().unwrap_or(recorded)
    }

    /// A recorded path with ids of the test server.
    pub(crate) fn translate(&self, path: &str) -> String {
        let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
        let mut before = "";
        let mut owner = "";
        let mut translated = Vec::new();
        for segment in path.split('/') {
            let resource = match before {
                "rates" | "comments" => format!("{owner}/{before}"),
                "timesheet" => "timesheets".to_owned(),
                "customer" => "customers".to_owned(),
                "project" => "projects".to_owned(),
                "activity" => "activities".to_owned(),
                other => other.to_owned(),
            };
            match segment.parse() {
                Ok(id) => {
                    owner = before;
                    translated.push(self.of(&resource, id).to_string());
                }
                Err(_) => translated.push(segment.to_owned()),
            }
            before = segment;
        }
        let query = query.map(|query| format!("?{}", self.translate_query(query))).unwrap_or_default();
        translated.join("/") + &query
    }

    fn translate_query(&self, query: &str) -> String {
        let pair = |pair: &str| {
            let Some((name, value)) = pair.split_once('=') else { return pair.to_owned() };
            let resource = resource_of_property(name.trim_end_matches("%5B%5D"));
            let ids: Option<Vec<String>> =
                value.split("%2C").map(|id| Some(self.of(resource?, id.parse().ok()?).to_string())).collect();
            ids.map_or_else(|| pair.to_owned(), |ids| format!("{name}={}", ids.join("%2C")))
        };
        query.split('&').map(pair).collect::<Vec<String>>().join("&")
    }

    /// Remembers the id of an object that was created.
    pub(crate) fn learn(&mut self, path: &str, recorded: &Value, ours: &Value) {
        let (Some(recorded), Some(ours)) = (recorded["id"].as_u64(), ours["id"].as_u64()) else { return };
        let resource = resource_of_path(path);
        let segments: Vec<&str> = path.split(['/', '?']).collect();
        let place = if resource.contains('/') { 5 } else { 3 };
        let was_there = segments.get(place).is_some_and(|segment| *segment == recorded.to_string());
        if !was_there {
            self.0.insert((resource, recorded), ours);
        }
    }
}

/// What the objects in responses of a path are, such as `timesheets` or `customers/rates`.
pub(crate) fn resource_of_path(path: &str) -> String {
    let segments: Vec<&str> = path.split(['/', '?']).collect();
    match segments.as_slice() {
        ["", "api", owner, _, inner @ ("rates" | "comments"), ..] => format!("{owner}/{inner}"),
        ["", "api", resource, ..] => (*resource).to_owned(),
        _ => String::new(),
    }
}

/// What the id or the object in a property is of.
pub(crate) fn resource_of_property(name: &str) -> Option<&'static str> {
    Some(match name {
        "customer" | "customers" => "customers",
        "project" | "projects" => "projects",
        "activity" | "activities" => "activities",
        "user" | "users" | "createdBy" | "supervisor" | "teamlead" => "users",
        "team" | "teams" => "teams",
        _ => return None,
    })
}
