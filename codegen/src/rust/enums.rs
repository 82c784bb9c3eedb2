//! Texts of which the document lists the values.

use std::fmt::Write as _;

use super::MAX_LINES;
use super::docs::{self, summary};
use super::files::Source;
use crate::api::{Api, TypeDef, TypeKind, Variant};

/// Writes all enums and returns the modules that hold them.
pub(super) fn write(api: &Api, files: &mut Source) -> Vec<String> {
    let mut parts: Vec<(String, usize)> = Vec::new();
    for def in api.types.values() {
        let TypeKind::Enum { open, variants } = &def.kind else { continue };
        let text = definition(def, *open, variants);
        let lines = text.lines().count();
        match parts.last_mut() {
            Some((part, used)) if *used + lines <= MAX_LINES - 20 => {
                part.push_str(&text);
                *used += lines;
            }
            _ => parts.push((text, lines)),
        }
    }
    let mut modules = Vec::new();
    for (index, (text, _)) in parts.into_iter().enumerate() {
        let module = if index == 0 { "enums".to_owned() } else { format!("enums_{}", index + 1) };
        files.text(&format!("types/{module}.rs"), &format!("//! Texts of which the values are known.\n{text}"));
        modules.push(module);
    }
    modules
}

fn definition(def: &TypeDef, open: bool, variants: &[Variant]) -> String {
    let mut text = String::new();
    let kind = if open { "open_enum" } else { "closed_enum" };
    let _ = writeln!(text, "\ncrate::enums::{kind}! {{");
    let doc = summary(&def.doc);
    let doc = if doc.is_empty() { "One of the values which the server knows." } else { doc };
    for line in docs::lines(doc) {
        let _ = writeln!(text, "    /// {}", line.trim());
    }
    let _ = writeln!(text, "    pub enum {} {{", def.name);
    // Long lists get several values a line, so that no file is too long.
    let per_line = variants.len().div_ceil(MAX_LINES - 100).max(1);
    for line in variants.chunks(per_line) {
        let values: Vec<String> =
            line.iter().map(|variant| format!("{}{} = {:?},", note(variant), variant.name, variant.wire)).collect();
        let _ = writeln!(text, "        {}", values.join(" "));
    }
    text.push_str("    }\n}\n");
    text
}

/// What there is to know of a value, which may stand in a line with others.
fn note(variant: &Variant) -> String {
    if variant.since.is_empty() { String::new() } else { format!("#[doc = {:?}] ", variant.since) }
}
