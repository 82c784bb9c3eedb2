use std::path::PathBuf;

use generated_client::Release;
use generated_client::blocking::Client;
use generated_client::jiff::Timestamp;
use generated_client::test_server::TestServer;
use generated_client::types::{NewActivity, NewCustomer, NewProject, Visibility};
use tempfile::TempDir;

use crate::{Said, command, run, run_on};

const NAME: &str = "import_csv";

/// A file that is removed at the end of the test.
pub(crate) struct File {
    path: PathBuf,
    _folder: TempDir,
}

impl File {
    pub(crate) fn new(content: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file.csv");
        std::fs::write(&path, content).unwrap();
        Self { path, _folder: folder }
    }

    pub(crate) fn path(&self) -> &str {
        self.path.to_str().unwrap()
    }
}

fn now() -> Timestamp {
    "2026-11-04T12:00:00Z".parse().unwrap()
}

fn server() -> TestServer {
    TestServer::builder().now(now()).start().unwrap()
}

fn client(server: &TestServer) -> Client {
    Client::connect(server.url(), server.auth()).unwrap()
}

/// Imports a file with this content.
fn import(server: &TestServer, content: impl AsRef<[u8]>, options: &[&str]) -> Said {
    let file = File::new(content);
    run_on(server, NAME, &[&[file.path()], options].concat())
}

/// What a run without options says about a file with this content. It gets no further than the file.
fn problem(content: impl AsRef<[u8]>, options: &[&str]) -> (Option<i32>, String) {
    let file = File::new(content);
    let connection = ["--url", "http://127.0.0.1:9", "--token", "none"];
    let said = run(NAME, &[&[file.path()], options, &connection].concat());
    assert_eq!(said.out, "");
    (said.code, said.err)
}

fn summary(customers: [usize; 2], projects: [usize; 2], activities: [usize; 2]) -> String {
    table("created", customers, projects, activities)
}

fn table(title: &str, customers: [usize; 2], projects: [usize; 2], activities: [usize; 2]) -> String {
    let row = |name: &str, [new, there]: [usize; 2]| format!("{name:<10}  {new:>9}  {there:>9}\n");
    let header = format!("{:<10}  {title:>9}  {:>9}\n", "", "there");
    header + &row("customers", customers) + &row("projects", projects) + &row("activities", activities)
}

/// Customers, projects and activities, with the names of what they belong to.
fn names(server: &TestServer) -> Vec<String> {
    let kimai = client(server);
    let customers = kimai.customers().list().visible(Visibility::All).send().unwrap();
    let projects = kimai.projects().list().visible(Visibility::All).ignore_dates().send().unwrap();
    let activities = kimai.activities().list().visible(Visibility::All).send().unwrap();
    let customers = customers.into_iter().map(|one| one.name);
    let activities =
        activities.into_iter().map(|one| format!("{}: {}", one.parent_title.unwrap_or_default(), one.name));
    let projects = projects.into_iter().map(|one| format!("{}: {}", one.parent_title, one.name));
    customers.chain(projects).chain(activities).collect()
}

#[test]
fn what_is_missing_is_created_and_what_is_there_is_used() {
    let server = server();
    let file = "Customer,Project,Activity\n\
        Acme GmbH,Website,Design\n\
        Acme GmbH,Website,Content\n\
        Initech,Portal,Meetings\n\
        Initech,Portal,\n\
        Ünïcode & Söhne,,\n";
    let said = import(&server, file, &[]);
    assert_eq!(said, Said { code: Some(0), out: summary([1, 2], [1, 1], [2, 1]), err: String::new() });
    let created: Vec<String> = names(&server)
        .into_iter()
        .filter(|name| name.contains("Initech") || name.contains("Portal") || name.contains("Content"))
        .collect();
    assert_eq!(created, ["Initech", "Initech: Portal", "Website: Content", "Portal: Meetings"]);

    let before = names(&server);
    let said = import(&server, file, &[]);
    assert_eq!(said, Said { code: Some(0), out: summary([0, 3], [0, 2], [0, 3]), err: String::new() });
    assert_eq!(names(&server), before);
}

