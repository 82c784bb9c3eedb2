//! What older releases leave out of records: the names of users (1.x), and currencies (before 2.40).

use std::collections::HashMap;

use generated_client::Error;
use generated_client::blocking::Client;
use generated_client::ids::{CustomerId, UserId};
use generated_client::types::{CustomerRef, TimesheetSummaryExpanded, User, UserSummary, Visibility};

use crate::exit::Failure;
use crate::records::name;

/// Names and currencies, which are asked for when the first record needs them.
pub(crate) struct Names<'a> {
    kimai: &'a Client,
    users: HashMap<UserId, String>,
    has_users: bool,
    currencies: HashMap<CustomerId, String>,
    has_currencies: bool,
}

impl<'a> Names<'a> {
    /// Knows the user who asks.
    pub(crate) fn new(kimai: &'a Client, me: &User) -> Self {
        let users = HashMap::from([(me.id, name(me.alias.as_deref(), &me.username))]);
        Self { kimai, users, has_users: false, currencies: HashMap::new(), has_currencies: false }
    }

    /// The name of the owner, or `user 5` if only users with more permissions may know it.
    pub(crate) fn owner(&mut self, record: &TimesheetSummaryExpanded) -> Result<String, Failure> {
        if let Some(user) = record.user.object() {
            return Ok(name(user.alias.as_deref(), &user.username));
        }
        let id = record.user.id();
        if !self.users.contains_key(&id) && !self.has_users {
            self.has_users = true;
            let users = self.kimai.users().list().visible(Visibility::All).send();
            let pair = |user: UserSummary| (user.id, name(user.alias.as_deref(), &user.username));
            self.users.extend(permitted(users, "the ids of users are in place of their names")?.into_iter().map(pair));
        }
        Ok(self.users.get(&id).cloned().unwrap_or_else(|| format!("user {id}")))
    }

    /// The currency of a customer, if the user may know it.
    pub(crate) fn currency(&mut self, customer: &CustomerRef) -> Result<Option<String>, Failure> {
        if let Some(currency) = &customer.currency {
            return Ok(Some(currency.to_string()));
        }
        if !self.has_currencies {
            self.has_currencies = true;
            let customers = self.kimai.customers().list().visible(Visibility::All).send();
            let customers = permitted(customers, "the currencies are missing")?.into_iter();
            self.currencies.extend(customers.map(|customer| (customer.id, customer.currency.to_string())));
        }
        Ok(self.currencies.get(&customer.id).cloned())
    }
}

/// The objects of a list, or none and a note if the user may not see them.
fn permitted<T>(list: Result<Vec<T>, Error>, consequence: &str) -> Result<Vec<T>, Failure> {
    match list {
        Err(error) if error.is_forbidden() => {
            eprintln!("note: {consequence}: {error:#}");
            Ok(Vec::new())
        }
        other => Ok(other?),
    }
}
