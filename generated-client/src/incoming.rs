use bytes::{Bytes, BytesMut};
use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode};
use tokio::sync::OwnedSemaphorePermit;

use crate::error::{Error, TransportError};
use crate::http::HttpResponse;
use crate::info::Info;
use crate::limits::Limits;

/// A successful response before its body is read.
pub(crate) struct Opened {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Incoming,
}

/// A body as it arrives: decompressed, and with a limited size.
pub(crate) struct Incoming {
    response: Response,
    info: Info,
    limits: Limits,
    max_size: u64,
    left: u64,
    /// After an error, further parts would leave a gap.
    is_broken: bool,
    /// Counts the request as under way until the body ends, fails or is dropped.
    permit: Option<OwnedSemaphorePermit>,
}

impl Opened {
    pub(crate) fn new(mut response: Response, info: Info, limits: Limits, max_size: u64) -> Self {
        Self {
            status: response.status(),
            headers: std::mem::take(response.headers_mut()),
            body: Incoming::new(response, info, limits, max_size),
        }
    }

    /// Keeps the permit until the body ends, fails or is dropped.
    pub(crate) fn holding(mut self, permit: Option<OwnedSemaphorePermit>) -> Self {
        self.body.permit = permit;
        self
    }

    /// The whole response.
    pub(crate) async fn whole(mut self) -> Result<HttpResponse, Error> {
        let first = self.body.chunk().await?.unwrap_or_default();
        // Small bodies come in one part, which needs no copy.
        let Some(second) = self.body.chunk().await? else {
            return Ok(HttpResponse::new(self.status, self.headers, first));
        };
        let mut body = BytesMut::from(first);
        body.extend_from_slice(&second);
        while let Some(chunk) = self.body.chunk().await? {
            body.extend_from_slice(&chunk);
        }
        Ok(HttpResponse::new(self.status, self.headers, body))
    }
}

impl Incoming {
    pub(crate) fn new(response: Response, info: Info, limits: Limits, max_size: u64) -> Self {
        Self { response, info, limits, max_size, left: max_size, is_broken: false, permit: None }
    }

    /// The length that the response states.
    pub(crate) fn length(&self) -> Option<u64> {
        self.response.content_length()
    }

    pub(crate) fn info(&self) -> &Info {
        &self.info
    }

    /// Removes the time limit of the call; the limit for each read stays.
    pub(crate) fn without_end(mut self) -> Self {
        self.limits = self.limits.without_end();
        self
    }

    /// The next part of the body, or `None` at its end.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        if self.is_broken {
            return Err(TransportError::stopped(&self.info).into());
        }
        let chunk = self.read().await;
        self.is_broken = chunk.is_err();
        if !matches!(chunk, Ok(Some(_))) {
            self.permit = None;
        }
        chunk
    }

    async fn read(&mut self) -> Result<Option<Bytes>, Error> {
        let chunk = self.limits.read(&self.info, self.response.chunk()).await?;
        let chunk = chunk.map_err(|error| TransportError::new(&self.info, error))?;
        let length = chunk.as_ref().map_or(0, Bytes::len) as u64;
        let too_large = || Error::TooLarge { operation: self.info.name, limit: self.max_size };
        self.left = self.left.checked_sub(length).ok_or_else(too_large)?;
        Ok(chunk)
    }

    /// The body, or its beginning if it is too long or breaks off, and whether it is complete.
    pub(crate) async fn beginning(mut self) -> (Bytes, bool) {
        let mut body = BytesMut::new();
        loop {
            match self.chunk().await {
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                end => return (body.freeze(), end.is_ok()),
            }
        }
    }
}
