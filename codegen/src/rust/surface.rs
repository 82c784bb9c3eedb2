//! The public items of a client and their signatures, without documentation and code.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::parameters;
use super::signature::{self, output};
use super::structs::{boxed, has_files, is_argument, sole_nullable};
use super::tokens::{Scope, argument, ty};
use super::{one_of, types};
use crate::api::{self, Answer, Api, Body, Field, Operation, Parameter, ParameterValue, Segment, TypeDef, TypeKind};
use crate::names;

/// The items of a client, by paths such as `Timesheet.tags` and `timesheets.list().user()`.
#[derive(Debug, Default)]
pub struct Surface {
    /// All items.
    pub items: BTreeMap<String, Item>,
    /// The types, by name.
    pub types: BTreeMap<String, Origin>,
    /// The names of the schemas that operations such as `POST /api/timesheets` return if `full` is set.
    pub full: BTreeMap<String, String>,
}

/// Where a type comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The name of its schema, without the number of a copy.
    pub schema: Option<String>,
    /// The operations that lead to it, such as `GET /api/tags`.
    pub operations: BTreeSet<String>,
}

/// An item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its type, arguments, or kind.
    pub signature: String,
    /// Whether the compiler warns about its use.
    pub deprecated: bool,
    /// The item that it belongs to.
    pub owner: Option<String>,
    /// The parts of requests and responses that it represents.
    pub wire: Vec<Wire>,
}

/// A part of requests or responses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wire {
    /// A field of the type of this name; `*` for further fields.
    Property(String, String),
    /// A parameter of an operation, by its name.
    Parameter(String, String),
    /// An operation as a whole, such as `GET /api/tags`.
    Operation(String),
}

impl Surface {
    /// The items of the client that [`generate`](super::generate) makes from a model.
    #[must_use]
    pub fn of(api: &Api) -> Self {
        let mut surface = Self::default();
        for thing in &api.ids {
            surface.add(format!("{thing}Id"), "id", None, Vec::new());
        }
        let identified = types::sometimes_ids(api);
        for def in api.types.values() {
            surface.of_type(def);
            if let Some(thing) = identified.get(&def.name).filter(|_| matches!(def.kind, TypeKind::Answer { .. })) {
                surface.add(format!("{}: Identified", def.name), &format!("{thing}Id"), Some(&def.name), Vec::new());
            }
        }
        for operation in &api.operations {
            surface.of_operation(operation);
        }
        surface.types = origins(api);
        surface.full = full(api);
        surface
    }

    fn add(&mut self, path: String, signature: &str, owner: Option<&str>, wire: Vec<Wire>) {
        let owner = owner.map(str::to_owned);
        self.items.insert(path, Item { signature: signature.to_owned(), deprecated: false, owner, wire });
    }

