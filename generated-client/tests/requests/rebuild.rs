//! Builds a recorded request with the typed API.

use std::fmt::Display;
use std::str::FromStr;
use std::sync::LazyLock;

use generated_client::jiff::{Timestamp, civil};
use generated_client::operation::{HttpRequest, Operation};
use generated_client::{Auth, Client, OneOrMany, Release, Request, Select, ids, types};
use serde::de::DeserializeOwned;

use crate::support::Exchange;

/// Returns the request, or why the typed API cannot build it.
pub(crate) fn request(exchange: &Exchange, server: Release) -> Result<HttpRequest, String> {
    let url = reqwest::Url::parse("http://localhost").unwrap().join(&exchange.path).unwrap();
    let path = url.path().trim_start_matches("/api/").to_owned();
    let segments: Vec<&str> = path.split('/').collect();
    let settings: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let call = Call { exchange, server, segments: &segments, settings };
    match exchange.method.as_str() {
        "GET" => call.list(),
        "POST" => call.creation(),
        "PATCH" => call.change(),
        other => panic!("no {other} was recorded with a query or a body"),
    }
}

fn kimai() -> &'static Client {
    static KIMAI: LazyLock<Client> =
        LazyLock::new(|| Client::new("http://127.0.0.1:9", Auth::bearer("canary")).unwrap());
    &KIMAI
}

struct Call<'a> {
    exchange: &'a Exchange,
    server: Release,
    segments: &'a [&'a str],
    settings: Vec<(String, String)>,
}

