//! The steps with the API of every supported release that has a document of its own.

use std::fs;
use std::path::Path;

use generated_client::{OLDEST_RELEASE, Release};

use super::{coverage, run_all, server};

#[tokio::test]
async fn every_release_is_served() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let names = fs::read_dir(specs).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let releases = names.filter_map(|name| name.strip_suffix(".json")?.parse().ok());
    let mut releases: Vec<Release> = releases.filter(|release| *release >= OLDEST_RELEASE).collect();
    releases.sort();
    assert!(releases.len() > 30, "{releases:?}");
    let mut failures = Vec::new();
    for release in releases {
        let (server, _) = server(release).await;
        let log = run_all(&server).await;
        failures.extend(log.failures().iter().cloned());
        coverage::check(&server, &log);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
