//! `cargo xtask intake`: documents of a next release, made of the snapshot of 2.65.0.

mod compiled;
mod decisions;
mod document;
mod gadgets;
mod overlays;
mod refusals;

use crate::support::{Copy, Said};
use serde_json::Value;

const GENERATED: &str = "generated-client/src/generated";

/// Takes in a document as 2.66.0, without compiling.
fn intake(copy: &Copy, document: &Value) -> Said {
    copy.write("next.json", &document.to_string());
    copy.xtask(&["intake", "next.json", "--kimai", "2.66.0", "--no-check"])
}

/// The same, which must succeed and leave a tree that is up to date; returns the decisions.
fn decisions(copy: &Copy, document: &Value) -> String {
    decisions_of(copy, &intake(copy, document))
}

/// The decisions of the release that was taken in.
fn decisions_again(copy: &Copy) -> String {
    decisions_of(copy, &copy.xtask(&["intake", "2.66.0", "--no-check"]))
}

fn decisions_of(copy: &Copy, said: &Said) -> String {
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{}", said.out);
    assert_eq!(copy.ok(&["regenerate", "--check"]), "the generated code is up to date\n");
    said.out.split_once("\n\n").unwrap().1.to_owned()
}

/// The decisions without those about tests.
fn without_tests(decisions: &str) -> &str {
    decisions
        .split_once("\nAdd to the test server and to the tests, unless it is already there:")
        .map_or(decisions, |(rest, _)| rest)
}

/// The lines that only one of two texts has, marked with `-` and `+`.
fn changes(before: &str, after: &str) -> Vec<String> {
    let only = |text: &str, other: &str, mark: char| -> Vec<String> {
        let others: Vec<&str> = other.lines().collect();
        text.lines().filter(|line| !others.contains(line)).map(|line| format!("{mark}{}", line.trim_start())).collect()
    };
    [only(before, after, '-'), only(after, before, '+')].concat()
}
