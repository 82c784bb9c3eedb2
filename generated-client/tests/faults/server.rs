//! A server on loopback that fails in every way that is asked of it.

use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) path: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// The number of the connection, counted from 0.
    pub(crate) connection: usize,
    /// The number of the request, counted from 0.
    pub(crate) number: usize,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All headers, as a careless server repeats them.
    pub(crate) fn repeated(&self) -> String {
        let headers: Vec<String> = self.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        headers.join("; ")
    }
}

/// What the server does with a request.
pub(crate) enum Step {
    Send(Vec<u8>),
    /// The same many times.
    Repeat(Vec<u8>, usize),
    Pause(Duration),
    /// Says nothing more until the client gives up.
    Stall,
    /// Ends the connection as a crashed process does.
    Reset,
    /// Ends the connection in order.
    Close,
}

type Handler = dyn Fn(&Asked) -> Vec<Step> + Send + Sync;

/// A running server; it ends when it is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    asked: Mutex<Vec<Asked>>,
    connections: AtomicUsize,
    under_way: AtomicUsize,
    most_under_way: AtomicUsize,
    is_over: AtomicBool,
}

impl Server {
    /// A server that does with each request what the function says.
    pub(crate) fn start(handler: impl Fn(&Asked) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State::default());
        let handler: Arc<Handler> = Arc::new(handler);
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.is_over.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let (state, handler) = (Arc::clone(&shared), Arc::clone(&handler));
                thread::spawn(move || serve(&stream, &state, &*handler));
            }
        });
        Self { address, state }
    }

    /// A server that gives these answers, one after the other, and then the last one again and again.
    pub(crate) fn answers(answers: Vec<Vec<Step>>) -> Self {
        let answers = Mutex::new(answers);
        Self::start(move |_| {
            let mut answers = answers.lock().unwrap();
            if answers.len() > 1 { answers.remove(0) } else { answers.first().map(|steps| repeated(steps)).unwrap() }
        })
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What arrived so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.state.asked.lock().unwrap().clone()
    }

    /// How many requests waited for their answers at once.
    pub(crate) fn most_under_way(&self) -> usize {
        self.state.most_under_way.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.is_over.store(true, Ordering::SeqCst);
        // Wakes the thread that listens.
        let _ = TcpStream::connect(self.address);
    }
}

fn repeated(steps: &[Step]) -> Vec<Step> {
    let copy = |step: &Step| match step {
        Step::Send(bytes) => Step::Send(bytes.clone()),
        Step::Repeat(bytes, times) => Step::Repeat(bytes.clone(), *times),
        Step::Pause(time) => Step::Pause(*time),
        Step::Stall => Step::Stall,
        Step::Reset => Step::Reset,
        Step::Close => Step::Close,
    };
    steps.iter().map(copy).collect()
}

fn serve(stream: &TcpStream, state: &State, handler: &Handler) {
    stream.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    let connection = state.connections.fetch_add(1, Ordering::SeqCst);
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    while let Some(mut asked) = read(&mut reader, state) {
        asked.connection = connection;
        {
            let mut all = state.asked.lock().unwrap();
            asked.number = all.len();
            all.push(asked.clone());
        }
        let under_way = state.under_way.fetch_add(1, Ordering::SeqCst) + 1;
        state.most_under_way.fetch_max(under_way, Ordering::SeqCst);
        let steps = handler(&asked);
        // The client may ask the next thing as soon as it has the answer.
        state.under_way.fetch_sub(1, Ordering::SeqCst);
        for step in steps {
            if !take(stream, step, state) {
                return;
            }
        }
    }
}

/// Whether the connection goes on.
fn take(mut stream: &TcpStream, step: Step, state: &State) -> bool {
    match step {
        Step::Send(bytes) => stream.write_all(&bytes).is_ok(),
        Step::Repeat(bytes, times) => (0..times).all(|_| stream.write_all(&bytes).is_ok()),
        Step::Pause(time) => {
            thread::sleep(time);
            true
        }
        Step::Stall => {
            let mut byte = [0];
            while !state.is_over.load(Ordering::SeqCst) {
                match stream.read(&mut byte) {
                    Ok(1..) => {}
                    Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                    Ok(0) | Err(_) => break,
                }
            }
            false
        }
        Step::Reset => {
            socket2::SockRef::from(stream).set_linger(Some(Duration::ZERO)).unwrap();
            false
        }
        Step::Close => {
            let _ = stream.shutdown(Shutdown::Write);
            false
        }
    }
}

/// The next request; none if the client is gone or the server is over.
fn read(reader: &mut BufReader<TcpStream>, state: &State) -> Option<Asked> {
    let first = line(reader, state)?;
    let mut words = first.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let line = line(reader, state)?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let mut body = vec![0; length.map_or(0, |(_, value)| value.parse().unwrap())];
    let mut filled = 0;
    while let Some(rest) = body.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match reader.read(rest) {
            Ok(0) => return None,
            Ok(read) => filled += read,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(_) => return None,
        }
    }
    Some(Asked { method, path, headers, body, connection: 0, number: 0 })
}

fn line(reader: &mut BufReader<TcpStream>, state: &State) -> Option<String> {
    let mut line = Vec::new();
    while !state.is_over.load(Ordering::SeqCst) {
        match reader.read_until(b'\n', &mut line) {
            Ok(0) => return None,
            Ok(_) if line.ends_with(b"\n") => return Some(String::from_utf8_lossy(&line).trim_end().to_owned()),
            Ok(_) => return None,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(_) => return None,
        }
    }
    None
}

/// Status line and headers.
pub(crate) fn head(status: u16, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status} Whatever\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    text.into_bytes()
}

/// A whole answer.
pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<Step> {
    let body = body.as_ref();
    let length = body.len().to_string();
    let mut all = headers.to_vec();
    if status != 204 {
        all.push(("Content-Length", &length));
    }
    let mut bytes = head(status, &all);
    bytes.extend_from_slice(body);
    vec![Step::Send(bytes)]
}

/// A whole answer in JSON.
pub(crate) fn json(status: u16, body: &str) -> Vec<Step> {
    answer(status, &[("Content-Type", "application/json")], body)
}

/// What `system().ping()` is answered with.
pub(crate) fn pong() -> Vec<Step> {
    json(200, r#"{"message":"pong"}"#)
}
