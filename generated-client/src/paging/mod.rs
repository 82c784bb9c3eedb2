//! Lists that come in pages (fact E1).

mod page;
mod pager;
mod stream;
mod task;

pub use page::Page;
pub(crate) use pager::Pager;
pub use stream::{Pages, Records};
