//! The connections of the server.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::sync::oneshot;

use super::answer;
use super::faults::{Fault, Faults};
use super::kimai::Kimai;
use super::message::{Call, Reply};
use super::received::ReceivedRequest;

/// The largest body of a request, in bytes.
const MAX_BODY: usize = 1 << 20;

/// How many requests are kept.
const MAX_REQUESTS: usize = 10_000;

/// What the connections of a server share.
pub(super) struct Shared {
    kimai: Mutex<Kimai>,
    faults: Mutex<Faults>,
    requests: Mutex<VecDeque<ReceivedRequest>>,
}

impl Shared {
    pub(super) fn new(kimai: Kimai) -> Self {
        Self { kimai: Mutex::new(kimai), faults: Mutex::default(), requests: Mutex::default() }
    }

    pub(super) fn kimai(&self) -> MutexGuard<'_, Kimai> {
        self.kimai.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, request: ReceivedRequest) {
        let mut requests = self.requests();
        if requests.len() == MAX_REQUESTS {
            requests.pop_front();
        }
        requests.push_back(request);
    }

    pub(super) fn requests(&self) -> MutexGuard<'_, VecDeque<ReceivedRequest>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Accepts connections until the sender of `stopped` is gone.
pub(super) fn run(
    listener: TcpListener,
    shared: Arc<Shared>,
    stopped: oneshot::Receiver<Infallible>,
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let accepting = tokio::spawn(accept(listener, shared));
        let _ = stopped.await;
        accepting.abort();
        Ok(())
    })
}

async fn accept(listener: tokio::net::TcpListener, shared: Arc<Shared>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, for one: it may pass.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let service = service_fn(|request| handle(&shared, request));
            // A connection that breaks is the client's affair.
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn handle(shared: &Shared, request: hyper::Request<Incoming>) -> io::Result<hyper::Response<Full<Bytes>>> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let body = Limited::new(body, MAX_BODY).collect().await;
    let is_too_large = body.as_ref().is_err_and(|error| error.is::<LengthLimitError>());
    let body = match body {
        Ok(body) => body.to_bytes(),
        Err(_) if is_too_large => Bytes::new(),
        Err(error) => return Err(io::Error::other(error)),
    };
    let call = Call::new(parts.method, path, parts.headers, body);
    let (operation, user) = answer::recognize(&shared.kimai(), &call);
    let (delay, fault) = {
        let mut faults = shared.faults();
        (faults.delay, faults.next(operation))
    };
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let reply = match fault {
        None if is_too_large => Some(Reply::error(413)),
        None => Some(answer::answer(&mut shared.kimai(), &call)),
        Some(Fault::Status(status)) if hyper::StatusCode::from_u16(status).is_ok() => Some(Reply::error(status)),
        Some(Fault::Status(_) | Fault::Drop) => None,
    };
    shared.keep(ReceivedRequest::new(&call, operation, user, reply.as_ref().map(|reply| reply.status)));
    let reply = reply.ok_or(io::ErrorKind::ConnectionAborted)?;
    let mut response = hyper::Response::new(Full::new(reply.body));
    *response.status_mut() = hyper::StatusCode::from_u16(reply.status).map_err(io::Error::other)?;
    response.headers_mut().extend(reply.headers);
    Ok(response)
}
