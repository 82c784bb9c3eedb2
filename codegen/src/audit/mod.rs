//! Compares what servers answered with the document.

mod exchange;

pub use exchange::Exchange;
