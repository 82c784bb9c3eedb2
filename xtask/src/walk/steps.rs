//! The steps of a walk.

use codegen::api::{Answer, Api, Operation};
use codegen::audit::Exchange;

use super::IDS;
use super::ids::Ids;
use super::pace::Pace;
use super::plan::{self, Target};
use crate::server::{Connection, ServerError};

/// How many failed requests in a row end the walk.
const FAILURES: usize = 3;

/// An operation on the way.
pub(super) struct Visit<'a> {
    pub(super) operation: &'a Operation,
    /// The requests with ids that were sent.
    tried: Vec<Target>,
    /// How many responses there are.
    pub(super) answered: usize,
    /// Why there was no response.
    problem: Option<String>,
}

impl<'a> Visit<'a> {
    pub(super) fn new(operation: &'a Operation) -> Self {
        Self { operation, tried: Vec::new(), answered: 0, problem: None }
    }
}

/// A walk.
pub(super) struct Steps<'a> {
    pub(super) connection: &'a Connection,
    pub(super) api: &'a Api,
    pub(super) pace: Pace,
    pub(super) each: &'a mut dyn FnMut(Exchange),
    pub(super) ids: Ids,
    pub(super) answered: usize,
    /// How many requests failed since the last success.
    pub(super) failures: usize,
    pub(super) stopped: Option<ServerError>,
}

impl Steps<'_> {
    /// Lists and single things: plain, their second page, and with objects in place of ids.
    pub(super) fn without_ids(&mut self, visits: &mut [Visit<'_>]) {
        for visit in visits.iter_mut().filter(|visit| plan::kinds(visit.operation).is_empty()) {
            for target in plan::targets(self.api, visit.operation, &self.ids, IDS) {
                let second = self.send(visit, &target, &visit.operation.answer);
                if let Some(second) = second {
                    self.send(visit, &second, &visit.operation.answer);
                }
                self.full(visit, &target);
            }
        }
    }

    /// What requires ids: each operation with one, then each with the next. Responses may show ids of further kinds.
    pub(super) fn with_ids(&mut self, visits: &mut [Visit<'_>]) {
        for round in 0..IDS {
            let mut is_progress = true;
            while is_progress {
                is_progress = false;
                for visit in visits.iter_mut().filter(|visit| !plan::kinds(visit.operation).is_empty()) {
                    if visit.tried.len() > round {
                        continue;
                    }
                    // Responses since the last round may show further ids.
                    let targets = plan::targets(self.api, visit.operation, &self.ids, IDS);
                    let Some(target) = targets.into_iter().find(|target| !visit.tried.contains(target)) else {
                        continue;
                    };
                    visit.tried.push(target.clone());
                    is_progress = true;
                    self.send(visit, &target, &visit.operation.answer);
                    self.full(visit, &target);
                }
            }
        }
    }

    /// Why an operation has no response.
    pub(super) fn reason(&self, visit: &Visit<'_>) -> String {
        if let Some(problem) = &visit.problem {
            return problem.clone();
        }
        if self.stopped.is_some() {
            return "the walk ended early".to_owned();
        }
        if self.pace.is_spent() {
            return format!("all {} requests of --max-requests were spent", self.pace.sent());
        }
        match plan::kinds(visit.operation).first() {
            Some(kind) => format!("no response shows an id of the kind {kind}"),
            None => "requires a value that is not known".to_owned(),
        }
    }

    fn full(&mut self, visit: &mut Visit<'_>, target: &Target) {
        if let Some(full) = &visit.operation.full {
            self.send(visit, &target.with(&full.wire, &full.value), &full.answer);
        }
    }

    /// Sends a request; returns the target of the next page, if it is one of a list.
    fn send(&mut self, visit: &mut Visit<'_>, target: &Target, answer: &Answer) -> Option<Target> {
        if self.stopped.is_some() || !self.pace.next() {
            return None;
        }
        let exchange = match self.connection.get(&target.path, &target.query) {
            Ok(exchange) => exchange,
            Err(error) => {
                if let ServerError::TooLarge { limit, .. } = error {
                    visit.problem = Some(format!("the response is longer than {limit} bytes"));
                    self.failures = 0;
                } else {
                    visit.problem = Some(error.to_string());
                    self.failed(error);
                }
                return None;
            }
        };
        self.answered += 1;
        visit.answered += 1;
        if exchange.status == 429 {
            self.failed(ServerError::TooManyRequests { url: self.connection.address() });
        } else {
            self.failures = 0;
        }
        if exchange.status == 200
            && let Some(ty) = answer.json()
            && let Ok(value) = serde_json::from_slice(&exchange.body)
        {
            self.ids.collect(self.api, ty, matches!(answer, Answer::Page(_)), &value);
        }
        let second = plan::second_page(visit.operation, target, &exchange);
        (self.each)(exchange);
        second
    }

    fn failed(&mut self, error: ServerError) {
        self.failures += 1;
        if self.failures >= FAILURES {
            self.stopped = Some(error);
        }
    }
}
