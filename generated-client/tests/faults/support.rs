//! A client for tests, and the watch over its secrets.

use std::error::Error as _;
use std::io;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::Duration;

use generated_client::operation::{HeaderName, HeaderValue};
use generated_client::{Auth, Client, ClientBuilder, Error, RetryPolicy};

use crate::server::Server;

/// The password of all tests; nobody must ever see it but the server that was asked.
pub(crate) const CANARY: &str = "canary/7Q\"secret";

/// What was traced and holds the canary, and how much was traced at all.
static TRACES: LazyLock<Mutex<Traces>> = LazyLock::new(|| Mutex::new(Traces::default()));

#[derive(Default)]
struct Traces {
    leaks: Vec<String>,
    lines: usize,
}

#[derive(Clone, Copy)]
struct Watch;

impl io::Write for Watch {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        let mut traces = TRACES.lock().unwrap_or_else(PoisonError::into_inner);
        traces.lines += 1;
        if leaks(&text) {
            traces.leaks.push(text.into_owned());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Watches everything that this program traces, down to the libraries' finest.
static WATCH: LazyLock<()> = LazyLock::new(|| {
    let spans = tracing_subscriber::fmt::format::FmtSpan::FULL;
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_span_events(spans);
    tracing::subscriber::set_global_default(subscriber.with_writer(|| Watch).finish()).unwrap();
});

/// Whether the text holds the canary, or enough of it to guess, however it is written.
pub(crate) fn leaks(text: &str) -> bool {
    ["canary", "7Q\"", "7Q\\", "7Q%", "7Q&", "secret\"", "Y2FuYXJ5"].iter().any(|part| text.contains(part))
}

/// A client at this server: no waits worth mentioning, three retries.
pub(crate) fn builder(url: impl Into<String>) -> ClientBuilder {
    LazyLock::force(&WATCH);
    let retry = RetryPolicy::default().base_delay(Duration::from_millis(2)).max_retry_after(Duration::from_secs(2));
    Client::builder(url, Auth::token("susan", CANARY)).retry(retry)
}

pub(crate) fn client(server: &Server) -> Client {
    builder(server.url()).build().unwrap()
}

/// The error's text with its causes, after a look for the canary in everything that the error holds, and in everything
/// that was traced.
pub(crate) fn checked(error: &Error) -> String {
    let line = error.to_string();
    let mut all = format!("{line}\n{error:#}\n{error:?}\n{error:#?}\n");
    let mut source = error.source();
    while let Some(cause) = source {
        all.push_str(&format!("{cause}\n{cause:?}\n{cause:#?}\n"));
        assert!(!line.contains(&cause.to_string()), "Display repeats a cause: {all}");
        source = cause.source();
    }
    if let Some(refusal) = error.as_api() {
        let values = refusal.headers.values().map(|value| String::from_utf8_lossy(value.as_bytes()));
        all.push_str(&values.collect::<Vec<_>>().join("\n"));
        all.push_str(&String::from_utf8_lossy(&refusal.body));
    }
    assert!(!leaks(&all), "{all}");
    assert_no_leak_in_traces();
    let text = format!("{error:#}");
    assert!(!text.contains(char::is_control), "{text:?}");
    text
}

/// A header for `with_header`.
pub(crate) fn header(name: &'static str, value: &str) -> (HeaderName, HeaderValue) {
    (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
}

pub(crate) fn assert_no_leak_in_traces() {
    let traces = TRACES.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(traces.leaks.is_empty(), "{:?}", traces.leaks);
}

/// How many lines were traced.
pub(crate) fn traced() -> usize {
    TRACES.lock().unwrap_or_else(PoisonError::into_inner).lines
}
