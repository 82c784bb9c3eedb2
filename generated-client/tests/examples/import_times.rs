mod problems;

use generated_client::Release;
use generated_client::blocking::Client;
use generated_client::jiff::Timestamp;
use generated_client::test_server::{TestServer, TestUser};
use generated_client::types::TimesheetSummary;

use crate::import_csv::File;
use crate::{Said, run};

const NAME: &str = "import_times";

const NOTHING: &str = "   0:00  total\n";

/// A Wednesday. The sample data has records from 8:30 and from 13:00 on the workdays before, and none on weekends.
fn server() -> TestServer {
    let now: Timestamp = "2026-11-04T12:00:00Z".parse().unwrap();
    TestServer::builder().now(now).start().unwrap()
}

fn client(server: &TestServer) -> Client {
    Client::connect(server.url(), server.auth()).unwrap()
}

fn user<'a>(server: &'a TestServer, name: &str) -> &'a TestUser {
    server.users().iter().find(|user| user.name == name).unwrap()
}

/// Books a file with this content, as a user of the server.
fn book_as(server: &TestServer, user: &TestUser, content: &str, options: &[&str]) -> Said {
    let file = File::new(content);
    run(NAME, &[&[file.path()], options, &["--url", server.url(), "--token", &user.token]].concat())
}

/// Books a file with this content, as the user with most permissions.
fn book(server: &TestServer, content: &str, options: &[&str]) -> Said {
    book_as(server, &server.users()[0], content, options)
}

/// A file with one project, one activity and these cells for each line.
fn file(columns: &str, lines: &[&str]) -> String {
    let lines = lines.iter().map(|line| format!("Mobile app,Testing,{line}\n"));
    format!("Project,Activity,{columns}\n") + &lines.collect::<String>()
}

fn posts(server: &TestServer) -> usize {
    server.requests().iter().filter(|request| request.method != "GET").count()
}

/// The newest records of the user with most permissions, by their id, the oldest first.
fn newest(server: &TestServer, count: usize) -> Vec<String> {
    let kimai = client(server);
    let mut records: Vec<TimesheetSummary> = kimai.timesheets().list().size(500).iter().map(Result::unwrap).collect();
    records.sort_by_key(|record| record.id);
    let text = |record: &TimesheetSummary| {
        let form = "%F %H:%M%z";
        let end = record.end.as_ref().unwrap().strftime(form).to_string();
        let project = kimai.projects().get(record.project).send().unwrap().name;
        let activity = kimai.activities().get(record.activity).send().unwrap().name;
        let (begin, description) = (record.begin.strftime(form), record.description.as_deref());
        format!("{begin} {end} {project}/{activity} {description:?} {:?}", record.tags)
    };
    records[records.len() - count..].iter().map(text).collect()
}

#[test]
fn records_with_a_duration_follow_one_another_and_are_booked_once() {
    let server = server();
    let harvest = "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?\n\
        2026-10-31,Acme GmbH,Mobile app,,Testing,Login,2.5,Yes\n\
        2026-10-31,Acme GmbH,Website,,Design,\"Colors, Grüße\",\"0,33\",Yes\n\
        2026-11-01,Globex Corp,Reactor,,Cooling,,1:15,Yes\n\
        2026-10-31,Acme GmbH,Mobile app,,Testing,,1h 30m,Yes\n";
    let said = book(&server, harvest, &[]);
    let out = "   4:00  Acme GmbH / Mobile app\n   0:20  Acme GmbH / Website\n   1:15  Globex Corp / Reactor\n   5:35  total\n\
        booked: 4, already there: 0, skipped: 0\n";
    assert_eq!(said, Said { code: Some(0), out: out.to_owned(), err: String::new() });
    assert_eq!(
        newest(&server, 4),
        [
            "2026-10-31 09:00+0100 2026-10-31 11:30+0100 Mobile app/Testing Some(\"Login\") []",
            "2026-10-31 11:30+0100 2026-10-31 11:50+0100 Website/Design Some(\"Colors, Grüße\") []",
            "2026-11-01 09:00+0100 2026-11-01 10:15+0100 Reactor/Cooling None []",
            "2026-10-31 11:50+0100 2026-10-31 13:20+0100 Mobile app/Testing None []",
        ]
    );

    server.clear_requests();
    let said = book(&server, harvest, &[]);
    let out = format!("{NOTHING}booked: 0, already there: 4, skipped: 0\n");
    assert_eq!(said, Said { code: Some(0), out, err: String::new() });
    assert_eq!(posts(&server), 0);

    // As after a run that was interrupted.
    let longer = format!("{harvest}2026-11-01,,Reactor,,Cooling,more,1,No\n");
    let said = book(&server, &longer, &[]);
    assert_eq!(said.out, "   1:00  Globex Corp / Reactor\n   1:00  total\nbooked: 1, already there: 4, skipped: 0\n");
}

#[test]
fn records_with_begin_and_end_keep_them() {
    let server = server();
    let toggl = "User,Client,Project,Task,Description,Start date,Start time,End date,End time,Duration,Tags\n\
        Susan,Acme GmbH,Mobile app,Testing,Login,2026-10-31,08:00:12,2026-10-31,09:15:45,01:15:33,\"urgent, Urgent\"\n\
        Susan,Acme GmbH,Mobile app,Testing,Night,2026-10-31,11:30 PM,2026-11-01,1:00 AM,,\n\
        Susan,Acme GmbH,Mobile app,Testing,Open,2026-11-01,9:00,,,0:45,\n";
    let said = book(&server, toggl, &["--begin", "07:00"]);
    let out = "   3:31  Acme GmbH / Mobile app\n   3:31  total\nbooked: 3, already there: 0, skipped: 0\n";
    assert_eq!(said, Said { code: Some(0), out: out.to_owned(), err: String::new() });
    assert_eq!(
        newest(&server, 3),
        [
            "2026-10-31 08:00+0100 2026-10-31 09:16+0100 Mobile app/Testing Some(\"Login\") [\"urgent\"]",
            "2026-10-31 23:30+0100 2026-11-01 01:00+0100 Mobile app/Testing Some(\"Night\") []",
            "2026-11-01 09:00+0100 2026-11-01 09:45+0100 Mobile app/Testing Some(\"Open\") []",
        ]
    );
    assert_eq!(book(&server, toggl, &[]).out, format!("{NOTHING}booked: 0, already there: 3, skipped: 0\n"));
}

