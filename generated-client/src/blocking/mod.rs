//! The client for programs without async: `.send()` instead of `.await`.
//!
//! ```no_run
//! use generated_client::{Auth, blocking::Client};
//!
//! # fn example() -> Result<(), generated_client::Error> {
//! let kimai = Client::new("https://kimai.example.com", Auth::bearer("api token"))?;
//!
//! let me = kimai.users().me().send()?;
//! println!("{} works in {}", me.username, me.timezone);
//!
//! for record in kimai.timesheets().list().size(200).iter() {
//!     let record = record?;
//!     println!("{} {:?}", record.begin, record.description);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Operations, settings, errors, limits and retries are those of the [async client](crate::Client), which runs on a
//! thread in the background. The caller needs no async runtime, and may run on one.

mod client;
mod combined;
mod download;
mod iter;
mod request;
mod runtime;

pub use client::Client;
pub use download::DownloadStream;
pub use iter::{Pages, Records};
