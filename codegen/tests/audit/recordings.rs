//! Recorded exchanges with servers.

use std::fs;
use std::path::Path;

use codegen::Release;
use codegen::audit::Exchange;
use codegen::document::{self, Document, Overlay};
use serde_json::Value;

pub(crate) const RELEASES: [&str; 3] = ["1.30.11", "2.0.35", "2.65.0"];

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The overlays in `specs/overlays`.
pub(crate) fn overlays() -> Vec<Overlay> {
    let file = |name: &str| Overlay::parse(name, &read(&format!("specs/overlays/{name}"))).unwrap();
    ["corrections.yaml", "docs.yaml", "examples.yaml", "names.yaml"].map(file).into()
}

pub(crate) fn document(release: &str, overlays: &[Overlay]) -> Document {
    let bytes = read(&format!("specs/{release}.json"));
    document::load(bytes.as_bytes(), &release.parse::<Release>().unwrap(), overlays).unwrap()
}

pub(crate) fn exchanges(release: &str) -> Vec<Exchange> {
    let mut text = read(&format!("generated-client/tests/data/kimai-{release}.jsonl"));
    if release == "2.65.0" {
        text += &read("generated-client/tests/data/kimai-2.65.0-extra.jsonl");
    }
    text.lines().map(|line| exchange(&serde_json::from_str(line).unwrap())).collect()
}

fn exchange(line: &Value) -> Exchange {
    let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
    let url = text("path");
    let (path, query) = url.split_once('?').unwrap_or((&url, ""));
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (name.to_owned(), value.to_owned())
    };
    let header = |(name, value): (&String, &Value)| (name.clone(), value.as_str().unwrap_or_default().to_owned());
    Exchange {
        method: text("method"),
        path: path.to_owned(),
        query: query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect(),
        status: line["status"].as_u64().unwrap().try_into().unwrap(),
        headers: line["headers"].as_object().into_iter().flatten().map(header).collect(),
        body: text("answer").into_bytes(),
    }
}
