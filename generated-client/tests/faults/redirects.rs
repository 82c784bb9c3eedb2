//! Redirects are not followed, and their targets get no credentials.

use std::sync::Arc;

use generated_client::error::Redirect;
use generated_client::reqwest::{self, redirect};
use generated_client::{Auth, Client, Error};

use crate::server::{Asked, Server, answer, json, pong};
use crate::support::{CANARY, builder, checked, client, leaks};

/// A server to which nobody must come with credentials.
fn elsewhere() -> Server {
    Server::start(|_| pong())
}

fn assert_nothing_arrived(server: &Server) {
    let asked = server.asked();
    assert!(asked.is_empty(), "{asked:?}");
}

/// What the ping says, for each way to log in.
async fn redirected(server: &Server) -> Redirect {
    let mut found = None;
    for auth in [Auth::token("susan", CANARY), Auth::bearer(CANARY), Auth::session(format!("PHPSESSID={CANARY}"))] {
        let kimai = Client::new(server.url(), auth).unwrap();
        let error = kimai.system().ping().await.unwrap_err();
        checked(&error);
        let Error::Redirect(redirect) = error else { panic!("{error}") };
        found = Some(*redirect);
    }
    assert_eq!(server.asked().len(), 3, "each call is made once");
    found.unwrap()
}

fn to(status: u16, location: String) -> Server {
    Server::start(move |_| answer(status, &[("Location", &location), ("Content-Type", "text/html")], "<html>"))
}

#[tokio::test]
async fn to_the_login_page() {
    let server = to(302, "/en/login".to_owned());
    let redirect = redirected(&server).await;
    assert_eq!(redirect.target, format!("{}/en/login", server.url()));
    assert!(redirect.advice.contains("login page"), "{}", redirect.advice);
}

#[tokio::test]
async fn to_another_port() {
    let other = elsewhere();
    for status in [301, 302, 303, 307, 308] {
        let server = to(status, format!("{}/api/ping", other.url()));
        let redirect = redirected(&server).await;
        assert_eq!(redirect.status.as_u16(), status);
        assert_eq!(redirect.target, format!("{}/api/ping", other.url()));
    }
    assert_nothing_arrived(&other);
}

#[tokio::test]
async fn to_another_host() {
    let other = elsewhere();
    let location = format!("http://localhost:{}/api/ping", other.address.port());
    let redirect = redirected(&to(302, location.clone())).await;
    assert_eq!(redirect.target, location);
    assert!(redirect.advice.starts_with("that is another server, or is not encrypted"), "{}", redirect.advice);
    assert_nothing_arrived(&other);
}

#[tokio::test]
async fn to_a_subdirectory() {
    let server = to(302, "/kimai/api/ping".to_owned());
    let redirect = redirected(&server).await;
    assert_eq!(redirect.advice, format!("try the base URL {}/kimai", server.url()));
}

#[tokio::test]
async fn in_a_loop() {
    let server = to(302, "/api/ping".to_owned());
    let redirect = redirected(&server).await;
    assert!(redirect.advice.starts_with("that is the address of the request"), "{}", redirect.advice);
}

#[tokio::test]
async fn to_nowhere() {
    for location in ["", "http://", "javascript:alert(1)", "//", "file:///etc/passwd", "\u{fc}"] {
        let redirect = redirected(&to(302, location.to_owned())).await;
        assert!(!redirect.target.contains("passwd") && !redirect.target.contains("alert"), "{}", redirect.target);
    }
    let server = Server::start(|_| answer(304, &[], ""));
    assert_eq!(redirected(&server).await.target, "an unknown address");
}

#[tokio::test]
async fn of_a_post() {
    let other = elsewhere();
    for status in [301, 302, 303, 307, 308] {
        let server = to(status, format!("{}/api/tags", other.url()));
        let form = generated_client::types::NewTag::new("urgent");
        let error = client(&server).tags().create(form.clone()).await.unwrap_err();
        checked(&error);
        assert!(matches!(error, Error::Redirect(_)), "{error}");
        assert_eq!(server.asked().len(), 1);
    }
    assert_nothing_arrived(&other);
}

/// A server with TLS, and what a client needs to trust it.
fn secure(location: String) -> (u16, reqwest::Certificate) {
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(certified.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        use std::io::{Read as _, Write as _};
        for stream in listener.incoming() {
            let connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = rustls::StreamOwned::new(connection, stream.unwrap());
            let mut request = [0; 4096];
            if stream.read(&mut request).is_ok() {
                let head = format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
                let _ = stream.write_all(head.as_bytes());
            }
        }
    });
    (port, reqwest::Certificate::from_der(certified.cert.der()).unwrap())
}

