//! Calls that are given up, made at once, or made in another way.

use std::future::{Future, IntoFuture as _};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use generated_client::error::{DecodeError, InvalidRequest, TransportKind};
use generated_client::multipart::{Form, Multipart};
use generated_client::operation::{HttpRequest, HttpResponse, Method, Operation};
use generated_client::types::NewTag;
use generated_client::{Error, Upload, reqwest};
use tokio::task::JoinSet;

use crate::custom::Numbers;
use crate::server::{Server, Step, answer, json, pong};
use crate::support::{CANARY, assert_no_leak_in_traces, builder, checked, client, header, leaks, traced};

/// A future that is given up after so many looks at it.
struct GivenUp<F> {
    future: Pin<Box<F>>,
    polls: usize,
}

impl<F: Future> Future for GivenUp<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.polls == 0 {
            return Poll::Ready(None);
        }
        self.polls -= 1;
        self.future.as_mut().poll(context).map(Some)
    }
}

/// Wherever a call is dropped, the client can be used as if there had been none.
#[tokio::test]
async fn a_dropped_call_leaves_the_client_usable() {
    // A refusal, a retry and an answer in pieces, so that there are many places to stop.
    let server = Server::start(|asked| {
        if asked.number % 3 == 0 {
            return json(503, "{}");
        }
        let Some(Step::Send(bytes)) = pong().pop() else { panic!("no answer") };
        let (first, second) = bytes.split_at(bytes.len() - 5);
        let pause = Step::Pause(Duration::from_millis(3));
        vec![Step::Send(first.to_vec()), pause, Step::Send(second.to_vec())]
    });
    let kimai = builder(server.url()).max_concurrency(1).retry_budget(1000).build().unwrap();
    let mut finished = 0;
    for polls in 0..40 {
        let future = Box::pin(kimai.system().ping().into_future());
        finished += usize::from(GivenUp { future, polls }.await.is_some());
        assert_eq!(kimai.system().ping().await.unwrap().message, "pong", "after {polls} polls");
    }
    assert!((1..39).contains(&finished), "{finished} of 40 were finished");
}

