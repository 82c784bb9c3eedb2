//! What somebody writes by hand for time records, with the dates and times of jiff.

#![allow(dead_code, clippy::struct_excessive_bools, reason = "the fields are only decoded, and not by all benchmarks")]

use std::borrow::Cow;

use generated_client::jiff::ZonedDateTime;
use generated_client::jiff::civil::Date;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// A time record with ids, as the server writes it.
pub(crate) const RECORD: &str = r#"{"activity":6,"project":5,"user":1,"tags":["urgent","später"],"id":180,"begin":"2026-11-02T08:00:00+0100","end":"2026-11-02T09:30:00+0100","duration":5400,"break":0,"description":"Anforderungen geklärt und aufgeschrieben","rate":127.5,"internalRate":127.5,"fixedRate":null,"hourlyRate":85.0,"exported":false,"billable":true,"metaFields":[{"name":"location","value":"Köln"}]}"#;

/// A time record with objects in place of ids.
pub(crate) const FULL_RECORD: &str = r##"{"tags":["urgent","später"],"id":180,"begin":"2026-11-02T08:00:00+0100","end":"2026-11-02T09:30:00+0100","duration":5400,"break":0,"user":{"apiToken":true,"locale":"en","timezone":"Europe/Berlin","language":"en","initials":"SU","color-safe":"#2ECC40","id":1,"alias":null,"title":null,"avatar":null,"username":"susan","email":"susan@example.com","accountNumber":null,"enabled":true,"systemAccount":false,"color":null},"activity":{"color-safe":"#85144b","id":7,"project":null,"name":"Meeting","comment":null,"visible":true,"billable":true,"metaFields":[],"number":"0008","color":null},"project":{"color-safe":"#ff0000","id":5,"customer":{"color-safe":"#03A9F4","id":4,"name":"Müller & Söhne","number":"C2940","comment":null,"visible":true,"billable":true,"company":"Müller","country":"DE","language":"en","currency":"EUR","phone":null,"fax":null,"mobile":null,"homepage":null,"timezone":"Europe/Berlin","metaFields":[],"color":null},"name":"Website","orderNumber":"PO-1","orderDate":"2025-12-24","start":"2026-01-01","end":"2027-12-31","comment":"Zeile 1\nZeile 2","visible":true,"billable":true,"metaFields":[],"globalActivities":true,"number":"0006","color":"#ff0000"},"description":null,"rate":127.5,"internalRate":127.5,"fixedRate":null,"hourlyRate":85.0,"exported":false,"billable":true,"metaFields":[]}"##;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Record<A = u64, P = u64, U = u64> {
    pub(crate) id: u64,
    pub(crate) activity: A,
    pub(crate) project: P,
    pub(crate) user: U,
    pub(crate) tags: Vec<String>,
    #[serde(deserialize_with = "moment")]
    pub(crate) begin: ZonedDateTime,
    #[serde(deserialize_with = "maybe_moment")]
    pub(crate) end: Option<ZonedDateTime>,
    pub(crate) duration: Option<i64>,
    pub(crate) r#break: Option<i64>,
    pub(crate) description: Option<String>,
    pub(crate) rate: f64,
    pub(crate) internal_rate: Option<f64>,
    pub(crate) exported: bool,
    pub(crate) billable: bool,
    pub(crate) meta_fields: Vec<MetaField>,
}

pub(crate) type FullRecord = Record<Activity, Project, User>;

#[derive(Deserialize)]
pub(crate) struct MetaField {
    pub(crate) name: String,
    pub(crate) value: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct User {
    pub(crate) id: u64,
    pub(crate) username: String,
    pub(crate) email: Option<String>,
    pub(crate) alias: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) account_number: Option<String>,
    pub(crate) initials: Option<String>,
    pub(crate) locale: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) timezone: Option<String>,
    pub(crate) color: Option<String>,
    #[serde(rename = "color-safe")]
    pub(crate) color_safe: Option<String>,
    pub(crate) api_token: Option<bool>,
    pub(crate) enabled: bool,
    pub(crate) system_account: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Activity {
    pub(crate) id: u64,
    pub(crate) project: Option<u64>,
    pub(crate) name: String,
    pub(crate) number: Option<String>,
    pub(crate) comment: Option<String>,
    pub(crate) visible: bool,
    pub(crate) billable: bool,
    pub(crate) color: Option<String>,
    #[serde(rename = "color-safe")]
    pub(crate) color_safe: Option<String>,
    pub(crate) meta_fields: Vec<MetaField>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Project {
    pub(crate) id: u64,
    pub(crate) customer: Customer,
    pub(crate) name: String,
    pub(crate) number: Option<String>,
    pub(crate) order_number: Option<String>,
    #[serde(deserialize_with = "maybe_date")]
    pub(crate) order_date: Option<Date>,
    #[serde(deserialize_with = "maybe_date")]
    pub(crate) start: Option<Date>,
    #[serde(deserialize_with = "maybe_date")]
    pub(crate) end: Option<Date>,
    pub(crate) comment: Option<String>,
    pub(crate) visible: bool,
    pub(crate) billable: bool,
    pub(crate) global_activities: bool,
    pub(crate) color: Option<String>,
    #[serde(rename = "color-safe")]
    pub(crate) color_safe: Option<String>,
    pub(crate) meta_fields: Vec<MetaField>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Customer {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) number: Option<String>,
    pub(crate) comment: Option<String>,
    pub(crate) company: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) currency: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) fax: Option<String>,
    pub(crate) mobile: Option<String>,
    pub(crate) homepage: Option<String>,
    pub(crate) timezone: Option<String>,
    pub(crate) visible: bool,
    pub(crate) billable: bool,
    pub(crate) color: Option<String>,
    #[serde(rename = "color-safe")]
    pub(crate) color_safe: Option<String>,
    pub(crate) meta_fields: Vec<MetaField>,
}

fn parse<E: Error>(text: &str) -> Result<ZonedDateTime, E> {
    ZonedDateTime::strptime("%Y-%m-%dT%H:%M:%S%z", text).map_err(E::custom)
}

fn moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ZonedDateTime, D::Error> {
    parse(&Cow::<str>::deserialize(deserializer)?)
}

fn maybe_moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<ZonedDateTime>, D::Error> {
    Option::<Cow<'_, str>>::deserialize(deserializer)?.map(|text| parse(&text)).transpose()
}

fn maybe_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    Option::<Cow<'_, str>>::deserialize(deserializer)?.map(|text| text.parse().map_err(D::Error::custom)).transpose()
}
