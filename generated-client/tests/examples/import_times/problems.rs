//! What is wrong with files, and what the program says about it.

use generated_client::test_server::TrackingMode;
use generated_client::types::{ActivityPatch, NewCustomer, NewProject, ProjectPatch};

use super::{NAME, NOTHING, book, book_as, client, file, posts, server, user};
use crate::import_csv::File;
use crate::{Said, run};

#[test]
fn all_lines_are_checked_before_the_first_is_booked() {
    let server = server();
    let content = "Date,Client,Project,Task,Start time,End time,Hours\n\
        2026-10-31,,Mobile app,Testing,,,2\n\
        2026-10-31,,Mobile app,Testing,,,0\n\
        2026-10-31,,Mobile app,Testing,,,30\n\
        2026-10-31,,Mobile app,Testing,,,1w\n\
        2026-10-31,,Mobile app,Testing,,,\n\
        2026-10-31,,Mobile app,Testing,,,20\n\
        10/31/2026,,Mobile app,Testing,,,1\n\
        31.10.26,,Mobile app,Testing,,,1\n\
        \n\
        2026-11-01,,Mobile app,Testing,9,10,\n\
        2026-11-01,,Mobile app,Testing,9:00,,\n\
        2026-11-01,,Mobile app,Testing,,9:00,1\n\
        2026-11-01,,Mobile app,Testing,9:00,8:30,\n\
        2026-11-01,,Mobile app,Testing,9:00:31,9:01:29,\n\
        2026-11-01,,Mobile app,Testing,9:00,10:00,1.5\n\
        2026-03-29,,Mobile app,Testing,2:30,4:00,\n\
        2026-11-01,,,Testing,10:00,11:00,\n\
        2026-11-01,,Mobil app,Testing,11:00,12:00,\n\
        2026-11-01,Acme,Mobile app,Testing,12:00,13:00,\n\
        2026-11-01,,Mobile app,,13:00,14:00,\n\
        2026-11-01,,Mobile app,Cooling,14:00,15:00,\n\
        2025-11-01,,Website,Design,15:00,16:00,\n\
        2028-11-04,,Website,Design,15:00,16:00,\n";
    let err = "\
error: line 3: the duration \"0\" is shorter than a minute
error: line 4: the duration \"30\" is longer than a day
error: line 5: \"1w\" is not a duration like 5.25, 5,25, 5:15, 5:15:00 or 1h 30m
error: line 6: there is no duration
error: line 7: the records of 2026-10-31 that have only a duration would end at 07:00 of the next day; let the first one begin earlier with --begin
error: line 8: \"10/31/2026\" is not a date like 2026-11-02 or 02.11.2026; set another form with --date-format, such as %m/%d/%Y
error: line 9: \"31.10.26\" is not a date like 2026-11-02 or 02.11.2026; set another form with --date-format, such as %m/%d/%Y
error: line 11: \"9\" is not a time of day like 9:00, 09:00:00 or 9:00 AM
error: line 12: there is a begin, but neither an end nor a duration
error: line 13: there is an end without a begin
error: line 14: the end 2026-11-01 08:30 is before the begin 2026-11-01 09:00; a record that ends on another day needs the column End date
error: line 15: begin and end are in the same minute
error: line 16: begin and end are 1:00 apart, but the duration is 1:30
error: line 17: the clocks in Europe/Berlin never show 2026-03-29 02:30
error: line 18: there is no project
error: line 19: Kimai has no project \"Mobil app\"; the example import_csv creates projects
error: line 20: Kimai has no project \"Mobile app\" of \"Acme\"; the example import_csv creates projects
error: line 21: there is no activity
error: line 22: Kimai has no activity \"Cooling\" for \"Mobile app\"; the example import_csv creates activities
error: line 23: the project \"Website\" begins on 2026-01-01, after 2025-11-01 15:00 to 16:00
error: line 24: the project \"Website\" ended on 2027-12-31, before 2028-11-04 15:00 to 16:00
error: nothing is booked, because 21 of 22 lines have problems; with --skip, the others are booked
";
    let said = book(&server, content, &[]);
    assert_eq!(said, Said { code: Some(4), out: String::new(), err: err.to_owned() });
    assert_eq!(posts(&server), 0);

    let said = book(&server, content, &["--skip"]);
    assert_eq!(said.code, Some(0));
    assert_eq!(said.out, "   2:00  Acme GmbH / Mobile app\n   2:00  total\nbooked: 1, already there: 0, skipped: 21\n");
    let skipped: String = err.lines().take(21).map(|line| line.replace("error:", "skipped:") + "\n").collect();
    assert_eq!(said.err, skipped);
}

