//! Descriptions: snapshots have none, and a document's own text never becomes markup.

use serde_json::Value;

use super::structure::{Kind, walk, walk_schema};

const PROSE: [&str; 6] = ["description", "summary", "title", "example", "examples", "externalDocs"];

/// Removes all prose and all examples. The texts that OpenAPI requires become empty.
pub(super) fn strip(document: &mut Value) {
    walk(document, &mut |value, kind, _| {
        strip_here(value, kind);
        let required = match kind {
            Kind::Info => "title",
            Kind::Response => "description",
            _ => return,
        };
        if let Some(object) = value.as_object_mut().filter(|object| !object.contains_key("$ref")) {
            object.insert(required.to_owned(), Value::String(String::new()));
        }
    });
}

/// A schema by its shape alone.
pub(crate) fn without_prose(mut schema: Value) -> Value {
    walk_schema(&mut schema, &mut |value, kind, _| strip_here(value, kind));
    schema
}

fn strip_here(value: &mut Value, kind: Kind) {
    if let (false, Value::Object(object)) = (kind.has_own_names(), value) {
        object.retain(|key, _| !PROSE.contains(&key.as_str()));
    }
}

/// Makes the document's own text plain Markdown text, joined in `description`. Overlays come later and
/// are Markdown as they stand.
pub(super) fn escape(document: &mut Value) {
    walk(document, &mut |value, kind, _| {
        let (false, Value::Object(object)) = (kind.has_own_names() || kind == Kind::Info, value) else {
            return;
        };
        let mut paragraphs: Vec<String> = Vec::new();
        for key in ["summary", "title", "description"] {
            if let Some(Value::String(text)) = object.remove(key) {
                let text = plain_text(&text);
                if !text.is_empty() && !paragraphs.contains(&text) {
                    paragraphs.push(text);
                }
            }
        }
        if !paragraphs.is_empty() {
            object.insert("description".to_owned(), Value::String(paragraphs.join("\n\n")));
        }
    });
}

/// Text in which nothing is markup: no links, no HTML, no code block which rustdoc would compile.
fn plain_text(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for line in text.trim().lines() {
        if !plain.is_empty() {
            plain.push('\n');
        }
        let line = line.trim();
        if line.starts_with(['#', '-', '+', '=', '>']) || line.starts_with(|c: char| c.is_ascii_digit()) {
            plain.push_str("&#8203;");
        }
        for c in line.chars() {
            if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~') {
                plain.push('\\');
            }
            // A bare address is a rustdoc warning: the colon as an entity keeps it readable.
            if c == ':' { plain.push_str("&#58;") } else { plain.push(c) }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn strips_prose_but_not_properties_of_that_name_and_leaves_a_title() {
        let mut document = json!({
            "info": {"title": "Kimai", "version": "1.1"},
            "components": {"schemas": {"Sheet": {
                "title": "A sheet", "type": "object", "example": {"title": 1},
                "properties": {"description": {"type": "string", "description": "Prose"}, "title": {"type": "string"}},
            }}},
        });
        strip(&mut document);
        assert_eq!(
            document,
            json!({
                "info": {"title": "", "version": "1.1"},
                "components": {"schemas": {"Sheet": {
                    "type": "object",
                    "properties": {"description": {"type": "string"}, "title": {"type": "string"}},
                }}},
            })
        );
    }

    #[test]
    fn strips_the_prose_of_callbacks() {
        let done = json!({"{$request.query.url}": {"summary": "text", "post": {
            "description": "text", "responses": {"204": {"description": "text"}},
        }}});
        let stripped = json!({"{$request.query.url}": {"post": {"responses": {"204": {"description": ""}}}}});
        let mut document = json!({
            "paths": {"/api/tags": {"post": {"callbacks": {"description": done}}}},
            "components": {"callbacks": {"summary": done, "more": {"$ref": "#/components/callbacks/summary"}}},
        });
        strip(&mut document);
        assert_eq!(
            document,
            json!({
                "paths": {"/api/tags": {"post": {"callbacks": {"description": stripped}}}},
                "components": {
                    "callbacks": {"summary": stripped, "more": {"$ref": "#/components/callbacks/summary"}},
                },
            })
        );
    }

    #[test]
    fn text_of_the_document_is_not_markup() {
        assert_eq!(plain_text("See [this] <b>"), "See \\[this\\] \\<b\\>");
        assert_eq!(plain_text("    let x = 1;"), "let x = 1;");
        assert_eq!(plain_text("```\ncode\n```"), "\\`\\`\\`\ncode\n\\`\\`\\`");
        assert_eq!(plain_text("http://x.org"), "http&#58;//x.org");
    }
}
