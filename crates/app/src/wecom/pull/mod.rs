//! Reading everything of a company, step by step: people, list of groups, each group, contacts; and
//! then the customers of those who left (`left`) and the platform's own `figures`, which not every
//! app may read: a company is read whole without them.
//!
//! Invariants: steps go in this order, and one that was cut off goes on where it stood; one pull of
//! a company at a time in a process; whoever reads twice changes nothing the second time; what
//! stands still says why, and is tried again by itself unless somebody has to set something right.

mod contacts;
mod figures;
mod groups;
pub(super) mod left;
mod members;
mod seen;
mod staff;

use std::sync::atomic::Ordering;

use chat::wecom::{CallError, Client, Lack, Next};
use domain::{Actor, May, Millis};
use store::{Store, WecomAccountRow, WecomId, WecomMove, WecomPage, WecomPullRow, WecomRun};
use tokio::sync::watch;

use crate::console::{Console, Denied};
use crate::error::Fault;
use crate::live::Refused;
use crate::wecom::companies::{Desk, reaches};

pub(super) use seen::{Seen, mark};

/// Words of the steps, in their order.
const STEPS: [&str; 4] = ["staff", "groups", "members", "contacts"];

/// A company is read anew so often: a day. What happens between is told by callbacks.
const AGAIN_MS: i64 = Millis::DAY;
/// A pull that stands still is tried again after so long.
const RETRY_MS: i64 = 10 * Millis::MINUTE;
/// How often it is looked whether something is to be read.
const LOOK_MS: u64 = 60_000;

/// Where a step stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullStep {
    /// `staff`, `groups`, `members` or `contacts`.
    pub word: &'static str,
    /// How many are done.
    pub done: u32,
    /// Of so many, where that is known.
    pub total: Option<u32>,
    /// How it stands.
    pub state: StepState,
}

/// How a step stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Its turn has not come.
    Waiting,
    /// Begun.
    UnderWay,
    /// Through since.
    Done(Millis),
    /// It cannot go on.
    Still(Standstill),
}

/// Why a step stands still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standstill {
    /// `company`, `secret`, `permission`, `withdrawn`, `disabled`, `address`: somebody has to set
    /// it right on the platform. `limit`, `network`, `other`: it is tried again by itself.
    pub word: String,
    /// In the platform's words.
    pub said: String,
}

/// What ends a pull before its end.
pub(super) enum Stop {
    /// The platform does not answer as it should.
    Call(CallError),
    /// The world failed.
    Fault(Fault),
    /// The program stops, or the company was disconnected.
    Ended,
}

impl Stop {
    /// Why it stands still: the word of a [`Standstill`], `|`, and what was said; `None` when
    /// nothing is wrong.
    pub(super) fn trouble(&self) -> Option<String> {
        match self {
            Self::Ended => None,
            Self::Fault(fault) => Some(format!("other|{fault}")),
            Self::Call(error) => Some(format!("{}|{error}", word(error))),
        }
    }
}

impl Standstill {
    /// What [`Stop::trouble`] wrote; `None` for nothing.
    pub(super) fn of(trouble: &str) -> Option<Self> {
        let (word, said) = trouble.split_once('|')?;
        Some(Self { word: word.to_owned(), said: said.to_owned() })
    }
}

/// A pull under way.
pub(super) struct Pull {
    pub(super) console: Console,
    pub(super) id: WecomId,
    /// Its `corpid`.
    corp: String,
    /// Since when it is connected.
    since: Millis,
    pub(super) desk: Desk,
}

impl Console {
    /// Reads a company anew, in the background; `false` when that is under way.
    pub async fn pull_company(&self, actor: &Actor, account: i64) -> Result<bool, Denied> {
        let Some((row, desk)) = self.free_desk(actor, account).await? else { return Ok(false) };
        tokio::spawn(self.clone().pulled(row, desk));
        Ok(true)
    }

    /// Reads a company now and waits for its end: `false` when that is under way elsewhere.
    pub async fn pull_company_now(&self, actor: &Actor, account: i64) -> Result<bool, Denied> {
        let Some((row, desk)) = self.free_desk(actor, account).await? else { return Ok(false) };
        self.clone().pulled(row, desk).await;
        Ok(true)
    }

    /// A company that nobody reads, taken for reading; `None` when somebody does.
    async fn free_desk(
        &self,
        actor: &Actor,
        account: i64,
    ) -> Result<Option<(WecomAccountRow, Desk)>, Denied> {
        reaches(actor, May::Lead)?;
        let row = self.company_row(WecomId { org: actor.org, account }).await?;
        let desk = self.desk(&row).ok_or(Denied::field("secret", "locked"))?;
        let is_free = !desk.pulling.swap(true, Ordering::AcqRel);
        Ok(is_free.then_some((row, desk)))
    }

