//! One Kimai: its data, its release and its settings.

use jiff::Timestamp;

use super::message::{Call, NOT_FOUND, Refusal};
use super::permission::Rights;
use super::query::Query;
use super::routes::{self, Route};
use super::sample::{self, Sample};
use super::state::{Role, State, User};
use super::tracking::TrackingMode;
use super::view::View;
use crate::Release;
use crate::operation::Info;

/// The server without its connections.
pub(super) struct Kimai {
    pub(super) state: State,
    pub(super) release: Release,
    pub(super) mode: TrackingMode,
    pub(super) has_breaks: bool,
    clock: Option<Timestamp>,
    pub(super) operations: Vec<Info>,
}

impl Kimai {
    pub(super) fn new(release: Release, sample: Sample, clock: Option<Timestamp>) -> Self {
        let now = clock.unwrap_or_else(Timestamp::now);
        let state = sample::state(release, sample, now);
        let mode = TrackingMode::Default;
        Self { state, release, mode, has_breaks: false, clock, operations: routes::all() }
    }

    pub(super) fn set_now(&mut self, now: Option<Timestamp>) {
        self.clock = now;
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.unwrap_or_else(Timestamp::now)
    }
}

/// A request, and who sent it.
pub(super) struct Context<'a> {
    pub(super) kimai: &'a mut Kimai,
    pub(super) user: u64,
    role: Role,
    pub(super) route: Route,
    pub(super) call: &'a Call,
}

impl<'a> Context<'a> {
    pub(super) fn new(kimai: &'a mut Kimai, user: u64, route: Route, call: &'a Call) -> Self {
        let role = kimai.state.users.get(user).map_or(Role::User, User::role);
        Self { kimai, user, role, route, call }
    }
}

impl Context<'_> {
    pub(super) fn state(&self) -> &State {
        &self.kimai.state
    }

    pub(super) fn state_mut(&mut self) -> &mut State {
        &mut self.kimai.state
    }

    pub(super) fn release(&self) -> Release {
        self.kimai.release
    }

    pub(super) fn rights(&self) -> Rights<'_> {
        Rights { state: &self.kimai.state, release: self.kimai.release, user: self.user, role: self.role }
    }

    /// Whether the release is this one or a later one.
    pub(super) fn is_since(&self, first: [u32; 3]) -> bool {
        super::object::is_since(self.kimai.release, first)
    }

    pub(super) fn view(&self) -> View<'_> {
        View { state: &self.kimai.state, release: self.kimai.release }
    }

    pub(super) fn query(&self) -> Query<'_> {
        Query { call: self.call, release: self.kimai.release }
    }

    /// An id in the path.
    pub(super) fn id(&self, position: usize) -> Result<u64, Refusal> {
        self.route.values.get(position).and_then(|value| value.parse().ok()).ok_or(NOT_FOUND)
    }

    /// The user who sent the request.
    pub(super) fn zone(&self) -> jiff::tz::TimeZone {
        self.state().users.get(self.user).map_or(jiff::tz::TimeZone::UTC, |user| user.zone.clone())
    }
}
