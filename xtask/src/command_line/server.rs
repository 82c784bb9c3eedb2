//! The arguments about a server.

/// The part of `--help` about the environment.
pub(crate) const HELP: &str = "\
Credentials for a URL are read from the environment and never stored:
  KIMAI_USER, KIMAI_PASSWORD  user name and password of the web login; prompted for if not set
  KIMAI_TOKEN                 API token, tried first if set
  KIMAI_API_PASSWORD          API password, tried first if set, together with KIMAI_USER
All known releases of Kimai require the web login: API credentials alone are not enough.";

/// The part of `--help` about the environment, for requests to the API alone.
pub(crate) const API_HELP: &str = "\
Credentials for a URL are read from the environment and never stored:
  KIMAI_TOKEN                     API token
  KIMAI_USER, KIMAI_API_PASSWORD  user name and API password, if there is no token
The server's responses depend on the permissions of this user.";

/// The time limit of a request, in seconds, unless another is set.
const TIMEOUT: u64 = 60;

/// How to speak to a server.
#[derive(clap::Args)]
pub(crate) struct ServerOptions {
    /// Time limit of each request to a URL.
    #[arg(long, value_name = "SECONDS", default_value_t = TIMEOUT, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) timeout: u64,

    /// Allow http:// URLs on other machines, which sends credentials without encryption.
    #[arg(long)]
    pub(crate) allow_http: bool,
}

impl ServerOptions {
    /// The arguments that set them, without those that are not set.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let timeout = (self.timeout != TIMEOUT).then(|| ["--timeout".to_owned(), self.timeout.to_string()]);
        let allow_http = self.allow_http.then(|| "--allow-http".to_owned());
        timeout.into_iter().flatten().chain(allow_http).collect()
    }
}

/// Whether this is the address of a server, and no file.
pub(crate) fn is_url(text: &str) -> bool {
    let start = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    start("https://") || start("http://")
}
