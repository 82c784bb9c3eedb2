//! JSON or YAML text becomes a JSON value; nothing is interpreted yet.

use serde_json::Value;

use crate::tree::{Limits, Place, Problem};
use crate::{Error, yaml};

/// The most bytes that are read; the largest real document has about 400 KB. For YAML, the limit is
/// [`yaml::MAX_BYTES`].
pub const MAX_BYTES: usize = 32 * 1024 * 1024;

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2.
    Yaml,
}

impl Format {
    /// The format's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Yaml => "YAML",
        }
    }
}

pub(super) struct Parsed {
    pub value: Value,
    pub format: Format,
}

pub(super) fn parse(bytes: &[u8]) -> Result<Parsed, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::TooLarge { limit: MAX_BYTES });
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let text = bytes.trim_ascii();
    let format = match text.first() {
        None => return Err(Error::Empty),
        Some(b'<') => return Err(Error::Html),
        Some(b'{' | b'[') => Format::Json,
        Some(_) => Format::Yaml,
    };
    match format {
        Format::Json => read_json(text),
        Format::Yaml => read_yaml(text, lines_before(bytes)),
    }
    .map(|value| Parsed { value, format })
}

fn read_json(text: &[u8]) -> Result<Value, Error> {
    let place = Place::new(Limits::JSON);
    let mut json = serde_json::Deserializer::from_slice(text);
    let value = place.read(&mut json).and_then(|value| json.end().map(|()| value));
    value.map_err(|error| refusal(Format::Json, &place, error.to_string()))
}

/// Reads a text with this number of empty lines before it.
fn read_yaml(text: &[u8], lines_before: usize) -> Result<Value, Error> {
    if text.len() > yaml::MAX_BYTES {
        return Err(Error::TooLarge { limit: yaml::MAX_BYTES });
    }
    let place = yaml::place();
    let wrong = |message: String| refusal(Format::Yaml, &place, message);
    let text = std::str::from_utf8(text).map_err(|error| wrong(error.to_string()))?;
    // The last line may belong to a block of text, which includes its end.
    let text = format!("{}{text}\n", "\n".repeat(lines_before));
    yaml::value("the document", &text, &place).map_err(|error| wrong(error.message()))
}

fn lines_before(bytes: &[u8]) -> usize {
    let white = bytes.len() - bytes.trim_ascii_start().len();
    bytes.iter().take(white).filter(|byte| **byte == b'\n').count()
}

fn refusal(format: Format, place: &Place, message: String) -> Error {
    let pointer = place.pointer();
    match place.problem() {
        Some(Problem::DuplicateKey) => Error::DuplicateKey { pointer },
        _ => Error::Syntax { format: format.as_str(), pointer, message },
    }
}
