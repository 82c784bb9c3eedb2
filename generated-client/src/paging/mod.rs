//! Lists that come in pages.

mod fetch;
mod page;
mod pager;
mod seen;
mod stream;
mod task;
mod with_totals;
mod without_totals;

pub(crate) use fetch::Fetch;
pub use page::Page;
pub(crate) use pager::Pager;
pub use stream::{Pages, Records};
