//! What the examples share: the options for the connection.

use clap::Args;
use generated_client::Auth;
use generated_client::blocking::Client;
use generated_client::test_server::TestServer;

/// Where Kimai is, and who asks.
#[derive(Args)]
#[command(next_help_heading = "Connection")]
pub struct Connection {
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
    /// Try it with a Kimai in memory, which is gone at the end.
    #[arg(long, global = true, conflicts_with = "url")]
    demo: bool,
}

/// A connected client.
pub struct Session {
    /// The client.
    pub kimai: Client,
    /// The server of `--demo`, which lives as long as this.
    _server: Option<TestServer>,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    ///
    /// Returns what is missing or went wrong, as a text for the user.
    pub fn open(&self) -> Result<Session, String> {
        if self.demo {
            let server = TestServer::start().map_err(|problem| format!("cannot start the demo server: {problem}"))?;
            eprintln!("This is a demo: Kimai {} in memory, on {}", server.release(), server.url());
            let kimai = connect(server.url(), server.auth())?;
            return Ok(Session { kimai, _server: Some(server) });
        }
        let missing = "pass --url and --token, set KIMAI_URL and KIMAI_TOKEN, or try it with --demo";
        let url = self.url.as_deref().ok_or_else(|| format!("no address of Kimai: {missing}"))?;
        let auth = match (&self.token, &self.user, &self.password) {
            (Some(token), _, _) => Auth::bearer(token.clone()),
            (None, Some(user), Some(password)) => Auth::token(user.clone(), password.clone()),
            _ => return Err(format!("no credentials: {missing}")),
        };
        Ok(Session { kimai: connect(url, auth)?, _server: None })
    }
}

fn connect(url: &str, auth: Auth) -> Result<Client, String> {
    Client::connect(url, auth).map_err(|error| format!("{error:#}"))
}
