//! Bodies, cookies, methods and paths that operations of plugins may have.

use generated_client::error::{DecodeError, InvalidRequest};
use generated_client::multipart::{Form, Multipart};
use generated_client::operation::{HeaderMap, HttpRequest, HttpResponse, Method, Operation};
use generated_client::types::NewTag;
use generated_client::{Auth, Client, Error, Upload};
use serde_json::{Value, json};

use crate::server::{Asked, Server, Step, answer, head, json};
use crate::support::{CANARY, builder, checked, client, header};

/// An operation that is built by a function.
pub(crate) struct Built(pub(crate) fn() -> Result<HttpRequest, InvalidRequest>);

impl Operation for Built {
    type Output = Option<Value>;

    const NAME: &'static str = "things.do";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/api/things";

    fn request(&self) -> Result<HttpRequest, InvalidRequest> {
        (self.0)()
    }

    fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError> {
        response.value()
    }
}

pub(crate) fn post() -> Result<HttpRequest, InvalidRequest> {
    HttpRequest::new(Method::POST, &[&"things"])
}

pub(crate) fn url_encoded() -> Result<HttpRequest, InvalidRequest> {
    let mut request = post()?;
    request.form(&json!({"a": {"b": [1, 2]}, "c": null, "d": true, "e": "x y&z"}))?;
    Ok(request)
}

pub(crate) struct OnePart;

impl Multipart for OnePart {
    fn form(&self) -> Result<Form, InvalidRequest> {
        let mut form = Form::default();
        form.file("file", &Upload::new("a.txt", "content"));
        form.value("a", &1)?;
        Ok(form)
    }
}

pub(crate) fn multipart() -> Result<HttpRequest, InvalidRequest> {
    let mut request = post()?;
    request.multipart(&OnePart)?;
    Ok(request)
}

fn text() -> Result<HttpRequest, InvalidRequest> {
    let mut request = post()?;
    request.text("text/csv; charset=utf-8", "Größe;1\n");
    Ok(request)
}

fn bytes() -> Result<HttpRequest, InvalidRequest> {
    let mut request = post()?;
    // The content type of the body is sent, whatever the operation sets.
    request.header("Content-Type", Some("text/plain"))?;
    request.bytes("application/pdf", vec![0, 255, 13, 10]);
    Ok(request)
}

fn body(asked: &Asked) -> &str {
    std::str::from_utf8(&asked.body).unwrap()
}

fn content_types(asked: &Asked) -> Vec<&str> {
    asked.headers.iter().filter(|(name, _)| name == "content-type").map(|(_, value)| value.as_str()).collect()
}

#[tokio::test]
async fn bodies_are_sent_with_their_content_type() {
    let server = Server::start(|_| answer(204, &[], ""));
    let kimai = client(&server);
    for build in [url_encoded, text, bytes] {
        assert_eq!(kimai.call(Built(build)).await.unwrap(), None);
    }
    let asked = server.asked();
    assert_eq!(content_types(&asked[0]), ["application/x-www-form-urlencoded"]);
    assert_eq!(body(&asked[0]), "a%5Bb%5D%5B%5D=1&a%5Bb%5D%5B%5D=2&d=true&e=x+y%26z");
    assert_eq!(content_types(&asked[1]), ["text/csv; charset=utf-8"]);
    assert_eq!(body(&asked[1]), "Größe;1\n");
    assert_eq!(content_types(&asked[2]), ["application/pdf"]);
    assert_eq!(asked[2].body, [0, 255, 13, 10]);
}

#[tokio::test]
async fn a_media_type_that_is_none_is_refused() {
    let server = Server::start(|_| answer(204, &[], ""));
    let build = || {
        let mut request = post()?;
        request.text("no type", "x");
        Ok(request)
    };
    let error = client(&server).call(Built(build)).await.unwrap_err();
    assert_eq!(checked(&error), "things.do: \"no type\" is not a media type; write it like application/pdf");
    assert_eq!(server.asked().len(), 0);
}

