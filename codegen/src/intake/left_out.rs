//! Parts of a release that have no place in the client, because an action of [`fit`](super::fit) removes them.

use crate::Release;
use crate::document::Overlay;

/// With what the descriptions of such actions begin; the reason follows.
pub(super) const MARK: &str = "Left out by `cargo xtask intake`: ";

/// Parts that have no place in the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The overlay with the actions that remove them.
    pub file: String,
    /// The targets that select them.
    pub targets: Vec<String>,
    /// Why, as an error of the generator.
    pub reason: String,
}

/// What overlays leave out of a release.
#[must_use]
pub fn left_out(overlays: &[Overlay], release: &Release) -> Vec<LeftOut> {
    let mut all: Vec<LeftOut> = Vec::new();
    for overlay in overlays {
        for (target, description) in overlay.described(release) {
            let Some(reason) = description.strip_prefix(MARK) else { continue };
            match all.iter_mut().find(|known| known.file == overlay.file() && known.reason == reason) {
                Some(known) => known.targets.push(target.to_owned()),
                None => all.push(LeftOut {
                    file: overlay.file().to_owned(),
                    targets: vec![target.to_owned()],
                    reason: reason.to_owned(),
                }),
            }
        }
    }
    all
}
