//! A typed client for the REST API of [Kimai](https://www.kimai.org), the open-source time tracker.
//!
//! ```no_run
//! use generated_client::{Auth, Client, types::TimesheetPatch};
//!
//! # async fn example() -> Result<(), generated_client::Error> {
//! let kimai = Client::connect("https://kimai.example.com", Auth::bearer("api token")).await?;
//!
//! let me = kimai.users().me().await?;
//! println!("{} works in {}", me.username, me.timezone);
//!
//! let mut records = kimai.timesheets().list().tags(["urgent"]).size(200).stream();
//! while let Some(record) = records.next().await {
//!     println!("{:?}", record?.description);
//! }
//!
//! for record in kimai.timesheets().active().await? {
//!     kimai.timesheets().update(record.id, TimesheetPatch::new().description("done")).await?;
//!     kimai.timesheets().stop(record.id).await?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Where to start
//!
//! | to | see |
//! |---|---|
//! | connect to a server | [`Client`], [`Auth`] |
//! | find an operation | [`handles`], such as [`Timesheets`](handles::Timesheets), and the table in [`operations`] |
//! | create or change an object | the forms in [`types`], such as [`NewTimesheet`](types::NewTimesheet) and [`TimesheetPatch`](types::TimesheetPatch) |
//! | set headers or limits for one call, or read the raw response | [`Request`] |
//! | send several requests in one call | [`Request::find_or_create`], [`in_turn`] |
//! | read lists | [`Page`], and [`Records`] for all pages |
//! | save files | [`DownloadStream`] |
//! | work with dates and times | [`time`] |
//! | handle errors | [`Error`] |
//! | call operations of plugins | [Plugins](docs::plugins) |
//! | send and read fields and parameters that plugins add | [`Request::with_property`], [`Request::with_parameter`], [`Request::with_json`] and [`Request::items_with_json`] |
//! | implement an operation yourself | [`operation`] |
//! | find a short answer | [Recipes](docs::recipes) |
//! | look up which releases have an operation | [`history`] |
//! | learn how Kimai differs from its API document | [How Kimai behaves](docs::how_kimai_behaves) |
//! | know what the client guarantees | [What the client promises](docs::promises) |
//! | know what a new version may change | [Versions](docs::versions) |
//!
//! # Features
//!
//! | feature | | packages |
//! |---|---|---|
//! | `rustls` (default) | TLS by rustls, with the certificates of the system, and the cryptography of `aws-lc` | 67 |
//! | `rustls-ring` | the same with the cryptography of `ring`, which does not need `CMake` | 45 |
//! | `native-tls` | TLS by the system | 27 |
//! | `system-proxy` (default) | the proxy that is set in macOS or Windows; environment variables need no feature | 6 |
//! | `gzip` | compressed responses | 11 |
//! | `http2` | HTTP/2 | 7 |
//! | `blocking` | `blocking::Client`, for programs without async | |
//! | `tracing` | a span for each call and attempt | |
//! | `test-server` | `test_server::TestServer`, a Kimai in memory for tests | |
//!
//! The last column says how many packages the feature adds to the 101 that the lock file of a program has without
//! features. A small program on Linux has 6.5 MB with `rustls` and 4.4 MB with `rustls-ring` (release, stripped);
//! `system-proxy` adds nothing there.
//!
//! What a program needs to reach a server is on by default: encryption, and the proxy that browsers use. What only saves
//! time is not: `gzip` is worth its weight for large lists if the server compresses JSON, `http2` for many calls at once
//! over a slow network. If both `rustls` and `rustls-ring` are on, `aws-lc` is used. If only `rustls-ring` is, the client
//! makes `ring` the provider of the process, unless the program has set one with rustls' `install_default`. A program that
//! builds a client of reqwest by itself has to set it first.
//!
//! # Releases of Kimai
//!
//! The client supports all releases from [`OLDEST_RELEASE`] on. [`Client::connect`] asks the server for its release. For
//! an operation, parameter or field that this release does not have, a call returns [`Error::Unsupported`] before
//! anything is sent; lists, dates and renamed fields are written as the release reads them. [`Client::new`] does not ask,
//! and sends requests as to the newest release. The documentation says 'Since Kimai 2.41.' where not all supported
//! releases have something.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod auth;
mod base_url;
#[cfg(feature = "blocking")]
pub mod blocking;
mod client;
mod combined;
pub mod docs;
mod download;
mod enums;
pub mod error;
#[rustfmt::skip]
#[allow(
    clippy::doc_markdown,
    clippy::fn_params_excessive_bools,
    clippy::many_single_char_names,
    clippy::module_inception,
    clippy::should_implement_trait,
    clippy::similar_names,
    clippy::too_many_arguments,
    clippy::wildcard_imports,
    unused_imports,
    reason = "names and text come from the document, and so does what a file uses of the prelude"
)]
mod generated;
#[doc(hidden)]
pub mod generated_code;
pub mod history;
mod http;
mod id;
#[allow(dead_code, reason = "whether releases differ in this depends on the documents")]
mod id_or;
mod incoming;
mod info;
mod limits;
pub mod multipart;
#[doc(hidden)]
#[allow(clippy::missing_errors_doc, reason = "it is public for generated code only")]
mod one_of;
pub mod operation;
mod paging;
mod patch;
mod prelude;
mod release;
mod request;
mod retry;
mod secret;
mod secrets;
mod select;
#[cfg(feature = "test-server")]
pub mod test_server;
pub mod time;
mod trace;
mod values;
#[doc(hidden)]
#[allow(clippy::missing_errors_doc, clippy::must_use_candidate, reason = "it is public for generated code only")]
mod wire;
mod with_json;

pub use auth::Auth;
pub use client::{Client, ClientBuilder};
pub use combined::{FindOrCreate, InTurn, in_turn};
pub use download::{Download, DownloadStream};
pub use error::Error;
pub use generated::{KIMAI_RELEASE, OLDEST_RELEASE, handles, ids, operations, types};
pub use id_or::{IdOr, Identified};
pub use multipart::Upload;
pub use paging::{Page, Pages, Records};
pub use patch::Patch;
pub use release::Release;
pub use request::Request;
pub use retry::RetryPolicy;
pub use secret::Secret;
pub use select::{OneOrMany, Select};
pub use values::{Color, Country, Currency, FieldValue, TimeZoneName, ValueError};
pub use with_json::WithJson;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// The version of [`jiff`] whose types this crate uses.
pub use jiff;
/// The version of [`reqwest`] whose types this crate uses.
pub use reqwest;
