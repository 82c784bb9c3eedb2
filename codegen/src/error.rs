use std::fmt;

use crate::{Pointer, Release};

/// Why a document cannot become a client.
///
/// Every variant names the place and says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There are no bytes, or only white space.
    #[error("the document is empty: use the JSON or YAML document that the server's API page shows")]
    Empty,

    /// The document is larger than any real one.
    #[error("the document is larger than the limit of {limit} bytes: check that it is an API document")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },

    /// The bytes are a web page.
    #[error(
        "the document is a web page (HTML), probably a login page: download the API document itself \
         in a browser session that is logged in"
    )]
    Html,

    /// The bytes are neither well-formed JSON nor YAML.
    #[error("the document is not well-formed {format} at {pointer}: {message}")]
    Syntax {
        /// `JSON` or `YAML`.
        format: &'static str,
        /// The innermost value that was being read.
        pointer: Pointer,
        /// The parser's message, with line and column.
        message: String,
    },

    /// An object contains the same key twice, so one of the values would be lost.
    #[error("{pointer}: duplicate key; remove one of the two")]
    DuplicateKey {
        /// The key's place.
        pointer: Pointer,
    },

    /// The document is neither OpenAPI 3.0, nor OpenAPI 3.1, nor Swagger 2.0.
    #[error(
        "{found} is not supported: the document must declare \"openapi\": \"3.0.x\", \"openapi\": \"3.1.x\" or \
         \"swagger\": \"2.0\""
    )]
    Version {
        /// What the document declares.
        found: String,
    },

    /// A value does not have the shape that OpenAPI 3.0 defines.
    #[error("{pointer}: {problem}")]
    Malformed {
        /// The place.
        pointer: Pointer,
        /// What is wrong, and what is expected.
        problem: String,
    },

    /// An overlay file cannot be read.
    #[error("overlay {file}: {problem}")]
    OverlayFile {
        /// The overlay's file name.
        file: String,
        /// What is wrong.
        problem: String,
    },

    /// An action of an overlay cannot be applied.
    #[error("overlay {file}, action {action}, target {target}: {problem}")]
    OverlayAction {
        /// The overlay's file name.
        file: String,
        /// The number of the action, counted from 1.
        action: usize,
        /// The action's JSONPath.
        target: String,
        /// What is wrong, and what to do.
        problem: String,
    },

    /// The history file cannot be read.
    #[error("{file}: {problem}")]
    HistoryFile {
        /// The file's name.
        file: String,
        /// What is wrong.
        problem: String,
    },

    /// An entry of the history file contradicts the documents.
    #[error("history: {what}: {problem}")]
    HistoryEntry {
        /// The subject of the entry.
        what: String,
        /// What is wrong, and what to do.
        problem: String,
    },

    /// A `$ref` leads nowhere.
    #[error("{pointer}: {target} does not exist; correct the reference or add its target")]
    UnresolvedReference {
        /// The place of the reference.
        pointer: Pointer,
        /// Where it points.
        target: String,
    },

    /// A chain of `$ref`s comes back to where it began.
    #[error("{pointer}: circular reference: {}", chain.join(" → "))]
    CyclicReference {
        /// The place of the first reference.
        pointer: Pointer,
        /// The references in the order in which they were followed.
        chain: Vec<String>,
    },

    /// The document uses something that has no equivalent in the generated client.
    #[error("{pointer}: {what} cannot be generated; {instead}")]
    Unsupported {
        /// The place.
        pointer: Pointer,
        /// What is not supported.
        what: String,
        /// What to write instead.
        instead: String,
    },

    /// Two paths that differ only in the names of their parameters have the same method.
    #[error("{pointer} and {other} are the same operation; remove one of the two")]
    DuplicateOperation {
        /// The second place.
        pointer: Pointer,
        /// The first place.
        other: Pointer,
    },

    /// Two different things would get the same name.
    #[error("{pointer} and {other} would both be called {name}; {instead}")]
    NameConflict {
        /// The second place.
        pointer: Pointer,
        /// The first place.
        other: Pointer,
        /// The name that both would get.
        name: String,
        /// What to do.
        instead: &'static str,
    },

    /// Two releases declare the same part in ways that one client cannot express.
    #[error(
        "{place}: {what} of Kimai {older} and {newer} cannot be expressed by one client; correct one of the two \
         documents with an overlay"
    )]
    ReleasesDiffer {
        /// The operation, by method and path, or the name of the type.
        place: String,
        /// What differs.
        what: Difference,
        /// The older release.
        older: Box<Release>,
        /// The newest release that has it.
        newer: Box<Release>,
    },

    /// A source file that uses the client is not valid Rust.
    #[error("{file}: not valid Rust: {problem}")]
    InvalidSource {
        /// The file.
        file: String,
        /// The message of the parser.
        problem: String,
    },

    /// The generated code is not valid Rust: a defect of this generator.
    #[error("{file}: the generated code is not valid Rust ({problem}); please report this together with the document")]
    InvalidCode {
        /// The generated file.
        file: String,
        /// The parser's message.
        problem: String,
    },

    /// The generated code has something of another form than expected: a defect of this generator.
    #[error("{place}: the generated code has {what}; please report this together with the document")]
    UnknownCode {
        /// The generated file or item.
        place: String,
        /// What is not expected.
        what: String,
    },
}

/// What releases declare in different ways.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// The response of an operation.
    Response,
    /// The response of its variant with related objects in place of ids.
    Full,
    /// The body of an operation.
    Body,
    /// The parameter with this name in Rust.
    Parameter(String),
    /// The kind of a type: an object, a form, a list of values, or one of several types.
    Kind,
    /// The alternatives of a type.
    Alternatives,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Response => f.write_str("the responses"),
            Self::Full => f.write_str("the full responses"),
            Self::Body => f.write_str("the bodies"),
            Self::Parameter(name) => write!(f, "the parameters '{name}'"),
            Self::Kind => f.write_str("the kinds of type"),
            Self::Alternatives => f.write_str("the discriminators of the alternatives"),
        }
    }
}
