//! What staff do with codes.

use domain::Actor;

use crate::console::{Console, Denied};
use crate::links::form::CodeForm;
use crate::links::view::{Choices, CodeLine, CodeView};

impl Console {
    /// All codes: open ones first, then the latest first.
    pub async fn codes(&self, _actor: &Actor) -> Result<Vec<CodeLine>, Denied> {
        Ok(Vec::new())
    }

    /// What can be chosen in the form of a code.
    pub async fn code_choices(&self, _actor: &Actor) -> Result<Choices, Denied> {
        Ok(Choices::default())
    }

    /// One code.
    pub async fn code(&self, _actor: &Actor, _id: i64) -> Result<CodeView, Denied> {
        Err(Denied::Missing)
    }

    /// Makes a code; its number. What it needs on the platform is made in the background.
    ///
    /// Fields: `kind` `unknown`; `name` `missing`, `too_long`, `taken`; `company` `missing`,
    /// `unknown`; `groups` `missing`, `too_many`, `unknown`, `twice`; `limit` `out_of_range`;
    /// `series` `too_long`; `next_number` `not_a_number`; `spare_staff` `unknown`; `staff`
    /// `missing`, `too_many`, `unknown`, `twice`; `weight` `out_of_range`; `days` `not_days`;
    /// `from`, `to` `not_a_time`; `daily_max` `not_a_number`; `url` `missing`, `not_an_address`,
    /// `too_long`; `leads_to` `unknown`; `rules` `missing`, `too_many`; `to_code`, `otherwise`
    /// `missing`, `unknown`; `device`, `place`, `visit`, `placement` `unknown`.
    pub async fn open_code(&self, _actor: &Actor, _form: &CodeForm) -> Result<i64, Denied> {
        Err(Denied::field("name", "missing"))
    }

    /// Changes a code; kind and company stay. The next scan goes by it.
    pub async fn change_code(
        &self,
        _actor: &Actor,
        _id: i64,
        _form: &CodeForm,
    ) -> Result<(), Denied> {
        Err(Denied::Missing)
    }

    /// Closes a code: whoever scans is told so. What was made on the platform is taken away.
    pub async fn close_code(&self, _actor: &Actor, _id: i64) -> Result<(), Denied> {
        Err(Denied::Missing)
    }

    /// Opens a closed code again, with the same addresses.
    pub async fn reopen_code(&self, _actor: &Actor, _id: i64) -> Result<(), Denied> {
        Err(Denied::Missing)
    }

    /// Tries at once what the platform refused for a code.
    pub async fn retry_code(&self, _actor: &Actor, _id: i64) -> Result<(), Denied> {
        Err(Denied::Missing)
    }
}
