//! How the requests of a release log in.

use crate::Release;

/// Since this release, the header `Authorization: Bearer` carries an API token.
const BEARER_SINCE: [u64; 3] = [2, 14, 0];

/// Since this release, user name and API password are deprecated.
const PASSWORD_DEPRECATED_SINCE: [u64; 3] = [2, 54, 0];

/// A value that the user sets once.
pub(super) struct Variable {
    pub(super) name: &'static str,
    pub(super) value: &'static str,
    pub(super) doc: &'static str,
}

/// The address of the server.
pub(super) const BASE_URL: Variable = Variable {
    name: "baseUrl",
    value: "https://kimai.example.com",
    doc: "Address of Kimai's start page, without a slash at the end.",
};

/// An API token.
pub(super) const TOKEN: Variable = Variable { name: "token", value: "", doc: "API token." };

/// The name of the user.
pub(super) const USERNAME: Variable =
    Variable { name: "username", value: "", doc: "User name, to log in with an API password." };

/// The password for the API.
pub(super) const API_PASSWORD: Variable = Variable {
    name: "apiPassword",
    value: "",
    doc: "API password of this user, which is not the password of the web login.",
};

/// A password that a request sets. It has no value, so that nobody gets a password that is known.
pub(super) const NEW_PASSWORD: Variable =
    Variable { name: "newPassword", value: "", doc: "Password or token that a request sets for a user." };

/// How a value refers to a variable.
pub(super) fn used(variable: &Variable) -> String {
    format!("{{{{{}}}}}", variable.name)
}

/// Whether the release accepts API tokens.
pub(super) fn has_tokens(release: &Release) -> bool {
    release.numbers() >= BEARER_SINCE
}

/// How to log in, as Markdown.
pub(super) fn how_to_log_in(release: &Release) -> &'static str {
    if release.numbers() >= PASSWORD_DEPRECATED_SINCE {
        "Set `token` to an API token. With an empty `token`, `username` and `apiPassword` are sent; Kimai still accepts \
         them, but slows these requests down."
    } else if has_tokens(release) {
        "Set `token` to an API token, or `username` and `apiPassword`."
    } else {
        "Set `username` and `apiPassword`. API tokens exist since 2.14."
    }
}
