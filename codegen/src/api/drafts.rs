//! Operations before their responses and requests are read.

use std::collections::{HashMap, HashSet};

use openapiv3::ReferenceOr;

use super::extensions::{Extensions, RESOURCE};
use super::failure::Failure;
use super::paths::Template;
use super::{Answer, Builder, Method};
use crate::{Error, Pointer, names};

/// An operation that is partly read.
pub(super) struct Draft<'a> {
    pub(super) source: &'a openapiv3::Operation,
    pub(super) shared: &'a [ReferenceOr<openapiv3::Parameter>],
    pub(super) method: Method,
    pub(super) path: &'a str,
    pub(super) template: Template<'a>,
    pub(super) resource: String,
    pub(super) pointer: Pointer,
    pub(super) answer: Answer,
    pub(super) full: Option<Answer>,
}

impl<'a> Builder<'a> {
    /// The operations of all paths.
    pub(super) fn drafts(&self) -> Result<Vec<Draft<'a>>, Failure> {
        let mut paths: Vec<_> = self.openapi.paths.iter().collect();
        paths.sort_by_key(|(path, _)| *path);
        let mut seen: HashMap<(Method, String), Pointer> = HashMap::new();
        let mut drafts = Vec::new();
        for (path, item) in paths {
            let pointer = Pointer::root().join("paths").join(path);
            if self.is_left_out(&pointer) {
                continue;
            }
            let ReferenceOr::Item(item) = item else {
                let error = Error::Unsupported {
                    pointer: pointer.clone(),
                    what: "a path that is a reference".to_owned(),
                    instead: "write its operations here".to_owned(),
                };
                return Err(Failure::of_operation(&pointer, error));
            };
            for (name, source) in item.iter() {
                let pointer = pointer.join(name);
                if self.is_left_out(&pointer) {
                    continue;
                }
                let failed = |error| Failure::of_operation(&pointer, error);
                let method = method(name, &pointer).map_err(failed)?;
                let template = Template::parse(path, &pointer).map_err(failed)?;
                if let Some(other) = seen.insert((method, template.anonymous()), pointer.clone()) {
                    let error = Error::DuplicateOperation { pointer: pointer.clone(), other };
                    return Err(failed(error));
                }
                let extensions = Extensions::new(&source.extensions, &pointer);
                let resource = extensions.text(RESOURCE).map_err(failed)?.unwrap_or(template.resource());
                let (resource, shared) = (names::handle(resource), item.parameters.as_slice());
                let (answer, full) = (Answer::Empty, None);
                drafts.push(Draft { source, shared, method, path, template, resource, pointer, answer, full });
            }
        }
        Ok(drafts)
    }
}

fn method(name: &str, pointer: &Pointer) -> Result<Method, Error> {
    Ok(match name {
        "get" => Method::Get,
        "head" => Method::Head,
        "post" => Method::Post,
        "put" => Method::Put,
        "patch" => Method::Patch,
        "delete" => Method::Delete,
        other => {
            return Err(Error::Unsupported {
                pointer: pointer.clone(),
                what: format!("an operation with method {}", other.to_uppercase()),
                instead: "remove it with an overlay".to_owned(),
            });
        }
    })
}

/// Members of collections, added by POST and removed by DELETE at the same path.
pub(super) fn pairs(drafts: &[Draft<'_>]) -> HashSet<String> {
    let with = |method: Method| -> HashSet<String> {
        drafts.iter().filter(|draft| draft.method == method).map(|draft| draft.template.anonymous()).collect()
    };
    with(Method::Post).intersection(&with(Method::Delete)).cloned().collect()
}

/// The first part of the names of inline types: resource, then method.
pub(super) fn type_stem(draft: &Draft<'_>) -> String {
    let thing = names::singular(draft.template.resource());
    let method = draft.template.method_name(draft.method, false, false);
    format!("{}{}", names::pascal(&thing), names::pascal(&method))
}

/// A stem for the name of a form: that of the type, without the verb.
pub(super) fn form_stem(draft: &Draft<'_>) -> String {
    let thing = names::pascal(&names::singular(draft.template.resource()));
    let method = draft.template.method_name(draft.method, false, false);
    match method.split_once('_').unwrap_or((&method, "")) {
        ("create", "") => thing,
        ("create" | "replace", rest) if !rest.is_empty() => format!("{thing}{}", names::pascal(rest)),
        _ => format!("{thing}{}", names::pascal(&method)),
    }
}
