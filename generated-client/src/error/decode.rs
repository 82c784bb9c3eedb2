/// How much of a body an error shows.
const EXCERPT: usize = 200;

/// Why an answer cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the answer cannot be read{}: {problem}{}", at(path), shows(excerpt))]
pub struct DecodeError {
    path: String,
    problem: String,
    excerpt: String,
}

impl DecodeError {
    pub(crate) fn empty() -> Self {
        Self { path: String::new(), problem: "it is empty where JSON is due".to_owned(), excerpt: String::new() }
    }

    pub(crate) fn html(body: &[u8]) -> Self {
        let problem = "it is a web page where JSON is due: is this the address of a Kimai, and not of a login page or \
                       proxy?"
            .to_owned();
        Self { path: String::new(), problem, excerpt: excerpt(body) }
    }

    pub(crate) fn json(error: &serde_path_to_error::Error<serde_json::Error>, body: &[u8]) -> Self {
        let path = error.path().to_string();
        let path = if path == "." { String::new() } else { path };
        Self { path, problem: error.inner().to_string(), excerpt: excerpt(body) }
    }

    pub(crate) fn trailing(error: &serde_json::Error, body: &[u8]) -> Self {
        Self { path: String::new(), problem: error.to_string(), excerpt: excerpt(body) }
    }

    /// For operations that are defined by hand and read answers of their own.
    #[must_use]
    pub fn new(problem: impl Into<String>) -> Self {
        Self { path: String::new(), problem: problem.into(), excerpt: String::new() }
    }

    /// The place in the JSON, such as `[3].project.start`; empty for the whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong.
    #[must_use]
    pub fn problem(&self) -> &str {
        &self.problem
    }

    /// The beginning of the body.
    #[must_use]
    pub fn excerpt(&self) -> &str {
        &self.excerpt
    }
}

fn at(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!(" at {path}") }
}

fn shows(excerpt: &str) -> String {
    if excerpt.is_empty() { String::new() } else { format!("; it begins with {excerpt}") }
}

fn excerpt(body: &[u8]) -> String {
    let start = body.get(..body.len().min(EXCERPT)).unwrap_or_default();
    let mut text = String::from_utf8_lossy(start).into_owned();
    if body.len() > EXCERPT {
        text.push('…');
    }
    text
}
