//! Reads the public items of generated files.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser as _};
use syn::{
    Attribute, Fields, FnArg, Ident, ImplItem, ImplItemFn, ItemEnum, ItemImpl, ItemMacro, ItemStruct, Pat, Receiver,
    ReceiverKind, ReturnType, Token, Type, Visibility,
};

use super::role::Role;
use super::signature::{Argument, Signature, Ty};
use super::types;
use crate::Error;

/// An item of the generated code.
pub(super) struct Read {
    pub(super) role: Role,
    /// None for a type: its kind is not in the code.
    pub(super) signature: Option<Signature>,
    pub(super) deprecated: bool,
}

/// The items of the files.
pub(super) fn items(files: &BTreeMap<String, syn::File>) -> Result<Vec<Read>, Error> {
    let mut reader = Reader::default();
    let files: Vec<File<'_>> = files.iter().filter_map(File::new).collect();
    for file in &files {
        reader.names(file)?;
    }
    for file in files.iter().filter(|file| file.kind == Kind::Operations) {
        reader.outputs(file)?;
    }
    for file in &files {
        match file.kind {
            Kind::Ids | Kind::Types => reader.types(file)?,
            Kind::Handles => reader.methods(file)?,
            Kind::Operations => {}
        }
    }
    for file in files.iter().filter(|file| file.kind == Kind::Operations) {
        reader.settings(file)?;
    }
    Ok(reader.items)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ids,
    Types,
    Operations,
    Handles,
}

/// A file with items.
struct File<'a> {
    path: &'a str,
    kind: Kind,
    /// The name of the module.
    module: &'a str,
    items: &'a [syn::Item],
}

impl<'a> File<'a> {
    /// None if the file only joins modules.
    fn new((path, file): (&'a String, &'a syn::File)) -> Option<Self> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let module = name.strip_suffix(".rs").filter(|name| *name != "mod")?;
        let kind = match (folder, module) {
            ("", "ids") => Kind::Ids,
            ("types", _) => Kind::Types,
            ("operations", _) => Kind::Operations,
            ("handles", _) => Kind::Handles,
            _ => return None,
        };
        Some(Self { path, kind, module, items: &file.items })
    }

    fn blocks(&self) -> impl Iterator<Item = &'a ItemImpl> + use<'a> {
        self.items.iter().filter_map(|item| if let syn::Item::Impl(block) = item { Some(block) } else { None })
    }

    fn unknown(&self, what: impl Into<String>) -> Error {
        Error::UnknownCode { place: self.path.to_owned(), what: what.into() }
    }
}

/// What a macro defines.
enum Listed {
    Ids(Vec<Ident>),
    Enum(ItemEnum),
}

#[derive(Default)]
struct Reader {
    items: Vec<Read>,
    /// The names of all types and ids.
    names: BTreeSet<String>,
    /// What an operation returns, by module and type.
    outputs: BTreeMap<(String, String), Ty>,
    /// The method that creates an operation, by module and type.
    methods: BTreeMap<(String, String), String>,
}

impl Reader {
    fn add(&mut self, role: Role, signature: Option<Signature>) {
        self.items.push(Read { role, signature, deprecated: false });
    }

    /// Collects the names of types and ids.
    fn names(&mut self, file: &File<'_>) -> Result<(), Error> {
        if !matches!(file.kind, Kind::Ids | Kind::Types) {
            return Ok(());
        }
        for item in file.items {
            match item {
                syn::Item::Struct(item) => {
                    self.names.insert(item.ident.to_string());
                }
                syn::Item::Enum(item) => {
                    self.names.insert(item.ident.to_string());
                }
                syn::Item::Macro(item) => match listed(file, item)? {
                    Listed::Ids(ids) => self.names.extend(ids.iter().map(Ident::to_string)),
                    Listed::Enum(item) => {
                        self.names.insert(item.ident.to_string());
                    }
                },
                _ => {}
            }
        }
        Ok(())
    }

    fn ty(&self, file: &File<'_>, ty: &Type, of: &str) -> Result<Ty, Error> {
        types::ty(ty, &self.names).ok_or_else(|| file.unknown(format!("a type of another form in {of}")))
    }

    /// Collects what operations return.
    fn outputs(&mut self, file: &File<'_>) -> Result<(), Error> {
        for block in file.blocks().filter(|block| implements(block, "Operation")) {
            let name = self_name(file, block)?;
            let output = associated(block).ok_or_else(|| file.unknown(format!("no output of {name}")))?;
            let output = self.ty(file, output, &name)?;
            self.outputs.insert((file.module.to_owned(), name), output);
        }
        Ok(())
    }

