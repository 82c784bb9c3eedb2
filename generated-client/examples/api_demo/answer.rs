//! What the page shows of a call.

use std::error::Error as _;
use std::time::{Duration, Instant};

use generated_client::error::TransportKind;
use generated_client::operation::{HeaderMap, HttpResponse, Operation, StatusCode};
use generated_client::{Client, Error, Request};
use serde::Serialize;
use serde::de::IgnoredAny;

use crate::credentials::Credential;
use crate::json_text::{self, Line};

/// The largest response that is shown, in bytes.
const MAX_SIZE: u64 = 4 * 1024 * 1024;

/// A call and its outcome.
#[derive(Serialize)]
pub(crate) struct Answer {
    method: String,
    path: String,
    /// Such as `200 OK`; none if there was no response.
    status: Option<String>,
    milliseconds: u64,
    /// The size of the body.
    bytes: Option<usize>,
    /// How many objects a list has on all of its pages, and how many pages.
    total: Option<String>,
    pages: Option<String>,
    problem: Option<Problem>,
    lines: Vec<Line>,
}

/// What went wrong, in words.
#[derive(Serialize)]
pub(crate) struct Problem {
    title: &'static str,
    message: String,
    causes: Vec<String>,
    /// The response of the server, if it is JSON.
    lines: Vec<Line>,
}

/// Sends a request.
pub(crate) async fn of<O: Operation>(client: &Client, credential: &Credential, request: Request<&Client, O>) -> Answer {
    let sent = match client.server_version() {
        Some(release) => request.operation().request_for(release).ok(),
        None => request.operation().request().ok(),
    };
    let begin = Instant::now();
    let outcome = request.raw().with_max_size(MAX_SIZE).await;
    let took = begin.elapsed();
    let mut answer = Answer {
        method: O::METHOD.to_string(),
        path: sent.map_or_else(|| O::PATH.to_owned(), |sent| sent.path_and_query()),
        status: None,
        milliseconds: milliseconds(took),
        bytes: None,
        total: None,
        pages: None,
        problem: None,
        lines: Vec::new(),
    };
    match outcome {
        Ok(response) => answer.read(&response, credential),
        Err(error) => {
            answer.status = error.status().map(|status| status.to_string());
            answer.problem = Some(Problem::new(&error));
        }
    }
    answer
}

impl Answer {
    fn read(&mut self, response: &HttpResponse, credential: &Credential) {
        self.status = Some(response.status().to_string());
        self.bytes = Some(response.body().len());
        self.total = number(response.headers(), "x-total-count");
        self.pages = number(response.headers(), "x-total-pages");
        match json(response) {
            Ok(text) => self.lines = json_text::lines(text, |text| credential.redact(text)),
            Err(reason) => {
                self.problem = Some(Problem {
                    title: "The response is not JSON",
                    message: credential.redact(&reason),
                    causes: Vec::new(),
                    lines: json_text::plain(&credential.redact(&beginning(response))),
                });
            }
        }
    }
}

impl Problem {
    pub(crate) fn new(error: &Error) -> Self {
        let mut causes = Vec::new();
        let mut cause = error.source();
        while let Some(error) = cause {
            causes.push(error.to_string());
            cause = error.source();
        }
        let body =
            error.as_api().map(|refusal| HttpResponse::new(refusal.status, HeaderMap::new(), refusal.body.clone()));
        let lines = body.as_ref().and_then(|body| json(body).ok()).map(|text| json_text::lines(text, str::to_owned));
        Self { title: title(error), message: error.to_string(), causes, lines: lines.unwrap_or_default() }
    }

    pub(crate) fn of_page(title: &'static str, message: &str) -> Self {
        Self { title, message: message.to_owned(), causes: Vec::new(), lines: Vec::new() }
    }
}

fn title(error: &Error) -> &'static str {
    match error {
        _ if error.is_unauthorized() => "Kimai does not accept the credentials",
        _ if error.is_forbidden() => "Kimai does not allow this",
        _ if error.status() == Some(StatusCode::NOT_FOUND) => "Kimai does not have this",
        Error::InvalidBaseUrl(_) => "The address cannot be used",
        Error::InvalidCredentials => "The credentials cannot be used",
        Error::Transport(problem) if problem.kind() == TransportKind::Tls => "There is no secure connection to Kimai",
        Error::Transport(problem) if problem.kind() == TransportKind::Interrupted => "The connection to Kimai broke",
        Error::Transport(problem) if problem.is_timeout() => "Kimai takes too long",
        Error::Transport(_) => "There is no connection to Kimai",
        Error::Redirect(_) => "Kimai is at another address",
        Error::Api(_) => "Kimai returned an error",
        Error::OldServer { .. } | Error::UnknownRelease { .. } | Error::Unsupported(_) => "This Kimai is not supported",
        _ => "The response cannot be shown",
    }
}

/// The body, if it is JSON in UTF-8.
fn json(response: &HttpResponse) -> Result<&str, String> {
    response.json::<IgnoredAny>().map_err(|error| error.to_string())?;
    std::str::from_utf8(response.body()).map_err(|error| error.to_string())
}

/// The first lines of a body, for a person to recognise what it is.
fn beginning(response: &HttpResponse) -> String {
    String::from_utf8_lossy(response.body())
        .lines()
        .take(20)
        .map(|line| line.chars().take(200).collect::<String>() + "\n")
        .collect()
}

fn number(headers: &HeaderMap, name: &str) -> Option<String> {
    let text = headers.get(name)?.to_str().ok()?;
    text.parse::<u64>().ok().map(|number| number.to_string())
}

fn milliseconds(took: Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
}
