//! The page, and what it asks for.

use std::time::Duration;

use generated_client::test_server::TestServer;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::answer::Problem;
use crate::body::Body;
use crate::credentials::SignIn;
use crate::guard::{self, Guard, Refusal};
use crate::pages::Pages;
use crate::{calls, sign_in};

type Reply = Response<Full<Bytes>>;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");
const VIEWS: &str = include_str!("views.css");
const SCRIPT: &str = include_str!("script.js");
const ICON: &str = include_str!("icon.svg");

const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";

/// For all responses: the page loads nothing but its own files, shows up in no other page, and is not stored.
const HEADERS: [(&str, &str); 8] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; \
         base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-store"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// The state of the program.
pub(crate) struct App {
    guard: Guard,
    pages: Pages,
    url: Option<String>,
    demo: Option<TestServer>,
}

/// A request that cannot be done, and why.
type Refused = (StatusCode, Problem);

impl App {
    pub(crate) fn new(port: u16, url: Option<String>, demo: Option<TestServer>, idle: Duration) -> Self {
        Self { guard: Guard::new(port), pages: Pages::new(idle), url, demo }
    }

    /// Forgets the sessions that have ended.
    pub(crate) fn sweep(&self) {
        self.pages.sweep();
    }

    /// Whether a request with this head may go on.
    pub(crate) fn admit(&self, parts: &Parts) -> Result<(), Refusal> {
        self.guard.check(parts)
    }

    pub(crate) async fn answer(&self, parts: &Parts, body: Body) -> Reply {
        let path = parts.uri.path();
        let methods = match path {
            "/" | "/style.css" | "/views.css" | "/script.js" | "/icon.svg" => "GET, HEAD",
            "/sign-in" | "/call" | "/sign-out" => "POST",
            _ => return problem(StatusCode::NOT_FOUND, &Problem::of_page("There is no such page", path)),
        };
        if !methods.split(", ").any(|method| method == parts.method.as_str()) {
            let wrong = Problem::of_page("The method is wrong", &format!("use {methods}"));
            let mut reply = problem(StatusCode::METHOD_NOT_ALLOWED, &wrong);
            reply.headers_mut().insert(ALLOW, HeaderValue::from_static(methods));
            return reply;
        }
        let body = match body {
            Body::Whole(body) => body,
            Body::TooLarge => {
                let wrong = Problem::of_page("The request is too large", "It has more than 16 KiB.");
                return problem(StatusCode::PAYLOAD_TOO_LARGE, &wrong);
            }
            Body::Broken => {
                let wrong = Problem::of_page("The request did not arrive", "Send it again.");
                return problem(StatusCode::REQUEST_TIMEOUT, &wrong);
            }
        };
        match path {
            "/" => self.page(),
            "/style.css" => reply(StatusCode::OK, "text/css; charset=utf-8", STYLE),
            "/views.css" => reply(StatusCode::OK, "text/css; charset=utf-8", VIEWS),
            "/script.js" => reply(StatusCode::OK, "text/javascript; charset=utf-8", SCRIPT),
            "/icon.svg" => reply(StatusCode::OK, "image/svg+xml", ICON),
            _ => self.act(parts, &body).await.unwrap_or_else(|(status, wrong)| problem(status, &wrong)),
        }
    }

    fn page(&self) -> Reply {
        let Some(number) = self.pages.open() else {
            let wrong = Problem::of_page("The page cannot be opened", "The system gives no random numbers.");
            return problem(StatusCode::INTERNAL_SERVER_ERROR, &wrong);
        };
        let users = self.demo.iter().flat_map(TestServer::users);
        let users = users.map(|user| json!({"name": user.name, "role": user.role, "timeZone": user.time_zone}));
        let url = self.url.as_deref().or(self.demo.as_ref().map(TestServer::url));
        let settings = json!({"page": number, "url": url, "users": users.collect::<Vec<_>>()});
        reply(StatusCode::OK, HTML, PAGE.replace("{{settings}}", &attribute(&settings.to_string())))
    }

    /// What only the page may ask for.
    async fn act(&self, parts: &Parts, body: &Bytes) -> Result<Reply, Refused> {
        let number = guard::only(&parts.headers, &guard::PAGE).unwrap_or_default();
        if !self.pages.knows(number) {
            let wrong = Problem::of_page("This page has expired", "Reload it, and sign in again.");
            return Err((StatusCode::FORBIDDEN, wrong));
        }
        match parts.uri.path() {
            "/sign-in" => self.sign_in(number, read(body)?).await,
            "/call" => self.call(number, &read::<String>(body)?).await,
            _ => {
                self.pages.sign_out(number);
                Ok(ok(&json!({})))
            }
        }
    }

    async fn sign_in(&self, number: &str, form: SignIn) -> Result<Reply, Refused> {
        let ticket = self.pages.begin(number).ok_or_else(signed_out)?;
        match sign_in::connect(form, self.demo.as_ref()).await {
            Ok((session, welcome)) => {
                let is_current = self.pages.sign_in(&ticket, session);
                if is_current { Ok(ok(&welcome)) } else { Err(signed_out()) }
            }
            Err(wrong) => Ok(problem(StatusCode::OK, &wrong)),
        }
    }

    async fn call(&self, number: &str, name: &str) -> Result<Reply, Refused> {
        let session = self.pages.session(number).ok_or_else(signed_out)?;
        let unknown = || Problem::of_page("There is no such request", "Reload the page.");
        let answer = calls::send(&session, name).await.ok_or_else(|| (StatusCode::BAD_REQUEST, unknown()))?;
        Ok(ok(&answer))
    }
}

/// Reads the JSON of the page. The error does not repeat the JSON, which may contain a secret.
fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refused> {
    let wrong = || Problem::of_page("The request is not understood", "Reload the page.");
    serde_json::from_slice(body).map_err(|_| (StatusCode::BAD_REQUEST, wrong()))
}

fn signed_out() -> Refused {
    (StatusCode::UNAUTHORIZED, Problem::of_page("You are signed out", "Sign in again."))
}

/// Refuses a request by its head.
pub(crate) fn refuse(refusal: &Refusal) -> Reply {
    problem(refusal.status, &Problem::of_page(refusal.title, refusal.message))
}

fn problem(status: StatusCode, problem: &Problem) -> Reply {
    reply(status, JSON, json!({"problem": problem}).to_string())
}

fn ok(content: &impl Serialize) -> Reply {
    match serde_json::to_string(content) {
        Ok(text) => reply(StatusCode::OK, JSON, text),
        Err(error) => {
            let wrong = Problem::of_page("The response cannot be shown", &error.to_string());
            problem(StatusCode::INTERNAL_SERVER_ERROR, &wrong)
        }
    }
}

fn reply(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Reply {
    let mut reply = Response::new(Full::new(body.into()));
    *reply.status_mut() = status;
    let headers = reply.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    reply
}

/// The text for an attribute of an HTML element.
fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}
