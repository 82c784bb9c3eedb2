//! A Kimai in memory, for tests and for trying things out.
//!
//! [`TestServer::start`] starts one on a port of this machine, with users, tokens and sample data. It stores what is
//! written, answers like a Kimai of the chosen [release](TestServerBuilder::release), and forgets everything when it is
//! dropped.
//!
//! ```
//! use generated_client::blocking::Client;
//! use generated_client::test_server::TestServer;
//! use generated_client::types::NewTimesheet;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = TestServer::start()?;
//! let kimai = Client::connect(server.url(), server.auth())?;
//!
//! let project = kimai.projects().list().send()?.remove(0);
//! let activity = kimai.activities().list().project(project.id).send()?.remove(0);
//! let record = kimai.timesheets().create(NewTimesheet::new(project.id, activity.id)).send()?;
//! assert_eq!(record.end, None);
//!
//! // The client tries once more.
//! server.fail_next(503);
//! assert_eq!(kimai.timesheets().active().send()?.len(), 1);
//! let asked: Vec<_> = server.requests().iter().map(|request| (request.operation, request.status)).collect();
//! assert_eq!(asked[4..], [(Some("timesheets.active"), Some(503)), (Some("timesheets.active"), Some(200))]);
//! # Ok(())
//! # }
//! ```
//!
//! # Differences from a real server
//!
//! Recorded exchanges with servers of 1.30.11, 2.0.35 and 2.65.0 are replayed against the test server in tests, which
//! compare status, headers and all values of bodies. What is known to be different:
//!
//! * Changes of behaviour between these releases happen at the release that the API documents or 'How Kimai behaves' say.
//!   Where neither says anything, the release is a guess: the texts of validation errors and what `restart` copies (2.35);
//!   what 2.0 does with unknown ids and with the values of `full` and `globals` (until 2.1).
//! * Permissions are those of the four standard roles, from Kimai's configuration and access rules in 1.30.11, 2.0.35
//!   and 2.65.0. Nobody can change them. Recordings confirm a part; none shows what team leads may do with what belongs
//!   to their teams. Of the changes between these releases, only these are known: tracking modes (2.25), system
//!   accounts (2.55), and the access to records by teams (2.56 to 2.58). That all else was as in 2.65.0 is a guess.
//! * Teams do not limit the invoices, nor the own records in lists, that a user sees.
//! * A new project can belong to a hidden customer, and a new activity to a hidden project.
//! * Times of records are cut to the minute, and only stopping rounds up, as with the rounding rules of a fresh Kimai.
//!   There are no other rules: overlaps, future times and long records are never refused.
//! * Invoices are those of the beginning. There are no plugins and no export templates.
//! * Codes of countries, currencies and languages are not looked up: any two or three letters will do.
//! * Messages are in English, and the members of JSON objects are sorted by name.
//! * The copyright, and colors that depend on a name, have other values.
//! * The menus of the operations under `actions` are those of an administrator. Those of customers, projects and
//!   activities are in English.
//! * The sample data is that of the recorded servers, but the time records up to number 178 are generated.
//! * There are no HTML pages, no login by browser and no session cookies; `X-AUTH-SESSION` is ignored. `X-AUTH-USER` is
//!   not slowed down. Errors have the usual shape, also those of the server itself. HEAD is not answered.

mod answer;
mod clock;
mod colors;
mod faults;
mod field_values;
mod form;
mod handlers;
mod kimai;
mod login;
mod members;
mod message;
mod object;
mod pay;
mod permission;
mod query;
mod received;
mod routes;
mod sample;
mod serve;
mod sort;
mod state;
mod tracking;
mod view;
mod visibility;

pub use received::ReceivedRequest;
pub use state::{CustomField, FieldOwner};
pub use tracking::TrackingMode;

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::oneshot;

use self::faults::Fault;
use self::kimai::Kimai;
use self::sample::Sample;
use self::serve::Shared;
use crate::{Auth, KIMAI_RELEASE, OLDEST_RELEASE, Release};

/// A Kimai in memory. It stops when it is dropped.
pub struct TestServer {
    url: String,
    users: Vec<TestUser>,
    release: Release,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<Infallible>>,
    thread: Option<JoinHandle<io::Result<()>>>,
}

/// A user of a [`TestServer`]. The credentials work nowhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TestUser {
    /// The user name.
    pub name: &'static str,
    /// The role, such as `ROLE_TEAMLEAD`.
    pub role: &'static str,
    /// The time zone, such as `Europe/Berlin`.
    pub time_zone: &'static str,
    /// The API token, for [`Auth::bearer`]; for releases since 2.14.
    pub token: String,
    /// The API password, for [`Auth::token`].
    pub password: String,
}

/// Options for a [`TestServer`].
#[derive(Clone, Debug)]
pub struct TestServerBuilder {
    release: Release,
    sample: Sample,
    now: Option<Timestamp>,
    port: u16,
}

impl TestServer {
    /// Starts a server of the newest release with sample data, on a free port.
    ///
    /// # Errors
    ///
    /// Returns an error if no port or no thread is available.
    pub fn start() -> io::Result<Self> {
        Self::builder().start()
    }

    /// Returns the options.
    #[must_use]
    pub fn builder() -> TestServerBuilder {
        TestServerBuilder { release: newest(), sample: Sample::Full, now: None, port: 0 }
    }

