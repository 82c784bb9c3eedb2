//! How long generating and comparing take, and how that grows: one release, the history of many, a pair of documents,
//! and the effects of changes on clients of many operations.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use codegen::api::Api;
use codegen::diff::{add_rust_effects, compare_with};
use codegen::document::{Overlay, load, load_fitting};
use codegen::history::{History, Known, unite};
use codegen::surface::Surface;
use codegen::{Release, api, rust};
use serde_json::{Value, json};

/// How often each is measured; the shortest time counts.
const ROUNDS: usize = 5;

fn time<T>(mut run: impl FnMut() -> T) -> Duration {
    let once = |_| {
        let start = Instant::now();
        std::hint::black_box(run());
        start.elapsed()
    };
    (0..ROUNDS).map(once).min().unwrap()
}

/// The files of a folder with this extension, by name.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|other| other == extension)).collect();
    paths.sort();
    paths
}

/// A time, and how many times the one before it is.
fn grown(time: Duration, before: &mut Option<Duration>) -> String {
    let ratio = before.map(|before| time.as_secs_f64() / before.as_secs_f64());
    *before = Some(time);
    ratio.map_or_else(|| format!("{time:.1?}"), |ratio| format!("{time:.1?} (× {ratio:.1})"))
}

fn main() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let texts: Vec<String> =
        files(&specs.join("overlays"), "yaml").iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let parse = || -> Vec<Overlay> { texts.iter().map(|text| Overlay::parse("overlay", text).unwrap()).collect() };
    let overlays = parse();
    let bytes = |release: &str| fs::read(specs.join(format!("{release}.json"))).unwrap();
    println!("overlays: {:.1?} to read", time(parse));
    one_release(&specs, &bytes("2.65.0"), &overlays);
    histories(&specs, &overlays);
    pair(&[bytes("2.63.0"), bytes("2.65.0")], &overlays);
    effects();
}

fn one_release(specs: &Path, bytes: &[u8], overlays: &[Overlay]) {
    let release: Release = "2.65.0".parse().unwrap();
    let stored = fs::read_to_string(specs.join("history.jsonl")).unwrap();
    let made_of = stored.split('"').nth(3).unwrap();
    let read = || History::from_text(&stored, made_of).unwrap();
    let document = load(bytes, &release, overlays).unwrap();
    let model = api::build(&document, &release).unwrap().0;
    let history = read();
    println!("one release: {:.1?} to load", time(|| load(bytes, &release, overlays).unwrap()));
    println!("one release: {:.1?} for its model", time(|| api::build(&document, &release).unwrap()));
    println!("one release: {:.1?} to read the stored history", time(read));
    println!("one release: {:.1?} to generate", time(|| rust::generate(&model, &history).unwrap()));
}

/// The whole client, of the documents as they are, and again under later releases.
fn histories(specs: &Path, overlays: &[Overlay]) {
    let mut all: Vec<(Release, Vec<u8>)> = Vec::new();
    for path in files(specs, "json") {
        all.push((path.file_stem().unwrap().to_str().unwrap().parse().unwrap(), fs::read(&path).unwrap()));
    }
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    let known = Known { floor: "1.30.11".parse().unwrap(), exact: Vec::new() };
    let start = Instant::now();
    let model = |(release, bytes): &(Release, Vec<u8>)| {
        (release.clone(), Arc::new(api::build(&load(bytes, release, overlays).unwrap(), release).unwrap().0))
    };
    let models: Vec<_> = all.iter().map(model).collect();
    println!("history: {:.1?} for the models of {} documents on one thread", start.elapsed(), models.len());
    let (mut compared, mut united) = (None, None);
    for times in [1, 2, 4] {
        let many = repeated(&models.iter(), times);
        // Older ones do not fit the client.
        let supported = repeated(&models.iter().filter(|(release, _)| *release >= known.floor), times);
        let history = grown(time(|| History::new(&many, &known).unwrap()), &mut compared);
        let union = grown(time(|| unite(&supported).unwrap()), &mut united);
        println!("history of {} releases: {history} to compare, {union} to unite", many.len());
    }
}

