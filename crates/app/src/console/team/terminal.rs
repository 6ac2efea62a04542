//! What whoever holds the machine may do: the first owner's link, an owner, a new password.
//!
//! No actor is asked for: who can read the database needs none.

use domain::{Millis, OrgId, Role, StaffId};
use serde_json::json;
use store::{Acting, Grant, Invites, NewStaff, StaffChange, StaffState, Store};

use crate::console::team::password::Hashing;
use crate::console::team::seats::noted;
use crate::console::team::{password, token, words};
use crate::console::{Denied, FieldError};

/// The link of the first owner works so long.
const FIRST_MS: i64 = Millis::DAY;

/// A link to a new password works so long.
pub(super) const PASSWORD_MS: i64 = Millis::DAY;

/// The link of a demonstration works so long; each start makes another.
const DEMO_MS: i64 = 400 * Millis::DAY;

/// Login of who looks at the demonstration.
const DEMO_LOGIN: &str = "demo";

/// The token of a link that makes the first owner, while there is none; earlier ones stop to work.
pub async fn first_link(store: &Store, org: OrgId, now: Millis) -> Result<Option<String>, Denied> {
    if store.has_owner(org).await? {
        return Ok(None);
    }
    let acting = noted(org, StaffId::NOBODY, now, "owner.link_made");
    made(store, (Invites::Owner, Millis(now.0 + FIRST_MS)), acting).await.map(Some)
}

/// The token of a link that lets people look at a demonstration as its owner, who is made when
/// there is none. It works again and again until the next start.
pub async fn demo_link(
    store: &Store,
    org: OrgId,
    (name, now): (&str, Millis),
) -> Result<String, Denied> {
    let staff = if let Some((staff, _)) = store.staff_by_login(org, DEMO_LOGIN).await? {
        staff.id
    } else {
        let new = NewStaff {
            login: DEMO_LOGIN.to_owned(),
            name: name.to_owned(),
            password: String::new(),
        };
        let acting = noted(org, StaffId::NOBODY, now, "staff.made");
        match store.add_staff(new, everything(), acting).await? {
            StaffChange::Done(staff) => staff,
            _ => return Err(Denied::Changed),
        }
    };
    let acting = noted(org, StaffId::NOBODY, now, "demo.link_made");
    made(store, (Invites::Demo(staff), Millis(now.0 + DEMO_MS)), acting).await
}

/// Makes an owner with a password. Fields: `login`, `name`, `password`.
pub async fn add_owner(
    store: &Store,
    org: OrgId,
    [login, name, typed]: [&str; 3],
    now: Millis,
) -> Result<StaffId, Denied> {
    let new = checked([login, name, typed])?;
    let new = NewStaff { password: Hashing::default().make(typed).await?, ..new };
    let acting = noted(org, StaffId::NOBODY, now, "staff.made");
    match store.add_staff(new, everything(), acting).await? {
        StaffChange::Done(staff) => Ok(staff),
        _ => Err(Denied::field("login", "taken")),
    }
}

/// Makes an owner who sets the password by a link; its token. Fields: `login`, `name`.
pub async fn add_owner_by_link(
    store: &Store,
    org: OrgId,
    [login, name]: [&str; 2],
    now: Millis,
) -> Result<String, Denied> {
    let wrong = |wrong| Denied::Wrong(vec![wrong]);
    let login = words::login(login).map_err(wrong)?;
    let name = words::name(name).map_err(wrong)?;
    let new = NewStaff { login: login.clone(), name, password: String::new() };
    let acting = noted(org, StaffId::NOBODY, now, "staff.made");
    match store.add_staff(new, everything(), acting).await? {
        StaffChange::Done(_) => reset_link(store, org, (&login, now)).await,
        _ => Err(Denied::field("login", "taken")),
    }
}

/// The token of a link to a new password; [`Denied::Missing`] when nobody who may come in logs in
/// so.
pub async fn reset_link(
    store: &Store,
    org: OrgId,
    (login, now): (&str, Millis),
) -> Result<String, Denied> {
    let login = words::login(login).map_err(|wrong| Denied::Wrong(vec![wrong]))?;
    let found = store.staff_by_login(org, &login).await?;
    let active = found.filter(|(staff, _)| staff.state == StaffState::Active);
    let (staff, _) = active.ok_or(Denied::Missing)?;
    let about = json!({ "staff": staff.id.0 }).to_string();
    let acting = noted(org, StaffId::NOBODY, now, "password.link_made");
    let acting = Acting { about, ..acting };
    made(store, (Invites::Password(staff.id), Millis(now.0 + PASSWORD_MS)), acting).await
}

/// Somebody new as typed, without the hash: every wrong field at once.
pub(super) fn checked([login, name, typed]: [&str; 3]) -> Result<NewStaff, Denied> {
    let (login, name) = (words::login(login), words::name(name));
    let word = login.as_deref().unwrap_or_default();
    let errors: Vec<FieldError> = [
        name.as_ref().err().copied(),
        login.as_ref().err().copied(),
        password::accepted(typed, word).err(),
    ]
    .into_iter()
    .flatten()
    .collect();
    match (login, name) {
        (Ok(login), Ok(name)) if errors.is_empty() => {
            Ok(NewStaff { login, name, password: String::new() })
        }
        _ => Err(Denied::Wrong(errors)),
    }
}

/// Makes a link and gives its token.
pub(super) async fn made(
    store: &Store,
    gives: (Invites, Millis),
    acting: Acting,
) -> Result<String, Denied> {
    let (token, hash) = token::fresh()?;
    store.invite(hash, gives, acting).await?;
    Ok(token)
}

fn everything() -> Grant {
    Grant { role: Role::Owner, sees_all: true, groups: Vec::new() }
}
