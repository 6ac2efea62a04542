//! Spare domains: the same codes under other addresses, and whether they answer.
//!
//! Invariant: a domain is well only when this very installation answers under it, by a word that
//! no other knows.

use std::time::Duration;

use chat::probe::{Probe, ProbeError, is_here};
use domain::{Actor, May, Millis};
use serde_json::json;
use store::LinkDomainRow;
use tokio::sync::watch;

use crate::console::{About, Console, Denied};
use crate::error::Fault;
use crate::wecom::reaches;

/// Domains of an organisation.
const DOMAINS_MAX: usize = 20;
/// Letters of a host name (RFC 1035), and its port.
const HOST_MAX: usize = 253 + 6;
/// Every domain is asked so often.
const ASK_MS: i64 = 5 * Millis::MINUTE;
/// How often it is looked whether it is time.
const LOOK_MS: u64 = 10_000;
/// Under this name of a code the installation says its word.
pub(super) const PROBE: &str = "probe";
/// Bytes of the word.
const WORD_BYTES: usize = 16;

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
    pub async fn link_domains(&self, actor: &Actor) -> Result<Vec<DomainView>, Denied> {
        reaches(actor, May::Look)?;
        let rows = self.store().link_domains(actor.org).await?;
        Ok(rows.into_iter().map(view).collect())
    }

    /// Adds a domain (`host`: `missing`, `not_a_domain`, `taken`, `too_many`) and asks it at once.
    pub async fn add_link_domain(&self, actor: &Actor, host: &str) -> Result<(), Denied> {
        reaches(actor, May::Keep)?;
        let host = host.trim().to_lowercase();
        let host = host.trim_start_matches("https://").trim_end_matches('/').to_owned();
        match host.len() {
            0 => return Err(Denied::field("host", "missing")),
            count if count > HOST_MAX || !is_host(&host) => {
                return Err(Denied::field("host", "not_a_domain"));
            }
            _ => {}
        }
        let rows = self.store().link_domains(actor.org).await?;
        if rows.len() >= DOMAINS_MAX {
            return Err(Denied::field("host", "too_many"));
        }
        let told = json!({ "host": host });
        let about = About { told, ..About::default() };
        let acting = self.acting(actor, May::Keep, "domain.added", about)?;
        if !self.store().add_link_domain(&host, acting).await? {
            return Err(Denied::field("host", "taken"));
        }
        self.links().ask.notify_one();
        Ok(())
    }

    /// Takes a domain away; codes that were printed with it are reached no more by it.
    pub async fn drop_link_domain(&self, actor: &Actor, host: &str) -> Result<(), Denied> {
        reaches(actor, May::Keep)?;
        let about = About { told: json!({ "host": host }), ..About::default() };
        let acting = self.acting(actor, May::Keep, "domain.dropped", about)?;
        let was = self.store().drop_link_domain(host, acting).await?;
        if was { Ok(()) } else { Err(Denied::Missing) }
    }

    /// Asks the organisation's domains now.
    pub async fn probe_link_domains_now(&self, actor: &Actor) -> Result<(), Denied> {
        reaches(actor, May::Keep)?;
        let rows = self.store().link_domains(actor.org).await?;
        Ok(self.probe(rows).await?)
    }

    /// What this installation says when it is asked under a domain of its own; `None` for every
    /// other word than that of the question.
    pub async fn link_probed(&self, slug: &str) -> Result<Option<String>, Denied> {
        if slug == PROBE { Ok(Some(self.probe_word().await?)) } else { Ok(None) }
    }

    async fn probe_word(&self) -> Result<String, Fault> {
        let mut fresh = [0; WORD_BYTES];
        getrandom::fill(&mut fresh).map_err(|error| Fault::Unreadable(error.to_string()))?;
        let word = self.store().secret("links.probe", fresh.to_vec()).await?;
        let hex = word.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        Ok(hex.filter_map(|digit| char::from_digit(digit.into(), 16)).collect())
    }

    /// Asks domains until the program stops.
    pub(super) fn keep_probing(&self) {
        let console = self.clone();
        self.live().aside("the domains of codes", move |stop| {
            let console = console.clone();
            async move { console.probe_in_time(stop).await }
        });
    }

    async fn probe_in_time(&self, mut stop: watch::Receiver<bool>) {
        let mut tick = tokio::time::interval(Duration::from_millis(LOOK_MS));
        loop {
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => return,
                () = self.links().ask.notified() => {}
                _ = tick.tick() => {}
            }
            let now = self.now();
            let rows = self.store().all_link_domains().await.unwrap_or_default();
            let due = |row: &LinkDomainRow| row.asked.is_none_or(|at| now.since(at) >= ASK_MS);
            // What cannot be asked or noted now is asked the next time.
            let _ = self.probe(rows.into_iter().filter(due).collect()).await;
        }
    }

    async fn probe(&self, rows: Vec<LinkDomainRow>) -> Result<(), Fault> {
        if rows.is_empty() {
            return Ok(());
        }
        let word = self.probe_word().await?;
        let probe = Probe::new().map_err(|error| Fault::Unreadable(error.to_string()))?;
        for row in rows {
            let said = probe.ask(&row.host, &format!("/l/{PROBE}")).await;
            let how = match said {
                Ok(said) if said.trim() == word => "",
                Ok(_) | Err(ProbeError::Status(_)) => "elsewhere",
                Err(ProbeError::Unreached | ProbeError::Mute) => "unreached",
                Err(ProbeError::Certificate) => "certificate",
                Err(ProbeError::Private) => "private",
            };
            self.store().link_domain_asked((row.org, &row.host), (self.now(), how)).await?;
        }
        Ok(())
    }
}

fn view(row: LinkDomainRow) -> DomainView {
    let state = match (row.asked, row.since) {
        (Some(asked), Some(since)) if !row.word.is_empty() => {
            DomainState::Down { since, asked, word: row.word }
        }
        (Some(asked), _) => DomainState::Well(asked),
        (None, _) => DomainState::Unknown,
    };
    DomainView { host: row.host, state, made: row.made }
}

/// A name of the web, or this machine, with or without a port. Chinese names are typed as `xn--…`.
fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    let label = |label: &str| {
        let plain = label.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
        (1..=63).contains(&label.len()) && plain && !label.starts_with('-') && !label.ends_with('-')
    };
    let labels: Vec<&str> = name.split('.').collect();
    let is_name = labels.len() > 1
        && labels.iter().all(|part| label(part))
        && labels
            .last()
            .is_some_and(|last| last.chars().any(|letter| letter.is_ascii_alphabetic()));
    is_port && (is_name || is_here(host) && !name.contains('['))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_names_of_the_web_or_this_machine() {
        for (host, taken) in [
            ("go.example.com", true),
            ("go.example.com:8443", true),
            ("xn--fiq228c.cn", true),
            ("localhost:8080", true),
            ("127.0.0.1:8080", true),
            ("10.0.0.1", false),
            ("example", false),
            ("例子.cn", false),
            ("a.b/c", false),
            ("a.b@c.d", false),
            ("-a.cn", false),
            ("a.cn:0", false),
            ("a..cn", false),
        ] {
            assert_eq!(is_host(host), taken, "{host}");
        }
    }
}
