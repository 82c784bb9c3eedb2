//! What a new release needs: overlays that fit it, and the decisions that only a person can take.
//!
//! [`fit`] changes the text of overlays until the document of a release becomes a client. The other functions list what is
//! left to decide, with overlay actions that are ready to paste. Texts are made of paths and names only.

mod added;
mod draft;
mod evidence;
mod fit;
mod left_out;
mod odd_names;
mod renamed;
mod text;
mod undocumented;
mod verb;

pub use added::Added;
pub use evidence::evidence;
pub use fit::{Edit, Fitted, Input, OverlayText, fit};
pub use left_out::{LeftOut, left_out};
pub use odd_names::{OddName, odd_names};
pub use undocumented::{Undocumented, undocumented};
