//! The network: time limits, sizes, interruptions and encryption.

use std::io::Write as _;
use std::time::{Duration, Instant};

use flate2::write::GzEncoder;
use flate2::{Compress, Compression, FlushCompress};

use super::kimai::Kimai;
use super::{LOGIN, fetched, newest, refused, refused_with, run, snapshot_of};
use crate::server::{Reply, Server};
use crate::support::Copy;

const TOO_LARGE: &str = "error: URL/api/doc.json: the response is longer than 33554432 bytes, too long for an \
    API document: check the URL\n";

const NO_HTTP: &str = ": the server does not respond with HTTP: check the port, or use https:// if it is meant \
    to be encrypted\n";

fn endless(headers: &str, start: &[u8], piece: Vec<u8>, pause: Duration) -> Reply {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{headers}Connection: close\r\n\r\n");
    Reply::Endless { start: [head.as_bytes(), start].concat(), piece, pause }
}

#[test]
fn an_answer_without_end() {
    let reply = endless("", b"[", vec![b' '; 1 << 20], Duration::ZERO);
    assert_eq!(refused(&newest().with("GET /api/doc.json", reply).start()), TOO_LARGE);
}

#[test]
fn a_small_answer_which_becomes_large() {
    // A piece which stands for itself, and may be repeated.
    let mut piece = Vec::with_capacity(1 << 16);
    Compress::new(Compression::fast(), false)
        .compress_vec(&vec![b' '; 1 << 20], &mut piece, FlushCompress::Full)
        .unwrap();
    let gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    let reply = endless("Content-Encoding: gzip\r\n", &gzip, piece, Duration::ZERO);
    assert_eq!(refused(&newest().with("GET /api/doc.json", reply).start()), TOO_LARGE);
}

#[test]
fn a_compressed_document() {
    let document = snapshot_of("2.33.0");
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(document.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    let kimai = |body: &[u8]| {
        let reply = Reply::json(200, body).header("Content-Encoding", "gzip");
        Kimai::new("2.33.0", document.as_str()).with("GET /api/doc.json", reply).start()
    };
    let (copy, _) = fetched(&kimai(&gzip), &LOGIN);
    assert!(copy.read("specs/2.33.0.json") == document);
    let error = refused(&kimai(&gzip[..gzip.len() / 2]));
    assert_eq!(error, "error: URL/api/doc.json: the connection was interrupted: unexpected end of file; try again\n");
}

#[test]
fn a_server_that_takes_its_time() {
    let dribble = endless("", b"[", vec![b' '], Duration::from_millis(50));
    for (line, reply) in [("GET /en/login", Reply::Silence), ("GET /api/doc.json", dribble)] {
        let server = newest().with(line, reply).start();
        let start = Instant::now();
        let (_, path) = line.split_once(' ').unwrap();
        assert_eq!(
            refused_with(&server, &["URL", "--timeout", "1"], &LOGIN),
            format!("error: URL{path}: no complete response within 1 s: try again, or set a longer --timeout\n")
        );
        assert!(start.elapsed() < Duration::from_secs(5));
    }
}

#[test]
fn nothing_listens() {
    assert_eq!(
        refused_with(&newest().start(), &["http://127.0.0.1:1"], &LOGIN),
        "error: http://127.0.0.1:1/en/login: connection refused: check host and port, and that the server is \
         running\n"
    );
}

/// No name has a part of 64 characters, so that no name server is asked.
#[test]
fn no_such_host() {
    let url = format!("http://{}.invalid", "k".repeat(64));
    assert_eq!(
        refused_with(&newest().start(), &[&url, "--allow-http"], &LOGIN),
        format!("error: {url}/en/login: host not found: check the name and the network connection\n")
    );
}

#[test]
fn a_connection_that_breaks() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    for (answer, cause) in [
        (String::new(), "connection closed before message completed"),
        (format!("{head}Content-Length: 1000\r\n\r\n{{\"openapi\": "), "end of file before message length reached"),
        (format!("{head}Transfer-Encoding: chunked\r\n\r\n5\r\n{{\"ope\r\n"), "unexpected EOF during chunk size line"),
    ] {
        let server = newest().with("GET /api/doc.json", Reply::Raw(answer.into_bytes())).start();
        assert_eq!(
            refused(&server),
            format!(
                "error: URL/api/doc.json: the connection was interrupted: {cause}; \
         try again\n"
            )
        );
    }
}

#[test]
fn a_certificate_that_nobody_trusts() {
    let kimai = newest();
    let (server, certificate) = Server::start_with_tls(move |request| kimai.answer(request));
    assert_eq!(
        refused(&server),
        "error: URL/en/login: cannot establish a TLS connection: invalid peer certificate: UnknownIssuer; if the \
         certificate is from a private authority, make the system trust that authority (on Linux, set \
         SSL_CERT_FILE to its file)\n"
    );
    assert!(server.lines().is_empty());

    // The way that the error names.
    let copy = Copy::without_snapshots();
    let file = copy.write("own.pem", &certificate);
    let said = run(&copy, &server, &["fetch", "URL"], &[LOGIN[0], LOGIN[1], ("SSL_CERT_FILE", &file)]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(copy.read("specs/2.65.0.json") == snapshot_of("2.65.0"));

    let other_name = server.url.replace("localhost", "127.0.0.1");
    let said = run(&copy, &server, &["fetch", &other_name], &[LOGIN[0], LOGIN[1], ("SSL_CERT_FILE", &file)]);
    let expected = "cannot establish a TLS connection: invalid peer certificate: certificate not valid for name \
        \"127.0.0.1\"; certificate is only valid for DnsName(\"localhost\"); ";
    assert!(said.err.contains(expected), "{}", said.err);
}

#[test]
fn encryption_on_one_side_alone() {
    let server = newest().start();
    let https = server.url.replace("http://", "https://");
    let error = refused_with(&server, &[&https], &LOGIN);
    assert_eq!(
        error,
        format!(
            "error: {https}/en/login: the server does not use TLS: check the port, or use http:// if it is meant \
             to be unencrypted\n"
        )
    );

    let (server, _) = Server::start_with_tls(|_| Reply::html(200, ""));
    let http = server.url.replace("https://localhost", "http://127.0.0.1");
    assert_eq!(refused_with(&server, &[&http], &LOGIN), format!("error: {http}/en/login{NO_HTTP}"));
}

#[test]
fn something_else_than_a_web_server() {
    let server = Server::start(|_| Reply::Raw(b"220 mail.example.com canary\r\n".to_vec()));
    assert_eq!(refused(&server), format!("error: URL/en/login{NO_HTTP}"));
}

/// What is not encrypted goes to this machine only, whatever proxy the environment names.
#[test]
fn a_proxy_has_no_part_in_a_server_on_this_machine() {
    let proxy = Server::start(|_| Reply::html(502, ""));
    let variables = [LOGIN[0], LOGIN[1], ("http_proxy", proxy.url.as_str()), ("ALL_PROXY", proxy.url.as_str())];
    fetched(&newest().start(), &variables);
    assert!(proxy.lines().is_empty());
}
