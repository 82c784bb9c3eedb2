//! Compares responses that are not successful: which there are, and whether their content is the same.

use super::collector::{Collector, Entry};
use super::compare::Comparer;
use super::exchange::Both;
use crate::diff::catalogue::{Kind, Part};
use crate::diff::subject::Subject;

impl<'a> Both<'_, 'a> {
    pub(super) fn errors(&self, comparer: &mut Comparer<'a>, collector: &mut Collector) {
        let (old, new) = (&self.old.errors, &self.new.errors);
        let subject = Subject::operation(&self.old.title, "");
        let mut add = |kind, status: &str, [before, after]: [bool; 2]| {
            let place = |is_there: bool| is_there.then_some(status);
            let entry = Entry::new(subject.clone(), kind, place(before), place(after));
            let pointers = self.pointers(&format!("/responses/{status}"));
            let [one, other] = pointers.each_ref().map(std::slice::from_ref);
            let pointers = [if before { one } else { &[] }, if after { other } else { &[] }];
            collector.add(Part::ErrorResponse, Some((self.key, self.old)), entry, pointers);
        };
        for (status, before) in old {
            let Some(after) = new.get(status) else {
                add(Kind::Removed, status, [true, false]);
                continue;
            };
            let mut inside = Collector::default();
            self.answer(comparer, [before, after], &subject, [&[], &[]], &mut inside);
            if !inside.is_empty() {
                add(Kind::ContentChanged, status, [true, true]);
            }
        }
        for status in new.keys().filter(|status| !old.contains_key(*status)) {
            add(Kind::Added, status, [false, true]);
        }
    }
}
