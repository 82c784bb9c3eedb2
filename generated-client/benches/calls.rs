//! What calls and long lists cost over loopback, against reqwest by hand.
//!
//! `cargo bench --package generated-client --bench calls` prints times. Behind `--`, `server 1000` only prints its address
//! and answers with so many records. `client calls URL 1000` or `by-hand calls URL 1000` only makes so many calls, one after
//! the other, `stream URL` reads all records, and `first URL` one: `calls.sh` counts their instructions and memory.

#![allow(clippy::panic, clippy::unwrap_used, missing_docs, reason = "a benchmark fails by panicking")]

use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::{Duration, Instant};

use generated_client::{Auth, Client, blocking, reqwest};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use tokio::runtime::Runtime;

mod by_hand;

const TOKEN: &str = "a-token";
const RECORDS: usize = 100_000;
const PAGE: usize = 500;
const CALLS: usize = 5_000;
const LATENCY: Duration = Duration::from_millis(20);

#[derive(Deserialize)]
struct Message {
    message: String,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["server", records] => {
            println!("{}", serve(Duration::ZERO, records.parse().unwrap()));
            loop {
                std::thread::park();
            }
        }
        [who, what, url, more @ ..] => {
            let url = (*url).to_owned();
            let calls = || more.first().unwrap().parse().unwrap();
            // One thread, whose work can be compared.
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            match (*who, *what) {
                ("client", "calls") => drop(runtime.block_on(client_calls(url, 1, calls()))),
                ("by-hand", "calls") => drop(runtime.block_on(by_hand_calls(url, 1, calls()))),
                ("client", "stream") => println!("{:?}", runtime.block_on(stream(&url, 1))),
                ("by-hand", "stream") => println!("{:?}", runtime.block_on(page_after_page(&url))),
                ("client", "first") => runtime.block_on(client_first(url)),
                ("by-hand", "first") => runtime.block_on(by_hand_first(&url)),
                other => panic!("unknown: {other:?}"),
            }
        }
        _ => all(),
    }
}

fn all() {
    let runtime = Runtime::new().unwrap();
    let url = serve(Duration::ZERO, RECORDS);
    for concurrent in [1, 64] {
        let show = |who: &str, times| show(&format!("{who}, {concurrent} at once"), times);
        show("client", runtime.block_on(client_calls(url.clone(), concurrent, CALLS)));
        show("by hand", runtime.block_on(by_hand_calls(url.clone(), concurrent, CALLS)));
        show("blocking client", blocking_client_calls(&url, concurrent));
        show("by hand, blocking", by_hand_blocking_calls(&url, concurrent));
    }
    for (latency, pages_ahead) in [(Duration::ZERO, 1), (LATENCY, 1), (LATENCY, 4)] {
        let url = serve(latency, RECORDS);
        let client = runtime.block_on(stream(&url, pages_ahead));
        println!("{RECORDS} records, latency {latency:?}, {pages_ahead} pages ahead: {client:?}");
        if pages_ahead == 1 {
            let by_hand = runtime.block_on(page_after_page(&url));
            println!("{RECORDS} records, latency {latency:?}, by hand, page after page: {by_hand:?}");
        }
    }
}

fn show(what: &str, (total, mut times): (Duration, Vec<Duration>)) {
    times.sort();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    let per_second = u128::try_from(times.len()).unwrap() * 1_000_000 / total.as_micros().max(1);
    println!("{what}: {per_second} calls per second, median {:?}, 99 % within {:?}", at(50), at(99));
}

type Times = (Duration, Vec<Duration>);

/// Runs calls, each of this many tasks its share.
async fn calls<F>(concurrent: usize, count: usize, call: impl Fn() -> F + Clone + Send + 'static) -> Times
where
    F: Future<Output = ()> + Send,
{
    let begin = Instant::now();
    let tasks: Vec<_> = (0..concurrent)
        .map(|_| {
            let call = call.clone();
            tokio::spawn(async move {
                let mut times = Vec::new();
                for _ in 0..count / concurrent {
                    let begin = Instant::now();
                    call().await;
                    times.push(begin.elapsed());
                }
                times
            })
        })
        .collect();
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await.unwrap());
    }
    (begin.elapsed(), times)
}

async fn client_calls(url: String, concurrent: usize, count: usize) -> Times {
    let kimai = Client::new(url, Auth::bearer(TOKEN)).unwrap();
    let call = move || {
        let kimai = kimai.clone();
        async move { assert_eq!(kimai.system().ping().await.unwrap().message, "pong") }
    };
    calls(concurrent, count, call).await
}

async fn by_hand_calls(url: String, concurrent: usize, count: usize) -> Times {
    let (http, url) = (http(), format!("{url}/api/ping"));
    let call = move || {
        let request = http.get(&url).bearer_auth(TOKEN);
        async move {
            let response = request.send().await.unwrap().error_for_status().unwrap();
            assert_eq!(response.json::<Message>().await.unwrap().message, "pong");
        }
    };
    calls(concurrent, count, call).await
}

