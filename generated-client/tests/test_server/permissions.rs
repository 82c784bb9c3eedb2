//! What each role may do, with each operation.

mod table;

use std::collections::{BTreeMap, BTreeSet};

use generated_client::operation::{Operation, Visitor};
use generated_client::test_server::TestServer;
use generated_client::{Release, operations};
use reqwest::Method;
use reqwest::blocking::Client;
use serde_json::{Value, json};

use self::table::{OLD_ROWS, ROWS, Row};
use crate::support::readers::Readers;
use crate::support::{Exchange, recording, report};

/// The users, in the order of the columns of the table.
const USERS: [&str; 4] = ["susan_super", "anna_admin", "tony_teamlead", "john_user"];

struct Api {
    server: TestServer,
    client: Client,
}

impl Api {
    fn new(release: Release) -> Self {
        let now = "2026-11-23T16:30:00Z".parse().unwrap();
        let server = TestServer::builder().release(release).now(now).start().unwrap();
        Self { server, client: Client::new() }
    }

    fn newest() -> Self {
        Self::new(generated_client::KIMAI_RELEASE.parse().unwrap())
    }

    fn send(&self, user: usize, method: &str, path: &str, body: &str) -> (u16, Value) {
        let user = &self.server.users()[user];
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let request = self.client.request(method, format!("{}{path}", self.server.url()));
        let request = request.header("X-AUTH-USER", user.name).header("X-AUTH-TOKEN", &user.password);
        let response = request.body(body.to_owned()).send().unwrap();
        let status = response.status().as_u16();
        (status, serde_json::from_str(&response.text().unwrap()).unwrap_or_default())
    }

    /// With the teams and comments of [`ROWS`].
    fn of_rows(release: Option<Release>) -> Self {
        let api = release.map_or_else(Self::newest, Self::new);
        let mut requests = vec![
            ("/api/teams", r#"{"name": "Office", "members": [{"user": 2, "teamlead": true}]}"#),
            ("/api/teams/1/customers/2", ""),
            ("/api/teams/1/projects/4", ""),
            ("/api/teams/1/activities/1", ""),
        ];
        if release.is_none_or(|release| release >= Release::new(2, 57, 0)) {
            let comment = r#"{"message": "called"}"#;
            requests.extend([("/api/customers/2/comments", comment), ("/api/projects/3/comments", comment)]);
        }
        for (path, body) in requests {
            assert_eq!(api.send(SUSAN, "POST", path, body).0, 200, "{path}");
        }
        api
    }

    /// A record of a user that has ended.
    fn record_of(&self, user: usize) -> u64 {
        let (_, records) = self.send(user, "GET", "/api/timesheets?active=0&size=1", "");
        records[0]["id"].as_u64().unwrap()
    }

    /// The ids in a list.
    fn ids(&self, user: usize, path: &str) -> BTreeSet<u64> {
        let (status, list) = self.send(user, "GET", path, "");
        assert_eq!(status, 200, "{path}");
        list.as_array().unwrap().iter().map(|row| row["id"].as_u64().unwrap()).collect()
    }
}

/// Positions in [`USERS`].
const SUSAN: usize = 0;
const ANNA: usize = 1;
const TONY: usize = 2;
const JOHN: usize = 3;

/// The operations with their methods and paths. Those with `full` have the paths of others.
fn operations() -> BTreeMap<&'static str, (String, &'static str)> {
    struct All(BTreeMap<&'static str, (String, &'static str)>);
    impl Visitor for All {
        fn operation<O: Operation>(&mut self) {
            self.0.insert(O::NAME, (O::METHOD.to_string(), O::PATH));
        }
    }
    let mut all = All(BTreeMap::new());
    operations::visit(&mut all);
    all.0.retain(|name, _| !name.ends_with("_full"));
    all.0
}

/// The rows with their releases; none is the newest.
fn rows() -> Vec<(Option<Release>, Row)> {
    let old = OLD_ROWS.iter().map(|([major, minor, patch], row)| (Some(Release::new(*major, *minor, *patch)), *row));
    ROWS.iter().map(|row| (None, *row)).chain(old).collect()
}