#[tokio::test]
async fn the_content_type_of_a_body_cannot_be_overridden() {
    let server = Server::start(|_| json(200, r#"{"message":"pong"}"#));
    let kimai = client(&server);
    let reserved = "the header content-type is reserved; the client sets it, or omits it, itself";
    for build in [url_encoded, multipart, text, bytes] {
        let (name, value) = header("content-type", "text/plain");
        let error = kimai.call(Built(build)).with_header(name, value).await.unwrap_err();
        assert_eq!(checked(&error), format!("things.do: {reserved}"));
    }
    let (name, value) = header("content-type", "text/plain");
    let error = kimai.tags().create(NewTag::new("a")).with_header(name, value).await.unwrap_err();
    assert_eq!(checked(&error), format!("tags.create: {reserved}"));
    assert_eq!(server.asked().len(), 0);
    // There is no other where there is no body.
    let (name, value) = header("content-type", "text/plain");
    kimai.system().ping().with_header(name, value).await.unwrap();
    assert_eq!(content_types(&server.asked()[0]), ["text/plain"]);
}

fn with_cookies() -> Result<HttpRequest, InvalidRequest> {
    let mut request = HttpRequest::new(Method::GET, &[&"things"])?;
    request.cookie("view", Some("compact"))?;
    request.cookie("page", Some(3))?;
    request.cookie("none", None::<u8>)?;
    Ok(request)
}

fn with_a_session_cookie() -> Result<HttpRequest, InvalidRequest> {
    let mut request = HttpRequest::new(Method::GET, &[&"things"])?;
    request.cookie("PHPSESSID", Some("other"))?;
    Ok(request)
}

fn in_session(server: &Server) -> Client {
    let auth = Auth::session("lang=de; PHPSESSID=canary1234;");
    Client::builder(server.url(), auth).no_retries().build().unwrap()
}

#[tokio::test]
async fn cookies_are_sent_beside_the_session() {
    let server = Server::start(|_| json(200, "null"));
    client(&server).call(Built(with_cookies)).await.unwrap();
    in_session(&server).call(Built(with_cookies)).await.unwrap();
    in_session(&server).system().ping().await.unwrap_err();
    let cookies: Vec<Vec<String>> = server
        .asked()
        .iter()
        .map(|asked| {
            asked.headers.iter().filter(|(name, _)| name == "cookie").map(|(_, value)| value.clone()).collect()
        })
        .collect();
    assert_eq!(cookies[0], ["view=compact; page=3"]);
    assert_eq!(cookies[1], ["lang=de; PHPSESSID=canary1234; view=compact; page=3"]);
    assert_eq!(cookies[2], ["lang=de; PHPSESSID=canary1234;"]);
}

#[tokio::test]
async fn a_cookie_never_replaces_one_of_the_session() {
    let server = Server::start(|_| json(200, "null"));
    let error = in_session(&server).call(Built(with_a_session_cookie)).await.unwrap_err();
    assert_eq!(
        checked(&error),
        "things.do: the cookie PHPSESSID is reserved; it belongs to the session of the credentials"
    );
    assert!(!error.was_sent());
    // PHP takes these for cookies of the session, too.
    let dotted = || {
        let mut request = HttpRequest::new(Method::GET, &[&"things"])?;
        request.cookie("my.session", Some("other"))?;
        Ok(request)
    };
    let kimai = Client::new(server.url(), Auth::session("my_session=canary1234")).unwrap();
    let error = kimai.call(Built(dotted)).await.unwrap_err();
    assert!(matches!(error, Error::InvalidRequest { reason: InvalidRequest::ReservedCookie { .. }, .. }), "{error}");
    assert_eq!(server.asked().len(), 0);
    // Other credentials have no session.
    client(&server).call(Built(with_a_session_cookie)).await.unwrap();
    assert_eq!(server.asked()[0].header("cookie"), Some("PHPSESSID=other"));
    assert_eq!(server.asked()[0].header("x-auth-token"), Some(CANARY));
}

#[tokio::test]
async fn a_session_that_is_repeated_with_other_cookies_is_not_shown() {
    let server = Server::start(|asked| {
        let cookies = asked.header("cookie").unwrap();
        answer(400, &[("X-Echo", cookies)], json!({"code": 400, "message": cookies}).to_string())
    });
    let error = in_session(&server).call(Built(with_cookies)).await.unwrap_err();
    assert_eq!(checked(&error), "GET /api/things: the server returned 400 Bad Request: … view=compact; page=3");
}

/// The headers of a file.
struct Probe;

impl Operation for Probe {
    type Output = HeaderMap;

    const NAME: &'static str = "files.probe";
    const METHOD: Method = Method::HEAD;
    const PATH: &'static str = "/api/files";

    fn request(&self) -> Result<HttpRequest, InvalidRequest> {
        HttpRequest::new(Self::METHOD, &[&"files"])
    }

    fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError> {
        response.empty()?;
        Ok(response.headers().clone())
    }
}

#[tokio::test]
async fn a_head_has_no_body_whatever_its_length() {
    // More than the limit for the size, and a connection that stays open.
    let headers = [("Content-Length", "999999999999"), ("Content-Type", "application/pdf")];
    let server = Server::start(move |_| vec![Step::Send(head(200, &headers))]);
    let kimai = client(&server);
    for _ in 0..2 {
        assert_eq!(kimai.call(Probe).with_max_size(10).await.unwrap()["content-type"], "application/pdf");
    }
    let asked = server.asked();
    assert_eq!((asked[0].method.as_str(), asked[1].connection), ("HEAD", 0));

    // Compressed, as far as the headers say.
    let server =
        Server::start(|_| vec![Step::Send(head(200, &[("Content-Length", "9"), ("Content-Encoding", "gzip")]))]);
    client(&server).call(Probe).await.unwrap();

    let server = Server::start(|_| vec![Step::Send(head(404, &[("Content-Length", "99")]))]);
    let error = client(&server).call(Probe).await.unwrap_err();
    assert_eq!(checked(&error), "HEAD /api/files: the server returned 404 Not Found");
}

#[tokio::test]
async fn a_head_is_retried_like_a_get() {
    let ok = || vec![Step::Send(head(200, &[("Content-Length", "9")]))];
    let unavailable = vec![Step::Send(head(503, &[("Content-Length", "9")]))];
    let server = Server::answers(vec![unavailable, vec![Step::Reset], ok()]);
    client(&server).call(Probe).await.unwrap();
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn paths_outside_the_api() {
    let server = Server::start(|_| answer(200, &[("Content-Type", "text/plain")], "fine"));
    let below = || {
        let mut request = HttpRequest::outside_api(Method::GET, &[&"health", &"a/b"])?;
        request.query("full", Some(true));
        Ok(request)
    };
    let start = || HttpRequest::outside_api(Method::GET, &[]);
    for folder in ["", "/kimai/", "/kimai/api"] {
        let kimai = builder(format!("{}{folder}", server.url())).build().unwrap();
        assert_eq!(kimai.call(Built(below)).await.unwrap(), Some(json!("fine")));
        kimai.call(Built(start)).await.unwrap();
    }
    let paths: Vec<String> = server.asked().into_iter().map(|asked| asked.path).collect();
    assert_eq!(
        paths,
        [
            "/health/a%2Fb?full=true",
            "/",
            "/kimai/health/a%2Fb?full=true",
            "/kimai/",
            "/kimai/health/a%2Fb?full=true",
            "/kimai/"
        ]
    );
    assert_eq!(server.asked()[2].header("x-auth-token"), Some(CANARY));
}

#[tokio::test]
async fn fields_of_a_form_are_named_when_they_are_refused() {
    let refusal =
        r#"{"code":400,"message":"Validation Failed","errors":{"errors":["Extra."],"children":{"a":{},"e":{}}}}"#;
    let server = Server::start(move |_| json(400, refusal));
    let error = client(&server).call(Built(url_encoded)).await.unwrap_err();
    let Error::Api(refused) = &error else { panic!("{error}") };
    assert_eq!(refused.extra_fields(), ["d"]);
}