    /// Returns the base URL, such as `http://127.0.0.1:40123`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the release that the server has.
    #[must_use]
    pub fn release(&self) -> Release {
        self.release
    }

    /// Returns the users, the one with most permissions first.
    #[must_use]
    pub fn users(&self) -> &[TestUser] {
        &self.users
    }

    /// Returns the credentials of the user with most permissions, as the release takes them.
    #[must_use]
    pub fn auth(&self) -> Auth {
        self.users.first().map_or_else(|| Auth::bearer(""), |user| self.auth_of_user(user))
    }

    /// Returns the credentials of a user by name, as the release takes them; none if there is no such user.
    #[must_use]
    pub fn auth_of(&self, name: &str) -> Option<Auth> {
        self.users.iter().find(|user| user.name == name).map(|user| self.auth_of_user(user))
    }

    fn auth_of_user(&self, user: &TestUser) -> Auth {
        if self.release >= Release::new(2, 14, 0) {
            Auth::bearer(user.token.clone())
        } else {
            Auth::token(user.name, user.password.clone())
        }
    }

    /// Returns the requests since the start, or since [`clear_requests`](Self::clear_requests), in their order. The
    /// last 10,000 are kept.
    #[must_use]
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.shared.requests().iter().cloned().collect()
    }

    /// Forgets the requests.
    pub fn clear_requests(&self) {
        self.shared.requests().clear();
    }

    /// Answers the next request with an error of this status. Several calls count for as many requests.
    ///
    /// The server does nothing else for such a request. A number that is no status closes the connection.
    pub fn fail_next(&self, status: u16) {
        self.shared.faults().add(None, Fault::Status(status));
    }

    /// As [`fail_next`](Self::fail_next), for the next request of an operation, such as `timesheets.create`.
    pub fn fail_next_of(&self, operation: &str, status: u16) {
        self.shared.faults().add(Some(operation), Fault::Status(status));
    }

    /// Closes the connection of the next request without a response.
    pub fn drop_connection(&self) {
        self.shared.faults().add(None, Fault::Drop);
    }

    /// Waits this long before each response, until it is set to zero.
    pub fn delay(&self, delay: Duration) {
        self.shared.faults().delay = delay;
    }

    /// Sets the time of the server; `None` is the time of this machine.
    pub fn set_now(&self, now: Option<Timestamp>) {
        self.shared.kimai().set_now(now);
    }

    /// Sets how users track their time.
    pub fn set_tracking_mode(&self, mode: TrackingMode) {
        self.shared.kimai().mode = mode;
    }

    /// Whether time records have a break that can be written, since 2.30. They have none at the start.
    pub fn set_breaks(&self, has_breaks: bool) {
        self.shared.kimai().has_breaks = has_breaks;
    }

    /// Defines a custom field for all objects of a kind. It replaces one of the same name.
    pub fn define_custom_field(&self, owner: FieldOwner, field: CustomField) {
        let fields = &mut self.shared.kimai().state.fields;
        fields.retain(|(of, known)| *of != owner || known.name != field.name);
        fields.push((owner, field));
    }
}

/// The release from whose document the client was generated.
fn newest() -> Release {
    KIMAI_RELEASE.parse().unwrap_or(OLDEST_RELEASE)
}

impl TestServerBuilder {
    /// Sets the release of Kimai whose API the server has; the newest one by default.
    #[must_use]
    pub fn release(self, release: Release) -> Self {
        Self { release, ..self }
    }

    /// Leaves out the sample data. The users stay.
    #[must_use]
    pub fn empty(self) -> Self {
        Self { sample: Sample::Empty, ..self }
    }

    /// Sets the time of the server, on which the dates of the sample data depend; the time of this machine by default.
    #[must_use]
    pub fn now(self, now: Timestamp) -> Self {
        Self { now: Some(now), ..self }
    }

    /// Sets the port; a free one by default.
    #[must_use]
    pub fn port(self, port: u16) -> Self {
        Self { port, ..self }
    }

    /// Starts the server.
    ///
    /// # Errors
    ///
    /// Returns an error if the release is older than [`OLDEST_RELEASE`] or newer than [`KIMAI_RELEASE`], the port is in use, or no thread is available.
    pub fn start(self) -> io::Result<TestServer> {
        if self.release < OLDEST_RELEASE || self.release > newest() {
            let problem = format!("the test server has the releases from {OLDEST_RELEASE} to {KIMAI_RELEASE}");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, problem));
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port))?;
        listener.set_nonblocking(true)?;
        let url = format!("http://{}", listener.local_addr()?);
        let shared = Arc::new(Shared::new(Kimai::new(self.release, self.sample, self.now)));
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new().name("kimai test server".to_owned()).spawn({
            let shared = Arc::clone(&shared);
            move || serve::run(listener, shared, stopped)
        })?;
        let users = sample::USERS.map(|(name, role, time_zone)| TestUser {
            name,
            role: role.name(),
            time_zone,
            token: sample::token_of(name),
            password: sample::password_of(name),
        });
        let users = users.to_vec();
        Ok(TestServer { url, users, release: self.release, shared, stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // Whatever ended it, the server is gone.
            let _ = thread.join();
        }
    }
}

impl std::fmt::Debug for TestServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TestServer").field("url", &self.url).field("release", &self.release).finish_non_exhaustive()
    }
}
