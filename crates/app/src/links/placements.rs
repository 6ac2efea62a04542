//! Where codes hang (B02): each place has an address of its own.

use domain::{Actor, May};
use serde_json::json;
use store::{Acting, LinkPlacementRow, NewLinkPlacement};

use crate::console::{About, Console, Denied};
use crate::error::Fault;
use crate::links::check;
use crate::links::form::PlacementForm;
use crate::wecom::reaches;

/// Letters of a slug: 36⁸ of them, far more than anybody tries.
pub(super) const SLUG_LETTERS: usize = 8;
/// What it is made of.
const LETTERS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
/// A slug that is taken is made anew, so often.
const TRIES: usize = 5;

impl Console {
    /// Hangs a code somewhere; the number of the placement. Fields: `name` `missing`, `too_long`,
    /// `taken`; `partner` `too_long`; `source` `unknown`; `spends` `not_a_day`, `not_an_amount`,
    /// `twice`, `too_many`.
    pub async fn place_code(
        &self,
        actor: &Actor,
        code: i64,
        form: &PlacementForm,
    ) -> Result<i64, Denied> {
        reaches(actor, May::Keep)?;
        let row = self.store().link_code(actor.org, code).await?;
        row.filter(|row| row.closed.is_none()).ok_or(Denied::Missing)?;
        let said = check::placement(form)?;
        self.free_place(actor, (code, &said.name, None)).await?;
        let told = json!({ "code": code, "name": said.name });
        let about = About { told, ..About::default() };
        let acting = self.acting(actor, May::Keep, "placement.made", about)?;
        for _ in 0..TRIES {
            let new = NewLinkPlacement { code, slug: slug()?, said: said.clone() };
            match self.store().add_link_placement(new, acting.clone()).await {
                Err(store::Fault::Constraint { .. }) => {}
                made => {
                    let id = made?;
                    self.rerouted(actor).await?;
                    return Ok(id);
                }
            }
        }
        Err(Denied::Changed)
    }

    /// Changes a placement; its address stays.
    pub async fn change_placement(
        &self,
        actor: &Actor,
        placement: i64,
        form: &PlacementForm,
    ) -> Result<(), Denied> {
        let (row, acting) = self.about_placement(actor, "placement.changed", placement).await?;
        let said = check::placement(form)?;
        self.free_place(actor, (row.code, &said.name, Some(placement))).await?;
        self.store().change_link_placement(placement, said, acting).await?;
        self.rerouted(actor).await
    }

    /// Closes a placement: whoever scans is told so.
    pub async fn close_placement(&self, actor: &Actor, placement: i64) -> Result<(), Denied> {
        let (_, acting) = self.about_placement(actor, "placement.closed", placement).await?;
        self.store().close_link_placement(placement, acting).await?;
        self.rerouted(actor).await
    }

    /// Opens a closed placement again.
    pub async fn reopen_placement(&self, actor: &Actor, placement: i64) -> Result<(), Denied> {
        let (_, acting) = self.about_placement(actor, "placement.reopened", placement).await?;
        self.store().reopen_link_placement(placement, acting).await?;
        self.rerouted(actor).await
    }

    async fn about_placement(
        &self,
        actor: &Actor,
        act: &'static str,
        placement: i64,
    ) -> Result<(LinkPlacementRow, Acting), Denied> {
        reaches(actor, May::Keep)?;
        let rows = self.store().link_placements(actor.org).await?;
        let row = rows.into_iter().find(|row| row.id == placement).ok_or(Denied::Missing)?;
        let told = json!({ "code": row.code, "placement": placement, "name": row.said.name });
        let acting = self.acting(actor, May::Keep, act, About { told, ..About::default() })?;
        Ok((row, acting))
    }

    async fn free_place(
        &self,
        actor: &Actor,
        (code, name, own): (i64, &str, Option<i64>),
    ) -> Result<(), Denied> {
        let all = self.store().link_placements(actor.org).await?;
        let taken = all.iter().any(|row| {
            row.code == code && row.said.name == name && Some(row.id) != own && row.closed.is_none()
        });
        if taken { Err(Denied::field("name", "taken")) } else { Ok(()) }
    }
}

/// A word that nobody guesses.
fn slug() -> Result<String, Fault> {
    let mut slug = String::with_capacity(SLUG_LETTERS);
    let mut dice = [0; 32];
    while slug.len() < SLUG_LETTERS {
        getrandom::fill(&mut dice).map_err(|error| Fault::Unreadable(error.to_string()))?;
        // Only the lower 252 = 7 · 36 values, so that all letters are as likely.
        for roll in dice.iter().filter(|roll| **roll < 252).take(SLUG_LETTERS - slug.len()) {
            let letter = LETTERS.get(usize::from(*roll) % LETTERS.len()).copied();
            slug.push(char::from(letter.unwrap_or(b'a')));
        }
    }
    Ok(slug)
}
