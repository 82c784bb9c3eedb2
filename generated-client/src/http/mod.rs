//! HTTP requests and responses, without I/O.

mod body;
mod content;
mod cookie;
mod nested;
mod query;
mod request;
mod response;
mod url_encoded;

pub use body::Body;
pub use query::ObjectStyle;
pub use request::HttpRequest;
pub use response::HttpResponse;
pub use url_encoded::UrlEncoded;
