//! What several plugins add is generated as a client of its own and as a module beside the client, and is called on servers
//! of three releases.

mod answers;
mod document;
mod expected;

use std::collections::BTreeMap;

use crate::crates::server::Server;
use crate::crates::{Crates, run};
use crate::support::{Copy, copy_folder};

const LEFT_OUT: &str = "\nleft out   /paths/~1api~1export-{id}.csv/get: a path segment that mixes text and parameters \
    cannot be generated; use whole segments\nsummary    1 operation left out\n";

/// A copy of the repository, and the document of a server with plugins.
struct Repository {
    copy: Copy,
    spec: String,
}

impl Repository {
    fn new() -> Self {
        let copy = Copy::with_all_snapshots();
        let spec = copy.write("own.json", &document::with_plugins().to_string());
        Self { copy, spec }
    }

    fn add_next_release(&self) {
        let next = self.copy.write("next.json", &document::next_release().to_string());
        let said = self.copy.ok(&["fetch", "--from", &next, "--kimai", "2.66.0"]);
        assert!(said.contains("2.66.0"), "{said}");
    }

    fn generate(&self, out: &str, more: &[&str]) -> String {
        let arguments = ["regenerate", "--spec", &self.spec, "--kimai", "2.60.0", "--out", out];
        self.copy.ok(&[&arguments[..], more].concat())
    }
}

