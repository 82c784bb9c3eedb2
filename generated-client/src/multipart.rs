//! Forms with files, for operations that accept `multipart/form-data`.

use std::fmt;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use crate::error::InvalidRequest;

/// A file to upload.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Upload {
    /// File name, without a path.
    pub file_name: String,
    /// Media type, such as `application/pdf`.
    pub media_type: Option<String>,
    /// Content of the file.
    pub content: Bytes,
}

impl Upload {
    /// Creates a file with this name and content.
    #[must_use]
    pub fn new(file_name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self { file_name: file_name.into(), media_type: None, content: content.into() }
    }

    /// Sets the media type.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Upload({:?}, {} bytes)", self.file_name, self.content.len())
    }
}

/// A value that can be sent as a form.
pub trait Multipart {
    /// Returns the parts of the form.
    ///
    /// # Errors
    ///
    /// Returns an error if a value cannot be serialized.
    fn form(&self) -> Result<Form, InvalidRequest>;
}

/// The parts of a form.
#[derive(Clone, Debug, Default)]
pub struct Form {
    parts: Vec<Part>,
}

/// A part of a form.
///
/// `Debug` shows only the size of the content, because the content may contain secrets.
#[derive(Clone)]
#[non_exhaustive]
pub struct Part {
    /// Name of the part.
    pub name: String,
    /// File name; `None` if the part is not a file.
    pub file_name: Option<String>,
    /// Media type.
    pub media_type: Option<String>,
    /// Content of the part.
    pub content: Bytes,
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Part({:?}, {:?}, {} bytes)", self.name, self.file_name, self.content.len())
    }
}

impl Form {
    /// Renames the parts with this name.
    pub(crate) fn rename(&mut self, from: &str, to: &str) {
        for part in self.parts.iter_mut().filter(|part| part.name == from) {
            to.clone_into(&mut part.name);
        }
    }

    /// Replaces the parts with this name by those for the value: one for each element of a list.
    pub(crate) fn set(&mut self, name: &str, value: Value) -> Result<(), InvalidRequest> {
        self.parts.retain(|part| part.name != name);
        match value {
            Value::Array(items) => items.into_iter().try_for_each(|item| self.written(name, Ok(item))),
            value => self.written(name, Ok(value)),
        }
    }

    /// Adds a value: text unchanged, everything else as JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the value cannot be serialized.
    pub fn value(&mut self, name: &str, value: &impl Serialize) -> Result<(), InvalidRequest> {
        self.written(name, serde_json::to_value(value))
    }

    /// Adds a value like [`Self::value`], for values that are not written as their type is; for generated code.
    ///
    /// # Errors
    ///
    /// Returns an error if the value cannot be serialized.
    #[doc(hidden)]
    pub fn written(&mut self, name: &str, value: Result<Value, serde_json::Error>) -> Result<(), InvalidRequest> {
        let value = value.map_err(|error| InvalidRequest::Body { problem: format!("{name}: {error}") })?;
        let (content, media_type) = match value {
            Value::String(text) => (text, None),
            Value::Bool(_) | Value::Number(_) => (value.to_string(), None),
            Value::Null | Value::Array(_) | Value::Object(_) => {
                (value.to_string(), Some("application/json".to_owned()))
            }
        };
        self.parts.push(Part { name: name.to_owned(), file_name: None, media_type, content: content.into() });
        Ok(())
    }

    /// Adds several values with one name, each like [`Self::value`].
    ///
    /// # Errors
    ///
    /// Returns an error if a value cannot be serialized.
    pub fn values(&mut self, name: &str, values: &[impl Serialize]) -> Result<(), InvalidRequest> {
        values.iter().try_for_each(|value| self.value(name, value))
    }

    /// Adds a file.
    pub fn file(&mut self, name: &str, upload: &Upload) {
        self.parts.push(Part {
            name: name.to_owned(),
            file_name: Some(upload.file_name.clone()),
            media_type: upload.media_type.clone(),
            content: upload.content.clone(),
        });
    }

    /// Adds several files with one name.
    pub fn files(&mut self, name: &str, uploads: &[Upload]) {
        for upload in uploads {
            self.file(name, upload);
        }
    }

    /// Returns the parts.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }
}