#[tokio::test]
async fn from_https_to_http() {
    let other = elsewhere();
    let (port, certificate) = secure(format!("http://localhost:{}/api/ping", other.address.port()));
    let http = reqwest::Client::builder().tls_certs_only([certificate]);
    let kimai = builder(format!("https://localhost:{port}")).http(http).build().unwrap();
    let error = kimai.system().ping().await.unwrap_err();
    let text = checked(&error);
    let Error::Redirect(redirect) = error else { panic!("{text}") };
    assert!(redirect.advice.contains("or is not encrypted"), "{}", redirect.advice);
    assert_nothing_arrived(&other);
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted() {
    let (port, _) = secure("/".to_owned());
    let kimai = builder(format!("https://localhost:{port}")).build().unwrap();
    let error = kimai.system().ping().await.unwrap_err();
    let text = checked(&error);
    assert!(text.starts_with("system.ping: no secure connection to the server could be made: "), "{text}");
    assert!(!error.is_retryable() && !text.contains("tried"), "{text}");
}

/// Settings of one's own do not switch redirects on.
#[tokio::test]
async fn with_settings_of_ones_own() {
    let other = elsewhere();
    let server = to(302, format!("{}/api/ping", other.url()));
    let settings = reqwest::Client::builder().redirect(redirect::Policy::limited(10)).referer(true);
    let kimai = builder(server.url()).http(settings).build().unwrap();
    let error = kimai.system().ping().await.unwrap_err();
    assert!(matches!(error, Error::Redirect(_)), "{error}");
    assert_nothing_arrived(&other);
}

/// A client of one's own that follows redirects is found out, if too late.
#[tokio::test]
async fn with_a_client_of_ones_own() {
    let other = elsewhere();
    let server = to(302, format!("{}/api/ping", other.url()));
    let follows = builder(server.url()).danger_http_client(reqwest::Client::new()).build().unwrap();
    let error = follows.system().ping().await.unwrap_err();
    let text = checked(&error);
    assert!(matches!(&error, Error::Redirect(redirect) if redirect.target.starts_with(&other.url())), "{text}");
    assert!(text.contains("the given reqwest::Client followed it"), "{text}");

    let server = Server::start(|_| pong());
    let http = reqwest::Client::builder().redirect(redirect::Policy::none()).build().unwrap();
    let shared = builder(server.url()).danger_http_client(http).build().unwrap();
    assert_eq!(shared.system().ping().await.unwrap().message, "pong");
}

/// How Kimai behaves: 'Cookies'.
#[tokio::test]
async fn no_cookie_is_kept() {
    let server = Server::start(|_| {
        let cookie = [("Set-Cookie", "PHPSESSID=canary; path=/"), ("Content-Type", "application/json")];
        answer(200, &cookie, r#"{"message":"pong"}"#)
    });
    let kimai = client(&server);
    for _ in 0..2 {
        kimai.system().ping().await.unwrap();
    }
    assert!(server.asked().iter().all(|asked| asked.header("cookie").is_none()));
    assert_eq!(server.asked().len(), 2);
    let answer = kimai.system().ping().raw().await.unwrap();
    assert!(!leaks(&format!("{answer:?} {:?}", answer.headers())));
}

/// How Kimai behaves: 'User name and API password', 'API tokens', 'Browser sessions'.
#[tokio::test]
async fn each_server_gets_only_its_own_credentials() {
    let auths: [(Auth, &[(&str, &str)]); 3] = [
        (Auth::token("susan", CANARY), &[("x-auth-user", "susan"), ("x-auth-token", CANARY)]),
        (Auth::bearer("canary"), &[("authorization", "Bearer canary")]),
        (Auth::session("PHPSESSID=canary"), &[("x-auth-session", "1"), ("cookie", "PHPSESSID=canary")]),
    ];
    for (auth, expected) in auths {
        let server = Server::start(|_| pong());
        let kimai = Client::new(server.url(), auth).unwrap();
        kimai.system().ping().await.unwrap();
        let asked: Asked = server.asked().remove(0);
        for (name, value) in expected {
            assert_eq!(asked.header(name), Some(*value));
        }
    }
}

#[tokio::test]
async fn all_base_urls_lead_to_the_api() {
    let server = Server::start(|asked| json(200, &format!(r#"{{"message":"{}"}}"#, asked.path)));
    for (base, path) in [
        ("", "/api/ping"),
        ("/", "/api/ping"),
        ("/api", "/api/ping"),
        ("/api/", "/api/ping"),
        ("/kimai", "/kimai/api/ping"),
        ("/kimai/", "/kimai/api/ping"),
        ("/a/kimai/api/", "/a/kimai/api/ping"),
    ] {
        let kimai = builder(format!("{}{base}", server.url())).build().unwrap();
        assert_eq!(kimai.system().ping().await.unwrap().message, path);
    }
}
