//! Somebody takes another's place behind codes: when a colleague goes, their codes go on.

use domain::{Actor, May};
use serde_json::json;

use crate::console::{About, Console, Denied};
use crate::links::plan::Plan;
use crate::wecom::reaches;

impl Console {
    /// Open codes of a company that lead to somebody of staff: number and name.
    pub async fn codes_with(
        &self,
        actor: &Actor,
        company: i64,
        userid: &str,
    ) -> Result<Vec<(i64, String)>, Denied> {
        reaches(actor, May::Look)?;
        let rows = self.store().link_codes(actor.org).await?.into_iter();
        let open = rows.filter(|row| row.closed.is_none() && row.said.company == Some(company));
        let with = open.filter(|row| Plan::of(row).people().contains(&userid));
        Ok(with.map(|row| (row.id, row.said.name)).collect())
    }

    /// Puts somebody in another's place behind all open codes of a company; how many codes. Who
    /// stands behind a code already keeps the own share.
    pub async fn swap_in_codes(
        &self,
        actor: &Actor,
        company: i64,
        (from, to): (&str, &str),
    ) -> Result<usize, Denied> {
        let codes = self.codes_with(actor, company, from).await?;
        for (id, name) in &codes {
            let row = self.store().link_code(actor.org, *id).await?.ok_or(Denied::Missing)?;
            let plan = Plan::of(&row).swapped(from, to);
            let told = json!({ "code": id, "name": name, "from": from, "to": to });
            let about = About { told, ..About::default() };
            let acting = self.acting(actor, May::Keep, "code.changed", about)?;
            self.store().change_link_code(*id, (name, &plan.write()), acting).await?;
        }
        if !codes.is_empty() {
            self.rerouted(actor).await?;
        }
        Ok(codes.len())
    }
}

impl Plan {
    /// The same with somebody in another's place.
    fn swapped(mut self, from: &str, to: &str) -> Self {
        if let Self::Groups { spare, .. } | Self::Staff { spare, .. } = &mut self
            && spare.as_deref() == Some(from)
        {
            *spare = Some(to.to_owned());
        }
        if let Self::Staff { seats, .. } = &mut self {
            if seats.iter().any(|seat| seat.userid == to) {
                seats.retain(|seat| seat.userid != from);
            }
            for seat in seats.iter_mut().filter(|seat| seat.userid == from) {
                to.clone_into(&mut seat.userid);
            }
        }
        self
    }
}
