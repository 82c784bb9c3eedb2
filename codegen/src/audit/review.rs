//! Which overlay actions the evidence contradicts or no longer supports.
//!
//! Each action is left out once. What differs less without it, it makes wrong; what differs more without it, it corrects.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::evidence::Evidence;
use super::schemas::Schemas;
use super::{Exchange, Kind, gather};
use crate::api::{ANSWER_FORMAT, FULL};
use crate::document::{Document, Overlay, Repaired, Traced};
use crate::{Error, Pointer, Release};

/// What evidence says of an overlay action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The overlay's file name.
    pub file: String,
    /// The number of the action, counted from 1.
    pub action: usize,
    /// The action's JSONPath.
    pub target: String,
    /// Whether it is wrong, or only unsupported.
    pub judgement: Judgement,
    /// Where: places of the document, and how many values were compared there.
    pub places: BTreeMap<Pointer, usize>,
}

/// Whether an action is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Judgement {
    /// Servers send something else than the action says.
    Contradicted,
    /// Servers send what the document says without the action.
    Unsupported,
}

impl Judgement {
    /// Its name in reports.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Contradicted => "contradicted",
            Self::Unsupported => "unsupported",
        }
    }
}

/// Keywords with which an action changes what responses may contain.
const KEYWORDS: [&str; 13] = [
    "$ref",
    "additionalProperties",
    ANSWER_FORMAT,
    "content",
    "enum",
    "format",
    "headers",
    "items",
    "nullable",
    "oneOf",
    "type",
    "x-kimai-always",
    FULL,
];

/// Those that are only there because of what servers send. A type or format may also be there for the client, and what
/// removes something for another action.
const FOR_SERVERS: [&str; 4] = [ANSWER_FORMAT, "content", "headers", FULL];

/// Reviews the actions that concern compared responses.
///
/// # Errors
///
/// Returns an error if the document cannot be loaded with the overlays.
pub fn review(
    bytes: &[u8],
    release: &Release,
    overlays: &[Overlay],
    exchanges: &[Exchange],
) -> Result<Vec<Verdict>, Error> {
    let repaired = Repaired::read(bytes)?;
    let (document, traced) = repaired.load_traced(release, overlays)?;
    let (_, evidence) = gather(&document, exchanges);
    let with = differences(&document, &evidence);
    let reached = evidence.into_reached();
    let mut verdicts = Vec::new();
    for action in traced.iter().filter(|action| concerns_responses(action, &reached)) {
        let others: Vec<Overlay> = overlays
            .iter()
            .map(|overlay| if overlay.file() == action.file { overlay.without(action.action) } else { overlay.clone() })
            .collect();
        // Other actions may need what this one adds.
        let Ok(document) = repaired.load(release, &others) else { continue };
        let (_, evidence) = gather(&document, exchanges);
        let without = differences(&document, &evidence);
        let made: BTreeSet<Pointer> = with.difference(&without).map(place).collect();
        let corrected: BTreeSet<Pointer> = without.difference(&with).map(place).collect();
        let (judgement, places) = if made.is_empty() {
            (Judgement::Unsupported, unsupported(action, &corrected, &reached))
        } else {
            (Judgement::Contradicted, made)
        };
        if places.is_empty() {
            continue;
        }
        verdicts.push(Verdict {
            file: action.file.clone(),
            action: action.action,
            target: action.target.clone(),
            judgement,
            places: places.into_iter().map(|place| (place.clone(), values_in(&place, &reached))).collect(),
        });
    }
    Ok(verdicts)
}

/// A difference: its kind, the place, and a property there.
type Difference = (Kind, Pointer, String);

fn differences(document: &Document, evidence: &Evidence) -> BTreeSet<Difference> {
    let findings = evidence.findings(Schemas::new(document.value()));
    let of_finding = |finding: super::Finding| {
        let whole = finding.members.is_empty().then(String::new);
        let members: Vec<String> = finding.members.into_keys().chain(whole).collect();
        members.into_iter().map(move |member| (finding.kind, finding.pointer.clone(), member))
    };
    findings.into_iter().flat_map(of_finding).collect()
}

fn place((kind, pointer, member): &Difference) -> Pointer {
    match kind {
        _ if member.is_empty() => pointer.clone(),
        Kind::Status => pointer.join(member),
        Kind::Header => pointer.join("headers").join(member),
        Kind::MediaType => pointer.join("content").join(member),
        _ => pointer.join("properties").join(member),
    }
}

fn concerns_responses(action: &Traced, reached: &HashMap<Pointer, usize>) -> bool {
    let changes = action.update.as_ref().is_none_or(|update| has_any(update, &KEYWORDS));
    let is_near = |place: &Pointer| reached.keys().any(|seen| seen.is_within(place) || place.is_within(seen));
    changes && action.places.iter().any(is_near)
}

/// The places where the action corrects nothing, although values were compared there.
fn unsupported(action: &Traced, corrected: &BTreeSet<Pointer>, reached: &HashMap<Pointer, usize>) -> BTreeSet<Pointer> {
    let nullable = action.update.as_ref().is_some_and(|update| update.get("nullable") == Some(&Value::Bool(true)));
    if nullable {
        let is_seen = |place: &&Pointer| reached.contains_key(*place) && !corrected.contains(*place);
        return action.places.iter().filter(is_seen).cloned().collect();
    }
    let is_for_servers = action.update.as_ref().is_some_and(|update| has_any(update, &FOR_SERVERS));
    if !is_for_servers || !corrected.is_empty() {
        return BTreeSet::new();
    }
    action.places.iter().filter(|place| values_in(place, reached) > 0).cloned().collect()
}

/// How many values were compared in a place, or in what contains it.
fn values_in(place: &Pointer, reached: &HashMap<Pointer, usize>) -> usize {
    let places = std::iter::successors(Some(place.clone()), |place| place.parent().map(|(parent, _)| parent));
    places.take(3).find_map(|place| reached.get(&place).copied()).unwrap_or_default()
}

fn has_any(value: &Value, keywords: &[&str]) -> bool {
    match value {
        Value::Object(members) => {
            members.iter().any(|(name, value)| keywords.contains(&name.as_str()) || has_any(value, keywords))
        }
        _ => false,
    }
}
