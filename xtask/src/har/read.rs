//! Reading a file.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use codegen::audit::Exchange;
use codegen::{Pointer, Release};
use serde_json::Value;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::base::{self, Located, locate};
use super::learn::learn;
use super::node::{Node, Problem};
use super::reply::{self, Reply};
use super::{HarError, Ignored, Recording, SERVER};
use crate::error::Error;
use crate::secrets::Secrets;
use crate::server::release_in;

/// The largest file, in bytes.
const MAX_BYTES: usize = 512 * 1024 * 1024;

type Object<'a> = BTreeMap<String, &'a RawValue>;

/// Reads a HAR. The requests of the server with most requests to an API count, or those of the server at `base`.
pub(crate) fn read(path: &Path, base: Option<&str>) -> Result<Recording, Error> {
    let name = path.display().to_string();
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    let expected = "a recording (HAR) of a browser or of `cargo xtask record`";
    let file = File::open(path).map_err(Error::read(path, expected))?;
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > MAX_BYTES {
        return Err(HarError::TooLarge { name, limit: MAX_BYTES }.into());
    }
    Ok(parse(&bytes, &name, base)?)
}

pub(super) fn parse(bytes: &[u8], name: &str, base: Option<&str>) -> Result<Recording, HarError> {
    let given = base.map(base::given).transpose()?;
    let text = std::str::from_utf8(bytes).map_err(|_| HarError::NotUtf8 { name: name.to_owned() })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let log = Log::parse(text, name)?;

    let mut secrets = Secrets::default();
    let mut places = Vec::new();
    for index in 0..log.entries.len() {
        let (pointer, entry) = log.entry(index, name)?;
        let node = Node::new(&entry, pointer);
        learn(&node, &mut secrets);
        let url = node.require("request").and_then(|request| request.require("url")?.text());
        places.push(locate(url.map_err(|problem| wrong(name, problem))?));
    }
    let address = choose(&places, given, name)?;

    let several = |releases| HarError::Releases { name: name.to_owned(), releases };
    let mut found = Found::default();
    for (index, place) in places.into_iter().enumerate() {
        match place {
            None => found.ignore("requests to other paths than /api/"),
            // Reports are published: which servers a user visits is private.
            Some(place) if place.base != address => {
                let host = &place.host;
                let is_folder = address.split_once("://").is_some_and(|(_, rest)| rest.split('/').next() == Some(host));
                found.ignore(if is_folder {
                    "requests to another folder of the server"
                } else {
                    "requests to other servers"
                });
            }
            Some(place) => {
                let (pointer, entry) = log.entry(index, name)?;
                let node = Node::new(&entry, pointer);
                match reply::read(&node, place).map_err(|problem| wrong(name, problem))? {
                    Reply::Exchange(exchange) => found.take(exchange).map_err(several)?,
                    Reply::Nothing(reason) => found.ignore(reason),
                }
            }
        }
    }
    let release = found.release.or_else(|| log.release());
    let Found { exchanges, ignored, .. } = found;
    Ok(Recording { name: name.to_owned(), address, release, exchanges, ignored, secrets })
}

/// The address of the Kimai whose requests count.
fn choose(places: &[Option<Located>], given: Option<String>, name: &str) -> Result<String, HarError> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for place in places.iter().flatten() {
        match counts.iter_mut().find(|(base, _)| *base == place.base) {
            Some((_, count)) => *count += 1,
            None => counts.push((&place.base, 1)),
        }
    }
    if let Some(given) = given.filter(|_| !counts.is_empty()) {
        if counts.iter().any(|(base, _)| *base == given) {
            return Ok(given);
        }
        let known = counts.into_iter().map(|(base, _)| base.to_owned()).collect();
        return Err(HarError::UnknownBase { name: name.to_owned(), known });
    }
    // The first of those with most requests.
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    let most = most.ok_or_else(|| HarError::NoApi { name: name.to_owned() })?;
    Ok(most.0.to_owned())
}

