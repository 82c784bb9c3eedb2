//! A server on loopback that remembers what it was asked, one request per connection.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Status, headers and body of a response.
pub(crate) type Answer = (u16, &'static str, String);

/// Its address, and what it was asked.
pub(crate) struct Server {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers each method and target.
    pub(crate) fn start(answer: impl Fn(&str) -> Answer + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let (line, text) = read(&stream);
                log.lock().unwrap_or_else(PoisonError::into_inner).push(text);
                let (status, headers, body) = answer(&line);
                let length = body.len();
                let head = format!("HTTP/1.1 {status} Status\r\nContent-Length: {length}\r\nConnection: close\r\n");
                let body = if line.starts_with("HEAD ") { "" } else { body.as_str() };
                // A client that has gone is no failure of the server.
                let _ = stream.write_all(format!("{head}{headers}\r\n{body}").as_bytes());
            }
        });
        Self { address, asked }
    }

    /// All requests, a line each: method and target, the headers that depend on the operation, and the body.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Method and target of a request, and the request as text.
fn read(stream: &TcpStream) -> (String, String) {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).unwrap() == 0 {
            break;
        }
    }
    let line = head.lines().next().unwrap_or_default().trim_end_matches(" HTTP/1.1").to_owned();
    let mut text = line.clone();
    let header = |wanted: &str| {
        let mut headers = head.lines().filter_map(|line| line.split_once(": "));
        headers.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    };
    for name in ["content-type", "cookie", "api_key"] {
        if let Some(value) = header(name) {
            text.push_str(&format!(" [{name}: {value}]"));
        }
    }
    let length = header("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    if length > 0 {
        text.push_str(&format!(" {}", String::from_utf8(body).unwrap()));
    }
    // The client chooses it by chance.
    match text.split_once("boundary=").and_then(|(_, rest)| rest.split_once(']')) {
        Some((boundary, _)) => (line, text.replace(boundary, "BOUNDARY")),
        None => (line, text),
    }
}
