//! What is tried again, how often, and after what time.

use std::future::IntoFuture as _;
use std::time::{Duration, Instant};

use generated_client::operation::Method;
use generated_client::types::{NewTag, TimesheetPatch};
use generated_client::{Client, Error, RetryPolicy, ids};

use crate::server::{Server, Step, answer, head, json, pong};
use crate::support::{builder, checked, client};

/// Calls with each method; what they are answered does not matter.
async fn call(kimai: &Client, method: &Method) -> Error {
    let patch = TimesheetPatch::new().description("x");
    match method.as_str() {
        "GET" => kimai.system().ping().await.map(drop),
        "POST" => kimai.tags().create(NewTag::new("x")).await.map(drop),
        "PATCH" => kimai.timesheets().update(ids::TimesheetId::new(1), patch.clone()).await.map(drop),
        _ => kimai.tags().delete(ids::TagId::new(1)).await,
    }
    .unwrap_err()
}

const METHODS: [Method; 4] = [Method::GET, Method::POST, Method::PATCH, Method::DELETE];

/// How often the server is asked, by method.
async fn attempts(policy: RetryPolicy, steps: fn() -> Vec<Step>) -> [usize; 4] {
    let mut counts = [0; 4];
    for (count, method) in counts.iter_mut().zip(&METHODS) {
        let server = Server::start(move |_| steps());
        let kimai = builder(server.url()).retry(policy.clone()).build().unwrap();
        let error = call(&kimai, method).await;
        let text = checked(&error);
        *count = server.asked().len();
        let is_told = text.ends_with(&format!("; tried {count} times"));
        assert!(is_told || *count == 1 || matches!(error, Error::Transport(_)), "{text}");
    }
    counts
}

fn quick() -> RetryPolicy {
    RetryPolicy::default().base_delay(Duration::from_millis(1))
}

#[tokio::test]
async fn each_method_and_fault_has_its_number_of_attempts() {
    let once = [1, 1, 1, 1];
    let gets = [4, 1, 1, 1];
    assert_eq!(attempts(quick(), || json(429, "{}")).await, gets);
    assert_eq!(attempts(quick(), || json(502, "{}")).await, gets);
    assert_eq!(attempts(quick(), || json(503, "{}")).await, gets);
    assert_eq!(attempts(quick(), || json(504, "{}")).await, gets);
    assert_eq!(attempts(quick(), || vec![Step::Reset]).await, gets);
    assert_eq!(attempts(quick(), || vec![Step::Send(head(200, &[("Content-Length", "9")])), Step::Reset]).await, gets);
    assert_eq!(attempts(quick(), || vec![Step::Close]).await, gets);
    for steps in [
        || json(400, "{}"),
        || json(401, "{}"),
        || json(403, "{}"),
        || json(404, "{}"),
        || json(410, "{}"),
        || json(500, "{}"),
        || json(501, "{}"),
        || answer(302, &[("Location", "/")], ""),
        || answer(200, &[], "<html>"),
    ] as [fn() -> Vec<Step>; 9]
    {
        assert_eq!(attempts(quick(), steps).await, once);
    }
}

#[tokio::test]
async fn the_number_can_be_set() {
    assert_eq!(attempts(quick().max_retries(1), || json(503, "{}")).await, [2, 1, 1, 1]);
    assert_eq!(attempts(RetryPolicy::none(), || json(503, "{}")).await, [1, 1, 1, 1]);
    assert_eq!(attempts(quick().methods([Method::DELETE, Method::PATCH]), || json(503, "{}")).await, [1, 1, 4, 4]);
}

#[tokio::test]
async fn one_call_switches_retries_off() {
    let server = Server::start(|_| json(503, "{}"));
    let kimai = builder(server.url()).no_retries().build().unwrap();
    call(&kimai, &Method::GET).await;
    assert_eq!(server.asked().len(), 1);
    client(&server).system().ping().with_retry(RetryPolicy::none()).await.unwrap_err();
    assert_eq!(server.asked().len(), 2);
}

/// Nothing was sent, so nothing can be done twice.
#[tokio::test]
async fn any_method_is_tried_again_if_the_connection_was_never_made() {
    let (_held, url) = crate::connections::nobody();
    for method in METHODS {
        let kimai = builder(url.clone()).build().unwrap();
        let error = call(&kimai, &method).await;
        let Error::Transport(error) = error else { panic!("{error}") };
        assert_eq!((error.attempts(), error.is_connect()), (4, true), "{method}");
    }
}

#[tokio::test]
async fn it_succeeds_when_the_server_is_back() {
    let server = Server::answers(vec![json(503, "{}"), vec![Step::Reset], json(429, "{}"), pong()]);
    assert_eq!(client(&server).system().ping().await.unwrap().message, "pong");
    assert_eq!(server.asked().len(), 4);
}

/// How long a call takes that is refused once with this.
async fn waited(retry_after: &str, date: Option<&str>) -> (Duration, usize) {
    let mut headers = vec![("Retry-After", retry_after)];
    headers.extend(date.map(|date| ("Date", date)));
    let server = Server::answers(vec![answer(429, &headers, "{}"), pong()]);
    let kimai = client(&server);
    let begin = Instant::now();
    match kimai.system().ping().await {
        Ok(pong) => assert_eq!(pong.message, "pong"),
        Err(error) => assert_eq!(error.status().map(|status| status.as_u16()), Some(429), "{}", checked(&error)),
    }
    (begin.elapsed(), server.asked().len())
}

