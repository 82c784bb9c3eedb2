//! In which releases an overlay action can apply.

use std::sync::Arc;

use codegen::Release;
use codegen::audit::Action;
use codegen::document::Overlay;
use serde_json::Value;

use crate::error::Error;
use crate::index::Index;
use crate::models;
use crate::workspace::Workspace;

/// The corrected documents of all releases, read when they are needed.
pub(super) struct Ranges<'a> {
    workspace: &'a Workspace,
    index: &'a Index,
    overlays: &'a [Overlay],
    documents: Option<Vec<(Release, Arc<Value>)>>,
}

impl<'a> Ranges<'a> {
    pub(super) fn new(workspace: &'a Workspace, index: &'a Index, overlays: &'a [Overlay]) -> Self {
        Self { workspace, index, overlays, documents: None }
    }

    /// The releases around this one in which the actions change something, as overlays write it; none for all releases.
    pub(super) fn of(&mut self, actions: &[Action], release: &Release) -> Result<Option<String>, Error> {
        let documents = match &mut self.documents {
            Some(documents) => documents,
            unread => unread.insert(models::documents(self.workspace, self.index, self.overlays)?),
        };
        let matches: Vec<(&Release, bool)> = documents
            .iter()
            .map(|(release, document)| (release, actions.iter().all(|action| action.matches(document))))
            .collect();
        Ok(range(&matches, release))
    }
}

/// The releases, the oldest first, and whether the actions match there.
fn range(releases: &[(&Release, bool)], release: &Release) -> Option<String> {
    let place = releases.iter().position(|(other, _)| *other == release)?;
    let (before, after) = releases.split_at(place);
    let first = before.iter().rposition(|(_, matches)| !matches).and_then(|last| releases.get(last + 1));
    let end = after.iter().find(|(_, matches)| !matches);
    let first = first.map(|(first, _)| format!(">={first}"));
    let end = end.map(|(end, _)| format!("<{end}"));
    let bounds: Vec<String> = first.into_iter().chain(end).collect();
    (!bounds.is_empty()).then(|| bounds.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_around_a_release() {
        let names: Vec<Release> = ["1.9", "1.10", "2.0.0", "2.1.0", "2.2.0"].map(|name| name.parse().unwrap()).into();
        let of = |matches: [bool; 5], release: &str| {
            let releases: Vec<(&Release, bool)> = names.iter().zip(matches).collect();
            range(&releases, &release.parse().unwrap())
        };
        assert_eq!(of([true; 5], "2.0.0"), None);
        assert_eq!(of([false, true, true, true, true], "2.2.0").as_deref(), Some(">=1.10"));
        assert_eq!(of([true, true, true, false, true], "1.9").as_deref(), Some("<2.1.0"));
        assert_eq!(of([true, false, true, false, true], "2.0.0").as_deref(), Some(">=2.0.0, <2.1.0"));
        assert_eq!(of([true; 5], "3.0.0"), None);
    }
}
