//! Lists that come in pages and change while they are read.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::{Stream as _, TryStreamExt as _};
use generated_client::error::{DecodeError, InvalidRequest};
use generated_client::operation::{HttpRequest, HttpResponse, Method, Operation, Paged};
use generated_client::{Error, Page, Records};
use proptest::prelude::*;

use crate::custom::{Number, Numbers};
use crate::server::{Asked, Server, Step, answer, json};
use crate::support::{builder, checked, client, header};

/// Changes a list just before each response; the number of the request is the second argument.
type Change = dyn FnMut(&mut Vec<u64>, usize) + Send;

fn parameter(asked: &Asked, name: &str) -> Option<usize> {
    let (_, query) = asked.path.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
}

/// A page with the totals that Kimai sends.
fn page(list: &[u64], asked: &Asked) -> Vec<Step> {
    let size = parameter(asked, "size").unwrap_or(50);
    let number = parameter(asked, "page").unwrap_or(1).max(1);
    let pages = list.len().div_ceil(size).max(1);
    if number > pages {
        return json(404, r#"{"code":404,"message":"Not Found"}"#);
    }
    let items: Vec<String> =
        list.iter().skip((number - 1) * size).take(size).map(|id| format!("{{\"id\":{id}}}")).collect();
    let (page, total) = (number.to_string(), list.len().to_string());
    let (pages, size) = (pages.to_string(), size.to_string());
    let totals = [("X-Page", page), ("X-Total-Count", total), ("X-Total-Pages", pages), ("X-Per-Page", size)];
    let headers: Vec<(&str, &str)> = totals.iter().map(|(name, value)| (*name, value.as_str())).collect();
    answer(200, &headers, format!("[{}]", items.join(",")))
}

/// A server with a list of this many numbers, the highest first, which is changed before each response.
fn list(length: u64, change: impl FnMut(&mut Vec<u64>, usize) + Send + 'static) -> Server {
    let list: Mutex<(Vec<u64>, Box<Change>)> = Mutex::new(((1..=length).rev().collect(), Box::new(change)));
    Server::start(move |asked| {
        let (list, change) = &mut *list.lock().unwrap();
        change(list, asked.number);
        page(list, asked)
    })
}

fn quiet(_: &mut Vec<u64>, _: usize) {}

fn by(size: u32) -> Numbers {
    Numbers { size: Some(size), ..Numbers::default() }
}

async fn all(server: &Server, size: u32, concurrency: usize) -> Result<Vec<u64>, Error> {
    from(server, 1, size, concurrency).await
}

async fn from(server: &Server, page: u32, size: u32, concurrency: usize) -> Result<Vec<u64>, Error> {
    let numbers = Numbers { page: (page > 1).then_some(page), size: Some(size) };
    let records: Records<Number> = client(server).call(numbers).stream().concurrency(concurrency);
    records.map_ok(|number| number.id).try_collect().await
}

fn down_from(length: u64) -> Vec<u64> {
    (1..=length).rev().collect()
}

fn paths(server: &Server) -> Vec<String> {
    server.asked().into_iter().map(|asked| asked.path).collect()
}

#[tokio::test]
async fn all_records_and_no_page_past_the_end() {
    for (length, pages) in [(0, 1), (1, 1), (9, 1), (10, 1), (11, 2), (95, 10), (100, 10)] {
        for concurrency in [1, 3, 100] {
            let server = list(length, quiet);
            assert_eq!(all(&server, 10, concurrency).await.unwrap(), down_from(length));
            assert_eq!(server.asked().len(), pages, "{length} records");
        }
    }
}

#[tokio::test]
async fn the_first_request_is_as_the_caller_put_it() {
    let server = list(25, quiet);
    let kimai = client(&server);
    let (name, value) = header("x-trace", "7");
    let mut numbers = kimai.call(Numbers { page: Some(2), size: Some(10) }).with_header(name, value).stream();
    let mut found = Vec::new();
    while let Some(number) = numbers.next().await {
        found.push(number.unwrap().id);
    }
    assert_eq!(found, (1..=15).rev().collect::<Vec<u64>>());
    assert_eq!(paths(&server), ["/api/numbers?page=2&size=10", "/api/numbers?page=3&size=10"]);
    assert!(server.asked().iter().all(|asked| asked.header("x-trace") == Some("7")));
}

#[tokio::test]
async fn page_after_page_by_hand() {
    let server = list(25, quiet);
    let kimai = client(&server);
    let first = kimai.call(by(10)).await.unwrap();
    assert_eq!((first.page, first.total, first.pages, first.per_page), (Some(1), Some(25), Some(3), Some(10)));
    assert_eq!(first.next_page(), Some(2));
    let last = kimai.call(by(10).at_page(3)).await.unwrap();
    assert_eq!((last.items.len(), last.next_page()), (5, None));
    assert_eq!(Page::from(vec![1]).next_page(), None);
}

#[tokio::test]
async fn the_size_hint_is_exact() {
    let server = list(25, quiet);
    let mut numbers = client(&server).call(by(10)).stream();
    assert_eq!(numbers.size_hint(), (0, None));
    for left in (0..25).rev() {
        numbers.next().await.unwrap().unwrap();
        assert_eq!(numbers.size_hint(), (left, Some(left)));
    }
    assert!(numbers.next().await.is_none());
    assert_eq!(numbers.size_hint(), (0, Some(0)));
}

#[tokio::test]
async fn pages_as_a_stream() {
    let server = list(25, quiet);
    let mut pages = client(&server).call(by(10)).pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        sizes.push((page.page.unwrap(), page.items.len(), page.total.unwrap()));
    }
    assert_eq!(sizes, [(1, 10, 25), (2, 10, 25), (3, 5, 25)]);
}

