//! The client against a server: reads everything, and on a throw-away server also writes.
//!
//! The same steps run against a real server, and against the test server with the API of several releases. What a release
//! does not have is skipped, and the log says so.
//!
//! ```console
//! $ export KIMAI_URL=https://kimai.example.com KIMAI_TOKEN=…
//! $ cargo test --package generated-client --test live -- --ignored --nocapture
//! ```
//!
//! CONTRIBUTING.md has more, also about `KIMAI_WRITE=1`: **for a throw-away server only.**

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![allow(deprecated, reason = "old releases have nothing else")]
#![allow(clippy::large_futures, reason = "a run is one long future")]
#![allow(clippy::float_cmp, reason = "amounts come back as they were sent")]

mod cleanup;
mod errors;
mod in_memory;
mod log;
mod made;
mod read;
mod releases;
mod run;
mod settings;
mod write;

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt as _;
use generated_client::Client;

use crate::log::Log;
use crate::made::Made;
use crate::run::Run;
use crate::settings::Settings;

/// Does all steps that the settings allow.
async fn perform(settings: &Settings) -> Log {
    let kimai = match Client::connect(&settings.url, settings.auth.clone()).await {
        Ok(kimai) => kimai,
        Err(error) => {
            let mut log = Log::new("the server", settings.secrets.clone());
            log.failed("connect", &format!("{error:#}"));
            log.finish();
            return log;
        }
    };
    let log = run::log_of(&kimai, settings.secrets.clone());
    let mut run = Run { log, only_reads: !settings.writes };
    if let Some(made) = &settings.cleans_up {
        cleanup::all(&mut run, &kimai, made).await;
        run.log.finish();
        return run.log;
    }
    read::everything(&mut run, &kimai).await;
    if settings.writes {
        write_and_clean_up(&mut run, &kimai).await;
    } else {
        run.log.skipped("all that writes: KIMAI_WRITE is not 1");
    }
    releases::name_missing(&mut run.log, &kimai, settings.writes);
    run.log.finish();
    run.log
}

/// Does the steps that write, and deletes what they made, whatever happens.
async fn write_and_clean_up(run: &mut Run, kimai: &Client) {
    let made = Made::new();
    // For whoever has to delete by hand what an interrupted run leaves. The log is the same for each run.
    println!("writing: all names begin with {}", made.prefix());
    let writing = AssertUnwindSafe(write::everything(run, kimai, &made)).catch_unwind().await;
    if let Err(panic) = writing {
        run.log.failed("write", &run::message(&*panic));
    }
    cleanup::all(run, kimai, &made).await;
}

#[tokio::test]
#[ignore = "needs a server: set KIMAI_URL and KIMAI_TOKEN, see CONTRIBUTING.md"]
async fn a_real_server() {
    let settings = match Settings::read(|name| std::env::var(name).ok()) {
        Ok(settings) => settings,
        Err(problem) => panic!("{problem}"),
    };
    let log = perform(&settings).await;
    let failures = log.failures();
    assert!(failures.is_empty(), "{} steps failed:\n{}", failures.len(), failures.join("\n"));
}
