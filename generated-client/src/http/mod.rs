//! HTTP requests and responses, without I/O.

mod body;
mod content;
mod cookie;
pub(crate) mod form_data;
pub(crate) mod media_type;
mod nested;
mod pairs;
mod query;
mod request;
mod response;
mod token;
mod url_encoded;

pub use body::Body;
pub use query::ObjectStyle;
pub use request::HttpRequest;
pub use response::HttpResponse;
pub use url_encoded::UrlEncoded;
