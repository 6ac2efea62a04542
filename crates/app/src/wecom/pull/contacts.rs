//! Which customers staff have added.

use chat::wecom::calls::contacts::FOLLOWERS_MAX;
use domain::IdentityId;
use serde::{Deserialize, Serialize};
use store::{IdentitySaid, WecomContact, WecomMove, WecomRun};

use crate::wecom::WECOM;
use crate::wecom::pull::{Pull, Stop};

/// Where the next page begins.
#[derive(Default, Serialize, Deserialize)]
struct Place {
    /// Staff before this place are done.
    from: usize,
    /// The platform's cursor.
    cursor: Option<String>,
}

impl Pull {
    /// Customers of everybody who has the function, a hundred of them at once.
    pub(super) async fn contacts(&self, run: &WecomRun, cursor: String) -> Result<(), Stop> {
        let mut place: Place = serde_json::from_str(&cursor).unwrap_or_default();
        let people = self.store().wecom_staff(self.id).await?;
        let staff: Vec<String> = people
            .into_iter()
            .filter(|one| one.follows && one.missing.is_none())
            .map(|one| one.userid)
            .collect();
        while place.from < staff.len() {
            let some: Vec<String> =
                staff.iter().skip(place.from).take(FOLLOWERS_MAX).cloned().collect();
            let page = self.client().contacts_of_many(&some, place.cursor.as_deref()).await?;
            place = match page.next {
                Some(next) => Place { from: place.from, cursor: Some(next) },
                None => Place { from: place.from + FOLLOWERS_MAX, cursor: None },
            };
            let said = page.items.iter().map(|one| IdentitySaid {
                platform: WECOM.to_owned(),
                key: one.person.external_userid.clone(),
                name: one.person.name.clone(),
                class: None,
            });
            let who = self.store().ensure_identities(self.id.org, said.collect()).await?;
            let rows: Vec<WecomContact> =
                page.items.iter().zip(who).map(|(one, who)| contact(one, who)).collect();
            let moved = WecomMove {
                run: run.clone(),
                cursor: serde_json::to_string(&place).unwrap_or_default(),
                done: u32::try_from(rows.len()).unwrap_or(u32::MAX),
                total: None,
            };
            self.store().put_wecom_contacts(self.id, self.page(rows, moved)).await?;
            self.desk.log.write(self.store(), self.id, false).await;
        }
        self.store().wecom_contacts_unlisted(self.id, run.began, self.now()).await?;
        self.library().await
    }
}

fn contact(one: &chat::wecom::calls::contacts::Followed, who: IdentityId) -> WecomContact {
    let tags: Vec<&str> = one.follow.tag_ids().collect();
    WecomContact {
        staff: one.follow.userid.clone(),
        customer: one.person.external_userid.clone(),
        identity: Some(who),
        added: Some(one.follow.created).filter(|at| at.0 > 0),
        state: one.follow.state.clone().unwrap_or_default(),
        way: Some(one.follow.add_way),
        remark: one.follow.remark.clone(),
        tags: serde_json::to_string(&tags).unwrap_or_default(),
        half: None,
    }
}
