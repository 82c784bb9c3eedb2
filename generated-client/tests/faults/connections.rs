//! Connections that are not made, stall, break, or drip.

use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use generated_client::error::TransportKind;
use generated_client::{Error, RetryPolicy};

use crate::server::{Server, Step, answer, head, pong};
use crate::support::{builder, checked, client};

const SHORT: Duration = Duration::from_millis(100);

/// Why the ping fails, and how it is printed.
async fn fails(server: &Server) -> (TransportKind, String) {
    let kimai = builder(server.url()).read_timeout(SHORT).no_retries().build().unwrap();
    failed(&kimai.system().ping().await.unwrap_err())
}

fn failed(error: &Error) -> (TransportKind, String) {
    let text = checked(error);
    let Error::Transport(error) = error else { panic!("{text}") };
    (error.kind(), text)
}

/// An address where nobody listens, as long as it is held.
pub(crate) fn nobody() -> (socket2::Socket, String) {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    socket.bind(&"127.0.0.1:0".parse::<std::net::SocketAddr>().unwrap().into()).unwrap();
    let url = format!("http://{}", socket.local_addr().unwrap().as_socket().unwrap());
    (socket, url)
}

#[tokio::test]
async fn connect_refused() {
    let (_held, url) = nobody();
    let kimai = builder(url).build().unwrap();
    let error = kimai.system().ping().await.unwrap_err();
    assert!(error.is_retryable());
    let (kind, text) = failed(&error);
    assert_eq!(kind, TransportKind::Connect);
    let Error::Transport(error) = error else { panic!("{text}") };
    assert_eq!((error.attempts(), error.is_connect(), error.is_timeout()), (4, true, false));
    assert!(text.starts_with("system.ping: the server could not be reached; tried 4 times: "), "{text}");
    assert!(text.contains("Connection refused"), "{text}");
}

#[tokio::test]
async fn no_such_host() {
    let kimai = builder("https://nosuch.invalid").no_retries().build().unwrap();
    let error = kimai.system().ping().await.unwrap_err();
    assert_eq!(failed(&error).0, TransportKind::Connect);
}

/// A listener that takes no more connections: what is connecting waits for ever.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn connect_stall() {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    socket.bind(&"127.0.0.1:0".parse::<std::net::SocketAddr>().unwrap().into()).unwrap();
    socket.listen(0).unwrap();
    let address = socket.local_addr().unwrap().as_socket().unwrap();
    let waiting: Vec<_> = (0..4).map(|_| TcpStream::connect_timeout(&address, SHORT)).collect();
    let url = format!("http://{address}");
    let kimai = builder(url).connect_timeout(SHORT).retry(RetryPolicy::default().max_retries(1)).build().unwrap();
    let begin = Instant::now();
    let error = kimai.system().ping().await.unwrap_err();
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
    let (kind, text) = failed(&error);
    assert_eq!(kind, TransportKind::ConnectTimeout);
    assert!(text.starts_with("system.ping: the server could not be reached in time; tried 2 times: "), "{text}");
    let Error::Transport(error) = error else { panic!("{text}") };
    assert_eq!((error.attempts(), error.is_connect(), error.is_timeout()), (2, true, true));
    drop(waiting);
}

/// Also where the limit for silence is the shorter one: that nothing was sent is worth knowing.
#[tokio::test]
async fn handshake_stall_and_a_short_read_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let kimai = builder(url).read_timeout(SHORT).no_retries().build().unwrap();
    let (kind, _) = failed(&kimai.system().ping().await.unwrap_err());
    assert_eq!(kind, TransportKind::ConnectTimeout);
}

/// Connecting includes the handshake of TLS.
#[tokio::test]
async fn handshake_stall() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let kimai = builder(url).connect_timeout(SHORT).no_retries().build().unwrap();
    let (kind, _) = failed(&kimai.system().ping().await.unwrap_err());
    assert_eq!(kind, TransportKind::ConnectTimeout);
}