impl Call<'_> {
    fn list(&self) -> Result<HttpRequest, String> {
        let full = self.settings.iter().any(|(name, value)| name == "full" && value != "false");
        match self.segments {
            ["timesheets"] => self.timesheets(full),
            ["timesheets", "recent"] => {
                self.built(&self.set(kimai().timesheets().recent(), |list, setting| match setting.name {
                    "begin" => Ok(list.begin(setting.one()?)),
                    "size" => Ok(list.size(setting.one()?)),
                    _ => Err(setting.unknown()),
                })?)
            }
            ["customers"] => {
                let list = self.set(kimai().customers().list(), |list, setting| {
                    Ok(match setting.name {
                        "order" => list.order(setting.one()?),
                        "orderBy" => list.order_by(setting.one()?),
                        "term" => list.term(setting.text()),
                        "visible" => list.visible(setting.one()?),
                        _ => return Err(setting.unknown()),
                    })
                })?;
                if full { self.built(&list.full()) } else { self.built(&list) }
            }
            ["projects"] => self.built(&self.set(kimai().projects().list(), |list, setting| {
                Ok(match setting.name {
                    "customer" => list.customer(setting.one::<ids::CustomerId>()?),
                    "customers" => list.customer(setting.many()?),
                    "end" => list.end(setting.day()?),
                    "globalActivities" => list.global_activities(setting.switch()),
                    "ignoreDates" => list.ignore_dates(),
                    "start" => list.start(setting.day()?),
                    "term" => list.term(setting.text()),
                    "visible" => list.visible(setting.one()?),
                    _ => return Err(setting.unknown()),
                })
            })?),
            ["activities"] => self.built(&self.set(kimai().activities().list(), |list, setting| {
                Ok(match setting.name {
                    "globals" => list.globals(setting.switch()),
                    "project" => list.project(setting.one::<ids::ProjectId>()?),
                    "projects" => list.project(setting.many()?),
                    "term" => list.term(setting.text()),
                    "visible" => list.visible(setting.one()?),
                    _ => return Err(setting.unknown()),
                })
            })?),
            ["users"] => {
                let list = self.set(kimai().users().list(), |list, setting| {
                    Ok(match setting.name {
                        "orderBy" => list.order_by(setting.one()?),
                        "term" => list.term(setting.text()),
                        "visible" => list.visible(setting.one()?),
                        _ => return Err(setting.unknown()),
                    })
                })?;
                if full { self.built(&list.full()) } else { self.built(&list) }
            }
            ["tags"] => {
                #[expect(deprecated, reason = "deprecated by Kimai, but still available")]
                let list = kimai().tags().list();
                self.built(&self.set(list, |list, setting| Ok(list.name(setting.text())))?)
            }
            ["tags", "find"] => {
                self.built(&self.set(kimai().tags().find(), |list, setting| Ok(list.name(setting.text())))?)
            }
            ["invoices"] => self.built(&self.set(kimai().invoices().list(), |list, setting| {
                Ok(match setting.name {
                    "begin" => list.begin(setting.one()?),
                    "customers" => list.customers(setting.many::<ids::CustomerId>()?.as_slice().iter().copied()),
                    "end" => list.end(setting.one()?),
                    "page" => list.page(setting.one()?),
                    "size" => list.size(setting.one()?),
                    "status" => list.status(setting.words()),
                    _ => return Err(setting.unknown()),
                })
            })?),
            other => panic!("no list at {other:?}"),
        }
    }

    fn timesheets(&self, full: bool) -> Result<HttpRequest, String> {
        let list = self.set(kimai().timesheets().list(), |list, setting| {
            Ok(match setting.name {
                "active" => list.active(setting.switch()),
                "activities" => list.activity(setting.many()?),
                "activity" => list.activity(setting.one::<ids::ActivityId>()?),
                "begin" => list.begin(setting.one()?),
                "billable" => list.billable(setting.switch()),
                "customer" => list.customer(setting.one::<ids::CustomerId>()?),
                "customers" => list.customer(setting.many()?),
                "end" => list.end(setting.one()?),
                "exported" => list.exported(setting.switch()),
                "modified_after" => list.modified_after(setting.utc()?),
                "order" => list.order(setting.one()?),
                "orderBy" => list.order_by(setting.one()?),
                "page" => list.page(setting.one()?),
                "project" => list.project(setting.one::<ids::ProjectId>()?),
                "projects" => list.project(setting.many()?),
                "size" => list.size(setting.one()?),
                "tags" => list.tags(setting.words()),
                "term" => list.term(setting.text()),
                "user" if setting.text() == "all" => list.user(Select::All),
                "user" => list.user(setting.one::<ids::UserId>()?),
                "users" => list.user(Select::These(setting.many()?)),
                _ => return Err(setting.unknown()),
            })
        })?;
        if full { self.built(&list.full()) } else { self.built(&list) }
    }

    fn creation(&self) -> Result<HttpRequest, String> {
        let kimai = kimai();
        match self.segments {
            ["timesheets"] if self.settings.is_empty() => self.built(&kimai.timesheets().create(self.form()?)),
            ["timesheets"] => self.built(&kimai.timesheets().create(self.form()?).full()),
            ["customers"] => self.built(&kimai.customers().create(self.form()?)),
            ["projects"] => self.built(&kimai.projects().create(self.form()?)),
            ["activities"] => self.built(&kimai.activities().create(self.form()?)),
            ["tags"] => self.built(&kimai.tags().create(self.form()?)),
            ["teams"] => self.built(&kimai.teams().create(self.form()?)),
            ["users"] => self.built(&kimai.users().create(self.form()?)),
            ["customers", id, "rates"] => self.built(&kimai.customers().create_rate(read(id)?, self.form()?)),
            ["projects", id, "rates"] => self.built(&kimai.projects().create_rate(read(id)?, self.form()?)),
            ["activities", id, "rates"] => self.built(&kimai.activities().create_rate(read(id)?, self.form()?)),
            ["customers", id, "comments"] => self.built(&kimai.customers().create_comment(read(id)?, self.form()?)),
            ["projects", id, "comments"] => self.built(&kimai.projects().create_comment(read(id)?, self.form()?)),
            other => panic!("nothing is created at {other:?}"),
        }
    }

    fn change(&self) -> Result<HttpRequest, String> {
        let kimai = kimai();
        match self.segments {
            ["timesheets", id, "restart"] => {
                let form: Restart = self.form()?;
                let mut restart = kimai.timesheets().restart(read(id)?);
                if let Some(begin) = form.begin {
                    restart = restart.begin(read(&begin)?);
                }
                if form.copy.is_some() {
                    restart = restart.copy_all();
                }
                self.built(&restart)
            }
            ["timesheets", id, "meta"] => self.built(&kimai.timesheets().update_meta(read(id)?, self.form()?)),
            ["customers", id, "meta"] => self.built(&kimai.customers().update_meta(read(id)?, self.form()?)),
            ["projects", id, "meta"] => self.built(&kimai.projects().update_meta(read(id)?, self.form()?)),
            ["activities", id, "meta"] => self.built(&kimai.activities().update_meta(read(id)?, self.form()?)),
            ["timesheets", id] => self.built(&kimai.timesheets().update(read(id)?, self.form()?)),
            ["customers", id] => self.built(&kimai.customers().update(read(id)?, self.form()?)),
            ["projects", id] => self.built(&kimai.projects().update(read(id)?, self.form()?)),
            ["activities", id] => self.built(&kimai.activities().update(read(id)?, self.form()?)),
            ["teams", id] => self.built(&kimai.teams().update(read(id)?, self.form()?)),
            ["users", id] => self.built(&kimai.users().update(read(id)?, self.form()?)),
            ["users", id, "preferences"] => {
                let items: Vec<types::NewUserPreference> = self.form()?;
                self.built(&kimai.users().update_preferences(read(id)?, items.clone()))
            }
            ["invoices", id, "custom-fields"] => {
                let items: Vec<types::NewInvoiceMeta> = self.form()?;
                self.built(&kimai.invoices().update_custom_fields(read(id)?, items.clone()))
            }
            other => panic!("nothing is changed at {other:?}"),
        }
    }

    /// Applies every parameter of the query to the request.
    fn set<O>(
        &self,
        mut request: Request<&'static Client, O>,
        set: impl Fn(Request<&'static Client, O>, &Setting<'_>) -> Result<Request<&'static Client, O>, String>,
    ) -> Result<Request<&'static Client, O>, String> {
        let mut settings: Vec<Setting<'_>> = Vec::new();
        for (name, value) in self.settings.iter().filter(|(name, _)| name != "full") {
            let name = name.trim_end_matches("[]");
            match settings.iter_mut().find(|setting| setting.name == name) {
                Some(setting) => setting.values.push(value),
                None => settings.push(Setting { name, values: vec![value] }),
            }
        }
        for setting in &settings {
            request = set(request, setting)?;
        }
        Ok(request)
    }

    fn built<O: Operation>(&self, request: &Request<&Client, O>) -> Result<HttpRequest, String> {
        request.operation().request_for(self.server).map_err(|error| error.to_string())
    }

    /// Reads the recorded body as the type that the operation accepts.
    fn form<T: DeserializeOwned>(&self) -> Result<T, String> {
        serde_json::from_str(self.exchange.body.as_deref().unwrap()).map_err(|error| error.to_string())
    }
}

