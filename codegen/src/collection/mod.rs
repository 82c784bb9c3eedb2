//! The requests of a release with example values, for programs that send requests by hand.
//!
//! [`postman`] writes a Postman collection, [`http`] a file for editors. A model gives the same bytes every time.

mod call;
mod credentials;
mod describe;
mod http;
mod postman;
mod rows;
mod sample;

pub use http::http;
pub use postman::postman;

#[cfg(test)]
mod tests;
