//! To-dos on people's phones: rows of Today of the groups that somebody keeps go out as cards of
//! the app (应用消息), and a page behind the card completes them.
//!
//! Reading order: `seats` (who of staff is who), `due` (what goes to whom, and when not), `going`
//! (sending, and changing cards of what is done), `page` (what is behind a card).
//!
//! Invariants: a to-do in one state goes to somebody once: it is written before the call, and a
//! call that was cut off is made again only while the platform drops what it had already. At most
//! one card in five minutes to one person, several to-dos in one, and none in the quiet hours. A
//! card leads to its own to-dos only, for a day, for whom it was sent to.

mod due;
mod going;
mod page;
mod seats;

use std::sync::Arc;
use std::time::Duration;

use domain::{Actor, Millis, OrgId, Scope, StaffId};
use report::Lang;
use serde::{Deserialize, Serialize};
use store::StaffState;
use tokio::sync::watch;

use crate::console::{Console, Denied, Item};

pub use page::{CardPage, CardTodo, TodoState};
pub use seats::{PhoneSeat, SeatForm, SeatPlace};

/// A card's link works for so long.
pub const CARD_MS: i64 = Millis::DAY;

/// How often it is looked whether something is to go out.
const LOOK_MS: u64 = 30_000;

/// What a card is about, for who finds its words.
#[derive(Clone, Copy, Debug)]
pub struct CardTold<'a> {
    /// The to-dos; at least one.
    pub items: &'a [Item],
    /// The organisation's language.
    pub lang: Lang,
}

/// Words of a card. Titles are shown in 36 letters, words below them in 44, values in 30.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardWords {
    /// What is to be done.
    pub title: String,
    /// Where, or how many.
    pub desc: String,
    /// More words.
    pub more: String,
    /// Words that somebody wrote.
    pub quote: String,
    /// On the button.
    pub button: String,
    /// On the button once it is done.
    pub done: String,
}

/// What cards look like and where they lead: given by the faces.
#[derive(Clone)]
pub struct CardFace {
    /// Whose cards.
    pub org: OrgId,
    /// The words of a card.
    pub words: Arc<dyn Fn(CardTold<'_>) -> CardWords + Send + Sync>,
    /// The address behind a card, by its number, until a moment: the same for the same card.
    pub link: Arc<dyn Fn(i64, Millis) -> String + Send + Sync>,
}

impl std::fmt::Debug for CardFace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CardFace").field("org", &self.org).finish_non_exhaustive()
    }
}

impl Console {
    /// Sends cards when it is time, until the program stops.
    pub fn keep_carding(&self, face: CardFace) {
        let console = self.clone();
        self.live().aside("the cards to staff", move |stop| {
            let (console, face) = (console.clone(), face.clone());
            async move { console.card_in_time(face, stop).await }
        });
    }

    async fn card_in_time(&self, face: CardFace, mut stop: watch::Receiver<bool>) {
        let mut tick = tokio::time::interval(Duration::from_millis(LOOK_MS));
        loop {
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => return,
                _ = tick.tick() => {}
            }
            // What cannot go out now is looked at the next time.
            let _ = self.cards_now(&face).await;
        }
    }

    /// Writes, sends and changes what is due now.
    pub async fn cards_now(&self, face: &CardFace) -> Result<(), Denied> {
        // One round at a time: two would send the same card.
        let _turn = self.companies().carding.lock().await;
        self.plan_cards(face).await?;
        self.send_cards(face).await?;
        self.end_cards(face).await
    }

    /// Somebody of staff as who acts now; `None` when they are locked out or gone.
    async fn staff_actor(&self, org: OrgId, who: StaffId) -> Result<Option<Actor>, Denied> {
        let Some((row, _)) = self.store().staff_by_id(org, who).await? else { return Ok(None) };
        if row.state != StaffState::Active {
            return Ok(None);
        }
        let scope = if row.sees_all {
            Scope::All
        } else {
            let all = self.store().staff_groups(org).await?.into_iter();
            Scope::Groups(all.filter(|(staff, _)| *staff == who).map(|(_, group)| group).collect())
        };
        Ok(Some(Actor { org, staff: row.id, name: row.name, role: row.role, scope }))
    }
}
