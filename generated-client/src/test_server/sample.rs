//! The data that a test server begins with. Dates are relative to now; everything else is always the same.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp, ZonedDateTime};
use serde_json::{Value, json};

use super::clock;
use super::object::is_since;
use super::pay;
use super::state::{ApiToken, Comment, Invoice, Meta, Rate, Role, State, Tag, Team, Thing, Timesheet, User};
use crate::Release;

/// What a test server begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Sample {
    /// Users, and data for them.
    #[default]
    Full,
    /// Users only.
    Empty,
}

/// The users: name, role and time zone.
pub(super) const USERS: [(&str, Role, &str); 4] = [
    ("susan_super", Role::SuperAdmin, "Europe/Berlin"),
    ("anna_admin", Role::Admin, "UTC"),
    ("tony_teamlead", Role::Teamlead, "UTC"),
    ("john_user", Role::User, "America/New_York"),
];

/// How many records each user has.
const RECORDS: [usize; 4] = [46, 43, 45, 44];

pub(super) fn token_of(name: &str) -> String {
    format!("token-of-{name}")
}

pub(super) fn password_of(name: &str) -> String {
    format!("password-of-{name}")
}

pub(super) fn state(release: Release, sample: Sample, now: Timestamp) -> State {
    let mut state = State::default();
    for (name, role, zone) in USERS {
        let mut user = user(release, name, role);
        user.password = Some(password_of(name));
        user.values.insert("timezone".to_owned(), json!(zone));
        user.zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let user = state.users.add(user);
        state.tokens.add(ApiToken { user, text: token_of(name) });
    }
    if sample == Sample::Full {
        add_things(&mut state, release, now);
        add_records(&mut state, now);
        add_invoices(&mut state, now);
    }
    state
}

/// A user with the settings of a new one.
pub(super) fn user(release: Release, name: &str, role: Role) -> User {
    let mut values = serde_json::Map::new();
    values.insert("username".to_owned(), json!(name));
    values.insert("email".to_owned(), json!(format!("{name}@example.com")));
    for setting in ["language", "locale"] {
        values.insert(setting.to_owned(), json!("en"));
    }
    values.insert("timezone".to_owned(), json!("Europe/Berlin"));
    values.insert("systemAccount".to_owned(), json!(false));
    User {
        values,
        zone: TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC),
        roles: if role == Role::User { Vec::new() } else { vec![role] },
        is_enabled: true,
        password: None,
        preferences: preferences(release).into_iter().filter(|(name, _)| is_of_contract(name)).collect(),
    }
}

/// The preferences that a user has after the first request.
fn preferences(release: Release) -> Vec<(String, Option<String>)> {
    let mut all: Vec<(&str, Option<&str>)> = Vec::new();
    if is_since(release, [2, 40, 0]) {
        all.push(("work_contract_type", Some("none")));
        all.extend(WORK_DAYS.map(|name| (name, Some("0"))));
        all.extend([("public_holiday_group", None), ("holidays", Some("0"))]);
        all.extend([("work_start_day", None), ("work_last_day", None)]);
    }
    all.extend([("hourly_rate", Some("0")), ("internal_rate", None), ("first_weekday", Some("monday"))]);
    all.push(if is_since(release, [2, 0, 0]) { ("favorite_routes", Some("")) } else { ("hours_24", Some("1")) });
    all.into_iter().map(|(name, value)| (name.to_owned(), value.map(str::to_owned))).collect()
}

/// Adds the preferences that a user does not have yet. Returns whether there were any.
pub(super) fn add_preferences(release: Release, user: &mut User) -> bool {
    let before = user.preferences.len();
    for (name, value) in preferences(release) {
        if user.preferences.iter().all(|(known, _)| *known != name) {
            user.preferences.push((name, value));
        }
    }
    user.preferences.len() > before
}

/// Whether a preference is about the contract of work.
fn is_of_contract(name: &str) -> bool {
    name.starts_with("work_") || matches!(name, "public_holiday_group" | "holidays")
}

