//! From a request to its response: who asks, for which operation, and whether they may.

use super::handlers;
use super::kimai::{Context, Kimai};
use super::login;
use super::message::{Answer, Call, FORBIDDEN, Refusal, Reply};
use super::routes;
use super::sample;

/// The operation that a request is for, if the release has it, and the name of its user.
pub(super) fn recognize(kimai: &Kimai, call: &Call) -> (Option<&'static str>, Option<String>) {
    let route = routes::find(&kimai.operations, kimai.release, &call.method, &call.path);
    let user = login::user(&kimai.state, kimai.release, call).ok().and_then(|user| kimai.state.users.get(user));
    (route.ok().map(|route| route.info.name), user.map(|user| user.name().to_owned()))
}

pub(super) fn answer(kimai: &mut Kimai, call: &Call) -> Reply {
    try_answer(kimai, call).unwrap_or_else(Refusal::reply)
}

fn try_answer(kimai: &mut Kimai, call: &Call) -> Answer {
    if routes::is_page(kimai.release, &call.path) {
        return Ok(login::redirect(kimai.release, call));
    }
    let user = login::user(&kimai.state, kimai.release, call)?;
    if let Some(user) = kimai.state.users.get_mut(user) {
        sample::add_preferences(kimai.release, user);
    }
    let route = routes::find(&kimai.operations, kimai.release, &call.method, &call.path)?;
    // That an operation is gone is no secret.
    let is_gone = routes::is_gone(&route.info, kimai.release);
    let permissions = route.info.permissions;
    let mut context = Context::new(kimai, user, route, call);
    for one_of in permissions.iter().filter(|_| !is_gone) {
        if !context.rights().has_one_of(one_of).ok_or_else(|| Refusal::unknown_permission(one_of))? {
            return Err(FORBIDDEN);
        }
    }
    handlers::answer(&mut context)
}
