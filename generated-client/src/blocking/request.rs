use super::client::Client;
use super::download::DownloadStream;
use super::iter::{Pages, Records};
use crate::download::Download;
use crate::error::{Error, TransportError};
use crate::operation::{Info, Operation, Paged};
use crate::request::Request;

impl Client {
    /// Creates a request for an operation, for example one that you implement yourself.
    pub fn call<O: Operation>(&self, operation: O) -> Request<&Self, O> {
        Request::new(self, operation)
    }
}

impl<O: Operation> Request<&Client, O> {
    /// Sends the request and waits for the response.
    ///
    /// # Errors
    ///
    /// Returns the errors of the operation.
    pub fn send(self) -> Result<O::Output, Error> {
        let blocking = *self.client();
        let client = blocking.inner();
        let info = Info::of::<O>();
        let response = blocking.runtime().wait(client.clone().execute(self.into_call()?));
        let response = response.ok_or_else(|| TransportError::stopped(&info))??;
        client.decode(&info, &response, O::decode)
    }
}

impl<O> Request<&Client, O>
where
    O: Paged + Clone + Send + 'static,
    O::Item: Send,
{
    /// Returns an iterator over all records from the requested page on; see [`Records`](crate::Records).
    #[must_use = "an iterator does nothing until it is used"]
    pub fn iter(self) -> Records<O::Item> {
        let runtime = self.client().runtime().clone();
        Records::new(self.on_async().stream(), runtime)
    }

    /// Returns an iterator over all pages from the requested one on; see [`Pages`](crate::Pages).
    #[must_use = "an iterator does nothing until it is used"]
    pub fn pages(self) -> Pages<O::Item> {
        let runtime = self.client().runtime().clone();
        Pages::new(self.on_async().pages(), runtime)
    }
}

impl<O: Operation<Output = Download>> Request<&Client, O> {
    /// Opens the download to read it piece by piece or to save it.
    ///
    /// # Errors
    ///
    /// Returns the errors of the operation.
    pub fn open(self) -> Result<DownloadStream, Error> {
        let blocking = *self.client();
        let opened = blocking.runtime().wait(blocking.inner().clone().open(self.into_call()?));
        let opened = opened.ok_or_else(|| TransportError::stopped(&Info::of::<O>()))??;
        Ok(DownloadStream::new(crate::DownloadStream::new(opened), blocking.runtime().clone()))
    }
}

impl<'c, O> Request<&'c Client, O> {
    fn on_async(self) -> Request<&'c crate::Client, O> {
        self.at(Client::inner)
    }
}
