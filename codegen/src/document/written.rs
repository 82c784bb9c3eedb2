//! Overlay actions as text.

use serde::Serialize;
use serde_json::Value;

use crate::{Error, yaml};

/// An action, ready to be written.
#[derive(Serialize)]
pub(crate) struct WrittenAction<'a> {
    pub(crate) target: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<&'a str>,
    /// The releases that it applies to.
    #[serde(rename = "x-kimai", skip_serializing_if = "Option::is_none")]
    pub(crate) range: Option<&'a str>,
    #[serde(flatten)]
    pub(crate) change: WrittenChange<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum WrittenChange<'a> {
    Update(&'a Value),
    /// Always true.
    Remove(bool),
}

/// The actions as elements of the list `actions` of an overlay, with its indentation.
pub(crate) fn write_actions(actions: &[WrittenAction<'_>]) -> Result<String, Error> {
    let text = yaml::write("overlay", &actions)
        .map_err(|error| Error::OverlayFile { file: error.file.clone(), problem: error.message() })?;
    Ok(text.lines().flat_map(|line| ["  ", line, "\n"]).collect())
}
