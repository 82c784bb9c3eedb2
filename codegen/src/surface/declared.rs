//! Where an operation declares its parameters, its body and its responses.

use serde_json::Value;

use super::schemas::Schemas;
use crate::Pointer;
use crate::api::{Answer, Body, Operation, ParameterPlace, essence, is_json};

/// A declared parameter.
pub(super) struct Parameter {
    /// Where it is listed, and the targets of its reference.
    pub(super) places: Vec<Pointer>,
    /// Where its schema is.
    pub(super) schema: Vec<Pointer>,
}

/// An operation in the document.
pub(super) struct Declared<'a> {
    schemas: Schemas<'a>,
    place: &'a Pointer,
}

impl<'a> Declared<'a> {
    pub(super) fn new(schemas: Schemas<'a>, operation: &'a Operation) -> Self {
        Self { schemas, place: &operation.pointer }
    }

    /// The parameter of this name: that of the operation, or of its path.
    pub(super) fn parameter(&self, location: &str, wire: &str) -> Option<Parameter> {
        let of_path = self.place.as_str().rsplit_once('/').map(|(path, _)| Pointer::from_text(path));
        let owners = std::iter::once(self.place.clone()).chain(of_path);
        let listed = owners.flat_map(|owner| self.schemas.elements(&owner.join("parameters")));
        listed.map(|place| self.schemas.follow(place)).find_map(|places| {
            let last = places.last()?;
            let value = self.schemas.get(last)?;
            let has = |member: &str, wanted: &str| value.get(member).and_then(Value::as_str) == Some(wanted);
            let schema = self.schemas.below(std::slice::from_ref(last), &["schema"]);
            (has("name", wire) && has("in", location)).then_some(Parameter { places, schema })
        })
    }

    /// Where the body and the successful responses are declared.
    pub(super) fn exchanges(&self) -> impl Iterator<Item = Pointer> + use<> {
        std::iter::once(self.place.join("requestBody")).chain(self.successes())
    }

    fn successes(&self) -> Vec<Pointer> {
        let responses = self.schemas.members(&self.place.join("responses"));
        let (successes, others): (Vec<_>, Vec<_>) =
            responses.into_iter().partition(|(code, _)| code.len() == 3 && code.starts_with('2'));
        let default = others.into_iter().filter(|(code, _)| *code == "default");
        let chosen: Vec<_> = if successes.is_empty() { default.collect() } else { successes };
        chosen.into_iter().map(|(_, place)| place).collect()
    }

    /// The schemas of the body; the members of a body without a name are in one of JSON.
    pub(super) fn body(&self, body: Option<&Body>) -> Vec<Pointer> {
        let request = self.schemas.follow(self.place.join("requestBody"));
        let Some(request) = request.last() else { return Vec::new() };
        let content = self.schemas.members(&request.join("content"));
        let is_of = |wanted: &str, name: &str| essence(name) == wanted;
        self.media(&content, |name| match body {
            None | Some(Body::Json(_)) => is_json(name),
            Some(Body::Multipart(_)) => is_of("multipart/form-data", name),
            Some(Body::UrlEncoded(_)) => is_of("application/x-www-form-urlencoded", name),
            Some(Body::Text(_) | Body::Bytes(_)) => true,
        })
    }

    /// The schemas of successful responses.
    pub(super) fn answer(&self, answer: &Answer) -> Vec<Pointer> {
        let mut found = Vec::new();
        for place in self.successes() {
            let Some(response) = self.schemas.follow(place).pop() else { continue };
            let content = self.schemas.members(&response.join("content"));
            found.extend(match answer {
                Answer::Headers => Vec::new(),
                Answer::Json(_) | Answer::OptionalJson(_) | Answer::Page(_) => {
                    let json = self.media(&content, is_json);
                    if json.is_empty() { self.media(&content, |name| essence(name) == "*/*") } else { json }
                }
                Answer::Empty | Answer::Text | Answer::Undeclared | Answer::Download => self.media(&content, |_| true),
            });
        }
        found
    }

    /// The schemas of media types.
    fn media(&self, content: &[(&str, Pointer)], is_wanted: impl Fn(&str) -> bool) -> Vec<Pointer> {
        let wanted = content.iter().filter(|(name, _)| is_wanted(name)).map(|(_, place)| place.clone());
        self.schemas.below(&wanted.collect::<Vec<_>>(), &["schema"])
    }
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
