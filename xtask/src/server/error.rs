use std::io;

use reqwest::StatusCode;

/// Why a running server did not give its document.
///
/// No variant holds a credential, or a text of the server that could repeat one.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServerError {
    #[error("the URL cannot be used: {problem}")]
    Address { problem: &'static str },

    #[error("{name} is not set, and there is no terminal to ask at: set the environment variable {name} to {meaning}")]
    MissingVariable { name: &'static str, meaning: &'static str },

    #[error("the environment variable {name} {problem}: set it to {meaning}")]
    Variable { name: &'static str, problem: &'static str, meaning: &'static str },

    #[error("cannot ask at the terminal")]
    Prompt { source: io::Error },

    #[error("cannot prepare connections")]
    Setup { source: reqwest::Error },

    #[error("{url}: no server of this name is found: check the name, and the network of this machine")]
    NoSuchHost { url: String },

    #[error("{url}: nothing listens there (connection refused): check host and port, and that the server runs")]
    Refused { url: String },

    #[error("{url}: the server cannot be reached: {cause}")]
    Unreachable { url: String, cause: String },

    #[error(
        "{url}: no secure connection to the server: {cause}; if the certificate comes from an authority of your own, \
         make the system trust it (on Linux, name its file in SSL_CERT_FILE)"
    )]
    Tls { url: String, cause: String },

    #[error(
        "{url}: what listens there does not encrypt (TLS): check the port, and give the URL with http:// if it is \
         meant to be without encryption"
    )]
    NoTls { url: String },

    #[error(
        "{url}: what listens there does not answer as a web server: check the port, and give the URL with https:// if \
         it is meant to be encrypted"
    )]
    NoHttp { url: String },

    #[error("{url}: no connection within {seconds} s: check the address and the network")]
    ConnectTimeout { url: String, seconds: u64 },

    #[error("{url}: no whole answer within {seconds} s: try again, or allow more with --timeout SECONDS")]
    Timeout { url: String, seconds: u64 },

    #[error("{url}: the connection broke: {cause}; try again")]
    Broken { url: String, cause: String },

    #[error("{url}: the answer is longer than {limit} bytes, which no API document is: check the address")]
    TooLarge { url: String, limit: usize },

    #[error("{url}: the server asks for an encrypted connection: give {base} as the URL")]
    Unencrypted { url: String, base: String },

    #[error(
        "{url}: the server sends to another server, {base}, where no credentials go: if you trust it, give {base} as \
         the URL"
    )]
    OtherServer { url: String, base: String },

    #[error("{url}: the server sends to another folder: give {base} as the URL")]
    OtherFolder { url: String, base: String },

    #[error(
        "{url}: the server sends to an address that is not to be followed: give the address under which Kimai shows \
         its start page"
    )]
    Redirect { url: String },

    #[error("{url}: the server sends from address to address without end: it, or a proxy before it, is set up wrong")]
    RedirectLoop { url: String },

    #[error(
        "{url}: the answer is {status}, which comes from Kimai in trouble or from a proxy before it: try again when \
         the server is well"
    )]
    Failing { url: String, status: StatusCode },

    #[error(
        "{url}: the server takes no more requests for now (429 Too Many Requests): wait some minutes, then try again"
    )]
    TooManyRequests { url: String },

    #[error(
        "{url}: the answer is a web page that is none of Kimai's, as from a proxy or a portal for single sign-on: \
         reach Kimai past it, or take the document with `cargo xtask fetch --from FILE`"
    )]
    ForeignPage { url: String },

    #[error(
        "{url}: the answer is {status}, which Kimai does not give here: check the address, and any proxy before it"
    )]
    Status { url: String, status: StatusCode },

    #[error(
        "{url}: no Kimai is found there (404 Not Found): give the address of Kimai's start page, with the folder that \
         it lives in"
    )]
    NoKimai { url: String },

    #[error(
        "{url}: the page has no login form: either it is not Kimai's, or this Kimai logs people in elsewhere (single \
         sign-on); then take the document with `cargo xtask fetch --from FILE`"
    )]
    NoLoginForm { url: String },

    #[error(
        "{url}: the login form has no CSRF token, without which no login is possible: take the document with \
         `cargo xtask fetch --from FILE`"
    )]
    NoCsrfToken { url: String },

    #[error(
        "{url}: the login was refused: check KIMAI_USER and KIMAI_PASSWORD, which are name and password of the web \
         page, and that the user is enabled; after many attempts, wait before the next"
    )]
    WrongPassword { url: String },

    #[error(
        "{url}: this user logs in with a second factor, which cannot be given here: take the document in a browser \
         and then with `cargo xtask fetch --from FILE`, or use a user without a second factor"
    )]
    TwoFactor { url: String },

    #[error(
        "{url}: the server asks for a login again, right after one: its session was lost; try again, and check that a proxy before it passes cookies on"
    )]
    SessionLost { url: String },

    #[error(
        "{url}: this user may not see the API document (403 Forbidden): use a user who may use the API, such as an \
         administrator"
    )]
    NoPermission { url: String },

    #[error(
        "{url}: the page holds no API document where Kimai puts it: take the document with \
         `cargo xtask fetch --from FILE`"
    )]
    NoDocument { url: String },

    #[error(
        "{url}: the API document in the page is damaged: {problem}; try again, or take the document with \
         `cargo xtask fetch --from FILE`"
    )]
    Damaged { url: String, problem: String },

    #[error("{url}: the server does not say its release: give it with --kimai RELEASE")]
    NoRelease { url: String },

    #[error("{url}: the server is Kimai {server}, and --kimai says {kimai}: leave --kimai out, or correct it")]
    OtherRelease { url: String, server: String, kimai: String },
}
