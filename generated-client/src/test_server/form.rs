//! Forms: which properties a release reads, how it reads them, and what it says of errors.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use serde_json::{Map, Value, json};

use super::colors;
use super::message::{BAD_REQUEST, BROKEN, Refusal};
use super::object::is_since;
use crate::Release;

/// How a property is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// Text, or nothing.
    Text,
    /// Text of at least two characters.
    Name,
    Flag,
    /// An amount of money.
    Money,
    /// `H:MM`, `H:MM:SS`, or a number of hours.
    Hours,
    /// A color of the palette.
    Color,
    /// The id of an object.
    Id,
    /// A local date and time.
    Moment,
    /// A date, which must have a time.
    Day,
    /// A date, with or without a time.
    PlainDay,
    /// Texts with commas between them.
    Words,
    /// Not read any further.
    Json,
}

/// A property of a form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) input: Input,
    since: [u32; 3],
    until: Option<[u32; 3]>,
    is_required: bool,
}

impl Field {
    pub(super) const fn new(name: &'static str, input: Input) -> Self {
        Self { name, input, since: [0, 0, 0], until: None, is_required: false }
    }

    /// A null, or an empty text, is an error.
    pub(super) const fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    pub(super) const fn since(self, since: [u32; 3]) -> Self {
        Self { since, ..self }
    }

    pub(super) const fn until(self, until: [u32; 3]) -> Self {
        Self { until: Some(until), ..self }
    }

    pub(super) fn is_in(&self, release: Release) -> bool {
        is_since(release, self.since) && self.until.is_none_or(|end| !is_since(release, end))
    }
}

/// The value of a property.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Given {
    Nothing,
    Text(String),
    Flag(bool),
    Number(f64),
    Seconds(i64),
    Id(u64),
    Moment(Timestamp),
    Day(Date),
    Words(Vec<String>),
    Json(Value),
}

