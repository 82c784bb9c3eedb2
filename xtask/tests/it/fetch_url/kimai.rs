//! The responses of Kimai releases at their login and API pages.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::{API_PASSWORD, PASSWORD, TOKEN, USER};
use crate::server::{Reply, Request, Server};

/// The CSRF token of the login form, and how a page writes it.
const CSRF_TOKEN: (&str, &str) = ("canary+csrf&\"token\"", "canary&#x2B;csrf&amp;&quot;token&quot;");

/// The cookie of who came to the login page, and that of who logged in.
const COOKIES: (&str, &str) = ("PHPSESSID=canary-anonymous", "PHPSESSID=canary-session");

/// Where the page `/api/doc` has the document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Page {
    /// A script with only JSON; `/api/doc.json` exists as well.
    Data,
    /// A script that assigns it; `/api/doc.json` does not exist.
    Assignment,
}

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visitor {
    Nobody,
    Api,
    Session,
}

type Answer = Box<dyn Fn(&Request) -> Reply + Send>;

/// A Kimai to be started.
pub(crate) struct Kimai {
    release: &'static str,
    number: (u32, u32),
    document: String,
    folder: &'static str,
    page: Page,
    others: BTreeMap<&'static str, Answer>,
}

impl Kimai {
    /// A release with its document.
    pub(crate) fn new(release: &'static str, document: impl Into<String>) -> Self {
        let mut numbers = release.split('.').map(|number| number.parse().unwrap());
        let number = (numbers.next().unwrap(), numbers.next().unwrap());
        let page = if number < (2, 35) { Page::Data } else { Page::Assignment };
        Self { release, number, document: document.into(), folder: "", page, others: BTreeMap::new() }
    }

    /// The same in a folder of the server, such as `/kimai`.
    pub(crate) fn in_folder(mut self, folder: &'static str) -> Self {
        self.folder = folder;
        self
    }

    /// The same with another response to one request; the path is relative to the folder.
    pub(crate) fn answering(mut self, line: &'static str, answer: impl Fn(&Request) -> Reply + Send + 'static) -> Self {
        self.others.insert(line, Box::new(answer));
        self
    }

    /// The same with another response each time.
    pub(crate) fn with(self, line: &'static str, reply: Reply) -> Self {
        self.answering(line, move |_| reply.clone())
    }

    pub(crate) fn start(self) -> Server {
        Server::start(move |request| self.answer(request))
    }

    /// Responds to a request.
    pub(crate) fn answer(&self, request: &Request) -> Reply {
        let (method, path) = request.line.split_once(' ').unwrap();
        let Some(path) = path.strip_prefix(self.folder) else {
            return Reply::html(404, "<h1>Not Found</h1><p>nginx</p>");
        };
        let line = format!("{method} {path}");
        if let Some(answer) = self.others.get(line.as_str()) {
            return answer(request);
        }
        match (line.as_str(), self.visitor(request)) {
            ("GET /en/login", _) => login_page(),
            ("POST /en/login_check", _) => self.log_in(request),
            ("GET /api/version", Visitor::Nobody) => not_logged_in(self.number),
            ("GET /api/version", Visitor::Session)
                if self.number < (2, 14) && request.header("x-auth-session").is_none() =>
            {
                not_logged_in(self.number)
            }
            // A session begins, which a client with API credentials is not to keep.
            ("GET /api/version", _) => Reply::json(200, self.version()).header("Set-Cookie", "PHPSESSID=canary-api"),
            ("GET /api/doc.json", _) if self.page == Page::Assignment => not_found(),
            ("GET /api/doc.json", Visitor::Session) => Reply::json(200, self.document.as_str()),
            ("GET /api/doc", Visitor::Session) => self.page(),
            ("GET /api/doc" | "GET /api/doc.json", _) => {
                self.to(request, "/en/login").header("Set-Cookie", &format!("{}; path=/; httponly", COOKIES.0))
            }
            _ => not_found(),
        }
    }

    /// A redirect as Kimai writes them, with the name under which it was asked.
    fn to(&self, request: &Request, path: &str) -> Reply {
        Reply::to(&format!("http://{}{}{path}", request.header("host").unwrap(), self.folder))
    }

    fn visitor(&self, request: &Request) -> Visitor {
        let header = |name| request.header(name).unwrap_or_default();
        let bearer = header("authorization") == format!("Bearer {TOKEN}") && self.number >= (2, 14);
        if bearer || (header("x-auth-user"), header("x-auth-token")) == (USER, API_PASSWORD) {
            Visitor::Api
        } else if header("cookie") == COOKIES.1 {
            Visitor::Session
        } else {
            Visitor::Nobody
        }
    }

    fn log_in(&self, request: &Request) -> Reply {
        let fields = form(&request.body);
        let field = |name| fields.get(name).map(String::as_str);
        let credentials = [field("_username"), field("_password"), field("_csrf_token")];
        let is_in = credentials == [Some(USER), Some(PASSWORD), Some(CSRF_TOKEN.0)]
            && request.header("cookie") == Some(COOKIES.0)
            && request.header("content-type") == Some("application/x-www-form-urlencoded");
        let (path, cookie) = if is_in { ("/en/dashboard", COOKIES.1) } else { ("/en/login", COOKIES.0) };
        self.to(request, path).header("Set-Cookie", &format!("{cookie}; path=/; httponly; samesite=lax"))
    }

    fn version(&self) -> String {
        let (release, (major, minor)) = (self.release, self.number);
        let more = if major == 1 {
            format!(r#""candidate":"stable","semver":"{release}-stable","name":"Ducks!","#)
        } else {
            String::new()
        };
        format!(r#"{{"version":"{release}","versionId":{major}{minor:02}00,{more}"copyright":"Kimai {release} by …"}}"#)
    }

    fn page(&self) -> Reply {
        let document = self.document.replace("</", "<\\/");
        let script = match self.page {
            Page::Data => format!(
                r#"<div id="swagger-ui"></div><script id="swagger-data" type="application/json">{{"spec":{document}}}</script>"#
            ),
            // The page writes empty objects as empty arrays.
            Page::Assignment => format!(
                "<elements-api id=\"docs\"></elements-api><script>const docs = document.getElementById('docs'); \
                 docs.apiDescriptionDocument = {{\"spec\":{}}}.spec;</script>",
                document.replace("{}", "[]")
            ),
        };
        Reply::html(200, &script)
    }
}

/// The login page.
pub(crate) fn login_page() -> Reply {
    let form = LOGIN_FORM.replace("TOKEN", CSRF_TOKEN.1);
    Reply::html(200, &form).header("Set-Cookie", &format!("{}; path=/; httponly; samesite=lax", COOKIES.0))
}

/// The login form, with `TOKEN` where the CSRF token stands.
pub(crate) const LOGIN_FORM: &str = r#"<form action="/en/search"><input name="q"></form>
    <form action="/en/login_check" method="post"><input type="hidden" name="_csrf_token" value="TOKEN">
    <input type="text" name="_username" value=""><input type="password" name="_password"></form>"#;

fn not_logged_in((major, minor): (u32, u32)) -> Reply {
    if (major, minor) < (2, 14) {
        return Reply::json(403, r#"{"message":"Authentication required, missing user header: X-AUTH-USER"}"#);
    }
    Reply::json(401, r#"{"message":"Unauthorized"}"#)
}

fn not_found() -> Reply {
    Reply::json(404, r#"{"code":404,"message":"Not Found"}"#)
}

/// The fields of a form.
fn form(body: &str) -> BTreeMap<String, String> {
    let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8().unwrap().into_owned();
    body.split('&')
        .filter_map(|field| field.split_once('='))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}
