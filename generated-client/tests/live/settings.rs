//! The environment variables of a run against a real server.

use generated_client::Auth;

use crate::made::Made;

const CREDENTIALS: &str = "set KIMAI_TOKEN to an API token; before Kimai 2.14, set KIMAI_USER and KIMAI_API_PASSWORD";

const PREFIX: &str = "KIMAI_CLEAN_UP must be what the names of the run begin with, such as live-test-0123abcd";

/// Where the server is, who asks, and whether anything may be written.
pub(crate) struct Settings {
    pub(crate) url: String,
    pub(crate) auth: Auth,
    /// Texts that must not be printed.
    pub(crate) secrets: Vec<String>,
    pub(crate) writes: bool,
    /// The interrupted run whose objects are deleted, in place of a run.
    pub(crate) cleans_up: Option<Made>,
}

impl Settings {
    /// Reads the variables, each with this function.
    pub(crate) fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let set = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
        let writes = match set("KIMAI_WRITE").as_deref() {
            None | Some("0") => false,
            Some("1") => true,
            Some(_) => return Err("KIMAI_WRITE must be 1 or 0".to_owned()),
        };
        let Some(url) = set("KIMAI_URL") else {
            return Err(if writes {
                "KIMAI_WRITE is set, but KIMAI_URL is not: set it to the address of a throw-away server".to_owned()
            } else {
                "set KIMAI_URL to the address of a server, and KIMAI_TOKEN to an API token".to_owned()
            });
        };
        let (auth, secret) = match (set("KIMAI_TOKEN"), set("KIMAI_USER"), set("KIMAI_API_PASSWORD")) {
            (Some(token), ..) => (Auth::bearer(token.clone()), token),
            (None, Some(user), Some(password)) => (Auth::token(user, password.clone()), password),
            _ => return Err(CREDENTIALS.to_owned()),
        };
        let cleans_up = match set("KIMAI_CLEAN_UP") {
            None => None,
            Some(_) if !writes => return Err("KIMAI_CLEAN_UP deletes: also set KIMAI_WRITE=1".to_owned()),
            Some(prefix) => Some(Made::of_run(&prefix).ok_or(PREFIX)?),
        };
        Ok(Self { url, auth, secrets: vec![secret], writes, cleans_up })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Settings, String> {
        let known: Vec<(String, String)> =
            variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Settings::read(move |name| known.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()))
    }

    fn problem(variables: &[(&str, &str)]) -> String {
        read(variables).err().unwrap()
    }

    #[test]
    fn writing_needs_an_address() {
        assert_eq!(
            problem(&[("KIMAI_WRITE", "1"), ("KIMAI_TOKEN", "canary")]),
            "KIMAI_WRITE is set, but KIMAI_URL is not: set it to the address of a throw-away server"
        );
    }

    #[test]
    fn what_is_missing_is_named() {
        let address = "set KIMAI_URL to the address of a server, and KIMAI_TOKEN to an API token";
        assert_eq!(problem(&[]), address);
        assert_eq!(problem(&[("KIMAI_URL", " "), ("KIMAI_TOKEN", "canary")]), address);
        let credentials = "set KIMAI_TOKEN to an API token; before Kimai 2.14, set KIMAI_USER and KIMAI_API_PASSWORD";
        assert_eq!(problem(&[("KIMAI_URL", "http://127.0.0.1")]), credentials);
        assert_eq!(problem(&[("KIMAI_URL", "http://127.0.0.1"), ("KIMAI_USER", "susan_super")]), credentials);
    }

    #[test]
    fn only_1_allows_writing() {
        let server = [("KIMAI_URL", "http://127.0.0.1"), ("KIMAI_TOKEN", "canary")];
        assert!(!read(&server).unwrap().writes);
        for (value, writes) in [("0", false), ("", false), ("1", true)] {
            assert_eq!(read(&[server[0], server[1], ("KIMAI_WRITE", value)]).unwrap().writes, writes, "{value}");
        }
        assert_eq!(problem(&[server[0], server[1], ("KIMAI_WRITE", "yes")]), "KIMAI_WRITE must be 1 or 0");
    }

    #[test]
    fn only_the_names_of_a_run_are_cleaned_up() {
        let server = [("KIMAI_URL", "http://127.0.0.1"), ("KIMAI_TOKEN", "canary")];
        let with = |prefix| [server[0], server[1], ("KIMAI_WRITE", "1"), ("KIMAI_CLEAN_UP", prefix)];
        assert_eq!(read(&with("live-test-0123abcd")).unwrap().cleans_up.unwrap().prefix(), "live-test-0123abcd");
        for prefix in ["live-test-", "live-test-0123abcde", "live-test-customer", "Customer"] {
            let expected = "KIMAI_CLEAN_UP must be what the names of the run begin with, such as live-test-0123abcd";
            assert_eq!(problem(&with(prefix)), expected, "{prefix}");
        }
        assert_eq!(
            problem(&[server[0], server[1], ("KIMAI_CLEAN_UP", "live-test-0123abcd")]),
            "KIMAI_CLEAN_UP deletes: also set KIMAI_WRITE=1"
        );
    }

    #[test]
    fn credentials_are_a_token_or_an_api_password() {
        let server = ("KIMAI_URL", "http://127.0.0.1");
        let kind = |settings: Settings| format!("{:?}", settings.auth);
        let token = kind(read(&[server, ("KIMAI_TOKEN", "canary")]).unwrap());
        assert_eq!(token, format!("{:?}", Auth::bearer("canary")));
        let login = [server, ("KIMAI_USER", "susan_super"), ("KIMAI_API_PASSWORD", "canary")];
        let password = kind(read(&login).unwrap());
        assert_eq!(password, format!("{:?}", Auth::token("susan_super", "canary")));
        assert_ne!(token, password);
    }
}
