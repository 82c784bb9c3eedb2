//! The example `api_demo`, by its HTTP requests; `xtask/tests/browser/api_demo.rs` opens its page in a browser.

mod address;
mod answers;
#[allow(dead_code, reason = "the example uses the rest")]
#[path = "../../examples/api_demo/credentials.rs"]
mod credentials;
mod foreign;
#[allow(dead_code, reason = "the example uses the rest")]
#[path = "../../examples/api_demo/json_text.rs"]
mod json_text;
mod layout;
mod secrets;
mod sessions;

use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Stdio};

use generated_client::Release;
use generated_client::reqwest::blocking::{Client, RequestBuilder, Response};
use generated_client::test_server::TestServer;
use serde_json::{Value, json};

use super::command;

/// The running program, which ends with this value.
struct Demo {
    child: Child,
    greeting: String,
    /// The address without a slash at its end, which is also the origin of the page.
    origin: String,
    client: Client,
}

impl Demo {
    fn start(arguments: &[&str]) -> Self {
        let mut child = command("api_demo")
            .args(["--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut greeting = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut greeting).unwrap();
        let url = greeting.split_whitespace().find(|word| word.starts_with("http://")).unwrap();
        let origin = url.strip_suffix('/').unwrap().to_owned();
        Self { child, greeting, origin, client: Client::builder().no_proxy().build().unwrap() }
    }

    fn port(&self) -> &str {
        self.origin.rsplit_once(':').unwrap().1
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.origin))
    }

    /// What the page is given when it is opened.
    fn open(&self) -> Value {
        settings(&self.get("/").send().unwrap().text().unwrap())
    }

    /// The number of a new page.
    fn number(&self) -> String {
        self.open()["page"].as_str().unwrap().to_owned()
    }

    /// A request as the page sends it.
    fn post(&self, path: &str, page: &str, content: &Value) -> RequestBuilder {
        self.client
            .post(format!("{}{path}", self.origin))
            .header("content-type", "application/json")
            .header("origin", &self.origin)
            .header("sec-fetch-site", "same-origin")
            .header("x-api-demo-page", page)
            .body(content.to_string())
    }

    fn ask(&self, path: &str, page: &str, content: &Value) -> Value {
        read(self.post(path, page, content).send().unwrap())
    }

    fn call(&self, page: &str, name: &str) -> Value {
        self.ask("/call", page, &json!(name))
    }

    /// Ends the program, and returns everything that it wrote.
    fn end(mut self) -> String {
        self.child.kill().unwrap();
        let mut said = self.greeting.clone();
        self.child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        said
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(response: Response) -> Value {
    serde_json::from_str(&response.text().unwrap()).unwrap()
}

fn settings(page: &str) -> Value {
    let text = page.split_once("<meta name=\"settings\" content=\"").unwrap().1.split_once('"').unwrap().0;
    let text = text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    serde_json::from_str(&text).unwrap()
}

fn server(release: Release) -> TestServer {
    TestServer::builder().release(release).now("2026-03-16T10:30:00Z".parse().unwrap()).start().unwrap()
}

/// The newest release.
fn newest() -> TestServer {
    server(Release::new(2, 65, 0))
}

fn with_token(server: &TestServer, token: &str) -> Value {
    json!({"with": "token", "url": server.url(), "token": token})
}

fn with_password(server: &TestServer, user: &str, password: &str) -> Value {
    json!({"with": "password", "url": server.url(), "user": user, "password": password})
}

/// The number of a new page on which the user with most permissions is signed in.
fn signed_in(demo: &Demo, server: &TestServer) -> String {
    let page = demo.number();
    let answer = demo.ask("/sign-in", &page, &with_token(server, &server.users()[0].token));
    assert_eq!(answer["problem"], Value::Null, "{answer}");
    page
}

/// The JSON of a response in one line, as a person sees it.
fn shown(answer: &Value) -> String {
    let lines = answer["lines"].as_array().unwrap().iter();
    let pieces = lines.flat_map(|line| line["pieces"].as_array().unwrap());
    pieces.map(|piece| piece[1].as_str().unwrap()).collect()
}
