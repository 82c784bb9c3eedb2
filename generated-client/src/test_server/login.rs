//! Who sends a request.

use serde_json::json;

use super::message::{Call, Refusal, Reply};
use super::object::is_since;
use super::state::State;
use crate::Release;

/// Finds the user by the credentials of a request.
pub(super) fn user(state: &State, release: Release, call: &Call) -> Result<u64, Refusal> {
    let (name, password) = (call.header("x-auth-user"), call.header("x-auth-token"));
    let bearer = call.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
    match (name, password, bearer) {
        (_, _, Some(token)) if is_since(release, [2, 14, 0]) => by_token(state, token),
        (Some(name), Some(password), _) => by_password(state, name, password),
        _ => Err(unknown(release, name.is_some())),
    }
}

fn by_token(state: &State, token: &str) -> Result<u64, Refusal> {
    let known = state.tokens.iter().find(|(_, known)| known.text == token);
    let user = known.map(|(_, known)| known.user);
    user.filter(|user| state.users.get(*user).is_some_and(|user| user.is_enabled)).ok_or_else(|| {
        let reason = "Bearer error=\"invalid_token\",error_description=\"Invalid credentials.\"";
        let reply = Reply { status: 401, headers: Vec::new(), body: bytes::Bytes::new() };
        Refusal::Reply(Box::new(reply.header("www-authenticate", reason).header("content-type", "application/json")))
    })
}

fn by_password(state: &State, name: &str, password: &str) -> Result<u64, Refusal> {
    let is_it = |user: &super::state::User| user.is_enabled && user.name() == name;
    let user = state.users.iter().find(|(_, user)| is_it(user) && user.password.as_deref() == Some(password));
    user.map(|(id, _)| id).ok_or_else(|| message(403, "Invalid credentials"))
}

/// Without credentials, or with half of them.
fn unknown(release: Release, has_name: bool) -> Refusal {
    if is_since(release, [2, 14, 0]) {
        Refusal::Status(401)
    } else if !is_since(release, [2, 0, 0]) {
        message(403, "Authentication required, missing headers: X-AUTH-USER, X-AUTH-TOKEN")
    } else if has_name {
        message(403, "Authentication required, missing token header: X-AUTH-TOKEN")
    } else {
        message(403, "Authentication required, missing user header: X-AUTH-USER")
    }
}

/// API credentials open no pages of Kimai.
pub(super) fn redirect(release: Release, call: &Call) -> Reply {
    let is_new = is_since(release, [2, 35, 0]);
    let body = "<!DOCTYPE html><html><body>Redirecting to /en/login</body></html>";
    Reply { status: 302, headers: Vec::new(), body: body.into() }
        .header("location", &format!("http://{}/en/login", call.header("host").unwrap_or_default()))
        .header("content-type", if is_new { "text/html; charset=utf-8" } else { "application/json" })
}

fn message(status: u16, text: &str) -> Refusal {
    Refusal::Reply(Box::new(Reply::with_status(status, &json!({"message": text}))))
}
