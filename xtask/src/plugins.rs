//! `cargo xtask regenerate --only-plugins`: what the client lacks becomes a module of a crate beside it.

use std::path::Path;

use codegen::additions::{self, Additions};
use codegen::api::{LeftOut, Partial};
use codegen::history::Known;
use codegen::rust::{self, ClientCrate};

use crate::error::Error;
use crate::made::Made;
use crate::models::{self, Models};
use crate::output::Difference;
use crate::terminal::report;

/// The name of the client in code.
pub(crate) const CLIENT: &str = "generated_client";

/// The module for what the document has and the client of all supported releases does not.
pub(crate) fn make(model: Partial, models: Models, known: &Known, client_crate: &str) -> Result<Made, Error> {
    let Partial { api: own, mut notes, left_out } = model;
    // The notes of the client are those of `cargo xtask regenerate`.
    let (client, _) = models::united(models, known)?.ok_or(Error::NoSnapshot)?;
    let additions = Additions::find(&own, &client);
    let unread = left_out.iter().filter(|part| part.is_operation).count();
    let (mut left_out, of_client) = additions::without_known(left_out, &client);
    let known = additions.known + unread - left_out.iter().filter(|part| part.is_operation).count();
    let version = env!("CARGO_PKG_VERSION");
    let client_crate = ClientCrate { name: client_crate, version };
    let files = rust::generate_beside(&additions, client_crate).map_err(Error::Generate)?;
    let counts = (additions.api.operations.len(), additions.types().count(), additions.ids().count());
    let compared = format!(
        "with the client {version} for Kimai {} to {}, which has {} of the {} operations",
        client.oldest,
        client.release,
        known,
        own.operations.len() + unread
    );
    notes.extend(additions.notes);
    notes.extend(of_client);
    left_out.extend(additions.left_out);
    Ok(Made { files, notes, left_out, compared: Some(compared), counts, history: None })
}

/// Why there are no files.
pub(crate) fn why_nothing(left_out: &[LeftOut]) -> &'static str {
    if left_out.is_empty() {
        "the client has all operations of the document"
    } else {
        "no operation that the client lacks can be generated"
    }
}

/// Says that nothing was written, and whether there are files of another document.
pub(crate) fn report_nothing(folder: &Path, difference: &Difference, left_out: &[LeftOut]) {
    report!("files      none: {}", why_nothing(left_out));
    if !difference.superfluous.is_empty() {
        report!("obsolete   {}: delete it", folder.display());
    }
}

/// A name as Rust code writes it.
pub(crate) fn crate_name(text: &str) -> Result<String, String> {
    let name = text.replace('-', "_");
    let is_start = |c: char| c.is_ascii_alphabetic() || c == '_';
    let is_name = name.starts_with(is_start) && name.chars().all(|c| is_start(c) || c.is_ascii_digit());
    if is_name && name != "_" {
        Ok(name)
    } else {
        Err("use the name in Cargo.toml, such as generated-client".to_owned())
    }
}
