use std::fmt::Display;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use serde::Serialize;

use crate::client::{Call, Client, Options};
use crate::download::{Download, DownloadStream};
use crate::error::{Error, TransportError};
use crate::operation::{HeaderName, HeaderValue, Info, KeepItemJson, KeepJson, Operation, Paged, Raw};
use crate::paging::{Fetch, Page, Pager, Pages, Records};
use crate::retry::RetryPolicy;
use crate::trace;

/// An operation and the client that sends it.
///
/// `.await` sends it; a request of `blocking::Client` has `.send()` instead. The operation defines the setters of its
/// optional parameters, such as `size` in `kimai.timesheets().list().size(200)`. The methods that begin with `with_`
/// override settings of the client for this call.
///
/// ```no_run
/// # async fn example(kimai: &generated_client::Client) -> Result<(), generated_client::Error> {
/// use std::time::Duration;
///
/// use generated_client::RetryPolicy;
/// use generated_client::operation::{HeaderName, HeaderValue};
///
/// let id = (HeaderName::from_static("x-request-id"), HeaderValue::from_static("4711"));
/// let request = kimai.customers().list().with_header(id.0, id.1).with_timeout(Duration::from_mins(5));
/// let response = request.with_retry(RetryPolicy::none()).raw().await?;
/// println!("{} {:?} {} bytes", response.status(), response.headers().get("date"), response.body().len());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a request is not sent until it is awaited"]
pub struct Request<C, O> {
    client: C,
    operation: O,
    options: Options,
}

impl<C, O> Request<C, O> {
    /// Creates a request; see also [`Client::call`].
    ///
    /// With `()` as the client, the request can be built and inspected, but not sent.
    pub fn new(client: C, operation: O) -> Self {
        Self { client, operation, options: Options::default() }
    }

    pub(crate) fn with_options(client: C, operation: O, options: Options) -> Self {
        Self { client, operation, options }
    }

    /// Returns the operation.
    #[must_use]
    pub fn operation(&self) -> &O {
        &self.operation
    }

    /// Returns the operation without the client and the settings of the call.
    pub fn into_operation(self) -> O {
        self.operation
    }

    /// Changes the operation.
    pub fn edit(mut self, change: impl FnOnce(&mut O)) -> Self {
        change(&mut self.operation);
        self
    }

    /// Replaces the operation.
    pub fn map<P>(self, change: impl FnOnce(O) -> P) -> Request<C, P> {
        Request { client: self.client, operation: change(self.operation), options: self.options }
    }

    /// Returns the response without decoding it.
    ///
    /// Retries, limits and errors are the same as for other requests. [`Operation::decode`] decodes the response;
    /// unlike the errors of calls, its errors may contain credentials that the server repeats.
    pub fn raw(self) -> Request<C, Raw<O>> {
        self.map(Raw::new)
    }

    /// Sets a header for this call.
    ///
    /// Headers that carry credentials or control the connection, such as `Host`, `Content-Length`, `Authorization`,
    /// `Cookie` and `X-AUTH-USER`, are reserved: sending the request returns an [`Error::InvalidRequest`]. So is
    /// `Content-Type` if the operation has a body.
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.options.headers.insert(name, value);
        self
    }

    /// Adds a query parameter by name, such as one that a plugin adds to an operation of Kimai.
    ///
    /// It is sent as it is, whatever the release of the server, and for a list with every page. It does not replace a
    /// parameter: if the operation sends one with this name, sending the request returns an [`Error::InvalidRequest`],
    /// except for lists, whose names end with `[]`. Names are compared as PHP reads them: `filter` and `filter[from]` are
    /// the same, and so are `a.b` and `a_b`.
    ///
    /// ```no_run
    /// # async fn example(kimai: &generated_client::Client) -> Result<(), generated_client::Error> {
    /// let list = kimai.timesheets().list().size(200);
    /// let records = list.with_parameter("costCentre", 7).with_parameter("labels[]", "a").with_parameter("labels[]", "b");
    /// println!("{} records", records.await?.items.len());
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_parameter(mut self, name: impl Into<String>, value: impl Display) -> Self {
        self.options.extras.add_parameter(name.into(), value.to_string());
        self
    }

    /// Sets a field of the body by name, such as one that a plugin adds to a form of Kimai.
    ///
    /// The body is a JSON object or a form; if the operation sends none, it becomes a JSON object. The field replaces one
    /// with the same name, and is sent whatever the release of the server. In a multipart form, a list is sent as one part
    /// for each element. In a url-encoded form, values are written as PHP reads them, and null is left out.
    ///
    /// Sending the request returns an [`Error::InvalidRequest`] if the value cannot be serialized, if the body is neither
    /// an object nor a form, for an empty list in a url-encoded form, and for a GET or HEAD without a body.
    ///
    /// ```no_run
    /// # async fn example(kimai: &generated_client::Client) -> Result<(), generated_client::Error> {
    /// use generated_client::types::NewTag;
    ///
    /// let tag = kimai.tags().create(NewTag::new("urgent")).with_property("costCentre", 7).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_property(mut self, name: impl Into<String>, value: impl Serialize) -> Self {
        self.options.extras.set_property(name.into(), serde_json::to_value(value));
        self
    }

    /// Returns the response with the JSON it was read from, which may have fields that the type does not have, such as
    /// those of plugins.
    ///
    /// Call it after the setters of the operation. It is of use for operations that return JSON. Text that is not JSON
    /// becomes a JSON string; other responses, such as web pages and binary files, are an error.
    ///
    /// ```no_run
    /// # async fn example(kimai: &generated_client::Client) -> Result<(), generated_client::Error> {
    /// use generated_client::ids::TimesheetId;
    ///
    /// let record = kimai.timesheets().get(TimesheetId::new(180)).with_json().await?;
    /// println!("{} {}", record.begin, record.json["taskId"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_json(self) -> Request<C, KeepJson<O>> {
        self.map(KeepJson::new)
    }

    /// Sets the time limit of the call; see [`ClientBuilder::timeout`](crate::ClientBuilder::timeout).
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Sets when the call is retried.
    pub fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = Some(policy);
        self
    }

    /// Sets the maximum size of the response, in bytes after decompression; see
    /// [`ClientBuilder::max_size`](crate::ClientBuilder::max_size).
    pub fn with_max_size(mut self, bytes: u64) -> Self {
        self.options.max_size = Some(bytes);
        self
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn client(&self) -> &C {
        &self.client
    }

    pub(crate) fn at<D>(self, client: impl FnOnce(C) -> D) -> Request<D, O> {
        Request { client: client(self.client), operation: self.operation, options: self.options }
    }
}

