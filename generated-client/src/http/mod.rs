//! HTTP requests and responses, without I/O.

mod request;
mod response;

pub use request::{Body, HttpRequest};
pub use response::HttpResponse;
