//! What a new release needs: overlays that fit it, and the decisions that only a person can take.
//!
//! [`fit`] edits the overlays until a client can be generated from the document of the release. The other functions list the
//! open decisions, with overlay actions to paste. All texts come from paths and names, never from descriptions.

mod added;
mod draft;
mod evidence;
mod fit;
mod left_out;
mod odd_names;
mod outdated;
mod renamed;
mod text;
mod undocumented;
mod verb;

pub use added::Added;
pub use evidence::evidence;
pub use fit::{Edit, Fitted, Input, OverlayText, fit};
pub use left_out::{LeftOut, left_out};
pub use odd_names::{OddName, odd_names};
pub use outdated::{Snapshot, outdated};
pub use undocumented::{Undocumented, undocumented};
