//! The example `report`.

use generated_client::blocking::Client;
use generated_client::ids::{ActivityId, ProjectId, UserId};
use generated_client::jiff::civil::DateTime;
use generated_client::test_server::TestServer;
use generated_client::types::{NewCustomer, NewProject, NewTimesheet, NewUserPreference, ProjectPatch};

use super::{Said, run, run_as, run_on};

/// A Wednesday; the user lives in Berlin, where it is an hour later.
const NOW: &str = "2026-11-25T09:05:30Z";

fn server() -> TestServer {
    TestServer::builder().now(NOW.parse().unwrap()).start().unwrap()
}

fn client(server: &TestServer) -> Client {
    Client::connect(server.url(), server.auth()).unwrap()
}

/// Adds a record: its project, begin and end.
fn add(kimai: &Client, project: u64, begin: &str, end: &str) {
    let form = NewTimesheet::new(ProjectId::new(project), ActivityId::new(1));
    let (begin, end): (DateTime, DateTime) = (begin.parse().unwrap(), end.parse().unwrap());
    kimai.timesheets().create(form.begin(begin).end(end)).send().unwrap();
}

/// A week without other records.
fn add_week(kimai: &Client) {
    add(kimai, 1, "2027-01-11T08:00", "2027-01-11T10:30");
    add(kimai, 3, "2027-01-11T11:00", "2027-01-11T15:00");
    add(kimai, 1, "2027-01-12T23:00", "2027-01-13T01:15");
    add(kimai, 4, "2027-01-17T09:00", "2027-01-17T09:05");
}

#[track_caller]
fn assert_prints(said: &Said, out: &str) {
    assert_eq!((said.out.as_str(), said.err.as_str(), said.code), (out, "", Some(0)));
}

#[test]
fn a_week_has_its_days_as_columns() {
    let server = server();
    add_week(&client(&server));
    let said = run_on(&server, "report", &["--week", "2027-01-13"]);
    assert_prints(
        &said,
        "\
Hours of susan_super, 11 to 17 January 2027 (Europe/Berlin)

                         Mon 11  Tue 12  Wed 13  Thu 14  Fri 15  Sat 16  Sun 17   Sum
Acme GmbH / Website        2:30    2:15                                          4:45
Globex Corp / Reactor      4:00                                                  4:00
Ünïcode & Söhne / Umbau                                                    0:05  0:05
-------------------------------------------------------------------------------------
Sum                        6:30    2:15                                    0:05  8:50
",
    );
}

#[test]
fn a_month_has_its_days_as_rows() {
    let server = server();
    add_week(&client(&server));
    let customer =
        client(&server).customers().create(NewCustomer::new("Donaudampfschifffahrtsgesellschaft")).send().unwrap();
    let project = client(&server).projects().create(NewProject::new("Kapitän", customer.id)).send().unwrap();
    add(&client(&server), project.id.into(), "2027-01-29T10:00", "2027-01-29T22:00");
    let said = run_on(&server, "report", &["--from", "2027-01-10", "--to", "2027-02-20"]);
    assert_prints(
        &said,
        "\
Hours of susan_super, 10 January to 20 February 2027 (Europe/Berlin)

                Acme GmbH  Donaudampfschifffah…  Globex Corp  Ünïcode & Söhne
                  Website               Kapitän      Reactor            Umbau    Sum
2027-01-11 Mon       2:30                               4:00                    6:30
2027-01-12 Tue       2:15                                                       2:15
2027-01-17 Sun                                                           0:05   0:05
2027-01-29 Fri                            12:00                                12:00
------------------------------------------------------------------------------------
Sum                  4:45                 12:00         4:00             0:05  20:50
",
    );
    // A month shows all of its days.
    let said = run_on(&server, "report", &["--month", "2027-01"]);
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!(
        (lines[4], lines[14], lines.len()),
        ("2027-01-01 Fri", "2027-01-11 Mon       2:30                               4:00                    6:30", 37)
    );
}

#[test]
fn running_records_are_counted_up_to_now_and_marked() {
    let server = server();
    let arguments = ["--from", "2026-11-25", "--to", "2026-11-25", "--now", NOW];
    let said = run_as(&server, "john_user", "report", &arguments);
    assert_prints(
        &said,
        "\
Hours of john_user, 25 November 2026 (America/New_York)

                     Wed 25    Sum
Acme GmbH / Website    0:25*  0:25*
-----------------------------------
Sum                    0:25*  0:25*

* a record is running, counted up to 2026-11-25 04:05
",
    );
}

#[test]
fn days_are_those_of_the_user_who_asks() {
    let server = server();
    let john = Client::connect(server.url(), server.auth_of("john_user").unwrap()).unwrap();
    add(&john, 1, "2027-01-11T20:00", "2027-01-11T21:00");
    let said = run_on(&server, "report", &["--from", "2027-01-11", "--to", "2027-01-12", "--of", "john_user"]);
    assert_prints(
        &said,
        "\
Hours of john_user, 11 to 12 January 2027 (Europe/Berlin)

                     Mon 11  Tue 12   Sum
Acme GmbH / Website            1:00  1:00
-----------------------------------------
Sum                            1:00  1:00
",
    );
    let said = run_as(&server, "john_user", "report", &["--from", "2027-01-11", "--to", "2027-01-11"]);
    assert_prints(
        &said,
        "\
Hours of john_user, 11 January 2027 (America/New_York)

                     Mon 11   Sum
Acme GmbH / Website    1:00  1:00
---------------------------------
Sum                    1:00  1:00
",
    );
}

