//! Whether there is anything to see of codes.

use domain::{Actor, May};

use crate::console::{Console, Denied};
use crate::wecom::reaches;

impl Console {
    /// Whether somebody has the place of codes before them: a company was connected once, or there
    /// is a code; and they see all groups.
    pub async fn sees_codes(&self, actor: &Actor) -> Result<bool, Denied> {
        if reaches(actor, May::Look).is_err() {
            return Ok(false);
        }
        let store = self.store();
        Ok(!store.wecom_accounts(actor.org).await?.is_empty()
            || !store.link_codes(actor.org).await?.is_empty())
    }
}
