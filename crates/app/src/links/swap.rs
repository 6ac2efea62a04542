//! Somebody takes another's place behind codes: when a colleague goes, their codes go on.
//!
//! Invariant: a code that was closed or changed meanwhile leads where it did and is told apart.

use domain::{Actor, May};
use serde_json::json;
use store::{LinkCodeRow, WecomId};

use crate::console::{About, Console, Denied};
use crate::links::plan::Plan;
use crate::wecom::reaches;

/// What taking another's place behind codes came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swapped {
    /// Codes that lead to the other now: number and name.
    pub done: Vec<(i64, String)>,
    /// Codes that could not be changed and lead where they did.
    pub stuck: Vec<(i64, String)>,
}

/// An open code that leads to staff.
pub(crate) struct Leading {
    /// Its number.
    pub(crate) id: i64,
    /// Its name.
    pub(crate) name: String,
    /// `userid` of everybody who may be met.
    pub(crate) people: Vec<String>,
}

impl Leading {
    /// Whether somebody may be met behind it. Ids are the same in any case of letters.
    pub(crate) fn leads_to(&self, userid: &str) -> bool {
        self.people.iter().any(|one| one.eq_ignore_ascii_case(userid))
    }
}

impl Console {
    /// Open codes of a company that lead to somebody of staff: number and name.
    pub async fn codes_with(
        &self,
        actor: &Actor,
        company: i64,
        userid: &str,
    ) -> Result<Vec<(i64, String)>, Denied> {
        reaches(actor, May::Look)?;
        let all = self.codes_to_staff(WecomId { org: actor.org, account: company }).await?;
        let with = all.into_iter().filter(|code| code.leads_to(userid));
        Ok(with.map(|code| (code.id, code.name)).collect())
    }

    /// Open codes of a company with whom of staff they lead to.
    pub(crate) async fn codes_to_staff(&self, id: WecomId) -> Result<Vec<Leading>, Denied> {
        let rows = self.store().link_codes(id.org).await?.into_iter();
        let open = rows.filter(|row| row.closed.is_none() && row.said.company == Some(id.account));
        let leading = |row: LinkCodeRow| {
            let people = Plan::of(&row).people().into_iter().map(str::to_owned).collect();
            Leading { id: row.id, name: row.said.name, people }
        };
        Ok(open.map(leading).collect())
    }

    /// Puts somebody in another's place behind all open codes of a company, one by one: one that
    /// cannot be changed stops no other. Who stands behind a code already keeps the own share.
    pub async fn swap_in_codes(
        &self,
        actor: &Actor,
        company: i64,
        pair: (&str, &str),
    ) -> Result<Swapped, Denied> {
        reaches(actor, May::Keep)?;
        let mut came = Swapped::default();
        for code in self.codes_with(actor, company, pair.0).await? {
            // What fails for whatever reason still stands on the list.
            match self.swap_in_code(actor, code.0, pair).await {
                Ok(true) => came.done.push(code),
                Ok(false) | Err(_) => came.stuck.push(code),
            }
        }
        if !came.done.is_empty() {
            self.rerouted(actor).await?;
        }
        Ok(came)
    }

    async fn swap_in_code(
        &self,
        actor: &Actor,
        id: i64,
        (from, to): (&str, &str),
    ) -> Result<bool, Denied> {
        let row = self.store().link_code(actor.org, id).await?.ok_or(Denied::Missing)?;
        let body = Plan::of(&row).swapped(from, to).write();
        let told = json!({ "code": id, "name": row.said.name, "from": from, "to": to });
        let about = About { told, ..About::default() };
        let acting = self.acting(actor, May::Keep, "code.changed", about)?;
        Ok(self.store().lead_link_code(id, (&row.said.body, &body), acting).await?)
    }
}

impl Plan {
    /// The same with somebody in another's place.
    fn swapped(mut self, from: &str, to: &str) -> Self {
        let is_from = |userid: &str| userid.eq_ignore_ascii_case(from);
        if let Self::Groups { spare, .. } | Self::Staff { spare, .. } = &mut self
            && spare.as_deref().is_some_and(is_from)
        {
            *spare = Some(to.to_owned());
        }
        if let Self::Staff { seats, .. } = &mut self {
            if seats.iter().any(|seat| seat.userid.eq_ignore_ascii_case(to)) {
                seats.retain(|seat| !is_from(&seat.userid));
            }
            for seat in seats.iter_mut().filter(|seat| is_from(&seat.userid)) {
                to.clone_into(&mut seat.userid);
            }
        }
        self
    }
}
