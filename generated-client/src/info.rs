use reqwest::Method;

use crate::history::History;

/// The properties of an operation, without its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Info {
    /// See [`Operation::NAME`](crate::operation::Operation::NAME).
    pub name: &'static str,
    /// See [`Operation::METHOD`](crate::operation::Operation::METHOD).
    pub method: Method,
    /// See [`Operation::PATH`](crate::operation::Operation::PATH).
    pub path: &'static str,
    /// See [`Operation::PERMISSIONS`](crate::operation::Operation::PERMISSIONS).
    pub permissions: &'static [&'static [&'static str]],
    /// See [`Operation::INTERNAL`](crate::operation::Operation::INTERNAL).
    pub internal: bool,
    /// See [`Operation::DEPRECATED`](crate::operation::Operation::DEPRECATED).
    pub deprecated: bool,
    /// See [`Operation::PLUGIN`](crate::operation::Operation::PLUGIN).
    pub plugin: bool,
    /// See [`Operation::WRITES`](crate::operation::Operation::WRITES).
    pub writes: bool,
    /// See [`Operation::HISTORY`](crate::operation::Operation::HISTORY).
    pub history: &'static History,
}
