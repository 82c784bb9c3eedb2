//! Query parameters, with the values that a release takes.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::form::id;
use super::message::{BAD_REQUEST, Call, NOT_FOUND, Refusal, Reply};
use super::object::is_since;
use crate::Release;

/// Reads the query of a request.
pub(super) struct Query<'a> {
    pub(super) call: &'a Call,
    pub(super) release: Release,
}

/// One page of a list.
pub(super) struct PageOf<T> {
    pub(super) rows: Vec<T>,
    number: usize,
    size: usize,
    total: usize,
}

impl<'a> Query<'a> {
    /// A parameter that has one of a few values.
    pub(super) fn choice(&self, name: &str, allowed: &[&str]) -> Result<Option<&'a str>, Refusal> {
        match self.call.parameter(name) {
            None | Some("") => Ok(None),
            Some(value) if allowed.contains(&value) => Ok(Some(value)),
            Some(_) => Err(BAD_REQUEST),
        }
    }

    /// A flag that is written as 0 or 1.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        Ok(self.choice(name, &["0", "1"])?.map(|value| value == "1"))
    }

    /// A flag that is written as 0, 1, true or false. 1.x takes only true, and 2.0 takes every value as true.
    pub(super) fn wide_flag(&self, name: &str) -> Result<bool, Refusal> {
        let allowed: &[&str] = if is_since(self.release, [2, 0, 0]) { &["0", "1", "true", "false"] } else { &["true"] };
        let is_literal = is_since(self.release, [2, 1, 0]);
        Ok(self.choice(name, allowed)?.is_some_and(|value| !is_literal || matches!(value, "1" | "true")))
    }

    pub(super) fn number(&self, name: &str) -> Result<Option<u64>, Refusal> {
        match self.call.parameter(name) {
            None | Some("") => Ok(None),
            Some(value) => id(value).map(Some).ok_or(BAD_REQUEST),
        }
    }

    /// One id, and ids as a list: with brackets since 2.0, with commas before. The other dialect is refused.
    pub(super) fn ids(&self, one: &str, many: &str) -> Result<Vec<u64>, Refusal> {
        let mut ids: Vec<u64> = self.number(one)?.into_iter().collect();
        ids.extend(self.many_ids(many)?);
        Ok(ids)
    }

    /// Ids as a list, see [`Query::ids`].
    pub(super) fn many_ids(&self, name: &str) -> Result<Vec<u64>, Refusal> {
        self.texts(name)?.iter().map(|text| id(text).ok_or(BAD_REQUEST)).collect()
    }

    /// Texts in the dialect of the release, see [`Query::ids`].
    pub(super) fn texts(&self, name: &str) -> Result<Vec<String>, Refusal> {
        let with_brackets = format!("{name}[]");
        let is_new = is_since(self.release, [2, 0, 0]);
        let other = if is_new { name } else { &with_brackets };
        if self.call.parameter(other).is_some() {
            return Err(BAD_REQUEST);
        }
        if is_new {
            return Ok(self.call.parameters(&with_brackets).into_iter().map(str::to_owned).collect());
        }
        Ok(self.call.parameter(name).map(super::form::words).unwrap_or_default())
    }

    /// A date and time without offset, in the given zone.
    pub(super) fn moment(&self, name: &str, zone: &TimeZone) -> Result<Option<Timestamp>, Refusal> {
        let Some(text) = self.call.parameter(name).filter(|text| !text.is_empty()) else { return Ok(None) };
        let local = DateTime::strptime("%Y-%m-%dT%H:%M:%S", text).map_err(|_| BAD_REQUEST)?;
        let moment = zone.to_ambiguous_zoned_datetime(local).compatible().map_err(|_| BAD_REQUEST)?;
        Ok(Some(moment.timestamp()))
    }

    /// The field to sort by, and whether the order is descending.
    pub(super) fn order(&self, fields: &[&'static str], is_descending: bool) -> Result<(&'a str, bool), Refusal>
    where
        'static: 'a,
    {
        let by = self.choice("orderBy", fields)?.or_else(|| fields.first().copied()).unwrap_or("id");
        let order = self.choice("order", &["ASC", "DESC"])?;
        Ok((by, order.map_or(is_descending, |order| order == "DESC")))
    }

    /// Whether visible objects are wanted, and whether hidden ones. 1.x takes any number.
    pub(super) fn visibility(&self) -> Result<(bool, bool), Refusal> {
        let visible = if is_since(self.release, [2, 0, 0]) {
            self.choice("visible", &["1", "2", "3"])?
        } else {
            self.number("visible")?.and(self.call.parameter("visible"))
        };
        Ok(match visible {
            Some("2") => (false, true),
            Some("3") => (true, true),
            _ => (true, false),
        })
    }

    /// The requested page of a list. A page after the last one is an error.
    pub(super) fn page<T>(&self, rows: Vec<T>) -> Result<PageOf<T>, Refusal> {
        let read = |name: &str| self.number(name).map(|number| usize::try_from(number.unwrap_or(0)).unwrap_or(0));
        let number = read("page")?.max(1);
        let mut size = match read("size")? {
            0 => 50,
            size => size,
        };
        if is_since(self.release, [2, 42, 0]) {
            size = size.min(500);
        }
        let total = rows.len();
        let skipped = size.saturating_mul(number - 1);
        if number > 1 && skipped >= total {
            return Err(NOT_FOUND);
        }
        let rows = rows.into_iter().skip(skipped).take(size).collect();
        Ok(PageOf { rows, number, size, total })
    }
}

impl<T> PageOf<T> {
    /// The list, with the headers that tell of the pages since 2.0.
    pub(super) fn reply(&self, release: Release, show: impl Fn(&T) -> serde_json::Value) -> Reply {
        let reply = Reply::json(&self.rows.iter().map(show).collect());
        if !is_since(release, [2, 0, 0]) {
            return reply;
        }
        let pages = self.total.div_ceil(self.size).max(1);
        reply
            .header("x-page", &self.number.to_string())
            .header("x-total-count", &self.total.to_string())
            .header("x-total-pages", &pages.to_string())
            .header("x-per-page", &self.size.to_string())
    }
}

/// Whether a text has a search term, whatever the case.
pub(super) fn has_term(text: &str, term: &str) -> bool {
    text.to_lowercase().contains(&term.to_lowercase())
}
