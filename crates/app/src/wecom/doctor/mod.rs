//! Whether the connection to a company is well: what is asked, what was found, what to do.
//!
//! Reading order: [`CompanyLooked`] is what was gathered (`ask`); [`judged_company`] is the one
//! list of checks, pure; `words` says each finding. The page and `huoqun doctor` show the same.
//!
//! Invariants: looking changes nothing on the platform and nothing here but lines of the connection
//! log; each question has an end in time; no secret is in a finding; what cannot be judged from
//! here is left out, or said to be so, and never called well.

mod ask;
mod judge;
mod words;

use std::net::IpAddr;
use std::sync::Arc;

use chat::wecom::{Lack, Opened, Shut, World};
use domain::{Actor, May, Millis, OrgId};
use store::{Store, WecomId};

use crate::console::{Console, Denied, Tone};
use crate::error::Fault;
use crate::wecom::companies::{opened, reaches};
use crate::wecom::pull::PullStep;
use crate::wecom::vault::Vault;

pub use judge::{Api, Cause, CompanyCheck, CompanyFinding, judged_company};

/// What the platform said to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// What was asked for.
    Well,
    /// No.
    Refused {
        /// What somebody has to set right, where that is known.
        lack: Option<Lack>,
        /// From which address it saw us, where it says so.
        seen: Option<IpAddr>,
        /// In its words, without any secret.
        said: String,
    },
    /// Nothing, or nothing that is understood; why.
    Silent(String),
}

/// How much of the company the app sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// Members of staff in the visible range with the customer-contact function.
    pub staff: u32,
    /// Groups that the platform lists now, at most one page of them.
    pub listed: u32,
    /// Groups that are known here.
    pub known: u32,
    /// Of these, groups of owners who are in the company and out of sight.
    pub out: u32,
}

/// Where the platform is to tell what happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hook {
    /// No token and key are kept.
    Unset,
    /// This program was not told its own public address.
    NoAddress,
    /// The address was asked to open what is sealed with token and key.
    Asked {
        /// What came of it.
        knocked: Result<Opened, Shut>,
        /// The platform itself is on this machine, as one to practise on is.
        beside: bool,
    },
}

/// What was gathered of a company, before it is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyLooked {
    /// When.
    pub now: Millis,
    /// What was said to company and secret; `None` when these cannot be opened with our key.
    pub token: Option<Answer>,
    /// Questions that need a permission each; none while no token is given.
    pub calls: Vec<(Api, Answer)>,
    /// By how much the platform's clock is ahead of ours, in milliseconds.
    pub apart_ms: Option<i64>,
    /// How much the app sees; `None` where that was not told.
    pub sight: Option<Sight>,
    /// What was said of the app by its number, and whether it is switched off; `None` without a
    /// number, or without a token.
    pub agent: Option<(Answer, bool)>,
    /// Whether the number of the app is known here.
    pub has_agent: bool,
    /// Callbacks.
    pub hook: Hook,
    /// When the latest letter came.
    pub last_letter: Option<Millis>,
    /// Callbacks since yesterday that were signed or sealed otherwise, and those that were kept.
    pub refused: (u64, u64),
    /// How the last reading stands, and when it moved last.
    pub steps: (Vec<PullStep>, Option<Millis>),
}

/// A company that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examined {
    /// Which.
    pub id: WecomId,
    /// 企业ID.
    pub corp: String,
    /// What was found.
    pub findings: Vec<CompanyFinding>,
}

impl Examined {
    /// The worst of what was found.
    pub fn worst(&self) -> Tone {
        self.findings.iter().map(|one| one.tone).max().unwrap_or(Tone::Well)
    }
}

/// Where "now" comes from.
pub type Now = Arc<dyn Fn() -> Millis + Send + Sync>;

/// Looks at every connected company of an organisation, without a running pipeline. `address` is
/// our own public one.
pub async fn examine(
    store: &Store,
    (org, vault): (OrgId, Option<&Vault>),
    (now, address): (Now, Option<&str>),
) -> Result<Vec<Examined>, Fault> {
    let world = World::new(now, Arc::new(|_| {}));
    let mut all = Vec::new();
    for row in store.wecom_accounts(org).await? {
        if row.gone.is_some() {
            continue;
        }
        let secrets = vault.and_then(|vault| opened(vault, &row));
        let looked = Box::pin(ask::looked(store, (&row, secrets), (&world, address))).await?;
        let findings = judged_company(&looked);
        all.push(Examined { id: row.id, corp: row.corp, findings });
    }
    Ok(all)
}

impl Console {
    /// Looks at the connection to a company now. `address` is our own public one, as it was
    /// configured. Nothing is found of one that is disconnected.
    pub async fn examine_company(
        &self,
        actor: &Actor,
        account: i64,
        address: Option<&str>,
    ) -> Result<Vec<CompanyFinding>, Denied> {
        reaches(actor, May::Lead)?;
        let row = self.company_row(WecomId { org: actor.org, account }).await?;
        if row.gone.is_some() {
            return Ok(Vec::new());
        }
        let log = self.desk(&row).map(|desk| desk.log).unwrap_or_default();
        let world = self.world(&log);
        let asked = (&row, self.secrets(&row));
        let looked = Box::pin(ask::looked(self.store(), asked, (&world, address))).await?;
        log.write(self.store(), row.id, true).await;
        Ok(judged_company(&looked))
    }
}
