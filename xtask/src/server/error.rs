use std::io;

use reqwest::StatusCode;

/// Why a running server did not give what it was asked for.
///
/// No variant holds a credential, or a text of the server that could repeat one.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServerError {
    #[error("invalid URL: {problem}")]
    Address { problem: &'static str },

    #[error("cannot prompt for {name} without a terminal: set the environment variable {name} to {meaning}")]
    MissingVariable { name: &'static str, meaning: &'static str },

    #[error("the environment variable {name} {problem}: set it to {meaning}")]
    Variable { name: &'static str, problem: &'static str, meaning: &'static str },

    #[error(
        "no API credentials: set the environment variable KIMAI_TOKEN to an API token, or KIMAI_USER and \
         KIMAI_API_PASSWORD to a user name and its API password"
    )]
    NoCredentials,

    #[error("{url}: the server does not accept {with}: check the environment variables, and that the user is enabled")]
    WrongCredentials { url: String, with: &'static str },

    #[error("cannot prompt on the terminal")]
    Prompt { source: io::Error },

    #[error("cannot set up the HTTP client")]
    Setup { source: reqwest::Error },

    #[error("{url}: host not found: check the name and the network connection")]
    NoSuchHost { url: String },

    #[error("{url}: connection refused: check host and port, and that the server is running")]
    Refused { url: String },

    #[error("{url}: cannot reach the server: {cause}")]
    Unreachable { url: String, cause: String },

    #[error(
        "{url}: cannot establish a TLS connection: {cause}; if the certificate is from a private authority, make the \
         system trust that authority (on Linux, set SSL_CERT_FILE to its file)"
    )]
    Tls { url: String, cause: String },

    #[error("{url}: the server does not use TLS: check the port, or use http:// if it is meant to be unencrypted")]
    NoTls { url: String },

    #[error(
        "{url}: the server does not respond with HTTP: check the port, or use https:// if it is meant to be encrypted"
    )]
    NoHttp { url: String },

    #[error("{url}: no connection within {seconds} s: check the address and the network")]
    ConnectTimeout { url: String, seconds: u64 },

    #[error("{url}: no complete response within {seconds} s: try again, or set a longer --timeout")]
    Timeout { url: String, seconds: u64 },

    #[error("{url}: the connection was interrupted: {cause}; try again")]
    Broken { url: String, cause: String },

    #[error("{url}: the response is longer than {limit} bytes, too long for an API document: check the URL")]
    TooLarge { url: String, limit: usize },

    #[error("{url}: the server requires an encrypted connection: use {base} as the URL")]
    Unencrypted { url: String, base: String },

    #[error(
        "{url}: the server redirects to another server, {base}, which receives no credentials: if you trust it, use {base} \
         as the URL"
    )]
    OtherServer { url: String, base: String },

    #[error("{url}: the server redirects to another folder: use {base} as the URL")]
    OtherFolder { url: String, base: String },

    #[error("{url}: the server redirects to an address that cannot be followed: use the URL of Kimai's start page")]
    Redirect { url: String },

    #[error("{url}: too many redirects: check the configuration of the server, or of a proxy before it")]
    RedirectLoop { url: String },

    #[error("{url}: the server failed with {status}: check Kimai and any proxy before it, then try again")]
    Failing { url: String, status: StatusCode },

    #[error("{url}: too many requests (429 Too Many Requests): wait a few minutes, then try again")]
    TooManyRequests { url: String },

    #[error(
        "{url}: the response is not a page of Kimai, but perhaps of a proxy or of single sign-on: connect to Kimai \
         directly, or save the document in a browser and use `cargo xtask fetch --from FILE`"
    )]
    ForeignPage { url: String },

    #[error("{url}: unexpected status {status}: check the URL, and any proxy before the server")]
    Status { url: String, status: StatusCode },

    #[error("{url}: Kimai not found (404 Not Found): use the URL of Kimai's start page, including its folder")]
    NoKimai { url: String },

    #[error(
        "{url}: the page has no login form: check the URL; if this Kimai uses single sign-on, save the document in a \
         browser and use `cargo xtask fetch --from FILE`"
    )]
    NoLoginForm { url: String },

    #[error(
        "{url}: the login form has no CSRF token, which the login requires: save the document in a browser and use \
         `cargo xtask fetch --from FILE`"
    )]
    NoCsrfToken { url: String },

    #[error(
        "{url}: login failed: check KIMAI_USER and KIMAI_PASSWORD, the user name and password of the web login, and \
         that the user is enabled; after many attempts, wait before the next one"
    )]
    WrongPassword { url: String },

    #[error(
        "{url}: this user requires a second factor, which is not supported: use another user, or save the document in a \
         browser and use `cargo xtask fetch --from FILE`"
    )]
    TwoFactor { url: String },

    #[error("{url}: the session was lost right after the login: try again, and check that proxies forward cookies")]
    SessionLost { url: String },

    #[error(
        "{url}: this user has no access to the API document (403 Forbidden): use a user with API access, such as an \
         administrator"
    )]
    NoPermission { url: String },

    #[error(
        "{url}: the page does not contain an API document: save the document in a browser and use \
         `cargo xtask fetch --from FILE`"
    )]
    NoDocument { url: String },

    #[error(
        "{url}: the API document in the page is damaged: {problem}; try again, or save the document in a browser and \
         use `cargo xtask fetch --from FILE`"
    )]
    Damaged { url: String, problem: String },

    #[error("{url}: the server does not report its release: set it with --kimai RELEASE")]
    NoRelease { url: String },

    #[error("{url}: the server is Kimai {server}, but --kimai is {kimai}: omit --kimai, or correct it")]
    OtherRelease { url: String, server: String, kimai: String },
}
