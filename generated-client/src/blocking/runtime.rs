use std::io;
use std::sync::{Arc, mpsc};

use tokio::runtime::{self, Handle};

use crate::trace::in_span;

/// The thread on which the async client runs. It ends when the last clone is dropped.
#[derive(Clone)]
pub(super) struct Runtime(Arc<Worker>);

struct Worker {
    handle: Handle,
    runtime: Option<runtime::Runtime>,
}

impl Runtime {
    pub(super) fn new() -> io::Result<Self> {
        let mut builder = runtime::Builder::new_multi_thread();
        let runtime = builder.worker_threads(1).thread_name("kimai-client").enable_io().enable_time().build()?;
        Ok(Self(Arc::new(Worker { handle: runtime.handle().clone(), runtime: Some(runtime) })))
    }

    /// Runs the future on the thread of the client and waits for its result.
    ///
    /// A panic in the future continues here. Otherwise it always ends, because `self` keeps the runtime alive.
    pub(super) fn wait<T: Send + 'static>(&self, future: impl Future<Output = T> + Send + 'static) -> Option<T> {
        let (sender, receiver) = mpsc::sync_channel(1);
        let task = self.0.handle.spawn(in_span(future));
        self.0.handle.spawn(async move {
            // The receiver waits below, so it still exists.
            let _ = sender.send(task.await);
        });
        match receiver.recv() {
            Ok(Ok(value)) => Some(value),
            Ok(Err(error)) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Ok(Err(_)) | Err(_) => None,
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // The usual drop waits for the thread, and panics inside another runtime.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
