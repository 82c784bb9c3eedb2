//! A server on loopback that returns prepared responses and records the requests.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use super::Exchange;

/// A request that the server received.
#[derive(Debug)]
pub(crate) struct Asked {
    /// The method.
    pub(crate) method: String,
    /// Path and query.
    pub(crate) path: String,
    /// Headers, names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    /// The body.
    pub(crate) body: String,
}

impl Asked {
    /// Returns the value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// A running server.
pub(crate) struct Server {
    /// Its address, `http://127.0.0.1:port`.
    pub(crate) url: String,
    asked: Receiver<Asked>,
}

impl Server {
    /// Starts a server that returns these responses in order, one for each connection.
    pub(crate) fn start(answers: Vec<Exchange>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sender, asked) = channel();
        thread::spawn(move || {
            for answer in answers {
                let Ok((mut stream, _)) = listener.accept() else { return };
                let request = read(&stream);
                if sender.send(request).is_err() {
                    return;
                }
                stream.write_all(&reply(&answer)).unwrap();
            }
        });
        Self { url, asked }
    }

    /// Returns the next request that the server received.
    pub(crate) fn asked(&self) -> Asked {
        self.asked.recv_timeout(std::time::Duration::from_secs(10)).unwrap()
    }
}

fn read(stream: &TcpStream) -> Asked {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let mut words = line.split_whitespace();
    let (method, path) = (words.next().unwrap().to_owned(), words.next().unwrap().to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length =
        headers.iter().find(|(name, _)| name == "content-length").map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    Asked { method, path, headers, body: String::from_utf8(body).unwrap() }
}

fn reply(answer: &Exchange) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {} Recorded\r\nConnection: close\r\n", answer.status);
    for (name, value) in &answer.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if answer.status != 204 {
        text.push_str(&format!("Content-Length: {}\r\n", answer.answer.len()));
    }
    text.push_str("\r\n");
    let mut bytes = text.into_bytes();
    bytes.extend_from_slice(answer.answer.as_bytes());
    bytes
}
