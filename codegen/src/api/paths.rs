//! Paths: their segments, and the names that derive from them.
//!
//! Names come from method and path, never from `operationId`, which Kimai renames between releases.

use super::Method;
use crate::{Error, Pointer, names};

/// A path, split.
#[derive(Clone, Debug)]
pub(super) struct Template<'a> {
    /// The parts below `/api/`, or all of a path that is not there.
    pub(super) parts: Vec<Part<'a>>,
    pub(super) outside_api: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Literal(&'a str),
    Parameter(&'a str),
}

impl<'a> Template<'a> {
    pub(super) fn parse(path: &'a str, pointer: &Pointer) -> Result<Self, Error> {
        let unsupported = |what: &str, instead: &str| Error::Unsupported {
            pointer: pointer.clone(),
            what: what.to_owned(),
            instead: instead.to_owned(),
        };
        let inside = path.strip_prefix("/api/").filter(|rest| !rest.is_empty());
        let rest = inside.or(path.strip_prefix('/')).unwrap_or(path).trim_end_matches('/');
        let mut parts = Vec::new();
        // The start page has no segments.
        for part in rest.split('/').filter(|_| path != "/") {
            let inner = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
            let part = match inner {
                _ if part.is_empty() => {
                    return Err(unsupported("an empty path segment", "remove one of the two slashes"));
                }
                None if matches!(part, "." | "..") => {
                    let what = format!("the path segment '{part}'");
                    return Err(unsupported(&what, "write the resolved path"));
                }
                Some(name) if !name.is_empty() && !name.contains(['{', '}']) => Part::Parameter(name),
                None if !part.contains(['{', '}']) => Part::Literal(part),
                _ => return Err(unsupported("a path segment that mixes text and parameters", "use whole segments")),
            };
            if let Part::Parameter(name) = part
                && parts.contains(&part)
            {
                let problem = format!("the path contains {{{name}}} twice; rename the second one");
                return Err(Error::Malformed { pointer: pointer.clone(), problem });
            }
            parts.push(part);
        }
        if let Some(Part::Parameter(_)) = parts.first() {
            return Err(unsupported("a path that begins with a parameter", "begin it with the name of a resource"));
        }
        Ok(Self { parts, outside_api: inside.is_none() })
    }

    /// The first segment, which is fixed text, without the version of the API before it.
    pub(super) fn resource(&self) -> &'a str {
        match self.below_version() {
            [Part::Literal(text) | Part::Parameter(text), ..] => text,
            [] => "root",
        }
    }

    /// The parts after a version such as `v3`.
    fn below_version(&self) -> &[Part<'a>] {
        match self.parts.as_slice() {
            [Part::Literal(version), rest @ ..]
                if is_version(version) && matches!(rest.first(), Some(Part::Literal(_))) =>
            {
                rest
            }
            all => all,
        }
    }

    /// The fixed text before the parameter `name`, such as `customers` before `{id}`.
    pub(super) fn before(&self, name: &str) -> Option<&'a str> {
        let place = self.parts.iter().position(|part| *part == Part::Parameter(name))?;
        self.parts.iter().take(place).rev().find_map(|part| match part {
            Part::Literal(text) => Some(*text),
            Part::Parameter(_) => None,
        })
    }

    /// The path without parameter names, which identifies it.
    pub(super) fn anonymous(&self) -> String {
        let mut text = if self.outside_api { String::new() } else { "/api".to_owned() };
        for part in &self.parts {
            text.push('/');
            text.push_str(match part {
                Part::Literal(literal) => literal,
                Part::Parameter(_) => "{}",
            });
        }
        text
    }

    /// The method's name: `list`, `create`, `get`, `stop`, `rates`, `create_rate`, `add_member`.
    ///
    /// `has_pair` is whether POST and DELETE exist for the same member of a collection, and `commands`
    /// whether PATCH requires only the path.
    pub(super) fn method_name(&self, method: Method, has_pair: bool, commands: bool) -> String {
        let literals: Vec<&str> = self
            .below_version()
            .iter()
            .skip(1)
            .filter_map(|part| match part {
                Part::Literal(text) => Some(*text),
                Part::Parameter(_) => None,
            })
            .collect();
        let ends_with_parameter = matches!(self.parts.last(), Some(Part::Parameter(_)));
        let last = literals.last().copied();
        let verb = match method {
            Method::Get => "get",
            Method::Head => "head",
            Method::Post => "create",
            Method::Put => "replace",
            Method::Patch => "update",
            Method::Delete => "delete",
        };
        let Some(last) = last else {
            return match (method, ends_with_parameter) {
                (Method::Get, false) => "list".to_owned(),
                _ => verb.to_owned(),
            };
        };
        let one = names::singular(last);
        let sub = || -> String {
            // `comments/{comment}/pin` is about a comment: `toggle` and the like come from an overlay.
            match literals.as_slice() {
                [.., outer, last] if !ends_with_parameter => format!("{last}_{}", names::singular(outer)),
                _ => last.to_owned(),
            }
        };
        let below_member = matches!(self.below_version().get(1), Some(Part::Parameter(_)));
        let name = match (method, ends_with_parameter) {
            // A single record, next to the list: `plugin/expenses/{id}`.
            (Method::Get, true) if below_member || one != last => format!("get_{one}"),
            (Method::Get, _) => sub(),
            (Method::Head, false) => format!("head_{last}"),
            (Method::Post, true) if has_pair => format!("add_{one}"),
            (Method::Delete, true) if has_pair => format!("remove_{one}"),
            (Method::Patch, false) if commands => sub(),
            (Method::Patch | Method::Put, false) => format!("{verb}_{last}"),
            _ => format!("{verb}_{one}"),
        };
        names::snake(&name)
    }
}

