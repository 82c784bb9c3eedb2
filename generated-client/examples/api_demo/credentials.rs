//! What a person signs in with.

use std::fmt;

use generated_client::Auth;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Deserializer};

/// A text that is never printed.
#[derive(Clone)]
pub(crate) struct Credential(SecretString);

/// The form of the page. `Debug` shows no values: people paste passwords into wrong fields.
#[derive(Deserialize)]
#[serde(tag = "with", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum SignIn {
    Token { url: String, token: Credential },
    Password { url: String, user: String, password: Credential },
    Demo { user: String },
}

impl Credential {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(SecretString::from(text.into()))
    }

    pub(crate) fn bearer(&self) -> Auth {
        Auth::bearer(self.0.expose_secret())
    }

    pub(crate) fn password_of(&self, user: &str) -> Auth {
        Auth::token(user, self.0.expose_secret())
    }

    /// Replaces the credential in a text of the server, which may repeat what it was sent.
    pub(crate) fn redact(&self, text: &str) -> String {
        let secret = self.0.expose_secret().trim();
        // Shorter texts are likely to be parts of ordinary words.
        if secret.len() < 4 { text.to_owned() } else { text.replace(secret, "…") }
    }
}

impl<'de> Deserialize<'de> for Credential {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(…)")
    }
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Token { .. } => "SignIn(token)",
            Self::Password { .. } => "SignIn(user and password)",
            Self::Demo { .. } => "SignIn(demo)",
        })
    }
}
