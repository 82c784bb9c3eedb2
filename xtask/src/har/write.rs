//! Writing a file.

use std::io::{BufWriter, Write as _};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use codegen::audit::Exchange;
use reqwest::Url;
use serde::Serialize;

use super::{CREATOR, EXAMPLE, Recording, SERVER, redact};
use crate::error::Error;
use crate::output;
use crate::secrets::{REDACTED, Secrets, is_secret_name};

/// When a response was received that does not say it.
const UNKNOWN: &str = "1970-01-01T00:00:00Z";

/// The file, with its members in their order.
#[derive(Serialize)]
struct Har<'a> {
    log: Log<'a>,
}

#[derive(Serialize)]
struct Log<'a> {
    version: &'a str,
    creator: Program<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    browser: Option<Program<'a>>,
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Program<'a> {
    name: &'a str,
    version: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    started_date_time: String,
    time: u8,
    request: Request,
    response: Response,
    cache: Empty,
    timings: Timings,
}

#[derive(Serialize)]
struct Empty {}

#[derive(Serialize)]
struct Timings {
    send: u8,
    wait: u8,
    receive: u8,
}

#[derive(Serialize)]
struct Pair {
    name: String,
    value: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    method: String,
    url: String,
    http_version: &'static str,
    cookies: [Pair; 0],
    headers: [Pair; 0],
    query_string: Vec<Pair>,
    headers_size: i8,
    body_size: i8,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    status: u16,
    status_text: &'static str,
    http_version: &'static str,
    cookies: [Pair; 0],
    headers: Vec<Pair>,
    content: Content,
    #[serde(rename = "redirectURL")]
    redirect_url: String,
    headers_size: i8,
    body_size: i8,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Content {
    size: usize,
    mime_type: String,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
}

/// Writes a recording as HAR, for its owner alone, as a whole or not at all. Secrets, the address of the server and
/// the headers of requests are left out. A file that is there already is replaced only if `replace` says so.
pub(crate) fn write(path: &Path, recording: &Recording, replace: bool) -> Result<(), Error> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    let har = Har::of(recording);
    let mut file = tempfile::NamedTempFile::new_in(output::folder(path)).map_err(failed)?;
    let mut out = BufWriter::new(file.as_file_mut());
    serde_json::to_writer_pretty(&mut out, &har).map_err(|error| failed(error.into()))?;
    out.write_all(b"\n").and_then(|()| out.flush()).map_err(failed)?;
    drop(out);
    output::persist(file, path, replace)?;
    Ok(())
}

impl<'a> Har<'a> {
    fn of(recording: &'a Recording) -> Self {
        let host = recording.address.split_once("://").map_or("", |(_, rest)| rest);
        let entry = |exchange: &Exchange| entry(exchange, &recording.secrets, host);
        let log = Log {
            version: "1.2",
            creator: Program { name: CREATOR, version: env!("CARGO_PKG_VERSION") },
            browser: recording.release.as_ref().map(|release| Program { name: SERVER, version: release.as_str() }),
            entries: recording.exchanges.iter().map(entry).collect(),
        };
        Self { log }
    }
}

fn entry(exchange: &Exchange, secrets: &Secrets, host: &str) -> Entry {
    let clean = |text: &str| redact::text(text, secrets, host);
    let pair = |(name, value): &(String, String)| {
        let value = if is_secret_name(name) { REDACTED.to_owned() } else { clean(value) };
        Pair { name: clean(name), value }
    };
    let query: Vec<Pair> = exchange.query.iter().map(pair).collect();
    let is_kept = |(name, _): &&(String, String)| !name.eq_ignore_ascii_case("set-cookie");
    let headers = exchange.headers.iter().filter(is_kept).map(pair).collect();
    let body = redact::body(&exchange.body, secrets, host);
    let size = body.len();
    let (text, encoding) = match String::from_utf8(body) {
        Ok(text) => (text, None),
        Err(error) => (STANDARD.encode(error.as_bytes()), Some("base64")),
    };
    let mime_type = exchange.header("content-type").map(clean).unwrap_or_default();
    Entry {
        started_date_time: exchange.header("date").and_then(instant).unwrap_or_else(|| UNKNOWN.to_owned()),
        time: 0,
        request: Request {
            method: exchange.method.clone(),
            url: url(&clean(&exchange.path), &query),
            http_version: "HTTP/1.1",
            cookies: [],
            headers: [],
            query_string: query,
            headers_size: -1,
            body_size: -1,
        },
        response: Response {
            status: exchange.status,
            status_text: "",
            http_version: "HTTP/1.1",
            cookies: [],
            headers,
            content: Content { size, mime_type, text, encoding },
            redirect_url: exchange.header("location").map(clean).unwrap_or_default(),
            headers_size: -1,
            body_size: -1,
        },
        cache: Empty {},
        timings: Timings { send: 0, wait: 0, receive: 0 },
    }
}

fn url(path: &str, query: &[Pair]) -> String {
    let text = format!("{EXAMPLE}{path}");
    match Url::parse(&text) {
        Ok(mut url) if !query.is_empty() => {
            url.query_pairs_mut().extend_pairs(query.iter().map(|pair| (&pair.name, &pair.value)));
            url.into()
        }
        _ => text,
    }
}

/// A time as HTTP writes it (`Mon, 23 Nov 2026 16:29:40 GMT`), as HAR writes it.
fn instant(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let parts: Vec<&str> = text.split_ascii_whitespace().collect();
    let [_, day, month, year, time, "GMT"] = *parts.as_slice() else { return None };
    let month = MONTHS.iter().position(|known| *known == month)? + 1;
    Some(format!("{year}-{month:02}-{day:0>2}T{time}Z"))
}