#[test]
fn overlaps_are_problems() {
    let server = server();
    let columns = "Date,Start time,End time,Notes";
    // On Tuesday, there are records from 8:30 to 11:30 and from 13:00 to 15:30.
    let lines = [
        "2026-11-03,11:30,13:00,",
        "2026-11-03,12:00,13:30,",
        "2026-11-03,12:30,12:45,",
        "2026-11-03,15:29,15:45,",
        "2026-11-03,11:30,13:00,",
    ];
    let said = book(&server, &file(columns, &lines), &[]);
    let err = "\
error: line 3: the time 2026-11-03 12:00 to 13:30 overlaps with that of line 2
error: line 4: the time 2026-11-03 12:30 to 12:45 overlaps with that of line 2
error: line 5: the time 2026-11-03 15:29 to 15:45 overlaps with a record in Kimai, 2026-11-03 13:00 to 15:30
error: line 6: the time 2026-11-03 11:30 to 13:00 overlaps with that of line 2
error: nothing is booked, because 4 of 5 lines have problems; with --skip, the others are booked
";
    assert_eq!(said, Said { code: Some(4), out: String::new(), err: err.to_owned() });

    // The same times with another description are another record.
    let content = |description| file(columns, &[&format!("2026-10-31,9:00,10:00,{description}")]);
    assert_eq!(book(&server, &content("one"), &[]).code, Some(0));
    assert_eq!(book(&server, &content("one"), &[]).out, format!("{NOTHING}booked: 0, already there: 1, skipped: 0\n"));
    let said = book(&server, &content("two"), &["--skip"]);
    assert_eq!(said.out, format!("{NOTHING}booked: 0, already there: 0, skipped: 1\n"));
    let err = "skipped: line 2: the time 2026-10-31 09:00 to 10:00 overlaps with a record in Kimai, 2026-10-31 09:00 to 10:00\n";
    assert_eq!(said.err, err);
}

#[test]
fn a_running_record_has_no_end_to_rely_on() {
    let server = server();
    let john = user(&server, "john_user");
    // It runs since 6:35 in New York, which is the time zone of the user.
    let columns = "Date,Start time,End time";
    let content = file(columns, &["2026-11-04,05:00,06:35", "2026-11-04,06:35,06:40", "2026-11-21,06:30,06:40"]);
    let said = book_as(&server, john, &content, &["--skip"]);
    assert_eq!(said.out, "   1:35  Acme GmbH / Mobile app\n   1:35  total\nbooked: 1, already there: 0, skipped: 2\n");
    assert_eq!(
        said.err,
        "skipped: line 3: the time 2026-11-04 06:35 to 06:40 overlaps with a record in Kimai that runs since \
         2026-11-04 06:35; stop it first\n\
         skipped: line 4: the time 2026-11-21 06:30 to 06:40 overlaps with a record in Kimai that runs since \
         2026-11-04 06:35; stop it first\n"
    );
    let sent = server.requests().into_iter().find(|request| request.method == "POST").unwrap().body;
    assert_eq!([&sent["begin"], &sent["end"]], ["2026-11-04T05:00:00", "2026-11-04T06:35:00"]);
}

#[test]
fn times_that_the_clocks_show_twice_are_the_first() {
    let server = server();
    let columns = "Date,Start time,End time,Duration";
    // An hour of 2:30 is over before 2:30 comes again.
    let lines = ["2026-10-25,02:30,,30m", "2026-10-25,02:45,04:00,1:15", "2026-10-25,1:00,,2h"];
    let said = book(&server, &file(columns, &lines), &["--skip"]);
    assert_eq!(
        said.err,
        "skipped: line 2: the clocks in Europe/Berlin show 2026-10-25T02:00:00 twice: Kimai would read it as \
         2026-10-25T02:00:00+0200, not as 2026-10-25T02:00:00+0100\n\
         skipped: line 3: begin and end are 2:15 apart, but the duration is 1:15\n\
         skipped: line 4: the clocks in Europe/Berlin show 2026-10-25T02:00:00 twice: Kimai would read it as \
         2026-10-25T02:00:00+0200, not as 2026-10-25T02:00:00+0100\n"
    );
}

#[test]
fn what_kimai_refuses_is_an_error_with_its_line() {
    let server = server();
    server.set_tracking_mode(TrackingMode::Punch);
    let john = user(&server, "john_user");
    let content = file("Date,Hours", &["2026-10-31,1", "2026-10-31,2"]);
    let refusal = "Kimai refuses the record: POST /api/timesheets: the server returned 400 Bad Request: Validation Failed \
        (This form should not contain extra fields.); likely causes: ";
    let said = book_as(&server, john, &content, &[]);
    assert_eq!(said.code, Some(5));
    assert_eq!(said.out, format!("{NOTHING}booked: 0, already there: 0, skipped: 0\n"));
    assert!(said.err.starts_with(&format!("error: line 2: {refusal}")), "{}", said.err);
    assert_eq!((said.err.lines().count(), posts(&server)), (1, 1));

    let said = book_as(&server, john, &content, &["--skip"]);
    assert_eq!(said.code, Some(0));
    assert_eq!(said.out, format!("{NOTHING}booked: 0, already there: 0, skipped: 2\n"));
    let lines: Vec<&str> = said.err.lines().collect();
    assert!(lines[0].starts_with(&format!("skipped: line 2: {refusal}")), "{}", said.err);
    assert!(lines[1].starts_with(&format!("skipped: line 3: {refusal}")), "{}", said.err);

    let file = File::new(content);
    let said = run(NAME, &[file.path(), "--url", server.url(), "--token", "wrong"]);
    assert_eq!((said.code, said.out), (Some(5), String::new()));
    assert_eq!(said.err, "error: GET /api/version: the server returned 401 Unauthorized; check the credentials\n");
}

