//! What goes beside customers and groups: live codes, and what they keep in huoqun itself.

use domain::{Actor, May};
use store::WecomId;

use crate::console::{Console, Denied};
use crate::wecom::companies::reaches;
use crate::wecom::handover::here::KeptHere;

/// What somebody has beside customers and groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Open live codes that lead to them: number and name.
    pub codes: Vec<(i64, String)>,
    /// What they keep here; `None` when nobody of our staff is them.
    pub here: Option<KeptHere>,
}

impl Console {
    /// What somebody of a company has beside customers and groups.
    pub async fn beside_handover(
        &self,
        actor: &Actor,
        account: i64,
        giver: &str,
    ) -> Result<Beside, Denied> {
        reaches(actor, May::Lead)?;
        let id = self.company_row(WecomId { org: actor.org, account }).await?.id;
        self.beside(actor, id, giver).await
    }

    pub(super) async fn beside(
        &self,
        actor: &Actor,
        id: WecomId,
        giver: &str,
    ) -> Result<Beside, Denied> {
        let codes = self.codes_with(actor, id.account, giver).await?;
        Ok(Beside { codes, here: self.kept_here(actor, id, giver).await? })
    }
}
