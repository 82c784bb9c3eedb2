//! The requests of a release with example values, for programs that send requests by hand.
//!
//! [`postman`] writes a Postman collection. A model gives the same bytes every time.

mod call;
mod credentials;
mod describe;
mod postman;
mod rows;
mod sample;

pub use postman::postman;
