//! Who came by placements and by whose invitation, from what is kept of groups and contacts.
//!
//! The word of a way stands on the stay (`members.via`) and on the contact (`state`) as the
//! platform told it; here it is only read.

use domain::{GroupId, IdentityId, Millis, OrgId};

use crate::fault::Result;
use crate::links::{LinkAdded, LinkInvited, LinkStay};
use crate::sql::Row;
use crate::store::Store;

/// Stays in rosters: also those that are over and began anew.
const STAYS: &str = "SELECT p.id, m.grp, m.identity, m.joined_at, m.left_at, g.missing_at \
                     FROM members m JOIN link_placements p ON p.slug = m.via AND p.org = m.org \
                     LEFT JOIN wecom_groups g ON g.org = m.org AND g.grp = m.grp \
                     WHERE m.org = $1 AND m.joined_at >= $2 AND m.joined_at < $3 \
                     ORDER BY m.joined_at, m.grp, m.identity, m.n";
const ADDED: &str = "SELECT p.id, c.identity, c.added_at, c.gone_at FROM wecom_contacts c \
                     JOIN link_placements p ON p.slug = c.state AND p.org = c.org \
                     WHERE c.org = $1 AND c.state <> '' AND c.added_at >= $2 AND c.added_at < $3 \
                     ORDER BY c.added_at, c.account, c.staff, c.customer";
/// The company's own people are not brought by anybody.
const INVITED: &str = "SELECT m.account, m.inviter, m.joined_at, m.gone_at, g.missing_at \
                       FROM wecom_members m JOIN wecom_groups g ON g.org = m.org \
                       AND g.account = m.account AND g.chat = m.chat \
                       WHERE m.org = $1 AND m.inviter <> '' AND m.scene <> 3 AND m.class <> 1 \
                       AND m.joined_at >= $2 AND m.joined_at < $3 \
                       ORDER BY m.account, m.inviter, m.joined_at";

impl Store {
    /// Stays that began in a time by placements, by their beginning.
    pub async fn link_stays(
        &self,
        org: OrgId,
        (from, to): (Millis, Millis),
    ) -> Result<Vec<LinkStay>> {
        let values = vec![org.0.into(), from.0.into(), to.0.into()];
        self.link_rows(STAYS, values, |row| stay(&row)).await
    }

    /// Who added staff in a time by placements, by the moment.
    pub async fn link_added(
        &self,
        org: OrgId,
        (from, to): (Millis, Millis),
    ) -> Result<Vec<LinkAdded>> {
        let values = vec![org.0.into(), from.0.into(), to.0.into()];
        self.link_rows(ADDED, values, |row| added(&row)).await
    }

    /// People from outside who came in a time because somebody invited, without a code.
    pub async fn link_invited(
        &self,
        org: OrgId,
        (from, to): (Millis, Millis),
    ) -> Result<Vec<LinkInvited>> {
        let values = vec![org.0.into(), from.0.into(), to.0.into()];
        self.link_rows(INVITED, values, invited).await
    }
}

fn stay(row: &Row) -> Result<LinkStay> {
    Ok(LinkStay {
        placement: row.int(0)?,
        group: GroupId(row.int(1)?),
        who: IdentityId(row.small(2)?),
        joined: Millis(row.int(3)?),
        left: row.opt_int(4)?.map(Millis),
        unseen: row.opt_int(5)?.map(Millis),
    })
}

fn added(row: &Row) -> Result<LinkAdded> {
    let who = row.opt_int(1)?.and_then(|id| u32::try_from(id).ok()).map(IdentityId);
    let (at, gone) = (Millis(row.int(2)?), row.opt_int(3)?.map(Millis));
    Ok(LinkAdded { placement: row.int(0)?, who, at, gone })
}

fn invited(mut row: Row) -> Result<LinkInvited> {
    Ok(LinkInvited {
        company: row.int(0)?,
        inviter: row.text(1)?,
        joined: Millis(row.int(2)?),
        left: row.opt_int(3)?.map(Millis),
        unseen: row.opt_int(4)?.map(Millis),
    })
}
