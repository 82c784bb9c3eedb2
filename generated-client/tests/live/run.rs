//! Steps: a request, what it found, and what went wrong.

use std::any::Any;
use std::fmt::Display;
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt as _;
use generated_client::{Client, Error};

use crate::log::Log;

/// How many objects of a list are read one by one.
const DETAILS: usize = 50;

/// A run against one server.
pub(crate) struct Run {
    pub(crate) log: Log,
    /// Whether nothing is written: then the user may lack permissions, and others may change the server meanwhile.
    pub(crate) only_reads: bool,
}

/// How a step ended, if it did not succeed.
enum Trouble {
    /// The release does not have what was asked for.
    Skipped(String),
    /// The user may not do it.
    Forbidden(String),
    /// It does not exist.
    Gone(String),
    Failed(String),
}

impl Run {
    /// Does one step, and logs what it found. A failed assertion is a failure of the step.
    pub(crate) async fn step<T, S: Into<String>>(
        &mut self,
        operation: &str,
        request: impl IntoFuture<Output = Result<T, Error>>,
        found: impl FnOnce(&T) -> S,
    ) -> Option<T> {
        let attempt = async {
            let value = request.await?;
            let found = found(&value).into();
            Ok((value, found))
        };
        match outcome(attempt).await {
            Ok((value, found)) => {
                self.log.found(operation, &found);
                Some(value)
            }
            Err(trouble) => {
                self.note(operation, trouble);
                None
            }
        }
    }

    /// Does a step that the server has to refuse, and logs what is to be seen of the error.
    pub(crate) async fn refused<T, S: Into<String>>(
        &mut self,
        operation: &str,
        request: impl IntoFuture<Output = Result<T, Error>>,
        seen: impl FnOnce(&Error) -> S,
    ) {
        let attempt = async {
            match request.await {
                Ok(_) => panic!("the server accepted what it should refuse"),
                Err(error) if is_missing(&error) => Err(error),
                Err(error) => Ok(seen(&error).into()),
            }
        };
        match outcome(attempt).await {
            Ok(seen) => self.log.found(operation, &seen),
            Err(trouble) => self.note(operation, trouble),
        }
    }

    /// Does a step for each of some ids, also after failures. Logs how many there were.
    pub(crate) async fn each<I, T, F>(
        &mut self,
        operation: &str,
        ids: &[I],
        request: impl Fn(I) -> F,
        check: impl Fn(I, &T),
    ) where
        I: Copy + Display,
        F: IntoFuture<Output = Result<T, Error>>,
    {
        let (mut done, mut forbidden, mut gone) = (0, 0, 0);
        for id in ids.iter().copied().take(DETAILS) {
            let attempt = async {
                check(id, &request(id).await?);
                Ok(())
            };
            match outcome(attempt).await {
                Ok(()) => done += 1,
                Err(Trouble::Forbidden(_)) if self.only_reads => forbidden += 1,
                Err(Trouble::Gone(_)) if self.only_reads => gone += 1,
                Err(Trouble::Failed(problem) | Trouble::Forbidden(problem) | Trouble::Gone(problem)) => {
                    self.note(operation, Trouble::Failed(format!("id {id}: {problem}")));
                }
                // It is the same for all ids.
                Err(missing @ Trouble::Skipped(_)) => {
                    self.note(operation, missing);
                    return;
                }
            }
        }
        if ids.is_empty() {
            self.log.skipped(&format!("{operation}: there is nothing to ask for"));
        } else {
            let counts = [(forbidden, "not permitted"), (gone, "deleted meanwhile")];
            let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!(", {count} {what}"));
            self.log.found(operation, &format!("{done} of {}{}", ids.len(), counts.collect::<String>()));
        }
    }

    /// Does a step that has its line in the log only if it fails.
    pub(crate) async fn quietly<T>(
        &mut self,
        operation: &str,
        request: impl IntoFuture<Output = Result<T, Error>>,
    ) -> Option<T> {
        match outcome(request.into_future()).await {
            Ok(value) => Some(value),
            Err(Trouble::Skipped(_)) => None,
            Err(trouble) => {
                self.note(operation, trouble);
                None
            }
        }
    }

    fn note(&mut self, operation: &str, trouble: Trouble) {
        match trouble {
            Trouble::Skipped(reason) => self.log.skipped(&reason),
            Trouble::Forbidden(reason) if self.only_reads => {
                self.log.skipped(&format!("{operation}: not permitted: {reason}"));
            }
            Trouble::Forbidden(problem) | Trouble::Gone(problem) | Trouble::Failed(problem) => {
                self.log.failed(operation, &problem);
            }
        }
    }
}

/// Waits for a step, and tells its ends apart.
async fn outcome<T>(attempt: impl Future<Output = Result<T, Error>>) -> Result<T, Trouble> {
    match AssertUnwindSafe(attempt).catch_unwind().await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) if is_missing(&error) => Err(Trouble::Skipped(error.to_string())),
        Ok(Err(error)) if error.is_forbidden() => Err(Trouble::Forbidden(format!("{error:#}"))),
        Ok(Err(error)) if error.is_not_found() => Err(Trouble::Gone(format!("{error:#}"))),
        Ok(Err(error)) => Err(Trouble::Failed(format!("{error:#}"))),
        Err(panic) => Err(Trouble::Failed(message(&*panic))),
    }
}

/// Whether the client knows that the release does not have the operation, parameter or field.
fn is_missing(error: &Error) -> bool {
    matches!(error, Error::Unsupported(unsupported) if unsupported.missing().is_some())
}

/// The message of a failed assertion.
pub(crate) fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("a panic without a message").to_owned()
}

/// The log of a server: its release, or its address before that is known.
pub(crate) fn log_of(kimai: &Client, secrets: Vec<String>) -> Log {
    let server =
        kimai.server_version().map_or_else(|| kimai.base_url().to_string(), |release| format!("Kimai {release}"));
    Log::new(server, secrets)
}
