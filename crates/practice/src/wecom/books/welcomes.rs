//! Welcomes: codes that live for 20 s and serve once, and what was said with them; the library of
//! welcomes of groups.

use std::collections::BTreeMap;

use domain::Millis;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::wecom::books::{Books, Refused, refused};

/// A code for a welcome lives for so long.
pub const WELCOME_MS: i64 = 20_000;
/// Most welcomes in the library of a company.
pub const TEMPLATES_MAX: usize = 100;

/// Welcomes to people and for groups.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Welcomes {
    /// By code.
    pub codes: BTreeMap<String, Welcome>,
    /// The library of welcomes of groups, by id: as it was given.
    pub templates: BTreeMap<String, Value>,
}

/// A code for a welcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Welcome {
    /// Who welcomes.
    pub staff: String,
    /// Whom.
    pub customer: String,
    /// Serves before this moment.
    pub until: Millis,
    /// What was said, once it was.
    pub said: Option<Value>,
    /// How often a call named it.
    #[serde(default)]
    pub tries: u32,
}

impl Books {
    /// A code for a welcome; none where the console welcomes, where the two are chatting, where an
    /// earlier code of the pair was used, and for users of WeCom.
    pub(crate) fn welcome_code(
        &mut self,
        staff: &str,
        customer: &str,
        now: Millis,
    ) -> Option<String> {
        let console = self.staff.get(staff)?.console_welcome;
        let wecom = self.customers.get(customer)?.wecom;
        if console || wecom || self.bond(staff, customer)?.chatting {
            return None;
        }
        let since = self.bond(staff, customer)?.since;
        let used = self.welcomes.codes.values().any(|one| {
            let same = one.staff == staff && one.customer == customer;
            same && one.said.is_some() && one.until.0 - WELCOME_MS >= since.0
        });
        if used {
            return None;
        }
        let code = self.mint.id("CALLBACKCODE");
        let (staff, customer) = (staff.to_owned(), customer.to_owned());
        let until = Millis(now.0 + WELCOME_MS);
        self.welcomes
            .codes
            .insert(code.clone(), Welcome { staff, customer, until, said: None, tries: 0 });
        Some(code)
    }

    /// Uses a code.
    ///
    /// Refused: 41050 unknown, too old or used; 41051 the two are chatting.
    pub(crate) fn welcome(&mut self, code: &str, said: Value, now: Millis) -> Result<(), Refused> {
        let gone = || refused(41_050, "invalid welcome code");
        let found = self.welcomes.codes.get_mut(code).ok_or_else(gone)?;
        found.tries += 1;
        if found.until <= now || found.said.is_some() {
            return Err(gone());
        }
        let (staff, customer) = (found.staff.clone(), found.customer.clone());
        if self.bond(&staff, &customer).is_some_and(|bond| bond.chatting) {
            return Err(refused(41_051, "already chatting"));
        }
        if let Some(found) = self.welcomes.codes.get_mut(code) {
            found.said = Some(said);
        }
        Ok(())
    }
}
