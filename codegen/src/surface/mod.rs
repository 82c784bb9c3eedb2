//! The public items of a client: their signatures, and the places of the document from which they were made.
//!
//! Items and signatures are read from the generated code. The model says which part of the API an item stands for, and
//! model and document together where this part is declared.

mod declared;
mod origins;
mod places;
mod reader;
mod role;
mod schemas;
mod signature;
mod types;

pub use role::Role;
pub use signature::{Argument, Piece, Signature, Ty};

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::api::{self, Answer, Api, Field, Operation, Parameter, ParameterValue, TypeDef, TypeKind};
use crate::{Error, rust};
use origins::title;
use places::Places;
use reader::Read;
use schemas::Schemas;

/// The public items of a client, by paths such as `Timesheet.tags` and `timesheets.list().user()`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surface {
    /// All items.
    pub items: BTreeMap<String, Item>,
    /// The names of the schemas that operations such as `POST /api/timesheets` return if `full` is set.
    pub full: BTreeMap<String, String>,
}

/// An item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub role: Role,
    /// Its kind, type or arguments.
    pub signature: Signature,
    /// Whether the compiler warns about its use.
    pub deprecated: bool,
    /// The item that it belongs to: the type of a field, the method of a setting.
    pub owner: Option<String>,
    /// The names on the wire of what its arguments send, in their order; for a field its property. `*` stands for
    /// further properties. Parameters of the path are not here.
    pub sent: Vec<String>,
    /// The operations that lead to it, such as `GET /api/tags`.
    pub operations: BTreeSet<String>,
    /// The places of the document from which it was made, as JSON pointers; empty if none is known.
    pub places: BTreeSet<String>,
}

impl Surface {
    /// The items of the client that [`rust::generate`] makes from a model; `document` is the document of the model, as
    /// [`Document::value`](crate::document::Document::value) returns it.
    ///
    /// # Errors
    ///
    /// Returns an error if the generated code cannot be read, which is a defect of the generator.
    pub fn new(api: &Api, document: &Value) -> Result<Self, Error> {
        let model = Model::new(api, document);
        let mut items = BTreeMap::new();
        for read in reader::items(&rust::parsed(api)?)? {
            let Read { role, signature, deprecated } = read;
            let Some(part) = model.part(&role, signature.as_ref())? else { continue };
            let signature = match signature {
                Some(signature) => signature,
                None => Signature::Type(model.kind(&part.path)?),
            };
            let Part { path, owner, sent, operations, places } = part;
            items.insert(path, Item { role, signature, deprecated, owner, sent, operations, places });
        }
        Ok(Self { items, full: full(api) })
    }
}

/// What is known of an item from the model and the document.
struct Part {
    path: String,
    owner: Option<String>,
    sent: Vec<String>,
    operations: BTreeSet<String>,
    places: BTreeSet<String>,
}

/// The model, by the names of the generated code.
struct Model<'a> {
    api: &'a Api,
    /// By resource and name.
    operations: BTreeMap<(&'a str, &'a str), &'a Operation>,
    origins: BTreeMap<String, BTreeSet<String>>,
    places: Places<'a>,
}

impl<'a> Model<'a> {
    fn new(api: &'a Api, document: &'a Value) -> Self {
        let key = |operation: &'a Operation| (operation.resource.as_str(), operation.name.as_str());
        let operations = api.operations.iter().map(|operation| (key(operation), operation)).collect();
        let places = Places::new(api, Schemas(document));
        Self { api, operations, origins: origins::all(api), places }
    }

    /// None if the item is none of the surface.
    fn part(&self, role: &Role, signature: Option<&Signature>) -> Result<Option<Part>, Error> {
        let arguments = match signature {
            Some(Signature::Call { arguments, .. }) => arguments.as_slice(),
            _ => &[],
        };
        let of_type = |path: String, ty: &str, sent: Vec<String>, places: BTreeSet<String>| {
            let operations = self.origins.get(ty).cloned().unwrap_or_default();
            let owner = (path != ty).then(|| ty.to_owned());
            Part { path, owner, sent, operations, places }
        };
        Ok(Some(match role {
            Role::Id { name } => of_type(name.clone(), name, Vec::new(), BTreeSet::new()),
            Role::Type { name } => of_type(name.clone(), name, Vec::new(), self.places.of_type(name)),
            Role::Variant { ty, name } => of_type(format!("{ty}::{name}"), ty, Vec::new(), self.places.of_type(ty)),
            Role::Identified { ty } => {
                let mut places = self.places.of_type(ty);
                places.extend(self.places.of_field(ty, "id"));
                of_type(format!("{ty}: Identified"), ty, Vec::new(), places)
            }
            Role::Field { ty, name } => {
                let path = format!("{ty}.{name}");
                let property = self.property(ty, name, &path)?;
                of_type(path, ty, vec![property.wire().to_owned()], self.of_property(ty, &property))
            }
            Role::Setter { ty, name } => {
                let path = format!("{ty}.{name}()");
                let property = self.set(ty, name, &path)?;
                of_type(path, ty, vec![property.wire().to_owned()], self.of_property(ty, &property))
            }
            Role::Lookup { ty, name } => {
                let path = format!("{ty}.{name}()");
                let places = self.of_lookup(ty, name, &path)?;
                of_type(path, ty, Vec::new(), places)
            }
            Role::Constructor { ty, name } => {
                // Every patch has the same one.
                if name == "new" && matches!(self.def(ty, ty)?.kind, TypeKind::Patch { .. }) {
                    return Ok(None);
                }
                let path = format!("{ty}::{name}");
                let (mut sent, mut places) = (Vec::new(), BTreeSet::new());
                for name in arguments.iter().filter_map(|argument| argument.name.as_deref()) {
                    let property = self.property(ty, name, &path)?;
                    sent.push(property.wire().to_owned());
                    places.extend(self.of_property(ty, &property));
                }
                if name != "new" {
                    places.extend(self.of_property(ty, &self.set(ty, name, &path)?));
                }
                of_type(path, ty, sent, places)
            }
            Role::Method { resource, name } => {
                let path = format!("{resource}.{name}()");
                let operation = self.operation(resource, name, &path)?;
                let is_taken = |parameter: &&Parameter| {
                    let name = Some(parameter.name.as_str());
                    parameter.required && arguments.iter().any(|argument| argument.name.as_deref() == name)
                };
                let sent = operation.parameters.iter().filter(is_taken).flat_map(on_wire).collect();
                let operations = BTreeSet::from([title(operation)]);
                Part { path, owner: None, sent, operations, places: self.places.of_method(resource, name) }
            }
            Role::Setting { resource, method, name } => {
                let owner = format!("{resource}.{method}()");
                let path = format!("{owner}.{name}()");
                let operation = self.operation(resource, method, &path)?;
                let parameter = operation.parameters.iter().find(|parameter| parameter.name == *name);
                let full = operation.full.as_ref().filter(|_| name == "full");
                let sent = match (parameter, full) {
                    (Some(parameter), _) => on_wire(parameter),
                    (None, Some(full)) => vec![full.wire.clone()],
                    (None, None) => return Err(unknown(&path)),
                };
                let operations = BTreeSet::from([title(operation)]);
                let places = self.places.of_setting(resource, method, name);
                Part { path, owner: Some(owner), sent, operations, places }
            }
        }))
    }