/// Waits until the server received this many requests, and checks that no more follow.
async fn settled(server: &Server, asked: usize) {
    for _ in 0..500 {
        if server.asked().len() >= asked {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(server.asked().len(), asked);
}

/// One page is requested ahead by default, and never more than the program allows.
#[tokio::test]
async fn it_reads_ahead_and_not_too_far() {
    for (concurrency, asked) in [(1, 2), (4, 5)] {
        let server = list(1000, quiet);
        let mut numbers = client(&server).call(by(10)).stream().concurrency(concurrency);
        numbers.next().await.unwrap().unwrap();
        // Requests ahead continue in the background.
        settled(&server, asked).await;
        for _ in 0..10 {
            numbers.next().await.unwrap().unwrap();
        }
        settled(&server, asked + 1).await;
    }
}

/// A slow reader does not exceed the time limits of pages that were requested ahead.
#[tokio::test]
async fn a_slow_reader_loses_nothing() {
    let server = list(30, quiet);
    let limit = Duration::from_millis(300);
    let kimai = builder(server.url()).timeout(limit).read_timeout(limit).no_retries().build().unwrap();
    let mut numbers = kimai.call(by(10)).stream().concurrency(2);
    let mut count = 0;
    while let Some(number) = numbers.next().await {
        number.unwrap();
        count += 1;
        if count % 10 == 1 {
            tokio::time::sleep(2 * limit).await;
        }
    }
    assert_eq!(count, 30);
}

#[tokio::test]
async fn a_stream_that_is_dropped_asks_for_nothing_more() {
    let server = list(1000, quiet);
    let kimai = builder(server.url()).max_concurrency(2).build().unwrap();
    let mut numbers = kimai.call(by(10)).stream().concurrency(8);
    numbers.next().await.unwrap().unwrap();
    drop(numbers);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(server.asked().len() <= 4, "{:?}", paths(&server));
    // Its permits are free again.
    kimai.call(by(10)).await.unwrap();
}

#[tokio::test]
async fn new_records_in_front_are_not_repeated() {
    for concurrency in [1, 4] {
        let server = list(40, |list, asked| {
            if asked > 0 && asked < 4 {
                list.insert(0, 1000 + asked as u64);
            }
        });
        let found = all(&server, 10, concurrency).await.unwrap();
        assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), found.len(), "{found:?}");
        let old: Vec<u64> = found.into_iter().filter(|id| *id <= 40).collect();
        assert_eq!(old, down_from(40), "concurrency {concurrency}");
    }
}

