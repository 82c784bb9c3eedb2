//! The items of generated files, read by a parser, compared with `Surface`.

use std::collections::BTreeMap;

use codegen::rust::Files;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Fields, FnArg, GenericArgument, ImplItem, ImplItemFn, Item, ItemImpl, PathArguments, Type, Visibility};

/// The items by name, with their signatures; of types only that they are there.
pub(crate) fn items(files: &Files) -> BTreeMap<String, String> {
    let mut reader = Reader::default();
    let parsed: Vec<(String, Vec<Item>)> = files
        .iter()
        .map(|(path, text)| {
            let module = path.rsplit('/').next().unwrap().trim_end_matches(".rs").to_owned();
            (module, syn::parse_file(text).unwrap().items)
        })
        .collect();
    let is_in = |path: &str, folder: &str| path.starts_with(folder) && !path.ends_with("/mod.rs");
    for (path, (module, items)) in files.keys().zip(&parsed) {
        if is_in(path, "operations/") {
            for item in items {
                reader.output(module, item);
            }
        }
    }
    for (path, (module, items)) in files.keys().zip(&parsed) {
        for item in items {
            if is_in(path, "handles/") {
                reader.operation(module, item);
            } else if path.starts_with("types/") || path == "ids.rs" {
                reader.ty(item);
            }
        }
    }
    for (path, (module, items)) in files.keys().zip(&parsed) {
        for item in items.iter().filter(|_| is_in(path, "operations/")) {
            reader.setting(module, item);
        }
    }
    reader.items
}

#[derive(Default)]
struct Reader {
    items: BTreeMap<String, String>,
    /// What an operation gives, by module and type.
    outputs: BTreeMap<(String, String), String>,
    /// The method that begins an operation, by module and type.
    methods: BTreeMap<(String, String), String>,
}

impl Reader {
    fn output(&mut self, resource: &str, item: &Item) {
        let Item::Impl(block) = item else { return };
        let is_operation = block.trait_.as_ref().is_some_and(|(path, ..)| text(path) == "Operation");
        for item in block.items.iter().filter(|_| is_operation) {
            if let ImplItem::Type(ty) = item {
                self.outputs.insert((resource.to_owned(), text(&block.self_ty)), text(&ty.ty));
            }
        }
    }

    /// The methods of a handle.
    fn operation(&mut self, resource: &str, item: &Item) {
        let Item::Impl(block) = item else { return };
        if block.trait_.is_some() || !text(&block.self_ty).ends_with("<C>") {
            return;
        }
        // Hidden methods are for generated code only.
        for method in public(block).filter(|method| method.sig.ident != "new" && method.sig.ident != "__client") {
            let syn::ReturnType::Type(_, ty) = &method.sig.output else { panic!("a method without a request") };
            let operation = argument_of(ty, 1).trim_start_matches("operations::").to_owned();
            let path = format!("{resource}.{}()", method.sig.ident);
            let output = &self.outputs[&(resource.to_owned(), operation.clone())];
            let deprecated = method.attrs.iter().any(|attribute| attribute.path().is_ident("deprecated"));
            let mark = if deprecated { " (deprecated)" } else { "" };
            self.items.insert(path.clone(), format!("({}) -> {output}{mark}", arguments(method, true)));
            self.methods.insert((resource.to_owned(), operation), path);
        }
    }

    /// The settings of a request.
    fn setting(&mut self, resource: &str, item: &Item) {
        let Item::Impl(block) = item else { return };
        if !text(&block.self_ty).starts_with("Request<C") {
            return;
        }
        let method_of = &self.methods[&(resource.to_owned(), argument_of(&block.self_ty, 1))];
        for method in public(block) {
            let syn::ReturnType::Type(_, ty) = &method.sig.output else { panic!("a setting without a request") };
            let signature = match text(ty).as_str() {
                "Self" => format!("({})", arguments(method, false)),
                _ => format!("() -> {}", self.outputs[&(resource.to_owned(), argument_of(ty, 1))]),
            };
            self.items.insert(format!("{method_of}.{}()", method.sig.ident), signature);
        }
    }

