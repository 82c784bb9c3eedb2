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
//! for sheet in kimai.timesheets().active().await? {
//!     let patch = TimesheetPatch::new().description("done");
//!     kimai.timesheets().update(sheet.id, patch.clone()).await?;
//!     kimai.timesheets().stop(sheet.id).await?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Where things are
//!
//! | what | where |
//! |---|---|
//! | the client and its handles, such as [`Client::timesheets`] | [`Client`] |
//! | what servers answer and take | [`types`] |
//! | the numbers under which servers know things | [`ids`] |
//! | operations as plain values, without a client | [`operations`] |
//! | operations of one's own, for plugins | [`operation`] |
//! | which releases of Kimai have what | [`operations`], [`operation::history`] |
//! | one call: its headers, limits, and its answer as it came | [`Request`] |
//! | lists: a page, all pages, all records | [`Page`], [`Pages`], [`Records`] |
//! | files: in memory, piece by piece | [`Download`], [`DownloadStream`] |
//! | when a call is tried again | [`RetryPolicy`] |
//! | dates and times | [`time`] |
//! | other texts of a known form | [`Color`], [`Country`], [`Currency`], [`FieldValue`], [`Secret`], [`TimeZoneName`] |
//! | what goes wrong | [`Error`] |
//! | what the client promises, and how Kimai's servers behave | [`docs`] |
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `rustls` (on by default) | TLS by rustls, with the system's certificates |
//! | `native-tls` | TLS by the system |
//! | `blocking` | `blocking::Client`, for programs without async |
//! | `tracing` | spans for calls and attempts, with operation, status, attempt and duration |
//!
//! # Releases of Kimai
//!
//! One client talks to every release from [`OLDEST_RELEASE`] on. [`Client::connect`] asks the server which one it is:
//! then what it does not have is an [`Error::Unsupported`] before anything is sent, and what it writes in another way is
//! written so. [`Client::new`] asks nothing, and speaks as to the newest. [`Client::supports`] and
//! [`Operation::SINCE`](operation::Operation::SINCE) tell what is there; the documentation says 'Since Kimai 2.41.' of
//! operations, settings, properties and values which not all releases have.
//!
//! # What to know about Kimai
//!
//! Times in answers are instants with an offset ([`DateTime`]); times in requests are wall-clock times in the user's
//! zone ([`LocalDateTime`]), which [`handles::Users::me`] tells. In changes, 'left out' and 'null' are
//! different things ([`Patch`]). Numbers in parentheses, like 'fact R1', name the measured facts about Kimai's
//! servers on which a rule rests.

mod auth;
mod base_url;
#[cfg(feature = "blocking")]
pub mod blocking;
mod client;
pub mod docs;
mod download;
#[allow(unused_macros, unused_imports, reason = "which kinds of enum there are depends on the document")]
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
mod id;
#[allow(dead_code, reason = "whether releases differ in this depends on the documents")]
mod id_or;
mod limits;
pub mod multipart;
#[allow(dead_code, reason = "whether there is a 'oneOf' depends on the document")]
mod one_of;
pub mod operation;
mod paging;
mod patch;
#[allow(unused_imports, reason = "what generated code uses depends on the document")]
mod prelude;
mod release;
mod request;
mod retry;
mod secret;
mod secrets;
mod select;
pub mod time;
mod trace;
mod values;
#[allow(dead_code, unused_imports, reason = "which encodings are used depends on the document")]
mod wire;

pub use auth::Auth;
pub use client::{Client, ClientBuilder};
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

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// The version of [`jiff`] to which the types of this crate convert.
pub use jiff;
/// The version of [`reqwest`] whose types this crate takes and gives.
pub use reqwest;