    fn of_type(&mut self, def: &TypeDef) {
        let name = &def.name;
        let (kind, fields, extra) = match &def.kind {
            TypeKind::Answer { fields, extra } => ("answer", fields.as_slice(), extra.as_ref()),
            TypeKind::Form { fields, extra } if has_files(fields) => {
                ("form of parts", fields.as_slice(), extra.as_ref())
            }
            TypeKind::Form { fields, extra } => ("form", fields.as_slice(), extra.as_ref()),
            TypeKind::Patch { fields, extra } => ("patch", fields.as_slice(), extra.as_ref()),
            TypeKind::Enum { open, variants } => {
                self.add(name.clone(), if *open { "open enum" } else { "closed enum" }, None, Vec::new());
                for variant in variants {
                    self.add(format!("{name}::{}", variant.name), "", Some(name), Vec::new());
                }
                return;
            }
            TypeKind::OneOf { alternatives } => {
                self.add(name.clone(), "one of several", None, Vec::new());
                for alternative in alternatives {
                    let held = text(&one_of::held(alternative));
                    self.add(format!("{name}::{}", alternative.name), &format!("({held})"), Some(name), Vec::new());
                }
                return;
            }
        };
        self.add(name.clone(), kind, None, Vec::new());
        for field in fields {
            self.of_field(def, field, fields);
        }
        if let Some(extra) = extra {
            let wire = || vec![Wire::Property(name.clone(), "*".to_owned())];
            let kind = ty(extra, Scope::Types);
            self.add(format!("{name}.extra"), &text(&quote!(BTreeMap<String, #kind>)), Some(name), wire());
            if !matches!(def.kind, TypeKind::Answer { .. }) {
                let value = argument(extra, &format_ident!("value"), Scope::Types).ty;
                self.add(format!("{name}.extra()"), &text(&quote!((impl Into<String>, #value))), Some(name), wire());
            }
        }
        if let TypeKind::Form { .. } = def.kind {
            let sole = sole_nullable(fields);
            self.constructor(def, "new", fields.iter().filter(|field| is_argument(field, fields)));
            if let Some(sole) = sole {
                let taken = |field: &&Field| is_argument(field, fields) && field.wire != sole.wire;
                self.constructor(def, &format!("clear_{}", sole.name), fields.iter().filter(taken));
            }
        }
    }

    fn of_field(&mut self, def: &TypeDef, field: &Field, fields: &[Field]) {
        let (owner, name) = (&def.name, &field.name);
        let wire = || vec![Wire::Property(owner.clone(), field.wire.clone())];
        let plain = boxed(field);
        let is_value = field.required && !field.nullable;
        let held = match def.kind {
            TypeKind::Patch { .. } if field.clearable => quote!(Patch<#plain>),
            TypeKind::Patch { .. } => quote!(Option<#plain>),
            _ if is_value => plain,
            _ => quote!(Option<#plain>),
        };
        self.add(format!("{owner}.{name}"), &text(&held), Some(owner), wire());
        let is_set = match def.kind {
            TypeKind::Form { .. } => !is_argument(field, fields),
            TypeKind::Patch { .. } => true,
            _ => false,
        };
        if is_set {
            let taken = argument(&field.ty, &format_ident!("{name}"), Scope::Types).ty;
            self.add(format!("{owner}.{name}()"), &text(&quote!((#taken))), Some(owner), wire());
        }
        if matches!(def.kind, TypeKind::Patch { .. }) && field.clearable {
            self.add(format!("{owner}.clear_{name}()"), "()", Some(owner), wire());
        }
    }

    fn constructor<'f>(&mut self, def: &TypeDef, name: &str, fields: impl Iterator<Item = &'f Field>) {
        let mut wire = Vec::new();
        let mut arguments = Vec::new();
        for field in fields {
            wire.push(Wire::Property(def.name.clone(), field.wire.clone()));
            let taken = argument(&field.ty, &format_ident!("{}", field.name), Scope::Types).ty;
            arguments.push(format!("{}: {}", field.name, text(&taken)));
        }
        self.add(format!("{}::{name}", def.name), &format!("({})", arguments.join(", ")), Some(&def.name), wire);
    }

    fn of_operation(&mut self, operation: &Operation) {
        let title = format!("{} {}", operation.method.as_str(), operation.template);
        let path = format!("{}.{}", operation.resource, operation.name);
        let taken = signature::parameters(operation);
        let taken = taken.iter().map(text).collect::<Vec<_>>().join(", ");
        let required = operation.parameters.iter().filter(|parameter| parameter.required);
        let mut wire = vec![Wire::Operation(title.clone())];
        wire.extend(required.flat_map(|parameter| on_wire(&title, parameter)));
        let gives = |answer: &Answer| text(&output(answer).0);
        let signature = format!("({taken}) -> {}", gives(&operation.answer));
        self.add(format!("{path}()"), &signature, None, wire.clone());
        if let Some(item) = self.items.get_mut(&format!("{path}()")) {
            item.deprecated = operation.deprecated || operation.replacement.is_some();
        }
        let owner = format!("{path}()");
        for parameter in operation.parameters.iter().filter(|parameter| !parameter.required) {
            let taken = parameters::argument(parameter).map(|(ty, _)| text(&ty)).unwrap_or_default();
            let wire = on_wire(&title, parameter);
            self.add(format!("{path}().{}()", parameter.name), &format!("({taken})"), Some(&owner), wire);
        }
        if let Some(full) = &operation.full {
            let wire = vec![Wire::Parameter(title.clone(), full.wire.clone()), Wire::Operation(title)];
            let answer = gives(&full.answer);
            self.add(format!("{path}().full()"), &format!("() -> {answer}"), Some(&owner), wire);
        }
    }
}

/// The names of a parameter in requests.
fn on_wire(operation: &str, parameter: &Parameter) -> Vec<Wire> {
    let names = match &parameter.value {
        ParameterValue::One { wire, .. }
        | ParameterValue::Flag { wire, .. }
        | ParameterValue::List { wire, .. }
        | ParameterValue::Object { wire, .. } => vec![wire],
        ParameterValue::Select { one, many, .. } => std::iter::once(one).chain(many).collect(),
    };
    names.into_iter().map(|name| Wire::Parameter(operation.to_owned(), name.clone())).collect()
}

/// The schemas that operations return if `full` is set.
fn full(api: &Api) -> BTreeMap<String, String> {
    let found = api.operations.iter().filter_map(|operation| {
        let (Answer::Json(ty) | Answer::Page(ty)) = &operation.full.as_ref()?.answer else { return None };
        let schema = api.types.get(api::named(ty)?)?.schema()?;
        Some((format!("{} {}", operation.method.as_str(), operation.template), schema))
    });
    found.collect()
}

/// Where each type comes from.
fn origins(api: &Api) -> BTreeMap<String, Origin> {
    let schema = |def: &TypeDef| Some(names::stem(&def.schema()?).to_owned());
    let origin = |def: &TypeDef| Origin { schema: schema(def), operations: BTreeSet::new() };
    let mut origins: BTreeMap<String, Origin> = api.types.values().map(|def| (def.name.clone(), origin(def))).collect();
    for operation in &api.operations {
        let title = format!("{} {}", operation.method.as_str(), operation.template);
        let answers = std::iter::once(&operation.answer).chain(operation.full.as_ref().map(|full| &full.answer));
        let mut open: Vec<&str> = answers.filter_map(Answer::json).filter_map(api::named).collect();
        open.extend(operation.body.as_ref().and_then(Body::type_name));
        open.extend(operation.parameters.iter().filter_map(|parameter| parameter.value.type_name()));
        open.extend(operation.path.iter().filter_map(|segment| match segment {
            Segment::Parameter(parameter) => parameter.ty.enum_name(),
            Segment::Literal(_) => None,
        }));
        while let Some(name) = open.pop() {
            if !origins.get_mut(name).is_some_and(|origin| origin.operations.insert(title.clone())) {
                continue;
            }
            if let Some(def) = api.types.get(name) {
                open.extend(def.kind.types().into_iter().filter_map(api::named));
            }
        }
    }
    origins
}

/// Tokens as people write them, without the paths of ids and types.
fn text(tokens: &TokenStream) -> String {
    let mut text = tokens.to_string();
    for (spaced, plain) in [
        (" :: ", "::"),
        ("crate::", ""),
        ("ids::", ""),
        ("types::", ""),
        ("serde_json::", ""),
        (" < ", "<"),
        (" >", ">"),
        (" ,", ","),
        (" : ", ": "),
        ("& ", "&"),
        ("[ ", "["),
        (" ]", "]"),
        ("( ", "("),
        (" )", ")"),
    ] {
        text = text.replace(spaced, plain);
    }
    text
}
