//! The history of each item: in the documentation, and as tables that adapt requests to releases.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::Release;
use crate::api::{Api, Full, Operation, Parameter, ParameterPlace, TypeKind};
use crate::history::{History, Named, Sent, Span, Spelling, Subject, Way, covers, of_parameter, sent, union, without};

/// The model with the history of its parts in words.
pub(super) fn annotated(api: &Api, history: &History) -> Api {
    let mut api = api.clone();
    let oldest = api.oldest.clone();
    // A part that exists as long as its owner needs no sentence.
    let say = |since: &mut String, spans: &[Span], around: &[Span]| {
        if spans != around {
            *since = sentence(spans, &oldest).unwrap_or_default();
        }
    };
    for operation in &mut api.operations {
        let around = history.spans(&[Subject::operation(operation)]);
        say(&mut operation.since, &around, &[]);
        operation.plugin = around.is_empty() && !operation.gone && !history.releases().is_empty();
        let parameters: Vec<String> =
            operation.parameters.iter().map(|one| of_setting(history, operation, one, &around, &oldest)).collect();
        for (parameter, since) in operation.parameters.iter_mut().zip(parameters) {
            parameter.since = since;
        }
        let full = operation.full.as_ref().map(|full| history.spans(&[Subject::parameter(operation, &full.wire)]));
        if let (Some(spans), Some(full)) = (full, &mut operation.full) {
            say(&mut full.since, &spans, &around);
        }
    }
    for def in api.types.values_mut() {
        let around = history.spans(&[Subject::Type(def.name.clone())]);
        match &mut def.kind {
            TypeKind::Answer { fields, .. } | TypeKind::Form { fields, .. } | TypeKind::Patch { fields, .. } => {
                for field in fields {
                    let subjects = field_subjects(history, &def.name, &field.name, &field.wire);
                    say(&mut field.since, &history.spans(&subjects), &around);
                }
            }
            TypeKind::Enum { variants, .. } => {
                for variant in variants {
                    let spans = history.spans(&[Subject::Value(def.name.clone(), variant.wire.clone())]);
                    say(&mut variant.since, &spans, &around);
                }
            }
            TypeKind::OneOf { .. } => {}
        }
        if let TypeKind::Form { fields, .. } = &mut def.kind {
            for field in fields.iter_mut().filter(|field| !field.required) {
                let required = history.life(&Subject::Field(def.name.clone(), field.wire.clone()));
                let last = required.and_then(|life| life.required.last()).and_then(|span| span.until.as_ref());
                if let Some(until) = last.filter(|until| **until > oldest) {
                    let space = if field.since.is_empty() { "" } else { " " };
                    field.since.push_str(&format!("{space}Required before Kimai {}.", short(until)));
                }
            }
        }
    }
    api
}

/// The history of a parameter; several values may have been added later than one value.
fn of_setting(
    history: &History,
    operation: &Operation,
    parameter: &Parameter,
    around: &[Span],
    oldest: &Release,
) -> String {
    let mut spellings = of_parameter(operation, parameter).into_iter().map(|(named, spelling)| {
        let others = history.spellings(&named).iter().map(|(_, other)| Subject::parameter(operation, &other.wire));
        let own = Subject::parameter(operation, &spelling.wire);
        history.spans(&std::iter::once(own).chain(others).collect::<Vec<_>>())
    });
    let (first, second) = (spellings.next().unwrap_or_default(), spellings.next());
    let of = |spans: &[Span]| if spans == around { None } else { sentence(spans, oldest) };
    match (of(&first), second.and_then(|second| of(&second))) {
        (Some(one), _) => one,
        (None, Some(many)) => {
            let mut rest = many.chars();
            let start: String = rest.next().into_iter().flat_map(char::to_lowercase).collect();
            format!("Several values {start}{}", rest.as_str())
        }
        (None, None) => String::new(),
    }
}

