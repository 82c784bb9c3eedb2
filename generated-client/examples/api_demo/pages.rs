//! The open pages, and who has signed in on them.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use generated_client::Client;
use rustls::crypto::aws_lc_rs::default_provider;

use crate::credentials::Credential;

/// How many pages are known at most.
const MOST: usize = 256;

/// The longest time that one stays signed in.
const LONGEST: Duration = Duration::from_secs(12 * 60 * 60);

/// Who has signed in.
#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) client: Client,
    pub(crate) credential: Credential,
}

/// The pages by their numbers.
pub(crate) struct Pages {
    pages: Mutex<HashMap<String, Page>>,
    idle: Duration,
}

struct Page {
    used: Instant,
    /// Counts sign-ins and sign-outs. A slow sign-in has no effect if another one, or a sign-out, came after it.
    round: u64,
    session: Option<(Session, Instant)>,
}

/// A sign-in that has begun.
pub(crate) struct Ticket {
    number: String,
    round: u64,
}

impl Pages {
    /// Sessions end after this time without a request.
    pub(crate) fn new(idle: Duration) -> Self {
        Self { pages: Mutex::default(), idle }
    }

    /// Returns the number of a new page; none if the system gives no random numbers.
    pub(crate) fn open(&self) -> Option<String> {
        let mut bytes = [0; 16];
        default_provider().secure_random.fill(&mut bytes).ok()?;
        let number = format!("{:032x}", u128::from_ne_bytes(bytes));
        let mut pages = self.lock();
        while pages.len() >= MOST {
            // Pages without a session first: any web page can open those.
            let oldest = pages.iter().min_by_key(|(_, page)| (page.session.is_some(), page.used));
            let Some(oldest) = oldest.map(|(number, _)| number.clone()) else { break };
            pages.remove(&oldest);
        }
        pages.insert(number.clone(), Page { used: Instant::now(), round: 0, session: None });
        Some(number)
    }

    /// Whether this is the number of a page.
    pub(crate) fn knows(&self, number: &str) -> bool {
        self.lock().contains_key(number)
    }

    /// Begins to sign in, and forgets who was signed in.
    pub(crate) fn begin(&self, number: &str) -> Option<Ticket> {
        let round = self.sign_out(number)?;
        Some(Ticket { number: number.to_owned(), round })
    }

    /// Ends to sign in; false if something else came in between.
    pub(crate) fn sign_in(&self, ticket: &Ticket, session: Session) -> bool {
        let mut pages = self.lock();
        let page = pages.get_mut(&ticket.number).filter(|page| page.round == ticket.round);
        let Some(page) = page else { return false };
        page.used = Instant::now();
        page.session = Some((session, page.used));
        true
    }

    /// Who is signed in, if the session has not ended.
    pub(crate) fn session(&self, number: &str) -> Option<Session> {
        self.sweep();
        let mut pages = self.lock();
        let page = pages.get_mut(number)?;
        page.used = Instant::now();
        page.session.as_ref().map(|(session, _)| session.clone())
    }

    /// Forgets who is signed in.
    pub(crate) fn sign_out(&self, number: &str) -> Option<u64> {
        let mut pages = self.lock();
        let page = pages.get_mut(number)?;
        page.session = None;
        page.round += 1;
        Some(page.round)
    }

    /// Forgets the sessions that have ended.
    pub(crate) fn sweep(&self) {
        for page in self.lock().values_mut() {
            let has_ended = |since: &Instant| page.used.elapsed() >= self.idle || since.elapsed() >= LONGEST;
            if page.session.as_ref().is_some_and(|(_, since)| has_ended(since)) {
                page.session = None;
                page.round += 1;
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Page>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