const WORK_DAYS: [&str; 7] =
    ["work_monday", "work_tuesday", "work_wednesday", "work_thursday", "work_friday", "work_saturday", "work_sunday"];

fn thing(values: Value) -> Thing {
    let Value::Object(mut values) = values else { return Thing::default() };
    for flag in ["visible", "billable", "globalActivities"] {
        values.entry(flag).or_insert(json!(true));
    }
    values.entry("budget").or_insert(json!(0.0));
    values.entry("timeBudget").or_insert(json!(0));
    Thing { values, meta: Meta::new() }
}

fn add_things(state: &mut State, release: Release, now: Timestamp) {
    let customers = [
        ("Acme GmbH", "first", "DE", "EUR", "Europe/Berlin"),
        ("Globex Corp", "", "US", "USD", "America/New_York"),
        ("Ünïcode & Söhne", "umlauts", "AT", "EUR", "Europe/Vienna"),
    ];
    let is_numbered = is_since(release, [2, 14, 0]);
    let number = |position: usize| if is_numbered { json!(format!("{:04}", position + 2)) } else { Value::Null };
    for (position, (name, comment, country, currency, zone)) in customers.into_iter().enumerate() {
        let comment = if comment.is_empty() { Value::Null } else { json!(comment) };
        state.customers.rows.add(thing(json!({
            "name": name, "comment": comment, "country": country, "currency": currency, "timezone": zone,
            "language": "en", "number": number(position),
        })));
    }
    let year = now.to_zoned_datetime(TimeZone::UTC).year();
    let projects = [
        json!({
            "name": "Website", "customer": 1, "start": format!("{year}-01-01"), "end": format!("{}-12-31", year + 1),
            "budget": 1000.0, "timeBudget": 360_000,
        }),
        json!({"name": "Mobile app", "customer": 1, "orderNumber": "PO-42", "orderDate": format!("{year}-02-03")}),
        json!({"name": "Reactor", "customer": 2}),
        json!({"name": "Umbau", "customer": 3, "comment": "größer"}),
    ];
    let activities = [
        json!({"name": "Meetings"}),
        json!({"name": "Development", "color": "#0000ff"}),
        json!({"name": "Design", "project": 1}),
        json!({"name": "Testing", "project": 2}),
        json!({"name": "Cooling", "project": 3}),
    ];
    for (rows, values) in
        [(&mut state.projects.rows, projects.to_vec()), (&mut state.activities.rows, activities.to_vec())]
    {
        for (position, mut value) in values.into_iter().enumerate() {
            if let Some(value) = value.as_object_mut() {
                value.insert("number".to_owned(), number(position));
            }
            rows.add(thing(value));
        }
    }
    let rate = |of, rate| Rate { of, user: None, rate, internal: None, is_fixed: false };
    state.customers.rates.add(rate(1, 75.5));
    state.projects.rates.add(rate(3, 90.0));
    state.activities.rates.add(rate(4, 60.0));
    let message = "Prefers **e-mail**".to_owned();
    state.customers.comments.add(Comment { of: 1, message, by: 1, at: now, is_pinned: false });
    for name in ["urgent", "remote", "overtime"] {
        state.tags.add(Tag { name: name.to_owned(), color: None, is_visible: true });
    }
    let members = [(3, true), (4, false)].into();
    state.teams.add(Team { name: "Backend".to_owned(), members, ..Team::default() });
}

/// Pairs of a project and an activity that fit.
const WORK: [(u64, u64); 8] = [(1, 2), (2, 4), (1, 3), (3, 5), (2, 2), (1, 1), (4, 1), (3, 2)];

const DESCRIPTIONS: [Option<&str>; 6] =
    [Some("standup"), None, Some("fix bug #63"), Some("Grüße"), Some("review\nand merge"), None];