#[tokio::test]
async fn tls_with_a_server_that_has_none() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        use std::io::{Read as _, Write as _};
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 1024]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        }
    });
    let kimai = builder(url).build().unwrap();
    let error = kimai.system().ping().await.unwrap_err();
    assert!(!error.is_retryable(), "{error:?}");
    let (kind, text) = failed(&error);
    assert_eq!(kind, TransportKind::Tls);
    assert!(text.starts_with("system.ping: no secure connection to the server could be made: "), "{text}");
    assert!(!text.contains("tried"), "another attempt is of no use: {text}");
}

#[tokio::test]
async fn header_stall() {
    let server = Server::start(|_| vec![Step::Send(b"HTTP/1.1 200 OK\r\nContent-".to_vec()), Step::Stall]);
    let (kind, text) = fails(&server).await;
    assert_eq!(kind, TransportKind::ReadTimeout);
    assert_eq!(text, "system.ping: the server sent nothing for too long (more than 100ms)");
    let kimai = builder(server.url()).read_timeout(SHORT).build().unwrap();
    let error = kimai.system().ping().await.unwrap_err();
    assert!(error.is_retryable());
    assert_eq!(server.asked().len(), 1 + 4);
}

#[tokio::test]
async fn body_stall() {
    let server = Server::start(|_| vec![Step::Send(head(200, &[("Content-Length", "18")])), Step::Stall]);
    assert_eq!(fails(&server).await.0, TransportKind::ReadTimeout);
}

#[tokio::test]
async fn a_refusal_that_stalls_keeps_its_status() {
    let server = Server::start(|_| {
        let mut bytes = head(500, &[("Content-Length", "1000")]);
        bytes.extend_from_slice(b"<h1>Oh");
        vec![Step::Send(bytes), Step::Stall]
    });
    let kimai = builder(server.url()).read_timeout(SHORT).build().unwrap();
    let error = kimai.system().ping().await.unwrap_err();
    checked(&error);
    let refusal = error.as_api().unwrap();
    assert_eq!((refusal.status.as_u16(), &refusal.body[..]), (500, &b"<h1>Oh"[..]));
}

#[tokio::test]
async fn the_whole_call_has_a_limit() {
    let drip = |_: &_| {
        let mut steps = vec![Step::Send(head(200, &[("Content-Length", "1000")]))];
        for _ in 0..100 {
            steps.extend([Step::Send(b" ".to_vec()), Step::Pause(Duration::from_millis(20))]);
        }
        steps
    };
    let server = Server::start(drip);
    let kimai = builder(server.url()).read_timeout(SHORT).timeout(Duration::from_millis(250)).build().unwrap();
    let begin = Instant::now();
    let (kind, text) = failed(&kimai.system().ping().await.unwrap_err());
    assert_eq!(kind, TransportKind::CallTimeout);
    assert_eq!(text, "system.ping: the call took too long (more than 250ms)");
    assert!(begin.elapsed() < Duration::from_secs(1), "{:?}", begin.elapsed());
    // A single call can have another one.
    let (_, text) = failed(&kimai.system().ping().with_timeout(SHORT / 2).await.unwrap_err());
    assert_eq!(text, "system.ping: the call took too long (more than 50ms)");
}

#[tokio::test]
async fn a_slow_drip_succeeds() {
    let server = Server::start(|_| {
        let drops = r#"{"message":"pong"}"#.bytes();
        let drops = drops.flat_map(|byte| [Step::Pause(Duration::from_millis(20)), Step::Send(vec![byte])]);
        [Step::Send(head(200, &[("Content-Length", "18")]))].into_iter().chain(drops).collect()
    });
    // All of it takes longer than the server may keep silent.
    let kimai = builder(server.url()).read_timeout(SHORT * 2).no_retries().build().unwrap();
    assert_eq!(kimai.system().ping().await.unwrap().message, "pong");
}

#[tokio::test]
async fn reset_before_headers() {
    let server = Server::start(|_| vec![Step::Reset]);
    let (kind, text) = fails(&server).await;
    assert_eq!(kind, TransportKind::Interrupted);
    assert!(text.starts_with("system.ping: the connection to the server broke: "), "{text}");
}

