//! Texts with a list of values.

use std::fmt::Write as _;

use super::docs::{self, summary};
use super::files::Source;
use crate::api::{Api, TypeDef, TypeKind, Variant};

/// Writes all enums; returns their names.
pub(super) fn write(api: &Api, files: &mut Source) -> Vec<String> {
    let mut text = format!("//! Texts with a list of known values.\n\nuse {};\n", files.place.runtime());
    let mut names = Vec::new();
    for def in api.types.values().filter(|def| files.place.defines_type(&def.name)) {
        if let TypeKind::Enum { open, variants } = &def.kind {
            text.push_str(&definition(def, *open, variants));
            names.push(def.name.clone());
        }
    }
    if !names.is_empty() {
        files.text("types/enums.rs", &text);
    }
    names
}

fn definition(def: &TypeDef, open: bool, variants: &[Variant]) -> String {
    let mut text = String::new();
    let kind = if open { "open_enum" } else { "closed_enum" };
    let _ = writeln!(text, "\nenums::{kind}! {{");
    let doc = summary(&def.doc);
    let doc = if doc.is_empty() { "A value from a list." } else { doc };
    for line in docs::lines(doc) {
        let _ = writeln!(text, "    /// {}", line.trim());
    }
    let _ = writeln!(text, "    pub enum {} {{", def.name);
    for variant in variants {
        let _ = writeln!(text, "        {}{} = {:?},", note(variant), variant.name, variant.wire);
    }
    text.push_str("    }\n}\n");
    text
}

fn note(variant: &Variant) -> String {
    if variant.since.is_empty() { String::new() } else { format!("#[doc = {:?}] ", variant.since) }
}
