//! A login as in a browser.

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use secrecy::ExposeSecret as _;

use super::credentials::Login;
use super::error::ServerError;
use super::http::{Answer, Http};
use super::page::{self, LoginForm};
use super::redirect::Place;

pub(super) const PAGE: &str = "en/login";
const CHECK: &str = "en/login_check";

/// Logs in; the session is then in the cookies of `http`.
pub(super) fn log_in(http: &Http, login: &Login) -> Result<(), ServerError> {
    let url = http.url(PAGE).to_string();
    let form = match http.get(PAGE, &HeaderMap::new(), None)? {
        Answer::Page(page) => page::login_form(&page.text()),
        Answer::Sent(_) => LoginForm::None,
        Answer::Status(StatusCode::NOT_FOUND) => return Err(ServerError::NoKimai { url }),
        Answer::Status(status) => return Err(ServerError::Status { url, status }),
    };
    let token = match form {
        LoginForm::WithToken(token) => token,
        LoginForm::WithoutToken => return Err(ServerError::NoCsrfToken { url }),
        LoginForm::None => return Err(ServerError::NoLoginForm { url }),
    };
    let fields = [
        ("_username", login.user.as_str()),
        ("_password", login.password.expose_secret()),
        ("_csrf_token", token.expose_secret()),
    ];
    match http.post(CHECK, &fields)? {
        // Whatever the page is, the start page or what new users see first: the user is in.
        Answer::Sent(Place::Other) => Ok(()),
        Answer::Sent(Place::Login) => Err(ServerError::WrongPassword { url }),
        Answer::Sent(Place::TwoFactor) => Err(ServerError::TwoFactor { url }),
        Answer::Page(page) if page::is_login(&page.text()) => Err(ServerError::WrongPassword { url }),
        Answer::Page(_) => Err(ServerError::ForeignPage { url: http.url(CHECK).to_string() }),
        Answer::Status(status) => Err(ServerError::Status { url: http.url(CHECK).to_string(), status }),
    }
}