#[tokio::test]
async fn a_call_can_be_spawned() {
    let server = Server::start(|_| pong());
    let task = tokio::spawn({
        let kimai = client(&server);
        // The future outlives the client that made it.
        kimai.system().ping().into_future()
    });
    assert_eq!(task.await.unwrap().unwrap().message, "pong");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_calls_at_once() {
    let server = Server::start(|asked| {
        std::thread::sleep(Duration::from_millis(2));
        json(200, &format!(r#"{{"message":"{}"}}"#, asked.header("x-number").unwrap()))
    });
    let kimai = client(&server);
    let mut calls = JoinSet::new();
    for number in 0..1000 {
        let (name, value) = header("x-number", &number.to_string());
        let call = kimai.system().ping().with_header(name, value).into_future();
        calls.spawn(async move { (number.to_string(), call.await.unwrap().message) });
    }
    let mut count = 0;
    while let Some(result) = calls.join_next().await {
        let (asked, answered) = result.unwrap();
        assert_eq!(asked, answered);
        count += 1;
    }
    assert_eq!((count, server.asked().len()), (1000, 1000));
    assert!((2..=64).contains(&server.most_under_way()), "{} at once", server.most_under_way());
}

#[tokio::test]
async fn how_many_calls_at_once_can_be_set() {
    let server = Server::start(|_| {
        std::thread::sleep(Duration::from_millis(20));
        pong()
    });
    let kimai = builder(server.url()).max_concurrency(2).build().unwrap();
    let mut calls = JoinSet::new();
    for _ in 0..8 {
        calls.spawn(kimai.system().ping().into_future());
    }
    while let Some(result) = calls.join_next().await {
        result.unwrap().unwrap();
    }
    assert_eq!(server.most_under_way(), 2);
    // Waiting for one's turn is a part of the call.
    let server = Server::start(|_| vec![Step::Stall]);
    let kimai = builder(server.url()).max_concurrency(1).timeout(Duration::from_millis(100)).build().unwrap();
    let (first, second) = tokio::join!(kimai.system().ping().into_future(), kimai.system().ping().into_future());
    let mut kinds = Vec::new();
    for result in [first, second] {
        let error = result.unwrap_err();
        checked(&error);
        let Error::Transport(failure) = &error else { panic!("{error}") };
        let (kind, text) = if error.was_sent() {
            (TransportKind::CallTimeout, "system.ping: the call took too long (more than 100ms)")
        } else {
            let text = "system.ping: the call waited too long for other calls, and was not sent (more than 100ms)";
            (TransportKind::QueueTimeout, text)
        };
        assert_eq!((failure.kind(), error.to_string().as_str()), (kind, text));
        kinds.push(kind);
    }
    kinds.sort_by_key(|kind| *kind == TransportKind::QueueTimeout);
    assert_eq!(kinds, [TransportKind::CallTimeout, TransportKind::QueueTimeout]);
}

#[tokio::test]
async fn headers_of_a_single_call() {
    let server = Server::start(|_| pong());
    let kimai = builder(server.url()).user_agent("tray/1.0").build().unwrap();
    let (id, language) = (header("x-request-id", "4711"), header("accept-language", "de"));
    kimai.system().ping().with_header(id.0, id.1).with_header(language.0, language.1).await.unwrap();
    kimai.system().ping().await.unwrap();
    let asked = server.asked();
    assert_eq!((asked[0].header("x-request-id"), asked[0].header("accept-language")), (Some("4711"), Some("de")));
    assert_eq!((asked[1].header("x-request-id"), asked[1].header("accept")), (None, Some("application/json")));
    assert_eq!(asked[1].header("user-agent"), Some("tray/1.0"));
    let (name, value) = header("x-a", "canary");
    let request = kimai.system().ping().with_header(name, value);
    assert!(!leaks(&format!("{request:?}")));
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn headers_that_steer_the_connection_or_carry_credentials_are_refused() {
    let server = Server::start(|_| pong());
    let kimai = client(&server);
    for name in [
        "host",
        "content-length",
        "transfer-encoding",
        "connection",
        "authorization",
        "proxy-authorization",
        "cookie",
        "x-auth-user",
        "x-auth-token",
        "x-auth-session",
        "x_auth_user",
        "range",
        "te",
        "trailer",
        "upgrade",
        "expect",
        "x-forwarded-host",
    ] {
        let (header, value) = header(name, "3");
        let error = kimai.tags().create(NewTag::new("a")).with_header(header, value).await.unwrap_err();
        let text = format!("tags.create: the header {name} is reserved; the client sets it, or omits it, itself");
        assert_eq!(checked(&error), text);
        assert!(!error.was_sent());
    }
    // An operation cannot set them either.
    let error = kimai.call(Steering).await.unwrap_err();
    assert!(matches!(&error, Error::InvalidRequest { reason: InvalidRequest::ReservedHeader { .. }, .. }), "{error}");
    assert_eq!(server.asked().len(), 0);
}

struct Steering;

impl Operation for Steering {
    type Output = ();
    const NAME: &'static str = "steering";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/api/ping";

    fn request(&self) -> Result<HttpRequest, InvalidRequest> {
        let mut request = HttpRequest::new(Self::METHOD, &[&"ping"])?;
        request.header("Host", Some("evil.example.com"))?;
        Ok(request)
    }

    fn decode(response: &HttpResponse) -> Result<(), DecodeError> {
        response.empty()
    }
}

#[tokio::test]
async fn the_answer_as_it_came() {
    let body = r#"[{"id":1,"new":{"property":7}}]"#;
    let server = Server::start(move |_| answer(200, &[("X-Total-Count", "9"), ("X-Debug-Token", "a1")], body));
    let answer: HttpResponse = client(&server).call(Numbers::default()).raw().await.unwrap();
    assert_eq!((answer.status().as_u16(), &answer.body()[..]), (200, body.as_bytes()));
    assert_eq!(answer.headers()["x-debug-token"], "a1");
    let page = Numbers::decode(&answer).unwrap();
    assert_eq!((page.total, page.items[0].id), (Some(9), 1));
    // Whatever it is.
    let server = Server::start(|_| crate::server::answer(200, &[], "<html>"));
    assert_eq!(client(&server).call(Numbers::default()).raw().await.unwrap().body(), "<html>");
}

#[tokio::test]
async fn a_proxy_as_reqwest_has_them() {
    let proxy = Server::start(|asked| {
        assert_eq!(asked.path, "http://kimai.example.com/api/ping");
        pong()
    });
    let http = reqwest::Client::builder().proxy(reqwest::Proxy::http(proxy.url()).unwrap());
    let kimai = builder("http://kimai.example.com").danger_allow_http().http(http).build().unwrap();
    assert_eq!(kimai.system().ping().await.unwrap().message, "pong");
}

/// The variables of a process are read when it begins: this test runs itself as another one.
#[tokio::test]
async fn a_proxy_of_the_system_is_not_used_for_http() {
    const SERVER: &str = "KIMAI_TEST_SERVER";
    if let Ok(url) = std::env::var(SERVER) {
        let usual = builder(url.clone()).build().unwrap();
        assert_eq!(usual.system().ping().await.unwrap().message, "pong");
        // With settings of one's own, reqwest goes through it.
        let own = builder(url).http(reqwest::Client::builder()).build().unwrap();
        assert_eq!(own.system().ping().await.unwrap().message, "from the proxy");
        return;
    }
    let server = Server::start(|_| pong());
    let proxy = Server::start(|_| json(200, r#"{"message":"from the proxy"}"#));
    let run = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "calls::a_proxy_of_the_system_is_not_used_for_http"])
        .envs([(SERVER, server.url()), ("http_proxy", proxy.url()), ("no_proxy", String::new())])
        .output()
        .unwrap();
    assert!(run.status.success(), "{run:?}");
    assert_eq!((server.asked().len(), proxy.asked().len()), (1, 1));
}

/// A form with a file, for an operation of a plugin.
struct SendFile(Upload);

impl Multipart for SendFile {
    fn form(&self) -> Result<Form, InvalidRequest> {
        let mut form = Form::default();
        form.file("file", &self.0);
        Ok(form)
    }
}

impl Operation for SendFile {
    type Output = ();

    const NAME: &'static str = "files.send";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/api/files";

    fn request(&self) -> Result<HttpRequest, InvalidRequest> {
        let mut request = HttpRequest::new(Self::METHOD, &[&"files"])?;
        request.multipart(self)?;
        Ok(request)
    }

    fn decode(response: &HttpResponse) -> Result<(), generated_client::error::DecodeError> {
        response.empty()
    }
}

#[tokio::test]
async fn files_are_sent_again_where_nothing_was_sent() {
    let server = Server::start(|_| answer(204, &[], ""));
    let kimai = client(&server);
    kimai.call(SendFile(Upload::new("a.txt", "content").media_type("text/plain"))).await.unwrap();
    let body = String::from_utf8(server.asked().remove(0).body).unwrap();
    assert!(body.contains("filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\ncontent\r\n"), "{body}");
    let error = kimai.call(SendFile(Upload::new("a.txt", "x").media_type("no type"))).await.unwrap_err();
    assert_eq!(checked(&error), "files.send: \"no type\" is not a media type; write it like application/pdf");
    assert_eq!(server.asked().len(), 1);
}

/// What is written into spans.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn spans_tell_operation_attempt_status_and_duration() {
    let server = Server::answers(vec![json(503, "{}"), pong()]);
    let kimai = client(&server);
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::CLOSE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    {
        let _guard = tracing::subscriber::set_default(subscriber);
        kimai.system().ping().await.unwrap();
    }
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let closed: Vec<&str> = text.lines().filter(|line| line.contains("generated_client: close")).collect();
    let [first, second, call] = closed.as_slice() else { panic!("{text}") };
    for (line, attempt, status) in [(first, 1, 503), (second, 2, 200)] {
        assert!(line.contains("attempt{operation=\"system.ping\""), "{line}");
        assert!(line.contains(&format!("attempt={attempt} ")) && line.contains(&format!("status={status}")), "{line}");
        assert!(line.contains("duration_ms="), "{line}");
    }
    assert!(call.contains("call{operation=\"system.ping\" method=\"GET\" path=\"/api/ping\""), "{call}");
    assert!(call.contains("status=200") && call.contains("duration_ms="), "{call}");
    assert!(!leaks(&text));
}

/// The watch over the traces sees what the other tests rely on.
#[tokio::test]
async fn the_canary_is_nowhere() {
    let before = traced();
    let server = Server::start(|_| pong());
    let kimai = client(&server);
    kimai.system().ping().await.unwrap();
    kimai.tags().create(NewTag::new("x")).await.unwrap_err();
    assert!(traced() > before + 10, "nothing is traced");
    assert!(leaks(CANARY) && leaks(&format!("{CANARY:?}")));
    assert!(!leaks(&format!("{kimai:?} {:?} {:?}", kimai.system(), kimai.system().ping())));
    assert!(!leaks(&format!("{:?}", builder("https://susan:canary@example.com/?canary"))));
    assert_no_leak_in_traces();
}
