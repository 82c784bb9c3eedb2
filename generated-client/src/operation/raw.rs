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

    constants_of_wrapped!();

    fn request(&self) -> Result<HttpRequest, InvalidRequest> {
        self.0.request()
    }

    fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError> {
        Ok(response.clone())
    }
}
