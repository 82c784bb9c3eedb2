//! The models of the API from which the client was generated: of all supported releases.

#![allow(dead_code, reason = "each test file uses a part of this")]

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

/// The models of the supported releases whose document is another than that of the release before, the oldest first.
pub(crate) fn models() -> Vec<(Release, Arc<Api>)> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let mut names: Vec<_> = fs::read_dir(specs.join("overlays")).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let overlay = |path: &Path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        Overlay::parse(name, &fs::read_to_string(path).unwrap()).unwrap()
    };
    let overlays: Vec<Overlay> = names.iter().map(|path| overlay(path)).collect();
    let history = fs::read_to_string(specs.join("history.yaml")).unwrap();
    let floor = Known::parse("history.yaml", &history).unwrap().floor;
    let mut models = Vec::new();
    for entry in fs::read_dir(specs).unwrap() {
        let path = entry.unwrap().path();
        let release = path.file_stem().and_then(|name| name.to_str()?.parse::<Release>().ok());
        let Some(release) = release.filter(|release| *release >= floor) else { continue };
        let document = document::load(&fs::read(path).unwrap(), &release, &overlays).unwrap();
        models.push((release.clone(), Arc::new(codegen::api::build(&document, &release).unwrap().0)));
    }
    models.sort_by(|(a, _), (b, _)| a.cmp(b));
    models
}
