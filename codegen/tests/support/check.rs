//! Generated code is Rust, and defines nothing twice: what a parser alone does not see.

use std::collections::BTreeMap;

use codegen::api::{Api, TypeKind};
use codegen::rust::{Files, MARKER};
use syn::parse::{Parse, ParseStream};
use syn::{Fields, GenericArgument, ImplItem, Item, PathArguments};

/// Checks all files together: types share one module, operations have one each.
#[track_caller]
pub(crate) fn files(api: &Api, files: &Files) {
    let mut modules: BTreeMap<&str, Module> = BTreeMap::new();
    for (path, text) in files {
        assert!(text.starts_with(MARKER), "{path} says that it is generated");
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        let name = if path.starts_with("types/") { "types" } else { path.as_str() };
        let module = modules.entry(name).or_default();
        for item in file.items {
            module.add(&item);
        }
    }
    for (name, module) in &modules {
        for (definition, count) in &module.definitions {
            assert_eq!(*count, 1, "{name} defines {definition} more than once");
        }
    }
    let defined = |module: &str, name: &str| modules[module].definitions.contains_key(&format!("type {name}"));
    for def in api.types.values() {
        assert!(defined("types", &def.name), "{} is nowhere defined", def.name);
        if let TypeKind::Enum { variants, .. } = &def.kind {
            assert!(!variants.is_empty(), "{} has no variants", def.name);
        }
    }
    for id in &api.ids {
        assert!(defined("ids.rs", &format!("{id}Id")), "{id}Id is nowhere defined");
    }
    let operations: usize = modules.values().map(|module| module.operations).sum();
    let full = api.operations.iter().filter(|operation| operation.full.is_some()).count();
    assert_eq!(operations, api.operations.len() + full, "every operation is written once");
}

/// The items of a module, and how often each occurs.
#[derive(Default)]
struct Module {
    definitions: BTreeMap<String, usize>,
    operations: usize,
}

impl Module {
    fn define(&mut self, what: String) {
        *self.definitions.entry(what).or_default() += 1;
    }

    fn add(&mut self, item: &Item) {
        match item {
            Item::Struct(item) => {
                self.define(format!("type {}", item.ident));
                self.fields(&item.ident.to_string(), &item.fields);
            }
            Item::Enum(item) => self.enumeration(item),
            Item::Impl(item) => self.implementation(item),
            Item::Fn(item) => self.define(format!("fn {}", item.sig.ident)),
            Item::Mod(item) => self.define(format!("mod {}", item.ident)),
            Item::Macro(item) => {
                let name = item.mac.path.segments.last().unwrap().ident.to_string();
                if name == "ids" {
                    for ident in item.mac.parse_body::<Ids>().unwrap().0 {
                        self.define(format!("type {ident}"));
                    }
                } else {
                    self.enumeration(&item.mac.parse_body().unwrap());
                }
            }
            _ => {}
        }
    }

    fn fields(&mut self, owner: &str, fields: &Fields) {
        for field in fields {
            if let Some(ident) = &field.ident {
                self.define(format!("{owner}.{ident}"));
            }
        }
    }

    fn enumeration(&mut self, item: &syn::ItemEnum) {
        self.define(format!("type {}", item.ident));
        for variant in &item.variants {
            self.define(format!("{}::{}", item.ident, variant.ident));
        }
    }

    fn implementation(&mut self, item: &syn::ItemImpl) {
        let owner = type_text(&item.self_ty);
        if let Some((path, _)) = &item.trait_ {
            let name = path_text(path);
            self.operations += usize::from(name == "Operation");
            self.define(format!("impl {name} for {owner}"));
            return;
        }
        for member in &item.items {
            if let ImplItem::Fn(function) = member {
                self.define(format!("{owner}::{}()", function.sig.ident));
            }
        }
    }
}

/// A type as text, as far as generated code needs it to tell types apart.
fn type_text(ty: &syn::Type) -> String {
    match ty {
        syn::Type::Path(path) => path_text(&path.path),
        syn::Type::Reference(reference) => format!("&{}", type_text(&reference.elem)),
        _ => panic!("a kind of type which is not expected here"),
    }
}

fn path_text(path: &syn::Path) -> String {
    let segments = path.segments.iter().map(|segment| {
        let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return segment.ident.to_string() };
        let arguments = arguments.args.iter().map(|argument| match argument {
            GenericArgument::Type(ty) => type_text(ty),
            _ => "_".to_owned(),
        });
        format!("{}<{}>", segment.ident, arguments.collect::<Vec<_>>().join(", "))
    });
    segments.collect::<Vec<_>>().join("::")
}

/// The body of `ids!`.
struct Ids(Vec<syn::Ident>);

impl Parse for Ids {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut idents = Vec::new();
        while !input.is_empty() {
            input.call(syn::Attribute::parse_outer)?;
            idents.push(input.parse()?);
            input.parse::<syn::Token![;]>()?;
        }
        Ok(Self(idents))
    }
}
