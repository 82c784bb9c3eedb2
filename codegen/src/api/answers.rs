//! What successful responses contain.

use indexmap::IndexMap;
use openapiv3::{MediaType, Responses, SchemaKind, StatusCode, StringFormat, VariantOrUnknownOrEmpty};

use super::drafts::{Draft, type_stem};
use super::extensions::{Extensions, FULL};
use super::media::{essence, is_json, is_text};
use super::usage::Usage;
use super::{Answer, Builder, Direction, Method, Type};
use crate::{Error, Pointer};

impl<'a> Builder<'a> {
    pub(super) fn answers(&mut self, draft: &mut Draft<'a>) -> Result<(), Error> {
        let source = draft.source;
        let usage = Usage::new(Direction::Answer, format!("{}Answer", type_stem(draft)));
        draft.answer = match draft.method {
            Method::Head => Answer::Headers,
            _ => self.answer(&source.responses, &draft.pointer.join("responses"), &usage)?,
        };
        if let Some(schema) = source.extensions.get(FULL) {
            let extensions = Extensions::new(&source.extensions, &draft.pointer);
            // The extension's schema is a reference, or a list of one, to a schema of the document.
            let (reference, list) = match (schema.get("$ref"), schema.get("items").and_then(|items| items.get("$ref")))
            {
                (Some(reference), _) => (reference.as_str(), false),
                (None, Some(reference)) => (reference.as_str(), true),
                (None, None) => (None, false),
            };
            let reference = reference.ok_or_else(|| extensions.malformed(FULL, "a $ref, or an array of a $ref,"))?;
            let found = self.resolver.schema_at(reference, &draft.pointer.join(FULL))?;
            let usage = Usage::new(Direction::Answer, format!("{}FullAnswer", type_stem(draft)));
            let item = self.type_of_found(&found, &usage)?;
            draft.full = Some(Answer::Json(if list { Type::List(Box::new(item)) } else { item }));
        }
        Ok(())
    }

    fn answer(&mut self, responses: &'a Responses, pointer: &Pointer, usage: &Usage) -> Result<Answer, Error> {
        let mut codes: Vec<_> = responses
            .responses
            .iter()
            .filter(|(code, _)| matches!(code, StatusCode::Code(200..300) | StatusCode::Range(2)))
            .collect();
        codes.sort_by_key(|(code, _)| *code);
        let mut successes: Vec<_> =
            codes.into_iter().map(|(code, response)| (code.to_string(), is_empty(code), response)).collect();
        if successes.is_empty() {
            successes.extend(responses.default.as_ref().map(|response| ("default".to_owned(), false, response)));
        }
        let mut answer: Option<Answer> = None;
        for (code, is_empty, response) in successes {
            let place = pointer.join(&code);
            let response = self.resolver.response(response, &place)?;
            let this = if response.content.is_empty() {
                if is_empty { Answer::Empty } else { self.undeclared(&place) }
            } else {
                self.content(&response.content, &place.join("content"), usage)?
            };
            answer = Some(match answer {
                None => this,
                Some(earlier) => self.either(earlier, this, &place)?,
            });
        }
        Ok(match answer {
            Some(answer) => answer,
            None if is_gone(responses) => Answer::Empty,
            None => self.undeclared(pointer),
        })
    }

    /// Whether the content is declared as bytes, whatever its media type.
    fn is_file(&self, media: &'a MediaType, place: &Pointer) -> Result<bool, Error> {
        let Some(schema) = &media.schema else { return Ok(false) };
        let schema = self.resolver.schema(schema, &place.join("schema"))?.schema;
        let SchemaKind::Type(openapiv3::Type::String(string)) = &schema.schema_kind else { return Ok(false) };
        Ok(string.format == VariantOrUnknownOrEmpty::Item(StringFormat::Binary))
    }

    fn undeclared(&mut self, place: &Pointer) -> Answer {
        self.note(place, "the document does not declare what the response contains: it is returned as JSON or text");
        Answer::Undeclared
    }

    /// Combines two successful responses of an operation.
    fn either(&mut self, a: Answer, b: Answer, place: &Pointer) -> Result<Answer, Error> {
        Ok(match (a, b) {
            (a, b) if a == b => a,
            (Answer::Json(ty) | Answer::OptionalJson(ty), Answer::Empty | Answer::Undeclared)
            | (Answer::Empty | Answer::Undeclared, Answer::Json(ty) | Answer::OptionalJson(ty)) => {
                self.note(place, "another successful response has no content: the result is optional");
                Answer::OptionalJson(ty)
            }
            (Answer::Json(a) | Answer::OptionalJson(a), Answer::Json(b) | Answer::OptionalJson(b)) if a == b => {
                Answer::OptionalJson(a)
            }
            (Answer::Empty, Answer::Undeclared) | (Answer::Undeclared, Answer::Empty) => Answer::Undeclared,
            // A text or file may be empty.
            (one @ (Answer::Text | Answer::Download), Answer::Empty | Answer::Undeclared)
            | (Answer::Empty | Answer::Undeclared, one @ (Answer::Text | Answer::Download)) => one,
            _ => {
                return Err(Error::Unsupported {
                    pointer: place.clone(),
                    what: "a second type of successful response".to_owned(),
                    instead: "describe both with 'oneOf', or remove one with an overlay".to_owned(),
                });
            }
        })
    }

    fn content(
        &mut self,
        content: &'a IndexMap<String, MediaType>,
        pointer: &Pointer,
        usage: &Usage,
    ) -> Result<Answer, Error> {
        let json = content.iter().find(|(name, _)| is_json(name));
        // Some generators declare JSON so.
        let any = || content.iter().find(|(name, media)| essence(name) == "*/*" && media.schema.is_some());
        let mut read = json.or_else(any);
        if let Some((name, media)) = read
            && self.is_file(media, &pointer.join(name))?
        {
            read = None;
        }
        let Some((name, media)) = read else {
            let text = content.keys().all(|name| is_text(name));
            return Ok(if text { Answer::Text } else { Answer::Download });
        };
        for other in content.keys().filter(|other| *other != name) {
            self.note(&pointer.join(other), "the response is read as JSON: this media type is ignored");
        }
        let Some(schema) = &media.schema else { return Ok(Answer::Json(Type::Json)) };
        let pointer = pointer.join(name).join("schema");
        Ok(Answer::Json(self.element(schema, &pointer, usage)?))
    }
}

/// Whether the server returns only status 410.
pub(super) fn is_gone(responses: &Responses) -> bool {
    let mut codes = responses.responses.keys();
    codes.len() > 0 && codes.all(|code| *code == StatusCode::Code(410)) && responses.default.is_none()
}

/// Whether responses with the status have no content (RFC 9110, sections 15.3.5 and 15.3.6).
fn is_empty(code: &StatusCode) -> bool {
    matches!(code, StatusCode::Code(204 | 205))
}
