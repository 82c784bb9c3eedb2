//! How releases write the same thing: its name and its format.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::life::{Span, spans};
use super::sent::{Sent, sent};
use crate::Release;
use crate::api::{Api, Encoding, ListStyle, Method, Operation, Parameter, ParameterPlace, ParameterValue, TypeKind};
use crate::names::anonymous;

/// What keeps its name in Rust, whatever releases call it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Named {
    /// A parameter of an operation that takes one value.
    One(Method, String, String),
    /// A parameter of an operation that takes many values.
    Many(Method, String, String),
    /// A property of a type that is sent.
    Field(String, String),
    /// A property that an operation sends, by its way from the body.
    Sent(Method, String, String),
}

/// How a release writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spelling {
    /// The name on the wire.
    pub wire: String,
    /// How its value is written.
    pub way: Way,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// As its type is written.
    Plain,
    /// Many values as one text with commas.
    Commas,
    /// Many values as one text with spaces.
    Spaces,
    /// Many values as one text with vertical bars.
    Bars,
    /// A date with a time.
    Midnight,
}

impl Named {
    /// The parameter of the operation for one value, by its name in Rust.
    #[must_use]
    pub fn one(operation: &Operation, name: &str) -> Self {
        Self::One(operation.method, anonymous(&operation.template), name.to_owned())
    }

    /// The parameter of the operation for many values, by its name in Rust.
    #[must_use]
    pub fn many(operation: &Operation, name: &str) -> Self {
        Self::Many(operation.method, anonymous(&operation.template), name.to_owned())
    }
}

impl Named {
    /// The property that the operation sends, by its way in Rust.
    #[must_use]
    pub fn sent(operation: &Operation, name: &str) -> Self {
        Self::Sent(operation.method, anonymous(&operation.template), name.to_owned())
    }
}

impl Spelling {
    fn new(wire: &str, way: Way) -> Self {
        Self { wire: wire.to_owned(), way }
    }

    /// How a property of what is sent is written.
    #[must_use]
    pub fn of_field(wire: &str, encoding: Encoding) -> Self {
        Self::new(wire, if encoding == Encoding::DateAsDateTime { Way::Midnight } else { Way::Plain })
    }
}

/// How a parameter is written, for one value and for many.
#[must_use]
pub fn of_parameter(operation: &Operation, parameter: &Parameter) -> Vec<(Named, Spelling)> {
    let one = |wire: &str| (Named::one(operation, &parameter.name), Spelling::new(wire, Way::Plain));
    let many = |wire: &str, style: ListStyle| {
        let way = match style {
            ListStyle::Repeated => Way::Plain,
            ListStyle::Commas => Way::Commas,
            ListStyle::Spaces => Way::Spaces,
            ListStyle::Bars => Way::Bars,
        };
        (Named::many(operation, &parameter.name), Spelling::new(wire, way))
    };
    match &parameter.value {
        ParameterValue::One { wire, .. } | ParameterValue::Flag { wire, .. } | ParameterValue::Object { wire, .. } => {
            vec![one(wire)]
        }
        ParameterValue::List { wire, style, .. } => vec![many(wire, *style)],
        ParameterValue::Select { one: first, many: second, style, .. } => {
            std::iter::once(one(first)).chain(second.as_ref().map(|second| many(second, *style))).collect()
        }
    }
}

/// What all releases write, the oldest first.
pub(super) fn of_all(apis: &[(Release, Arc<Api>)], releases: &[Release]) -> BTreeMap<Named, Vec<(Span, Spelling)>> {
    let mut seen: BTreeMap<Named, Vec<(usize, Spelling)>> = BTreeMap::new();
    for (index, (_, api)) in apis.iter().enumerate() {
        for (named, spelling) in of_one(api) {
            seen.entry(named).or_default().push((index, spelling));
        }
    }
    seen.into_iter().map(|(named, seen)| (named, runs(&seen, releases))).collect()
}

/// What one release writes.
pub(super) fn of_one(api: &Api) -> Vec<(Named, Spelling)> {
    let mut all = Vec::new();
    for operation in api.operations.iter().filter(|operation| !operation.gone) {
        let parameters = operation.parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Query);
        all.extend(parameters.flat_map(|parameter| of_parameter(operation, parameter)));
        for Sent { name, field, .. } in sent(api, operation) {
            let spelling = Spelling::of_field(&field.wire, field.encoding);
            all.push((Named::sent(operation, &name), spelling));
        }
    }
    for def in api.types.values() {
        let (TypeKind::Form { fields, .. } | TypeKind::Patch { fields, .. }) = &def.kind else { continue };
        for field in fields {
            let named = Named::Field(def.name.clone(), field.name.clone());
            all.push((named, Spelling::of_field(&field.wire, field.encoding)));
        }
    }
    all
}

/// Replaces the spelling from a release on.
pub(super) fn set_from(known: &mut Vec<(Span, Spelling)>, release: &Release, spelling: Spelling) {
    *known = std::mem::take(known)
        .into_iter()
        .filter_map(|(span, other)| Some((span.before(release)?, other)))
        .chain([(Span { since: release.clone(), until: None }, spelling)])
        .collect();
}

/// The spans in which the spelling stays.
fn runs(seen: &[(usize, Spelling)], releases: &[Release]) -> Vec<(Span, Spelling)> {
    let runs = seen.chunk_by(|(_, before), (_, now)| before == now);
    runs.flat_map(|run| {
        let spans = spans(run.iter().map(|(index, _)| *index), releases);
        spans.into_iter().filter_map(|span| Some((span, run.first()?.1.clone())))
    })
    .collect()
}
