//! The models to unite, and the releases that they are of.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::Definitions;
use crate::Release;
use crate::api::{Api, Type, TypeDef, TypeKind};

/// The model that consecutive releases share.
pub(super) struct Model<'a> {
    pub(super) api: &'a Api,
    /// The newest of the releases.
    pub(super) release: &'a Release,
    /// The numbers of the releases, counted from the oldest one of all.
    pub(super) numbers: Range<usize>,
}

/// All models, the newest first.
pub(super) struct Models<'a> {
    all: Vec<Model<'a>>,
    last: &'a Release,
    /// All releases, the oldest first.
    pub(super) releases: Vec<&'a Release>,
    /// All types, as the newest release that has them defines them.
    pub(super) types: Definitions<'a>,
    /// The kind of the id, by the name of each object that has one in all releases.
    pub(super) ids: BTreeMap<&'a str, &'a str>,
}

impl<'a> Models<'a> {
    /// The models of releases, oldest first; none without a release.
    pub(super) fn new(apis: &'a [(Release, Arc<Api>)]) -> Option<Self> {
        let (last, _) = apis.last()?;
        let mut all = Vec::new();
        let mut start = 0;
        for releases in apis.chunk_by(|(_, a), (_, b)| Arc::ptr_eq(a, b)) {
            let numbers = start..start + releases.len();
            start = numbers.end;
            all.extend(releases.last().map(|(release, api)| Model { api, release, numbers }));
        }
        all.reverse();
        let mut types = Definitions::new();
        for (name, def) in all.iter().flat_map(|model| &model.api.types) {
            types.entry(name).or_insert(def);
        }
        let mut ids = BTreeMap::new();
        for (name, def) in &types {
            let mut same = all.iter().filter_map(|model| model.api.types.get(*name));
            if let Some(thing) = id(def, true)
                && same.all(|def| id(def, false) == Some(thing))
            {
                ids.insert(*name, thing);
            }
        }
        Some(Self { all, last, releases: apis.iter().map(|(release, _)| release).collect(), types, ids })
    }

    /// The newest model and the others.
    pub(super) fn split(&self) -> Option<(&Model<'a>, &[Model<'a>])> {
        self.all.split_first()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Model<'a>> {
        self.all.iter()
    }

    /// The newest release whose model has something.
    pub(super) fn newest(&self, has: impl Fn(&Api) -> bool) -> Release {
        self.all.iter().find(|model| has(model.api)).map_or(self.last, |model| model.release).clone()
    }
}

/// The kind of the id of an object.
fn id(def: &TypeDef, always: bool) -> Option<&str> {
    let TypeKind::Answer { fields, .. } = &def.kind else { return None };
    let field = fields.iter().find(|field| field.wire == "id" && !field.nullable && (field.required || !always))?;
    if let Type::Id(thing) = &field.ty { Some(thing) } else { None }
}
