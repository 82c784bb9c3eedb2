//! The requests that the page offers.

use generated_client::Client;
use generated_client::operation::{Info, Operation};
use generated_client::operations::{activities, config, customers, projects, system, timesheets, users};
use serde::Serialize;

use crate::answer::{self, Answer};
use crate::pages::Session;

/// A request, as the page shows it.
#[derive(Serialize)]
pub(crate) struct Call {
    name: &'static str,
    title: &'static str,
    method: String,
    path: &'static str,
}

impl Call {
    /// None if the release of the server does not have it.
    fn of<O: Operation>(client: &Client, title: &'static str) -> Option<Self> {
        let info = Info::of::<O>();
        let call = Self { name: info.name, title, method: info.method.to_string(), path: info.path };
        client.supports::<O>().then_some(call)
    }
}

/// The requests that the server has.
pub(crate) fn all(client: &Client) -> Vec<Call> {
    let calls = [
        Call::of::<system::Ping>(client, "Ping"),
        Call::of::<system::Version>(client, "Version"),
        Call::of::<timesheets::List>(client, "Timesheets"),
        Call::of::<activities::List>(client, "Activities"),
        Call::of::<projects::List>(client, "Projects"),
        Call::of::<customers::List>(client, "Customers"),
        Call::of::<users::Me>(client, "Own user"),
        Call::of::<config::I18n>(client, "Formats"),
    ];
    calls.into_iter().flatten().collect()
}

/// Sends the request with this name; none if there is none.
pub(crate) async fn send(session: &Session, name: &str) -> Option<Answer> {
    let (kimai, credential) = (&session.client, &session.credential);
    let answer = match name {
        system::Ping::NAME => answer::of(kimai, credential, kimai.system().ping()).await,
        system::Version::NAME => answer::of(kimai, credential, kimai.system().version()).await,
        timesheets::List::NAME => answer::of(kimai, credential, kimai.timesheets().list()).await,
        activities::List::NAME => answer::of(kimai, credential, kimai.activities().list()).await,
        projects::List::NAME => answer::of(kimai, credential, kimai.projects().list()).await,
        customers::List::NAME => answer::of(kimai, credential, kimai.customers().list()).await,
        users::Me::NAME => answer::of(kimai, credential, kimai.users().me()).await,
        config::I18n::NAME => answer::of(kimai, credential, kimai.config().i18n()).await,
        _ => return None,
    };
    Some(answer)
}
