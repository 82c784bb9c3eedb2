//! Formats of text.

/// The value of `x-kimai-answer-format` for `2026-11-02T08:00:00+0100`: ISO 8601 with an offset in the basic format.
pub(super) const BASIC_OFFSET: &str = "date-time-basic-offset";

/// A format that this module recognizes, by its name in documents.
pub(super) fn of(text: &str) -> &'static str {
    match shape(text).as_str() {
        shape if shape.starts_with("0000-00-00") && !has_possible_numbers(text) => "other",
        "0000-00-00" => "date",
        "0000-00-00T00:00:00" => "local-date-time",
        shape if is_rfc_3339(shape) => "date-time",
        "0000-00-00T00:00:00+0000" => BASIC_OFFSET,
        "#hhhhhh" => "color",
        _ => "other",
    }
}

/// Whether text has the format; formats that are not known here are not checked.
pub(super) fn has(format: &str, text: &str) -> bool {
    match format {
        "date" | "date-time" | BASIC_OFFSET => of(text) == format,
        // Servers send seconds, which are no text.
        "duration" => false,
        "color" => text.is_empty() || of(text) == format,
        "country-code" => text.is_empty() || (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())),
        "currency-code" => text.is_empty() || (text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())),
        _ => true,
    }
}

/// Whether month, day, time and offset are within their limits. The shape is known.
fn has_possible_numbers(text: &str) -> bool {
    let is_within = |at: usize, least: u8, most: u8| {
        text.get(at..at + 2)
            .is_none_or(|number| number.parse().is_ok_and(|number: u8| (least..=most).contains(&number)))
    };
    let is_time = |at: usize| is_within(at, 0, 23) && is_within(at + 3, 0, 59);
    let offset = text.get(19..).and_then(|rest| rest.find(['+', '-']).and_then(|at| rest.get(at + 1..)));
    let has_offset = offset.is_none_or(|offset| {
        let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
        digits.parse().is_ok_and(|number: u16| number / 100 <= 23 && number % 100 <= 59)
    });
    // RFC 3339, section 5.6: a leap second is the second 60.
    is_within(5, 1, 12) && is_within(8, 1, 31) && is_time(11) && is_within(17, 0, 60) && has_offset
}

/// Digits as 0, signs of an offset as +; behind `#`, hexadecimal digits as h.
fn shape(text: &str) -> String {
    if let Some(digits) = text.strip_prefix('#')
        && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    {
        return format!("#{}", "h".repeat(digits.len()));
    }
    // A sign stands for an offset only behind the time.
    let has_time = |at: usize| text.get(..at).is_some_and(|before| before.contains('T'));
    text.char_indices()
        .map(|(at, c)| match c {
            c if c.is_ascii_digit() => '0',
            '-' if has_time(at) => '+',
            c => c,
        })
        .collect()
}

/// RFC 3339, section 5.6.
fn is_rfc_3339(shape: &str) -> bool {
    let Some(rest) = shape.strip_prefix("0000-00-00T00:00:00") else { return false };
    let rest = match rest.strip_prefix('.') {
        Some(fraction) if fraction.starts_with('0') => fraction.trim_start_matches('0'),
        _ => rest,
    };
    matches!(rest, "Z" | "+00:00")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_recognized() {
        for (text, format) in [
            ("2026-11-02", "date"),
            ("2026-11-02T08:00:00", "local-date-time"),
            ("2026-11-02T08:00:00Z", "date-time"),
            ("2026-11-02T08:00:00.125-05:00", "date-time"),
            ("2026-11-02T08:00:00+0100", BASIC_OFFSET),
            ("2026-11-02T08:00:00-0330", BASIC_OFFSET),
            ("2026-11-02T08:00:00.", "other"),
            ("2026-11-02 08:00", "other"),
            ("0000-00-00", "other"),
            ("2026-13-01", "other"),
            ("2026-12-32", "other"),
            ("2026-12-31T24:00:00Z", "other"),
            ("2026-12-31T23:60:00Z", "other"),
            ("2026-12-31T23:59:60Z", "date-time"),
            ("2026-12-31T23:59:61", "other"),
            ("2026-12-31T23:59:59+9900", "other"),
            ("2026-12-31T23:59:59.5+01:60", "other"),
            ("#ff00AA", "color"),
            ("", "other"),
            ("ä", "other"),
        ] {
            assert_eq!(of(text), format, "{text}");
        }
    }

    #[test]
    fn known_formats_are_checked() {
        for (format, text, expected) in [
            ("date", "2026-11-02", true),
            ("date", "2026-11-02T08:00:00+0100", false),
            ("date-time", "2026-11-02T08:00:00+01:00", true),
            ("date-time", "2026-11-02T08:00:00+0100", false),
            (BASIC_OFFSET, "2026-11-02T08:00:00+0100", true),
            (BASIC_OFFSET, "2026-11-02T08:00:00+01:00", false),
            ("color", "#ff00aa", true),
            ("color", "#fff", false),
            ("color", "red", false),
            ("country-code", "DE", true),
            ("country-code", "de", false),
            ("currency-code", "EUR", true),
            ("currency-code", "€", false),
            ("duration", "2:00", false),
            ("some-format", "anything", true),
        ] {
            assert_eq!(has(format, text), expected, "{format} {text}");
        }
    }
}
