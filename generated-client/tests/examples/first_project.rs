//! The example `first_project`.

use generated_client::test_server::{CustomField, FieldOwner, TestServer};

use crate::{command, run, said};

#[test]
fn it_creates_changes_and_lists() {
    let said = run("first_project", &["--demo"]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    assert_eq!(
        said.out,
        "\
created Acme / Website / Design
booked 2 hours: [\"urgent\"]
the server has no custom field 'location'
the description is None
1 records
"
    );
}

#[test]
fn it_runs_with_the_settings_of_the_environment() {
    let server = TestServer::start().unwrap();
    server.define_custom_field(FieldOwner::Timesheet, CustomField::text("location"));
    let run = |token: &str| {
        let mut command = command("first_project");
        said(&command.env("KIMAI_URL", server.url()).env("KIMAI_TOKEN", token).output().unwrap())
    };
    let done = run(&server.users()[0].token);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""));
    let refused = run("wrong");
    assert_eq!(refused.code, Some(1));
    assert_eq!(refused.err, "error: the server does not accept the token; create a new one\n");
}
