use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// The wait that `Retry-After` asks for, in seconds or as a date (RFC 9110 section 10.2.3).
///
/// A date is compared with the `Date` header if there is one, so that a wrong clock on one side does no harm.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are a long time, too.
        return Some(text.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let now = date(headers, &DATE).unwrap_or_else(SystemTime::now);
    Some(until.duration_since(now).unwrap_or_default())
}

fn date(headers: &HeaderMap, name: &HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(name)?.to_str().ok()?.trim()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(retry_after: &str, date: Option<&'static str>) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, retry_after.parse().unwrap());
        if let Some(date) = date {
            headers.insert(DATE, date.parse().unwrap());
        }
        super::retry_after(&headers)
    }

    #[test]
    fn retry_after_in_seconds_and_as_a_date() {
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        let date = Some("Fri, 20 Nov 2026 10:00:00 GMT");
        assert_eq!(read("7", None), seconds(7));
        assert_eq!(read(" 0 ", None), seconds(0));
        assert_eq!(read("Fri, 20 Nov 2026 10:01:30 GMT", date), seconds(90));
        assert_eq!(read("Friday, 20-Nov-26 10:01:30 GMT", date), seconds(90));
        assert_eq!(read("Fri, 20 Nov 2026 09:00:00 GMT", date), seconds(0));
        assert_eq!(read("Sun, 06 Nov 1994 08:49:37 GMT", None), seconds(0));
        assert!(read("Mon, 20 Nov 2226 10:00:00 GMT", None).unwrap() > Duration::from_hours(24 * 365 * 100));
    }

    #[test]
    fn retry_after_that_says_nothing_or_too_much() {
        for text in ["", "soon", "-1", "1.5", "1e3", "0x10", "Fri, 99 Nov 2026 10:00:00 GMT"] {
            assert_eq!(read(text, None), None, "{text}");
        }
        assert_eq!(read("99999999999999999999999999", None), Some(Duration::MAX));
        assert_eq!(read("18446744073709551615", None), Some(Duration::from_secs(u64::MAX)));
        assert_eq!(super::retry_after(&HeaderMap::new()), None);
    }
}