fn http() -> reqwest::Client {
    reqwest::Client::builder().timeout(Duration::from_secs(60)).no_proxy().build().unwrap()
}

/// Runs calls, each of this many threads its share.
fn blocking_calls(concurrent: usize, call: impl Fn() + Sync) -> Times {
    let begin = Instant::now();
    let share = || {
        let time = |_| {
            let begin = Instant::now();
            call();
            begin.elapsed()
        };
        (0..CALLS / concurrent).map(time).collect::<Vec<_>>()
    };
    let times = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..concurrent).map(|_| scope.spawn(share)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    (begin.elapsed(), times)
}

fn blocking_client_calls(url: &str, concurrent: usize) -> Times {
    let kimai = blocking::Client::new(url, Auth::bearer(TOKEN)).unwrap();
    blocking_calls(concurrent, || assert_eq!(kimai.system().ping().send().unwrap().message, "pong"))
}

fn by_hand_blocking_calls(url: &str, concurrent: usize) -> Times {
    let http = reqwest::blocking::Client::builder().no_proxy().build().unwrap();
    let url = format!("{url}/api/ping");
    blocking_calls(concurrent, || {
        let response = http.get(&url).bearer_auth(TOKEN).send().unwrap().error_for_status().unwrap();
        assert_eq!(response.json::<Message>().unwrap().message, "pong");
    })
}

async fn stream(url: &str, pages_ahead: usize) -> Duration {
    let kimai = Client::new(url, Auth::bearer(TOKEN)).unwrap();
    let begin = Instant::now();
    let mut records = kimai.timesheets().list().size(500).stream().concurrency(pages_ahead);
    let mut count = 0;
    while let Some(record) = records.next().await {
        record.unwrap();
        count += 1;
    }
    assert!(count >= PAGE);
    begin.elapsed()
}

async fn page_after_page(url: &str) -> Duration {
    let http = http();
    let begin = Instant::now();
    let mut count = 0;
    for page in 1.. {
        let url = format!("{url}/api/timesheets?page={page}&size={PAGE}");
        let response = http.get(url).bearer_auth(TOKEN).send().await.unwrap().error_for_status().unwrap();
        let last: usize = response.headers().get("x-total-pages").unwrap().to_str().unwrap().parse().unwrap();
        count += response.json::<Vec<by_hand::Record>>().await.unwrap().len();
        if page >= last {
            break;
        }
    }
    assert!(count >= PAGE);
    begin.elapsed()
}

async fn client_first(url: String) {
    let kimai = Client::new(url, Auth::bearer(TOKEN)).unwrap();
    let records = kimai.timesheets().list().size(1).await.unwrap();
    assert!(!records.items.is_empty());
}

async fn by_hand_first(url: &str) {
    let request = http().get(format!("{url}/api/timesheets?size=1")).bearer_auth(TOKEN);
    let response = request.send().await.unwrap().error_for_status().unwrap();
    assert!(!response.json::<Vec<by_hand::Record>>().await.unwrap().is_empty());
}

/// Starts a server on threads of its own, which answers from memory after this time, and returns its address.
fn serve(latency: Duration, records: usize) -> String {
    let pages: Arc<Vec<Bytes>> = Arc::new((0..records / PAGE).map(|number| page(records - number * PAGE)).collect());
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    let address = listener.local_addr().unwrap();
    listener.set_nonblocking(true).unwrap();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                stream.set_nodelay(true).unwrap();
                let pages = Arc::clone(&pages);
                let service = hyper::service::service_fn(move |request| {
                    let answer = answer(&pages, &request);
                    async move {
                        tokio::time::sleep(latency).await;
                        Ok::<_, Infallible>(answer)
                    }
                });
                tokio::spawn(
                    hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service),
                );
            }
        });
    });
    format!("http://{address}")
}

/// The body of a page. Ids fall from the first one, as in lists with the newest first.
fn page(first: usize) -> Bytes {
    let records: Vec<String> =
        (0..PAGE).map(|index| by_hand::RECORD.replace("\"id\":180", &format!("\"id\":{}", first - index))).collect();
    format!("[{}]", records.join(",")).into()
}

fn answer(pages: &[Bytes], request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let response = Response::builder().header("content-type", "application/json");
    if request.uri().path() == "/api/ping" {
        return response.body(Full::new(Bytes::from_static(br#"{"message":"pong"}"#))).unwrap();
    }
    let query = request.uri().query().unwrap_or_default();
    if query == "size=1" {
        return response.body(Full::new(format!("[{}]", by_hand::RECORD).into())).unwrap();
    }
    let number = query.split('&').find_map(|pair| pair.strip_prefix("page=")).map_or(1, |page| page.parse().unwrap());
    let body = pages.get(number - 1).unwrap().clone();
    let totals = [
        ("x-page", number),
        ("x-total-count", pages.len() * PAGE),
        ("x-total-pages", pages.len()),
        ("x-per-page", PAGE),
    ];
    let response = totals.into_iter().fold(response, |response, (name, value)| response.header(name, value));
    response.body(Full::new(body)).unwrap()
}
