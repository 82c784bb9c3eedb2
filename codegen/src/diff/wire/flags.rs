//! Compares what an operation declares besides its parameters, body and responses.

use std::collections::BTreeSet;

use super::collector::{Collector, Entry};
use super::document::Operation;
use super::exchange::Both;
use crate::diff::catalogue::{Kind, Part};
use crate::diff::subject::Subject;

impl<'a> Both<'_, 'a> {
    pub(super) fn flags(&self, told: &BTreeSet<&String>, collector: &mut Collector) {
        let mut add = |kind, old: Option<String>, new: Option<String>| {
            let entry = Entry { subject: Subject::operation(&self.old.title, ""), kind, old, new };
            collector.add(
                Part::Operation,
                Some((self.key, self.old)),
                entry,
                self.pointers("").each_ref().map(std::slice::from_ref),
            );
        };
        match (self.old.deprecated, self.new.deprecated) {
            (false, true) => add(Kind::Deprecated, None, None),
            (true, false) => add(Kind::Reactivated, None, None),
            _ => {}
        }
        let listed = |texts: Vec<&String>| {
            let texts: Vec<&str> = texts.into_iter().map(String::as_str).collect();
            Some(if texts.is_empty() { "none".to_owned() } else { texts.join(", ") })
        };
        if self.old.permissions != self.new.permissions {
            let all = |operation: &Operation<'_>| listed(operation.permissions.iter().collect());
            add(Kind::PermissionsChanged, all(self.old), all(self.new));
        }
        // Added and removed authentication methods are reported once for all operations.
        let accepted = |operation: &'_ Operation<'a>| -> BTreeSet<BTreeSet<String>> {
            operation.schemes.iter().filter(|one| !one.iter().any(|scheme| told.contains(scheme))).cloned().collect()
        };
        let (before, after) = (accepted(self.old), accepted(self.new));
        if before != after && !self.old.schemes.is_empty() && !self.new.schemes.is_empty() {
            let all = |operation: &Operation<'_>| {
                let texts: Vec<String> = operation.schemes.iter().map(credentials).collect();
                listed(texts.iter().collect())
            };
            // Clients may send more than what is required.
            let is_enough =
                !before.is_empty() && before.iter().all(|one| after.iter().any(|other| other.is_subset(one)));
            let kind = if is_enough { Kind::AuthenticationWidened } else { Kind::AuthenticationChanged };
            add(kind, all(self.old), all(self.new));
        }
        if self.old.servers != self.new.servers {
            let all = |operation: &Operation<'_>| listed(operation.servers.iter().collect());
            add(Kind::ServersChanged, all(self.old), all(self.new));
        }
        if self.old.id != self.new.id {
            add(Kind::IdChanged, self.old.id.map(str::to_owned), self.new.id.map(str::to_owned));
        }
        if self.old.tags != self.new.tags {
            let all = |operation: &Operation<'_>| {
                let tags: Vec<&str> = operation.tags.iter().copied().collect();
                Some(if tags.is_empty() { "none".to_owned() } else { tags.join(", ") })
            };
            add(Kind::TagsChanged, all(self.old), all(self.new));
        }
        let pointers = self.pointers("");
        let pointers = pointers.each_ref().map(std::slice::from_ref);
        let subject = Subject::operation(&self.old.title, "");
        self.rest(Part::Operation, [&self.old.rest, &self.new.rest], &subject, pointers, collector);
    }
}

/// The credentials that a call requires, as text.
fn credentials(schemes: &BTreeSet<String>) -> String {
    let schemes: Vec<&str> = schemes.iter().map(String::as_str).collect();
    if schemes.is_empty() { "nobody".to_owned() } else { schemes.join(" and ") }
}
