//! The example `export`.

use std::process::Stdio;

use generated_client::Release;
use generated_client::blocking::Client;
use generated_client::ids::{ActivityId, ProjectId, TimesheetId};
use generated_client::jiff::civil::date;
use generated_client::test_server::{CustomField, FieldOwner, TestServer};
use generated_client::types::{MetaField, NewTimesheet};

use super::{command, run, run_as, run_on, said};

/// A Wednesday; the user lives in Berlin, where it is an hour later.
const NOW: &str = "2026-11-25T09:05:30Z";

fn server() -> TestServer {
    TestServer::builder().now(NOW.parse().unwrap()).start().unwrap()
}

fn client(server: &TestServer) -> Client {
    Client::connect(server.url(), server.auth()).unwrap()
}

/// Records of one hour in a month without other records.
fn record<'a>(server: &TestServer, descriptions: impl IntoIterator<Item = &'a str>) -> Vec<TimesheetId> {
    let kimai = client(server);
    let begin = date(2027, 1, 15).at(8, 30, 0, 0);
    let form = NewTimesheet::new(ProjectId::new(3), ActivityId::new(5)).begin(begin).end(begin.date().at(9, 30, 0, 0));
    let create = |text| kimai.timesheets().create(form.clone().description(text).tags(["urgent", "remote"])).send();
    descriptions.into_iter().map(|text| create(text).unwrap().id).collect()
}

const HEADER: &str = "id,date,begin,end,hours,seconds,user,customer,project,activity,description,tags,rate,currency,\
                      billable,exported,custom_fields\n";

#[test]
fn csv_has_a_row_a_record() {
    let server = server();
    record(&server, ["first", "one, \"two\"\nthree"]);
    let kimai = client(&server);
    let begin = date(2027, 1, 16).at(22, 0, 0, 0);
    let form = NewTimesheet::new(ProjectId::new(4), ActivityId::new(1)).begin(begin);
    kimai.timesheets().create(form.end(begin.date().at(22, 20, 0, 0)).billable(false).exported(true)).send().unwrap();
    let said = run_on(&server, "export", &["--from", "2027-01-15", "--to", "2027-01-16", "--format", "csv"]);
    assert_eq!(
        said.out,
        format!(
            "{HEADER}\
             180,2027-01-15,2027-01-15 08:30:00,2027-01-15 09:30:00,1.00,3600,susan_super,Globex Corp,Reactor,Cooling,\
             first,\"urgent, remote\",90.00,USD,true,false,\n\
             181,2027-01-15,2027-01-15 08:30:00,2027-01-15 09:30:00,1.00,3600,susan_super,Globex Corp,Reactor,Cooling,\
             \"one, \"\"two\"\"\nthree\",\"urgent, remote\",90.00,USD,true,false,\n\
             182,2027-01-16,2027-01-16 22:00:00,2027-01-16 22:20:00,0.33,1200,susan_super,Ünïcode & Söhne,Umbau,\
             Meetings,,,0.00,EUR,false,true,\n"
        )
    );
    assert_eq!(
        said.err,
        "3 records from 2027-01-15 to 2027-01-16, 2:20 h\n     \
              2:00 h       180.00 USD  Globex Corp / Reactor\n     \
              0:20 h         0.00 EUR  Ünïcode & Söhne / Umbau\n"
    );
    assert_eq!(said.code, Some(0));
}

#[test]
fn json_is_an_array_with_a_line_a_record() {
    let server = server();
    server.define_custom_field(FieldOwner::Timesheet, CustomField::text("place"));
    let ids = record(&server, ["cool down", "=1+1"]);
    client(&server).timesheets().update_meta(ids[0], MetaField::new("place", "Köln")).send().unwrap();
    let said = run_on(&server, "export", &["--month", "2027-01", "--format", "json"]);
    let line = |id: u64, description: &str, fields: &str| {
        format!(
            "{{\"id\":{id},\"date\":\"2027-01-15\",\"begin\":\"2027-01-15T08:30:00+01:00\",\
             \"end\":\"2027-01-15T09:30:00+01:00\",\"hours\":1.0,\"seconds\":3600,\"user\":\"susan_super\",\
             \"customer\":\"Globex Corp\",\"project\":\"Reactor\",\"activity\":\"Cooling\",\
             \"description\":\"{description}\",\"tags\":[\"urgent\",\"remote\"],\"rate\":90.0,\"currency\":\"USD\",\
             \"billable\":true,\"exported\":false,\"custom_fields\":{fields}}}"
        )
    };
    let (first, second) = (line(180, "cool down", "{\"place\":\"Köln\"}"), line(181, "=1+1", "{\"place\":null}"));
    assert_eq!(said.out, format!("[\n{first},\n{second}\n]\n"));
    assert_eq!(said.code, Some(0));
}

