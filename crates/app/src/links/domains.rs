//! Spare domains: the same codes under other addresses, and whether they answer.

use domain::{Actor, Millis};

use crate::console::{Console, Denied};

/// A domain under which codes are reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainView {
    /// `go.example.com`, with its port where it has one.
    pub host: String,
    /// How it answers.
    pub state: DomainState,
    /// Added when.
    pub made: Millis,
}

/// How a domain answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DomainState {
    /// It was not asked yet.
    Unknown,
    /// It answered as it should at that moment.
    Well(Millis),
    /// It does not, since then. Words: `unreached`, `elsewhere` (somebody else answers), `private`
    /// (it leads into a private network), `certificate`.
    Down {
        /// Since when.
        since: Millis,
        /// Asked last.
        asked: Millis,
        /// Why, as a word.
        word: String,
    },
}

impl Console {
    /// Domains of the organisation, in the order in which they were added.
    pub async fn link_domains(&self, _actor: &Actor) -> Result<Vec<DomainView>, Denied> {
        Ok(Vec::new())
    }

    /// Adds a domain (`host`: `missing`, `not_a_domain`, `taken`, `too_many`) and asks it at once.
    pub async fn add_link_domain(&self, _actor: &Actor, _host: &str) -> Result<(), Denied> {
        Err(Denied::field("host", "missing"))
    }

    /// Takes a domain away; codes that were printed with it are reached no more by it.
    pub async fn drop_link_domain(&self, _actor: &Actor, _host: &str) -> Result<(), Denied> {
        Err(Denied::Missing)
    }

    /// Asks all domains now.
    pub async fn probe_link_domains_now(&self, _actor: &Actor) -> Result<(), Denied> {
        Err(Denied::Missing)
    }
}