fn is_version(segment: &str) -> bool {
    segment.strip_prefix('v').is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How Kimai behaves: 'Operation ids change'.
    #[test]
    fn names_come_from_method_and_path() {
        use Method::{Delete, Get, Head, Patch, Post};
        for (method, path, has_pair, commands, name) in [
            (Get, "/api/customers", false, false, "list"),
            (Post, "/api/customers", false, false, "create"),
            (Get, "/api/customers/{id}", false, false, "get"),
            (Patch, "/api/customers/{id}", false, false, "update"),
            (Delete, "/api/customers/{id}", false, false, "delete"),
            (Patch, "/api/customers/{id}/meta", false, false, "update_meta"),
            (Get, "/api/customers/{id}/rates", false, false, "rates"),
            (Post, "/api/customers/{id}/rates", false, false, "create_rate"),
            (Delete, "/api/customers/{id}/rates/{rateId}", false, false, "delete_rate"),
            (Patch, "/api/customers/{id}/comments/{comment}/pin", false, true, "pin_comment"),
            (Patch, "/api/timesheets/{id}/stop", false, true, "stop"),
            (Get, "/api/timesheets/active", false, false, "active"),
            (Post, "/api/teams/{id}/members/{userId}", true, false, "add_member"),
            (Delete, "/api/teams/{id}/members/{userId}", true, false, "remove_member"),
            (Get, "/api/users/me", false, false, "me"),
            (Delete, "/api/users/api-token/{id}", false, false, "delete_api_token"),
            (Patch, "/api/users/{id}/preferences", false, false, "update_preferences"),
            (Get, "/api/plugin/expenses", false, false, "expenses"),
            (Get, "/api/plugin/expenses/{id}", false, false, "get_expense"),
            (Get, "/api/actions/timesheet/{id}/{view}/{locale}", false, false, "timesheet"),
            (Head, "/api/customers", false, false, "head"),
            (Head, "/api/customers/{id}", false, false, "head"),
            (Head, "/api/customers/{id}/rates", false, false, "head_rates"),
            (Post, "/api/v3/pet", false, false, "create"),
            (Get, "/v2/pet/findByStatus", false, false, "find_by_status"),
            (Get, "/health", false, false, "list"),
            (Get, "/", false, false, "list"),
        ] {
            let template = Template::parse(path, &Pointer::root()).unwrap();
            assert_eq!(template.method_name(method, has_pair, commands), name, "{method:?} {path}");
        }
    }

    #[test]
    fn handles_are_named_after_the_first_segment_that_is_no_version() {
        for (path, outside_api, resource) in [
            ("/api/customers/{id}", false, "customers"),
            ("/api/v3/pet", false, "pet"),
            ("/api/v3", false, "v3"),
            ("/api/", true, "api"),
            ("/api", true, "api"),
            ("/oauth/token", true, "oauth"),
            ("/v2/pet", true, "pet"),
            ("/", true, "root"),
        ] {
            let template = Template::parse(path, &Pointer::root()).unwrap();
            assert_eq!((template.outside_api, template.resource()), (outside_api, resource), "{path}");
        }
    }

    #[test]
    fn refuses_paths_that_the_client_cannot_build() {
        for path in ["/api/a-{id}", "/api/{id}", "/{id}", "/api/a//b", "/a//b", "/api/a/{}"] {
            assert!(Template::parse(path, &Pointer::root()).is_err(), "{path}");
        }
    }
}
