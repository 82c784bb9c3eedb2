/// Why an address cannot be the server's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the address of the server cannot be used: {problem}")]
pub struct InvalidBaseUrl {
    pub(crate) problem: &'static str,
}

/// Why a request cannot be built.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidRequest {
    /// A segment of the path would lead to another path.
    #[error("{segment:?} cannot be segment {number} of a path below /api/: it would lead elsewhere")]
    PathSegment {
        /// The number of the segment, counted from 1.
        number: usize,
        /// The segment.
        segment: String,
    },

    /// A filter without values, which a server takes for no filter.
    #[error("the list for {name} is empty, which the server would take for no filter: give values, or leave it out")]
    EmptyFilter {
        /// The parameter.
        name: &'static str,
    },

    /// A value that cannot stand in a list with commas.
    #[error(
        "{value:?} cannot stand in {name}, which is written as a list with commas: the server would read other values"
    )]
    Comma {
        /// The parameter.
        name: &'static str,
        /// The value.
        value: String,
    },

    /// A filter with many values which takes only one.
    #[error("{name} takes one value only")]
    OnlyOne {
        /// The parameter.
        name: &'static str,
    },

    /// A header's value cannot be sent.
    #[error("the value for the header {name} holds characters that cannot stand there")]
    Header {
        /// The header.
        name: String,
    },

    /// A file's media type is none.
    #[error("{text:?} is no media type; write it like application/pdf")]
    MediaType {
        /// What was given.
        text: String,
    },

    /// The body cannot be written.
    #[error("the body cannot be written: {problem}")]
    Body {
        /// What is wrong.
        problem: String,
    },

    /// It is no HTTP request.
    #[error("it is no HTTP request: {problem}")]
    Http {
        /// What is wrong.
        problem: String,
    },
}
