//! One entry: the exchange in it, or why there is none.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use codegen::audit::Exchange;
use serde::de::IgnoredAny;

use super::base::Located;
use super::node::{Node, Problem};

/// What an entry holds.
pub(super) enum Reply {
    Exchange(Exchange),
    /// Nothing to compare; the reason as in [`Ignored`](super::Ignored).
    Nothing(&'static str),
}

/// Reads an entry with a request to this address.
pub(super) fn read(entry: &Node<'_>, at: Located) -> Result<Reply, Problem> {
    let nothing = |reason| Ok(Reply::Nothing(reason));
    let method = entry.require("request")?.require("method")?.text()?.to_uppercase();
    if method == "OPTIONS" {
        return nothing("preflight requests of the browser");
    }
    if matches!(at.path.trim_end_matches('/'), "/api/doc" | "/api/doc.json") {
        return nothing("requests for the API document");
    }
    let response = entry.get("response");
    let status = response.as_ref().and_then(|response| response.get("status"));
    let (Some(response), Some(status)) = (response, status) else {
        return nothing("requests without a response: blocked, cancelled or failed");
    };
    let status = match status.number()? {
        // Some recorders write -1.
        ..=0 => return nothing("requests without a response: blocked, cancelled or failed"),
        number => u16::try_from(number)
            .ok()
            .filter(|number| (100..1000).contains(number))
            .ok_or_else(|| status.wrong("must be a status of HTTP"))?,
    };
    if status == 304 || is_cached(entry) {
        return nothing("responses from the browser's cache");
    }
    let headers = response.pairs("headers")?;
    if matches!(status, 301 | 302 | 303 | 307 | 308) && is_login(&response, &headers)? {
        return nothing("redirects to the login page");
    }
    let body = kept(response.get("content").as_ref())?;
    if let Some(reason) = lost(&response, &method, status, body.as_deref())? {
        return nothing(reason);
    }
    // Cookies are secret, and no document describes them.
    let headers = headers.into_iter().filter(|(name, _)| !name.eq_ignore_ascii_case("set-cookie"));
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Ok(Reply::Exchange(Exchange {
        method,
        path: at.path,
        query: at.query,
        status,
        headers,
        body: body.unwrap_or_default(),
    }))
}

/// Whether the browser says so: Chromium or Safari.
fn is_cached(entry: &Node<'_>) -> bool {
    let kind = entry.get("_fetchType").and_then(|kind| kind.text().ok());
    entry.get("_fromCache").is_some() || kind.is_some_and(|kind| kind.contains("Cache"))
}

fn is_login(response: &Node<'_>, headers: &[(&str, &str)]) -> Result<bool, Problem> {
    let target = match header(headers, "location") {
        Some(target) => target,
        None => response.get("redirectURL").map_or(Ok(""), |url| url.text())?,
    };
    let path = target.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    Ok(path == "login" || path.ends_with("/login"))
}

/// The text of the content as bytes; none if there is no text.
fn kept(content: Option<&Node<'_>>) -> Result<Option<Vec<u8>>, Problem> {
    let Some(content) = content else { return Ok(None) };
    let is_base64 = match content.get("encoding") {
        None => false,
        Some(encoding) => match encoding.text()? {
            "" => false,
            name if name.eq_ignore_ascii_case("base64") => true,
            _ => return Err(encoding.wrong("must be base64, or missing")),
        },
    };
    let Some(text) = content.get("text") else { return Ok(None) };
    if !is_base64 {
        return Ok(Some(text.text()?.as_bytes().to_vec()));
    }
    let digits: String = text.text()?.split_ascii_whitespace().collect();
    STANDARD.decode(digits).map(Some).map_err(|_| text.wrong("is not base64"))
}

/// Why the body is not what the server sent, if that is so.
fn lost(response: &Node<'_>, method: &str, status: u16, kept: Option<&[u8]>) -> Result<Option<&'static str>, Problem> {
    const LOST: &str = "responses whose body the browser did not keep";
    const CUT: &str = "responses of whose body the browser kept only a part";
    let headers = response.pairs("headers")?;
    // Sizes are often unknown.
    let size = |node: Option<Node<'_>>| node.and_then(|size| size.number().ok()).unwrap_or(-1);
    let length = size(response.get("content").and_then(|content| content.get("size")));
    match kept {
        Some([]) | None => {
            let has_none = method == "HEAD" || matches!(status, 100..200 | 204 | 205);
            let declared = header(&headers, "content-length").and_then(|length| length.trim().parse::<u64>().ok());
            let is_sent = size(response.get("bodySize")) > 0 || declared.is_some_and(|length| length > 0);
            Ok((!has_none && (length > 0 || (kept.is_none() && is_sent))).then_some(LOST))
        }
        Some(bytes) => {
            let is_shorter = usize::try_from(length).is_ok_and(|length| bytes.len() < length);
            let is_json = header(&headers, "content-type").is_some_and(|media| media.contains("json"));
            Ok((is_shorter && is_json && serde_json::from_slice::<IgnoredAny>(bytes).is_err()).then_some(CUT))
        }
    }
}

fn header<'a>(headers: &[(&str, &'a str)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
}
