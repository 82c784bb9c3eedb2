//! `xtask/docs/rules.md`, made of the catalogue.

use std::path::PathBuf;

use codegen::diff::{Rule, catalogue};

use crate::workspace::Workspace;

const INTRODUCTION: &str = "\
# The rules of `cargo xtask diff`

Each change is reported under one of these names, which do not change. The severity is that for an old client at the
new server. A rule for what is sent has its mirror in what is answered, or there is a reason why not. The page is
written by `cargo xtask regenerate` and never by hand.

| rule | severity | undone by | in the other direction |
|---|---|---|---|
";

pub(crate) fn path(workspace: &Workspace) -> PathBuf {
    workspace.docs().join("rules.md")
}

pub(crate) fn text() -> String {
    let rows = catalogue().into_iter().map(|rule| {
        let Rule { id, severity, opposites, mirror } = rule;
        let opposites: Vec<String> = opposites.iter().map(|id| format!("`{id}`")).collect();
        let mirror = mirror.map_or_else(str::to_owned, |id| format!("`{id}`"));
        format!("| `{id}` | {} | {} | {mirror} |\n", severity.as_str(), opposites.join(", "))
    });
    INTRODUCTION.to_owned() + &rows.collect::<String>()
}
