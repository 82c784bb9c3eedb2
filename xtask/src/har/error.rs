use codegen::{Pointer, Release};

/// Why a file is no recording.
///
/// No variant holds a text of the file, except addresses without their query.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HarError {
    #[error("{name}: larger than {limit} bytes: record fewer pages, or export only the requests to /api/")]
    TooLarge { name: String, limit: usize },

    #[error("{name}: not UTF-8: export the requests as HAR again, and do not convert the file")]
    NotUtf8 { name: String },

    #[error("{name}: incomplete: the JSON ends early: export the requests as HAR again")]
    Incomplete { name: String },

    #[error(
        "{name}: not JSON (line {line}, column {column}): export the requests as HAR, in the network tab of the \
         browser's developer tools"
    )]
    NotJson { name: String, line: usize, column: usize },

    #[error(
        "{name}: {} {problem}, so this is no HAR: export the requests as HAR, in the network tab of the browser's \
         developer tools",
        shown(pointer)
    )]
    NotHar { name: String, pointer: Pointer, problem: &'static str },

    #[error("{name}: {pointer} {problem}: export the requests again, or remove this entry from the file")]
    Entry { name: String, pointer: Pointer, problem: &'static str },

    #[error(
        "{name}: has responses of Kimai {first} and of Kimai {second} from {address}: export each server on its own"
    )]
    Releases { name: String, address: String, first: Release, second: Release },

    #[error("{name}: no request has /api/ in its path: use Kimai while you record")]
    NoApi { name: String },

    #[error("--base: not a URL: use the address of Kimai's start page, such as https://kimai.example.com")]
    InvalidBase,

    #[error("{name}: no request to the server of --base; it has requests to {}", known.join(", "))]
    UnknownBase { name: String, known: Vec<String> },
}

fn shown(pointer: &Pointer) -> &str {
    if pointer.as_str().is_empty() { "the JSON" } else { pointer.as_str() }
}
