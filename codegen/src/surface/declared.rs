//! Where an operation declares its parameters, its body and its responses.

use serde_json::Value;

use super::schemas::{Place, Schemas};
use crate::Pointer;
use crate::api::{Answer, Body, Operation, ParameterPlace, essence, is_json};

/// A declared parameter.
pub(super) struct Parameter<'a> {
    /// Where it is listed, and the targets of its reference.
    pub(super) places: Vec<Place<'a>>,
    /// Its schema.
    pub(super) schema: Vec<Place<'a>>,
}

/// An operation in the document.
pub(super) struct Declared<'a> {
    schemas: Schemas<'a>,
    operation: Option<Place<'a>>,
    /// The parameters of the operation, then those of its path.
    parameters: Vec<Vec<Place<'a>>>,
}

impl<'a> Declared<'a> {
    pub(super) fn new(schemas: Schemas<'a>, operation: &Operation) -> Self {
        let of_path = operation.pointer.as_str().rsplit_once('/').map(|(path, _)| Pointer::from_text(path));
        let path = of_path.and_then(|path| schemas.at(&path));
        let operation = schemas.at(&operation.pointer);
        let listed = operation.iter().chain(&path).flat_map(|owner| owner.elements("parameters"));
        let parameters = listed.map(|place| schemas.follow(place)).collect();
        Self { schemas, operation, parameters }
    }

    /// A member of the operation.
    pub(super) fn member(&self, name: &str) -> Option<Place<'a>> {
        self.operation.as_ref()?.member(name)
    }

    /// The parameter of this name.
    pub(super) fn parameter(&self, location: &str, wire: &str) -> Option<Parameter<'a>> {
        self.parameters.iter().find_map(|places| {
            let last = places.last()?;
            let has = |member: &str, wanted: &str| last.value.get(member).and_then(Value::as_str) == Some(wanted);
            let schema = last.member("schema").into_iter().collect();
            (has("name", wire) && has("in", location)).then(|| Parameter { places: places.clone(), schema })
        })
    }

    /// The schemas of the body; the members of a body without a name are in one of JSON.
    pub(super) fn body(&self, body: Option<&Body>) -> Vec<Place<'a>> {
        let request = self.member("requestBody").and_then(|request| self.schemas.follow(request).pop());
        let content = request.map(|request| request.members("content")).unwrap_or_default();
        media(&content, |name| match body {
            None | Some(Body::Json(_)) => is_json(name),
            Some(Body::Multipart(_)) => essence(name) == "multipart/form-data",
            Some(Body::UrlEncoded(_)) => essence(name) == "application/x-www-form-urlencoded",
            Some(Body::Text(_) | Body::Bytes(_)) => true,
        })
    }

    /// The successful responses.
    pub(super) fn successes(&self) -> Vec<Place<'a>> {
        let responses = self.operation.as_ref().map(|operation| operation.members("responses")).unwrap_or_default();
        let (successes, others): (Vec<_>, Vec<_>) =
            responses.into_iter().partition(|(code, _)| code.len() == 3 && code.starts_with('2'));
        let default = others.into_iter().filter(|(code, _)| *code == "default");
        let chosen: Vec<_> = if successes.is_empty() { default.collect() } else { successes };
        chosen.into_iter().map(|(_, place)| place).collect()
    }

    /// The schemas of successful responses.
    pub(super) fn answer(&self, answer: &Answer) -> Vec<Place<'a>> {
        let mut found = Vec::new();
        for place in self.successes() {
            let Some(response) = self.schemas.follow(place).pop() else { continue };
            let content = response.members("content");
            found.extend(match answer {
                Answer::Headers => Vec::new(),
                Answer::Json(_) | Answer::OptionalJson(_) | Answer::Page(_) => {
                    let json = media(&content, is_json);
                    if json.is_empty() { media(&content, |name| essence(name) == "*/*") } else { json }
                }
                Answer::Empty | Answer::Text | Answer::Undeclared | Answer::Download => media(&content, |_| true),
            });
        }
        found
    }
}

/// The schemas of media types.
fn media<'a>(content: &[(&str, Place<'a>)], is_wanted: impl Fn(&str) -> bool) -> Vec<Place<'a>> {
    let wanted = content.iter().filter(|(name, _)| is_wanted(name));
    wanted.filter_map(|(_, place)| place.member("schema")).collect()
}

/// Where a parameter is sent, in the words of the document; none for a member of the body.
pub(super) fn location(place: ParameterPlace) -> Option<&'static str> {
    match place {
        ParameterPlace::Query => Some("query"),
        ParameterPlace::Header => Some("header"),
        ParameterPlace::Cookie => Some("cookie"),
        ParameterPlace::Body => None,
    }
}
