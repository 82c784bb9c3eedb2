//! Dates, times of day and durations, as time trackers write them.

use generated_client::jiff::SignedDuration;
use generated_client::jiff::civil::{self, Date, Time};

/// The forms of dates that are tried.
const DATES: [&str; 2] = ["%Y-%m-%d", "%d.%m.%Y"];

/// How dates are written.
#[derive(Clone, Debug)]
pub(crate) struct DateFormat(String);

/// Reads the option `--date-format`: a format that has day, month and year.
///
/// # Errors
///
/// Returns an error if it does not describe a date.
pub(crate) fn date_format(text: &str) -> Result<DateFormat, String> {
    let sample = civil::date(2026, 11, 28);
    let written = generated_client::jiff::fmt::strtime::format(text, sample);
    let is_good = written.is_ok_and(|written| Date::strptime(text, written).is_ok_and(|read| read == sample));
    if is_good { Ok(DateFormat(text.to_owned())) } else { Err("expected a format such as %m/%d/%Y".to_owned()) }
}

/// Reads a date.
pub(crate) fn date(text: &str, format: Option<&DateFormat>) -> Result<Date, String> {
    let read = |format: &str| Date::strptime(format, text).ok().filter(|date| date.year() >= 1970);
    match format {
        Some(DateFormat(format)) => read(format)
            .ok_or_else(|| format!("{text:?} is not a date of the form {format}, which --date-format asks for")),
        None => DATES.into_iter().find_map(read).ok_or_else(|| {
            format!(
                "{text:?} is not a date like 2026-11-02 or 02.11.2026; set another form with --date-format, such as \
                 %m/%d/%Y"
            )
        }),
    }
}

/// Reads a time of day: `9:00`, `09:00:00` or `9:00 AM`.
pub(crate) fn time(text: &str) -> Result<Time, String> {
    let upper = text.to_uppercase();
    let forms = ["%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%I:%M:%S%p", "%I:%M%p"];
    let time = forms.into_iter().find_map(|form| Time::strptime(form, &upper).ok());
    time.ok_or_else(|| format!("{text:?} is not a time of day like 9:00, 09:00:00 or 9:00 AM"))
}

/// Reads the option `--begin`.
///
/// # Errors
///
/// Returns an error if it is not a time of day, in whole minutes.
pub(crate) fn begin(text: &str) -> Result<Time, String> {
    let time = time(text)?;
    if time.second() == 0 { Ok(time) } else { Err("Kimai keeps whole minutes".to_owned()) }
}

/// Reads a duration, in whole minutes: `5.25`, `5,25`, `5:15`, `5:15:00` or `1h 30m`.
pub(crate) fn duration(text: &str) -> Result<SignedDuration, String> {
    let seconds = with_units(text).or_else(|| with_colons(text)).or_else(|| hours(text));
    let seconds =
        seconds.ok_or_else(|| format!("{text:?} is not a duration like 5.25, 5,25, 5:15, 5:15:00 or 1h 30m"))?;
    if seconds > 86_400.0 {
        return Err(format!("the duration {text:?} is longer than a day"));
    }
    #[allow(clippy::cast_possible_truncation, reason = "it is not longer than a day")]
    let minutes = (seconds / 60.0).round() as i64;
    if minutes < 1 {
        return Err(format!("the duration {text:?} is shorter than a minute"));
    }
    Ok(SignedDuration::from_mins(minutes))
}

/// `1h 30m`, `1h30m`, `90m`, `1.5h`, `20s`.
fn with_units(text: &str) -> Option<f64> {
    let text: String = text.to_lowercase().split_whitespace().collect();
    let (mut total, mut rest, mut smallest) = (0.0, text.as_str(), f64::INFINITY);
    while !rest.is_empty() {
        let (digits, after) = rest.split_at(rest.find(|char: char| char.is_alphabetic())?);
        let end = after.find(|char: char| !char.is_alphabetic()).unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        let seconds = match unit {
            "h" | "hr" | "hrs" | "hour" | "hours" => 3600.0,
            "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
            "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
            _ => return None,
        };
        // Units in another order, or twice, are a mistake.
        if seconds >= smallest {
            return None;
        }
        smallest = seconds;
        total += decimal(digits)? * seconds;
        rest = after;
    }
    (smallest < f64::INFINITY).then_some(total)
}

/// `5:15` or `5:15:00`.
fn with_colons(text: &str) -> Option<f64> {
    let parts: Vec<&str> = text.split(':').collect();
    let (hours, minutes, seconds) = match parts.as_slice() {
        [hours, minutes] => (hours, minutes, &"00"),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return None,
    };
    let number = |text: &str| -> Option<u32> {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { text.parse().ok() } else { None }
    };
    let sixtieth = |text: &str| number(text).filter(|part| *part < 60 && text.len() == 2);
    Some(f64::from(number(hours)?) * 3600.0 + f64::from(sixtieth(minutes)?) * 60.0 + f64::from(sixtieth(seconds)?))
}

/// `5.25` or `5,25`.
fn hours(text: &str) -> Option<f64> {
    Some(decimal(text)? * 3600.0)
}

fn decimal(text: &str) -> Option<f64> {
    let text = text.replace(',', ".");
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_number { text.parse().ok() } else { None }
}
