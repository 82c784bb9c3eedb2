/// Why a base URL cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the base URL cannot be used: {problem}")]
pub struct InvalidBaseUrl {
    pub(crate) problem: &'static str,
}

/// Why a request could not be built.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidRequest {
    /// An argument would lead to another path: it is empty, `.` or `..`, or contains control characters.
    #[error("{segment:?} cannot be segment {number} of a path below /api/: it would lead to another path")]
    PathSegment {
        /// The number of the segment, counted from 1.
        number: usize,
        /// The segment.
        segment: String,
    },

    /// An argument would lead to another path, like [`PathSegment`](Self::PathSegment), for a path that is not below
    /// `/api/`.
    #[error("{segment:?} cannot be segment {number} of a path of the server: it would lead to another path")]
    ServerPathSegment {
        /// The number of the segment, counted from 1.
        number: usize,
        /// The segment.
        segment: String,
    },

    /// The list for a filter is empty, which servers treat as no filter.
    #[error("the list for {name} is empty, which the server would treat as no filter; add values, or do not set it")]
    EmptyFilter {
        /// The parameter.
        name: &'static str,
    },

    /// A value contains a comma or is empty, and its list is written with commas.
    #[error(
        "{value:?} cannot be a value of {name}, whose values are separated by commas: the server would read others"
    )]
    Comma {
        /// The parameter.
        name: &'static str,
        /// The value.
        value: String,
    },

    /// A value contains the separator of its list, other than a comma, or is empty.
    #[error(
        "{value:?} cannot be a value of {name}, whose values are separated by {separator:?}: the server would read others"
    )]
    Separator {
        /// The parameter.
        name: &'static str,
        /// The value.
        value: String,
        /// What separates the values.
        separator: char,
    },

    /// There are several values for a parameter that accepts one.
    #[error("{name} accepts only one value")]
    OnlyOne {
        /// The parameter.
        name: &'static str,
    },

    /// The value of a parameter cannot be written in the format of the parameter.
    #[error("the parameter {name} cannot be sent: {problem}")]
    Parameter {
        /// The parameter.
        name: String,
        /// What is wrong.
        problem: String,
    },

    /// A cookie contains characters that cookies must not contain.
    #[error("the cookie {name} contains characters that cookies must not contain")]
    Cookie {
        /// The cookie.
        name: String,
    },

    /// A cookie is reserved: it is a cookie of the session in the credentials.
    #[error("the cookie {name} is reserved; it belongs to the session of the credentials")]
    ReservedCookie {
        /// The cookie.
        name: String,
    },

    /// A header contains characters that HTTP does not allow.
    #[error("the header {name} contains characters that HTTP does not allow")]
    Header {
        /// The header.
        name: String,
    },

    /// A header is reserved: it carries credentials, or controls the connection.
    #[error("the header {name} is reserved; the client sets it, or omits it, itself")]
    ReservedHeader {
        /// The header.
        name: String,
    },

    /// The media type of a file is not valid.
    #[error("{text:?} is not a media type; write it like application/pdf")]
    MediaType {
        /// The invalid media type.
        text: String,
    },

    /// The body could not be encoded.
    #[error("the body could not be encoded: {problem}")]
    Body {
        /// What is wrong.
        problem: String,
    },

    /// The HTTP library rejected the request.
    #[error("the request is not valid: {problem}")]
    Http {
        /// What is wrong.
        problem: String,
    },
}
