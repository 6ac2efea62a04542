//! Which customer groups there are.

use chat::wecom::Next;
use chat::wecom::calls::groups::{FollowState, GroupFilter, OWNERS_MAX};
use serde::{Deserialize, Serialize};
use store::{WecomListed, WecomMove, WecomRun};

use crate::wecom::pull::{Pull, Stop};

/// Where the next page begins.
#[derive(Default, Serialize, Deserialize)]
struct Place {
    /// Asked by owners from this place on, a hundred at once: a company with more than 1,000 people
    /// is not answered otherwise (81017).
    owners: Option<usize>,
    /// The platform's cursor.
    cursor: Option<String>,
}

impl Pull {
    /// All groups of the visible range, page by page.
    pub(super) async fn groups(&self, run: &WecomRun, cursor: String) -> Result<(), Stop> {
        let mut place: Place = serde_json::from_str(&cursor).unwrap_or_default();
        let people = self.store().wecom_staff(self.id).await?;
        let owners: Vec<String> = people.into_iter().map(|one| one.userid).collect();
        loop {
            let asked = place.owners.map(|from| {
                owners.iter().skip(from).take(OWNERS_MAX).cloned().collect::<Vec<String>>()
            });
            if asked.as_ref().is_some_and(Vec::is_empty) {
                break;
            }
            let filter = GroupFilter { owners: asked.unwrap_or_default(), ..<_>::default() };
            let page = match self.client().groups(&filter, place.cursor.as_deref()).await {
                Err(error) if error.next() == Next::Less && place.owners.is_none() => {
                    place = Place { owners: Some(0), cursor: None };
                    continue;
                }
                page => page?,
            };
            let ends = page.next.is_none();
            place = match (page.next, place.owners) {
                (Some(next), owners) => Place { owners, cursor: Some(next) },
                (None, Some(from)) => Place { owners: Some(from + OWNERS_MAX), cursor: None },
                (None, None) => Place::default(),
            };
            let rows: Vec<WecomListed> = page
                .items
                .into_iter()
                .map(|one| WecomListed { chat: one.chat_id, status: status(one.state) })
                .collect();
            let moved = WecomMove {
                run: run.clone(),
                cursor: serde_json::to_string(&place).unwrap_or_default(),
                done: u32::try_from(rows.len()).unwrap_or(u32::MAX),
                total: None,
            };
            self.store().wecom_listed(self.id, self.page(rows, moved)).await?;
            self.desk.log.write(self.store(), self.id, false).await;
            if ends && place.owners.is_none() {
                break;
            }
        }
        self.store().wecom_unlisted(self.id, run.began, self.now()).await?;
        Ok(())
    }
}

fn status(state: FollowState) -> i64 {
    match state {
        FollowState::Present => 0,
        FollowState::Left => 1,
        FollowState::HandingOver => 2,
        FollowState::HandedOver => 3,
    }
}
