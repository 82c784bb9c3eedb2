//! Compares what servers answered with the document of their release.
//!
//! The document is the corrected one: overlays are applied, and their extensions count. `x-kimai-always` lists the
//! properties that responses always contain, `x-kimai-answer-format` is the format of text in responses, and
//! `x-kimai-full` is the schema of responses to requests with `full`. What differs is a [`Finding`], with the overlay
//! actions that correct the document.

mod actions;
mod compare;
mod corrections;
mod evidence;
mod exchange;
mod finding;
mod formats;
mod headers;
mod infer;
mod operations;
mod responses;
mod review;
mod schemas;

pub use actions::{Action, Change, actions_as_yaml};
pub use exchange::Exchange;
pub use finding::{Count, Example, Finding, Kind};

pub use review::{Judgement, Verdict, review};

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Document;
use evidence::Evidence;
use operations::Operations;
use responses::{Body, Comparison};
use schemas::Schemas;

/// What a comparison found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Audit {
    /// Where servers and the document differ, in the order of [`Kind::ALL`] and of the document.
    pub findings: Vec<Finding>,
    /// How many responses were compared.
    pub responses: usize,
    /// The operations whose responses were compared, such as `GET /api/tags`.
    pub operations: BTreeSet<String>,
    /// How many requests were for no operation of the document, by method and the first part of the path.
    pub unknown: BTreeMap<String, usize>,
}

/// Compares responses with the document of their release.
#[must_use]
pub fn audit(document: &Document, exchanges: &[Exchange]) -> Audit {
    let (mut audit, evidence) = gather(document, exchanges);
    audit.findings = evidence.findings(Schemas::new(document.value()));
    audit
}

/// All but the findings, and the evidence for them.
fn gather(document: &Document, exchanges: &[Exchange]) -> (Audit, Evidence) {
    let value = document.value();
    let (schemas, operations) = (Schemas::new(value), Operations::of(value));
    let mut evidence = Evidence::default();
    let mut audit = Audit::default();
    for exchange in exchanges {
        let Some(operation) = operations.find(&exchange.method, &exchange.path) else {
            *audit.unknown.entry(exchange.beginning()).or_default() += 1;
            continue;
        };
        let body = Body::of(exchange);
        let comparison = Comparison { schemas, operation, exchange, body: &body };
        evidence.add(&operation.name, exchange, comparison.seen());
        audit.responses += 1;
        audit.operations.insert(operation.name.clone());
    }
    (audit, evidence)
}
