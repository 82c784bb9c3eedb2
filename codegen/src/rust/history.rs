//! Since when something is there: in the documentation, and as tables for requests to servers of any release.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::Release;
use crate::api::{Api, Body, Full, Operation, Parameter, ParameterPlace, Type, TypeKind, named};
use crate::history::{History, Named, Span, Spelling, Subject, Way, of_parameter};

/// The model with what the history says in its documentation.
pub(super) fn annotated(api: &Api, history: &History) -> Api {
    let mut api = api.clone();
    let oldest = api.oldest.clone();
    let note = |doc: &mut String, spans: &[Span], around: &[Span]| {
        if spans != around
            && let Some(sentence) = sentence(spans, &oldest)
        {
            let text = doc.trim();
            *doc = if text.is_empty() { sentence } else { format!("{text}\n\n{sentence}") };
        }
    };
    for operation in &mut api.operations {
        let around = history.spans(&[Subject::operation(operation)]);
        for index in 0..operation.parameters.len() {
            let spans = operation.parameters.get(index).map(|parameter| parameter_spans(history, operation, parameter));
            if let (Some(spans), Some(parameter)) = (spans, operation.parameters.get_mut(index)) {
                note(&mut parameter.doc, &spans, &around);
            }
        }
        note(&mut operation.doc, &around, &[]);
    }
    for def in api.types.values_mut() {
        let around = history.spans(&[Subject::Type(def.name.clone())]);
        match &mut def.kind {
            TypeKind::Answer { fields, .. } | TypeKind::Form { fields, .. } | TypeKind::Patch { fields, .. } => {
                for field in fields {
                    let spans = history.spans(&field_subjects(history, &def.name, &field.name, &field.wire));
                    note(&mut field.doc, &spans, &around);
                }
            }
            TypeKind::Enum { variants, .. } => {
                for variant in variants {
                    let spans = history.spans(&[Subject::Value(def.name.clone(), variant.wire.clone())]);
                    note(&mut variant.doc, &spans, &around);
                }
            }
            TypeKind::OneOf { .. } => {}
        }
    }
    api
}

/// Since when the operation is there, for the table of all operations; empty where that is not known.
pub(super) fn column(history: &History, operation: &Operation) -> String {
    let spans = history.spans(&[Subject::operation(operation)]);
    match (spans.first(), spans.last().and_then(|span| span.until.as_ref())) {
        (Some(first), None) => short(&first.since),
        (Some(first), Some(until)) => format!("{} to before {}", short(&first.since), short(until)),
        (None, _) => String::new(),
    }
}

