//! Looking up what came of things that were asked for.
//!
//! Customers are told page by page for each pair of members; of groups their owner tells. What the
//! platform says of a customer may be about an earlier hand-over of the same pair: what lies before
//! the asking is not taken for its answer, and where that cannot be told nobody guesses.

use std::collections::{BTreeMap, BTreeSet};

use chat::wecom::calls::contacts::{TransferState, Transferred};
use domain::{HandState, HeldKind, Millis};
use engine::handover::{Answer, Followed, look_again};
use rustc_hash::FxHashMap;
use store::{HandedRow, WecomKept, WecomListed, WecomPage, WecomParting};

use crate::wecom::handover::round::{Round, followed};
use crate::wecom::pull::Stop;

/// The way of a customer who was assigned (`add_way`).
const ASSIGNED: i64 = 202;
/// A group that was inherited (`status`).
const INHERITED: i64 = 3;
/// The platform tells moments in whole seconds.
const SECOND_MS: i64 = 1_000;

impl Round<'_> {
    /// Looks up what is ripe; when, if there was anything that waits.
    pub(super) async fn look(&mut self) -> Result<Option<Millis>, Stop> {
        let now = self.pull.now();
        let looked = self.job.looked;
        let is_ripe = |row: &HandedRow| {
            let one: [Followed; 1] = [followed(row)];
            look_again(&one, (now, looked)).is_some_and(|at| at <= now)
        };
        let asked = self.places(HandState::Asked, is_ripe);
        let mut waiting = self.places(HandState::Waiting, is_ripe);
        if asked.is_empty() && waiting.is_empty() {
            return Ok(None);
        }
        if !waiting.is_empty() {
            // Who asks for a page is told of all of them.
            waiting = self.places(HandState::Waiting, |_| true);
        }
        let all: Vec<usize> = asked.into_iter().chain(waiting).collect();
        let kind = |at: &usize| self.items.get(*at).map(|row| row.kind);
        let (contacts, groups): (Vec<usize>, Vec<usize>) =
            all.into_iter().partition(|at| kind(at) == Some(HeldKind::Contact));
        self.contacts(&contacts).await?;
        for at in groups {
            self.group(at).await?;
        }
        Ok(Some(now))
    }

    async fn contacts(&mut self, places: &[usize]) -> Result<(), Stop> {
        let mut of_taker: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for at in places {
            if let Some(row) = self.items.get(*at) {
                of_taker.entry(row.taker.clone()).or_default().push(*at);
            }
        }
        if of_taker.is_empty() {
            return Ok(());
        }
        let whose = (self.job.giver.as_str(), self.job.handover);
        let stuck = self.pull.store().handed_stuck(self.pull.id, whose).await?;
        let stuck: BTreeSet<(String, String)> = stuck.into_iter().collect();
        for (taker, places) in of_taker {
            let told = self.results(&taker).await?;
            let answer = |at: &usize| {
                let row = self.items.get(*at)?;
                let is_old = || stuck.contains(&(row.held.clone(), row.taker.clone()));
                Some((*at, answer(row, told.get(&row.held), is_old)))
            };
            let answers: Vec<(usize, Answer)> = places.iter().filter_map(answer).collect();
            self.moved(&answers, &told).await?;
            self.answered(answers).await?;
        }
        Ok(())
    }

    /// What the platform tells of all customers between the giver and a taker; of several records
    /// of one the last counts.
    async fn results(&self, taker: &str) -> Result<FxHashMap<String, Transferred>, Stop> {
        let mut told = FxHashMap::default();
        let mut cursor: Option<String> = None;
        loop {
            let pair = (self.job.giver.as_str(), taker);
            let client = self.pull.client();
            let page = client.transfer_results(self.giver(), pair, cursor.as_deref()).await?;
            told.extend(page.items.into_iter().map(|one| (one.external_userid.clone(), one)));
            cursor = page.next;
            if cursor.is_none() {
                return Ok(told);
            }
        }
    }

    /// Notes who has the customers that changed hands: of who left no letter tells it.
    async fn moved(
        &self,
        answers: &[(usize, Answer)],
        told: &FxHashMap<String, Transferred>,
    ) -> Result<(), Stop> {
        let done = answers.iter().filter(|(_, answer)| *answer == Answer::Handed);
        let rows: Vec<&HandedRow> = done.filter_map(|(at, _)| self.items.get(*at)).collect();
        if rows.is_empty() {
            return Ok(());
        }
        let now = self.pull.now();
        let at = |row: &HandedRow| told.get(&row.held).map_or(now, |one| one.taken_over);
        let parted = |row: &&HandedRow| WecomParting {
            staff: self.job.giver.clone(),
            customer: row.held.clone(),
            how: "handed_over".to_owned(),
        };
        let kept = |row: &&HandedRow| WecomKept {
            staff: row.taker.clone(),
            customer: row.held.clone(),
            added: Some(at(row)),
            way: Some(ASSIGNED),
        };
        let (store, id) = (self.pull.store(), self.pull.id);
        let parted = rows.iter().map(parted).collect();
        store.part_wecom_contacts(id, WecomPage { at: now, rows: parted, moved: None }).await?;
        let kept = rows.iter().map(kept).collect();
        Ok(store.keep_wecom_contacts(id, WecomPage { at: now, rows: kept, moved: None }).await?)
    }

    async fn group(&mut self, at: usize) -> Result<(), Stop> {
        let Some(row) = self.items.get(at) else { return Ok(()) };
        let (chat, taker) = (row.held.clone(), row.taker.clone());
        let owner = self.pull.one_group(&chat).await?.owner;
        let is_theirs = owner.is_some_and(|owner| owner.eq_ignore_ascii_case(&taker));
        if is_theirs && self.job.left {
            // The list tells so at the next reading; until then it would stand as left behind.
            let rows = vec![WecomListed { chat, status: INHERITED }];
            let page = WecomPage { at: self.pull.now(), rows, moved: None };
            self.pull.store().wecom_listed(self.pull.id, page).await?;
        }
        let answer = if is_theirs { Answer::Handed } else { Answer::Nothing };
        self.answered(vec![(at, answer)]).await
    }
}

/// What a record means for a customer who was asked for.
fn answer(row: &HandedRow, told: Option<&Transferred>, is_old: impl Fn() -> bool) -> Answer {
    let Some(told) = told else { return Answer::Nothing };
    let before = |at: Millis| row.asked.is_some_and(|asked| at.0 + SECOND_MS < asked.0);
    match told.state {
        TransferState::Done if before(told.taken_over) => Answer::Nothing,
        TransferState::Done => Answer::Handed,
        TransferState::Waiting => Answer::Waits(told.taken_over),
        TransferState::Refused | TransferState::Full
            if row.state == HandState::Asked && (row.tries > 0 || is_old()) =>
        {
            Answer::Unclear
        }
        TransferState::Refused => Answer::Refused,
        TransferState::Full => Answer::Full,
        TransferState::Unknown => Answer::Nothing,
    }
}
