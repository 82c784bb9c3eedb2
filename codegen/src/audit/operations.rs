//! Which operation a request is for.

use serde_json::Value;

use crate::Pointer;

/// The operations of a document.
pub(super) struct Operations<'a> {
    all: Vec<Operation<'a>>,
}

/// An operation of a document.
pub(super) struct Operation<'a> {
    /// Method and path, such as `GET /api/tags`.
    pub(super) name: String,
    pub(super) pointer: Pointer,
    pub(super) value: &'a Value,
    method: String,
    segments: Vec<&'a str>,
}

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl<'a> Operations<'a> {
    pub(super) fn of(document: &'a Value) -> Self {
        let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
        let all = paths.flat_map(|(path, item)| {
            METHODS.iter().filter_map(move |method| {
                let value = item.get(method)?;
                let pointer = Pointer::root().join("paths").join(path).join(method);
                let method = method.to_uppercase();
                Some(Operation {
                    name: format!("{method} {path}"),
                    pointer,
                    value,
                    method,
                    segments: path.split('/').collect(),
                })
            })
        });
        Self { all: all.collect() }
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Operation<'a>> {
        self.all.iter()
    }

    /// The operation whose path fits best: fixed text before parameters.
    pub(super) fn find(&self, method: &str, path: &str) -> Option<&Operation<'a>> {
        let sent: Vec<&str> = path.split('/').collect();
        let fits = self.all.iter().filter(|operation| operation.method == method && operation.fits(&sent));
        fits.max_by_key(|operation| operation.segments.iter().map(|segment| !is_parameter(segment)).collect::<Vec<_>>())
    }
}

impl Operation<'_> {
    fn fits(&self, sent: &[&str]) -> bool {
        self.segments.len() == sent.len()
            && self
                .segments
                .iter()
                .zip(sent)
                .all(|(segment, sent)| if is_parameter(segment) { !sent.is_empty() } else { segment == sent })
    }
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fixed_text_goes_before_parameters() {
        let document = json!({"paths": {
            "/api/tags/{id}": {"get": {}}, "/api/tags/find": {"get": {}}, "/api/{a}/find": {"get": {}, "post": {}},
        }});
        let operations = Operations::of(&document);
        let found = |method: &str, path: &str| operations.find(method, path).map(|found| found.name.clone());
        assert_eq!(found("GET", "/api/tags/find"), Some("GET /api/tags/find".to_owned()));
        assert_eq!(found("GET", "/api/tags/3"), Some("GET /api/tags/{id}".to_owned()));
        assert_eq!(found("POST", "/api/tags/find"), Some("POST /api/{a}/find".to_owned()));
        assert_eq!(found("GET", "/api/tags/"), None);
        assert_eq!(found("GET", "/api/tags/3/x"), None);
        assert_eq!(found("DELETE", "/api/tags/3"), None);
    }
}
