//! One Kimai: its data, its release and its settings.

use jiff::Timestamp;

use super::handlers;
use super::login;
use super::message::{Answer, Call, FORBIDDEN, NOT_FOUND, Refusal, Reply};
use super::permission::Rights;
use super::routes::{self, Route};
use super::state::{Role, State, User};
use super::view::View;
use super::{Sample, TrackingMode, sample};
use crate::Release;
use crate::operation::Info;

/// The server without its connections.
pub(super) struct Kimai {
    pub(super) state: State,
    pub(super) release: Release,
    pub(super) mode: TrackingMode,
    pub(super) has_breaks: bool,
    clock: Option<Timestamp>,
    operations: Vec<Info>,
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

    /// The operation that a request is for, if the release has it, and the name of its user.
    pub(super) fn recognize(&self, call: &Call) -> (Option<&'static str>, Option<String>) {
        let route = routes::find(&self.operations, self.release, &call.method, &call.path);
        let user = login::user(&self.state, self.release, call).ok().and_then(|user| self.state.users.get(user));
        (route.ok().map(|route| route.info.name), user.map(|user| user.name().to_owned()))
    }

    pub(super) fn answer(&mut self, call: &Call) -> Reply {
        self.try_answer(call).unwrap_or_else(Refusal::reply)
    }

    fn try_answer(&mut self, call: &Call) -> Answer {
        if routes::is_page(self.release, &call.path) {
            return Ok(login::redirect(self.release, call));
        }
        let user = login::user(&self.state, self.release, call)?;
        if let Some(user) = self.state.users.get_mut(user) {
            sample::add_preferences(self.release, user);
        }
        let route = routes::find(&self.operations, self.release, &call.method, &call.path)?;
        let role = self.state.users.get(user).map_or(Role::User, User::role);
        let mut context = Context { kimai: self, user, role, route, call };
        // That an operation is gone is no secret.
        let is_gone = routes::is_gone(&context.route.info, context.release());
        for one_of in context.route.info.permissions.iter().filter(|_| !is_gone) {
            if !context.rights().has_one_of(one_of).ok_or_else(handlers::unknown)? {
                return Err(FORBIDDEN);
            }
        }
        handlers::answer(&mut context)
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

    /// An id in the path.
    pub(super) fn id(&self, position: usize) -> Result<u64, Refusal> {
        self.route.values.get(position).and_then(|value| value.parse().ok()).ok_or(NOT_FOUND)
    }

    /// The user who sent the request.
    pub(super) fn zone(&self) -> jiff::tz::TimeZone {
        self.state().users.get(self.user).map_or(jiff::tz::TimeZone::UTC, |user| user.zone.clone())
    }
}
