//! Changes a request to the form that a release requires.

use serde_json::{Map, Value};

use crate::Release;
use crate::error::{Error, InvalidRequest, Missing, MissingPart, Unsupported};
use crate::history::{History, Instead, Part, Way, covers};
use crate::http::{Body, HttpRequest, UrlEncoded};
use crate::info::Info;

/// Returns the request for a server of this release.
pub(crate) fn adapted(mut request: HttpRequest, info: &Info, release: Release) -> Result<HttpRequest, Error> {
    match info.history.adapt(&mut request, info.name, release) {
        Ok(()) => Ok(request),
        Err(Refusal::Missing(missing)) => Err(Unsupported::Missing(missing).into()),
        Err(Refusal::Invalid(reason)) => Err(Error::invalid_request(info, reason)),
    }
}

/// Why a request cannot be sent to a release.
enum Refusal {
    Missing(Missing),
    Invalid(InvalidRequest),
}

impl From<InvalidRequest> for Refusal {
    fn from(error: InvalidRequest) -> Self {
        Self::Invalid(error)
    }
}

impl History {
    /// Changes the request to the form that a server of this release requires.
    fn adapt(&self, request: &mut HttpRequest, operation: &'static str, server: Release) -> Result<(), Refusal> {
        let missing = |part, releases| Refusal::Missing(Missing { operation, part, server, releases });
        if self.releases.is_some_and(|releases| !covers(releases, server)) {
            return Err(missing(MissingPart::Operation, self.releases()));
        }
        if let Some(part) = self.variant.filter(|part| !covers(part.releases, server)) {
            return Err(missing(MissingPart::Parameter(part.name), part.releases));
        }
        for part in self.parameters {
            match part.at(server) {
                _ if !request.has_query(part.name) => {}
                Fit::AsItIs => {}
                Fit::Instead(Instead { name, way: Way::Commas, .. }) => request.join_list(part.name, name)?,
                Fit::Instead(Instead { name, way, .. }) => {
                    request.rename_query(part.name, name, |value| way.written(value.to_owned()));
                }
                Fit::Missing => return Err(missing(MissingPart::Parameter(part.name), part.releases)),
            }
        }
        let differing: Vec<(&Part, Fit)> = self
            .properties
            .iter()
            .map(|part| (part, part.at(server)))
            .filter(|(_, fit)| !matches!(fit, Fit::AsItIs))
            .collect();
        if differing.is_empty() {
            return Ok(());
        }
        let missing = |part: &Part| missing(MissingPart::Property(part.name), part.releases);
        match request.body() {
            Body::Empty | Body::Text { .. } | Body::Bytes { .. } => {}
            Body::Multipart(form) => {
                let mut form = form.clone();
                for (part, fit) in &differing {
                    match fit {
                        Fit::AsItIs => {}
                        Fit::Instead(instead) => form.rename(part.name, instead.name),
                        Fit::Missing if form.parts().iter().any(|sent| sent.name == part.name) => {
                            return Err(missing(part));
                        }
                        Fit::Missing => {}
                    }
                }
                request.set_body(Body::Multipart(form));
            }
            Body::Form(form) => {
                let mut body = Value::Object(form.fields().clone());
                fit_all(&mut body, &differing).map_err(missing)?;
                if let Value::Object(fields) = body {
                    request.set_body(Body::Form(UrlEncoded::of(fields)));
                }
            }
            Body::Json(json) => {
                let wrong = |error: serde_json::Error| InvalidRequest::Body { problem: error.to_string() };
                let before: Value = serde_json::from_slice(json).map_err(wrong)?;
                let mut body = before.clone();
                fit_all(&mut body, &differing).map_err(missing)?;
                if body != before {
                    request.json(&body)?;
                }
            }
        }
        Ok(())
    }
}

/// Rewrites the fields for the release, or returns one that the release does not have.
fn fit_all<'a>(body: &mut Value, differing: &[(&'a Part, Fit)]) -> Result<(), &'a Part> {
    for (part, fit) in differing {
        let mut is_missing = false;
        holders(body, part.name, &mut |object, name| is_missing |= !part.fit(object, name, fit));
        if is_missing {
            return Err(part);
        }
    }
    Ok(())
}

/// How a release writes a parameter or field.
#[derive(Clone, Copy)]
enum Fit {
    AsItIs,
    Instead(Instead),
    Missing,
}

impl Part {
    fn at(&self, server: Release) -> Fit {
        match self.instead.iter().find(|instead| instead.releases.covers(server)) {
            Some(instead) => Fit::Instead(*instead),
            None if covers(self.releases, server) => Fit::AsItIs,
            None => Fit::Missing,
        }
    }

