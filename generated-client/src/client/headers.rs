//! The headers of a request.

use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};

use super::Call;
use crate::error::InvalidRequest;
use crate::http::media_type::is_media_type;
use crate::http::{Body, HttpRequest};

/// The headers of a call: those of all calls with the credentials, those of the operation, and those of the call.
pub(super) fn of(call: &Call, common: &HeaderMap) -> Result<HeaderMap, InvalidRequest> {
    let mut headers = common.clone();
    let has_body = !matches!(call.request.body(), Body::Empty);
    for (name, value) in call.request.headers() {
        // The content type of a multipart form is added with the form.
        if !has_body || name != CONTENT_TYPE {
            headers.insert(checked(name)?, value.clone());
        }
    }
    if let Some(media_type) = call.request.body().media_type() {
        let invalid = || InvalidRequest::MediaType { text: media_type.to_owned() };
        let value = HeaderValue::from_str(media_type).ok().filter(|_| is_media_type(media_type));
        headers.insert(CONTENT_TYPE, value.ok_or_else(invalid)?);
    }
    for (name, value) in &call.options.headers {
        if has_body && name == CONTENT_TYPE {
            return Err(InvalidRequest::ReservedHeader { name: name.to_string() });
        }
        let mut value = value.clone();
        value.set_sensitive(true);
        headers.insert(checked(name)?, value);
    }
    if let Some(cookies) = cookies(&call.request, common.get(COOKIE))? {
        headers.insert(COOKIE, cookies);
    }
    Ok(headers)
}

/// The name, if a call may set this header: credentials have reserved names, so that none replaces them.
fn checked(name: &HeaderName) -> Result<&HeaderName, InvalidRequest> {
    if is_reserved(name) { Err(InvalidRequest::ReservedHeader { name: name.to_string() }) } else { Ok(name) }
}

/// The cookies of the request after those of the session, which servers prefer if there are others with their names.
fn cookies(request: &HttpRequest, session: Option<&HeaderValue>) -> Result<Option<HeaderValue>, InvalidRequest> {
    if request.cookies().next().is_none() {
        return Ok(None);
    }
    let session = session.map_or(&[][..], HeaderValue::as_bytes).trim_ascii();
    let session = session.strip_suffix(b";").unwrap_or(session);
    let mut all = session.to_vec();
    for (name, value) in request.cookies() {
        let mut names = session.split(|byte| *byte == b';').map(cookie_name);
        if names.any(|known| is_same(known, name.as_bytes())) {
            return Err(InvalidRequest::ReservedCookie { name: name.to_owned() });
        }
        if !all.is_empty() {
            all.extend_from_slice(b"; ");
        }
        all.extend_from_slice(format!("{name}={value}").as_bytes());
    }
    let invalid = |_| InvalidRequest::Header { name: COOKIE.to_string() };
    let mut header = HeaderValue::from_bytes(&all).map_err(invalid)?;
    header.set_sensitive(true);
    Ok(Some(header))
}

/// The name of a cookie, such as `a` of `a=b`.
fn cookie_name(pair: &[u8]) -> &[u8] {
    pair.split(|byte| *byte == b'=').next().unwrap_or_default().trim_ascii()
}

/// Whether PHP may take one cookie for the other: it replaces dots in names.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    let plain =
        |name: &[u8]| name.to_ascii_lowercase().iter().map(|byte| if *byte == b'.' { b'_' } else { *byte }).collect();
    let (one, other): (Vec<u8>, Vec<u8>) = (plain(one), plain(other));
    one == other
}

/// Whether the header carries credentials, which go to one address only, or controls the connection or the extent of
/// the message: setting it could send the credentials to another host, or cut the body. The generator has the same list in
/// `api/headers.rs`; a test there compares the two.
fn is_reserved(name: &HeaderName) -> bool {
    // PHP does not distinguish the two characters.
    let name = name.as_str().replace('_', "-");
    matches!(
        name.as_str(),
        "authorization"
            | "connection"
            | "content-length"
            | "cookie"
            | "expect"
            | "forwarded"
            | "host"
            | "if-range"
            | "keep-alive"
            | "proxy-authorization"
            | "proxy-connection"
            | "range"
            | "te"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
    ) || name.starts_with("x-auth-")
        || name.starts_with("x-forwarded-")
}