/// A long list that gets so many records in front after half of it was read.
fn grows_by(added: u64) -> Server {
    list(40_000, move |list, asked| {
        if asked == 40 {
            list.splice(0..0, (0..added).map(|number| 1_000_000 - number));
        }
    })
}

/// Most of the records that were returned are forgotten by then.
#[tokio::test]
async fn new_records_in_front_of_a_long_list_are_not_repeated() {
    for added in [1, 499, 500, 2_500] {
        assert_eq!(all(&grows_by(added), 500, 1).await.unwrap(), down_from(40_000), "{added} added");
    }
}

/// The stream does not know any more whether it returned the records that come now.
#[tokio::test]
async fn more_new_records_than_ids_that_are_remembered_are_an_error() {
    let error = all(&grows_by(16_500), 500, 1).await.unwrap_err();
    assert!(matches!(error, Error::ListChanged { operation: "numbers.list", page: 41 }), "{error:?}");
}

#[tokio::test]
async fn records_that_move_to_a_page_before_are_not_lost() {
    for concurrency in [1, 4] {
        // After the first page, three of its records go, so that three of the second come into it.
        let server = list(40, |list, asked| {
            if asked == 1 {
                list.drain(0..3);
            }
        });
        let mut found = all(&server, 10, concurrency).await.unwrap();
        found.sort_unstable();
        assert_eq!(found, (1..=40).collect::<Vec<u64>>(), "concurrency {concurrency}");
    }
}

/// More than a page of records is deleted at once, and the last pages do not exist afterwards.
#[tokio::test]
async fn records_that_move_over_several_pages_are_not_lost() {
    for gone in [15, 25, 35, 40] {
        let server = list(60, move |list, asked| {
            if asked == 4 {
                list.drain(0..gone);
            }
        });
        let mut found = all(&server, 10, 1).await.unwrap();
        found.sort_unstable();
        assert_eq!(found, (1..=60).collect::<Vec<u64>>(), "{gone} gone");
    }
}

/// At most 32 pages are read again to find records that moved.
#[tokio::test]
async fn records_that_move_too_far_are_an_error() {
    let shifts_by = |gone: usize| {
        list(1000, move |list, asked| {
            if asked == 60 {
                list.drain(0..gone);
            }
        })
    };
    // The records of page 61 are now on page 31, and those of page 30 are known.
    let server = shifts_by(300);
    assert_eq!(all(&server, 10, 1).await.unwrap(), down_from(1000));

    let server = shifts_by(310);
    let error = all(&server, 10, 1).await.unwrap_err();
    assert!(matches!(error, Error::ListChanged { operation: "numbers.list", page: 61 }), "{error:?}");
    // 61 pages, and then 2, 3, 5, 9, 17 and 32 pages again.
    assert_eq!(server.asked().len(), 61 + 68);
}

