//! What commands other than `cargo xtask` name: packages, tests, examples, benchmarks, features and scripts. They are not
//! run: they compile for minutes, need a network, or run the tests that this is one of.

use std::fs;
use std::path::Path;

const PACKAGES: [&str; 3] = ["codegen", "generated-client", "xtask"];

/// What is wrong with a command.
pub(super) fn problem(repository: &Path, command: &str) -> Option<String> {
    let words: Vec<&str> = command.split_whitespace().collect();
    let values =
        |option: &str| words.windows(2).filter(|pair| pair[0] == option).map(|pair| pair[1]).collect::<Vec<_>>();
    let script = words.iter().find(|word| word.contains('/') && !word.contains("://") && !word.starts_with("--"));
    if !command.starts_with("cargo ") {
        return script.filter(|path| !repository.join(path).is_file()).map(|path| format!("{path} does not exist"));
    }
    let packages = values("--package");
    if let Some(package) = packages.iter().find(|package| !PACKAGES.contains(package)) {
        return Some(format!("the package {package} does not exist"));
    }
    let packages = if packages.is_empty() { PACKAGES.to_vec() } else { packages };
    for (option, folder) in [("--test", "tests"), ("--example", "examples"), ("--bench", "benches")] {
        let exists = |name: &str| {
            packages.iter().any(|package| {
                let folder = repository.join(package).join(folder);
                folder.join(format!("{name}.rs")).is_file() || folder.join(name).join("main.rs").is_file()
            })
        };
        if let Some(name) = values(option).into_iter().find(|name| !exists(name)) {
            return Some(format!("{option} {name} does not exist"));
        }
    }
    let manifests: Vec<String> = packages
        .iter()
        .map(|package| fs::read_to_string(repository.join(package).join("Cargo.toml")).unwrap())
        .collect();
    let has = |feature: &str| manifests.iter().any(|manifest| manifest.contains(&format!("\n{feature} = [")));
    let features = values("--features").into_iter().flat_map(|features| features.split(','));
    let unknown = features.map(|feature| feature.rsplit('/').next().unwrap_or(feature)).find(|feature| !has(feature));
    unknown.map(|feature| format!("the feature {feature} does not exist"))
}
