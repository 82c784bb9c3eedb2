//! Credentials, from the environment or a prompt.

use std::env;
use std::io::{self, IsTerminal as _, Write as _};

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

use super::error::ServerError;
use crate::secrets::Secrets;

/// A variable of the environment.
#[derive(Clone, Copy)]
struct Variable {
    name: &'static str,
    meaning: &'static str,
    prompt: &'static str,
}

const TOKEN: Variable = Variable { name: "KIMAI_TOKEN", meaning: "an API token of the user", prompt: "API token: " };
const API_PASSWORD: Variable =
    Variable { name: "KIMAI_API_PASSWORD", meaning: "the API password of the user", prompt: "API password: " };
const USER: Variable =
    Variable { name: "KIMAI_USER", meaning: "the user name of the web login", prompt: "User name: " };
const PASSWORD: Variable =
    Variable { name: "KIMAI_PASSWORD", meaning: "the password of the web login", prompt: "Password: " };

/// What the API takes.
pub(super) struct Api {
    /// Its name in messages.
    pub(super) name: &'static str,
    pub(super) headers: HeaderMap,
    secret: SecretString,
}

/// What the web page takes.
pub(super) struct Login {
    pub(super) user: String,
    pub(super) password: SecretString,
}

/// The API credentials of the environment, if there are any. They are not worth a question: no known release shows
/// its document to them.
pub(super) fn api() -> Result<Option<Api>, ServerError> {
    let mut headers = HeaderMap::new();
    if let Some(token) = read(TOKEN)? {
        let value = SecretString::from(format!("Bearer {}", token.expose_secret()));
        headers.insert(AUTHORIZATION, header(TOKEN, value.expose_secret())?);
        return Ok(Some(Api { name: "the API token", headers, secret: token }));
    }
    let Some(password) = read(API_PASSWORD)? else { return Ok(None) };
    let user = user()?;
    headers.insert(HeaderName::from_static("x-auth-user"), header(USER, &user)?);
    headers.insert(HeaderName::from_static("x-auth-token"), header(API_PASSWORD, password.expose_secret())?);
    Ok(Some(Api { name: "the API password", headers, secret: password }))
}

/// Name and password for the web page, asked for where the environment does not hold them.
pub(super) fn login() -> Result<Login, ServerError> {
    let user = user()?;
    if let Some(password) = read(PASSWORD)? {
        return Ok(Login { user, password });
    }
    require_terminal(PASSWORD)?;
    let password = rpassword::prompt_password(PASSWORD.prompt).map_err(|source| ServerError::Prompt { source })?;
    Ok(Login { user, password: SecretString::from(password) })
}

fn user() -> Result<String, ServerError> {
    if let Some(user) = read(USER)? {
        return Ok(user.expose_secret().to_owned());
    }
    require_terminal(USER)?;
    let failed = |source| ServerError::Prompt { source };
    let mut stderr = io::stderr();
    write!(stderr, "{}", USER.prompt).and_then(|()| stderr.flush()).map_err(failed)?;
    let mut line = String::new();
    io::stdin().read_line(&mut line).map_err(failed)?;
    Ok(line.trim().to_owned())
}

/// An empty variable is as good as none.
fn read(variable: Variable) -> Result<Option<SecretString>, ServerError> {
    let Variable { name, meaning, .. } = variable;
    match env::var(name) {
        Ok(value) if value.is_empty() => Ok(None),
        Ok(value) => Ok(Some(SecretString::from(value))),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => {
            Err(ServerError::Variable { name, problem: "is not valid UTF-8", meaning })
        }
    }
}

fn require_terminal(variable: Variable) -> Result<(), ServerError> {
    if io::stdin().is_terminal() {
        return Ok(());
    }
    Err(ServerError::MissingVariable { name: variable.name, meaning: variable.meaning })
}

fn header(variable: Variable, value: &str) -> Result<HeaderValue, ServerError> {
    let Variable { name, meaning, .. } = variable;
    let mut value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| ServerError::Variable {
        name,
        problem: "contains a line break or control character",
        meaning,
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// What must not be printed of these.
pub(super) fn secrets(api: Option<&Api>, login: Option<&Login>) -> Secrets {
    let mut secrets = Secrets::default();
    let api = api.map(|api| api.secret.clone());
    api.into_iter().chain(login.map(|login| login.password.clone())).for_each(|secret| secrets.add(secret));
    secrets
}
