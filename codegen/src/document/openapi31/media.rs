//! Binary content: OpenAPI 3.1 declares it with an empty schema, or none.

use serde_json::{Map, Value, json};

use super::references::is_annotation;

const MULTIPART: &str = "multipart/form-data";

/// Whether content of this media type is bytes.
pub(super) fn is_binary(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let of_family = |family: &str| essence.strip_prefix(family).is_some_and(|rest| rest != "svg+xml");
    ["image/", "audio/", "video/"].into_iter().any(of_family)
        || matches!(essence.as_str(), "application/octet-stream" | "application/pdf" | "application/zip")
}

/// Declares bytes where the media type says so and the schema says nothing.
pub(super) fn declare_binary(content: &mut Map<String, Value>) {
    for (name, media) in content {
        let Value::Object(media) = media else { continue };
        if is_binary(name) {
            let schema = media.entry("schema").or_insert(Value::Bool(true));
            make_binary(schema);
        } else if name == MULTIPART
            && let Some(Value::Object(properties)) =
                media.get_mut("schema").and_then(|schema| schema.get_mut("properties"))
        {
            for part in properties.values_mut() {
                // A part without a type is a file.
                match part.get_mut("items") {
                    Some(items) => make_binary(items),
                    None => make_binary(part),
                }
            }
        }
    }
}

/// Declares bytes where the schema declares nothing.
fn make_binary(schema: &mut Value) {
    if *schema == Value::Bool(true) {
        *schema = json!({});
    }
    let Value::Object(schema) = schema else { return };
    if schema.keys().all(|key| is_annotation(key) || key == "contentMediaType") {
        schema.remove("contentMediaType");
        schema.insert("type".to_owned(), json!("string"));
        schema.insert("format".to_owned(), json!("binary"));
    }
}

/// Encodings of parts are ignored as a whole; their headers have schemas that OpenAPI 3.0 may not know.
pub(super) fn without_encoding_headers(media: &mut Map<String, Value>) {
    let Some(Value::Object(encodings)) = media.get_mut("encoding") else { return };
    for encoding in encodings.values_mut() {
        if let Value::Object(encoding) = encoding {
            encoding.remove("headers");
        }
    }
}
