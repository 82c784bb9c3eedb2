//! A server for HTTP/1.1, one request per connection, which records the requests.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What a client asked.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// Method and target, such as `GET /api/doc`.
    pub(crate) line: String,
    headers: Vec<(String, String)>,
    /// The body as text.
    pub(crate) body: String,
}

impl Request {
    fn read(stream: &mut impl Read) -> Option<Self> {
        let mut stream = BufReader::new(stream);
        // TLS, whose first message has no line to wait for.
        if stream.fill_buf().ok()?.first() == Some(&22) {
            return None;
        }
        let mut lines = Vec::new();
        loop {
            let mut line = Vec::new();
            stream.read_until(b'\n', &mut line).ok()?;
            let line = String::from_utf8_lossy(&line).into_owned();
            match line.trim_end() {
                "" if line.is_empty() => return None,
                "" => break,
                line => lines.push(line.to_owned()),
            }
        }
        let line = lines.remove(0).strip_suffix(" HTTP/1.1")?.to_owned();
        let header = |line: String| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        let headers = lines.into_iter().filter_map(header).collect();
        let mut request = Self { line, headers, body: String::new() };
        let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
        stream.take(length).read_to_string(&mut request.body).ok()?;
        Some(request)
    }

    /// The value of a header, by its name in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What a server returns.
#[derive(Clone)]
pub(crate) enum Reply {
    /// As it should be.
    Whole { status: u16, headers: String, body: Vec<u8> },
    /// These bytes, and then the end of the connection.
    Raw(Vec<u8>),
    /// A start, and then the same piece again and again, after a pause each time.
    Endless { start: Vec<u8>, piece: Vec<u8>, pause: Duration },
    /// Nothing at all.
    Silence,
}

impl Reply {
    /// A response of this type.
    pub(crate) fn of(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::Whole { status, headers: format!("Content-Type: {content_type}\r\n"), body: body.into() }
    }

    /// A web page.
    pub(crate) fn html(status: u16, body: &str) -> Self {
        Self::of(status, "text/html; charset=UTF-8", format!("<!DOCTYPE html><html><body>{body}</body></html>"))
    }

    /// JSON.
    pub(crate) fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::of(status, "application/json", body)
    }

    /// A redirect.
    pub(crate) fn to(location: &str) -> Self {
        Self::html(302, "Redirecting").header("Location", location)
    }

    /// The same with one more header.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        if let Self::Whole { headers, .. } = &mut self {
            headers.push_str(&format!("{name}: {value}\r\n"));
        }
        self
    }

    /// Writes it, until it ends or the client goes away.
    fn write(self, stream: &mut (impl Read + Write)) {
        match self {
            Self::Whole { status, headers, body } => {
                let length = body.len();
                let head = format!(
                    "HTTP/1.1 {status} Status\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n"
                );
                let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
            }
            Self::Raw(bytes) => {
                let _ = stream.write_all(&bytes);
            }
            Self::Endless { start, piece, pause } => {
                let mut bytes = start;
                while stream.write_all(&bytes).and_then(|()| stream.flush()).is_ok() {
                    thread::sleep(pause);
                    bytes.clone_from(&piece);
                }
            }
            Self::Silence => {
                let _ = stream.read(&mut [0]);
            }
        }
        let _ = stream.flush();
    }
}

/// A running server.
pub(crate) struct Server {
    /// Where it is.
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// A server without encryption.
    pub(crate) fn start(answer: impl Fn(&Request) -> Reply + Send + 'static) -> Self {
        Self::listen("http", answer, Some)
    }

    /// A server with TLS and a certificate for `localhost` that it signed itself; and the certificate as PEM.
    pub(crate) fn start_with_tls(answer: impl Fn(&Request) -> Reply + Send + 'static) -> (Self, String) {
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
        let accept = move |stream| {
            let connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            Some(rustls::StreamOwned::new(connection, stream))
        };
        let mut server = Self::listen("https", answer, accept);
        server.url = server.url.replace("127.0.0.1", "localhost");
        (server, pem(certified.cert.der()))
    }

    fn listen<S: Read + Write>(
        scheme: &str,
        answer: impl Fn(&Request) -> Reply + Send + 'static,
        accept: impl Fn(std::net::TcpStream) -> Option<S> + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("{scheme}://{}", listener.local_addr().unwrap());
        let requests = Arc::<Mutex<Vec<Request>>>::default();
        let seen = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Some(mut stream) = stream.ok().and_then(&accept) else { continue };
                let Some(request) = Request::read(&mut stream) else {
                    Reply::html(400, "<h1>Bad Request</h1>").write(&mut stream);
                    continue;
                };
                seen.lock().unwrap().push(request.clone());
                answer(&request).write(&mut stream);
            }
        });
        Self { url, requests }
    }

    /// What it was asked.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// Method and target of what it was asked.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.requests().into_iter().map(|request| request.line).collect()
    }
}

/// A certificate as text (RFC 7468).
fn pem(der: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for bytes in der.chunks(3) {
        let bits = bytes.iter().enumerate().map(|(at, byte)| u32::from(*byte) << (16 - 8 * at)).sum::<u32>();
        for at in 0..4 {
            let digit = char::from(DIGITS[(bits >> (18 - 6 * at)) as usize & 63]);
            text.push(if at <= bytes.len() { digit } else { '=' });
        }
    }
    let lines: Vec<&str> = (0..text.len()).step_by(64).map(|at| &text[at..text.len().min(at + 64)]).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}
