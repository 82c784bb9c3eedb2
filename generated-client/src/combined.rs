//! Several requests in one call.

use std::future::{Future, IntoFuture};
use std::pin::Pin;

use crate::client::Client;
use crate::error::Error;
use crate::operation::Operation;
use crate::request::Request;

/// A search, and a request that is sent if it finds nothing; see [`Request::find_or_create`].
#[derive(Clone, Debug)]
#[must_use = "nothing is sent until it is awaited"]
pub struct FindOrCreate<C, F, O, M> {
    pub(crate) find: Request<C, F>,
    pub(crate) create: Request<C, O>,
    pub(crate) is_it: M,
}

impl<C, F> Request<C, F> {
    /// Returns the first element of this list for which the function returns true; if there is none, sends the other
    /// request and returns its response.
    ///
    /// `.await` sends it, or `.send()` for `blocking::Client`. These are two requests: if another program creates the same
    /// object in between, there are two of them, or the server refuses the second one.
    ///
    /// Kimai drops unknown tags of time records since 2.11, so create them first:
    ///
    /// ```no_run
    /// # async fn example(kimai: &generated_client::Client) -> Result<(), generated_client::Error> {
    /// use generated_client::types::NewTag;
    ///
    /// // The search also finds names that only contain the text.
    /// let search = kimai.tags().find().name("urgent");
    /// let tag = search.find_or_create(|tag| tag.name == "urgent", kimai.tags().create(NewTag::new("urgent"))).await?;
    /// println!("{} is tag {}", tag.name, tag.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn find_or_create<O, M>(self, is_it: M, create: Request<C, O>) -> FindOrCreate<C, F, O, M>
    where
        F: Operation,
        O: Operation,
        F::Output: IntoIterator<Item = O::Output>,
        M: Fn(&O::Output) -> bool,
    {
        FindOrCreate { find: self, create, is_it }
    }
}

/// The future owns its data, so it can be spawned.
impl<F, O, M> IntoFuture for FindOrCreate<&Client, F, O, M>
where
    F: Operation,
    F::Output: IntoIterator<Item = O::Output> + 'static,
    O: Operation,
    O::Output: Send + 'static,
    M: Fn(&O::Output) -> bool + Send + 'static,
{
    type Output = Result<O::Output, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let (find, create, is_it) = (self.find.into_future(), self.create.into_future(), self.is_it);
        Box::pin(async move {
            let found = find.await?.into_iter().find(is_it);
            match found {
                Some(found) => Ok(found),
                None => create.await,
            }
        })
    }
}

/// Requests that are sent one after another; see [`in_turn`].
#[derive(Clone, Debug)]
#[must_use = "nothing is sent until it is awaited"]
pub struct InTurn<C, O>(pub(crate) Vec<Request<C, O>>);

/// Sends requests one after another, and returns their responses.
///
/// `.await` sends them, or `.send()` for `blocking::Client`. The first error ends it: what was sent before stays done.
///
/// Kimai sets one custom field a request, so setting several fields takes as many requests:
///
/// ```no_run
/// # async fn example(kimai: &generated_client::Client, id: generated_client::ids::TimesheetId) -> Result<(), generated_client::Error> {
/// use generated_client::in_turn;
/// use generated_client::types::MetaField;
///
/// let fields = [MetaField::new("location", "Berlin"), MetaField::new("travel", true)];
/// let records = in_turn(fields.map(|field| kimai.timesheets().update_meta(id, field))).await?;
/// println!("{:?}", records.last().map(|record| &record.meta_fields));
/// # Ok(())
/// # }
/// ```
pub fn in_turn<C, O>(requests: impl IntoIterator<Item = Request<C, O>>) -> InTurn<C, O> {
    InTurn(requests.into_iter().collect())
}

/// The future owns its data, so it can be spawned.
impl<O> IntoFuture for InTurn<&Client, O>
where
    O: Operation,
    O::Output: Send + 'static,
{
    type Output = Result<Vec<O::Output>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let futures: Vec<_> = self.0.into_iter().map(IntoFuture::into_future).collect();
        Box::pin(async move {
            let mut responses = Vec::with_capacity(futures.len());
            for future in futures {
                responses.push(future.await?);
            }
            Ok(responses)
        })
    }
}
