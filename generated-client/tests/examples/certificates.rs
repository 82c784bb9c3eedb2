//! `SSL_CERT_FILE` names the authorities that a program trusts on Linux, as the recipes say.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::Arc;

use crate::command;

const ANSWER: &str = "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nContent-Length: 33\r\nConnection: close\r\n\r\n\
    {\"message\":\"Invalid credentials\"}";

/// A server with a certificate of its own that refuses everybody: its address, and the certificate.
fn server() -> (String, String) {
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(certified.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key)
        .unwrap();
    let (config, listener) = (Arc::new(config), TcpListener::bind("127.0.0.1:0").unwrap());
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = BufReader::new(rustls::StreamOwned::new(connection, stream.unwrap()));
            let mut line = String::new();
            // A client that does not trust the certificate sends nothing.
            while matches!(stream.read_line(&mut line), Ok(1..)) && line != "\r\n" {
                line.clear();
            }
            if line == "\r\n" {
                stream.get_mut().write_all(ANSWER.as_bytes()).unwrap();
                stream.get_mut().conn.send_close_notify();
                let _ = stream.get_mut().flush();
            }
        }
    });
    (url, certified.cert.pem())
}

#[test]
#[cfg(target_os = "linux")]
fn a_program_trusts_the_authorities_in_the_file() {
    let (url, certificate) = server();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), certificate).unwrap();
    let status = |trusts: bool| {
        let mut command = command("timer");
        command.args(["status", "--url", &url, "--token", "token"]).env_remove("SSL_CERT_DIR");
        if trusts {
            command.env("SSL_CERT_FILE", file.path());
        }
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = status(false);
    assert_eq!(code, Some(1));
    assert!(said.contains("certificate"), "{said}");
    let (code, said) = status(true);
    assert_eq!(code, Some(1));
    assert!(said.contains("403 Forbidden") && said.contains("Invalid credentials"), "{said}");
}
