//! A workspace with the client and two crates that use it.

use crate::crates::Crates;

/// The library and the program of one's own; only the client is there to depend on, and tokio for the program.
const MY_TOOL: &str = "\
[package]
name = \"my-tool\"
version = \"0.1.0\"
edition = \"2024\"

[dependencies]
generated-client = { path = \"../generated-client\", default-features = false, features = [\"blocking\"] }
tokio = { version = \"1\", default-features = false, features = [\"macros\", \"rt\"] }
";

/// A library that has another name for the client, and only the async one.
const RENAMED: &str = "\
[package]
name = \"renamed\"
version = \"0.1.0\"
edition = \"2024\"

[dependencies]
kimai-api = { package = \"generated-client\", path = \"../generated-client\", default-features = false }
";

/// Strict about what it has itself.
const LIBRARY: &str = "\
//! A library of one's own.

#![warn(missing_docs, unreachable_pub, clippy::pedantic)]

pub mod plugins;
";

/// The workspace, without what is generated beside the client.
pub(crate) fn new() -> Crates {
    let crates = Crates::new("only-plugins", &["generated-client", "my-tool", "renamed"]);
    crates.add_client("generated-client");
    crates.write("my-tool/Cargo.toml", MY_TOOL);
    crates.write("my-tool/src/lib.rs", LIBRARY);
    crates.write("my-tool/src/bin/tool/main.rs", include_str!("../fixtures/plugin_tool.rs"));
    crates.write("my-tool/src/bin/tool/remote/mod.rs", "pub(crate) mod plugins;\n");
    crates.write("renamed/Cargo.toml", RENAMED);
    crates.write("renamed/src/lib.rs", LIBRARY);
    crates
}
