//! Types of the generated code become types of signatures.

use std::collections::BTreeSet;

use syn::{GenericArgument, Path, PathArguments, PathSegment, Type, TypeParamBound};

use super::signature::{Piece, Ty};

/// The modules whose names readers do not need.
const MODULES: [&str; 7] = ["crate", "ids", "operations", "self", "serde_json", "super", "types"];

/// The type, where these are the names of the types of the client; `None` if it is of an unknown form.
pub(super) fn ty(ty: &Type, names: &BTreeSet<String>) -> Option<Ty> {
    let mut printer = Printer { names, ty: Ty::default() };
    printer.ty(ty)?;
    Some(printer.ty)
}

/// The name at the end of a path.
pub(super) fn last(path: &Path) -> Option<String> {
    path.segments.last().map(|segment| segment.ident.to_string())
}

/// The name of a type without the arguments.
pub(super) fn name(ty: &Type) -> Option<String> {
    if let Type::Path(ty) = ty { last(&ty.path) } else { None }
}

/// A generic argument of a type.
pub(super) fn argument(ty: &Type, index: usize) -> Option<&Type> {
    let Type::Path(ty) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &ty.path.segments.last()?.arguments else { return None };
    match arguments.args.iter().nth(index)? {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

struct Printer<'a> {
    names: &'a BTreeSet<String>,
    ty: Ty,
}

impl Printer<'_> {
    fn ty(&mut self, ty: &Type) -> Option<()> {
        match ty {
            Type::Path(ty) if ty.qself.is_none() => self.path(&ty.path),
            Type::Reference(reference) => {
                self.ty.text("&");
                if let Some(lifetime) = &reference.lifetime {
                    self.ty.text(&format!("{lifetime} "));
                }
                if reference.mutability.is_some() {
                    self.ty.text("mut ");
                }
                self.ty(&reference.elem)
            }
            Type::Slice(slice) => {
                self.ty.text("[");
                self.ty(&slice.elem)?;
                self.ty.text("]");
                Some(())
            }
            Type::Tuple(tuple) => {
                self.ty.text("(");
                self.list(&tuple.elems, ", ", Self::ty)?;
                self.ty.text(if tuple.elems.len() == 1 { ",)" } else { ")" });
                Some(())
            }
            Type::ImplTrait(bounds) => {
                self.ty.text("impl ");
                self.list(&bounds.bounds, " + ", Self::bound)
            }
            Type::Paren(inner) => {
                self.ty.text("(");
                self.ty(&inner.elem)?;
                self.ty.text(")");
                Some(())
            }
            Type::Group(inner) => self.ty(&inner.elem),
            _ => None,
        }
    }

    fn list<'i, T: 'i>(
        &mut self,
        items: impl IntoIterator<Item = &'i T>,
        separator: &str,
        print: impl Fn(&mut Self, &T) -> Option<()>,
    ) -> Option<()> {
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.ty.text(separator);
            }
            print(self, item)?;
        }
        Some(())
    }

    fn bound(&mut self, bound: &TypeParamBound) -> Option<()> {
        match bound {
            TypeParamBound::Trait(bound) => self.path(&bound.path),
            TypeParamBound::Lifetime(lifetime) => {
                self.ty.text(&lifetime.to_string());
                Some(())
            }
            _ => None,
        }
    }

    fn path(&mut self, path: &Path) -> Option<()> {
        let mut segments: Vec<&PathSegment> = path.segments.iter().collect();
        let mut is_of_client = true;
        while let [first, _, ..] = segments.as_slice()
            && MODULES.iter().any(|module| first.ident == module)
        {
            is_of_client &= first.ident != "serde_json";
            segments.remove(0);
        }
        if let [only] = segments.as_slice() {
            let name = only.ident.to_string();
            if is_of_client && self.names.contains(&name) {
                self.ty.push(Piece::Name(name));
            } else {
                self.ty.text(&name);
            }
            return self.arguments(&only.arguments);
        }
        self.list(segments, "::", |printer, segment| {
            printer.ty.text(&segment.ident.to_string());
            printer.arguments(&segment.arguments)
        })
    }

    fn arguments(&mut self, arguments: &PathArguments) -> Option<()> {
        match arguments {
            PathArguments::None => Some(()),
            PathArguments::AngleBracketed(arguments) => {
                self.ty.text("<");
                self.list(&arguments.args, ", ", Self::argument)?;
                self.ty.text(">");
                Some(())
            }
            PathArguments::Parenthesized(_) => None,
        }
    }

    fn argument(&mut self, argument: &GenericArgument) -> Option<()> {
        match argument {
            GenericArgument::Type(ty) => self.ty(ty),
            GenericArgument::Lifetime(lifetime) => {
                self.ty.text(&lifetime.to_string());
                Some(())
            }
            GenericArgument::AssocType(associated) => {
                self.ty.text(&format!("{} = ", associated.ident));
                self.ty(&associated.ty)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_written_without_the_modules_of_the_client() {
        let names = BTreeSet::from(["Tag".to_owned(), "TagId".to_owned(), "Value".to_owned()]);
        let printed = |text: &str| ty(&syn::parse_str(text).unwrap(), &names);
        let text = |text: &str| Piece::Text(text.to_owned());
        let name = |name: &str| Piece::Name(name.to_owned());
        for (code, pieces) in [
            ("crate::types::Tag", vec![name("Tag")]),
            ("Vec<types::Tag>", vec![text("Vec<"), name("Tag"), text(">")]),
            ("(ids::TagId, Tag)", vec![text("("), name("TagId"), text(", "), name("Tag"), text(")")]),
            ("Option<serde_json::Value>", vec![text("Option<Value>")]),
            ("jiff::civil::DateTime", vec![text("jiff::civil::DateTime")]),
            ("other::Tag", vec![text("other::Tag")]),
            ("impl IntoIterator<Item = impl Into<String>>", vec![text("impl IntoIterator<Item = impl Into<String>>")]),
            ("impl Iterator + 'static", vec![text("impl Iterator + 'static")]),
            ("&'a mut [(u8,)]", vec![text("&'a mut [(u8,)]")]),
            ("()", vec![text("()")]),
        ] {
            assert_eq!(printed(code), Some(Ty(pieces)), "{code}");
        }
        for code in ["fn(Tag) -> Tag", "impl Fn(Tag)", "[u8; 4]", "<Tag as Into<String>>::Error"] {
            assert_eq!(printed(code), None, "{code}");
        }
    }
}
