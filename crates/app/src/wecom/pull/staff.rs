//! The company's own people: who may talk with customers, and what they are called.

use rustc_hash::FxHashMap;
use store::{WecomMove, WecomRun, WecomStaff};

use crate::wecom::pull::{Pull, Stop};

impl Pull {
    /// Everybody in the visible range. Names are a nicety: an app that may not read the address
    /// book goes without them.
    pub(super) async fn staff(&self, run: &WecomRun) -> Result<(), Stop> {
        let mut people: FxHashMap<String, WecomStaff> = FxHashMap::default();
        for userid in self.client().staff().await? {
            let one = WecomStaff { userid: userid.clone(), follows: Some(true), ..<_>::default() };
            people.insert(userid, one);
        }
        for department in self.client().departments().await.unwrap_or_default() {
            for one in self.client().colleagues(department.id).await.unwrap_or_default() {
                let entry = people.entry(one.userid.clone()).or_insert_with(|| WecomStaff {
                    userid: one.userid.clone(),
                    follows: Some(false),
                    ..WecomStaff::default()
                });
                entry.name = Some(one.name).filter(|name| !name.is_empty());
                entry.departments = serde_json::to_string(&one.department).ok();
                entry.state = (one.status != 0).then_some(one.status);
            }
        }
        let rows: Vec<WecomStaff> = people.into_values().collect();
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let moved =
            WecomMove { run: run.clone(), cursor: String::new(), done: count, total: Some(count) };
        self.store().put_wecom_staff(self.id, self.page(rows, moved)).await?;
        self.store().wecom_staff_unlisted(self.id, run.began, self.now()).await?;
        Ok(())
    }
}