#[test]
fn a_dry_run_writes_nothing() {
    let server = server();
    let file = "Customer,Project,Activity\nAcme GmbH,Website,Content\nInitech,Portal,Meetings\n";
    let said = import(&server, file, &["--dry-run"]);
    let would = "would create the activity \"Content\" of \"Website\" of \"Acme GmbH\"\n\
        would create the customer \"Initech\"\n\
        would create the project \"Portal\" of \"Initech\"\n\
        would create the activity \"Meetings\" of \"Portal\" of \"Initech\"\n";
    let out = would.to_owned() + &table("to create", [1, 1], [1, 1], [2, 0]);
    assert_eq!(said, Said { code: Some(0), out, err: String::new() });
    let methods: Vec<String> = server.requests().into_iter().map(|request| request.method).collect();
    assert_eq!(methods, ["GET"; 4]);
}

#[test]
fn the_form_of_the_file_does_not_matter() {
    let server = server();
    // A byte order mark, other columns, another order and case, CRLF, quotes, a line break in a cell, empty lines.
    let file = "\u{feff}\r\nNotes;ACTIVITY; project ;customer\r\n\
        \"two\r\nlines\";\"Say \"\"hi\"\"\";Löwenstraße;\u{a0} Müller; Maier  \r\n\
        \r\n;;;\r\n   ;;;\r\n\
        x;Design;\"Semi;colon\";Initech";
    let file = file.replace("Müller; Maier", "Müller & Maier");
    let said = import(&server, file, &["--delimiter", ";", "--dry-run"]);
    let would = "would create the customer \"Müller & Maier\"\n\
        would create the project \"Löwenstraße\" of \"Müller & Maier\"\n\
        would create the activity \"Say \\\"hi\\\"\" of \"Löwenstraße\" of \"Müller & Maier\"\n\
        would create the customer \"Initech\"\n\
        would create the project \"Semi;colon\" of \"Initech\"\n\
        would create the activity \"Design\" of \"Semi;colon\" of \"Initech\"\n";
    let out = would.to_owned() + &table("to create", [2, 0], [2, 0], [2, 0]);
    assert_eq!(said, Said { code: Some(0), out, err: String::new() });

    for (file, delimiter) in [
        ("Customer\tProject\tActivity\rA1\tB1\tC1\r", "\\t"),
        ("Customer|Project|Activity\nA1|B1|C1", "|"),
        ("\u{feff}\"Customer\",\"Project\",\"Activity\"\n\"A1\",\"B1\",\"C1\"\n", ","),
    ] {
        let said = import(&server, file, &["--delimiter", delimiter]);
        assert_eq!(said.code, Some(0), "{}", said.err);
    }
    assert!(names(&server).contains(&"B1: C1".to_owned()));
    let said = import(&server, "Customer,Project,Activity\n", &[]);
    assert_eq!(said, Said { code: Some(0), out: summary([0, 0], [0, 0], [0, 0]), err: String::new() });
}

#[test]
fn hidden_and_past_objects_are_used_and_activities_of_all_projects_are_not() {
    let server = server();
    let kimai = client(&server);
    let customer = kimai.customers().create(NewCustomer::new("Hidden Ltd").visible(false)).send().unwrap();
    let old = NewProject::new("Old", customer.id).end("2025-12-31".parse().unwrap());
    let old = kimai.projects().create(old).send().unwrap();
    let done = NewActivity::new("Done").project(old.id).visible(false);
    kimai.activities().create(done).send().unwrap();
    // 'Meetings' is an activity of all projects.
    let file = "Customer,Project,Activity\nHidden Ltd,Old,Done\nHidden Ltd,Old,Meetings\n";
    assert_eq!(import(&server, file, &[]).out, summary([0, 1], [0, 1], [1, 1]));
}

#[test]
fn long_names_are_cut_between_letters() {
    let server = server();
    // A family of four, in seven characters, of which there is room for one.
    let family = "👨\u{200d}👩\u{200d}👧\u{200d}👦";
    let customer = format!("{}{family}", "ä".repeat(149));
    let project = format!("{}e\u{301}tude", "x".repeat(149));
    let activity = "y".repeat(151);
    let file = format!("Customer,Project,Activity\n{customer},{project},{activity}\n");
    let said = import(&server, &file, &[]);
    let err = format!(
        "note: line 2: the name of the customer is cut to 150 characters: \"{}\"\n\
         note: line 2: the name of the project is cut to 150 characters: \"{}\"\n\
         note: line 2: the name of the activity is cut to 150 characters: \"{}\"\n",
        "ä".repeat(149),
        "x".repeat(149),
        "y".repeat(150)
    );
    assert_eq!(said, Said { code: Some(0), out: summary([1, 0], [1, 0], [1, 0]), err });
    let said = import(&server, &file, &[]);
    assert_eq!(said.out, summary([0, 1], [0, 1], [0, 1]));
}

