//! Customers of those who left the company and are with nobody yet (离职待分配).

use std::collections::BTreeSet;

use store::{WecomKept, WecomMove, WecomPage, WecomRun, WecomStaff};

use crate::wecom::findings::LEFT;
use crate::wecom::pull::{Pull, Stop};

/// The word of this step.
pub(in crate::wecom) const LEFT_STEP: &str = "left";

impl Pull {
    /// Reads who left and which customers they still have. An app without the permission
    /// (分配在职或离职成员的客户) is not told; that hinders nothing else.
    pub(super) async fn left(&self) {
        let Ok(run) = self.store().begin_wecom_pull(self.id, LEFT_STEP, self.now()).await else {
            return;
        };
        let stopped = self.unassigned(&run).await;
        self.ended(&run, stopped).await;
    }

    async fn unassigned(&self, run: &WecomRun) -> Result<(), Stop> {
        let mut cursor: Option<String> = None;
        loop {
            let page = self.client().unassigned(cursor.as_deref()).await?;
            let gone: BTreeSet<&str> =
                page.items.iter().map(|one| one.handover_userid.as_str()).collect();
            let gone = gone.into_iter().map(|userid| WecomStaff {
                userid: userid.to_owned(),
                state: Some(LEFT),
                follows: Some(false),
                ..WecomStaff::default()
            });
            let people = WecomPage { at: self.now(), rows: gone.collect(), moved: None };
            self.store().put_wecom_staff(self.id, people).await?;
            let kept = |one: &chat::wecom::calls::contacts::Unassigned| WecomKept {
                staff: one.handover_userid.clone(),
                customer: one.external_userid.clone(),
                added: None,
                way: None,
            };
            let rows: Vec<WecomKept> = page.items.iter().map(kept).collect();
            let moved = WecomMove {
                run: run.clone(),
                cursor: page.next.clone().unwrap_or_default(),
                done: u32::try_from(rows.len()).unwrap_or(u32::MAX),
                total: None,
            };
            self.store().keep_wecom_contacts(self.id, self.page(rows, moved)).await?;
            self.desk.log.write(self.store(), self.id, false).await;
            cursor = page.next;
            if cursor.is_none() {
                return Ok(());
            }
        }
    }
}