/// The table with what a release may not have, or writes in another way; nothing for what no known release has.
pub(super) fn table(api: &Api, history: &History, operation: &Operation) -> TokenStream {
    let around = history.spans(&[Subject::operation(operation)]);
    if around.is_empty() {
        return quote!();
    }
    let table = Table { api, history, around: &around };
    let releases = spans(&around);
    let parameters = table.parameters(operation);
    let properties = table.properties(operation);
    let parameters = (!parameters.is_empty()).then(|| quote!(.with_parameters(&[#(#parameters),*])));
    let properties = (!properties.is_empty()).then(|| quote!(.with_properties(&[#(#properties),*])));
    quote! {
        const HISTORY: &'static history::History = &history::History::new(&[#(#releases),*]) #parameters #properties;
    }
}

/// The table of the variant that answers in full, which came with its parameter.
pub(super) fn full_table(history: &History, operation: &Operation, full: &Full, inner: &Ident) -> TokenStream {
    let around = history.spans(&[Subject::operation(operation)]);
    let life = history.spans(&[Subject::parameter(operation, &full.wire)]);
    if life.is_empty() {
        return quote!();
    }
    if life == around {
        return quote!(const HISTORY: &'static history::History = #inner::HISTORY;);
    }
    let releases = spans(&life);
    quote!(const HISTORY: &'static history::History = &#inner::HISTORY.with_releases(&[#(#releases),*]);)
}

struct Table<'a> {
    api: &'a Api,
    history: &'a History,
    /// When the operation was there.
    around: &'a [Span],
}

impl Table<'_> {
    fn parameters(&self, operation: &Operation) -> Vec<TokenStream> {
        let mut parts = Vec::new();
        for parameter in operation.parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Query) {
            for (named, spelling) in of_parameter(operation, parameter) {
                let life = self.history.spans(&[Subject::parameter(operation, &spelling.wire)]);
                parts.extend(self.part(&spelling.wire, &life, &named, &spelling, None));
            }
        }
        parts
    }

    fn properties(&self, operation: &Operation) -> Vec<TokenStream> {
        let mut parts = Vec::new();
        for parameter in operation.parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Body) {
            for (named, spelling) in of_parameter(operation, parameter) {
                let life = self.history.spans(&[Subject::parameter(operation, &spelling.wire)]);
                parts.extend(self.part(&spelling.wire, &life, &named, &spelling, None));
            }
        }
        match &operation.body {
            Some(Body::Json(ty)) => self.inside(ty, "", &mut BTreeSet::new(), &mut parts),
            Some(Body::Multipart(name)) => {
                self.inside(&Type::Named(name.clone()), "", &mut BTreeSet::new(), &mut parts);
            }
            None => {}
        }
        parts
    }

    /// The properties of a type that is reached by this way; a type that contains itself is entered once.
    fn inside(&self, ty: &Type, way: &str, entered: &mut BTreeSet<String>, parts: &mut Vec<TokenStream>) {
        match ty {
            Type::List(item) | Type::Map(item) => return self.inside(item, &format!("{way}*/"), entered, parts),
            Type::Nullable(item) => return self.inside(item, way, entered, parts),
            _ => {}
        }
        let Some(name) = named(ty).filter(|name| !entered.contains(*name)) else { return };
        let Some(TypeKind::Form { fields, .. } | TypeKind::Patch { fields, .. }) =
            self.api.types.get(name).map(|def| &def.kind)
        else {
            return;
        };
        entered.insert(name.to_owned());
        for field in fields {
            let life = self.history.spans(&[Subject::Field(name.to_owned(), field.wire.clone())]);
            let named = Named::Field(name.to_owned(), field.name.clone());
            let spelling = Spelling::of_field(&field.wire, field.encoding);
            let path = format!("{way}{}", field.wire);
            parts.extend(self.part(&path, &life, &named, &spelling, field.initial));
            self.inside(&field.ty, &format!("{path}/"), entered, parts);
        }
        entered.remove(name);
    }

    /// The entry for a part; nothing where all releases that have the operation take it as it is.
    fn part(
        &self,
        path: &str,
        life: &[Span],
        named: &Named,
        spelling: &Spelling,
        assumed: Option<bool>,
    ) -> Option<TokenStream> {
        if life.is_empty() {
            return None;
        }
        let instead: Vec<TokenStream> = self
            .history
            .spellings(named)
            .iter()
            .filter(|(span, _)| span.until.as_ref().is_none_or(|until| *until > self.api.oldest))
            .filter_map(|(span, other)| instead(span, spelling, other))
            .collect();
        let covers = |spans: &[Span], release: &Release| spans.iter().any(|span| span.covers(release));
        let starts = self.around.iter().map(|span| &span.since);
        let mut releases = self.history.releases().iter().chain(starts).filter(|release| **release >= self.api.oldest);
        let is_always_there = releases.all(|release| !covers(self.around, release) || covers(life, release));
        if is_always_there && instead.is_empty() {
            return None;
        }
        let releases = spans(life);
        let instead = (!instead.is_empty()).then(|| quote!(.instead(&[#(#instead),*])));
        let assumed = assumed.filter(|_| !is_always_there).map(|value| quote!(.assumed(#value)));
        Some(quote!(history::Part::new(#path, &[#(#releases),*]) #instead #assumed))
    }
}

/// How to write in another way what is written in this way.
fn instead(span: &Span, ours: &Spelling, other: &Spelling) -> Option<TokenStream> {
    if ours == other || (ours.way != other.way && ours.way != Way::Plain) {
        return None;
    }
    let way = match other.way {
        way if way == ours.way => quote!(history::Way::Same),
        Way::Plain => return None,
        Way::Commas => quote!(history::Way::Commas),
        Way::Midnight => quote!(history::Way::Midnight),
    };
    let (span, wire) = (self::span(span), &other.wire);
    Some(quote!(history::Instead::new(#span, #wire, #way)))
}

fn parameter_spans(history: &History, operation: &Operation, parameter: &Parameter) -> Vec<Span> {
    let own = of_parameter(operation, parameter);
    let subject = |spelling: &Spelling| Subject::parameter(operation, &spelling.wire);
    let all = own.iter().flat_map(|(named, spelling)| {
        let others = history.spellings(named).iter().map(|(_, other)| subject(other));
        std::iter::once(subject(spelling)).chain(others)
    });
    history.spans(&all.collect::<Vec<_>>())
}

fn field_subjects(history: &History, ty: &str, name: &str, wire: &str) -> Vec<Subject> {
    let spellings = history.spellings(&Named::Field(ty.to_owned(), name.to_owned()));
    let wires = std::iter::once(wire).chain(spellings.iter().map(|(_, spelling)| spelling.wire.as_str()));
    wires.map(|wire| Subject::Field(ty.to_owned(), wire.to_owned())).collect()
}

fn spans(spans: &[Span]) -> Vec<TokenStream> {
    spans.iter().map(span).collect()
}

fn span(span: &Span) -> TokenStream {
    let since = release(&span.since);
    match &span.until {
        None => quote!(history::Span::since(#since)),
        Some(until) => {
            let until = release(until);
            quote!(history::Span::between(#since, #until))
        }
    }
}

fn release(release: &Release) -> TokenStream {
    let numbers = release.numbers().map(Literal::u64_unsuffixed);
    quote!([#(#numbers),*])
}

/// Since when it is there, for those who know no release before `oldest`; nothing if it always was, and still is.
fn sentence(spans: &[Span], oldest: &Release) -> Option<String> {
    let mut text = String::new();
    let spans: Vec<&Span> =
        spans.iter().filter(|span| span.until.as_ref().is_none_or(|until| until > oldest)).collect();
    if let Some(first) = spans.first().filter(|first| first.since > *oldest) {
        text = format!("Since Kimai {}", short(&first.since));
    }
    for pair in spans.windows(2) {
        let [before, after] = pair else { continue };
        let Some(until) = &before.until else { continue };
        let start = if text.is_empty() { "Not" } else { ", not" };
        text.push_str(&format!("{start} from Kimai {} to before {}", short(until), short(&after.since)));
    }
    if let Some(until) = spans.last().and_then(|span| span.until.as_ref()) {
        let start = if text.is_empty() { "No" } else { ", no" };
        text.push_str(&format!("{start} longer since Kimai {}", short(until)));
    }
    (!text.is_empty()).then(|| format!("{text}."))
}

/// A release without the zero that the first of a series ends with: 2.41 for 2.41.0.
fn short(release: &Release) -> String {
    let text = release.as_str();
    match text.strip_suffix(".0") {
        Some(series) if series.contains('.') => series.to_owned(),
        _ => text.to_owned(),
    }
}