    /// Reads one group of a company now; what the platform does not tell is left as it is.
    pub(crate) async fn read_group_now(&self, id: WecomId, chat: &str) -> Result<(), Denied> {
        let row = self.company_row(id).await?;
        let Some(desk) = self.desk(&row) else { return Ok(()) };
        match Pull::of(self.clone(), row, desk).one_group(chat).await {
            Ok(_) | Err(Stop::Call(_) | Stop::Ended) => Ok(()),
            Err(Stop::Fault(fault)) => Err(fault.into()),
        }
    }

    /// Reads a company in the background, unless somebody does; it stands as being read at once.
    pub(super) async fn begin_pull(&self, id: WecomId) {
        let Ok(row) = self.company_row(id).await else { return };
        let Some(desk) = self.desk(&row) else { return };
        if !desk.pulling.swap(true, Ordering::AcqRel) {
            tokio::spawn(self.clone().pulled(row, desk));
        }
    }

    /// Reads companies when it is time, until the program stops.
    pub fn keep_pulling(&self) {
        let console = self.clone();
        self.live().aside("the reading of companies", move |stop| {
            let console = console.clone();
            async move { console.pull_in_time(stop).await }
        });
    }

    async fn pull_in_time(&self, mut stop: watch::Receiver<bool>) {
        let mut tick = tokio::time::interval(std::time::Duration::from_millis(LOOK_MS));
        loop {
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => return,
                _ = tick.tick() => {}
            }
            // What cannot be read now is looked at the next time.
            let _ = self.pull_what_is_due().await;
        }
    }

    async fn pull_what_is_due(&self) -> Result<(), Fault> {
        for row in self.connected().await? {
            if self.is_due(&row).await? {
                self.begin_pull(row.id).await;
            }
        }
        Ok(())
    }

    async fn is_due(&self, row: &WecomAccountRow) -> Result<bool, Fault> {
        let pulls = self.store().wecom_pulls(row.id).await?;
        let now = self.now();
        let round = Round::of(&pulls);
        Ok(match round.standing() {
            Standing::Through => round.began.is_none_or(|began| now.since(began) >= AGAIN_MS),
            Standing::NotBegun => true,
            Standing::At(step) if step.failure.is_empty() => true,
            Standing::At(step) => is_passing(&step.failure) && now.since(step.moved) >= RETRY_MS,
        })
    }

    async fn pulled(self, row: WecomAccountRow, desk: Desk) {
        let id = row.id;
        Pull::of(self.clone(), row, desk.clone()).all().await;
        desk.log.write(self.store(), id, true).await;
        desk.pulling.store(false, Ordering::Release);
    }
}

impl Pull {
    /// Somebody who reads a company.
    pub(super) fn of(console: Console, row: WecomAccountRow, desk: Desk) -> Self {
        Self { console, id: row.id, corp: row.corp, since: row.made, desk }
    }

    /// All steps, or what is left of them.
    async fn all(&self) {
        let Ok(pulls) = self.store().wecom_pulls(self.id).await else { return };
        let round = Round::of(&pulls);
        let is_new = matches!(round.standing(), Standing::Through);
        let began = round.began.filter(|_| !is_new);
        for step in STEPS {
            let known = pulls.iter().find(|row| row.run.step == step);
            let known = known.filter(|row| began.is_some_and(|began| row.run.began >= began));
            let (run, cursor) = match known {
                Some(row) if row.ended.is_some() => continue,
                Some(row) => (row.run.clone(), row.cursor.clone()),
                None => {
                    let now = self.now();
                    match self.store().begin_wecom_pull(self.id, step, now).await {
                        Ok(run) => (run, String::new()),
                        Err(_) => return,
                    }
                }
            };
            if !self.one(&run, cursor).await {
                return;
            }
        }
        self.left().await;
        self.figures(&pulls).await;
    }

    /// One step; whether it came to its end.
    async fn one(&self, run: &WecomRun, cursor: String) -> bool {
        let stopped = match run.step.as_str() {
            "staff" => self.staff(run).await,
            "groups" => self.groups(run, cursor).await,
            "members" => self.members(run).await,
            _ => self.contacts(run, cursor).await,
        };
        self.ended(run, stopped).await
    }