#[test]
fn each_role_may_do_what_the_table_says() {
    let operations = operations();
    let (mut failures, mut servers) = (Vec::new(), BTreeMap::new());
    for (release, (operation, path, body, statuses)) in rows() {
        let (method, _) = &operations[operation];
        let answers = [SUSAN, ANNA, TONY, JOHN].map(|user| {
            let api = servers.entry(release).or_insert_with(|| Api::of_rows(release));
            let mut path = path.replace("{me}", &(user + 1).to_string());
            for (name, owner) in [("{own}", user), ("{john}", JOHN), ("{anna}", ANNA)] {
                if path.contains(name) {
                    path = path.replace(name, &api.record_of(owner).to_string());
                }
            }
            let (status, _) = api.send(user, method, &path, body);
            assert_eq!(api.server.requests().last().unwrap().operation, Some(operation), "{path}");
            if method != "GET" && status < 300 {
                // It changed something.
                servers.remove(&release);
            }
            status.to_string()
        });
        let expected = statuses.replace('*', "");
        if answers.join(" ") != expected {
            failures.push(format!("{operation} {path} {body}: {expected}, not {}", answers.join(" ")));
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn the_table_has_all_operations() {
    let listed: BTreeSet<&str> = rows().iter().map(|(_, row)| row.0).collect();
    let all: BTreeSet<&str> = operations().into_keys().collect();
    assert_eq!(listed, all);
}

#[test]
fn an_asterisk_is_there_if_the_status_was_recorded() {
    let readers = Readers::all();
    let exchanges = ["1.30.11", "2.0.35", "2.65.0", "2.65.0-extra"].into_iter().flat_map(recording);
    let recorded: Vec<(&str, Exchange)> = exchanges
        .filter_map(|exchange| {
            let name = readers.find(&exchange)?.name;
            Some((name.strip_suffix("_full").unwrap_or(name), exchange))
        })
        .collect();
    let (mut counts, mut problems) = ([0, 0], Vec::new());
    for (_, row) in rows() {
        let (operation, path, body, statuses) = row;
        for (user, status) in USERS.iter().zip(statuses.split(' ')) {
            let is_marked = status.ends_with('*');
            counts[usize::from(is_marked)] += 1;
            let is_recorded = recorded.iter().any(|(of, exchange)| {
                *of == operation
                    && exchange.label.ends_with(&format!(" as {user}"))
                    && exchange.status.to_string() == status.trim_end_matches('*')
                    && has_parts_of(exchange, &row)
            });
            if is_recorded != is_marked {
                problems.push(format!("{operation} {path} {body} as {user}: {status}"));
            }
        }
    }
    report(&format!("test server: {} statuses of roles, {} of them recorded", counts[0] + counts[1], counts[1]));
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// Whether a recorded request has the query and the properties of the body that a row has.
fn has_parts_of(exchange: &Exchange, (_, path, body, _): &Row) -> bool {
    let query = path.split_once('?').is_none_or(|(_, query)| exchange.path.ends_with(query));
    let Ok(Value::Object(wanted)) = serde_json::from_str(body) else { return query };
    let sent = exchange.body.as_deref().and_then(|body| serde_json::from_str::<Value>(body).ok()).unwrap_or_default();
    query && wanted.keys().all(|name| sent.get(name).is_some())
}

#[test]
fn nobody_makes_himself_an_administrator() {
    let api = Api::newest();
    let (status, error) = api.send(JOHN, "PATCH", "/api/users/4", r#"{"roles": ["ROLE_SUPER_ADMIN"]}"#);
    let extra = json!(["This form should not contain extra fields."]);
    assert_eq!((status, &error["errors"]["errors"]), (400, &extra));
    assert_eq!(api.send(SUSAN, "GET", "/api/users/4", "").1["roles"], json!([]));
    // Whoever changes himself cannot lock himself out.
    let (status, error) = api.send(SUSAN, "PATCH", "/api/users/1", r#"{"enabled": false}"#);
    assert_eq!((status, &error["errors"]["errors"]), (400, &extra));
    assert_eq!(api.send(SUSAN, "PATCH", "/api/users/4", r#"{"roles": ["ROLE_TEAMLEAD"]}"#).0, 200);
    assert_eq!(api.send(SUSAN, "GET", "/api/users/4", "").1["roles"], json!(["ROLE_TEAMLEAD"]));
}

#[test]
fn system_accounts_are_set_by_others_before_2_55() {
    let patch = |release| {
        let api = Api::new(release);
        let own = api.send(JOHN, "PATCH", "/api/users/4", r#"{"systemAccount": true}"#).0;
        (own, api.send(SUSAN, "PATCH", "/api/users/4", r#"{"systemAccount": true}"#).0)
    };
    assert_eq!(patch(Release::new(2, 54, 0)), (400, 200));
    assert_eq!(patch(Release::new(2, 55, 0)), (200, 200));
}

#[test]
fn an_exported_record_is_locked_for_changes_only() {
    let api = Api::newest();
    let id = api.record_of(JOHN);
    let path = |what: &str| format!("/api/timesheets/{id}{what}");
    assert_eq!(api.send(TONY, "PATCH", &path("/export"), "").0, 200);
    for user in [TONY, JOHN] {
        assert_eq!(api.send(user, "PATCH", &path(""), r#"{"description": "x"}"#).0, 403);
        assert_eq!(api.send(user, "DELETE", &path(""), "").0, 403);
        assert_eq!(api.send(user, "PATCH", &path("/export"), "").0, 403);
        assert_eq!(api.send(user, "PATCH", &path("/stop"), "").0, 200);
        let (status, copy) = api.send(user, "PATCH", &path("/duplicate"), "");
        assert_eq!((status, &copy["exported"]), (200, &json!(false)));
        let (status, started) = api.send(user, "PATCH", &path("/restart"), "");
        assert_eq!((status, &started["exported"]), (200, &json!(false)));
    }
    assert_eq!(api.send(ANNA, "PATCH", &path(""), r#"{"description": "x"}"#).0, 200);
    assert_eq!(api.send(ANNA, "PATCH", &path("/export"), "").1["exported"], json!(false));
}

#[test]
fn what_belongs_to_hidden_customers_and_projects_is_left_out_of_lists() {
    let api = Api::newest();
    let hide = |path: &str| assert_eq!(api.send(SUSAN, "PATCH", path, r#"{"visible": false}"#).0, 200);
    hide("/api/customers/2");
    for user in [SUSAN, JOHN] {
        assert_eq!(api.ids(user, "/api/projects"), [1, 2, 4].into());
        assert_eq!(api.ids(user, "/api/activities"), [1, 2, 3, 4].into());
        assert_eq!(api.ids(user, "/api/activities?project=3"), [1, 2].into());
        assert_eq!(api.ids(user, "/api/projects?visible=2"), [].into());
        assert_eq!(api.ids(user, "/api/projects?visible=3"), [1, 2, 3, 4].into());
        assert_eq!(api.ids(user, "/api/activities?visible=3"), [1, 2, 3, 4, 5].into());
    }
    hide("/api/projects/1");
    assert_eq!(api.ids(JOHN, "/api/projects?visible=2"), [1].into());
    assert_eq!(api.ids(JOHN, "/api/activities"), [1, 2, 4].into());
    // A hidden project of a hidden customer is in the list of everything only.
    hide("/api/projects/3");
    assert_eq!(api.ids(JOHN, "/api/projects?visible=2"), [1].into());
    assert_eq!(api.ids(JOHN, "/api/projects?visible=3"), [1, 2, 3, 4].into());
}

#[test]
fn hidden_customers_projects_and_activities_take_no_new_records() {
    let api = Api::newest();
    let send = |method: &str, path: &str, body: &str| api.send(JOHN, method, path, body);
    let book = |project: u64, activity: u64| {
        let body =
            json!({"project": project, "activity": activity, "begin": "2026-11-12T09:00", "end": "2026-11-12T10:00"});
        send("POST", "/api/timesheets", &body.to_string())
    };
    let (_, record) = book(3, 5);
    let path = format!("/api/timesheets/{}", record["id"]);
    assert_eq!(api.send(SUSAN, "PATCH", "/api/customers/2", r#"{"visible": false}"#).0, 200);

    let (status, error) = book(3, 5);
    let invalid = json!({"errors": ["The selected choice is invalid."]});
    assert_eq!((status, &error["errors"]["children"]["project"]), (400, &invalid));
    assert_eq!(send("PATCH", &format!("{path}/restart"), "").0, 403);
    assert_eq!(send("PATCH", &format!("{path}/duplicate"), "").0, 403);
    // The record itself can still be changed.
    assert_eq!(send("PATCH", &path, r#"{"description": "x", "project": 3, "activity": 5}"#).0, 200);
    assert_eq!(send("PATCH", &path, r#"{"project": 1, "activity": 2}"#).0, 200);
    assert_eq!(send("PATCH", &path, r#"{"project": 3, "activity": 5}"#).0, 400);

    assert_eq!(api.send(SUSAN, "PATCH", "/api/activities/2", r#"{"visible": false}"#).0, 200);
    let (status, error) = book(1, 2);
    assert_eq!((status, &error["errors"]["children"]["activity"]), (400, &invalid));
    assert_eq!(book(1, 1).0, 200);
}

#[test]
fn teams_limit_who_can_restart_a_record_since_2_58() {
    let restart = |release| {
        let api = Api::new(release);
        let (_, record) = api.send(JOHN, "POST", "/api/timesheets", r#"{"project": 2, "activity": 4}"#);
        let team = r#"{"name": "Office", "members": [{"user": 2, "teamlead": true}]}"#;
        assert_eq!(api.send(SUSAN, "POST", "/api/teams", team).0, 200);
        assert_eq!(api.send(SUSAN, "POST", "/api/teams/2/projects/2", "").0, 200);
        api.send(JOHN, "PATCH", &format!("/api/timesheets/{}/restart", record["id"]), "").0
    };
    assert_eq!(restart(Release::new(2, 57, 0)), 200);
    assert_eq!(restart(Release::new(2, 58, 0)), 403);
}
