//! The first program of the README runs as it is written, against `cargo xtask serve`.

use std::fs;
use std::path::Path;

use generated_client::test_server::TestServer;

use crate::run;

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn it_is_the_program_of_both_readmes() {
    let example = text("examples/first_program.rs");
    let (_, program) = example.split_once("\n\n").unwrap();
    for readme in ["../README.md", "README.md"] {
        let readme = text(readme);
        // All other code in Rust would need a test too.
        assert_eq!(readme.matches("```rust").count(), 1);
        assert!(readme.contains(&format!("```rust,no_run\n{program}```\n")));
    }
}

#[test]
fn it_runs() {
    // The address is in the program.
    let builder = TestServer::builder().port(8001).now("2026-11-23T16:30:00Z".parse().unwrap());
    let Ok(server) = builder.start() else {
        crate::report("The first program of the README was not run: port 8001 is in use.");
        return;
    };
    let said = run("first_program", &[]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!(lines[0], "2026-11-23T17:30:00 Some(\"done\") Acme GmbH");
    assert!(text("../README.md").contains(&format!("--example first_program\n{}\n…\n", lines[0])));
    let asked: Vec<&str> = server.requests().iter().filter_map(|request| request.operation).collect();
    assert_eq!(
        asked,
        ["system.version", "timesheets.create", "timesheets.update", "timesheets.stop", "timesheets.list"]
    );
}
