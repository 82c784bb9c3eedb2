//! Forms with files, for operations that take `multipart/form-data`.

use std::fmt;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use crate::error::InvalidRequest;

/// A file to upload.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Upload {
    /// Its name, without a path.
    pub file_name: String,
    /// Its media type, such as `application/pdf`.
    pub media_type: Option<String>,
    /// What it holds.
    pub content: Bytes,
}

impl Upload {
    /// A file of this name.
    #[must_use]
    pub fn new(file_name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self { file_name: file_name.into(), media_type: None, content: content.into() }
    }

    /// The same file with a media type.
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

/// What can be sent as a form.
pub trait Multipart {
    /// The parts.
    ///
    /// # Errors
    ///
    /// A value cannot be written.
    fn form(&self) -> Result<Form, InvalidRequest>;
}

/// The parts of a form.
#[derive(Clone, Debug, Default)]
pub struct Form {
    parts: Vec<Part>,
}

/// A part of a form.
///
/// `Debug` shows the size of the content only, which may hold secrets.
#[derive(Clone)]
#[non_exhaustive]
pub struct Part {
    /// Its name.
    pub name: String,
    /// The name of the file that it is, if it is one.
    pub file_name: Option<String>,
    /// Its media type.
    pub media_type: Option<String>,
    /// What it holds.
    pub content: Bytes,
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Part({:?}, {:?}, {} bytes)", self.name, self.file_name, self.content.len())
    }
}

impl Form {
    /// Gives the parts of this name another one.
    pub(crate) fn rename(&mut self, from: &str, to: &str) {
        for part in self.parts.iter_mut().filter(|part| part.name == from) {
            to.clone_into(&mut part.name);
        }
    }

    /// Adds a value: text as it is, everything else as JSON.
    ///
    /// # Errors
    ///
    /// The value cannot be written.
    pub fn value(&mut self, name: &str, value: &impl Serialize) -> Result<(), InvalidRequest> {
        self.written(name, serde_json::to_value(value))
    }

    /// As [`Self::value`], for what is written in another way than its type is.
    pub(crate) fn written(
        &mut self,
        name: &str,
        value: Result<Value, serde_json::Error>,
    ) -> Result<(), InvalidRequest> {
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

    /// Adds several values under one name, each as [`Self::value`] does.
    ///
    /// # Errors
    ///
    /// A value cannot be written.
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

    /// Adds several files under one name.
    pub fn files(&mut self, name: &str, uploads: &[Upload]) {
        for upload in uploads {
            self.file(name, upload);
        }
    }

    /// The parts.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }
}