    /// Notes how a step ended; whether it came to its end.
    async fn ended(&self, run: &WecomRun, stopped: Result<(), Stop>) -> bool {
        let Err(stop) = stopped else {
            let ended = self.store().end_wecom_pull(self.id, run, self.now()).await;
            return ended.unwrap_or(false);
        };
        if let Some(failure) = stop.trouble() {
            // When this cannot be written either, the pull goes on from the place that is written.
            let _ = self.store().fail_wecom_pull(self.id, run, (self.now(), &failure)).await;
        }
        false
    }

    pub(super) fn store(&self) -> &Store {
        self.console.store()
    }

    pub(super) fn client(&self) -> &Client {
        &self.desk.client
    }

    pub(super) fn now(&self) -> Millis {
        self.console.now()
    }

    /// A page of rows that moves the run on.
    fn page<T>(&self, rows: Vec<T>, moved: WecomMove) -> WecomPage<T> {
        WecomPage { at: self.now(), rows, moved: Some(moved) }
    }
}

/// The steps of the latest pull, by what is written of them.
struct Round<'a> {
    began: Option<Millis>,
    steps: Vec<Option<&'a WecomPullRow>>,
}

impl<'a> Round<'a> {
    fn of(pulls: &'a [WecomPullRow]) -> Self {
        let of = |step: &str| pulls.iter().find(|row| row.run.step == step);
        let began = of(STEPS[0]).map(|row| row.run.began);
        let own = |row: &&WecomPullRow| began.is_some_and(|began| row.run.began >= began);
        Self { began, steps: STEPS.iter().map(|step| of(step).filter(own)).collect() }
    }

    /// The first step that is not through.
    fn standing(&self) -> Standing<'a> {
        for step in &self.steps {
            match step {
                None => return Standing::NotBegun,
                Some(row) if row.ended.is_none() => return Standing::At(row),
                Some(_) => {}
            }
        }
        Standing::Through
    }
}

/// Where a pull stands.
enum Standing<'a> {
    /// All steps are through.
    Through,
    /// The next step was not begun.
    NotBegun,
    /// In the middle of a step.
    At(&'a WecomPullRow),
}

/// How the steps stand, as pages show them.
pub(super) fn steps(pulls: &[WecomPullRow]) -> Vec<PullStep> {
    let round = Round::of(pulls);
    let shown = |(word, row): (&&'static str, Option<&WecomPullRow>)| {
        let Some(row) = row else {
            return PullStep { word, done: 0, total: None, state: StepState::Waiting };
        };
        let state = match (row.ended, Standstill::of(&row.failure)) {
            (Some(at), _) => StepState::Done(at),
            (None, Some(still)) => StepState::Still(still),
            (None, None) => StepState::UnderWay,
        };
        PullStep { word, done: row.done, total: row.total, state }
    };
    STEPS.iter().zip(round.steps.iter().copied()).map(shown).collect()
}

/// The word of a standstill.
pub(crate) fn word(error: &CallError) -> &'static str {
    match (error.lack(), error.next()) {
        (Some(lack), _) => lack_word(lack),
        (None, Next::Later) => "limit",
        (None, Next::Soon) => "network",
        _ => "other",
    }
}

/// The word of what somebody has to set right.
pub(crate) fn lack_word(lack: Lack) -> &'static str {
    match lack {
        Lack::Company => "company",
        Lack::Secret => "secret",
        Lack::Permission => "permission",
        Lack::Withdrawn => "withdrawn",
        Lack::Disabled => "disabled",
        Lack::Address => "address",
    }
}

/// Whether it may pass without anybody doing something.
pub(crate) fn is_passing(failure: &str) -> bool {
    failure.split_once('|').is_none_or(|(word, _)| is_passing_word(word))
}

/// The same, by the word of the standstill.
pub(super) fn is_passing_word(word: &str) -> bool {
    matches!(word, "limit" | "network" | "other")
}

impl From<CallError> for Stop {
    fn from(error: CallError) -> Self {
        Self::Call(error)
    }
}

impl From<store::Fault> for Stop {
    fn from(fault: store::Fault) -> Self {
        match fault {
            // Begun anew by somebody else, who goes on with it.
            store::Fault::Missing { .. } => Self::Ended,
            fault => Self::Fault(fault.into()),
        }
    }
}

impl From<Denied> for Stop {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Fault(fault) => Self::Fault(fault),
            _ => Self::Ended,
        }
    }
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Stopping => Self::Ended,
            refused => Self::Fault(Fault::Unreadable(refused.to_string())),
        }
    }
}
