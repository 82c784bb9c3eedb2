use super::{HttpRequest, HttpResponse, Method, Operation};
use crate::Release;
use crate::error::{DecodeError, InvalidRequest};
use crate::history::History;

/// An operation that returns the response without decoding it; see [`Request::raw`](crate::Request::raw).
#[derive(Clone, Debug)]
pub struct Raw<O>(O);

impl<O> Raw<O> {
    pub(crate) fn new(operation: O) -> Self {
        Self(operation)
    }
}

impl<O: Operation> Operation for Raw<O> {
    type Output = HttpResponse;

    const NAME: &'static str = O::NAME;
    const METHOD: Method = O::METHOD;
    const PATH: &'static str = O::PATH;
    const PERMISSIONS: &'static [&'static [&'static str]] = O::PERMISSIONS;
    const INTERNAL: bool = O::INTERNAL;
    const DEPRECATED: bool = O::DEPRECATED;
    const WRITES: bool = O::WRITES;
    const HISTORY: &'static History = O::HISTORY;
    const SINCE: Option<Release> = O::SINCE;

    fn request(&self) -> Result<HttpRequest, InvalidRequest> {
        self.0.request()
    }

    fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError> {
        Ok(response.clone())
    }
}
