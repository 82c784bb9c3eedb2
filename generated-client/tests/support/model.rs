//! The model of the API from which the client was generated.

use std::fs;
use std::path::Path;

use codegen::api::Api;
use codegen::document::{self, Overlay};

pub(crate) fn api() -> Api {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let mut names: Vec<_> = fs::read_dir(specs.join("overlays")).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let overlay = |path: &Path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        Overlay::parse(name, &fs::read_to_string(path).unwrap()).unwrap()
    };
    let overlays: Vec<Overlay> = names.iter().map(|path| overlay(path)).collect();
    let release = generated_client::KIMAI_RELEASE.parse().unwrap();
    let bytes = fs::read(specs.join(format!("{release}.json"))).unwrap();
    codegen::api::build(&document::load(&bytes, &release, &overlays).unwrap(), &release).unwrap().0
}