#[test]
fn an_interrupted_run_is_finished_by_the_next() {
    let server = server();
    // Kimai refuses names of one letter.
    let file = "Customer,Project,Activity\nInitech,Portal,Design\nInitech,X,Design\nHooli,,\n";
    let said = import(&server, file, &[]);
    assert_eq!(said.code, Some(5));
    assert_eq!(said.out, summary([1, 0], [1, 0], [1, 0]));
    assert_eq!(
        said.err,
        "error: line 3: cannot create the project \"X\" of \"Initech\": POST /api/projects: the server returned 400 Bad \
         Request: Validation Failed (name: This value is too short. It should have 2 characters or more.)\n"
    );
    let said = import(&server, file.replace(",X,", ",Xenon,"), &[]);
    assert_eq!(said, Said { code: Some(0), out: summary([1, 1], [1, 1], [1, 1]), err: String::new() });
}

#[test]
fn settings_of_customers_are_sent() {
    let server = server();
    let file = "Customer,Project,Activity\nInitech,,\n";
    let options = ["--country", "US", "--currency", "USD", "--time-zone", "America/New_York"];
    assert_eq!(import(&server, file, &options).code, Some(0));
    let sent = server.requests().pop().unwrap().body;
    let text = |name: &str| sent[name].as_str().map(str::to_owned);
    assert_eq!(text("country").as_deref(), Some("US"));
    assert_eq!(text("currency").as_deref(), Some("USD"));
    assert_eq!(text("timezone").as_deref(), Some("America/New_York"));

    // A current server fills them in.
    assert_eq!(import(&server, file.replace("Initech", "Hooli"), &[]).code, Some(0));
    let sent = server.requests().pop().unwrap().body;
    for name in ["country", "currency", "timezone"] {
        assert_eq!(sent.get(name), None);
    }
}

#[test]
fn older_servers_get_the_settings_that_they_require() {
    for (release, auth) in [(Release::new(2, 62, 0), "token"), (Release::new(1, 30, 11), "password")] {
        let server = TestServer::builder().now(now()).release(release).start().unwrap();
        let file = File::new("Customer,Project,Activity\nInitech,Portal,Design\n");
        let user = &server.users()[0];
        let mut arguments = vec![file.path(), "--url", server.url()];
        match auth {
            "token" => arguments.extend(["--token", &user.token]),
            _ => arguments.extend(["--user", user.name, "--password", &user.password]),
        }
        let said = run(NAME, &arguments);
        assert_eq!(said, Said { code: Some(0), out: summary([1, 0], [1, 0], [1, 0]), err: String::new() });
        let sent = server.requests().into_iter().find(|request| request.method == "POST").unwrap().body;
        assert_eq!([&sent["country"], &sent["currency"], &sent["timezone"]], ["DE", "EUR", "Europe/Berlin"]);
        assert_eq!(run(NAME, &arguments).out, summary([0, 1], [0, 1], [0, 1]));
    }
}

#[test]
fn wrong_content_is_an_error_with_its_line() {
    for (content, expected) in [
        ("", "the file is empty"),
        ("\n\n", "the file is empty"),
        ("Customer,Project\nA,B\n", "line 1: there is no column Activity; the columns are \"Customer\", \"Project\""),
        (
            "\nCustomer;Project;Activity\nA;B;C\n",
            "line 2: there is no column Customer; the columns are \"Customer;Project;Activity\"; if another character \
             than the delimiter is between the cells, set it with --delimiter",
        ),
        (
            "Customer,Project,Activity,PROJECT\n",
            "line 1: the columns \"Project\" and \"PROJECT\" mean the same; remove one of them",
        ),
        (
            "Customer,Project,Activity\r\n\r\n\"A\r\na\",B,C\r\n\r\nA,B\r\nA\r\nA,B,C,D\r\n",
            "line 6: the row has 2 cells, and the header has 3; is a quote missing?\n\
             error: line 7: the row has 1 cell, and the header has 3; is a quote missing?\n\
             error: line 8: the row has 4 cells, and the header has 3; is a quote missing?",
        ),
        (
            "Customer,Project,Activity\nA,B,C\nA,B,\"C\nA,B,C\n",
            "line 3: a quote is opened in this row and never closed",
        ),
        ("Customer,Project,Activity\nA,B,C\n ,B,C\n", "line 3: there is no customer"),
    ] {
        assert_eq!(problem(content, &[]), (Some(4), format!("error: {expected}\n")), "{content:?}");
    }
    let latin = b"Customer,Project,Activity\nA,B,C\nM\xfcller,B,C\n";
    let expected = "error: line 3: the text is not UTF-8; save the file with the encoding UTF-8\n";
    assert_eq!(problem(latin, &[]), (Some(4), expected.to_owned()));
}