    fn types(&mut self, file: &File<'_>) -> Result<(), Error> {
        for item in file.items {
            match item {
                syn::Item::Struct(item) => self.fields(file, item)?,
                syn::Item::Enum(item) => self.variants(file, item)?,
                syn::Item::Impl(block) => self.methods_of_type(file, block)?,
                syn::Item::Macro(item) => match listed(file, item)? {
                    Listed::Ids(ids) => {
                        for id in ids {
                            self.add(Role::Id { name: id.to_string() }, Some(Signature::Type("id")));
                        }
                    }
                    Listed::Enum(item) => self.variants(file, &item)?,
                },
                _ => {}
            }
        }
        Ok(())
    }

    fn fields(&mut self, file: &File<'_>, item: &ItemStruct) -> Result<(), Error> {
        let ty = item.ident.to_string();
        self.add(Role::Type { name: ty.clone() }, None);
        for field in &item.fields {
            let name = field.ident.as_ref().ok_or_else(|| file.unknown(format!("a field without a name in {ty}")))?;
            let held = self.ty(file, &field.ty, &ty)?;
            self.add(Role::Field { ty: ty.clone(), name: name.to_string() }, Some(Signature::Held(held)));
        }
        Ok(())
    }

    fn variants(&mut self, file: &File<'_>, item: &ItemEnum) -> Result<(), Error> {
        let ty = item.ident.to_string();
        self.add(Role::Type { name: ty.clone() }, None);
        for variant in &item.variants {
            let signature = match &variant.fields {
                Fields::Unit => Signature::Value,
                Fields::Unnamed(fields) => {
                    let mut held = Ty::default();
                    held.text("(");
                    for (index, field) in fields.unnamed.iter().enumerate() {
                        held.text(if index == 0 { "" } else { ", " });
                        self.ty(file, &field.ty, &ty)?.0.into_iter().for_each(|piece| held.push(piece));
                    }
                    held.text(")");
                    Signature::Held(held)
                }
                Fields::Named(_) => return Err(file.unknown(format!("a variant with names of fields in {ty}"))),
            };
            self.add(Role::Variant { ty: ty.clone(), name: variant.ident.to_string() }, Some(signature));
        }
        Ok(())
    }

    /// Constructors, setters and lookups of a type, and its id.
    fn methods_of_type(&mut self, file: &File<'_>, block: &ItemImpl) -> Result<(), Error> {
        let ty = self_name(file, block)?;
        if implements(block, "Identified") {
            let id = associated(block).ok_or_else(|| file.unknown(format!("no id of {ty}")))?;
            let id = self.ty(file, id, &ty)?;
            self.add(Role::Identified { ty: ty.clone() }, Some(Signature::Held(id)));
        }
        for method in public(block) {
            let arguments = self.arguments(file, method, receiver(method).is_none())?;
            let (ty, name) = (ty.clone(), method.sig.ident.to_string());
            let (role, output) = match receiver(method) {
                None => (Role::Constructor { ty, name }, None),
                Some(receiver) if matches!(receiver.kind, ReceiverKind::Value) => (Role::Setter { ty, name }, None),
                Some(_) => {
                    let output = returned(method).map(|output| self.ty(file, output, &ty)).transpose()?;
                    (Role::Lookup { ty, name }, output)
                }
            };
            self.add(role, Some(Signature::Call { arguments, output }));
        }
        Ok(())
    }

    /// The methods of handles.
    fn methods(&mut self, file: &File<'_>) -> Result<(), Error> {
        let resource = file.module;
        for method in file.blocks().flat_map(public).filter(|method| receiver(method).is_some()) {
            let name = method.sig.ident.to_string();
            let operation = returned(method).and_then(|ty| types::argument(ty, 1)).and_then(types::name);
            let operation = operation.ok_or_else(|| file.unknown(format!("the method {name} without a request")))?;
            let key = (resource.to_owned(), operation);
            let output = self.outputs.get(&key).cloned();
            let output = output.ok_or_else(|| file.unknown(format!("the method {name} without an operation")))?;
            let arguments = self.arguments(file, method, true)?;
            self.items.push(Read {
                role: Role::Method { resource: resource.to_owned(), name: name.clone() },
                signature: Some(Signature::Call { arguments, output: Some(output) }),
                deprecated: method.attrs.iter().any(|attribute| attribute.path().is_ident("deprecated")),
            });
            self.methods.insert(key, name);
        }
        Ok(())
    }