#[test]
fn weeks_begin_as_the_profile_says() {
    let server = server();
    let preference = NewUserPreference::new("first_weekday", "sunday");
    client(&server).users().update_preferences(UserId::new(1), [preference]).send().unwrap();
    let said = run_on(&server, "report", &["--week", "2027-01-13"]);
    assert_prints(&said, "Hours of susan_super, 10 to 16 January 2027 (Europe/Berlin)\n\nno records\n");
}

/// The texts of an SVG file, in their order.
fn texts(svg: &str) -> Vec<&str> {
    svg.split("<text ").skip(1).map(|text| text.lines().nth(1).unwrap()).collect()
}

/// The colors of the legend of an SVG file: those of its squares.
fn swatches(svg: &str) -> Vec<&str> {
    let squares = svg.lines().filter(|line| line.contains("width=\"14\" height=\"14\""));
    squares.map(|line| line.split("fill=\"").nth(1).unwrap().split('"').next().unwrap()).collect()
}

#[test]
fn a_chart_shows_hours_by_day_and_project() {
    let server = server();
    add_week(&client(&server));
    let red = ProjectPatch::new().color("#ff0000".parse().unwrap());
    client(&server).projects().update(ProjectId::new(3), red).send().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (svg, png) = (folder.path().join("chart.svg"), folder.path().join("chart"));
    let files = ["--svg", svg.to_str().unwrap(), "--png", png.to_str().unwrap()];
    let said = run_on(&server, "report", &[&["--week", "2027-01-13"], &files[..]].concat());
    assert_eq!((said.err.as_str(), said.code), ("", Some(0)));
    let svg = std::fs::read_to_string(svg).unwrap();
    assert_eq!(
        texts(&svg).join("|"),
        "Hours, 11 to 17 January 2027|susan_super, 8:50 hours in total|\
         Mon 11 Jan|Tue 12 Jan|Wed 13 Jan|Thu 14 Jan|Fri 15 Jan|Sat 16 Jan|Sun 17 Jan|\
         0 h|1 h|2 h|3 h|4 h|5 h|6 h|7 h|6:30|2:15|0:05|\
         Acme GmbH: Website|4:45 h|Globex Corp: Reactor|4:00 h|Ünïcode &amp; Söhne: Umbau|0:05 h"
    );
    // Red is the project's own color. The red of the palette is too much like it.
    assert_eq!(swatches(&svg), ["#4477AA", "#FF0000", "#228833"]);
    let png = std::fs::read(png).unwrap();
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    // Width and height.
    assert_eq!(&png[16..24], [0, 0, 9, 0x60, 0, 0, 5, 0x1c]);
}

#[test]
fn a_chart_of_many_projects_joins_the_smallest() {
    let server = server();
    let kimai = client(&server);
    let customer =
        kimai.customers().create(NewCustomer::new("Donaudampfschifffahrtsgesellschaft mbH & Co. KG")).send().unwrap();
    for number in 0..12 {
        let name = format!("Überführung der Fahrgäste über die Brücke, Abschnitt {number} von zwölf Abschnitten");
        let project = kimai.projects().create(NewProject::new(name, customer.id)).send().unwrap();
        add(&kimai, project.id.into(), "2027-01-11T08:00", &format!("2027-01-11T{:02}:00", 9 + number));
        add(
            &kimai,
            project.id.into(),
            &format!("2027-02-{}T08:00", 11 + number),
            &format!("2027-02-{}T20:00", 11 + number),
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chart.svg");
    let arguments =
        ["--from", "2027-01-01", "--to", "2027-03-10", "--title", "<Brücke>", "--svg", file.to_str().unwrap()];
    let said = run_on(&server, "report", &arguments);
    assert_eq!((said.err.as_str(), said.code), ("", Some(0)));
    let svg = std::fs::read_to_string(&file).unwrap();
    let texts = texts(&svg);
    assert_eq!(texts[..2], ["&lt;Brücke&gt;", "susan_super, 222:00 hours in total"]);
    assert_eq!(texts[2..12].join("|"), "4 Jan|11 Jan|18 Jan|25 Jan|1 Feb|8 Feb|15 Feb|22 Feb|1 Mar|8 Mar");
    // A long name is cut, so that it does not run into the hours.
    let name = "Donaudampfschifffahrtsgesellschaft mbH &amp; Co. KG: \
                Überführung der Fahrgäste über die Brücke, Abschnitt 11 von zw…";
    assert_eq!(texts[18..20], [name, "24:00 h"]);
    assert_eq!(texts[34..], ["4 other projects", "58:00 h"]);
    assert_eq!(
        swatches(&svg),
        ["#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377", "#332288", "#999933", "#BBBBBB"]
    );
}

#[test]
fn a_chart_that_cannot_be_drawn_is_an_error() {
    let server = server();
    let said = run_on(&server, "report", &["--from", "2026-01-01", "--to", "2027-01-02", "--png", "chart.png"]);
    assert_eq!((said.out.as_str(), said.err.as_str()), ("", "error: a chart has room for 366 days\n"));
    assert_eq!(said.code, Some(2));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("missing").join("chart.svg");
    let said = run_on(&server, "report", &["--week", "2027-01-13", "--svg", file.to_str().unwrap()]);
    let start = format!("error: cannot write {}: ", file.display());
    assert!(said.err.starts_with(&start), "{}", said.err);
    assert_eq!(said.code, Some(1));
}

#[test]
fn the_demo_needs_nothing() {
    let said = run("report", &["--demo", "--week"]);
    assert_eq!(said.code, Some(0));
    assert!(said.out.starts_with("Hours of susan_super, "), "{}", said.out);
    assert!(said.err.starts_with("This is a demo: Kimai "), "{}", said.err);
}
