//! Invitations: links that make somebody staff once.

use domain::{Actor, May, Millis, StaffId};
use serde_json::json;
use store::{Grant, Invites};

use crate::console::team::colleagues::givable;
use crate::console::team::terminal::made;
use crate::console::{About, Console, Denied, allowed};

/// An invitation works so long.
const INVITATION_MS: i64 = 7 * Millis::DAY;

/// A link that was made: its secret is shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct Link {
    /// The secret: `/welcome/{token}`.
    pub token: String,
    /// It works before this moment.
    pub until: Millis,
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link").field("until", &self.until).finish_non_exhaustive()
    }
}

/// An invitation that still works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Number within the organisation.
    pub id: i64,
    /// What it gives.
    pub grant: Grant,
    /// Who made it.
    pub by: StaffId,
    /// When.
    pub made: Millis,
    /// It works before this moment.
    pub until: Millis,
}

impl Console {
    /// Invites somebody: the link is for them alone, works once, and for 7 days. `key` is minted by
    /// the form; sent twice it makes one invitation, whose latest link works.
    pub async fn invite(&self, actor: &Actor, grant: Grant, key: i64) -> Result<Link, Denied> {
        givable(actor, &grant)?;
        let told = json!({
            "to": grant.role.word(),
            "sees_all": grant.sees_all,
            "groups": grant.groups.len(),
        });
        let about = About { told, ..About::default() };
        let acting = self.acting(actor, May::Lead, "staff.invited", about)?;
        let until = Millis(acting.at.0 + INVITATION_MS);
        let token = made(self.store(), (Invites::Staff(grant, key), until), acting).await?;
        Ok(Link { token, until })
    }

    /// Invitations that still work and that who asks could have made.
    pub async fn invitations(&self, actor: &Actor) -> Result<Vec<Invitation>, Denied> {
        allowed(actor, May::Lead)?;
        let open = self.store().open_invitations(actor.org, self.now()).await?;
        let seen = open.into_iter().filter_map(|row| match row.gives {
            Invites::Staff(grant, _) if givable(actor, &grant).is_ok() => Some(Invitation {
                id: row.id,
                grant,
                by: row.made_by,
                made: row.made,
                until: row.until,
            }),
            _ => None,
        });
        Ok(seen.collect())
    }

    /// Takes an invitation back.
    pub async fn revoke_invitation(&self, actor: &Actor, id: i64) -> Result<(), Denied> {
        let seen = self.invitations(actor).await?;
        if !seen.iter().any(|one| one.id == id) {
            return Err(Denied::Missing);
        }
        let about = About { told: json!({ "invitation": id }), ..About::default() };
        let acting = self.acting(actor, May::Lead, "invitation.revoked", about)?;
        let was_open = self.store().revoke_invitation(id, acting).await?;
        if was_open { Ok(()) } else { Err(Denied::Missing) }
    }
}
