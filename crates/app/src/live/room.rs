//! Looking at live groups: lists, rooms, members, lines.
//!
//! Invariant: everything shown is committed.

use domain::{GroupId, IdentityId, Millis, OrgId, Said, Seq};
use engine::{Member, Notice};
use store::{LineRow, LiveGroupRow};

use crate::error::Fault;
use crate::live::handle::Live;
use crate::live::line::Line;
use crate::live::receipt::Refused;
use crate::live::writer::{Held, member};

/// A room as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomView {
    /// Which group.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// IANA name of its zone.
    pub zone: String,
    /// The announcement in force (A25): version, words, since when.
    pub announcement: Option<(u32, String, Millis)>,
    /// The rules in force (D17): version and words.
    pub rules: Option<(u32, String)>,
    /// Pinned messages, the latest pin first (A28).
    pub pins: Vec<Line>,
    /// Since when the group is closed.
    pub closed: Option<Millis>,
    /// People in it now.
    pub members: u32,
    /// Place of the last fact; 0 while there is none.
    pub head: Seq,
}

impl From<LineRow> for Line {
    fn from(row: LineRow) -> Self {
        Self { seq: row.seq, fact: row.fact, words: row.words.map(String::into_boxed_str) }
    }
}

impl Live {
    /// The live groups of an organisation.
    pub async fn groups(&self, org: OrgId) -> Result<Vec<LiveGroupRow>, Fault> {
        Ok(self.store().live_groups(org).await?)
    }

    /// A room; `None` when there is no such live group.
    pub async fn room(&self, org: OrgId, group: GroupId) -> Result<Option<RoomView>, Fault> {
        let look = |held: &Held| {
            let room = held.state.room.clone();
            let zone = held.zone.name().to_owned();
            (room, held.name.clone(), zone, held.members(), Seq(held.next.0 - 1))
        };
        let Some((room, name, zone, members, head)) = self.seen(org, group, look).await? else {
            return Ok(None);
        };
        let announcement = match room.announcement {
            Some(notice) => Some(self.notice(org, group, &notice).await?),
            None => None,
        };
        let rules = match room.rules {
            Some(notice) => Some(self.notice(org, group, &notice).await?),
            None => None,
        };
        let mut pins = self.lines_of(org, group, &room.pins).await?;
        let place = |line: &Line| room.pins.iter().position(|key| *key == line.fact.source.key);
        pins.sort_by_key(place);
        Ok(Some(RoomView {
            group,
            name,
            zone,
            announcement,
            rules: rules.map(|(version, words, _)| (version, words)),
            pins,
            closed: room.closed.map(Millis),
            members,
            head,
        }))
    }

    async fn notice(
        &self,
        org: OrgId,
        group: GroupId,
        notice: &Notice,
    ) -> Result<(u32, String, Millis), Fault> {
        let lines = self.lines_after(org, group, Seq(notice.seq - 1), 1).await?;
        let words = lines.into_iter().find_map(|line| line.words).unwrap_or_default();
        Ok((notice.version, words.into(), Millis(notice.at)))
    }

    /// Looks at a group in memory; `None` when there is no such live group.
    pub(super) async fn seen<T>(
        &self,
        org: OrgId,
        group: GroupId,
        look: impl Fn(&Held) -> T + Send + Sync,
    ) -> Result<Option<T>, Fault> {
        match self.look((org, group), look).await {
            Ok(seen) => Ok(Some(seen)),
            Err(Refused::NoSuchGroup) => Ok(None),
            Err(Refused::Fault(fault)) => Err(std::sync::Arc::try_unwrap(fault)
                .unwrap_or_else(|fault| Fault::Unreadable(fault.to_string()))),
            Err(other) => Err(Fault::Unreadable(other.to_string())),
        }
    }

    /// Somebody's last stay in a group; `None` when the person never was in it.
    pub async fn member(
        &self,
        org: OrgId,
        group: GroupId,
        who: IdentityId,
    ) -> Result<Option<Member>, Fault> {
        let look = move |held: &Held| held.roster.kept(who).cloned();
        Ok(self.seen(org, group, look).await?.flatten())
    }

    /// The last stay of everybody who is or was in a group, by number.
    pub async fn members(&self, org: OrgId, group: GroupId) -> Result<Vec<Member>, Fault> {
        let rows = self.store().members(org, group).await?;
        Ok(rows.into_iter().map(member).collect())
    }

    /// Lines after a place, in order.
    pub async fn lines_after(
        &self,
        org: OrgId,
        group: GroupId,
        after: Seq,
        limit: u32,
    ) -> Result<Vec<Line>, Fault> {
        let rows = self.store().lines(org, group, after, limit).await?;
        Ok(rows.into_iter().map(Line::from).collect())
    }

    /// The last lines before a place, in order.
    pub async fn lines_before(
        &self,
        org: OrgId,
        group: GroupId,
        before: Seq,
        limit: u32,
    ) -> Result<Vec<Line>, Fault> {
        let rows = self.store().lines_before(org, group, before, limit).await?;
        Ok(rows.into_iter().map(Line::from).collect())
    }

    /// The messages with these keys.
    pub async fn lines_of(
        &self,
        org: OrgId,
        group: GroupId,
        keys: &[i64],
    ) -> Result<Vec<Line>, Fault> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.store().lines_of(org, group, keys).await?;
        Ok(rows.into_iter().map(Line::from).collect())
    }

    /// Who wrote a message, and when; `None` when there is none or it was taken back.
    pub async fn said(&self, org: OrgId, group: GroupId, key: i64) -> Result<Option<Said>, Fault> {
        let lines = self.store().lines_of(org, group, &[key]).await?;
        Ok(lines.iter().find_map(crate::live::intake::standing).map(|(_, said)| said))
    }
}
