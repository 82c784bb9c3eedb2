//! Texts with a list of values.

use std::fmt::Write as _;

use super::docs::{self, summary};
use super::files::Source;
use crate::api::{Api, TypeDef, TypeKind, Variant};

/// Writes all enums; false if there are none.
pub(super) fn write(api: &Api, files: &mut Source) -> bool {
    let mut text = String::from("//! Texts with a list of known values.\n");
    let mut has_any = false;
    for def in api.types.values() {
        if let TypeKind::Enum { open, variants } = &def.kind {
            text.push_str(&definition(def, *open, variants));
            has_any = true;
        }
    }
    if has_any {
        files.text("types/enums.rs", &text);
    }
    has_any
}

fn definition(def: &TypeDef, open: bool, variants: &[Variant]) -> String {
    let mut text = String::new();
    let kind = if open { "open_enum" } else { "closed_enum" };
    let _ = writeln!(text, "\ncrate::enums::{kind}! {{");
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