/// What was read so far.
#[derive(Default)]
struct Found {
    exchanges: Vec<Exchange>,
    ignored: Vec<Ignored>,
    release: Option<Release>,
}

impl Found {
    /// Returns the releases if the server has another one than before.
    fn take(&mut self, exchange: Exchange) -> Result<(), Box<(Release, Release)>> {
        let says_release = exchange.method == "GET" && exchange.path == "/api/version" && exchange.status == 200;
        if says_release && let Some(release) = release_in(&exchange.body) {
            match &self.release {
                Some(known) if *known != release => return Err(Box::new((known.clone(), release))),
                _ => self.release = Some(release),
            }
        }
        self.exchanges.push(exchange);
        Ok(())
    }

    fn ignore(&mut self, reason: &str) {
        match self.ignored.iter_mut().find(|ignored| ignored.reason == reason) {
            Some(ignored) => ignored.count += 1,
            None => self.ignored.push(Ignored { reason: reason.to_owned(), count: 1 }),
        }
    }
}

/// The parts of a file that are read. Entries are long, so that they are read one by one.
struct Log<'a> {
    browser: Option<&'a RawValue>,
    entries: Vec<&'a RawValue>,
}

impl<'a> Log<'a> {
    fn parse(text: &'a str, name: &str) -> Result<Self, HarError> {
        let root = Pointer::root();
        let no_har =
            |pointer: &Pointer, problem| HarError::NotHar { name: name.to_owned(), pointer: pointer.clone(), problem };
        let top: Object<'a> = serde_json::from_str(text).map_err(|error| match error.classify() {
            // What is cut in a number or word is another error.
            _ if is_at_end(text, &error) => HarError::Incomplete { name: name.to_owned() },
            Category::Eof => HarError::Incomplete { name: name.to_owned() },
            Category::Data => no_har(&root, "is no object"),
            _ => HarError::NotJson { name: name.to_owned(), line: error.line(), column: error.column() },
        })?;
        let pointer = root.join("log");
        let log = top.get("log").ok_or_else(|| no_har(&pointer, "is missing"))?;
        let log: Object<'a> = serde_json::from_str(log.get()).map_err(|_| no_har(&pointer, "is no object"))?;
        let pointer = pointer.join("entries");
        let entries = log.get("entries").ok_or_else(|| no_har(&pointer, "is missing"))?;
        let entries = serde_json::from_str(entries.get()).map_err(|_| no_har(&pointer, "is no list"))?;
        Ok(Self { browser: log.get("browser").copied(), entries })
    }

    fn entry(&self, index: usize, name: &str) -> Result<(Pointer, Value), HarError> {
        let pointer = Pointer::root().join("log").join("entries").index(index);
        let text = self.entries.get(index).map_or("null", |entry| entry.get());
        match serde_json::from_str::<Value>(text) {
            Ok(entry) if entry.is_object() => Ok((pointer, entry)),
            Ok(_) => Err(wrong(name, Problem { pointer, problem: "must be an object" })),
            // Depth and numbers are checked here only.
            Err(_) => Err(wrong(name, Problem { pointer, problem: "is nested too deeply, or has a number too large" })),
        }
    }

    /// The release that our own recordings say.
    fn release(&self) -> Option<Release> {
        let browser: Value = serde_json::from_str(self.browser?.get()).ok()?;
        let is_kimai = browser.get("name").and_then(Value::as_str) == Some(SERVER);
        browser.get("version").filter(|_| is_kimai)?.as_str()?.parse().ok()
    }
}

fn is_at_end(text: &str, error: &serde_json::Error) -> bool {
    let last = text.split('\n').next_back().unwrap_or_default();
    !text.trim_end().ends_with('}') && error.line() == text.split('\n').count() && error.column() >= last.len()
}

fn wrong(name: &str, problem: Problem) -> HarError {
    let Problem { pointer, problem } = problem;
    HarError::Entry { name: name.to_owned(), pointer, problem }
}
