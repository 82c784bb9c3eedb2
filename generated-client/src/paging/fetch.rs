use super::page::Page;
use crate::error::Error;

/// Fetches the pages of one list, wherever they come from.
pub(crate) trait Fetch: Send {
    /// A record of the list.
    type Item: Send;

    /// The name of the list in errors, such as `timesheets.list`.
    fn name(&self) -> &'static str;

    /// The first page to read, at least 1.
    fn start(&self) -> u32;

    /// Fetches a page; 404 means that there is no such page.
    fn fetch(&self, page: u32) -> impl Future<Output = Result<Page<Self::Item>, Error>> + Send + 'static;

    /// The id of a record, if its type has one.
    fn id(item: &Self::Item) -> Option<u64>;

    /// The error for a page that was not fetched because the async runtime stopped.
    fn stopped(&self) -> Error;
}
