use hyper::body::Bytes;

/// The body of a request, or why there is none.
pub(crate) enum Body {
    Whole(Bytes),
    TooLarge,
    Broken,
}