#[test]
fn a_dry_run_shows_everything_and_writes_nothing() {
    let server = server();
    let content =
        file("Date,Time Spent,Description,Tags", &["2026-10-31,5:15,Login,\"remote,new\"", "2026-10-31,45m,,"]);
    let said = book(&server, &content, &["--dry-run", "--begin", "6:30 AM"]);
    let out = "would create the tag \"new\"\n\
        would book line 2: 2026-10-31 06:30 to 11:45, Acme GmbH / Mobile app / Testing, \"Login\"\n\
        would book line 3: 2026-10-31 11:45 to 12:30, Acme GmbH / Mobile app / Testing, \"\"\n   \
        6:00  Acme GmbH / Mobile app\n   6:00  total\nto book: 2, already there: 0, skipped: 0\n";
    assert_eq!(said, Said { code: Some(0), out: out.to_owned(), err: String::new() });
    assert_eq!(posts(&server), 0);
}

#[test]
fn durations_and_dates_have_many_forms() {
    let server = server();
    for (duration, expected) in [
        ("5.25", "5:15"),
        ("\"5,25\"", "5:15"),
        ("5:15", "5:15"),
        ("05:15:00", "5:15"),
        ("5h 15m", "5:15"),
        ("5H15M", "5:15"),
        ("5 hours 15 min", "5:15"),
        ("315m", "5:15"),
        ("5.25h", "5:15"),
        ("5h", "5:00"),
        (".5", "0:30"),
        ("0.33", "0:20"),
        ("0:00:40", "0:01"),
        ("12", "12:00"),
    ] {
        let said = book(&server, &file("Date,Hours", &[&format!("31.10.2026,{duration}")]), &["--dry-run"]);
        assert_eq!(said.out.lines().nth(2), Some(format!("{expected:>7}  total").as_str()), "{duration} {}", said.err);
    }
    for (date, options) in [
        ("2026-10-03", &[][..]),
        ("03.10.2026", &[]),
        ("3.10.2026", &[]),
        ("10/03/2026", &["--date-format", "%m/%d/%Y"]),
        ("3 Oct 26", &["--date-format", "%d %b %y"]),
    ] {
        let said = book(&server, &file("Date,Hours", &[&format!("{date},1")]), &[&["--dry-run"], options].concat());
        let expected = "would book line 2: 2026-10-03 09:00 to 10:00, Acme GmbH / Mobile app / Testing, \"\"";
        assert_eq!(said.out.lines().next(), Some(expected), "{date} {}", said.err);
    }
}

#[test]
fn tags_are_created_and_a_tag_that_is_lost_is_named() {
    let server = server();
    // Kimai refuses tags of one letter.
    let content = file("Date,Hours,Tags", &["2026-10-31,1,\"URGENT,new,x\"", "2026-10-31,1,New"]);
    let said = book(&server, &content, &[]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), "note: line 2: Kimai left out the tag \"x\"\n"));
    let tags: Vec<String> =
        newest(&server, 2).into_iter().map(|record| record.split_once('[').unwrap().1.to_owned()).collect();
    assert_eq!(tags, ["\"urgent\", \"new\"]", "\"new\"]"]);
}

#[test]
fn older_servers_work_as_well() {
    let now: Timestamp = "2026-11-04T12:00:00Z".parse().unwrap();
    // They find tags in other ways, and do other things with unknown ones.
    for release in [Release::new(1, 30, 11), Release::new(2, 12, 0)] {
        let server = TestServer::builder().now(now).release(release).start().unwrap();
        let user = &server.users()[0];
        let content = File::new(file("Date,Hours,Tags", &["2026-10-31,1,\"urgent,new\""]));
        let arguments = [content.path(), "--url", server.url(), "--user", user.name, "--password", &user.password];
        let said = run(NAME, &arguments);
        let out = "   1:00  Acme GmbH / Mobile app\n   1:00  total\nbooked: 1, already there: 0, skipped: 0\n";
        assert_eq!(said, Said { code: Some(0), out: out.to_owned(), err: String::new() });
        assert!(newest(&server, 1)[0].ends_with("[\"urgent\", \"new\"]"), "{:?}", newest(&server, 1));
        assert_eq!(run(NAME, &arguments).out, format!("{NOTHING}booked: 0, already there: 1, skipped: 0\n"));
    }
}

#[test]
fn the_demo_works_without_a_file() {
    let said = run(NAME, &["--demo"]);
    let out = "   3:45  Acme GmbH / Mobile app\n   1:30  Globex Corp / Reactor\n   5:15  total\n\
        booked: 3, already there: 0, skipped: 0\n";
    assert_eq!((said.code, said.out.as_str()), (Some(0), out));
    assert!(
        said.err.starts_with("The file is one that is built in:\n  Date,Customer,Project,Task,Hours"),
        "{}",
        said.err
    );
    assert!(said.err.contains("\nThis is a demo: Kimai "), "{}", said.err);
}