    /// Rewrites the field for the release; returns false if the release does not have it.
    fn fit(&self, object: &mut Map<String, Value>, name: &str, fit: &Fit) -> bool {
        match fit {
            Fit::AsItIs => true,
            Fit::Missing => {
                let is_assumed = self.assumed.is_some() && object.get(name).and_then(Value::as_bool) == self.assumed;
                if is_assumed {
                    object.remove(name);
                }
                is_assumed || !object.contains_key(name)
            }
            Fit::Instead(instead) => {
                if let Some(mut value) = object.remove(name) {
                    match (instead.way, &mut value) {
                        (Way::Midnight, Value::String(date)) => *date = instead.way.written(std::mem::take(date)),
                        (Way::Commas, Value::Array(list)) => {
                            let texts: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
                            if texts.len() == list.len() {
                                value = Value::from(texts.join(","));
                            }
                        }
                        _ => {}
                    }
                    object.insert(instead.name.to_owned(), value);
                }
                true
            }
        }
    }
}

impl Way {
    fn written(self, value: String) -> String {
        if self == Self::Midnight { value + "T00:00:00" } else { value }
    }
}

/// Calls `see` with each object that may have the field, and the name of the field.
fn holders(value: &mut Value, path: &str, see: &mut impl FnMut(&mut Map<String, Value>, &str)) {
    match (path.split_once('/'), value) {
        (None, Value::Object(object)) => see(object, path),
        (Some(("*", rest)), Value::Array(items)) => items.iter_mut().for_each(|item| holders(item, rest, see)),
        (Some(("*", rest)), Value::Object(object)) => object.values_mut().for_each(|item| holders(item, rest, see)),
        (Some((name, rest)), Value::Object(object)) => {
            if let Some(inner) = object.get_mut(name) {
                holders(inner, rest, see);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use reqwest::Method;
    use serde_json::json;

    use super::*;
    use crate::history::Span;
    use crate::multipart::Form;

    const HISTORY: History = History::new(&[Span::between([2, 0, 0], [2, 9, 0])])
        .with_parameters(&[
            Part::new("tags[]", &[Span::between([2, 0, 0], [2, 1, 0]), Span::since([2, 2, 0])])
                .instead(&[Instead::new(Span::between([2, 0, 0], [2, 1, 0]), "tags", Way::Commas)]),
            Part::new("from", &[Span::since([2, 0, 0])]).instead(&[Instead::new(
                Span::between([2, 0, 0], [2, 1, 0]),
                "begin",
                Way::Same,
            )]),
        ])
        .with_properties(&[
            Part::new("day", &[Span::since([2, 0, 0])]).instead(&[Instead::new(
                Span::between([2, 0, 0], [2, 1, 0]),
                "day",
                Way::Midnight,
            )]),
            Part::new("visible", &[Span::since([2, 1, 0])]).assumed(true),
            Part::new("members/*/color", &[Span::between([2, 0, 0], [2, 3, 0])]),
        ]);

    fn adapted(query: &[(&'static str, &str)], body: &str, release: Release) -> String {
        let mut request = HttpRequest::new(Method::POST, &[&"things"]).unwrap();
        for (name, value) in query {
            request.query(name, Some(value));
        }
        request.json(&serde_json::from_str::<Value>(body).unwrap()).unwrap();
        match HISTORY.adapt(&mut request, "things.create", release) {
            Ok(()) => {
                let Body::Json(json) = request.body() else { panic!("no body") };
                format!("{} {}", request.path_and_query(), std::str::from_utf8(json).unwrap())
            }
            Err(Refusal::Missing(missing)) => missing.to_string(),
            Err(Refusal::Invalid(error)) => error.to_string(),
        }
    }

    #[test]
    fn each_release_gets_what_it_takes() {
        let query = [("tags[]", "a"), ("x", "1"), ("tags[]", "b"), ("from", "c")];
        let body = r#"{"day":"2026-01-01","other":null}"#;
        assert_eq!(
            adapted(&query, body, Release::new(2, 0, 5)),
            r#"/api/things?tags=a%2Cb&x=1&begin=c {"day":"2026-01-01T00:00:00","other":null}"#
        );
        assert_eq!(
            adapted(&query, body, Release::new(2, 2, 0)),
            r#"/api/things?tags%5B%5D=a&x=1&tags%5B%5D=b&from=c {"day":"2026-01-01","other":null}"#
        );
        assert_eq!(
            adapted(&query, body, Release::new(2, 1, 7)),
            "things.create: Kimai 2.1.7 does not have the parameter tags[], which exists from 2.0.0 to before 2.1.0 and since 2.2.0, and would \
                 ignore it; nothing was sent"
        );
    }

    #[test]
    fn a_comma_in_a_list_with_commas_is_refused() {
        assert_eq!(
            adapted(&[("tags[]", "a,b")], "{}", Release::new(2, 0, 0)),
            "\"a,b\" cannot be a value of tags, whose values are separated by commas: the server would read others"
        );
    }

    #[test]
    fn releases_without_the_operation_get_nothing() {
        assert_eq!(
            adapted(&[], "{}", Release::new(1, 30, 11)),
            "things.create: Kimai 1.30.11 does not have this operation, which exists from 2.0.0 to before 2.9.0; \
                 nothing was sent"
        );
        assert!(adapted(&[], "{}", Release::new(2, 9, 0)).starts_with("things.create: "));
    }

    #[test]
    fn what_old_releases_do_anyway_is_left_out() {
        assert_eq!(adapted(&[], r#"{"visible":true}"#, Release::new(2, 0, 0)), "/api/things {}");
        assert_eq!(
            adapted(&[], r#"{"visible":false}"#, Release::new(2, 0, 0)),
            "things.create: Kimai 2.0.0 does not have the field visible, which exists since 2.1.0, and would \
                 refuse it; nothing was sent"
        );
        assert!(adapted(&[], r#"{"visible":null}"#, Release::new(2, 0, 0)).starts_with("things.create: "));
    }

    #[test]
    fn properties_of_elements_are_found() {
        let body = r#"{"members":[{"user":1},{"color":"red"}]}"#;
        assert!(adapted(&[], body, Release::new(2, 2, 0)).starts_with("/api/"));
        assert_eq!(
            adapted(&[], body, Release::new(2, 3, 0)),
            "things.create: Kimai 2.3.0 does not have the field members.*.color, which exists from 2.0.0 to \
                 before 2.3.0, and would refuse it; nothing was sent"
        );
        assert!(adapted(&[], r#"{"members":"none"}"#, Release::new(2, 3, 0)).starts_with("/api/"));
    }

    #[test]
    fn elements_of_a_list_that_is_the_body_are_found() {
        const LIST: History =
            History::new(&[Span::since([2, 0, 0])]).with_properties(&[Part::new("*/value", &[Span::since([2, 1, 0])])]);
        let mut request = HttpRequest::new(Method::PATCH, &[&"things"]).unwrap();
        request.json(&serde_json::json!([{"name": "a"}, {"value": "b"}])).unwrap();
        assert!(LIST.adapt(&mut request.clone(), "things.update", Release::new(2, 1, 0)).is_ok());
        let refused = LIST.adapt(&mut request, "things.update", Release::new(2, 0, 9));
        assert!(matches!(refused, Err(Refusal::Missing(Missing { part: MissingPart::Property("*/value"), .. }))));
    }

    #[test]
    fn parts_of_a_form_are_renamed_or_refused() {
        const FORM: History = History::new(&[Span::since([2, 0, 0])]).with_properties(&[
            Part::new("addressLine", &[Span::since([2, 0, 0])]).instead(&[Instead::new(
                Span::between([2, 0, 0], [2, 1, 0]),
                "address_line",
                Way::Same,
            )]),
            Part::new("note", &[Span::since([2, 2, 0])]),
        ]);
        let request = |name: &str| {
            let mut form = Form::default();
            form.value(name, &"x").unwrap();
            let mut request = HttpRequest::new(Method::POST, &[&"things"]).unwrap();
            request.set_body(Body::Multipart(form));
            request
        };
        let mut renamed = request("addressLine");
        assert!(FORM.adapt(&mut renamed, "things.create", Release::new(2, 0, 0)).is_ok());
        assert_eq!(renamed.properties(), ["address_line"]);
        let refused = FORM.adapt(&mut request("note"), "things.create", Release::new(2, 1, 0));
        assert!(matches!(refused, Err(Refusal::Missing(Missing { part: MissingPart::Property("note"), .. }))));
        assert!(FORM.adapt(&mut request("note"), "things.create", Release::new(2, 2, 0)).is_ok());
    }

    #[test]
    fn fields_of_url_encoded_forms_are_rewritten_or_refused() {
        const FORM: History = History::new(&[Span::since([2, 0, 0])]).with_properties(&[
            Part::new("day", &[Span::since([2, 0, 0])]).instead(&[Instead::new(
                Span::between([2, 0, 0], [2, 1, 0]),
                "begin",
                Way::Midnight,
            )]),
            Part::new("visible", &[Span::since([2, 1, 0])]).assumed(true),
            Part::new("members/*/color", &[Span::since([2, 2, 0])]),
        ]);
        let adapted = |body: Value, release: Release| {
            let mut request = HttpRequest::new(Method::POST, &[&"things"]).unwrap();
            request.form(&body).unwrap();
            match FORM.adapt(&mut request, "things.create", release) {
                Ok(()) => {
                    let Body::Form(form) = request.body() else { panic!("no form") };
                    form.pairs().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
                }
                Err(Refusal::Missing(missing)) => missing.to_string(),
                Err(Refusal::Invalid(error)) => error.to_string(),
            }
        };
        let body = json!({"day": "2026-01-01", "visible": true, "x": [1]});
        assert_eq!(adapted(body.clone(), Release::new(2, 0, 0)), "begin=2026-01-01T00:00:00&x[]=1");
        assert_eq!(adapted(body, Release::new(2, 1, 0)), "day=2026-01-01&visible=true&x[]=1");
        let body = json!({"members": [{"color": "red"}]});
        assert_eq!(adapted(body.clone(), Release::new(2, 2, 0)), "members[0][color]=red");
        assert_eq!(
            adapted(body, Release::new(2, 1, 0)),
            "things.create: Kimai 2.1.0 does not have the field members.*.color, which exists since 2.2.0, and would \
                 refuse it; nothing was sent"
        );
    }
}
