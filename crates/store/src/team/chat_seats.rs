//! Seats of staff in the chats of groups: the account that somebody answers with is a member.
//!
//! The account's key says whose it is (`staff-7`), so the link stands as long as the account.
//! Invariant: which seats have to end follows from what is stored anyway, so that what was begun
//! before a crash is found again after it.

use domain::{GroupId, IdentityId, OrgId, StaffId};

use crate::fault::Result;
use crate::sql::{Row, job};
use crate::store::Store;

/// A seat in the chat of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChatSeat {
    /// Whose.
    pub staff: StaffId,
    /// In which group.
    pub group: GroupId,
    /// Under which account.
    pub who: IdentityId,
}

// Whoever was locked out, may only read or sees the group no longer; and who handed it over and
// did not come in again since. (The wildcard stands for the brace.)
const OVER: &str = "SELECT s.id, m.grp, m.identity FROM staff s \
     JOIN identities i ON i.org = s.org AND i.platform = 'web' AND i.key = 'staff-' || s.id \
     JOIN members m ON m.org = s.org AND m.identity = i.id AND m.left_at IS NULL \
     WHERE s.org = $1 AND (s.state <> 0 OR s.role = 'read_only' \
     OR (s.sees_all = 0 \
     AND NOT EXISTS (SELECT 1 FROM staff_groups g WHERE g.org = s.org AND g.staff = s.id \
     AND g.grp = m.grp) \
     AND NOT EXISTS (SELECT 1 FROM group_cards c WHERE c.org = s.org AND c.grp = m.grp \
     AND (c.owner = s.id OR c.backup = s.id))) \
     OR EXISTS (SELECT 1 FROM audit a WHERE a.org = s.org AND a.act = 'group.handed_over' \
     AND a.grp = m.grp AND a.at >= m.joined_at AND a.about LIKE '_\"staff\":' || s.id || ',%')) \
     ORDER BY s.id, m.grp";

impl Store {
    /// Seats that have to end: their staff may not be there any more.
    pub async fn seats_over(&self, org: OrgId) -> Result<Vec<ChatSeat>> {
        self.read(job(move |mut conn| {
            Box::pin(
                async move { conn.rows(OVER, &[org.0.into()]).await?.iter().map(seat).collect() },
            )
        }))
        .await
    }
}

fn seat(row: &Row) -> Result<ChatSeat> {
    Ok(ChatSeat {
        staff: StaffId(row.int(0)?),
        group: GroupId(row.int(1)?),
        who: IdentityId(row.small(2)?),
    })
}