#[test]
fn projects_and_activities_must_be_clear_and_visible() {
    let server = server();
    let kimai = client(&server);
    let customer = kimai.customers().create(NewCustomer::new("Initech")).send().unwrap();
    let website = kimai.projects().create(NewProject::new("Website", customer.id)).send().unwrap();
    let content = |cells: &str| format!("Date,Hours,Customer,Project,Activity\n2026-10-31,1,{cells}\n");
    let problem = |cells: &str| {
        let said = book(&server, &content(cells), &["--dry-run"]);
        said.err.lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(
        problem(",Website,Meetings"),
        "error: line 2: Kimai has several projects \"Website\", of \"Acme GmbH\" and \"Initech\"; say which one in a \
         column Customer"
    );
    assert_eq!(problem("Initech,Website,Meetings"), "");
    assert_eq!(
        problem("Initech,Website,Design"),
        "error: line 2: Kimai has no activity \"Design\" for \"Website\"; the example import_csv creates activities"
    );
    kimai.projects().update(website.id, ProjectPatch::new().global_activities(false)).send().unwrap();
    assert_eq!(
        problem("Initech,Website,Meetings"),
        "error: line 2: Kimai has no activity \"Meetings\" for \"Website\"; the example import_csv creates activities"
    );
    kimai.projects().update(website.id, ProjectPatch::new().visible(false)).send().unwrap();
    assert_eq!(
        problem("Initech,Website,Meetings"),
        "error: line 2: the project \"Website\" of \"Initech\" is hidden in Kimai"
    );
    // The hidden one is not meant.
    assert_eq!(problem(",Website,Meetings"), "");

    let meetings = kimai.activities().list().term("Meetings").send().unwrap().remove(0);
    kimai.activities().update(meetings.id, ActivityPatch::new().visible(false)).send().unwrap();
    assert_eq!(
        problem("Acme GmbH,Website,Meetings"),
        "error: line 2: the activity \"Meetings\" of \"Website\" is hidden in Kimai"
    );
}

#[test]
fn missing_columns_and_wrong_options_are_errors() {
    let server = server();
    for (header, expected) in [
        (
            "Day,Hours,Project,Task",
            "there is no column Date or Start date; the columns are \"Day\", \"Hours\", \"Project\", \"Task\"",
        ),
        ("Date,Hours,Task", "there is no column Project; the columns are \"Date\", \"Hours\", \"Task\""),
        ("Date,Hours,Project", "there is no column Activity or Task; the columns are \"Date\", \"Hours\", \"Project\""),
        (
            "Date,Start time,Project,Task",
            "there is no column Hours or Duration or Time spent, and not both Start time and End time; the columns are \
             \"Date\", \"Start time\", \"Project\", \"Task\"",
        ),
        (
            "DATE,Start date,Hours,Project,Task",
            "the columns \"DATE\" and \"Start date\" mean the same; remove one of them",
        ),
    ] {
        let said = book(&server, &format!("{header}\n"), &[]);
        let err = format!("error: line 1: {expected}\n");
        assert_eq!(said, Said { code: Some(4), out: String::new(), err });
    }
    let file = file("Date,Hours", &["10/31/2026,1"]);
    for (options, expected) in [
        (
            ["--date-format", "%m/%d"],
            "invalid value '%m/%d' for '--date-format <FORMAT>': expected a format such as %m/%d/%Y",
        ),
        (
            ["--begin", "9"],
            "invalid value '9' for '--begin <TIME>': \"9\" is not a time of day like 9:00, 09:00:00 or 9:00 AM",
        ),
        (["--begin", "9:00:30"], "invalid value '9:00:30' for '--begin <TIME>': Kimai keeps whole minutes"),
    ] {
        let said = book(&server, &file, &options);
        assert_eq!(said.code, Some(2));
        assert_eq!(said.err, format!("error: {expected}\n\nFor more information, try '--help'.\n"));
    }
    let said = book(&server, "Date,Hours,Project,Task\n31.10.2026,1\n", &[]);
    assert_eq!(said.err, "error: line 2: the row has 2 cells, and the header has 4; is a quote missing?\n");
    assert_eq!((said.code, posts(&server)), (Some(4), 0));
}
