use std::future::{Future, IntoFuture};
use std::pin::Pin;

use crate::client::Client;
use crate::error::Error;
use crate::operation::{Info, Operation};

/// An operation at a client, ready to be sent: `.await` sends it.
///
/// Its settings are those of the operation, `kimai.timesheets().list().size(200)` for example.
#[derive(Clone, Debug)]
#[must_use = "a request is not sent until it is awaited"]
pub struct Request<C, O> {
    client: C,
    operation: O,
}

impl<C, O> Request<C, O> {
    pub(crate) fn new(client: C, operation: O) -> Self {
        Self { client, operation }
    }

    /// The operation that will be sent.
    #[must_use]
    pub fn operation(&self) -> &O {
        &self.operation
    }

    /// The same request with a changed operation, or another one.
    pub fn map<P>(self, change: impl FnOnce(O) -> P) -> Request<C, P> {
        Request { client: self.client, operation: change(self.operation) }
    }
}

impl<'c, O> IntoFuture for Request<&'c Client, O>
where
    O: Operation + 'c,
{
    type Output = Result<O::Output, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'c>>;

    fn into_future(self) -> Self::IntoFuture {
        let client = self.client;
        let request = self.operation.request();
        Box::pin(async move {
            let info = Info::of::<O>();
            let request = request.map_err(|error| Error::invalid_request(&info, error))?;
            let response = client.execute(request, &info).await?;
            O::decode(&response).map_err(|error| Error::decode(&info, error))
        })
    }
}
