//! What the examples share: the options for the connection.

use clap::Args;
use generated_client::Auth;
use generated_client::blocking::Client;
use generated_client::test_server::TestServer;

/// Where Kimai is, and who asks.
#[derive(Args)]
#[allow(clippy::doc_markdown, reason = "the help shows the comments as they are")]
#[command(next_help_heading = "Connection")]
pub(crate) struct Connection {
    /// The address of Kimai, such as https://kimai.example.com.
    #[arg(long, env = "KIMAI_URL", global = true)]
    url: Option<String>,
    /// An API token, for Kimai 2.14 and later.
    #[arg(long, env = "KIMAI_TOKEN", hide_env_values = true, global = true)]
    token: Option<String>,
    /// The user name for an API password, for older servers.
    #[arg(long, env = "KIMAI_USER", global = true)]
    user: Option<String>,
    /// The API password.
    #[arg(long, env = "KIMAI_PASSWORD", hide_env_values = true, global = true)]
    password: Option<String>,
    /// Try it with a Kimai in memory, which is gone at the end, and ignore the other options of the connection.
    #[arg(long, global = true)]
    demo: bool,
}

/// A connected client.
pub(crate) struct Session {
    /// The client.
    pub(crate) kimai: Client,
    /// The server of `--demo`, which lives as long as this.
    _server: Option<TestServer>,
}

impl Connection {
    /// What the options lack, as a text for the user.
    pub(crate) fn missing(&self) -> Option<String> {
        let advice = "pass --url and --token, set KIMAI_URL and KIMAI_TOKEN, or try it with --demo";
        let has_credentials = self.token.is_some() || (self.user.is_some() && self.password.is_some());
        match (self.demo, self.url.is_some(), has_credentials) {
            (true, _, _) | (false, true, true) => None,
            (false, false, _) => Some(format!("no address of Kimai: {advice}")),
            (false, true, false) => Some(format!("no credentials: {advice}")),
        }
    }

    /// Connects.
    ///
    /// # Errors
    ///
    /// Returns what is missing or went wrong, as a text for the user.
    pub(crate) fn open(&self) -> Result<Session, String> {
        if self.demo {
            let server = TestServer::start().map_err(|problem| format!("cannot start the demo server: {problem}"))?;
            eprintln!("This is a demo: Kimai {} in memory, on {}", server.release(), server.url());
            let kimai = connect(server.url(), server.auth())?;
            return Ok(Session { kimai, _server: Some(server) });
        }
        let missing = || self.missing().unwrap_or_default();
        let url = self.url.as_deref().ok_or_else(missing)?;
        let auth = match (&self.token, &self.user, &self.password) {
            (Some(token), _, _) => Auth::bearer(token.clone()),
            (None, Some(user), Some(password)) => Auth::token(user.clone(), password.clone()),
            _ => return Err(missing()),
        };
        Ok(Session { kimai: connect(url, auth)?, _server: None })
    }
}

fn connect(url: &str, auth: Auth) -> Result<Client, String> {
    Client::connect(url, auth).map_err(|error| format!("{error:#}"))
}