#[tokio::test]
async fn reset_in_the_headers_and_in_the_body() {
    let parts = [&b"HTTP/1.1 200 OK\r\nContent-"[..], b"HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{\"mess"];
    for part in parts {
        let server = Server::start(move |_| vec![Step::Send(part.to_vec()), Step::Reset]);
        assert_eq!(fails(&server).await.0, TransportKind::Interrupted);
        // The next attempt brings all of it.
        let server = Server::answers(vec![vec![Step::Send(part.to_vec()), Step::Reset], pong()]);
        assert_eq!(client(&server).system().ping().await.unwrap().message, "pong");
        assert_eq!(server.asked().len(), 2);
    }
}

/// A server that closes the connection just when the client uses it again.
#[tokio::test]
async fn reset_on_a_reused_connection() {
    let server =
        Server::start(|asked| if asked.connection == 0 && asked.number > 0 { vec![Step::Reset] } else { pong() });
    let kimai = client(&server);
    kimai.system().ping().await.unwrap();
    assert_eq!(kimai.system().ping().await.unwrap().message, "pong");
    let connections: Vec<usize> = server.asked().iter().map(|asked| asked.connection).collect();
    assert_eq!(connections, [0, 0, 1]);
}

/// A write is not sent again, though the connection was an old one: the server may have taken it.
#[tokio::test]
async fn reset_of_a_write_on_a_reused_connection() {
    let server = Server::start(|asked| if asked.method == "POST" { vec![Step::Reset] } else { pong() });
    let kimai = client(&server);
    kimai.system().ping().await.unwrap();
    let form = generated_client::types::NewTag::new("urgent");
    let error = kimai.tags().create(form.clone()).await.unwrap_err();
    assert_eq!(failed(&error).0, TransportKind::Interrupted);
    assert_eq!(server.asked().iter().filter(|asked| asked.method == "POST").count(), 1);
}

#[tokio::test]
async fn truncated_content_length() {
    let server = Server::start(|_| {
        let mut bytes = head(200, &[("Content-Length", "180")]);
        // What came is whole JSON, and still not the whole answer.
        bytes.extend_from_slice(br#"{"message":"pong"}"#);
        vec![Step::Send(bytes), Step::Close]
    });
    assert_eq!(fails(&server).await.0, TransportKind::Interrupted);
}

#[tokio::test]
async fn bad_chunking() {
    for body in ["zz\r\n{}\r\n0\r\n\r\n", "5\r\n{}\r\n0\r\n\r\n", "2\r\n{}", "fffffffffffffffff\r\n{}"] {
        let server = Server::start(move |_| {
            let mut bytes = head(200, &[("Transfer-Encoding", "chunked")]);
            bytes.extend_from_slice(body.as_bytes());
            vec![Step::Send(bytes), Step::Close]
        });
        assert_eq!(fails(&server).await.0, TransportKind::Interrupted, "{body}");
    }
}

#[tokio::test]
async fn what_is_no_http_at_all() {
    for bytes in [&b"SSH-2.0-OpenSSH_9.6\r\n"[..], b"\0\0\0\0", b"HTTP/1.1 9999 What\r\n\r\n", b""] {
        let server = Server::start(move |_| vec![Step::Send(bytes.to_vec()), Step::Close]);
        assert_eq!(fails(&server).await.0, TransportKind::Interrupted, "{bytes:?}");
    }
}

#[tokio::test]
async fn headers_without_end() {
    let server = Server::start(|_| {
        let header = format!("X-Filler: {}\r\n", "x".repeat(4000)).into_bytes();
        vec![Step::Send(b"HTTP/1.1 200 OK\r\n".to_vec()), Step::Repeat(header, 100_000), Step::Close]
    });
    assert_eq!(fails(&server).await.0, TransportKind::Interrupted);
}

#[tokio::test]
async fn damaged_gzip() {
    let server =
        Server::start(|_| answer(200, &[("Content-Encoding", "gzip")], b"\x1f\x8b\x08\0\0\0\0\0\0\x03garbage"));
    assert_eq!(fails(&server).await.0, TransportKind::Interrupted);
}
