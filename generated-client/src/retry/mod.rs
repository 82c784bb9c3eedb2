//! When a call is tried again, and after what time.

mod budget;
mod policy;
mod run;

pub(crate) use budget::Budget;
pub use policy::RetryPolicy;
pub(crate) use run::Retries;
