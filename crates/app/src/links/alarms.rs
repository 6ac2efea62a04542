//! What of codes wants somebody's eye at once.

use domain::{Actor, May, Millis};

use crate::console::{Console, Denied};
use crate::links::view::CodeState;
use crate::wecom::reaches;

/// Something about codes that does not stand as it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkAlarm {
    /// A code has room for so many people more: number, name, room.
    NearEnd(i64, String, u32),
    /// Nothing is left that a code leads to: number, name.
    AtEnd(i64, String),
    /// The platform refuses something of a code: number, name.
    Failing(i64, String),
    /// A domain does not answer: host, word, since when.
    Domain(String, String, Millis),
    /// The platform made so many groups for a code in which something is to be done by hand:
    /// number, name of the code, how many groups, since when the first waits.
    Checks(i64, String, usize, Millis),
}

impl Console {
    /// What of an organisation's codes wants somebody's eye, the most pressing first.
    pub async fn link_alarms(&self, actor: &Actor) -> Result<Vec<LinkAlarm>, Denied> {
        reaches(actor, May::Look)?;
        let (org, mut alarms) = (actor.org, Vec::new());
        for row in self.store().link_domains(org).await? {
            if let (false, Some(since)) = (row.word.is_empty(), row.since) {
                alarms.push(LinkAlarm::Domain(row.host, row.word, since));
            }
        }
        if self.store().link_codes(org).await?.is_empty() {
            return Ok(alarms);
        }
        let ground = self.link_ground(org).await?;
        let checks = self.store().link_checks(org).await?;
        for (row, plan) in ground.codes.values() {
            let (id, name) = (row.id, row.said.name.clone());
            let hangs = ground.placements.iter().any(|one| one.code == id && one.closed.is_none());
            match self.state(&ground, (row, plan)) {
                _ if !hangs => {}
                CodeState::AtEnd => alarms.push(LinkAlarm::AtEnd(id, name.clone())),
                CodeState::Failing => alarms.push(LinkAlarm::Failing(id, name.clone())),
                CodeState::NearEnd(room) => alarms.push(LinkAlarm::NearEnd(id, name.clone(), room)),
                CodeState::Working | CodeState::Making(_) | CodeState::Closed(_) => {}
            }
            let open = checks.iter().filter(|one| one.code == id && one.ended.is_none());
            if let Some(since) = open.clone().map(|one| one.made).min() {
                alarms.push(LinkAlarm::Checks(id, name, open.count(), since));
            }
        }
        let rank = |alarm: &LinkAlarm| match alarm {
            LinkAlarm::AtEnd(..) => 0,
            LinkAlarm::Domain(..) => 1,
            LinkAlarm::Failing(..) => 2,
            LinkAlarm::NearEnd(..) => 3,
            LinkAlarm::Checks(..) => 4,
        };
        alarms.sort_by_key(rank);
        Ok(alarms)
    }
}
