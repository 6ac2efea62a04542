//! Asking the platform to hand things over: noted as asked for first, then asked.

use chat::wecom::calls::contacts::Transfer;
use chat::wecom::{CallError, Next};
use domain::{HandState, HeldKind};
use engine::handover::{Answer, Batch, Followed, Limits, batches};
use rustc_hash::FxHashMap;
use store::{HandedChange, HandedRow};

use crate::wecom::handover::round::{Round, followed};
use crate::wecom::pull::Stop;

/// What a whole call came to.
enum Came {
    /// An answer for each thing that it speaks of.
    Told(FxHashMap<String, i64>),
    /// Nothing can be said of any of them: they are looked up.
    Unknown(CallError),
    /// It was certainly not done.
    NotDone(CallError),
}

impl Round<'_> {
    /// Asks for what is due, as much as this day takes.
    pub(super) async fn ask(&mut self) -> Result<(), Stop> {
        if self.job.cancelled.is_some() {
            return Ok(());
        }
        let all: Vec<Followed> = self.items.iter().map(followed).collect();
        let a_day = self.job.a_day.and_then(|many| usize::try_from(many).ok());
        let told = batches(&all, (self.pull.now(), a_day), &Limits::WECOM);
        let later = |row: &HandedRow| HandedRow { due: told.then, ..row.clone() };
        self.put(&told.later, HandState::Planned, later).await?;
        for batch in &told.calls {
            // A call before this one may have failed for all that this taker was to take.
            let planned = |at: &&usize| {
                self.items.get(**at).is_some_and(|row| row.state == HandState::Planned)
            };
            let items: Vec<usize> = batch.items.iter().filter(planned).copied().collect();
            if !items.is_empty() {
                self.ask_for(&Batch { items, ..batch.clone() }).await?;
            }
        }
        Ok(())
    }

    async fn ask_for(&mut self, batch: &Batch) -> Result<(), Stop> {
        let now = self.pull.now();
        let asked = |row: &HandedRow| HandedRow {
            state: HandState::Asked,
            asked: Some(now),
            changed: now,
            ..row.clone()
        };
        if !self.put(&batch.items, HandState::Planned, asked).await? {
            // Somebody took some of them off the list: those that are noted are looked up.
            return Ok(());
        }
        match self.call(batch).await {
            Came::Told(codes) => {
                let answer = |at: &usize| {
                    let code = codes.get(&self.items.get(*at)?.held)?;
                    Some((*at, if *code == 0 { Answer::Taken } else { Answer::Code(*code) }))
                };
                let answers = batch.items.iter().filter_map(answer).collect();
                self.answered(answers).await
            }
            Came::Unknown(error) => Err(error.into()),
            Came::NotDone(error) => {
                let back = |row: &HandedRow| HandedRow {
                    state: HandState::Planned,
                    asked: None,
                    ..row.clone()
                };
                self.put(&batch.items, HandState::Asked, back).await?;
                match error.code().filter(|_| error.next() == Next::Drop) {
                    // It will not take any other of them either.
                    Some(code) => self.fails(batch, code).await,
                    None => Err(error.into()),
                }
            }
        }
    }

    /// Everything that this one was to take of this kind waits for a person.
    async fn fails(&mut self, batch: &Batch, code: i64) -> Result<(), Stop> {
        let own = |row: &HandedRow| row.kind == batch.kind && row.taker == batch.taker;
        let now = self.pull.now();
        let failed = |row: &HandedRow| HandedRow {
            state: HandState::Failed,
            code: Some(code),
            changed: now,
            ..row.clone()
        };
        let places = self.places(HandState::Planned, own);
        self.put(&places, HandState::Planned, failed).await.map(drop)
    }

    async fn call(&self, batch: &Batch) -> Came {
        let row = |at: &usize| self.items.get(*at);
        let ids: Vec<String> =
            batch.items.iter().filter_map(row).map(|row| row.held.clone()).collect();
        let client = self.pull.client();
        let told = match batch.kind {
            HeldKind::Contact => {
                let transfer = Transfer {
                    handover_userid: self.job.giver.clone(),
                    takeover_userid: batch.taker.clone(),
                    external_userid: ids,
                    transfer_success_msg: self.job.words.clone(),
                };
                let begun = client.transfer_contacts(self.giver(), &transfer).await;
                begun.map(|all| {
                    all.into_iter().map(|one| (one.external_userid, one.errcode)).collect()
                })
            }
            HeldKind::Group => {
                let failed = client.transfer_groups(self.giver(), &ids, &batch.taker).await;
                failed.map(|failed| {
                    let mut codes: FxHashMap<String, i64> =
                        ids.into_iter().map(|id| (id, 0)).collect();
                    codes.extend(failed.into_iter().map(|one| (one.chat_id, one.errcode)));
                    codes
                })
            }
        };
        self.pull.desk.log.write(self.pull.store(), self.pull.id, false).await;
        match told {
            Ok(codes) => Came::Told(codes),
            Err(error) if error.may_be_done() => Came::Unknown(error),
            Err(error) => Came::NotDone(error),
        }
    }

    /// Changes things; whether all of them were in this state.
    async fn put(
        &mut self,
        places: &[usize],
        was: HandState,
        change: impl Fn(&HandedRow) -> HandedRow,
    ) -> Result<bool, Stop> {
        let mut changes = Vec::with_capacity(places.len());
        for at in places {
            let Some(row) = self.items.get_mut(*at) else { continue };
            *row = change(row);
            changes.push(HandedChange { was, row: row.clone() });
        }
        let count = changes.len() as u64;
        Ok(self.changed(changes).await? == count)
    }
}
