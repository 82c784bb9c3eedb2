//! Limits on how deep schemas can be nested.

use super::{Builder, Type};
use crate::{Error, Pointer};

/// The longest chain of references between named schemas; real documents have about ten.
const MAX_DEPTH: usize = 64;

/// The deepest nesting of schemas, named or not, which keeps the generator's stack safe.
const MAX_NESTING: usize = 96;

/// The deepest nesting of lists and maps: the compiler gives up on deeper types.
const MAX_CONTAINERS: usize = 48;

/// A step from one schema to the next.
#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    /// Into a schema with a name.
    Component(&'a str),
    /// Into a list or a map.
    Container,
    /// Into one of several alternatives.
    Alternative,
    /// Into a property of a named object, which is read once.
    Property,
}

impl<'a> Builder<'a> {
    /// Reads the next level.
    pub(super) fn below<T>(
        &mut self,
        step: Step<'a>,
        read: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.way.push(step);
        let result = read(self);
        self.way.pop();
        result
    }

    /// Reads a schema inside of the one that is being read.
    pub(super) fn deeper(
        &mut self,
        place: &Pointer,
        read: impl FnOnce(&mut Self) -> Result<Type, Error>,
    ) -> Result<Type, Error> {
        if self.nesting >= MAX_NESTING {
            return Err(too_deep("schemas nested", MAX_NESTING, place));
        }
        self.nesting += 1;
        let result = read(self);
        self.nesting -= 1;
        match result {
            Ok(ty) if containers(&ty) > MAX_CONTAINERS => Err(too_deep("lists and maps nested", MAX_CONTAINERS, place)),
            result => result,
        }
    }

    /// A schema may contain itself through a property, or through a list that is an alternative: there the type has a
    /// name, and a value has an end.
    pub(super) fn check_way(&self, name: &str, place: &Pointer) -> Result<(), Error> {
        let mut chain = vec![target(name)];
        let (mut contained, mut alternative) = (false, false);
        for step in self.way.iter().rev() {
            match step {
                Step::Property => break,
                Step::Container => contained = true,
                Step::Alternative => alternative = true,
                Step::Component(earlier) => {
                    chain.push(target(earlier));
                    if *earlier == name {
                        if contained && alternative {
                            break;
                        }
                        chain.reverse();
                        return Err(Error::CyclicReference { pointer: place.clone(), chain });
                    }
                }
            }
        }
        if self.way.iter().filter(|step| matches!(step, Step::Component(_))).count() >= MAX_DEPTH {
            return Err(too_deep("schemas that refer to each other", MAX_DEPTH, place));
        }
        Ok(())
    }
}

/// The chain of schemas in `allOf`.
#[derive(Clone, Default)]
pub(super) struct Chain<'a>(Vec<&'a str>);

impl<'a> Chain<'a> {
    /// The chain with one more schema, if that has a name.
    pub(super) fn with(&self, component: Option<&'a str>, place: &Pointer) -> Result<Self, Error> {
        let mut longer = self.clone();
        let Some(name) = component else { return Ok(longer) };
        longer.0.push(name);
        if self.0.contains(&name) {
            let chain = longer.0.into_iter().skip_while(|earlier| *earlier != name).map(target).collect();
            return Err(Error::CyclicReference { pointer: place.clone(), chain });
        }
        if longer.0.len() > MAX_DEPTH {
            return Err(too_deep("schemas that refer to each other", MAX_DEPTH, place));
        }
        Ok(longer)
    }
}

/// The nesting depth of lists and maps.
fn containers(ty: &Type) -> usize {
    match ty {
        Type::List(item) | Type::Map(item) => 1 + containers(item),
        Type::Nullable(item) => containers(item),
        _ => 0,
    }
}

fn target(name: &str) -> String {
    format!("#/components/schemas/{name}")
}

fn too_deep(what: &str, limit: usize, place: &Pointer) -> Error {
    Error::Unsupported {
        pointer: place.clone(),
        what: format!("{what} more than {limit} deep"),
        instead: "merge the last of them into one schema".to_owned(),
    }
}