    /// The settings of requests.
    fn settings(&mut self, file: &File<'_>) -> Result<(), Error> {
        let resource = file.module;
        for block in file.blocks().filter(|block| types::name(&block.self_ty).as_deref() == Some("Request")) {
            let operation = types::argument(&block.self_ty, 1).and_then(types::name).unwrap_or_default();
            let begins = self.methods.get(&(resource.to_owned(), operation.clone())).cloned();
            let begins = begins.ok_or_else(|| file.unknown(format!("settings of {operation} without a method")))?;
            for method in public(block) {
                let name = method.sig.ident.to_string();
                let other = returned(method).and_then(|ty| types::argument(ty, 1)).and_then(types::name);
                let output = match other {
                    None => None,
                    Some(other) => {
                        let output = self.outputs.get(&(resource.to_owned(), other)).cloned();
                        Some(output.ok_or_else(|| file.unknown(format!("the setting {name} without an operation")))?)
                    }
                };
                let arguments = self.arguments(file, method, false)?;
                let role = Role::Setting { resource: resource.to_owned(), method: begins.clone(), name };
                self.add(role, Some(Signature::Call { arguments, output }));
            }
        }
        Ok(())
    }

    /// The arguments without the receiver.
    fn arguments(&self, file: &File<'_>, method: &ImplItemFn, named: bool) -> Result<Vec<Argument>, Error> {
        let mut arguments = Vec::new();
        for input in &method.sig.inputs {
            let FnArg::Typed(input) = input else { continue };
            let of = method.sig.ident.to_string();
            let name = match &*input.pat {
                Pat::Ident(pattern) => pattern.ident.to_string(),
                _ => return Err(file.unknown(format!("an argument without a name in {of}"))),
            };
            arguments.push(Argument { name: named.then_some(name), ty: self.ty(file, &input.ty, &of)? });
        }
        Ok(arguments)
    }
}

/// What a macro of the runtime defines.
fn listed(file: &File<'_>, item: &ItemMacro) -> Result<Listed, Error> {
    let name = types::last(&item.mac.path).unwrap_or_default();
    let tokens: TokenStream = item.mac.tokens.clone();
    let listed = match name.as_str() {
        "ids" => ids.parse2(tokens).map(Listed::Ids),
        "open_enum" | "closed_enum" => syn::parse2(tokens).map(Listed::Enum),
        _ => return Err(file.unknown(format!("the macro {name}"))),
    };
    listed.map_err(|error| Error::InvalidCode { file: file.path.to_owned(), problem: error.to_string() })
}

/// Names, each with a semicolon.
fn ids(input: ParseStream<'_>) -> syn::Result<Vec<Ident>> {
    let mut all = Vec::new();
    while !input.is_empty() {
        input.call(Attribute::parse_outer)?;
        all.push(input.parse()?);
        input.parse::<Token![;]>()?;
    }
    Ok(all)
}

fn self_name(file: &File<'_>, block: &ItemImpl) -> Result<String, Error> {
    types::name(&block.self_ty).ok_or_else(|| file.unknown("an implementation for something without a name"))
}

/// Whether the block implements this trait.
fn implements(block: &ItemImpl, name: &str) -> bool {
    block.trait_.as_ref().is_some_and(|(path, ..)| types::last(path).as_deref() == Some(name))
}

/// The associated type of an implementation.
fn associated(block: &ItemImpl) -> Option<&Type> {
    block.items.iter().find_map(|item| if let ImplItem::Type(ty) = item { Some(&ty.ty) } else { None })
}

/// The public methods. Hidden ones are for generated code only.
fn public(block: &ItemImpl) -> impl Iterator<Item = &ImplItemFn> {
    block.items.iter().filter_map(|item| match item {
        ImplItem::Fn(method) if matches!(method.vis, Visibility::Public(_)) && !is_hidden(method) => Some(method),
        _ => None,
    })
}

fn is_hidden(method: &ImplItemFn) -> bool {
    method.attrs.iter().any(|attribute| {
        attribute.path().is_ident("doc") && attribute.parse_args::<Ident>().is_ok_and(|argument| argument == "hidden")
    })
}

fn receiver(method: &ImplItemFn) -> Option<&Receiver> {
    if let Some(FnArg::Receiver(receiver)) = method.sig.inputs.first() { Some(receiver) } else { None }
}

fn returned(method: &ImplItemFn) -> Option<&Type> {
    if let ReturnType::Type(_, ty) = &method.sig.output { Some(ty) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_of_another_form_is_an_error() {
        for (path, code, message) in [
            ("types/tag.rs", "unknown! {}", "types/tag.rs: the generated code has the macro unknown"),
            ("types/tag.rs", "struct Tag(u8);", "types/tag.rs: the generated code has a field without a name in Tag"),
            (
                "handles/tags.rs",
                "impl Tags<C> { pub fn list(&self) {} }",
                "handles/tags.rs: the generated code has the method list without a request",
            ),
            (
                "operations/tags.rs",
                "impl<C> Request<C, List> {}",
                "operations/tags.rs: the generated code has settings of List without a method",
            ),
        ] {
            let files = BTreeMap::from([(path.to_owned(), syn::parse_file(code).unwrap())]);
            let error = items(&files).err().map(|error| error.to_string());
            assert_eq!(error, Some(format!("{message}; please report this together with the document")));
        }
    }
}
