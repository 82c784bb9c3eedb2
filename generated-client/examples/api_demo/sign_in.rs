//! Signing in: whether Kimai is there, and which release it has.

use std::time::Duration;

use generated_client::test_server::TestServer;
use generated_client::{Auth, Client, Release};
use serde::Serialize;

use crate::answer::Problem;
use crate::calls::{self, Call};
use crate::credentials::{Credential, SignIn};
use crate::pages::Session;

/// A person waits for the response.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The response to a sign-in.
#[derive(Serialize)]
pub(crate) struct Welcome {
    release: String,
    /// The address of the API.
    url: String,
    /// The name of the user, if it is known.
    user: Option<String>,
    calls: Vec<Call>,
}

/// Asks Kimai for its version.
pub(crate) async fn connect(form: SignIn, demo: Option<&TestServer>) -> Result<(Session, Welcome), Problem> {
    let (url, user, auth, credential) = match form {
        SignIn::Token { url, token } => (url, None, token.bearer(), token),
        SignIn::Password { url, user, password } => {
            let auth = password.password_of(&user);
            (url, Some(user), auth, password)
        }
        SignIn::Demo { user } => {
            let (url, auth, credential) = demo.and_then(|server| of_demo(server, &user)).ok_or_else(|| {
                Problem::of_page(
                    "There is no such user",
                    "Start the API demo with --demo, and choose one of its users.",
                )
            })?;
            (url, Some(user), auth, credential)
        }
    };
    // The page shows what one request does, and how long it takes.
    let client = Client::builder(url, auth).timeout(TIMEOUT).no_retries().connect().await;
    let client = client.map_err(|error| Problem::new(&error))?;
    let welcome = Welcome {
        release: client.server_version().as_ref().map(Release::to_string).unwrap_or_default(),
        url: client.base_url().to_string(),
        user,
        calls: calls::all(&client),
    };
    Ok((Session { client, credential }, welcome))
}

fn of_demo(server: &TestServer, name: &str) -> Option<(String, Auth, Credential)> {
    let user = server.users().iter().find(|user| user.name == name)?;
    let auth = server.auth_of(name)?;
    Some((server.url().to_owned(), auth, Credential::new(&*user.token)))
}
