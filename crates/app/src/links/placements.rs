//! Where codes hang (B02): each place has an address of its own.

use domain::Actor;

use crate::console::{Console, Denied};
use crate::links::form::PlacementForm;

impl Console {
    /// Hangs a code somewhere; the number of the placement. Fields: `name` `missing`, `too_long`,
    /// `taken`; `partner` `too_long`; `source` `unknown`; `spends` `not_a_day`, `not_an_amount`,
    /// `twice`, `too_many`.
    pub async fn place_code(
        &self,
        _actor: &Actor,
        _code: i64,
        _form: &PlacementForm,
    ) -> Result<i64, Denied> {
        Err(Denied::Missing)
    }

    /// Changes a placement; its address stays.
    pub async fn change_placement(
        &self,
        _actor: &Actor,
        _placement: i64,
        _form: &PlacementForm,
    ) -> Result<(), Denied> {
        Err(Denied::Missing)
    }

    /// Closes a placement: whoever scans is told so.
    pub async fn close_placement(&self, _actor: &Actor, _placement: i64) -> Result<(), Denied> {
        Err(Denied::Missing)
    }

    /// Opens a closed placement again.
    pub async fn reopen_placement(&self, _actor: &Actor, _placement: i64) -> Result<(), Denied> {
        Err(Denied::Missing)
    }
}