/// The first release of the operation, for the table of all operations; empty if it is not known.
pub(super) fn column(history: &History, operation: &Operation) -> String {
    let spans = history.spans(&[Subject::operation(operation)]);
    match (spans.first(), spans.last().and_then(|span| span.until.as_ref())) {
        (Some(first), None) => short(&first.since),
        (Some(first), Some(until)) => format!("{} to before {}", short(&first.since), short(until)),
        (None, _) => String::new(),
    }
}

/// The table of the parts that some releases do not have, or write differently; none if no known release has the
/// operation.
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

/// The table of the variant with a full response, whose parameter may have been added later.
pub(super) fn full_table(history: &History, operation: &Operation, full: &Full, inner: &Ident) -> TokenStream {
    let around = history.spans(&[Subject::operation(operation)]);
    let life = history.spans(&[Subject::parameter(operation, &full.wire)]);
    if life.is_empty() {
        return quote!();
    }
    if life == around {
        return quote!(const HISTORY: &'static history::History = #inner::HISTORY;);
    }
    let (wire, releases) = (&full.wire, spans(&life));
    quote! {
        const HISTORY: &'static history::History =
            &#inner::HISTORY.variant(history::Part::new(#wire, &[#(#releases),*]));
    }
}

struct Table<'a> {
    api: &'a Api,
    history: &'a History,
    /// The releases that have the operation.
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
        for Sent { path, name, field } in sent(self.api, operation) {
            let life = self.history.spans(&[Subject::sent(operation, &path)]);
            let spelling = Spelling::of_field(&field.wire, field.encoding);
            parts.extend(self.part(&path, &life, &Named::sent(operation, &name), &spelling, field.initial));
        }
        parts
    }

    /// The entry for a part; none if all releases of the operation have it, written the same way.
    fn part(
        &self,
        path: &str,
        life: &[Span],
        named: &Named,
        spelling: &Spelling,
        assumed: Option<bool>,
    ) -> Option<TokenStream> {
        let mut all = life.to_vec();
        let mut ways = Vec::new();
        for (span, other) in self.history.spellings(named).iter().filter(|(_, other)| other != spelling) {
            match instead(span, spelling, other) {
                Some(way) => {
                    all.push(span.clone());
                    ways.extend(span.until.as_ref().is_none_or(|until| *until > self.api.oldest).then_some(way));
                }
                // The value cannot be written as the release reads it.
                None => all = without(all, span),
            }
        }
        let all = union(all);
        if all.is_empty() {
            return None;
        }
        let starts = self.around.iter().map(|span| &span.since);
        let mut releases = self.history.releases().iter().chain(starts).filter(|release| **release >= self.api.oldest);
        let is_always_there = releases.all(|release| !covers(self.around, release) || covers(&all, release));
        if is_always_there && ways.is_empty() {
            return None;
        }
        let releases = spans(&all);
        let ways = (!ways.is_empty()).then(|| quote!(.instead(&[#(#ways),*])));
        let assumed = assumed.filter(|_| !is_always_there).map(|value| quote!(.assumed(#value)));
        Some(quote!(history::Part::new(#path, &[#(#releases),*]) #ways #assumed))
    }
}

/// How to convert the written form; none if it cannot be converted.
fn instead(span: &Span, ours: &Spelling, other: &Spelling) -> Option<TokenStream> {
    let way = match other.way {
        way if way == ours.way => quote!(history::Way::Same),
        // Separators and times that are written already may have another meaning.
        _ if ours.way != Way::Plain => return None,
        // No release of Kimai writes spaces or bars in place of a parameter for each value.
        Way::Plain | Way::Spaces | Way::Bars => return None,
        Way::Commas => quote!(history::Way::Commas),
        Way::Midnight => quote!(history::Way::Midnight),
    };
    let (span, wire) = (self::span(span), &other.wire);
    Some(quote!(history::Instead::new(#span, #wire, #way)))
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

/// The history in a sentence, as seen from the oldest supported release; none if it exists in all releases.
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

/// A release without a trailing zero: 2.41 for 2.41.0.
fn short(release: &Release) -> String {
    let text = release.as_str();
    match text.strip_suffix(".0") {
        Some(series) if series.contains('.') => series.to_owned(),
        _ => text.to_owned(),
    }
}
