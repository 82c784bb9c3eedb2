//! A server on loopback that answers by path, one request per connection.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What a client asked: method and target, and the body as text.
type Asked = Arc<Mutex<Vec<(String, String)>>>;

/// Its address, and what it was asked.
pub(crate) struct Server {
    pub(crate) address: String,
    asked: Asked,
}

impl Server {
    /// Answers each method and target with status, headers and body; `times` counts how often it was asked before.
    pub(crate) fn start(answer: fn(asked: &str, times: usize) -> (u16, &'static str, &'static str)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Asked::default();
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let (line, body) = read(&stream);
                let times = {
                    let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
                    log.push((line.clone(), body));
                    log.iter().filter(|(known, _)| *known == line).count() - 1
                };
                let (status, headers, body) = answer(&line, times);
                let length = body.len();
                let head = format!("HTTP/1.1 {status} Status\r\nContent-Length: {length}\r\nConnection: close\r\n");
                // A client that has gone is no failure of the server.
                let _ = stream.write_all(format!("{head}{headers}\r\n{body}").as_bytes());
            }
        });
        Self { address, asked }
    }

    /// Method and target of all requests.
    pub(crate) fn lines(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.iter().map(|(line, _)| line.clone()).collect()
    }

    /// The body of the first request with this method and target.
    pub(crate) fn body(&self, line: &str) -> String {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.iter().find(|(known, _)| known == line).map(|(_, body)| body.clone()).unwrap_or_default()
    }
}

fn read(stream: &TcpStream) -> (String, String) {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).unwrap() == 0 {
            break;
        }
    }
    let length = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find_map(|(name, value)| name.eq_ignore_ascii_case("content-length").then(|| value.parse::<usize>().unwrap()));
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    let line = head.lines().next().unwrap_or_default();
    (line.trim_end_matches(" HTTP/1.1").to_owned(), String::from_utf8(body).unwrap())
}