/// The releases again under later numbers, so that there are this many times as many.
fn repeated<'a>(
    models: &(impl Iterator<Item = &'a (Release, Arc<Api>)> + Clone),
    times: usize,
) -> Vec<(Release, Arc<Api>)> {
    let later = |round: usize| {
        models.clone().map(move |(release, api)| {
            let [major, minor, patch] = release.numbers();
            let later = format!("{}.{minor}.{patch}", major + 100 * round as u64);
            (later.parse().unwrap(), Arc::clone(api))
        })
    };
    (0..times).flat_map(later).collect()
}

/// Two releases, as `diff` reads and compares them.
fn pair(bytes: &[Vec<u8>; 2], overlays: &[Overlay]) {
    let release: Release = "2.65.0".parse().unwrap();
    let client = |bytes: &[u8]| {
        let document = load_fitting(bytes, &release, overlays).unwrap();
        let api = api::build(&document, &release).unwrap().0;
        (api, document.value().clone())
    };
    let [(before, old), (after, new)] = bytes.each_ref().map(|bytes| client(bytes));
    println!("pair: {:.1?} for the surface of a client", time(|| Surface::new(&before, &old).unwrap()));
    let (before, after) = (Surface::new(&before, &old).unwrap(), Surface::new(&after, &new).unwrap());
    println!("pair: {:.1?} to compare", time(|| compare_with(&old, &new, [&before, &after])));
    let changes = compare_with(&old, &new, [&before, &after]);
    println!("pair: {:.1?} for the effects", time(|| add_rust_effects(&mut changes.clone(), &before, &after)));
}

/// A document with many operations. Each operation uses the same ten enums.
fn many_operations(count: usize, values: &[&str]) -> Value {
    let names: Vec<String> = (0..10).map(|number| format!("Enum{number}")).collect();
    let reference = |name: &String| json!({"$ref": format!("#/components/schemas/{name}")});
    let properties: serde_json::Map<_, _> = names.iter().map(|name| (name.to_lowercase(), reference(name))).collect();
    let mut schemas: serde_json::Map<_, _> =
        names.iter().map(|name| (name.clone(), json!({"type": "string", "enum": values}))).collect();
    let mut paths = serde_json::Map::new();
    for number in 0..count {
        let answer = format!("Thing{number}");
        let parameters: Vec<Value> = names
            .iter()
            .map(|name| json!({"name": name.to_lowercase(), "in": "query", "schema": reference(name)}))
            .collect();
        let content = json!({"application/json": {"schema": reference(&answer)}});
        let responses = json!({"200": {"description": "", "content": content}});
        let operation =
            json!({"operationId": format!("get{number}"), "parameters": parameters, "responses": responses});
        paths.insert(format!("/api/group{}/thing{number}", number % 50), json!({"get": operation}));
        schemas.insert(answer, json!({"type": "object", "properties": properties}));
    }
    json!({"openapi": "3.0.0", "paths": paths, "components": {"schemas": schemas}})
}

fn effects() {
    let release: Release = "2.65.0".parse().unwrap();
    let (mut compared, mut found) = (None, None);
    for count in [250, 500, 1000] {
        let side = |values: &[&str]| {
            let text = many_operations(count, values).to_string();
            let document = load(text.as_bytes(), &release, &[]).unwrap();
            let api = api::build(&document, &release).unwrap().0;
            (document.value().clone(), Surface::new(&api, document.value()).unwrap())
        };
        let ((old, before), (new, after)) = (side(&["a", "b"]), side(&["a", "c"]));
        let changes = compare_with(&old, &new, [&before, &after]);
        let start = Instant::now();
        std::hint::black_box(compare_with(&old, &new, [&before, &after]));
        let compare = grown(start.elapsed(), &mut compared);
        let start = Instant::now();
        add_rust_effects(&mut changes.clone(), &before, &after);
        let effects = grown(start.elapsed(), &mut found);
        println!("{count} operations, {} changes: {compare} to compare, {effects} for the effects", changes.len());
    }
}