#[test]
fn plugins_are_generated_and_called_both_ways_whatever_the_release() {
    let repository = Repository::new();
    repository.generate("whole-before", &[]);
    repository.generate("beside-before", &["--only-plugins"]);
    repository.add_next_release();
    let said = repository.generate("whole", &[]);
    assert!(said.contains("\ngenerated  101 operations, "), "{said}");
    assert!(!said.contains("unknown format"), "{said}");
    assert!(said.contains(LEFT_OUT), "{said}");
    let said = repository.generate("beside", &["--only-plugins"]);
    assert!(
        said.contains(
            "\ncompared   with the client 0.1.0 for Kimai 1.30.11 to 2.66.0, which has 88 of the 102 operations\n\
             generated  13 operations, 12 types, 4 kinds of ids\n"
        ),
        "{said}"
    );
    for part in [
        "/components/schemas/TimesheetEditForm: the client's `NewTimesheet` has no field `taskId`: send it with `with_property`",
        "/components/schemas/TimesheetEntity: the client's `Timesheet` has no field `taskId`: read it with `with_json`",
        "/paths/~1api~1timesheets/get: the client's `timesheets().list()` has no parameter `task`: send it with `with_parameter(\"task\", …)`",
    ] {
        assert!(said.contains(&format!("\nnote       {part}\n")), "{said}");
    }
    assert!(said.contains(LEFT_OUT), "{said}");
    let copy = &repository.copy;
    // A newer release makes no difference for what plugins add.
    assert_eq!(copy.files("beside-before"), copy.files("beside"));
    assert_eq!(of_plugins(&copy.files("whole-before")), of_plugins(&copy.files("whole")));

    let crates = Crates::new("sample-plugins", &["whole-client", "generated-client", "whole", "beside"]);
    let whole = crates.add_client("whole-client");
    let client = crates.add_client("generated-client");
    for (from, to) in [("whole", &whole), ("client", &client)] {
        if from == "client" {
            copy.ok(&["regenerate", "--out", from]);
        }
        std::fs::remove_dir_all(to).unwrap();
        copy_folder(&copy.path(from), to);
    }
    let calls = ("calls.rs", include_str!("../fixtures/sample_calls.rs"));
    let program = ("main.rs", include_str!("../fixtures/sample_whole.rs"));
    crates.add_program("whole", &["whole-client"], &[calls, program]);
    let program = ("main.rs", include_str!("../fixtures/sample_beside.rs"));
    crates.add_program("beside", &["generated-client"], &[calls, program]);
    copy_folder(&copy.path("beside"), &crates.path("beside/src/plugins"));
    crates.build(&["whole", "beside"]);

    for (release, team, popular) in [
        (
            "2.60.0",
            "team created",
            "tags.popular: Kimai 2.60.0 does not have this operation, which exists since 2.66.0; \
            nothing was sent",
        ),
        (
            "2.65.0",
            "activities.create_team: Kimai 2.65.0 does not have this operation, which exists from 2.58.0 to before \
            2.65.0; nothing was sent",
            "tags.popular: Kimai 2.65.0 does not have this operation, which exists since 2.66.0; \
            nothing was sent",
        ),
        (
            "2.66.0",
            "activities.create_team: Kimai 2.66.0 does not have this operation, which exists from 2.58.0 to before \
            2.65.0; nothing was sent",
            r#"popular ["urgent"]"#,
        ),
    ] {
        let server = Server::start(move |asked| answers::answer(asked, release));
        let said = run("whole", &[&server.address]);
        let records = ["records [Some(TaskId(5))]", "created, Some(TaskId(5))", "changed, None", team];
        assert_eq!(said, expected::lines(records), "{release}");
        let sent = (team == "team created").then_some("POST /api/activities/7/team");
        assert_eq!(server.asked(), expected::requests(r#"{"project":5,"activity":7,"taskId":5}"#, sent), "{release}");

        let server = Server::start(move |asked| answers::answer(asked, release));
        let said = run("beside", &[&server.address]);
        let records = ["records [Number(5)]", "created, Number(5)", "changed, Null", popular];
        assert_eq!(said, expected::lines(records), "{release}");
        let sent = popular.starts_with("popular").then_some("GET /api/tags/popular");
        assert_eq!(server.asked(), expected::requests(r#"{"activity":7,"project":5,"taskId":5}"#, sent), "{release}");
    }
}

/// The files about plugins alone.
fn of_plugins(files: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
    let names = ["absence", "approval", "expense", "task", "widget"];
    let is_of_plugin = |path: &&String| names.iter().any(|name| path.contains(&format!("/{name}")));
    let files = files.iter().filter(|(path, _)| is_of_plugin(path));
    files.map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

#[test]
fn nothing_of_a_plugin_has_a_release() {
    let repository = Repository::new();
    repository.add_next_release();
    repository.generate("whole", &[]);
    repository.generate("beside", &["--only-plugins"]);
    let whole = repository.copy.files("whole");
    let parts = of_plugins(&whole);
    let names: Vec<&str> = parts.iter().map(|(path, _)| *path).collect();
    assert_eq!(
        names,
        [
            "handles/absences.rs",
            "handles/approvals.rs",
            "handles/expenses.rs",
            "handles/tasks.rs",
            "handles/widgets.rs",
            "operations/absences.rs",
            "operations/approvals.rs",
            "operations/expenses.rs",
            "operations/tasks.rs",
            "operations/widgets.rs",
            "types/absence.rs",
            "types/expense.rs",
            "types/task.rs",
            "types/widget.rs",
        ]
    );
    let beside = repository.copy.files("beside");
    let beside = beside.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    for (path, text) in parts.into_iter().chain(beside) {
        let lower = text.to_lowercase();
        assert!(!lower.contains("since") && !lower.contains("history"), "{path}: {text}");
    }
    // In the list of all operations, the column for the release is empty.
    let list = &whole["operations/mod.rs"];
    let rows: Vec<&str> = list.lines().filter(|line| line.contains("::Tasks::")).collect();
    assert_eq!(
        rows,
        [
            "//! | [`tasks().list`](crate::handles::Tasks::list) | `GET /api/tasks` |  | Lists tasks |",
            "//! | [`tasks().get`](crate::handles::Tasks::get) | `GET /api/tasks/{id}` |  |  |",
        ]
    );
    assert!(list.contains("| `GET /api/config/colors` | 2.18 |"), "{list}");
    // It is the same for what plugins add to operations and types of Kimai.
    let operations = &whole["operations/timesheets.rs"];
    assert!(
        operations.contains("\n    /// Records of this task\n    pub fn task(self, task: i64) -> Self {\n"),
        "{operations}"
    );
    assert!(!operations.contains("Part::new(\"task\"") && !operations.contains("taskId"), "{operations}");
    let types = &whole["types/timesheet.rs"];
    assert!(types.contains("    /// The task of the record\n    #[serde(rename = \"taskId\""), "{types}");
}

#[test]
fn what_cannot_be_expressed_is_refused_if_asked_for() {
    let repository = Repository::new();
    for more in [&["--strict"][..], &["--strict", "--only-plugins"]] {
        let arguments = ["regenerate", "--spec", &repository.spec, "--kimai", "2.60.0", "--out", "own"];
        let said = repository.copy.fails(&[&arguments[..], more].concat());
        let expected = format!(
            "error: {}: 1 operation cannot be generated; omit --strict to leave them out\n  \
             /paths/~1api~1export-{{id}}.csv/get: a path segment that mixes text and parameters cannot be generated; use \
             whole segments\n",
            repository.spec
        );
        assert_eq!(said, expected);
        assert!(!repository.copy.path("own").exists());
    }
}
