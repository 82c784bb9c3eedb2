//! Parameters, fields and JSON that plugins add to operations of Kimai.

use std::collections::BTreeMap;

use generated_client::error::{DecodeError, InvalidRequest};
use generated_client::history::{History, Part, Span};
use generated_client::operation::{HttpRequest, HttpResponse, Method, Operation, Paged};
use generated_client::types::NewTag;
use generated_client::{Client, Error, Page, Release, WithJson, ids};
use serde_json::{Value, json};

use crate::bodies::{Built, multipart, post, url_encoded};
use crate::custom::{Number, Numbers};
use crate::server::{Asked, Server, Step, answer, json, pong};
use crate::support::{builder, checked, client};

fn paths(server: &Server) -> Vec<String> {
    server.asked().into_iter().map(|asked| asked.path).collect()
}

fn last_body(server: &Server) -> String {
    String::from_utf8(server.asked().pop().unwrap().body).unwrap()
}

/// Three numbers on two pages, with a field that the type does not have.
fn two_pages(asked: &Asked) -> Vec<Step> {
    let second = asked.path.contains("page=2");
    let totals = [("X-Page", "1"), ("X-Total-Count", "3"), ("X-Total-Pages", "2"), ("X-Per-Page", "2")];
    answer(200, &totals, if second { r#"[{"id":1,"t":"c"}]"# } else { r#"[{"id":3,"t":"a"},{"id":2,"t":{"b":1}}]"# })
}

#[tokio::test]
async fn parameters_are_added_as_they_are() {
    let server = Server::start(|_| pong());
    let kimai = client(&server);
    kimai.system().ping().with_parameter("a b", "ü&").with_parameter("l[]", 1).with_parameter("l[]", 2).await.unwrap();
    assert_eq!(paths(&server), ["/api/ping?a%20b=%C3%BC%26&l%5B%5D=1&l%5B%5D=2"]);
}

/// An operation with a parameter and a field since 2.2.0.
struct Newer {
    full: Option<bool>,
    color: Option<&'static str>,
}

impl Operation for Newer {
    type Output = Option<Value>;

    const NAME: &'static str = "things.do";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/api/things";
    const HISTORY: &'static History = &History::new(&[Span::since([2, 0, 0])])
        .with_parameters(&[Part::new("full", &[Span::since([2, 2, 0])])])
        .with_properties(&[Part::new("color", &[Span::since([2, 2, 0])])]);

    fn request(&self) -> Result<HttpRequest, InvalidRequest> {
        let mut request = post()?;
        request.query("full", self.full);
        request.property("color", self.color)?;
        Ok(request)
    }

    fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError> {
        response.value()
    }
}

#[tokio::test]
async fn parameters_and_fields_are_not_held_back_by_the_release() {
    let server = Server::start(|_| answer(204, &[], ""));
    let kimai = client(&server).with_server_version(Release::new(2, 0, 15)).unwrap();
    for newer in [Newer { full: Some(true), color: None }, Newer { full: None, color: Some("red") }] {
        let error = kimai.call(newer).await.unwrap_err();
        assert!(matches!(error, Error::Unsupported(_)), "{error}");
    }
    let request = kimai.call(Newer { full: None, color: None });
    request.with_parameter("full", true).with_property("color", "red").await.unwrap();
    assert_eq!(paths(&server), ["/api/things?full=true"]);
    assert_eq!(last_body(&server), r#"{"color":"red"}"#);
}

#[tokio::test]
async fn parameters_are_on_every_page() {
    let server = Server::start(two_pages);
    let kimai = client(&server);
    let mut numbers = kimai.call(Numbers::default()).with_parameter("task", 7).stream();
    let mut ids = Vec::new();
    while let Some(number) = numbers.next().await {
        ids.push(number.unwrap().id);
    }
    assert_eq!(ids, [3, 2, 1]);
    assert_eq!(paths(&server), ["/api/numbers?task=7", "/api/numbers?page=2&task=7"]);
}

#[tokio::test]
async fn a_parameter_never_replaces_another() {
    let server = Server::start(two_pages);
    let kimai = client(&server);
    let sized = || kimai.call(Numbers { size: Some(2), ..Numbers::default() });
    let error = sized().with_parameter("size", "canary").await.unwrap_err();
    assert_eq!(
        checked(&error),
        "numbers.list: the parameter size cannot be sent: the operation sends it already, and servers read only one of \
         them"
    );
    // Otherwise all pages of a stream would be the same.
    let mut numbers = kimai.call(Numbers::default()).with_parameter("page", 1).stream();
    assert_eq!(numbers.next().await.unwrap().unwrap().id, 3);
    assert_eq!(numbers.next().await.unwrap().unwrap().id, 2);
    let error = numbers.next().await.unwrap().unwrap_err();
    assert!(checked(&error).starts_with("numbers.list: the parameter page cannot be sent: "));
    assert_eq!(paths(&server), ["/api/numbers?page=1"]);
    // Lists have several values.
    let tags = kimai.timesheets().list().tags(["a"]).with_parameter("tags[]", "b");
    tags.await.unwrap_err();
    assert_eq!(paths(&server)[1], "/api/timesheets?tags%5B%5D=a&tags%5B%5D=b");
}

/// PHP makes one variable of names that differ in brackets, dots and spaces.
#[tokio::test]
async fn a_parameter_does_not_replace_another_that_php_takes_for_the_same() {
    let server = Server::start(|_| answer(204, &[], ""));
    let kimai = client(&server);
    let sent = || {
        let mut request = HttpRequest::new(Method::GET, &[&"things"])?;
        request.query("projects[]", Some(1));
        request.query("filter", Some("x"));
        request.query("range[from]", Some(1));
        request.query("a_b", Some(1));
        request.query("c.d[e][]", Some(1));
        Ok(request)
    };
    for (name, known) in [
        ("projects", "projects[]"),
        ("projects[1]", "projects[]"),
        ("filter[from]", "filter"),
        ("filter[]", "filter"),
        ("range", "range[from]"),
        ("range[to]", "range[from]"),
        ("range[]", "range[from]"),
        ("a.b", "a_b"),
        (" a b", "a_b"),
        ("c_d", "c.d[e][]"),
        ("c d[e]", "c.d[e][]"),
        ("c.d[f][]", "c.d[e][]"),
    ] {
        let error = kimai.call(Built(sent)).with_parameter(name, "canary").await.unwrap_err();
        let text = format!(
            "things.do: the parameter {name} cannot be sent: the operation sends {known} already, and servers read only \
             one of them"
        );
        assert_eq!(checked(&error), text);
    }
    assert_eq!(server.asked().len(), 0);
    let lists = kimai.call(Built(sent)).with_parameter("projects[]", 2).with_parameter("c_d[e][]", 2);
    // PHP distinguishes the case of letters.
    lists.with_parameter("Filter", 1).with_parameter("filters", 1).await.unwrap();
    assert_eq!(
        paths(&server),
        ["/api/things?projects%5B%5D=1&filter=x&range%5Bfrom%5D=1&a_b=1&c.d%5Be%5D%5B%5D=1&projects%5B%5D=2\
             &c_d%5Be%5D%5B%5D=2&Filter=1&filters=1"]
    );
}

#[tokio::test]
async fn fields_are_set_in_all_bodies_that_have_fields() {
    let server = Server::start(|_| json(200, r#"{"id":1,"name":"a","color":null,"visible":true}"#));
    let kimai = client(&server);
    let tag = || kimai.tags().create(NewTag::new("a"));
    let fields = tag().with_property("task", json!({"id": 7})).with_property("visible", false).with_property("x", 1);
    fields.with_property("x", None::<u8>).await.unwrap();
    let body: Value = serde_json::from_str(&last_body(&server)).unwrap();
    assert_eq!(body, json!({"name": "a", "task": {"id": 7}, "visible": false, "x": null}));

    kimai.call(Built(post)).with_property("a", 1).await.unwrap();
    assert_eq!(last_body(&server), r#"{"a":1}"#);
    assert_eq!(server.asked()[1].header("content-type"), Some("application/json"));

    kimai.call(Built(url_encoded)).with_property("a", json!({"x": 1})).with_property("f", ["y"]).await.unwrap();
    assert_eq!(last_body(&server), "a%5Bx%5D=1&d=true&e=x+y%26z&f%5B%5D=y");

    kimai.call(Built(multipart)).with_property("a", "new").with_property("b", [1, 2]).await.unwrap();
    let body = last_body(&server);
    let parts: Vec<&str> = body.split("Content-Disposition: form-data; ").skip(1).collect();
    assert_eq!(parts.len(), 4, "{body}");
    assert!(parts[0].starts_with("name=\"file\"; filename=\"a.txt\"\r\n"), "{body}");
    assert!(parts[1].starts_with("name=\"a\"\r\n\r\nnew\r\n"), "{body}");
    assert!(parts[2].starts_with("name=\"b\"\r\n\r\n1\r\n"), "{body}");
    assert!(parts[3].starts_with("name=\"b\"\r\n\r\n2\r\n"), "{body}");
}

#[tokio::test]
async fn fields_that_cannot_be_set_are_refused() {
    let server = Server::start(|_| pong());
    let kimai = client(&server);
    let list = || {
        let mut request = post()?;
        request.json(&["a"])?;
        Ok(request)
    };
    let text = || {
        let mut request = post()?;
        request.text("text/plain", "a");
        Ok(request)
    };
    let start = "things.do: the body could not be encoded: ";
    let error = kimai.call(Built(list)).with_property("task", 7).await.unwrap_err();
    assert_eq!(checked(&error), format!("{start}it is JSON, but not an object, so the field task cannot be set"));
    let error = kimai.call(Built(text)).with_property("task", 7).await.unwrap_err();
    assert_eq!(checked(&error), format!("{start}it is text, so the field task cannot be set"));
    let error = kimai.call(Built(url_encoded)).with_property("task", json!({"ids": []})).await.unwrap_err();
    assert_eq!(
        checked(&error),
        format!("{start}task[ids]: the list is empty, which a url-encoded form cannot express; leave the field out")
    );
    let unserializable = BTreeMap::from([((1, 2), 3)]);
    let error = kimai.call(Built(post)).with_property("task", unserializable).await.unwrap_err();
    assert_eq!(checked(&error), format!("{start}task: key must be a string"));
    let error = kimai.system().ping().with_property("task", 7).await.unwrap_err();
    assert_eq!(
        checked(&error),
        "system.ping: the body could not be encoded: GET requests have none, so the field task cannot be set"
    );
    assert!(matches!(error, Error::InvalidRequest { reason: InvalidRequest::Body { .. }, .. }));
    assert_eq!(server.asked().len(), 0);
}

#[test]
fn values_are_not_printed() {
    let kimai = Client::new("http://127.0.0.1:9", generated_client::Auth::bearer("token")).unwrap();
    let request = kimai.system().ping().with_parameter("a", "canary").with_property("b", "canary");
    let text = format!("{request:?}");
    assert!(text.contains(r#"extras: Extras { parameters: ["a"], properties: ["b"] }"#), "{text}");
    assert!(!text.contains("canary"), "{text}");
}

#[tokio::test]
async fn responses_with_their_json() {
    let server = Server::start(|asked| match asked.method.as_str() {
        "DELETE" => answer(204, &[], ""),
        _ => json(200, r#"{"message":"pong","taskId":7}"#),
    });
    let kimai = client(&server);
    let pong = kimai.system().ping().with_json().await.unwrap();
    assert_eq!((pong.message.as_str(), &pong.json["taskId"]), ("pong", &json!(7)));
    assert_eq!(pong.value.message, "pong");
    let deleted: WithJson<()> = kimai.tags().delete(ids::TagId::new(3)).with_json().await.unwrap();
    assert_eq!(deleted.json, Value::Null);
    let again = kimai.system().ping().with_json().with_parameter("a", 1).await.unwrap();
    assert_eq!((again.json, paths(&server)[2].as_str()), (json!({"message": "pong", "taskId": 7}), "/api/ping?a=1"));

    let server = Server::start(|_| json(200, r#"{"taskId":7}"#));
    let error = client(&server).system().ping().with_json().await.unwrap_err();
    assert!(checked(&error).starts_with("system.ping: the response could not be decoded"), "{error}");
    let server = Server::start(|_| answer(200, &[("Content-Type", "application/pdf")], b"%PDF-1.7\n%\xe2\xe3"));
    let error = client(&server).invoices().download(ids::InvoiceId::new(1)).with_json().await.unwrap_err();
    assert!(matches!(error, Error::Decode { .. }), "{}", checked(&error));
}

/// The call was carried out, so an answer that the operation itself accepts is no error.
#[tokio::test]
async fn text_is_a_json_string() {
    let server = Server::start(|_| answer(200, &[("Content-Type", "text/plain")], "carried out"));
    let done = client(&server).call(Built(post)).with_json().await.unwrap();
    assert_eq!((done.value, done.json), (Some(json!("carried out")), json!("carried out")));
    let server = Server::start(|_| answer(200, &[("Content-Type", "application/json")], "null"));
    let done = client(&server).call(Built(post)).with_json().await.unwrap();
    assert_eq!((done.value, done.json), (None, Value::Null));
}

#[tokio::test]
async fn items_with_their_json() {
    let server = Server::start(two_pages);
    let kimai = client(&server);
    let page = kimai.call(Numbers::default()).items_with_json().await.unwrap();
    assert_eq!((page.total, page.pages, page.items.len()), (Some(3), Some(2), 2));
    assert_eq!((page.items[1].id, &page.items[1].json), (2, &json!({"id": 2, "t": {"b": 1}})));

    let mut numbers = kimai.call(Numbers::default()).items_with_json().stream();
    let mut all = Vec::new();
    while let Some(number) = numbers.next().await {
        let WithJson { value, json, .. } = number.unwrap();
        all.push((value, json["t"].clone()));
    }
    let number = |id| Number { id };
    assert_eq!(all, [(number(3), json!("a")), (number(2), json!({"b": 1})), (number(1), json!("c"))]);
    assert_eq!(paths(&server)[1..], ["/api/numbers", "/api/numbers?page=2"]);
}

/// Items that shift to the next page are known by their ids.
#[tokio::test]
async fn items_with_their_json_are_not_repeated() {
    let server = Server::start(|asked| {
        let total = [("X-Page", "1"), ("X-Total-Count", "2"), ("X-Total-Pages", "2"), ("X-Per-Page", "1")];
        let second = asked.path.contains("page=2");
        answer(200, &total, if second { r#"[{"id":2},{"id":1}]"# } else { r#"[{"id":2}]"# })
    });
    let mut numbers = client(&server).call(Numbers::default()).items_with_json().stream();
    let mut ids = Vec::new();
    while let Some(number) = numbers.next().await {
        ids.push(number.unwrap().id);
    }
    assert_eq!(ids, [2, 1]);
}

#[test]
fn it_works_without_async() {
    let server = Server::start(two_pages);
    let kimai = builder(server.url()).build_blocking().unwrap();
    let numbers = kimai.call(Numbers::default()).with_parameter("task", 7).items_with_json().iter();
    let all: Vec<Value> = numbers.map(|number| number.unwrap().json["t"].clone()).collect();
    assert_eq!(all, [json!("a"), json!({"b": 1}), json!("c")]);
    let page = kimai.call(Numbers::default()).with_json().send().unwrap();
    assert_eq!((page.total, &page.json[0]["t"]), (Some(3), &json!("a")));
    kimai.call(Built(post)).with_property("a", 1).send().unwrap();
    assert_eq!(last_body(&server), r#"{"a":1}"#);
    assert_eq!(paths(&server)[..2], ["/api/numbers?task=7", "/api/numbers?page=2&task=7"]);
}

/// A list of a plugin.
#[derive(Clone)]
struct Tasks;

impl Operation for Tasks {
    type Output = Page<Number>;

    const NAME: &'static str = "tasks.list";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/api/tasks";
    const PLUGIN: bool = true;

    fn request(&self) -> Result<HttpRequest, InvalidRequest> {
        HttpRequest::new(Self::METHOD, &[&"tasks"])
    }

    fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError> {
        response.page()
    }
}

impl Paged for Tasks {
    type Item = Number;

    fn at_page(self, _: u32) -> Self {
        self
    }
}

/// One object of a plugin.
struct Task(u64);

impl Operation for Task {
    type Output = ();

    const NAME: &'static str = "tasks.get";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/api/tasks/{id}";
    const PLUGIN: bool = true;

    fn request(&self) -> Result<HttpRequest, InvalidRequest> {
        HttpRequest::new(Self::METHOD, &[&"tasks", &self.0])
    }

    fn decode(response: &HttpResponse) -> Result<(), DecodeError> {
        response.empty()
    }
}

#[tokio::test]
async fn a_missing_plugin_is_mentioned() {
    let server = Server::start(|_| json(404, r#"{"code":404,"message":"No route found"}"#));
    let kimai = client(&server);
    let text = "GET /api/tasks: the server returned 404 Not Found: No route found; likely cause: the plugin that adds the \
                operation is not installed on the server";
    assert_eq!(checked(&kimai.call(Tasks).await.unwrap_err()), text);
    assert_eq!(checked(&kimai.call(Tasks).raw().await.unwrap_err()), text);
    assert_eq!(checked(&kimai.call(Tasks).with_json().await.unwrap_err()), text);
    assert_eq!(checked(&kimai.call(Tasks).items_with_json().stream().next().await.unwrap().unwrap_err()), text);
    // The object may be missing too.
    assert_eq!(
        checked(&kimai.call(Task(7)).await.unwrap_err()),
        "GET /api/tasks/{id}: the server returned 404 Not Found: No route found; the object does not exist, or the plugin \
         that adds the operation is not installed on the server"
    );
    // Kimai itself has the others.
    let error = kimai.call(Numbers::default()).await.unwrap_err();
    assert_eq!(checked(&error), "GET /api/numbers: the server returned 404 Not Found: No route found");
    let server = Server::start(|_| json(403, "{}"));
    let error = client(&server).call(Tasks).await.unwrap_err();
    assert_eq!(checked(&error), "GET /api/tasks: the server returned 403 Forbidden");
}