#[tokio::test]
async fn a_404_is_the_end() {
    // The list shrinks to one page after the first one was read.
    let server = list(20, |list, asked| {
        if asked == 1 {
            list.truncate(5);
        }
    });
    assert_eq!(all(&server, 10, 1).await.unwrap(), (11..=20).rev().collect::<Vec<u64>>());

    // The first requested page does not exist.
    let server = list(20, quiet);
    let kimai = client(&server);
    assert!(kimai.call(Numbers { page: Some(9), size: Some(10) }).stream().next().await.is_none());

    // A list without a first page is an error.
    let server = Server::start(|_| json(404, r#"{"code":404,"message":"Not Found"}"#));
    let error = client(&server).call(by(10)).stream().next().await.unwrap().unwrap_err();
    assert!(error.is_not_found(), "{}", checked(&error));
}

/// How Kimai behaves: 'Paging'.
#[tokio::test]
async fn servers_before_2_0_send_no_totals() {
    let without_totals = |asked: &Asked| {
        let number = parameter(asked, "page").unwrap_or(1);
        match number {
            1 => json(200, r#"[{"id":4},{"id":3}]"#),
            2 => json(200, r#"[{"id":2},{"id":1}]"#),
            _ => json(404, r#"{"code":404,"message":"Not Found"}"#),
        }
    };
    let server = Server::start(without_totals);
    assert_eq!(all(&server, 2, 4).await.unwrap(), [4, 3, 2, 1]);
    assert_eq!(server.asked().len(), 3);
    // A server that ignores page numbers sends the same page again and again.
    let server = Server::start(|_| json(200, r#"[{"id":4},{"id":3}]"#));
    assert_eq!(all(&server, 2, 4).await.unwrap(), [4, 3]);
    assert_eq!(server.asked().len(), 3);
}

/// More records are deleted than the totals show, because others are added at the end.
#[tokio::test]
async fn records_that_move_while_others_come_are_not_lost() {
    let server = list(40, |list, asked| {
        if asked == 2 {
            list.drain(0..15);
            list.extend([1001, 1002, 1003, 1004, 1005]);
        }
    });
    let mut found = all(&server, 10, 1).await.unwrap();
    found.sort_unstable();
    assert_eq!(found, (1..=40).chain(1001..=1005).collect::<Vec<u64>>());
}

#[tokio::test]
async fn records_that_move_before_the_first_page_that_was_asked_for_are_not_lost() {
    let server = list(60, |list, asked| {
        if asked == 1 {
            list.drain(0..25);
        }
    });
    // The third page of ten begins with record 40.
    assert_eq!(from(&server, 3, 10, 1).await.unwrap(), (1..=40).rev().collect::<Vec<u64>>());
}

#[tokio::test]
async fn totals_that_contradict_the_pages_are_no_endless_work() {
    // The totals count three pages, but the third does not exist.
    let server = Server::start(|asked| {
        let number = parameter(asked, "page").unwrap_or(1);
        if number > 2 {
            return json(404, r#"{"code":404,"message":"Not Found"}"#);
        }
        let total = [("X-Page", "1"), ("X-Total-Count", "5"), ("X-Total-Pages", "3"), ("X-Per-Page", "2")];
        answer(200, &total, if number == 1 { r#"[{"id":5},{"id":4}]"# } else { r#"[{"id":3},{"id":2}]"# })
    });
    assert_eq!(all(&server, 2, 1).await.unwrap(), [5, 4, 3, 2]);
}

/// The client does not allocate memory for numbers in headers.
#[tokio::test]
async fn totals_out_of_this_world() {
    for (total, pages) in [("18446744073709551615", "2"), ("2000000000", "1000000000"), ("-1", "x"), ("2", "1")] {
        let server = Server::start(move |asked| {
            if parameter(asked, "page").unwrap_or(1) > 1 {
                return json(404, "{}");
            }
            let total = [("X-Page", "1"), ("X-Total-Count", total), ("X-Total-Pages", pages), ("X-Per-Page", "2")];
            answer(200, &total, r#"[{"id":5},{"id":4}]"#)
        });
        let mut numbers = client(&server).call(by(2)).stream();
        numbers.next().await.unwrap().unwrap();
        assert!(numbers.size_hint().0 <= 100_001, "{:?}", numbers.size_hint());
        assert_eq!(numbers.next().await.unwrap().unwrap().id, 4);
    }
}

#[tokio::test]
async fn false_totals_do_not_cause_endless_requests() {
    for body in ["[]", r#"[{"id":5},{"id":4}]"#] {
        let server = Server::start(move |_| {
            let totals = [("X-Total-Count", "2000000000"), ("X-Total-Pages", "1000000000"), ("X-Per-Page", "2")];
            answer(200, &totals, body)
        });
        let mut numbers = client(&server).call(by(2)).stream();
        let mut read = 0;
        let error = loop {
            match numbers.next().await.unwrap() {
                Ok(_) => read += 1,
                Err(error) => break error,
            }
        };
        assert!(matches!(error, Error::ListChanged { .. }), "{error}");
        assert_eq!((read, server.asked().len()), (if body == "[]" { 0 } else { 2 }, if body == "[]" { 6 } else { 7 }));
    }
}

/// Without ids, the records are returned exactly as the pages contain them.
#[tokio::test]
async fn a_list_without_ids_comes_as_it_is() {
    #[derive(Clone)]
    struct Anonymous(Numbers);
    impl Operation for Anonymous {
        type Output = Page<Number>;
        const NAME: &'static str = "anonymous.list";
        const METHOD: Method = Method::GET;
        const PATH: &'static str = "/api/numbers";
        fn request(&self) -> Result<HttpRequest, InvalidRequest> {
            self.0.request()
        }
        fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError> {
            Numbers::decode(response)
        }
    }
    impl Paged for Anonymous {
        type Item = Number;
        fn at_page(self, page: u32) -> Self {
            Self(self.0.at_page(page))
        }
    }
    let server = list(20, |list, asked| {
        if asked == 1 {
            list.insert(0, 100);
        }
    });
    let records = client(&server).call(Anonymous(by(10))).stream();
    let found: Vec<u64> = records.map_ok(|number| number.id).try_collect().await.unwrap();
    assert_eq!(found, (11..=20).rev().chain((2..=11).rev()).chain([1]).collect::<Vec<u64>>());
}

/// New records in front fill a page with known records: it is not the end.
#[tokio::test]
async fn a_list_without_totals_that_grows_is_read_to_its_end() {
    let numbers = Mutex::new((1..=6).rev().collect::<Vec<u64>>());
    let server = Server::start(move |asked| {
        let mut numbers = numbers.lock().unwrap();
        if asked.number == 1 {
            numbers.splice(0..0, [8, 7]);
        }
        let page = parameter(asked, "page").unwrap_or(1);
        let items: Vec<String> =
            numbers.iter().skip((page - 1) * 2).take(2).map(|id| format!("{{\"id\":{id}}}")).collect();
        if items.is_empty() { json(404, "{}") } else { json(200, &format!("[{}]", items.join(","))) }
    });
    // The second page equals the first, as if the server ignored page numbers; the third page shows that it does not.
    assert_eq!(all(&server, 2, 1).await.unwrap(), down_from(6));
}

#[tokio::test]
async fn a_list_that_never_rests_is_an_error() {
    let mut next = 1000;
    let server = list(100, move |list, _| {
        next += 1;
        list.insert(0, next);
    });
    let error = all(&server, 10, 1).await.unwrap_err();
    assert!(matches!(error, Error::ListChanged { operation: "numbers.list", page: 2 }), "{error:?}");
    checked(&error);
}

#[tokio::test]
async fn after_an_error_nothing_more_comes() {
    let server =
        Server::start(
            |asked| {
                if parameter(asked, "page") == Some(2) { json(500, "{}") } else { page(&down_from(50), asked) }
            },
        );
    let mut numbers = client(&server).call(by(10)).stream();
    for _ in 0..10 {
        numbers.next().await.unwrap().unwrap();
    }
    let error = numbers.next().await.unwrap().unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(500), "{}", checked(&error));
    assert!(numbers.next().await.is_none());
    assert_eq!(numbers.size_hint(), (0, Some(0)));
}

#[tokio::test]
async fn a_page_is_retried_like_any_call() {
    let failures = Arc::new(Mutex::new(BTreeSet::new()));
    let server = Server::start(move |asked| {
        let first_time = failures.lock().unwrap().insert(asked.path.clone());
        if first_time { vec![Step::Reset] } else { page(&down_from(30), asked) }
    });
    assert_eq!(all(&server, 10, 2).await.unwrap(), down_from(30));
    assert_eq!(server.asked().len(), 6);
}

/// Generated lists identify records by their ids.
#[tokio::test]
async fn time_records_are_known_by_their_ids() {
    let record = |id: u64| {
        format!(
            r#"{{"id":{id},"activity":1,"project":1,"user":1,"tags":[],"begin":"2026-11-02T08:00:00+0100","end":null,
                "duration":0,"break":0,"description":null,"rate":0.0,"internalRate":0.0,"fixedRate":null,
                "hourlyRate":null,"exported":false,"billable":true,"metaFields":[]}}"#
        )
    };
    let server = Server::start(move |asked| {
        let first = parameter(asked, "page").unwrap_or(1) == 1;
        let ids = if first { [9, 8] } else { [8, 7] };
        let total = [("X-Page", "1"), ("X-Total-Count", "4"), ("X-Total-Pages", "2"), ("X-Per-Page", "2")];
        answer(200, &total, format!("[{},{}]", record(ids[0]), record(ids[1])))
    });
    let records = client(&server).timesheets().list().size(2).stream();
    let ids: Vec<u64> = records.map_ok(|record| record.id.get()).try_collect().await.unwrap();
    assert_eq!(ids, [9, 8, 7]);
    assert_eq!(paths(&server), ["/api/timesheets?size=2", "/api/timesheets?page=2&size=2"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Records are created and deleted between any two responses, but never as many of both: no record is repeated, and
    /// none that exists all the time is lost.
    #[test]
    fn nothing_is_repeated_and_nothing_is_lost(
        length in 0_u64..60,
        size in 1_u32..12,
        start in 1_u32..4,
        concurrency in 1_usize..5,
        changes in prop::collection::vec(
            (0_usize..8, prop::collection::vec(any::<prop::sample::Index>(), 0..30), any::<prop::sample::Index>(), 0_usize..15),
            0..2,
        ),
    ) {
        let gone = Arc::new(Mutex::new(BTreeSet::new()));
        let removed = Arc::clone(&gone);
        let server = list(length, move |list, asked| {
            for (_, remove, at, add) in changes.iter().filter(|(when, ..)| *when == asked) {
                let removals = remove.len().min(list.len());
                for index in remove.iter().take(removals) {
                    removed.lock().unwrap().insert(list.remove(index.index(list.len())));
                }
                // The client cannot notice that as many records are added as deleted.
                let add = if *add == removals { add + 1 } else { *add };
                for number in 0..add {
                    list.insert(at.index(list.len() + 1), (1000 + asked * 100 + number) as u64);
                }
            }
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let result = runtime.block_on(from(&server, start, size, concurrency));
        // A list that keeps changing may be an error.
        if let Ok(found) = result {
            let unique: BTreeSet<u64> = found.iter().copied().collect();
            prop_assert_eq!(unique.len(), found.len(), "{:?}", found);
            let gone = gone.lock().unwrap();
            // All records, if the list is read from its first page on.
            let wanted = if start == 1 { length } else { 0 };
            let lost: Vec<u64> = (1..=wanted).filter(|id| !unique.contains(id) && !gone.contains(id)).collect();
            prop_assert!(lost.is_empty(), "{:?} of {:?}", lost, found);
            if let Some(first) = found.iter().filter(|id| **id <= length).max().filter(|_| start > 1) {
                // The list is ordered: all records with lower ids came after the first that was found.
                let lost: Vec<u64> = (1..*first).filter(|id| !unique.contains(id) && !gone.contains(id)).collect();
                prop_assert!(lost.is_empty(), "{:?} of {:?}", lost, found);
            }
        } else {
            prop_assert!(matches!(result, Err(Error::ListChanged { .. })), "{:?}", result);
        }
    }
}