/// The operation accepts the fields of its body as setters.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Restart {
    begin: Option<String>,
    copy: Option<String>,
}

/// A query parameter, without the brackets of a list.
struct Setting<'a> {
    name: &'a str,
    values: Vec<&'a str>,
}

impl Setting<'_> {
    fn text(&self) -> &str {
        self.values[0]
    }

    fn one<T: FromStr<Err: Display>>(&self) -> Result<T, String> {
        read(self.text())
    }

    /// The values; 1.x has them in one text with commas.
    fn words(&self) -> Vec<&str> {
        self.values.iter().flat_map(|value| value.split(',')).collect()
    }

    fn many<T: FromStr<Err: Display>>(&self) -> Result<OneOrMany<T>, String> {
        self.words().into_iter().map(read).collect()
    }

    fn switch(&self) -> bool {
        ["1", "true"].contains(&self.text())
    }

    fn utc(&self) -> Result<Timestamp, String> {
        read(&format!("{}Z", self.text()))
    }

    /// A day, or a time.
    fn day(&self) -> Result<civil::DateTime, String> {
        self.one::<civil::Date>().map(|day| day.at(0, 0, 0, 0))
    }

    fn unknown(&self) -> String {
        format!("no setter for '{}'", self.name)
    }
}

fn read<T: FromStr<Err: Display>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: T::Err| error.to_string())
}
