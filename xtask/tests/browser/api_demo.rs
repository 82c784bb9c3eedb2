//! The page of the client's example `api_demo`.

use std::env;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::tab::{DESKTOP, PHONE, Tab};

/// How long the page may take for anything.
const PATIENCE: Duration = Duration::from_secs(15);

const ALL: [(&str, &str, &str); 7] = [
    ("system.ping", "/api/ping", r#"{ "message": "pong" }"#),
    ("system.version", "/api/version", r#""versionId": 2"#),
    ("timesheets.list", "/api/timesheets", r#""description": "fix bug #63","#),
    ("activities.list", "/api/activities", r#""name": "Development","#),
    ("projects.list", "/api/projects", r#""parentTitle": "Globex Corp","#),
    ("customers.list", "/api/customers", r#""name": "Ünïcode & Söhne","#),
    ("users.me", "/api/users/me", r#""username": "tony_teamlead""#),
];

static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["build", "--quiet", "--message-format=json", "--package", "generated-client"];
    let output = Command::new(cargo)
        .args(arguments)
        .args(["--example", "api_demo"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success(), "cargo cannot build the example");
    let messages = serde_json::Deserializer::from_slice(&output.stdout).into_iter::<Value>();
    let program = messages.filter_map(|message| message.unwrap()["executable"].as_str().map(PathBuf::from)).last();
    program.unwrap()
});

/// The running example, which ends with this value.
struct Demo {
    child: Child,
    /// The address of the page.
    url: String,
    /// The address of its Kimai in memory.
    kimai: String,
}

impl Demo {
    fn start() -> Self {
        Self::with(&[])
    }

    fn with(arguments: &[&str]) -> Self {
        let mut child = Command::new(&*PROGRAM)
            .args(["--port", "0", "--demo"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let kimai = address(child.stderr.take().unwrap());
        let url = address(child.stdout.take().unwrap());
        Self { child, url, kimai }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The address in the first line.
fn address(output: impl Read) -> String {
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line).unwrap();
    line.split_whitespace().find(|word| word.starts_with("http://")).unwrap().to_owned()
}

/// Waits until a person sees this among what the selector finds.
fn wait(tab: &Tab, selector: &str, text: &str) {
    let begin = Instant::now();
    while !tab.seen(selector).iter().any(|seen| seen.contains(text)) {
        assert!(begin.elapsed() < PATIENCE, "{selector} does not show {text:?} but {:?}", tab.seen(selector));
        thread::sleep(Duration::from_millis(20));
    }
}

fn sign_in(tab: &Tab, demo: &Demo, position: usize) {
    tab.visit(&demo.url);
    tab.click(&format!("#users li:nth-child({position}) button"));
    wait(tab, "#json", "versionId");
}

/// Enters a user name and an API password.
fn enter(tab: &Tab, url: &str, user: &str, password: &str) {
    tab.run("document.getElementById('url').value = ''");
    tab.write("#url", url);
    tab.click("#with-password");
    tab.run("document.getElementById('user').value = ''");
    tab.write("#user", user);
    tab.write("#secret", password);
    tab.click("#sign-in");
}

/// What holds for every state of the page.
fn check(tab: &Tab, demo: &Demo, width: u32) {
    assert!(tab.width() <= width, "{} wide", tab.width());
    assert_eq!(tab.console(), Vec::<String>::new());
    let loads = tab.run("return performance.getEntriesByType('resource').map((entry) => entry.name)");
    for address in loads.as_array().unwrap() {
        assert!(address.as_str().unwrap().starts_with(&demo.url), "{address}");
    }
    assert_eq!(tab.run("return [document.cookie, localStorage.length, sessionStorage.length]"), json!(["", 0, 0]));
    let page = tab.run(
        "return document.documentElement.outerHTML + [...document.querySelectorAll('input')].map((one) => one.value)",
    );
    for secret in ["token-of-", "password-of-", "wrong password"] {
        assert!(!page.as_str().unwrap().contains(secret), "the page has {secret}");
    }
}

#[test]
fn a_user_of_the_demo_signs_in_and_sends_each_request() {
    let demo = Demo::start();
    let mut tab = Tab::new();
    for (size, width) in [(DESKTOP, 1280), (PHONE, 360)] {
        tab.resize(size);
        tab.visit(&demo.url);
        assert_eq!(
            tab.seen("#users button"),
            [
                "Ssusan_superSuper administrator · Europe/Berlin",
                "Aanna_adminAdministrator · UTC",
                "Ttony_teamleadTeam leader · UTC",
                "Jjohn_userUser · America/New_York",
            ]
        );
        assert_eq!(tab.run("return document.getElementById('url').value"), json!(demo.kimai));
        check(&tab, &demo, width);
        tab.pictures("api-demo-entrance");

        sign_in(&tab, &demo, 3);
        let connection = tab.seen("#connection");
        assert_eq!(connection.len(), 1);
        let (release, rest) = connection[0].split_once(" as ").unwrap();
        assert!(release.starts_with("Kimai 2."), "{release}");
        assert_eq!(rest, format!("tony_teamlead {}/api/", demo.kimai));
        for (name, path, expected) in ALL {
            tab.click(&format!("[data-call='{name}']"));
            wait(&tab, "#json", expected);
            assert_eq!(tab.seen("#result-title"), [format!("GET {path}")]);
            assert_eq!(tab.seen("#facts li")[0], "200 OK");
            assert_eq!(tab.seen("[aria-current] code"), [path]);
            assert!(tab.seen("#status")[0].starts_with(&format!("GET {path}: 200 OK, ")), "{:?}", tab.seen("#status"));
            assert!(tab.run("return document.querySelectorAll('#json .key').length").as_u64() > Some(0));
            check(&tab, &demo, width);
            if name == "projects.list" {
                tab.pictures("api-demo");
            }
        }
        tab.click("#sign-out");
        assert_eq!(tab.seen("#desk"), Vec::<String>::new());
        assert_eq!(tab.run("return document.getElementById('json').textContent"), json!(""));
        wait(&tab, "#form-title", "Sign in to your Kimai");
    }
}

#[test]
fn a_wrong_password_and_an_unreachable_server_are_explained() {
    let demo = Demo::start();
    let mut tab = Tab::new();
    for (size, width) in [(DESKTOP, 1280), (PHONE, 360)] {
        tab.resize(size);
        tab.visit(&demo.url);
        enter(&tab, &demo.kimai, "john_user", "wrong password");
        wait(&tab, "#refusal h3", "Kimai does not accept the credentials");
        assert_eq!(
            tab.seen("#refusal p")[0],
            "GET /api/version: the server returned 403 Forbidden: Invalid credentials"
        );
        assert_eq!(tab.run("return document.activeElement.id"), json!("secret"));
        check(&tab, &demo, width);
        tab.pictures("api-demo-refused");

        let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        enter(&tab, &format!("http://{nobody}"), "john_user", "wrong password");
        wait(&tab, "#refusal h3", "There is no connection to Kimai");
        assert!(tab.seen("#refusal li").last().unwrap().starts_with("Connection refused"));
        check(&tab, &demo, width);
        tab.pictures("api-demo-unreachable");

        enter(&tab, &demo.kimai, "john_user", "password-of-john_user");
        wait(&tab, "#connection", " as john_user");
        check(&tab, &demo, width);
    }
}

/// A server that gives these responses, one for each connection.
fn canned(responses: [(&'static str, &'static str); 3]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for (head, body) in responses {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let length = body.len();
            let _ = write!(stream, "HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
        }
    });
    url
}

#[test]
fn a_failed_request_is_explained_in_place_of_the_json() {
    let demo = Demo::start();
    let mut tab = Tab::new();
    for (size, width) in [(DESKTOP, 1280), (PHONE, 360)] {
        let url = canned([
            ("200 OK", r#"{"version": "2.65.0"}"#),
            ("200 OK", r#"{"version": "2.65.0", "versionId": 26500}"#),
            ("403 Forbidden", r#"{"code": 403, "message": "Access denied."}"#),
        ]);
        tab.resize(size);
        tab.visit(&demo.url);
        enter(&tab, &url, "john_user", "wrong password");
        wait(&tab, "#json", "versionId");
        tab.click("[data-call='customers.list']");
        wait(&tab, "#failure h3", "Kimai does not allow this");
        assert_eq!(tab.seen("#facts li")[0], "403 Forbidden");
        assert_eq!(tab.seen("#result > #json"), Vec::<String>::new());
        assert_eq!(tab.seen("#failure .json"), ["{ \"code\": 403, \"message\": \"Access denied.\" }"]);
        check(&tab, &demo, width);
        tab.pictures("api-demo-failed");
    }
}

#[test]
fn whoever_stays_away_is_signed_out() {
    let demo = Demo::with(&["--sign-out-after", "1"]);
    let tab = Tab::new();
    sign_in(&tab, &demo, 4);
    thread::sleep(Duration::from_millis(1500));
    tab.click("[data-call='system.ping']");
    wait(&tab, "#refusal h3", "You are signed out");
    assert_eq!(tab.seen("#desk"), Vec::<String>::new());
    assert_eq!(tab.run("return document.getElementById('json').textContent"), json!(""));
}

#[test]
fn markup_in_names_is_text() {
    let demo = Demo::start();
    let name = "</pre><script>document.title = 'changed'</script><img src=x onerror=\"document.title = 'changed'\">";
    let customer = json!({"name": name, "country": "DE", "currency": "EUR", "timezone": "Europe/Berlin"});
    let response = reqwest::blocking::Client::new()
        .post(format!("{}/api/customers", demo.kimai))
        .bearer_auth("token-of-susan_super")
        .header("content-type", "application/json")
        .body(customer.to_string())
        .send()
        .unwrap();
    assert!(response.status().is_success(), "{}", response.text().unwrap());
    let mut tab = Tab::new();
    tab.resize(PHONE);
    sign_in(&tab, &demo, 1);
    tab.click("[data-call='customers.list']");
    wait(&tab, "#json", "</pre><script>document.title = 'changed'</script><img src=x");
    assert_eq!(tab.run("return document.title"), json!("Kimai API demo"));
    assert_eq!(tab.run("return document.querySelectorAll('#json script, #json img').length"), json!(0));
    check(&tab, &demo, 360);
}

#[test]
fn a_page_that_is_loaded_again_is_signed_out() {
    let demo = Demo::start();
    let tab = Tab::new();
    sign_in(&tab, &demo, 2);
    let number = tab.run("return JSON.parse(document.querySelector('meta[name=settings]').content).page");
    let call = format!(
        "return fetch('/call', {{method: 'POST', body: '\"system.ping\"', headers: {{'content-type': 'application/json', \
         'x-api-demo-page': {number}}}}}).then((response) => response.status)"
    );
    assert_eq!(tab.run(&call), json!(200));
    tab.run("location.reload()");
    wait(&tab, "#form-title", "Sign in to your Kimai");
    assert_eq!(tab.seen("#desk"), Vec::<String>::new());
    check(&tab, &demo, 1280);
    // The program has forgotten it too.
    let begin = Instant::now();
    while tab.run(&call) != json!(401) {
        assert!(begin.elapsed() < PATIENCE, "the session has not ended");
    }
}

#[test]
fn the_keyboard_is_enough() {
    const TAB: &str = "\u{E004}";
    const ENTER: &str = "\u{E007}";
    let demo = Demo::start();
    let tab = Tab::new();
    tab.visit(&demo.url);
    tab.press(&[TAB, TAB]);
    let outline = "return getComputedStyle(document.activeElement).outlineStyle";
    assert_eq!(tab.run(outline), json!("solid"));
    tab.press(&[ENTER]);
    wait(&tab, "#connection", "as anna_admin");
    wait(&tab, "#json", "versionId");
    // The focus is on the first request, and the user's own is the last.
    tab.press(&[TAB, TAB, TAB, TAB, TAB, TAB]);
    assert_eq!(tab.run(outline), json!("solid"));
    tab.picture("api-demo-focus");
    tab.press(&[ENTER]);
    wait(&tab, "#json", r#""username": "anna_admin""#);
    check(&tab, &demo, 1280);
}
