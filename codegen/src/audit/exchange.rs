//! A request, and what a server answered.

/// A request to a server, and its response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// The request's method, in capitals.
    pub method: String,
    /// The path behind the server's address, such as `/api/timesheets/3`, as it was sent.
    pub path: String,
    /// The parameters of the query, decoded.
    pub query: Vec<(String, String)>,
    /// The status of the response.
    pub status: u16,
    /// The headers of the response.
    pub headers: Vec<(String, String)>,
    /// The body of the response; empty if there is none.
    pub body: Vec<u8>,
}

impl Exchange {
    /// The first header of this name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The path and query of the request.
    #[must_use]
    pub fn target(&self) -> String {
        let mut target = self.path.clone();
        for (index, (name, value)) in self.query.iter().enumerate() {
            target.push(if index == 0 { '?' } else { '&' });
            target += name;
            target.push('=');
            target += value;
        }
        target
    }

    /// The method and the first part of the path, such as `GET /api/tags/…`: the rest may hold names.
    pub(super) fn beginning(&self) -> String {
        let mut segments = self.path.split('/').skip(1);
        let first: Vec<&str> = segments.by_ref().take(2).collect();
        let rest = if segments.next().is_some() { "/…" } else { "" };
        format!("{} /{}{rest}", self.method, first.join("/"))
    }
}