/// A form that was filled in.
#[derive(Debug)]
pub(super) struct Form {
    release: Release,
    fields: Vec<Field>,
    given: Vec<(&'static str, Given)>,
    /// Errors of the form as a whole.
    errors: Vec<String>,
    field_errors: Vec<(&'static str, String)>,
}

/// The body as JSON.
pub(super) fn body(bytes: &[u8]) -> Result<Value, Refusal> {
    serde_json::from_slice(bytes).map_err(|_| BAD_REQUEST)
}

impl Form {
    /// Reads a body. Local times are in the given zone.
    pub(super) fn read(release: Release, fields: Vec<Field>, bytes: &[u8], zone: &TimeZone) -> Result<Self, Refusal> {
        let object = if bytes.is_empty() { Value::Object(Map::new()) } else { body(bytes)? };
        let object = match object {
            Value::Object(object) => object,
            // PHP reads an empty array as an empty object.
            Value::Array(array) if array.is_empty() => Map::new(),
            _ => return Err(BAD_REQUEST),
        };
        let fields: Vec<Field> = fields.into_iter().filter(|field| field.is_in(release)).collect();
        let mut form = Self { release, fields, given: Vec::new(), errors: Vec::new(), field_errors: Vec::new() };
        for (name, value) in &object {
            let Some(field) = form.fields.iter().find(|field| field.name == name).copied() else {
                form.fail("This form should not contain extra fields.");
                continue;
            };
            match form.given_as(field, value, zone) {
                Ok(given) => form.given.push((field.name, given)),
                Err(message) => form.fail_at(field.name, message),
            }
        }
        Ok(form)
    }

    fn given_as(&self, field: Field, value: &Value, zone: &TimeZone) -> Result<Given, &'static str> {
        if value.is_null() {
            return Ok(Given::Nothing);
        }
        let text = match value {
            Value::String(text) => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(if *flag { "1" } else { "" }.to_owned()),
            _ => None,
        };
        if field.input == Input::Json {
            return Ok(Given::Json(value.clone()));
        }
        let text = text.ok_or("This value is not valid.")?;
        if field.input == Input::Flag {
            return Ok(Given::Flag(!matches!(text.as_str(), "" | "0" | "false")));
        }
        if text.is_empty() {
            return Ok(Given::Nothing);
        }
        match field.input {
            Input::Text | Input::Name => Ok(Given::Text(text)),
            Input::Words => Ok(Given::Words(words(&text))),
            Input::Money => number(&text).map(Given::Number).ok_or_else(|| self.wording(Wording::Money)),
            Input::Hours => seconds(&text).map(Given::Seconds).ok_or_else(|| self.wording(Wording::Other)),
            Input::Color if colors::is_in_palette(&text) => Ok(Given::Text(text)),
            Input::Id => id(&text).map(Given::Id).ok_or_else(|| self.wording(Wording::Choice)),
            Input::Moment => moment(&text, zone).map(Given::Moment).ok_or_else(|| self.wording(Wording::Moment)),
            Input::Day | Input::PlainDay => {
                let day = day(&text, field.input == Input::PlainDay);
                day.map(Given::Day).ok_or_else(|| self.wording(Wording::Day))
            }
            Input::Color | Input::Flag | Input::Json => Err(self.wording(Wording::Choice)),
        }
    }

    /// Adds an error of the form as a whole.
    pub(super) fn fail(&mut self, message: &str) {
        if !self.errors.iter().any(|known| known == message) {
            self.errors.push(message.to_owned());
        }
    }

    /// Adds an error of a property.
    pub(super) fn fail_at(&mut self, name: &'static str, message: &str) {
        self.field_errors.push((name, message.to_owned()));
    }

    /// Says that the value of a property is none of those which are allowed.
    pub(super) fn fail_choice(&mut self, name: &'static str) {
        self.fail_at(name, self.wording(Wording::Choice));
    }

    pub(super) fn has_failed_at(&self, name: &str) -> bool {
        self.field_errors.iter().any(|(field, _)| *field == name)
    }

    pub(super) fn get(&self, name: &str) -> Option<&Given> {
        self.given.iter().rev().find(|(key, _)| *key == name).map(|(_, given)| given)
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Given::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn id(&self, name: &str) -> Option<u64> {
        match self.get(name)? {
            Given::Id(id) => Some(*id),
            _ => None,
        }
    }

    /// A number; null counts as none.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        match self.get(name)? {
            Given::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn seconds(&self, name: &str) -> Option<i64> {
        match self.get(name)? {
            Given::Seconds(seconds) => Some(*seconds),
            _ => None,
        }
    }

    /// A flag; null counts as false.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        match self.get(name)? {
            Given::Flag(flag) => Some(*flag),
            _ => Some(false),
        }
    }

    /// Requires a name; `is_new` if the object is not there yet.
    pub(super) fn require_name(&mut self, name: &'static str, is_new: bool) {
        let is_given = self.get(name).is_some();
        match self.text(name) {
            Some(text) if text.chars().count() < 2 => {
                self.fail_at(name, "This value is too short. It should have 2 characters or more.");
            }
            None if is_new || is_given => self.fail_at(name, "This value should not be blank."),
            _ => {}
        }
    }

    /// As [`Form::require_name`], for the forms that fail with a server error if the name is emptied.
    pub(super) fn require_name_or_break(&mut self, name: &'static str) -> Result<(), Refusal> {
        if self.get(name) == Some(&Given::Nothing) {
            return Err(BROKEN);
        }
        self.require_name(name, false);
        Ok(())
    }

    /// Writes the properties that are stored as they are shown.
    pub(super) fn store(&self, names: &[&str], into: &mut Map<String, Value>) {
        for (name, given) in &self.given {
            if !names.contains(name) {
                continue;
            }
            let value = match given {
                Given::Nothing => Value::Null,
                Given::Text(text) => json!(text),
                Given::Flag(flag) => json!(flag),
                Given::Number(number) => json!(number),
                Given::Seconds(seconds) => json!(seconds),
                Given::Id(id) => json!(id),
                Given::Day(day) => json!(day.to_string()),
                Given::Moment(moment) => json!(moment.to_string()),
                Given::Words(words) => json!(words),
                Given::Json(value) => value.clone(),
            };
            into.insert((*name).to_owned(), value);
        }
    }