#[test]
fn nothing_is_an_empty_file() {
    let server = server();
    let said = run_on(&server, "export", &["--month", "2027-02-14", "--format", "csv"]);
    assert_eq!((said.out.as_str(), said.code), (HEADER, Some(0)));
    assert_eq!(said.err, "0 records from 2027-02-01 to 2027-02-28, 0:00 h\n");
    let said = run_on(&server, "export", &["--month", "2027-02-14", "--format", "json"]);
    assert_eq!((said.out.as_str(), said.code), ("[]\n", Some(0)));
}

#[test]
fn formulas_are_escaped_unless_raw() {
    let server = server();
    record(&server, ["=1+1", "+49 221", "-5", "@home", "a=b", "x"]);
    let arguments = ["--month", "2027-01", "--format", "csv"];
    let descriptions = |arguments: &[&str]| -> Vec<String> {
        let said = run_on(&server, "export", arguments);
        let mut reader = csv::Reader::from_reader(said.out.as_bytes());
        reader.records().map(|row| row.unwrap()[10].to_owned()).collect()
    };
    assert_eq!(descriptions(&arguments), ["'=1+1", "'+49 221", "'-5", "'@home", "a=b", "x"]);
    assert_eq!(descriptions(&[&arguments[..], &["--raw"]].concat()), ["=1+1", "+49 221", "-5", "@home", "a=b", "x"]);
}

#[test]
fn all_pages_are_read() {
    let server = server();
    let numbers: Vec<String> = (0..501).map(|number| number.to_string()).collect();
    record(&server, numbers.iter().map(String::as_str));
    server.clear_requests();
    let said = run_on(&server, "export", &["--month", "2027-01", "--format", "csv"]);
    assert_eq!(said.out.lines().count(), 502);
    assert!(said.out.lines().last().unwrap().contains(",500,"), "{:?}", said.out.lines().last());
    assert!(said.err.starts_with("501 records from 2027-01-01 to 2027-01-31, 501:00 h\n"), "{}", said.err);
    let lists = server.requests().iter().filter(|request| request.path == "/api/timesheets").count();
    assert_eq!(lists, 2);
}

