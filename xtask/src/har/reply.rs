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
    if status == 304 || entry.get("_fromCache").is_some() {
        return nothing("responses from the browser's cache");
    }
    let headers = response.pairs("headers")?;
    if matches!(status, 301 | 302 | 303 | 307 | 308) && is_login(&response, &headers)? {
        return nothing("redirects to the login page");
    }
    let body = match body(&response, &method, status, &headers)? {
        Ok(body) => body,
        Err(reason) => return nothing(reason),
    };
    // Cookies are secret, and no document describes them.
    let headers = headers.into_iter().filter(|(name, _)| !name.eq_ignore_ascii_case("set-cookie"));
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Ok(Reply::Exchange(Exchange { method, path: at.path, query: at.query, status, headers, body }))
}

fn is_login(response: &Node<'_>, headers: &[(&str, &str)]) -> Result<bool, Problem> {
    let target = match header(headers, "location") {
        Some(target) => target,
        None => response.get("redirectURL").map_or(Ok(""), |url| url.text())?,
    };
    let path = target.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    Ok(path == "login" || path.ends_with("/login"))
}

/// The body, or why it is not in the file.
fn body(
    response: &Node<'_>,
    method: &str,
    status: u16,
    headers: &[(&str, &str)],
) -> Result<Result<Vec<u8>, &'static str>, Problem> {
    const LOST: &str = "responses whose body the browser did not keep";
    let size = |node: Option<Node<'_>>| node.map_or(Ok(-1), |size| size.number());
    let content = response.get("content");
    let text = content.as_ref().and_then(|content| content.get("text"));
    let length = match content.as_ref() {
        Some(content) => size(content.get("size"))?,
        None => -1,
    };
    let is_base64 = match content.as_ref().and_then(|content| content.get("encoding")) {
        None => false,
        Some(encoding) => match encoding.text()? {
            "" => false,
            name if name.eq_ignore_ascii_case("base64") => true,
            _ => return Err(encoding.wrong("must be base64, or missing")),
        },
    };
    let bytes = match &text {
        None => Vec::new(),
        Some(text) if is_base64 => {
            let digits: String = text.text()?.split_ascii_whitespace().collect();
            STANDARD.decode(digits).map_err(|_| text.wrong("is not base64"))?
        }
        Some(text) => text.text()?.as_bytes().to_vec(),
    };
    if !bytes.is_empty() {
        // A browser may keep only the beginning of a long body.
        let is_shorter = usize::try_from(length).is_ok_and(|length| bytes.len() < length);
        let is_json = header(headers, "content-type").is_some_and(|media| media.contains("json"));
        if is_shorter && is_json && serde_json::from_slice::<IgnoredAny>(&bytes).is_err() {
            return Ok(Err("responses of whose body the browser kept only a part"));
        }
        return Ok(Ok(bytes));
    }
    let has_none = method == "HEAD" || matches!(status, 100..200 | 204 | 205);
    let declared = header(headers, "content-length").and_then(|length| length.trim().parse::<u64>().ok());
    let is_lost = length > 0
        || (text.is_none() && (size(response.get("bodySize"))? > 0 || declared.is_some_and(|length| length > 0)));
    Ok(if is_lost && !has_none { Err(LOST) } else { Ok(bytes) })
}

fn header<'a>(headers: &[(&str, &'a str)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
}
