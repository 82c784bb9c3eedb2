//! The connections.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt as _, Limited};
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use crate::app::{self, App};
use crate::body::Body;

/// How many connections there are at most; further ones wait.
const CONNECTIONS: usize = 64;

/// How long a browser may take to send the head of a request, and then its body.
const PATIENCE: Duration = Duration::from_secs(10);

/// The most that a request may have, in bytes: of head, and of body.
const MAX_HEAD: usize = 16 * 1024;
const MAX_BODY: usize = 16 * 1024;

/// How often sessions that have ended are looked for.
const SWEEP: Duration = Duration::from_secs(1);

/// Serves until the program ends.
pub(crate) async fn run(listener: TcpListener, app: App) {
    let app = Arc::new(app);
    tokio::spawn(sweep(Arc::clone(&app)));
    let permits = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let permit = Arc::clone(&permits).acquire_owned().await;
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, for one: it may pass.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        let app = Arc::clone(&app);
        tokio::spawn(async move {
            let service = service_fn(|request: Request<Incoming>| {
                let app = Arc::clone(&app);
                async move {
                    let (parts, body) = request.into_parts();
                    // Whoever is refused by the head has nothing to say in the body.
                    let response = match app.admit(&parts) {
                        Ok(()) => app.answer(&parts, read(body).await).await,
                        Err(refusal) => app::refuse(&refusal),
                    };
                    Ok::<_, Infallible>(response)
                }
            });
            let mut server = http1::Builder::new();
            server.timer(TokioTimer::new()).header_read_timeout(PATIENCE).max_buf_size(MAX_HEAD);
            // A connection that breaks is the browser's affair.
            let _ = server.serve_connection(TokioIo::new(stream), service).await;
            drop(permit);
        });
    }
}

async fn read(body: Incoming) -> Body {
    match timeout(PATIENCE, Limited::new(body, MAX_BODY).collect()).await {
        Ok(Ok(body)) => Body::Whole(body.to_bytes()),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => Body::TooLarge,
        Ok(Err(_)) | Err(_) => Body::Broken,
    }
}

async fn sweep(app: Arc<App>) {
    loop {
        sleep(SWEEP).await;
        app.sweep();
    }
}