#[tokio::test]
async fn the_server_says_when() {
    let second = Duration::from_secs(1);
    let (time, asked) = waited("1", None).await;
    assert!(time >= second && asked == 2, "{time:?}");
    let (time, asked) = waited("Fri, 20 Nov 2026 10:00:01 GMT", Some("Fri, 20 Nov 2026 10:00:00 GMT")).await;
    assert!(time >= second && asked == 2, "{time:?}");
    // Garbage, and what is long past, mean nothing.
    for text in ["soon", "-5", "", "Sun, 06 Nov 1994 08:49:37 GMT"] {
        let (time, asked) = waited(text, None).await;
        assert!(time < second && asked == 2, "{text}: {time:?}");
    }
}

#[tokio::test]
async fn who_wants_to_be_left_alone_is() {
    for text in ["3600", "99999999999999999999", "Fri, 20 Nov 2226 10:00:00 GMT", "Mon, 20 Nov 2226 10:00:00 GMT"] {
        let server = Server::answers(vec![answer(503, &[("Retry-After", text)], "{}"), pong()]);
        let begin = Instant::now();
        let result = client(&server).system().ping().await;
        assert!(begin.elapsed() < Duration::from_secs(1));
        if let Err(error) = result {
            assert!(error.as_api().unwrap().retry_after().unwrap() >= Duration::from_hours(1));
            assert_eq!(server.asked().len(), 1);
        } else {
            // A date of a weekday that it never was is none.
            assert!(text.starts_with("Fri"), "{text}");
        }
    }
}

/// A wait that would go past the limit of the whole call is not begun.
#[tokio::test]
async fn the_deadline_ends_retries() {
    let server = Server::start(|_| answer(503, &[("Retry-After", "1")], "{}"));
    let kimai = builder(server.url()).timeout(Duration::from_millis(500)).build().unwrap();
    let begin = Instant::now();
    let error = kimai.system().ping().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503), "{}", checked(&error));
    assert!(begin.elapsed() < Duration::from_millis(500), "{:?}", begin.elapsed());
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn the_bucket_is_drained_and_refilled() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/api/ping" => json(503, "{}"),
        "/api/plugins" => json(200, "[]"),
        _ => json(404, "{}"),
    });
    let kimai = builder(server.url()).retry_budget(5).build().unwrap();
    let asked = async |calls: usize| {
        let before = server.asked().len();
        for _ in 0..calls {
            kimai.system().ping().await.unwrap_err();
        }
        server.asked().len() - before
    };
    // Three retries, two, and none any more.
    assert_eq!(asked(1).await, 4);
    assert_eq!(asked(1).await, 3);
    assert_eq!(asked(3).await, 3);
    // Clones share the bucket.
    let before = server.asked().len();
    kimai.clone().system().ping().await.unwrap_err();
    assert_eq!(server.asked().len() - before, 1);
    // Ten answers pay for one retry, be they refusals.
    for _ in 0..5 {
        kimai.system().plugins().await.unwrap();
        kimai.tags().delete(ids::TagId::new(1)).await.unwrap_err();
    }
    assert_eq!(asked(1).await, 2);
    assert_eq!(asked(1).await, 1);
}

#[tokio::test]
async fn a_read_that_timed_out_is_retried_within_the_deadline() {
    let stall = || vec![Step::Stall];
    let server = Server::answers(vec![stall(), stall(), pong()]);
    let kimai = builder(server.url()).read_timeout(Duration::from_millis(100)).build().unwrap();
    assert_eq!(kimai.system().ping().await.unwrap().message, "pong");
    assert_eq!(server.asked().len(), 3);

    // A write may have taken effect.
    let server = Server::start(move |_| stall());
    let kimai = builder(server.url()).read_timeout(Duration::from_millis(100)).build().unwrap();
    let error = kimai.tags().create(NewTag::new("a")).await.unwrap_err();
    assert_eq!((server.asked().len(), error.was_sent()), (1, true), "{}", checked(&error));

    let server = Server::start(move |_| stall());
    let kimai = builder(server.url()).read_timeout(Duration::from_millis(100)).timeout(Duration::from_millis(250));
    let error = kimai.build().unwrap().system().ping().await.unwrap_err();
    assert!((2..=3).contains(&server.asked().len()), "{}", checked(&error));
}

#[tokio::test]
async fn an_error_says_whether_the_request_may_have_been_sent() {
    let refused = builder("http://127.0.0.1:9").no_retries().build().unwrap();
    let error = refused.tags().create(NewTag::new("a")).await.unwrap_err();
    assert!(!error.was_sent(), "{}", checked(&error));
    let server = Server::start(|_| vec![Step::Reset]);
    let error = client(&server).tags().create(NewTag::new("a")).await.unwrap_err();
    assert!(error.was_sent(), "{}", checked(&error));
    // An earlier attempt may have been sent, even if the last one was not.
    let server = Server::start(|_| vec![Step::Reset]);
    let policy = RetryPolicy::default().methods([Method::POST]).base_delay(Duration::from_millis(300)).max_retries(1);
    let kimai = builder(server.url()).retry(policy).build().unwrap();
    let call = tokio::spawn(kimai.tags().create(NewTag::new("a")).into_future());
    while server.asked().is_empty() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    drop(server);
    let error = call.await.unwrap().unwrap_err();
    assert!(error.was_sent(), "{}", checked(&error));
}

/// A GET that changes something is not repeated when it may have worked.
#[tokio::test]
async fn a_get_that_writes_is_sent_once() {
    let server = Server::start(|_| json(503, "{}"));
    let kimai = client(&server);
    let error = kimai.call(crate::custom::RestartViaGet(7)).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!(server.asked().len(), 1);
}
