//! The blocking client: the same operations, errors and limits, without a runtime.

use std::time::Duration;

use generated_client::blocking::Client;
use generated_client::types::NewTag;
use generated_client::{Error, ids};

use crate::custom::Numbers;
use crate::server::{Server, Step, answer, head, json, pong};
use crate::support::{builder, checked};

fn client(server: &Server) -> Client {
    builder(server.url()).build_blocking().unwrap()
}

#[test]
fn calls_errors_and_retries() {
    let server = Server::answers(vec![json(503, "{}"), vec![Step::Reset], pong()]);
    assert_eq!(client(&server).system().ping().send().unwrap().message, "pong");
    assert_eq!(server.asked().len(), 3);

    let server = Server::start(|_| json(503, "{}"));
    let error = client(&server).tags().create(NewTag::new("x")).send().unwrap_err();
    assert_eq!(checked(&error), "POST /api/tags: the server returned 503 Service Unavailable");
    assert_eq!(server.asked().len(), 1);

    let server = Server::start(|_| vec![Step::Stall]);
    let kimai = builder(server.url()).timeout(Duration::from_millis(100)).build_blocking().unwrap();
    let error = kimai.system().ping().send().unwrap_err();
    assert_eq!(checked(&error), "system.ping: the call took too long (more than 100ms)");

    let server = Server::start(|_| json(200, "{}"));
    let error = client(&server).system().ping().send().unwrap_err();
    assert!(matches!(&error, Error::Decode { operation: "system.ping", .. }), "{}", checked(&error));
    assert_eq!(client(&server).system().ping().raw().send().unwrap().body(), "{}");
}

#[test]
fn lists_are_iterators() {
    let server = Server::start(|asked| {
        let second = asked.path.contains("page=2");
        let total = [("X-Page", "1"), ("X-Total-Count", "3"), ("X-Total-Pages", "2"), ("X-Per-Page", "2")];
        answer(200, &total, if second { r#"[{"id":1}]"# } else { r#"[{"id":3},{"id":2}]"# })
    });
    let kimai = client(&server);
    let mut numbers = kimai.call(Numbers::default()).iter().concurrency(2);
    assert_eq!(numbers.size_hint(), (0, None));
    assert_eq!(numbers.next().unwrap().unwrap().id, 3);
    assert_eq!(numbers.size_hint(), (2, Some(2)));
    let rest: Result<Vec<u64>, Error> = numbers.by_ref().map(|number| number.map(|number| number.id)).collect();
    assert_eq!(rest.unwrap(), [2, 1]);
    assert!(numbers.next().is_none());
    let sizes: Vec<usize> = kimai.call(Numbers::default()).pages().map(|page| page.unwrap().items.len()).collect();
    assert_eq!(sizes, [2, 1]);
    assert_eq!(server.asked().len(), 4);
}

#[test]
fn downloads_go_into_writers_and_files() {
    let headers = [("Content-Type", "application/pdf"), ("Content-Disposition", "attachment; filename=a.pdf")];
    let server = Server::start(move |_| answer(200, &headers, b"%PDF-1.7"));
    let kimai = client(&server);
    let open = || kimai.invoices().download(ids::InvoiceId::new(1)).open().unwrap();
    let download = open();
    assert_eq!((download.file_name(), download.media_type()), (Some("a.pdf"), Some("application/pdf")));
    assert_eq!(download.length(), Some(8));
    let mut written = Vec::new();
    assert_eq!(download.write_to(&mut written).unwrap(), 8);
    assert_eq!(written, b"%PDF-1.7");
    let folder = tempfile::tempdir().unwrap();
    let path = open().save_in(folder.path()).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"%PDF-1.7");
    assert_eq!(open().save_to(&path).unwrap(), 8);
    let error = open().save_in(folder.path()).unwrap_err();
    assert!(matches!(&error, Error::Write { .. }), "{}", checked(&error));
    let mut full: &mut [u8] = &mut [0; 3];
    let error = open().write_to(&mut full).unwrap_err();
    assert!(matches!(&error, Error::Write { to, .. } if to == "the writer"), "{}", checked(&error));
}

/// An open download is a request under way: others wait until it is dropped.
#[test]
fn open_downloads_count_as_requests_under_way() {
    let server = Server::start(|_| vec![Step::Send(head(200, &[("Content-Length", "9")])), Step::Stall]);
    for most in [1, 2] {
        let limit = Duration::from_millis(200);
        let kimai = builder(server.url()).max_concurrency(most).timeout(limit).no_retries().build_blocking().unwrap();
        let open = || kimai.invoices().download(ids::InvoiceId::new(1)).open();
        let mut held: Vec<_> = (0..most).map(|_| open().unwrap()).collect();
        let error = open().unwrap_err();
        assert!(matches!(&error, Error::Transport(error) if error.is_timeout()), "{}", checked(&error));
        held.pop();
        open().unwrap();
    }
    assert_eq!(server.asked().len(), 5);
}

/// As in programs that use both clients.
#[tokio::test]
async fn it_can_be_used_and_dropped_on_a_runtime() {
    let server = Server::start(|_| pong());
    let kimai = client(&server);
    assert_eq!(kimai.system().ping().send().unwrap().message, "pong");
    drop(kimai);
}

#[test]
fn threads_share_it() {
    let server = Server::start(|_| pong());
    let kimai = client(&server);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..10 {
                    assert_eq!(kimai.system().ping().send().unwrap().message, "pong");
                }
            });
        }
    });
    assert_eq!(server.asked().len(), 80);
}

#[test]
fn an_iterator_outlives_its_client() {
    let server = Server::start(|_| json(200, r#"[{"id":1}]"#));
    let numbers = client(&server).call(Numbers::default()).iter();
    assert_eq!(numbers.map(|number| number.unwrap().id).collect::<Vec<_>>(), [1]);
}
