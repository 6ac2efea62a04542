//! Sessions: coming in, being known by a token, going out.
//!
//! Invariant: a session ends 30 days after the log-in, 7 days after it was used last, and at once
//! when whose it is gets locked out, changes the password or ends it.

use std::collections::BTreeSet;

use domain::{Actor, May, Millis, OrgId, Scope};
use store::{Acting, NewSession, SessionSeen, StaffState};

pub use store::SessionRow;

use crate::console::team::{password, token, words};
use crate::console::{About, Console, Denied};

/// A session lasts so long.
pub(super) const SESSION_MS: i64 = 30 * Millis::DAY;

/// A session that nobody uses ends after so long.
const IDLE_MS: i64 = 7 * Millis::DAY;

/// "Used last" is noted once in so long.
const TOUCH_MS: i64 = Millis::MINUTE;

/// Letters kept of what a browser calls itself.
const AGENT_MAX: usize = 200;

/// From where somebody comes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Device {
    /// What the browser calls itself.
    pub agent: String,
    /// Its address.
    pub address: String,
}

/// A session that was opened.
#[derive(Clone, PartialEq, Eq)]
pub struct Opened {
    /// The secret for the cookie.
    pub token: String,
    /// The cookie lasts so long, in seconds.
    pub seconds: u32,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened").field("seconds", &self.seconds).finish_non_exhaustive()
    }
}

/// Somebody with a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Who.
    pub actor: Actor,
    /// By what they log in.
    pub login: String,
    /// Number of the session.
    pub session: i64,
}

impl Console {
    /// Comes in by login and password; `None` when they do not fit, whichever is wrong and also
    /// when the person is locked out. The work is the same in all cases.
    pub async fn log_in(
        &self,
        org: OrgId,
        (login, typed): (&str, &str),
        device: Device,
    ) -> Result<Option<Opened>, Denied> {
        let known = match words::login(login) {
            Ok(login) => self.store().staff_by_login(org, &login).await?,
            Err(_) => None,
        };
        let phc = known.as_ref().map(|(_, phc)| phc.as_str());
        let fits = self.hashing().fits(typed, phc).await?;
        let active = known.filter(|(staff, _)| fits && staff.state == StaffState::Active);
        let Some((staff, _)) = active else { return Ok(None) };
        let (opened, session) = self.fresh_session(device)?;
        let acting = self.door_noted(org, staff.id, "session.opened");
        self.store().open_session(session, acting).await?;
        Ok(Some(opened))
    }

    /// Whose session the token is, in this organisation.
    pub async fn seat(&self, org: OrgId, secret: &str) -> Result<Option<Seat>, Denied> {
        let Some(hash) = token::read(secret) else { return Ok(None) };
        let now = self.now();
        let found = self.store().session(org, hash).await?;
        let Some(seen) = found.filter(|seen| is_on(seen, now)) else { return Ok(None) };
        if now.since(seen.session.seen).abs() >= TOUCH_MS {
            // A disk that is full must not keep anybody from reading.
            let _untouched = self.store().touch_session(org, hash, now).await;
        }
        Ok(Some(seat(org, seen)))
    }

    /// Ends the session.
    pub async fn log_out(&self, actor: &Actor, session: i64) -> Result<(), Denied> {
        self.end_session(actor, session).await.map(drop)
    }

    /// The own sessions that are on, the latest used first.
    pub async fn sessions(&self, actor: &Actor) -> Result<Vec<SessionRow>, Denied> {
        let now = self.now();
        let mut all = self.store().sessions_of(actor.org, actor.staff).await?;
        all.retain(|session| is_young(session, now));
        Ok(all)
    }

    /// Ends one of the own sessions; whether there was such a one.
    pub async fn end_session(&self, actor: &Actor, session: i64) -> Result<bool, Denied> {
        let acting = self.acting(actor, May::Look, "session.ended", About::default())?;
        let ended = self.store().end_session(session, acting).await?;
        self.seats_changed();
        Ok(ended)
    }

    /// Ends all own sessions but this one; how many.
    pub async fn end_other_sessions(&self, actor: &Actor, kept: i64) -> Result<u64, Denied> {
        let acting = self.acting(actor, May::Look, "session.others_ended", About::default())?;
        let ended = self.store().end_other_sessions(kept, acting).await?;
        self.seats_changed();
        Ok(ended)
    }

    /// Changes the own name.
    pub async fn rename(&self, actor: &Actor, typed: &str) -> Result<(), Denied> {
        let name = words::name(typed).map_err(|wrong| Denied::Wrong(vec![wrong]))?;
        let acting = self.acting(actor, May::Look, "staff.renamed", About::default())?;
        Ok(self.store().rename_staff(&name, acting).await?)
    }

    /// Changes the own password; all other sessions end. Fields: `old`, `password`.
    pub async fn change_password(
        &self,
        seat: &Seat,
        (old, new): (&str, &str),
    ) -> Result<(), Denied> {
        let (actor, store) = (&seat.actor, self.store());
        let known = store.staff_by_id(actor.org, actor.staff).await?;
        let (staff, phc) = known.ok_or(Denied::Missing)?;
        // Who came in by the link of the demonstration has none yet.
        if !phc.is_empty() && !self.hashing().fits(old, Some(&phc)).await? {
            return Err(Denied::field("old", "wrong"));
        }
        password::accepted(new, &staff.login).map_err(|wrong| Denied::Wrong(vec![wrong]))?;
        let acting = self.acting(actor, May::Look, "password.changed", About::default())?;
        let phc = self.hashing().make(new).await?;
        store.set_password(actor.staff, (&phc, seat.session), acting).await?;
        self.seats_changed();
        Ok(())
    }

    /// A session to open, with its secret.
    pub(super) fn fresh_session(&self, device: Device) -> Result<(Opened, NewSession), Denied> {
        let (token, hash) = token::fresh()?;
        let session = NewSession {
            token: hash,
            until: Millis(self.now().0 + SESSION_MS),
            agent: device.agent.chars().take(AGENT_MAX).collect(),
            address: device.address,
        };
        let seconds = u32::try_from(SESSION_MS / 1_000).unwrap_or(u32::MAX);
        Ok((Opened { token, seconds }, session))
    }

    /// A line of the audit log by somebody who is not seated yet, or by the program.
    pub(super) fn door_noted(
        &self,
        org: OrgId,
        staff: domain::StaffId,
        act: &'static str,
    ) -> Acting {
        noted(org, staff, self.now(), act)
    }
}

/// A line of the audit log without anything more to tell.
pub(super) fn noted(org: OrgId, staff: domain::StaffId, at: Millis, act: &'static str) -> Acting {
    Acting { org, staff, at, act, group: None, person: None, about: "{}".to_owned() }
}

fn is_young(session: &SessionRow, now: Millis) -> bool {
    now < session.until && now.since(session.seen) < IDLE_MS
}

fn is_on(seen: &SessionSeen, now: Millis) -> bool {
    is_young(&seen.session, now) && seen.staff.state == StaffState::Active
}

fn seat(org: OrgId, seen: SessionSeen) -> Seat {
    let scope = if seen.staff.sees_all {
        Scope::All
    } else {
        Scope::Groups(seen.groups.into_iter().collect::<BTreeSet<_>>())
    };
    let SessionSeen { session, staff, .. } = seen;
    let actor = Actor { org, staff: staff.id, name: staff.name, role: staff.role, scope };
    Seat { actor, login: staff.login, session: session.id }
}
