//! References inside the document.

use openapiv3::{OpenAPI, Parameter, ReferenceOr, RequestBody, Response, Schema};

use crate::{Error, Pointer};

/// Finds what references point to.
#[derive(Clone, Copy)]
pub(super) struct Resolver<'a> {
    openapi: &'a OpenAPI,
}

/// A schema, its place, and its name if it has one.
pub(super) struct Found<'a> {
    pub(super) schema: &'a Schema,
    pub(super) pointer: Pointer,
    pub(super) component: Option<&'a str>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(openapi: &'a OpenAPI) -> Self {
        Self { openapi }
    }

    /// The schema itself, or what it refers to.
    pub(super) fn schema(self, schema: &'a ReferenceOr<Schema>, pointer: &Pointer) -> Result<Found<'a>, Error> {
        match schema {
            ReferenceOr::Item(schema) => Ok(Found { schema, pointer: pointer.clone(), component: None }),
            ReferenceOr::Reference { reference } => self.schema_at(reference, pointer),
        }
    }

    /// Follows a reference to a schema, through further references, to its end.
    pub(super) fn schema_at(self, reference: &'a str, pointer: &Pointer) -> Result<Found<'a>, Error> {
        let mut reference = reference;
        let mut chain: Vec<String> = Vec::new();
        loop {
            let circle = chain.iter().any(|earlier| earlier == reference);
            chain.push(reference.to_owned());
            if circle {
                return Err(Error::CyclicReference { pointer: pointer.clone(), chain });
            }
            let (name, schema) = self
                .component(reference, "schemas", pointer, |components, name| components.schemas.get_key_value(name))?;
            match schema {
                ReferenceOr::Item(schema) => {
                    let pointer = Pointer::root().join("components").join("schemas").join(name);
                    return Ok(Found { schema, pointer, component: Some(name) });
                }
                ReferenceOr::Reference { reference: next } => reference = next,
            }
        }
    }

    /// Whether null is allowed here, by the schema or by what it refers to.
    pub(super) fn is_nullable(self, found: &Found<'a>) -> Result<bool, Error> {
        let (mut schema, mut pointer) = (found.schema, found.pointer.clone());
        let mut depth = 0;
        loop {
            if schema.schema_data.nullable {
                return Ok(true);
            }
            let openapiv3::SchemaKind::AllOf { all_of } = &schema.schema_kind else { return Ok(false) };
            let ([only], 0..32) = (all_of.as_slice(), depth) else { return Ok(false) };
            let inner = self.schema(only, &pointer)?;
            (schema, pointer) = (inner.schema, inner.pointer);
            depth += 1;
        }
    }

    pub(super) fn parameter(
        self,
        parameter: &'a ReferenceOr<Parameter>,
        pointer: &Pointer,
    ) -> Result<&'a Parameter, Error> {
        self.item(parameter, "parameters", pointer, |components, name| components.parameters.get_key_value(name))
    }

    pub(super) fn request_body(
        self,
        body: &'a ReferenceOr<RequestBody>,
        pointer: &Pointer,
    ) -> Result<&'a RequestBody, Error> {
        self.item(body, "requestBodies", pointer, |components, name| components.request_bodies.get_key_value(name))
    }

    pub(super) fn response(
        self,
        response: &'a ReferenceOr<Response>,
        pointer: &Pointer,
    ) -> Result<&'a Response, Error> {
        self.item(response, "responses", pointer, |components, name| components.responses.get_key_value(name))
    }

    fn item<T>(
        self,
        item: &'a ReferenceOr<T>,
        section: &str,
        pointer: &Pointer,
        get: impl Fn(&'a openapiv3::Components, &str) -> Option<(&'a String, &'a ReferenceOr<T>)>,
    ) -> Result<&'a T, Error> {
        let mut current = item;
        let mut chain = Vec::new();
        loop {
            match current {
                ReferenceOr::Item(item) => return Ok(item),
                ReferenceOr::Reference { reference } => {
                    let circle = chain.contains(reference);
                    chain.push(reference.clone());
                    if circle {
                        return Err(Error::CyclicReference { pointer: pointer.clone(), chain });
                    }
                    current = self.component(reference, section, pointer, &get)?.1;
                }
            }
        }
    }

    fn component<T>(
        self,
        reference: &str,
        section: &str,
        pointer: &Pointer,
        get: impl Fn(&'a openapiv3::Components, &str) -> Option<(&'a String, &'a ReferenceOr<T>)>,
    ) -> Result<(&'a str, &'a ReferenceOr<T>), Error> {
        let unresolved = || Error::UnresolvedReference { pointer: pointer.clone(), target: reference.to_owned() };
        let name = reference
            .strip_prefix("#/components/")
            .and_then(|rest| rest.strip_prefix(section))
            .and_then(|rest| rest.strip_prefix('/'))
            .ok_or_else(unresolved)?
            .replace("~1", "/")
            .replace("~0", "~");
        let components = self.openapi.components.as_ref().ok_or_else(unresolved)?;
        get(components, &name).map(|(name, item)| (name.as_str(), item)).ok_or_else(unresolved)
    }
}
