//! Finds the changes on the wire that cause a difference between clients.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::items::{Difference, words};
use super::place::{member, property, split};
use crate::names::anonymous;
use crate::rust::{Item, Origin, Surface, Wire};

/// A change in texts.
pub(super) struct Told {
    id: String,
    places: Vec<String>,
    operations: Vec<String>,
    in_requests: bool,
    in_responses: bool,
    new: Option<String>,
}

impl Told {
    pub(super) fn all(changes: &[super::Change]) -> Vec<Self> {
        let told = |change: &super::Change| Self {
            id: change.id(),
            places: change.places(),
            operations: change.operations.clone(),
            in_requests: change.in_requests(),
            in_responses: change.parts.iter().any(|part| !part.is_request()),
            new: change.new.clone(),
        };
        changes.iter().map(told).collect()
    }
}

/// Finds the changes that cause a difference.
pub(super) struct Finder<'a> {
    changes: &'a [Told],
    surfaces: [&'a Surface; 2],
    /// The changes that affect an operation, by its title in changes.
    operations: HashMap<&'a str, Vec<usize>>,
    /// The titles of operations with different titles in the two documents, in both directions.
    titles: [HashMap<&'a str, &'a str>; 2],
    /// The changes of properties, by the last name of their places.
    properties: HashMap<&'a str, BTreeSet<usize>>,
    /// The changes of properties, by their owner.
    owners: BTreeMap<&'a str, BTreeSet<usize>>,
    /// The changes of the types of schemas as a whole.
    wholes: Vec<usize>,
    /// The changes of schemas as a whole, by the types generated from them.
    schemas: BTreeMap<&'a str, BTreeSet<usize>>,
    /// The names of the schemas with a type in both clients.
    named: BTreeSet<&'a str>,
    /// The items that have a type in their signature.
    users: HashMap<&'a str, Vec<&'a Item>>,
    /// The types of each client that were generated from copies of one schema, by name.
    twins: [HashMap<&'a str, Vec<&'a str>>; 2],
}

/// A change that causes a difference.
pub(super) struct Found {
    pub(super) index: usize,
    /// Whether it concerns the same type, and not only a property of the same name.
    is_exact: bool,
}

