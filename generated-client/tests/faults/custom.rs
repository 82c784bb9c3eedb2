//! Hand-written operations work like generated ones.

use generated_client::error::{DecodeError, InvalidRequest};
use generated_client::generated_code::wire;
use generated_client::operation::{HeaderMap, HttpRequest, HttpResponse, Method, Operation, Paged, StatusCode};
use generated_client::{Download, Error, Page};
use jiff::civil::{Date, date};
use serde::Deserialize;

use crate::server::{Server, answer, json};
use crate::support::{checked, client};

/// An operation of Kimai 2.0.15 to 2.57.
pub(crate) struct RestartViaGet(pub(crate) u64);

impl Operation for RestartViaGet {
    type Output = ();

    const NAME: &'static str = "timesheets.restart_via_get";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/api/timesheets/{id}/restart";
    const WRITES: bool = true;

    fn request(&self) -> Result<HttpRequest, InvalidRequest> {
        HttpRequest::new(Self::METHOD, &[&"timesheets", &self.0, &"restart"])
    }

    fn decode(response: &HttpResponse) -> Result<(), DecodeError> {
        response.empty()
    }
}

/// A list of a plugin.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbers {
    pub(crate) page: Option<u32>,
    pub(crate) size: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Number {
    pub(crate) id: u64,
}

impl Operation for Numbers {
    type Output = Page<Number>;

    const NAME: &'static str = "numbers.list";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/api/numbers";
    const PERMISSIONS: &'static [&'static [&'static str]] = &[&["view_numbers"]];

    fn request(&self) -> Result<HttpRequest, InvalidRequest> {
        let mut request = HttpRequest::new(Self::METHOD, &[&"numbers"])?;
        request.query("page", self.page);
        request.query("size", self.size);
        Ok(request)
    }

    fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError> {
        response.page()
    }
}

impl Paged for Numbers {
    type Item = Number;

    fn at_page(self, page: u32) -> Self {
        Self { page: Some(page), ..self }
    }

    fn page_number(&self) -> u32 {
        self.page.unwrap_or(1)
    }

    fn id(item: &Number) -> Option<u64> {
        Some(item.id)
    }
}

/// A file of a plugin.
pub(crate) struct Report;

impl Operation for Report {
    type Output = Download;

    const NAME: &'static str = "reports.get";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/api/report";

    fn request(&self) -> Result<HttpRequest, InvalidRequest> {
        HttpRequest::new(Self::METHOD, &[&"report"])
    }

    fn decode(response: &HttpResponse) -> Result<Download, DecodeError> {
        response.download()
    }
}

#[tokio::test]
async fn it_gets_credentials_retries_and_errors() {
    let server = Server::answers(vec![json(503, "{}"), json(200, r#"[{"id":1},{"id":2}]"#)]);
    let page = client(&server).call(Numbers::default()).await.unwrap();
    assert_eq!(page.items, [Number { id: 1 }, Number { id: 2 }]);
    assert_eq!(server.asked().len(), 2);
    assert!(server.asked().iter().all(|asked| asked.header("x-auth-user") == Some("susan")));

    let server = Server::start(|_| json(403, r#"{"code":403,"message":"Forbidden"}"#));
    let error = client(&server).call(Numbers::default()).await.unwrap_err();
    assert_eq!(
        checked(&error),
        "GET /api/numbers: the server returned 403 Forbidden; the operation requires the permission view_numbers"
    );

    let server = Server::start(|_| json(200, r#"[{"id":1},{"id":"2"}]"#));
    let error = client(&server).call(Numbers::default()).await.unwrap_err();
    let Error::Decode { operation, reason } = error else { panic!("{error}") };
    assert_eq!((operation, reason.path()), ("numbers.list", "[1].id"));
}

/// What is generated beside the client calls these, which only the client's own code needs otherwise.
#[test]
fn code_beside_the_client_reads_dates() {
    let response = |body: &'static str| HttpResponse::new(StatusCode::OK, HeaderMap::new(), body);
    let day = date(2026, 11, 2);
    assert_eq!(response("").optional_as::<wire::DateOnly, _>().unwrap(), None::<Date>);
    assert_eq!(response("\"2026-11-02\"").optional_as::<wire::DateOnly, _>().unwrap(), Some(day));
    assert_eq!(response("\"2026-11-02\"").json_as::<wire::DateOnly, _>().unwrap(), day);
    assert_eq!(response("[\"2026-11-02\"]").page_as::<wire::DateOnly, _>().unwrap().items, [day]);
}

#[tokio::test]
async fn it_gets_downloads() {
    let headers = [("Content-Type", "application/pdf"), ("Content-Disposition", "attachment; filename=\"../r.pdf\"")];
    let server = Server::start(move |_| answer(200, &headers, "%PDF"));
    let kimai = client(&server);
    let file = kimai.call(Report).await.unwrap();
    assert_eq!((file.file_name.as_deref(), &file.content[..]), (Some("r.pdf"), &b"%PDF"[..]));
    let mut written = Vec::new();
    assert_eq!(kimai.call(Report).open().await.unwrap().write_to(&mut written).await.unwrap(), 4);
    assert_eq!(written, b"%PDF");
}