    fn ty(&mut self, item: &Item) {
        match item {
            Item::Struct(item) => {
                self.items.insert(item.ident.to_string(), String::new());
                let Fields::Named(fields) = &item.fields else { panic!("{} has no fields", item.ident) };
                for field in &fields.named {
                    let name = field.ident.as_ref().unwrap();
                    self.items.insert(format!("{}.{name}", item.ident), text(&field.ty));
                }
            }
            Item::Enum(item) => {
                self.items.insert(item.ident.to_string(), String::new());
                for variant in &item.variants {
                    self.items.insert(format!("{}::{}", item.ident, variant.ident), text(&variant.fields));
                }
            }
            Item::Impl(block) => self.methods(block),
            Item::Macro(item) => self.listed(item.mac.tokens.clone()),
            _ => {}
        }
    }

    /// Constructors, setters and the rest of a type.
    fn methods(&mut self, block: &ItemImpl) {
        let owner = text(&block.self_ty);
        if block.trait_.as_ref().is_some_and(|(path, ..)| text(path) == "Identified") {
            let id = block
                .items
                .iter()
                .find_map(|item| if let ImplItem::Type(ty) = item { Some(text(&ty.ty)) } else { None });
            self.items.insert(format!("{owner}: Identified"), id.unwrap());
        }
        for method in public(block).filter(|_| block.trait_.is_none()) {
            let name = &method.sig.ident;
            match method.sig.inputs.first() {
                Some(FnArg::Receiver(_)) => {
                    self.items.insert(format!("{owner}.{name}()"), format!("({})", arguments(method, false)));
                }
                _ => {
                    self.items.insert(format!("{owner}::{name}"), format!("({})", arguments(method, true)));
                }
            }
        }
    }

    /// Enums and ids, which macros define.
    fn listed(&mut self, tokens: TokenStream) {
        let mut last = String::new();
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => last = ident.to_string(),
                TokenTree::Punct(punct) if punct.as_char() == ';' => {
                    self.items.insert(last.clone(), String::new());
                }
                TokenTree::Group(group) if group.delimiter() == proc_macro2::Delimiter::Brace => {
                    self.items.insert(last.clone(), String::new());
                    for token in group.stream() {
                        if let TokenTree::Ident(variant) = token {
                            self.items.insert(format!("{last}::{variant}"), String::new());
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

fn public(block: &ItemImpl) -> impl Iterator<Item = &ImplItemFn> {
    block.items.iter().filter_map(|item| match item {
        ImplItem::Fn(method) if matches!(method.vis, Visibility::Public(_)) => Some(method),
        _ => None,
    })
}

/// The arguments without the receiver.
fn arguments(method: &ImplItemFn, with_names: bool) -> String {
    let arguments = method.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Receiver(_) => None,
        FnArg::Typed(argument) if with_names => Some(format!("{}: {}", text(&argument.pat), text(&argument.ty))),
        FnArg::Typed(argument) => Some(text(&argument.ty)),
    });
    arguments.collect::<Vec<_>>().join(", ")
}

/// A generic argument of a type.
fn argument_of(ty: &Type, index: usize) -> String {
    let Type::Path(path) = ty else { panic!("{} is no path", text(ty)) };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last().unwrap().arguments else {
        panic!("{} has no arguments", text(ty))
    };
    let Some(GenericArgument::Type(ty)) = arguments.args.iter().nth(index) else { panic!("{} has too few", text(ty)) };
    text(ty)
}

fn text(item: &impl ToTokens) -> String {
    let plain: String = item.to_token_stream().to_string().replace("impl ", "impl_").replace(' ', "");
    let plain = plain
        .replace("impl_", "impl ")
        .replace("crate::", "")
        .replace("ids::", "")
        .replace("types::", "")
        .replace("serde_json::", "");
    plain.replace(',', ", ").replace('=', " = ").replace(", )", ",)")
}