impl<'a> Finder<'a> {
    pub(super) fn new(changes: &'a [Told], surfaces: [&'a Surface; 2]) -> Self {
        let mut properties: HashMap<&str, BTreeSet<usize>> = HashMap::new();
        let mut owners: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let mut wholes = Vec::new();
        let mut by_place: HashMap<&str, BTreeSet<usize>> = HashMap::new();
        let mut operations: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, change) in changes.iter().enumerate() {
            if change.id.contains("-property-") {
                let names = change.places.iter().map(|place| property(place)).chain(change.new.as_deref());
                // A type inside another one has only the name of its property.
                let unnamed = change.places.iter().filter(|place| place.trim_end_matches("[]").ends_with(".*"));
                let names = names.chain(unnamed.map(|_| "*"));
                if change.id.contains("-type-") && change.places.iter().any(|place| !place.contains(['.', ' '])) {
                    wholes.push(index);
                }
                for name in names {
                    properties.entry(name).or_default().insert(index);
                }
                for (owner, _) in change.places.iter().filter_map(|place| split(place)) {
                    owners.entry(owner).or_default().insert(index);
                }
            }
            let moved = change.new.as_ref().filter(|_| change.id == "operation-moved");
            for operation in change.operations.iter().chain(moved) {
                operations.entry(operation.as_str()).or_default().push(index);
            }
            let renamed = change.new.as_ref().filter(|_| change.id == "schema-renamed");
            for place in change.places.iter().chain(renamed) {
                by_place.entry(place.as_str()).or_default().insert(index);
            }
        }
        let mut schemas: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let mut users: HashMap<&str, Vec<&Item>> = HashMap::new();
        for surface in surfaces {
            for (ty, origin) in &surface.types {
                let found = origin.schema.as_deref().and_then(|schema| by_place.get(schema));
                schemas.entry(ty.as_str()).or_default().extend(found.into_iter().flatten());
            }
            for item in surface.items.values() {
                let types = words(&item.signature).filter(|word| surface.items.contains_key(*word));
                types.for_each(|ty| users.entry(ty).or_default().push(item));
            }
        }
        schemas.retain(|_, changes| !changes.is_empty());
        Self {
            changes,
            surfaces,
            operations,
            titles: titles(surfaces),
            properties,
            owners,
            wholes,
            schemas,
            named: named(surfaces),
            users,
            twins: surfaces.map(twins),
        }
    }

    /// The changes that cause a difference between clients, by their index.
    pub(super) fn causes(&self, difference: &Difference<'_>) -> BTreeSet<usize> {
        let mut wire: BTreeSet<&Wire> = difference.items().flat_map(|item| &item.wire).collect();
        let mut found = Vec::new();
        if wire.is_empty()
            && let Some(owner) = difference.owner()
        {
            let users = self.users.get(owner).into_iter().flatten();
            wire = users.flat_map(|item| &item.wire).collect();
            // Of the changes of a place with an enum, only those of its values are relevant.
            found = wire.iter().flat_map(|wire| self.of_wire(wire)).filter(|found| self.is_of_values(found)).collect();
        }
        if difference.is_of_kind() {
            let users = self.users.get(difference.subject()).into_iter().flatten();
            let all = users.flat_map(|item| &item.wire).flat_map(|wire| self.of_wire(wire));
            return all.filter(|found| self.is_of_type(found)).map(|found| found.index).collect();
        }
        if found.is_empty() {
            found = wire.iter().flat_map(|wire| self.of_wire(wire)).collect();
            found.extend(self.of_paging(difference, &wire));
        }
        if found.is_empty() {
            found = self.of_twins(difference);
        }
        if found.is_empty() {
            return self.of_schemas(difference);
        }
        // Changes of this type take precedence over changes of equal names, and changes of values over changes of
        // limits.
        let is_exact = found.iter().any(|found| found.is_exact);
        found.retain(|found| found.is_exact == is_exact);
        self.shape(found.into_iter().map(|found| found.index).collect())
    }

    /// The changes of possible values, if there are any.
    fn shape(&self, mut found: BTreeSet<usize>) -> BTreeSet<usize> {
        if found.iter().any(|index| self.is_of_shape(*index)) {
            found.retain(|index| self.is_of_shape(*index));
        }
        found
    }

    /// The origin of a type in the two clients.
    fn origins(&self, ty: &str) -> impl Iterator<Item = &'a Origin> {
        self.surfaces.into_iter().filter_map(move |surface| surface.types.get(ty))
    }

    /// Whether a change applies to the direction of a type.
    fn goes(&self, ty: &str, change: &Told) -> bool {
        let items = self.surfaces.iter().filter_map(|surface| surface.items.get(ty));
        let mut goes = items.map(|item| match item.signature.as_str() {
            "answer" => change.in_responses,
            "patch" | "form" | "form of parts" => change.in_requests,
            _ => true,
        });
        goes.any(|goes| goes)
    }

    /// Whether a type is one of several that were generated from copies of one schema.
    pub(super) fn is_twin(&self, ty: &str) -> bool {
        self.twins.iter().any(|twins| twins.contains_key(ty))
    }

    /// The causes if a response becomes paged, or no longer is: the parameters for a page.
    fn of_paging(&self, difference: &Difference<'_>, wire: &BTreeSet<&Wire>) -> Vec<Found> {
        if !difference.exchanged().iter().any(|names| names.contains("Page")) {
            return Vec::new();
        }
        let operations = wire.iter().filter_map(|wire| match wire {
            Wire::Operation(operation) => Some(operation),
            _ => None,
        });
        operations
            .flat_map(|operation| ["page", "size"].map(|name| self.of_parameter(operation, name)))
            .flatten()
            .collect()
    }

    /// The causes if a name in a signature replaces another: changes inside the two types.
    pub(super) fn of_exchange(&self, difference: &Difference<'a>) -> BTreeSet<usize> {
        let exchanged = difference.exchanged();
        if exchanged.iter().any(BTreeSet::is_empty) {
            return BTreeSet::new();
        }
        let reached = self.operations_of(difference);
        let is_meant = |index: &usize| {
            let operations = self.changes.get(*index).map(|change| &change.operations);
            operations.into_iter().flatten().any(|operation| reached.contains(operation.as_str()))
        };
        // If one schema replaced another, the changes at that place are the best match.
        let inside: BTreeSet<usize> = self.inside(difference).into_iter().filter(is_meant).collect();
        if !inside.is_empty() {
            return self.shape(inside);
        }
        let inside = exchanged.into_iter().flatten().flat_map(|ty| {
            let schemas = self.origins(ty).filter_map(|origin| origin.schema.as_deref());
            schemas.filter_map(|schema| self.owners.get(schema)).flatten().copied()
        });
        let mut found: BTreeSet<usize> = inside.filter(is_meant).collect();
        // A change that also occurs elsewhere belongs to one of the types, rather than to the replacement.
        let is_here = |index: &usize| {
            let operations = self.changes.get(*index).map(|change| &change.operations);
            operations.into_iter().flatten().all(|operation| reached.contains(operation.as_str()))
        };
        if found.iter().any(is_here) {
            found.retain(is_here);
        }
        if found.is_empty() {
            found = self.wholes.iter().copied().filter(is_meant).collect();
        }
        self.shape(found)
    }

    /// The changes inside the properties of a difference.
    fn inside(&self, difference: &Difference<'_>) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for wire in difference.items().flat_map(|item| &item.wire) {
            let Wire::Property(ty, name) = wire else { continue };
            for schema in self.origins(ty).filter_map(|origin| origin.schema.as_deref()) {
                let place = member(schema, name);
                let from = self.owners.range(place.as_str()..);
                let inside = from.map_while(|(owner, changes)| Some((owner.strip_prefix(place.as_str())?, changes)));
                found.extend(inside.filter(|(rest, _)| is_end(rest)).flat_map(|(_, changes)| changes));
            }
        }
        found
    }

    /// The operations of a difference, by their titles in changes.
    fn operations_of(&self, difference: &Difference<'a>) -> BTreeSet<&'a str> {
        let mut operations = BTreeSet::new();
        for wire in difference.items().flat_map(|item| &item.wire) {
            match wire {
                Wire::Operation(operation) | Wire::Parameter(operation, _) => drop(operations.insert(operation)),
                Wire::Property(ty, _) => {
                    operations.extend(self.origins(ty).flat_map(|origin| &origin.operations));
                }
            }
        }
        operations.into_iter().map(|operation| self.title(operation)).collect()
    }

    /// The causes of a type that exists because copies of a schema differ in one of the clients.
    fn of_twins(&self, difference: &Difference<'_>) -> Vec<Found> {
        let (surface, twins) = match (difference.side(), &self.surfaces, &self.twins) {
            ((true, false), [old, _], [twins, _]) => (*old, twins),
            ((false, true), [_, new], [_, twins]) => (*new, twins),
            _ => return Vec::new(),
        };
        let ty = difference.subject();
        let mut wire = BTreeSet::new();
        for twin in twins.get(ty).into_iter().flatten().filter(|twin| **twin != ty) {
            for (one, other) in [(ty, *twin), (*twin, ty)] {
                let is_other = |(path, item): &(&str, &Item)| {
                    let same = surface.items.get(&format!("{other}.{path}"));
                    same.is_none_or(|same| same.signature != item.signature)
                };
                wire.extend(fields(surface, one).filter(is_other).flat_map(|(_, item)| &item.wire));
            }
        }
        let copies = || twins.get(ty).into_iter().flatten();
        // Changes use one name for all copies, and may affect another copy.
        let of_name = |name: &str| copies().flat_map(|copy| self.of_property(copy, name)).collect::<Vec<_>>();
        let names: BTreeSet<&str> = wire.into_iter().filter_map(property_name).collect();
        if !names.is_empty() {
            return names.into_iter().flat_map(of_name).collect();
        }
        // Copies may differ in details that their fields do not show, such as defaults.
        let wire = copies().flat_map(|copy| fields(surface, copy)).flat_map(|(_, item)| &item.wire);
        let names: BTreeSet<&str> = wire.filter_map(property_name).collect();
        names.into_iter().flat_map(of_name).filter(|found| found.is_exact).collect()
    }

    fn is_of_shape(&self, index: usize) -> bool {
        const OTHERS: [&str; 4] =
            ["-default-changed", "-constraint-tightened", "-constraint-loosened", "-permissions-changed"];
        self.changes.get(index).is_some_and(|change| !OTHERS.iter().any(|kind| change.id.ends_with(kind)))
    }

    fn is_of_type(&self, found: &Found) -> bool {
        self.changes.get(found.index).is_some_and(|change| change.id.contains("-type-"))
    }

    fn is_of_values(&self, found: &Found) -> bool {
        self.changes.get(found.index).is_some_and(|change| change.id.contains("-value-"))
    }

    /// The changes of a whole schema from which a type of the difference was generated.
    fn of_schemas(&self, difference: &Difference<'_>) -> BTreeSet<usize> {
        let is_meant = |ty: &str| difference.subject() == ty || difference.mentions(ty);
        let meant = self.schemas.iter().filter(|(ty, _)| is_meant(ty));
        meant.flat_map(|(_, changes)| changes.iter().copied()).collect()
    }

    /// The changes that are visible on the wire.
    pub(super) fn of_wire(&self, wire: &Wire) -> Vec<Found> {
        match wire {
            Wire::Property(ty, name) => self.of_property(ty, name),
            Wire::Parameter(operation, name) => self.of_parameter(operation, name),
            Wire::Operation(operation) => self.reaching(operation, |change, operation| {
                change.places.iter().chain(&change.new).any(|place| is_operation(place, operation))
                    || change.id.starts_with("path-parameter-")
            }),
        }
    }

    /// The title of an operation in changes.
    fn title<'t>(&self, operation: &'t str) -> &'t str
    where
        'a: 't,
    {
        let [older, _] = &self.titles;
        older.get(operation).copied().unwrap_or(operation)
    }

    /// The changes of an operation that match a condition, which gets its title.
    fn reaching(&self, operation: &str, is_meant: impl Fn(&Told, &str) -> bool) -> Vec<Found> {
        let operation = self.title(operation);
        let all = self.operations.get(operation).into_iter().flatten();
        let meant = all.filter(|index| self.changes.get(**index).is_some_and(|change| is_meant(change, operation)));
        meant.map(|index| Found { index: *index, is_exact: true }).collect()
    }

    /// Properties of an unnamed body have setters like parameters.
    fn of_parameter(&self, operation: &str, name: &str) -> Vec<Found> {
        let in_body = member(" body", name);
        self.reaching(operation, |change, operation| {
            let mut places = change.places.iter().chain(&change.new);
            if change.id.starts_with("request-property-") {
                let rest = |place: &str| place.strip_prefix(operation)?.strip_prefix(&in_body).map(is_end);
                let is_renamed = || change.new.as_deref() == Some(name) && change.id.ends_with("-renamed");
                return places.any(|place| rest(place) == Some(true)) || is_renamed();
            }
            change.id.starts_with("request-parameter-") && places.any(|place| is_parameter(place, name))
        })
    }

    fn of_property(&self, ty: &str, name: &str) -> Vec<Found> {
        let [_, newer] = &self.titles;
        let reaches = |operation: &String| {
            let other = newer.get(operation.as_str()).copied().unwrap_or(operation);
            self.origins(ty).any(|origin| origin.operations.contains(operation) || origin.operations.contains(other))
        };
        let is_meant = |change: &Told| self.goes(ty, change) && change.operations.iter().any(reaches);
        let schemas: Vec<&str> = self.origins(ty).filter_map(|origin| origin.schema.as_deref()).collect();
        let names: Vec<String> = schemas.iter().map(|schema| format!("{schema}.{name}")).collect();
        let is_exact = |change: &Told| {
            change.places.iter().any(|place| names.iter().any(|name| name == place.trim_end_matches("[]")))
        };
        // Changes in other named types do not belong here.
        let is_elsewhere = |place: &String| {
            let owner = split(place).map_or(place.as_str(), |(owner, _)| owner);
            self.named.contains(owner) && !schemas.contains(&owner)
        };
        let all = self.properties.get(name).into_iter().flatten();
        let all = all.filter_map(|index| Some((*index, self.changes.get(*index)?)));
        all.filter(|(_, change)| is_meant(change))
            .map(|(index, change)| (Found { index, is_exact: is_exact(change) }, change))
            .filter(|(found, change)| found.is_exact || !change.places.iter().all(is_elsewhere))
            .map(|(found, _)| found)
            .collect()
    }
}