    fn of_property(&self, ty: &str, property: &Property<'_>) -> BTreeSet<String> {
        match property {
            Property::Field(field) => self.places.of_field(ty, &field.wire),
            Property::Extra => self.places.of_extra(ty),
        }
    }

    /// The places of the list in which a method finds a value, and of the names and values in it.
    fn of_lookup(&self, ty: &str, method: &str, path: &str) -> Result<BTreeSet<String>, Error> {
        let all = api::lookups(self.def(ty, path)?, &self.api.types)?;
        let found = all.iter().find(|found| found.method == method).ok_or_else(|| unknown(path))?;
        let mut places = self.places.of_field(ty, &found.list.wire);
        if let Some(element) = api::named(&found.list.ty) {
            let texts = [found.name, found.value].map(|field| self.places.of_field(element, &field.wire));
            places.extend(texts.into_iter().flatten());
        }
        Ok(places)
    }

    fn operation(&self, resource: &str, name: &str, path: &str) -> Result<&'a Operation, Error> {
        self.operations.get(&(resource, name)).copied().ok_or_else(|| unknown(path))
    }

    fn def(&self, ty: &str, path: &str) -> Result<&'a TypeDef, Error> {
        self.api.types.get(ty).ok_or_else(|| unknown(path))
    }

    fn kind(&self, ty: &str) -> Result<&'static str, Error> {
        Ok(match &self.def(ty, ty)?.kind {
            TypeKind::Answer { .. } => "answer",
            TypeKind::Form { fields, .. } if rust::has_files(fields) => "form of parts",
            TypeKind::Form { .. } => "form",
            TypeKind::Patch { .. } => "patch",
            TypeKind::Enum { open: true, .. } => "open enum",
            TypeKind::Enum { open: false, .. } => "closed enum",
            TypeKind::OneOf { .. } => "one of several",
        })
    }

    /// What a field holds.
    fn property(&self, ty: &str, name: &str, path: &str) -> Result<Property<'a>, Error> {
        let (TypeKind::Answer { fields, extra } | TypeKind::Form { fields, extra } | TypeKind::Patch { fields, extra }) =
            &self.def(ty, path)?.kind
        else {
            return Err(unknown(path));
        };
        let field = fields.iter().find(|field| field.name == name).map(Property::Field);
        let extra = (name == "extra" && extra.is_some()).then_some(Property::Extra);
        field.or(extra).ok_or_else(|| unknown(path))
    }

    /// What a setter sets or clears.
    fn set(&self, ty: &str, name: &str, path: &str) -> Result<Property<'a>, Error> {
        let cleared = name.strip_prefix("clear_").unwrap_or(name);
        self.property(ty, name, path).or_else(|_| self.property(ty, cleared, path))
    }
}

/// A property of an object.
enum Property<'a> {
    Field(&'a Field),
    /// All further properties.
    Extra,
}

impl Property<'_> {
    fn wire(&self) -> &str {
        match self {
            Self::Field(field) => &field.wire,
            Self::Extra => "*",
        }
    }
}

fn unknown(path: &str) -> Error {
    Error::UnknownCode { place: path.to_owned(), what: "an item that the model lacks".to_owned() }
}

/// The names of a parameter in requests.
fn on_wire(parameter: &Parameter) -> Vec<String> {
    match &parameter.value {
        ParameterValue::One { wire, .. }
        | ParameterValue::Flag { wire, .. }
        | ParameterValue::List { wire, .. }
        | ParameterValue::Object { wire, .. } => vec![wire.clone()],
        ParameterValue::Select { one, many, .. } => std::iter::once(one).chain(many).cloned().collect(),
    }
}

/// The schemas that operations return if `full` is set.
fn full(api: &Api) -> BTreeMap<String, String> {
    let found = api.operations.iter().filter_map(|operation| {
        let (Answer::Json(ty) | Answer::Page(ty)) = &operation.full.as_ref()?.answer else { return None };
        Some((title(operation), api.types.get(api::named(ty)?)?.schema()?))
    });
    found.collect()
}
