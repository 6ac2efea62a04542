//! Using a link: what it gives, and coming in by it.

use domain::{OrgId, StaffId};
use store::{InvitationRow, Invites, StaffChange, StaffState};

use crate::console::team::terminal::checked;
use crate::console::team::{Device, Opened, password, token};
use crate::console::{Console, Denied};

/// What a link gives to who opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Welcoming {
    /// To become the first owner.
    Owner,
    /// To become staff with this role; who invited.
    Staff(domain::Role, String),
    /// To set a new password for this login.
    Password(String),
    /// To look at the demonstration.
    Demo,
    /// Somebody used it already.
    Used,
}

/// What somebody new types.
#[derive(Clone, Copy, Debug)]
pub struct Wished<'t> {
    /// Name to show.
    pub name: &'t str,
    /// What they will type to log in.
    pub login: &'t str,
    /// The password.
    pub password: &'t str,
}

impl Console {
    /// What a link gives; [`Denied::Missing`] when it is unknown, over or taken back.
    pub async fn welcoming(&self, org: OrgId, secret: &str) -> Result<Welcoming, Denied> {
        let hash = token::read(secret).ok_or(Denied::Missing)?;
        let found = self.store().invitation(org, hash).await?.ok_or(Denied::Missing)?;
        if found.used.is_some() {
            return Ok(Welcoming::Used);
        }
        if self.now() >= found.until {
            return Err(Denied::Missing);
        }
        self.welcomes(org, found).await
    }

    async fn welcomes(&self, org: OrgId, found: InvitationRow) -> Result<Welcoming, Denied> {
        let store = self.store();
        Ok(match found.gives {
            Invites::Owner if store.has_owner(org).await? => Welcoming::Used,
            Invites::Owner => Welcoming::Owner,
            Invites::Staff(grant, _) => {
                let by = store.staff_by_id(org, found.made_by).await?;
                let by = by.map(|(staff, _)| staff.name).unwrap_or_default();
                Welcoming::Staff(grant.role, by)
            }
            Invites::Demo(_) => Welcoming::Demo,
            Invites::Password(staff) => {
                let found = store.staff_by_id(org, staff).await?;
                let active = found.filter(|(staff, _)| staff.state == StaffState::Active);
                Welcoming::Password(active.ok_or(Denied::Missing)?.0.login)
            }
        })
    }

    /// Comes in by a link of the first owner or an invitation. Fields: `name`, `login`, `password`.
    pub async fn welcome(
        &self,
        org: OrgId,
        (secret, wished): (&str, Wished<'_>),
        device: Device,
    ) -> Result<Opened, Denied> {
        let hash = token::read(secret).ok_or(Denied::Missing)?;
        let mut new = checked([wished.login, wished.name, wished.password])?;
        new.password = self.hashing().make(wished.password).await?;
        let (opened, session) = self.fresh_session(device)?;
        let acting = self.door_noted(org, StaffId::NOBODY, "staff.welcomed");
        match self.store().welcome(hash, (new, session), acting).await? {
            StaffChange::Done(_) => Ok(opened),
            StaffChange::Taken => Err(Denied::field("login", "taken")),
            _ => Err(Denied::Missing),
        }
    }

    /// Sets a new password by a link; all earlier sessions end. Field: `password`.
    pub async fn welcome_back(
        &self,
        org: OrgId,
        (secret, typed): (&str, &str),
        device: Device,
    ) -> Result<Opened, Denied> {
        let hash = token::read(secret).ok_or(Denied::Missing)?;
        let Welcoming::Password(login) = self.welcoming(org, secret).await? else {
            return Err(Denied::Missing);
        };
        password::accepted(typed, &login).map_err(|wrong| Denied::Wrong(vec![wrong]))?;
        let phc = self.hashing().make(typed).await?;
        let (opened, session) = self.fresh_session(device)?;
        let acting = self.door_noted(org, StaffId::NOBODY, "password.set");
        match self.store().welcome_back(hash, (&phc, session), acting).await? {
            StaffChange::Done(_) => {
                self.seats_changed();
                Ok(opened)
            }
            _ => Err(Denied::Missing),
        }
    }

    /// Comes in by the link of the demonstration.
    pub async fn welcome_to_demo(
        &self,
        org: OrgId,
        secret: &str,
        device: Device,
    ) -> Result<Opened, Denied> {
        let hash = token::read(secret).ok_or(Denied::Missing)?;
        let found = self.store().invitation(org, hash).await?;
        let Some(Invites::Demo(staff)) = found.map(|found| found.gives) else {
            return Err(Denied::Missing);
        };
        let (opened, session) = self.fresh_session(device)?;
        let acting = self.door_noted(org, staff, "session.opened");
        self.store().open_session(session, acting).await?;
        Ok(opened)
    }
}