/// The titles of operations whose path parameters have different names in the two clients, in both directions.
fn titles([old, new]: [&Surface; 2]) -> [HashMap<&str, &str>; 2] {
    let (old, new) = (operations(old), operations(new));
    let [gone, come] = [&old - &new, &new - &old];
    let places: HashMap<String, &str> =
        gone.into_iter().map(|title| (anonymous(title.trim_end_matches('/')), title)).collect();
    let pairs =
        || come.iter().filter_map(|title| Some((*title, *places.get(&anonymous(title.trim_end_matches('/')))?)));
    [pairs().collect(), pairs().map(|(new, old)| (old, new)).collect()]
}

/// The names of the schemas with types in both clients.
fn named(surfaces: [&Surface; 2]) -> BTreeSet<&str> {
    let [old, new] = surfaces.map(|surface| -> BTreeSet<&str> {
        surface.types.values().filter_map(|origin| origin.schema.as_deref()).collect()
    });
    &old & &new
}

fn operations(surface: &Surface) -> BTreeSet<&str> {
    let wire = surface.items.values().flat_map(|item| &item.wire);
    wire.filter_map(|wire| if let Wire::Operation(operation) = wire { Some(operation.as_str()) } else { None })
        .collect()
}

/// The types that were generated from copies of one schema for the same use, by name.
fn twins(surface: &Surface) -> HashMap<&str, Vec<&str>> {
    let mut types: HashMap<(&str, &str), Vec<&str>> = HashMap::new();
    for (ty, origin) in &surface.types {
        if let (Some(schema), Some(item)) = (origin.schema.as_deref(), surface.items.get(ty)) {
            types.entry((schema, item.signature.as_str())).or_default().push(ty);
        }
    }
    let copies = types.into_values().filter(|types| types.len() > 1);
    copies.flat_map(|types| types.clone().into_iter().map(move |ty| (ty, types.clone()))).collect()
}

/// The name of a property.
fn property_name(wire: &Wire) -> Option<&str> {
    if let Wire::Property(_, name) = wire { Some(name) } else { None }
}

/// The fields of a type and their setters, by name.
fn fields<'a>(surface: &'a Surface, ty: &str) -> impl Iterator<Item = (&'a str, &'a Item)> {
    let start = format!("{ty}.");
    let items = surface.items.range(start.clone()..);
    items.map_while(move |(path, item)| Some((path.strip_prefix(&start)?, item)))
}

/// Whether a place such as `?tags[]` or `header X-Name` is a parameter, or inside one.
fn is_parameter(place: &str, name: &str) -> bool {
    let shown = place.strip_prefix('?').or_else(|| place.split_once(' ').map(|(_, rest)| rest));
    let rest = shown.and_then(|shown| shown.strip_prefix(name));
    rest.is_some_and(is_end)
}

/// Whether a name ends here.
fn is_end(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['[', '.'])
}

/// Whether a place such as `GET /api/tags 200` is an operation, or inside one.
pub(super) fn is_operation(place: &str, operation: &str) -> bool {
    place.strip_prefix(operation).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '.', '[']))
}