/// Two records a workday, back from yesterday, and one that runs.
fn add_records(state: &mut State, now: Timestamp) {
    let mut seed = 17_usize;
    for (position, count) in RECORDS.into_iter().enumerate() {
        let user = position as u64 + 1;
        let zone = state.users.get(user).map_or(TimeZone::UTC, |user| user.zone.clone());
        for (index, (begin, minutes)) in times(&zone, now, count).into_iter().enumerate() {
            seed = seed.wrapping_mul(1_103_515_245).wrapping_add(12_345) % 2_147_483_648;
            let pick = seed / 65_536;
            let (project, activity) = WORK.get(pick % WORK.len()).copied().unwrap_or((1, 1));
            let length = minutes + i64::try_from(pick % 5).unwrap_or_default() * 15;
            let mut record = Timesheet::new(user, zone.clone(), (project, activity), begin);
            record.end = Some(clock::after(begin, SignedDuration::from_mins(length)));
            let age = count.saturating_sub(index + 1);
            record.description = DESCRIPTIONS.get(index % DESCRIPTIONS.len()).copied().flatten().map(str::to_owned);
            record.tags = match age % 7 {
                0 => vec![1, 2],
                1 => vec![3],
                _ => Vec::new(),
            };
            record.is_billable = pay::is_billable(state, &record);
            pay::settle(state, &mut record);
            state.timesheets.add(record);
        }
    }
    let started = clock::before(now, SignedDuration::from_mins(25));
    let begin = clock::minute(started);
    let description = Some("running".to_owned());
    let zone = state.users.get(4).map_or(TimeZone::UTC, |user| user.zone.clone());
    state.timesheets.add(Timesheet { description, ..Timesheet::new(4, zone, (1, 1), begin) });
}

/// When records begin, and for how many minutes they last at least, the oldest first.
fn times(zone: &TimeZone, now: Timestamp, count: usize) -> Vec<(Timestamp, i64)> {
    let mut times = Vec::new();
    let mut day: ZonedDateTime = now.to_zoned_datetime(zone.clone());
    while times.len() < count {
        let Ok(before) = day.yesterday() else { break };
        day = before;
        if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            continue;
        }
        for (hour, minute, minutes) in [(13, 0, 90), (8, 30, 120)] {
            if let (true, Ok(begin)) =
                (times.len() < count, day.date().at(hour, minute, 0, 0).to_zoned_datetime(zone.clone()))
            {
                times.push((begin.timestamp(), minutes));
            }
        }
    }
    times.reverse();
    times
}

fn add_invoices(state: &mut State, now: Timestamp) {
    let zone = state.users.get(1).map_or(TimeZone::UTC, |user| user.zone.clone());
    let today = now.to_zoned_datetime(zone.clone()).date();
    let at = |days: i64, hour, minute, second| {
        let day = today.saturating_sub(Span::new().days(days));
        day.at(hour, minute, second, 0).to_zoned_datetime(zone.clone()).map_or(now, |moment| moment.timestamp())
    };
    let (acme, globex) = (at(23, 11, 15, 30), at(13, 9, 0, 0));
    let invoices = [
        (1, "acme", "EUR", 1_234.56, 197.12, 19.0, 30, "new", None, None, acme),
        (2, "globex", "USD", 99.99, 0.0, 0.0, 14, "paid", Some("bezahlt"), Some(at(3, 0, 0, 0)), globex),
    ];
    for (customer, name, currency, total, tax, vat, due_days, status, comment, paid, created) in invoices {
        let year = created.to_zoned_datetime(zone.clone()).year();
        state.invoices.add(Invoice {
            customer,
            user: 1,
            created,
            number: format!("{year}/{customer:03}"),
            comment: comment.map(str::to_owned),
            total,
            tax,
            vat,
            currency: currency.to_owned(),
            due_days,
            status,
            file_name: format!("{year}-{customer:03}-{name}.html"),
            paid,
            meta: Meta::new(),
        });
    }
}