impl<C, O: Paged> Request<C, O> {
    /// Returns each item of the list with the JSON it was read from, which may have fields that the type does not have,
    /// such as those of plugins.
    ///
    /// Call it after the setters of the operation. Pages and streams work as without it.
    ///
    /// ```no_run
    /// # async fn example(kimai: &generated_client::Client) -> Result<(), generated_client::Error> {
    /// let mut records = kimai.timesheets().list().size(200).items_with_json().stream();
    /// while let Some(record) = records.next().await {
    ///     let record = record?;
    ///     println!("{} {}", record.begin, record.json["taskId"]);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items_with_json(self) -> Request<C, KeepItemJson<O>> {
        self.map(KeepItemJson::new)
    }
}

impl<C, O: Operation> Request<C, O> {
    pub(crate) fn into_call(self) -> Result<Call, Error> {
        Call::new(&self.operation, self.options)
    }
}

impl Client {
    /// Creates a request for an operation, for example one that you implement yourself.
    pub fn call<O: Operation>(&self, operation: O) -> Request<&Self, O> {
        Request::new(self, operation)
    }
}

/// The future owns its data, so it can be spawned.
impl<O> IntoFuture for Request<&Client, O>
where
    O: Operation,
    O::Output: 'static,
{
    type Output = Result<O::Output, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let client = self.client.clone();
        let call = self.into_call();
        Box::pin(async move {
            let call = call?;
            let info = call.info.clone();
            let response = client.clone().execute(call).await?;
            client.decode(&info, &response, O::decode)
        })
    }
}

impl<O> Request<&Client, O>
where
    O: Paged + Clone + Send + 'static,
    O::Item: Send,
{
    /// Returns a [`Stream`](futures_core::Stream) of all records from the requested page on.
    ///
    /// [`Records`] describes what happens if the list changes while it is read.
    ///
    /// ```no_run
    /// # async fn example(kimai: &generated_client::Client) -> Result<(), generated_client::Error> {
    /// use futures_util::TryStreamExt as _;
    ///
    /// let mut records = kimai.timesheets().list().size(200).stream();
    /// while let Some(record) = records.try_next().await? {
    ///     println!("{} {:?}", record.begin, record.description);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use = "a stream does nothing until it is polled"]
    pub fn stream(self) -> Records<O::Item> {
        Records::new(Box::new(Pager::new(self.at(Client::clone))))
    }

    /// Returns a [`Stream`](futures_core::Stream) of all pages from the requested one on. Together they contain the
    /// records of [`Self::stream`].
    #[must_use = "a stream does nothing until it is polled"]
    pub fn pages(self) -> Pages<O::Item> {
        Pages::new(Box::new(Pager::new(self.at(Client::clone))))
    }
}

/// Fetches the pages of a list.
impl<O> Fetch for Request<Client, O>
where
    O: Paged + Clone + Send + 'static,
    O::Item: Send + 'static,
{
    type Item = O::Item;

    fn name(&self) -> &'static str {
        O::NAME
    }

    fn start(&self) -> u32 {
        self.operation.page_number().max(1)
    }

    fn fetch(&self, page: u32) -> impl Future<Output = Result<Page<O::Item>, Error>> + Send + 'static {
        // The first page is requested exactly as the caller set it.
        let operation = self.operation.clone();
        let operation = if page == self.start() { operation } else { operation.at_page(page) };
        let request = Request::with_options(&self.client, operation, self.options.clone());
        // A page that is requested ahead belongs to the span of the code that reads the list.
        trace::in_span(request.into_future())
    }

    fn id(item: &O::Item) -> Option<u64> {
        O::id(item)
    }

    fn stopped(&self) -> Error {
        TransportError::stopped(&Info::of::<O>()).into()
    }
}

impl<O> Request<&Client, O>
where
    O: Operation<Output = Download>,
{
    /// Opens the download to read it piece by piece or to save it.
    ///
    /// The time limit of the call applies until the file begins; after that, only the limit for each read applies.
    ///
    /// # Errors
    ///
    /// Returns the errors of the operation.
    pub async fn open(self) -> Result<DownloadStream, Error> {
        let client = self.client.clone();
        let opened = client.open(self.into_call()?).await?;
        Ok(DownloadStream::new(opened))
    }
}