#[test]
fn an_activity_without_a_project_is_not_lost_silently() {
    let said = import(&server(), "Customer,Project,Activity\nInitech,,Design\n", &[]);
    let err = "note: line 2: the activity \"Design\" is left out, because there is no project\n";
    assert_eq!(said, Said { code: Some(0), out: summary([1, 0], [0, 0], [0, 0]), err: err.to_owned() });
}

#[test]
fn a_file_that_cannot_be_read_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none.csv");
    let path = path.to_str().unwrap();
    let said = run_on(&server(), NAME, &[path]);
    assert_eq!(said.code, Some(3));
    assert!(said.err.starts_with(&format!("error: cannot read the file {path}: ")), "{}", said.err);
    assert_eq!((said.out.as_str(), said.err.lines().count()), ("", 1));
}

#[test]
fn wrong_options_are_errors() {
    let wrong = |value: &str| {
        format!(
            "error: invalid value '{value}' for '--delimiter <C>': expected one character (ASCII, and not a quote), such as \
             ; or \\t\n\nFor more information, try '--help'.\n"
        )
    };
    for value in ["", ";;", "\"", "€"] {
        assert_eq!(problem("", &["--delimiter", value]), (Some(2), wrong(value)));
    }
    let said = run(NAME, &["--url", "http://127.0.0.1:9", "--token", "none"]);
    assert_eq!(said.code, Some(2));
    assert!(
        said.err.starts_with("error: the following required arguments were not provided:\n  <FILE>\n"),
        "{}",
        said.err
    );

    let file = File::new("Customer,Project,Activity\n");
    let said = run(NAME, &[file.path()]);
    assert_eq!(said.code, Some(2));
    assert_eq!(
        said.err,
        "error: no address of Kimai: pass --url and --token, set KIMAI_URL and KIMAI_TOKEN, or try it with --demo\n"
    );
}

#[test]
fn what_kimai_refuses_is_an_error() {
    let server = server();
    let file = File::new("Customer,Project,Activity\nInitech,,\n");
    let said = run(NAME, &[file.path(), "--url", server.url(), "--token", "wrong"]);
    assert_eq!(said.code, Some(5));
    assert_eq!(said.err, "error: GET /api/version: the server returned 401 Unauthorized; check the credentials\n");

    let john = server.users().iter().find(|user| user.name == "john_user").unwrap();
    let said = run(NAME, &[file.path(), "--url", server.url(), "--token", &john.token]);
    assert_eq!(said.code, Some(5));
    assert_eq!(said.out, summary([0, 0], [0, 0], [0, 0]));
    assert_eq!(
        said.err,
        "error: line 2: cannot create the customer \"Initech\": POST /api/customers: the server returned 403 Forbidden\n"
    );
}

#[test]
fn the_demo_works_without_a_file() {
    // The server of the settings is none that is to be tried.
    let output = command(NAME).arg("--demo").env("KIMAI_URL", "http://127.0.0.1:9").output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), summary([2, 1], [1, 1], [2, 1]));
    let file = "The file is one that is built in:\n  Customer,Project,Activity\n  Acme GmbH,Website,Design\n  \
        Acme GmbH,Website,Content\n  \"Initech, Inc.\",Portal,Development\n  \"Initech, Inc.\",Portal,\n  \
        \"Müller & Söhne\",,\nThis is a demo: Kimai ";
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with(file), "{said}");
}
