//! Live codes that still lead to who hands over: another takes their place behind them.

use domain::{Actor, May};
use store::WecomId;

use crate::console::{Console, Denied};
use crate::links::Swapped;
use crate::wecom::companies::reaches;

impl Console {
    /// Leads all codes that still lead to who hands over to somebody else.
    ///
    /// Wrong: `to` (`not_a_taker`; `no_codes`: none leads to them any more).
    pub async fn lead_handover_codes(
        &self,
        actor: &Actor,
        (account, handover): (i64, i64),
        to: &str,
    ) -> Result<Swapped, Denied> {
        reaches(actor, May::Lead)?;
        let id = self.company_row(WecomId { org: actor.org, account }).await?.id;
        let row = self.store().handover(id, handover).await?.ok_or(Denied::Missing)?;
        let holders = self.holders_of(id).await?;
        let fits = |one: &crate::wecom::Holder| one.fits && one.userid != row.giver;
        if !holders.of(to.trim()).is_some_and(fits) {
            return Err(Denied::field("to", "not_a_taker"));
        }
        let came = self.swap_in_codes(actor, account, (&row.giver, to.trim())).await?;
        if came == Swapped::default() {
            return Err(Denied::field("to", "no_codes"));
        }
        Ok(came)
    }
}
