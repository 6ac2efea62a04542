//! Staff as others see them, and changes of them.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Actor, GroupId, May, Role, Scope, StaffId};
use serde_json::json;
use store::{Grant, Invites, StaffChange, StaffRow, StaffState};

use crate::console::team::terminal::{PASSWORD_MS, made};
use crate::console::team::{Link, SeatEnd};
use crate::console::{About, Console, Denied, allowed};

/// Somebody of staff, as a colleague sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// Who.
    pub row: StaffRow,
    /// Which groups they see: given, or kept as owner or back-up.
    pub scope: Scope,
    /// Whether who asks may change or lock them out.
    pub is_mine: bool,
}

impl Console {
    /// All staff by name and role, those locked out too: for pickers and for names of authors.
    pub async fn staff(&self, actor: &Actor) -> Result<Vec<StaffRow>, Denied> {
        allowed(actor, May::Look)?;
        Ok(self.store().staff(actor.org).await?)
    }

    /// Staff within the scope of who asks, themselves too.
    pub async fn colleagues(&self, actor: &Actor) -> Result<Vec<Colleague>, Denied> {
        allowed(actor, May::Lead)?;
        let rows = self.store().staff(actor.org).await?;
        let mut groups: BTreeMap<StaffId, BTreeSet<GroupId>> = BTreeMap::new();
        for (staff, group) in self.store().staff_groups(actor.org).await? {
            groups.entry(staff).or_default().insert(group);
        }
        let seen = rows.into_iter().map(|row| {
            let scope = if row.sees_all {
                Scope::All
            } else {
                Scope::Groups(groups.remove(&row.id).unwrap_or_default())
            };
            let is_mine = row.id != actor.staff && actor.commands(row.role);
            Colleague { row, scope, is_mine }
        });
        Ok(seen.filter(|one| one.row.id == actor.staff || reaches(actor, &one.scope)).collect())
    }

    /// Somebody of staff within the scope of who asks.
    pub async fn colleague(&self, actor: &Actor, staff: StaffId) -> Result<Colleague, Denied> {
        let all = self.colleagues(actor).await?;
        all.into_iter().find(|one| one.row.id == staff).ok_or(Denied::Missing)
    }

    /// Groups that somebody was given, without those that they keep.
    pub async fn given_groups(
        &self,
        actor: &Actor,
        staff: StaffId,
    ) -> Result<Vec<GroupId>, Denied> {
        self.colleague(actor, staff).await?;
        Ok(self.store().given_groups(actor.org, staff).await?)
    }

    /// Groups within the scope of who asks, by name: what can be given.
    pub async fn givable(&self, actor: &Actor) -> Result<Vec<(GroupId, String)>, Denied> {
        allowed(actor, May::Look)?;
        let mut names = self.group_names(actor.org).await?;
        names.retain(|group, _| actor.sees(*group));
        Ok(names.into_iter().collect())
    }

    /// Gives another role and other groups. The role that was seen comes along, so that two who
    /// change at once do not overwrite each other.
    pub async fn change_colleague(
        &self,
        actor: &Actor,
        (staff, seen): (StaffId, Role),
        grant: Grant,
    ) -> Result<(), Denied> {
        let one = self.mine(actor, staff).await?;
        givable(actor, &grant)?;
        let told = json!({
            "staff": staff.0,
            "from": one.row.role.word(),
            "to": grant.role.word(),
            "sees_all": grant.sees_all,
            "groups": grant.groups.len(),
        });
        let about = About { told, ..About::default() };
        let acting = self.acting(actor, May::Lead, "staff.changed", about)?;
        let change = self.store().change_staff(staff, seen, grant, acting).await?;
        self.seats_changed();
        let _ = self.end_seats((actor.org, actor.staff), Some(staff)).await;
        done(change)
    }

    /// Locks somebody out at once; gives the seats in chats that end with it.
    pub async fn lock_out(&self, actor: &Actor, staff: StaffId) -> Result<Vec<SeatEnd>, Denied> {
        let one = self.mine(actor, staff).await?;
        if one.row.state == StaffState::LockedOut {
            return Ok(self.end_seats((actor.org, actor.staff), Some(staff)).await?);
        }
        let acting = self.acting(actor, May::Lead, "staff.locked_out", about(staff))?;
        let change = self.store().lock_out(staff, one.row.role, acting).await?;
        self.seats_changed();
        done(change)?;
        // Locked out they are; what cannot be read now is ended by the loop.
        let ends = self.end_seats((actor.org, actor.staff), Some(staff)).await;
        Ok(ends.unwrap_or_default())
    }

    /// Lets somebody in again.
    pub async fn unlock(&self, actor: &Actor, staff: StaffId) -> Result<(), Denied> {
        let one = self.mine(actor, staff).await?;
        if one.row.state == StaffState::Active {
            return Ok(());
        }
        let acting = self.acting(actor, May::Lead, "staff.unlocked", about(staff))?;
        done(self.store().unlock(staff, one.row.role, acting).await?)
    }

    /// A link to a new password, to be handed to them; earlier ones stop to work.
    pub async fn password_link(&self, actor: &Actor, staff: StaffId) -> Result<Link, Denied> {
        let one = self.mine(actor, staff).await?;
        if one.row.state == StaffState::LockedOut {
            return Err(Denied::field("staff", "locked_out"));
        }
        let acting = self.acting(actor, May::Lead, "password.link_made", about(staff))?;
        let until = domain::Millis(acting.at.0 + PASSWORD_MS);
        let token = made(self.store(), (Invites::Password(staff), until), acting).await?;
        Ok(Link { token, until })
    }

    /// Somebody whom who asks may change.
    pub(super) async fn mine(&self, actor: &Actor, staff: StaffId) -> Result<Colleague, Denied> {
        let one = self.colleague(actor, staff).await?;
        if one.row.id == actor.staff {
            return Err(Denied::field("staff", "self"));
        }
        if one.is_mine { Ok(one) } else { Err(Denied::NotAllowed(May::Own)) }
    }
}

/// Refuses what the actor could not give: the own role or above, groups beyond the own scope.
pub(super) fn givable(actor: &Actor, grant: &Grant) -> Result<(), Denied> {
    allowed(actor, May::Lead)?;
    if !actor.commands(grant.role) {
        return Err(Denied::NotAllowed(May::Own));
    }
    if grant.sees_all && !actor.sees_all() {
        return Err(Denied::field("scope", "beyond"));
    }
    let beyond = !grant.sees_all && grant.groups.iter().any(|group| !actor.sees(*group));
    if beyond { Err(Denied::Missing) } else { Ok(()) }
}

/// Whether all that one sees lies within the scope of another.
fn reaches(actor: &Actor, scope: &Scope) -> bool {
    match scope {
        Scope::All => actor.sees_all(),
        Scope::Groups(groups) => groups.iter().all(|group| actor.sees(*group)),
    }
}

pub(super) fn about(staff: StaffId) -> About {
    About { told: json!({ "staff": staff.0 }), ..About::default() }
}

fn done(change: StaffChange) -> Result<(), Denied> {
    match change {
        StaffChange::Done(_) => Ok(()),
        StaffChange::Missing => Err(Denied::Missing),
        StaffChange::Changed => Err(Denied::Changed),
        StaffChange::LastOwner => Err(Denied::field("staff", "last_owner")),
        StaffChange::Taken => Err(Denied::field("login", "taken")),
    }
}