    /// Returns an error if something is wrong with the form.
    pub(super) fn check(&mut self) -> Result<(), Refusal> {
        for field in self.fields.clone() {
            let is_empty = field.is_required && self.get(field.name) == Some(&Given::Nothing);
            if is_empty && !self.has_failed_at(field.name) {
                self.fail_at(field.name, "This value should not be blank.");
            }
        }
        if self.errors.is_empty() && self.field_errors.is_empty() {
            return Ok(());
        }
        let mut children = Map::new();
        for field in &self.fields {
            let own = self.field_errors.iter().filter(|(name, _)| *name == field.name);
            let messages: Vec<&str> = own.map(|(_, message)| message.as_str()).collect();
            let child = if messages.is_empty() { json!({}) } else { json!({"errors": messages}) };
            children.insert(field.name.to_owned(), child);
        }
        let mut errors = json!({"children": children});
        if let (false, Some(errors)) = (self.errors.is_empty(), errors.as_object_mut()) {
            errors.insert("errors".to_owned(), json!(self.errors));
        }
        Err(Refusal::Form(errors))
    }

    fn wording(&self, what: Wording) -> &'static str {
        let release = self.release;
        if !is_since(release, [2, 0, 0]) {
            return "This value is not valid.";
        }
        let is_new = is_since(release, [2, 35, 0]);
        match (what, is_new) {
            (Wording::Choice, _) => "The selected choice is invalid.",
            (Wording::Money, true) => "This value is not a valid money amount.",
            (Wording::Money, false) => "Please enter a valid money amount.",
            (Wording::Moment, true) => "This value is not a valid date and time.",
            (Wording::Moment, false) => "Please enter a valid date and time.",
            (Wording::Day, true) => "This value is not a valid date.",
            (Wording::Day, false) => "Please enter a valid date.",
            (Wording::Other, _) => "This value is not valid.",
        }
    }
}

#[derive(Clone, Copy)]
enum Wording {
    Choice,
    Money,
    Moment,
    Day,
    Other,
}

pub(super) fn words(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// An HTML5 local date and time, with or without seconds, or a time with an offset.
pub(super) fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    if !text.contains([':']) {
        return None;
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment);
    }
    if let Ok(moment) = ZonedDateTime::strptime("%Y-%m-%dT%H:%M:%S%z", text) {
        return Some(moment.timestamp());
    }
    let local: DateTime = text.parse().ok()?;
    // As PHP: the first of two hours, and the hour after a gap.
    zone.to_ambiguous_zoned_datetime(local).compatible().ok().map(|zoned| zoned.timestamp())
}

/// A number with few enough digits to be exact.
fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && digits.len() <= 15;
    if is_number { text.parse().ok() } else { None }
}

/// Digits only.
pub(super) fn id(text: &str) -> Option<u64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// `10:30` and `2:00:00`, or a number of hours, as seconds.
fn seconds(text: &str) -> Option<i64> {
    if !text.contains(':') {
        let hours = number(text).filter(|hours| (0.0..1e9).contains(hours))?;
        #[allow(clippy::cast_possible_truncation, reason = "the range was checked")]
        return Some((hours * 3600.0).round() as i64);
    }
    if text.split(':').count() > 3 {
        return None;
    }
    let mut total: i64 = 0;
    for (part, unit) in text.split(':').zip([3600, 60, 1]) {
        total += i64::from(part.parse::<u32>().ok()?) * unit;
    }
    Some(total)
}

fn day(text: &str, is_plain: bool) -> Option<Date> {
    match text.parse::<Date>() {
        Ok(date) if !text.contains('T') => is_plain.then_some(date),
        _ => moment(text, &TimeZone::UTC).map(|moment| moment.to_zoned_datetime(TimeZone::UTC).date()),
    }
}
