//! chromedriver, and what it is asked over HTTP.

use std::env;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use reqwest::Method;
use reqwest::blocking::Client;
use serde_json::{Value, json};

/// How long the start may take.
const START: Duration = Duration::from_secs(30);

/// How long a response may take.
const ANSWER: Duration = Duration::from_mins(1);

const FLAGS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
];

/// A session in a fresh Chromium, which ends with this value, also when a test fails.
pub(crate) struct Driver {
    child: Child,
    client: Client,
    address: String,
    session: Option<String>,
    profile: tempfile::TempDir,
}

impl Driver {
    pub(crate) fn start() -> Self {
        let binary = env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new(&binary)
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!(
                    "cannot start {binary}: {error}\ninstall Chromium and chromedriver, on Debian with \
                     `apt-get install chromium chromium-driver`, or name the program in CHROMEDRIVER"
                )
            });
        let client = Client::builder().no_proxy().timeout(ANSWER).build().unwrap();
        let address = format!("http://127.0.0.1:{port}");
        let profile = tempfile::tempdir().unwrap();
        let mut driver = Self { child, client, address, session: None, profile };
        driver.wait();
        let mut flags: Vec<String> = FLAGS.map(str::to_owned).to_vec();
        flags.push(format!("--user-data-dir={}", driver.profile.path().display()));
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"args": flags},
            "goog:loggingPrefs": {"browser": "ALL"},
        }}});
        let answer = driver.send(Method::POST, "/session", &wanted);
        driver.session = Some(answer["sessionId"].as_str().unwrap().to_owned());
        driver
    }

    fn wait(&self) {
        let begin = Instant::now();
        while self.client.get(format!("{}/status", self.address)).send().is_err() {
            assert!(begin.elapsed() < START, "chromedriver does not answer");
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Asks for something of the session.
    pub(crate) fn ask(&self, path: &str, what: &Value) -> Value {
        let session = self.session.as_ref().unwrap();
        self.send(Method::POST, &format!("/session/{session}/{path}"), what)
    }

    /// A command of Chromium's own protocol.
    pub(crate) fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.ask("goog/cdp/execute", &json!({"cmd": command, "params": parameters}))
    }

    fn send(&self, method: Method, path: &str, what: &Value) -> Value {
        let request = self.client.request(method, format!("{}{path}", self.address)).body(what.to_string());
        let answer = request.send().unwrap().text().unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let value = answer["value"].clone();
        assert!(value["error"].is_null(), "{path} {what}: {}: {}", value["error"], value["message"]);
        value
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Without the end of the session Chromium would stay when chromedriver is killed.
        if let Some(session) = &self.session {
            let _ = self.client.delete(format!("{}/session/{session}", self.address)).send();
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