#[test]
fn a_file_is_written_completely_or_not_at_all() {
    let server = server();
    record(&server, ["cool down"]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("january.json");
    let arguments = ["--month", "2027-01", "--format", "json", "--output", file.to_str().unwrap()];
    let said = run_on(&server, "export", &arguments);
    assert_eq!((said.out.as_str(), said.code), ("", Some(0)));
    let written = std::fs::read_to_string(&file).unwrap();
    let rows: serde_json::Value = serde_json::from_str(&written).unwrap();
    assert_eq!(rows[0]["description"], "cool down");

    let said = run("export", &[&arguments[..], &["--url", server.url(), "--token", "wrong"]].concat());
    assert_eq!(said.code, Some(1));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), written);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let server = server();
    let arguments =
        ["--month", "2026-11", "--format", "csv", "--url", server.url(), "--token", &server.users()[0].token];
    let mut command = command("export");
    let mut program = command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(program.stdout.take());
    let output = program.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn the_records_of_others_need_a_permission() {
    let server = server();
    let arguments = ["--from", "2026-11-25", "--to", "2026-11-25", "--format", "csv"];
    let of = |name| [&arguments[..], &["--of", name]].concat();
    let said = run_on(&server, "export", &of("john_user"));
    let row = "179,2026-11-25,2026-11-25 09:40:00,,0.00,0,john_user,Acme GmbH,Website,Meetings,running,,0.00,EUR,true,\
               false,\n";
    assert_eq!((said.out, said.code), (format!("{HEADER}{row}"), Some(0)));
    let sums = "1 record from 2026-11-25 to 2026-11-25, 0:00 h\n     \
                     0:00 h         0.00 EUR  Acme GmbH / Website\n\
                1 record is running; its duration and rate are 0\n";
    assert_eq!(said.err, sums);
    let said = run_on(&server, "export", &of("all"));
    assert_eq!((said.out, said.err.as_str()), (format!("{HEADER}{row}"), sums));
    // Kimai does not refuse this, but returns the user's own records.
    let said = run_as(&server, "john_user", "export", &of("all"));
    let note = "note: all records are your own: Kimai leaves out those that you may not see\n";
    assert_eq!((said.err, said.code), (format!("{sums}{note}"), Some(0)));
    let said = run_as(&server, "john_user", "export", &of("susan_super"));
    assert_eq!(
        (said.err.as_str(), said.code),
        (
            "error: GET /api/users: the server returned 403 Forbidden; the operation requires the permission view_user\n",
            Some(1)
        )
    );
    let said = run_on(&server, "export", &of("nobody"));
    let names = "anna_admin, john_user, susan_super, tony_teamlead";
    assert_eq!((said.err, said.code), (format!("error: there is no user 'nobody', but {names}\n"), Some(2)));
}

#[test]
fn days_that_make_no_sense_are_errors() {
    let said = run("export", &["--demo", "--format", "csv", "--from", "2026-11-02", "--to", "2026-11-01"]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.ends_with("\nerror: --to 2026-11-01 is before --from 2026-11-02\n"), "{}", said.err);
    let said = run("export", &["--demo", "--format", "csv"]);
    assert_eq!(said.code, Some(2));
    let line = "error: the following required arguments were not provided:\n  \
                  <--week [<DATE>]|--month [<DATE>]|--from <DATE>>\n";
    assert!(said.err.starts_with(line), "{}", said.err);
}

#[test]
fn the_demo_needs_nothing() {
    let said = run("export", &["--demo", "--month", "--format", "csv"]);
    assert_eq!(said.code, Some(0));
    assert!(said.out.starts_with(HEADER), "{}", said.out);
    assert!(said.err.starts_with("This is a demo: Kimai "), "{}", said.err);
}

#[test]
fn what_old_releases_leave_out_is_looked_up() {
    let server = TestServer::builder().release(Release::new(1, 30, 11)).now(NOW.parse().unwrap()).start().unwrap();
    let export = |user: usize| {
        let user = &server.users()[user];
        let connection = ["--url", server.url(), "--user", user.name, "--password", &user.password];
        let arguments = ["--from", "2026-11-25", "--to", "2026-11-25", "--format", "csv", "--of", "all"];
        said(&command("export").args(arguments).args(connection).output().unwrap())
    };
    let said = export(0);
    let row = |time, user| {
        format!(
            "179,2026-11-25,2026-11-25 {time}:00,,0.00,0,{user},Acme GmbH,Website,Meetings,running,,0.00,EUR,true,false,\n"
        )
    };
    let sums = "1 record from 2026-11-25 to 2026-11-25, 0:00 h\n     \
                     0:00 h         0.00 EUR  Acme GmbH / Website\n\
                1 record is running; its duration and rate are 0\n";
    assert_eq!(
        (said.out, said.err, said.code),
        (format!("{HEADER}{}", row("09:40", "john_user")), sums.to_owned(), Some(0))
    );
    // An administrator, who lives in UTC, sees the record, but no list of users.
    let said = export(1);
    let note = "note: the ids of users are in place of their names: \
                GET /api/users: the server returned 403 Forbidden; the operation requires the permission view_user\n";
    assert_eq!(
        (said.out, said.err, said.code),
        (format!("{HEADER}{}", row("08:40", "user 4")), format!("{note}{sums}"), Some(0))
    );
}
