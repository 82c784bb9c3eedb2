use std::fmt;

use bytes::Bytes;

use super::url_encoded::UrlEncoded;
use crate::multipart::Form;

/// The body of a request.
///
/// `Debug` shows only the size, and the names of the fields of forms.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Body {
    /// No body.
    #[default]
    Empty,
    /// JSON text.
    Json(Bytes),
    /// The parts of a form, including files.
    Multipart(Form),
    /// The fields of a url-encoded form.
    Form(UrlEncoded),
    /// Text.
    Text {
        /// Media type, such as `text/plain`.
        media_type: &'static str,
        /// The text.
        text: String,
    },
    /// Any content.
    Bytes {
        /// Media type, such as `application/pdf`.
        media_type: &'static str,
        /// The content.
        content: Bytes,
    },
}

impl Body {
    /// The media type; none for multipart forms, whose media type contains a boundary.
    pub(crate) fn media_type(&self) -> Option<&'static str> {
        match self {
            Self::Empty | Self::Multipart(_) => None,
            Self::Json(_) => Some("application/json"),
            Self::Form(_) => Some("application/x-www-form-urlencoded"),
            Self::Text { media_type, .. } | Self::Bytes { media_type, .. } => Some(media_type),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Empty"),
            Self::Json(json) => write!(f, "Json({} bytes)", json.len()),
            Self::Multipart(form) => write!(f, "Multipart({form:?})"),
            Self::Form(fields) => write!(f, "Form({fields:?})"),
            Self::Text { media_type, text } => write!(f, "Text({media_type:?}, {} bytes)", text.len()),
            Self::Bytes { media_type, content } => write!(f, "Bytes({media_type:?}, {} bytes)", content.len()),
        }
    }
}
