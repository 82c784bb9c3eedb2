//! The models of the API, for all supported releases, from which the client was generated.

#![allow(dead_code, reason = "each test file uses a part of this")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use codegen::Release;
use codegen::api::Api;
use codegen::document::{self, Overlay};
use codegen::history::{Known, unite};

pub(crate) fn api() -> Api {
    unite(&models()).unwrap().unwrap().0
}

/// The models of all supported releases, oldest first; equal releases share a model.
pub(crate) fn models() -> Vec<(Release, Arc<Api>)> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let read = |name: &str| fs::read_to_string(specs.join(name)).unwrap();
    let overlays: Vec<Overlay> = ["corrections", "docs", "examples", "names"]
        .map(|name| Overlay::parse(name, &read(&format!("overlays/{name}.yaml"))).unwrap())
        .into();
    let floor = Known::parse("history.yaml", &read("history.yaml")).unwrap().floor;
    let index: Index = codegen::yaml::read("index.yaml", &read("index.yaml")).unwrap();
    let mut models = Vec::new();
    for snapshot in &index.snapshots {
        let mut known: BTreeMap<Vec<Vec<usize>>, Arc<Api>> = BTreeMap::new();
        for source in &snapshot.sources {
            let release: Release = source.release.parse().unwrap();
            if release < floor {
                continue;
            }
            let actions = overlays.iter().map(|overlay| overlay.actions_for(&release)).collect();
            let model = known.entry(actions).or_insert_with(|| {
                let document = read(&format!("{}.json", snapshot.release));
                let document = document::load(document.as_bytes(), &release, &overlays).unwrap();
                Arc::new(codegen::api::build(&document, &release).unwrap().0)
            });
            models.push((release, Arc::clone(model)));
        }
    }
    models
}

#[derive(serde::Deserialize)]
struct Index {
    snapshots: Vec<Snapshot>,
}

#[derive(serde::Deserialize)]
struct Snapshot {
    release: String,
    sources: Vec<Source>,
}

#[derive(serde::Deserialize)]
struct Source {
    release: String,
}
