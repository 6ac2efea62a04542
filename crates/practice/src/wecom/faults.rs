//! What goes wrong, because a test or a person wants it so.
//!
//! Nothing here happens by itself: with the faults of a new company every call is answered.

use std::collections::BTreeSet;
use std::time::Duration;

/// How a call goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is done; the answer is this `errcode`.
    Code(i64),
    /// Nothing is done; the answer is this HTTP status with a page of HTML.
    Status(u16),
    /// Nothing is done and nothing is answered: the caller has to give up.
    Hang,
    /// It **is** done, but the connection ends in the middle of the answer.
    Cut,
}

/// Kinds of calls that the admin page permits one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Tokens and addresses of the platform.
    Base,
    /// Staff and departments.
    Staff,
    /// Customers, codes, welcomes, templates, figures.
    Contacts,
    /// Tags of the company.
    Tags,
    /// Customer groups and their codes.
    Groups,
    /// Hand-overs of customers and groups.
    Transfers,
    /// Pictures and files.
    Media,
    /// Messages to staff.
    Messages,
}

/// Callbacks that go wrong: shares of a thousand, thrown from a seed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LetterFaults {
    /// Never sent.
    pub lost: u32,
    /// Sent twice.
    pub doubled: u32,
    /// Sent later by `late_ms`.
    pub late: u32,
    /// Milliseconds of the company's clock.
    pub late_ms: i64,
    /// Sent after the one to three that follow; two seconds later when none does.
    pub reordered: u32,
}

/// Everything that goes wrong.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    planned: Vec<Planned>,
    /// The caller's address is not among the trusted ones (60020).
    pub untrusted: bool,
    /// The app is switched off (50003).
    pub disabled: bool,
    /// What the app may not call (48002).
    pub revoked: BTreeSet<Family>,
    /// Each answer waits so long.
    pub slow: Duration,
    /// Details of a group show it as it was so many milliseconds ago: the platform says that
    /// they follow an event by about two seconds.
    pub details_late_ms: i64,
    /// Callbacks.
    pub letters: LetterFaults,
}

#[derive(Clone, Debug)]
struct Planned {
    path: String,
    left: u32,
    fault: Fault,
}

impl Faults {
    /// The next `times` calls of `path` (below `/cgi-bin/`; empty for any) go wrong so. Plans for
    /// one path follow each other.
    pub fn plan(&mut self, path: &str, times: u32, fault: Fault) {
        self.planned.push(Planned { path: path.to_owned(), left: times, fault });
    }

    /// Nothing goes wrong any more.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Planned faults that did not happen yet.
    pub fn left(&self) -> u32 {
        self.planned.iter().map(|planned| planned.left).sum()
    }

    pub(crate) fn take(&mut self, path: &str) -> Option<Fault> {
        let fits = |planned: &&mut Planned| planned.path.is_empty() || planned.path == path;
        let planned = self.planned.iter_mut().find(fits)?;
        planned.left = planned.left.saturating_sub(1);
        let fault = planned.fault;
        self.planned.retain(|planned| planned.left > 0);
        Some(fault)
    }
}
