//! Codes for welcomes, taken and used: before all else that letters ask for, and without waiting
//! for any reading.
//!
//! Invariant: taken before the platform is called, ended after; what was taken and not ended
//! within a minute is unknown, because nobody is calling any more.

use std::sync::Arc;
use std::time::Duration;

use chat::wecom::calls::contacts::{WELCOME_BYTES_MAX, WELCOME_WITHIN_MS, Welcome};
use chat::wecom::{CallError, Next, Refusal};
use domain::Millis;
use engine::welcome::{Answered, Rendered, Slot, Step, Tried, Untold, next_step};
use serde_json::json;
use store::{Uploaded, WecomAccountRow, WelcomeEnd, WelcomeRow, WelcomeState};
use tokio::sync::{OwnedSemaphorePermit, mpsc, watch};
use tokio::task::JoinSet;

use crate::console::{Console, Denied};
use crate::error::Fault;
use crate::wecom::companies::Desk;
use crate::wecom::welcome::ground::{Ground, Usable};
use crate::wecom::welcome::shown::Said;
use crate::wecom::welcome::wording::{By, attachment};

/// How often it is looked whether somebody waits whom no bell told of.
const LOOK_MS: u64 = 1_000;
/// Whoever took a welcome has told its end by then: a code's time and the slowest call.
const GIVE_UP_MS: i64 = Millis::MINUTE;
/// Welcomes taken in one go: what is taken and not called when the program dies is lost.
const AT_ONCE: usize = 8;
/// Settings are read anew after so long within a crowd.
const FRESH_MS: i64 = 1_000;
/// So long one try may take.
const TRY: Duration = Duration::from_secs(5);
/// So long the customer's name is asked for; without it the welcome goes without it.
const NAME: Duration = Duration::from_secs(3);
/// The pause before another try, times the tries so far.
const PAUSE: Duration = Duration::from_millis(300);

/// The platform does not know a file any more.
const MEDIUM_GONE: i64 = 40_007;
/// A limit of calls is used up.
const LIMIT: i64 = 45_009;
/// The system is busy; the call may have taken effect.
const BUSY: i64 = -1;

impl Console {
    /// Welcomes new contacts, until the program stops.
    pub fn keep_welcoming(&self) {
        let console = self.clone();
        self.live().aside("the welcomes of companies", move |stop| {
            let console = console.clone();
            async move { console.welcome_in_time(stop).await }
        });
    }

    async fn welcome_in_time(&self, mut stop: watch::Receiver<bool>) {
        let bell = Arc::clone(&self.companies().mailbox.newcomers);
        let mut tick = tokio::time::interval(Duration::from_millis(LOOK_MS));
        let mut under_way = JoinSet::new();
        loop {
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => return,
                () = bell.notified() => {}
                _ = tick.tick() => {}
            }
            while under_way.try_join_next().is_some() {}
            for row in self.connected().await.unwrap_or_default() {
                // One company that does not answer keeps no other waiting, nor its own next ones.
                let console = self.clone();
                under_way.spawn(async move { console.welcome_all(&row).await.unwrap_or_default() });
            }
        }
    }

    /// Welcomes now whoever waits in a company; comes back when all have been answered.
    pub async fn welcome_company_now(&self, id: store::WecomId) -> Result<(), Denied> {
        let row = self.company_row(id).await?;
        Ok(self.welcome_all(&row).await?)
    }

    async fn welcome_all(&self, row: &WecomAccountRow) -> Result<(), Fault> {
        let Some(desk) = self.desk(row) else { return Ok(()) };
        self.give_up(row).await?;
        let (told, ends) = mpsc::channel(AT_ONCE * 4);
        let noting = tokio::spawn(note_ends(self.clone(), row.id, ends));
        let mut sending = JoinSet::new();
        let mut ground: Option<(Millis, Arc<Ground>)> = None;
        let taken = loop {
            let seats = seats(&desk).await;
            let limit = u32::try_from(seats.len()).unwrap_or(1);
            let rows = match self.store().take_welcomes(row.id, (limit, self.now())).await {
                Ok(rows) if rows.is_empty() => break Ok(()),
                Ok(rows) => rows,
                Err(fault) => break Err(fault.into()),
            };
            let known = ground.take().filter(|(at, _)| self.now().since(*at) < FRESH_MS);
            let (at, fresh) = match known {
                Some(known) => known,
                None => match self.welcome_ground(row.id).await {
                    Ok(fresh) => (self.now(), Arc::new(fresh)),
                    Err(fault) => break Err(fault),
                },
            };
            for (one, seat) in rows.into_iter().zip(seats) {
                let (console, desk) = (self.clone(), desk.clone());
                let (told, fresh) = (told.clone(), Arc::clone(&fresh));
                sending.spawn(async move {
                    let end = Sending { console: &console, desk: &desk, ground: &fresh };
                    let end = end.one(&one).await;
                    drop(seat);
                    // Who notes is there until everybody has told.
                    let _ = told.send(end).await;
                });
            }
            ground = Some((at, fresh));
        };
        while sending.join_next().await.is_some() {}
        drop(told);
        let _ = noting.await;
        desk.log.write(self.store(), row.id, false).await;
        taken
    }

    /// What nobody will end any more is unknown.
    async fn give_up(&self, row: &WecomAccountRow) -> Result<(), Fault> {
        let now = self.now();
        let before = Millis(now.0 - GIVE_UP_MS);
        let said = json!(Said { words: "unanswered".to_owned(), ..Said::default() }).to_string();
        self.store().give_up_welcomes(row.id, before, (now, &said)).await?;
        Ok(())
    }
}

/// Waits for a place among those that call at the same time, and takes what else is free.
async fn seats(desk: &Desk) -> Vec<OwnedSemaphorePermit> {
    let free = || Arc::clone(&desk.greeting);
    let mut seats: Vec<_> = free().acquire_owned().await.into_iter().collect();
    while seats.len() < AT_ONCE
        && let Ok(seat) = free().try_acquire_owned()
    {
        seats.push(seat);
    }
    seats
}

/// Notes ends, many at once.
async fn note_ends(console: Console, id: store::WecomId, mut ends: mpsc::Receiver<WelcomeEnd>) {
    let mut some = Vec::new();
    while ends.recv_many(&mut some, AT_ONCE * 4).await > 0 {
        // What cannot be noted is unknown a minute later.
        let _ = console.store().end_welcomes(id, &some).await;
        some.clear();
    }
}

/// One welcome on its way.
struct Sending<'a> {
    console: &'a Console,
    desk: &'a Desk,
    ground: &'a Ground,
}

impl Sending<'_> {
    async fn one(&self, row: &WelcomeRow) -> WelcomeEnd {
        if !self.is_open(row) {
            return self.end(row, (WelcomeState::Late, None), &Said::default());
        }
        let who = self.ground.newcomer(&row.new, self.console.now());
        let Some(usable) = self.ground.chosen(who) else {
            return self.end(row, (WelcomeState::Unwritten, None), &Said::default());
        };
        let nickname = self.nickname(row, usable).await;
        if !self.is_open(row) {
            return self.end(row, (WelcomeState::Late, Some(usable.id)), &Said::default());
        }
        let known = self.ground.known(usable, who, nickname);
        let rendered = usable.text.render(&known, WELCOME_BYTES_MAX);
        self.sent(row, (usable, rendered)).await
    }

    /// The customer's name, where the words need it and the platform tells it in time. Half
    /// contacts are not told (84061).
    async fn nickname(&self, row: &WelcomeRow, usable: &Usable) -> String {
        if !usable.text.has(&Slot::Nickname) {
            return String::new();
        }
        let asked = self.desk.client.contact(&row.new.customer, None);
        let told = tokio::time::timeout(NAME, asked).await;
        told.ok().and_then(Result::ok).map(|(person, _)| person.name).unwrap_or_default()
    }

    async fn sent(&self, row: &WelcomeRow, (usable, rendered): (&Usable, Rendered)) -> WelcomeEnd {
        let beside = &usable.wording.beside;
        let ready = |one| attachment(one, &self.ground.media, By::Id);
        let mut welcome = Welcome {
            code: row.new.code.clone(),
            text: rendered.text,
            attachments: beside.iter().filter_map(ready).collect(),
        };
        let mut said = Said { left_out: rendered.left_out, ..Said::default() };
        let missing = beside.iter().filter(|one| ready(one).is_none());
        said.left_out.extend(missing.map(|one| one.word().to_owned()));
        if welcome.text.is_empty() && welcome.attachments.is_empty() {
            return self.end(row, (WelcomeState::Unwritten, Some(usable.id)), &said);
        }
        let mut tried = Tried { bare: welcome.text.is_empty(), ..Tried::default() };
        let state = loop {
            tried.times += 1;
            let asked = tokio::time::timeout(TRY, self.desk.client.welcome(&welcome)).await;
            let answered = answered(asked.ok(), &mut said);
            match next_step(tried, answered, self.is_open(row)) {
                Step::Sent => break WelcomeState::Sent,
                Step::Over(Untold::Refused) => break WelcomeState::Refused,
                Step::Over(Untold::Unknown) => break WelcomeState::Unknown,
                Step::Again => pause(tried.times).await,
                Step::Bare => {
                    self.forget_media(usable, &said).await;
                    said.left_out.extend(beside.iter().map(|one| one.word().to_owned()));
                    welcome.attachments.clear();
                    tried.bare = true;
                }
            }
            tried.unclear = tried.unclear || answered == Answered::Unclear;
        };
        self.end(row, (state, Some(usable.id)), &said)
    }

    /// The platform does not know a file any more: all of this welcome are uploaded again.
    async fn forget_media(&self, usable: &Usable, said: &Said) {
        if said.code != Some(MEDIUM_GONE) {
            return;
        }
        let company = self.desk.id;
        for nth in usable.wording.beside.iter().filter_map(engine::welcome::Beside::medium) {
            let now = self.console.now();
            // The next look finds it all the same, three days later.
            let _ = self.console.store().note_upload((company, nth), &Uploaded::Gone, now).await;
        }
    }

    /// Whether the code's time is not over.
    fn is_open(&self, row: &WelcomeRow) -> bool {
        self.console.now().since(row.new.added) <= WELCOME_WITHIN_MS
    }

    fn end(
        &self,
        row: &WelcomeRow,
        (state, wording): (WelcomeState, Option<i64>),
        said: &Said,
    ) -> WelcomeEnd {
        let (code, at) = (row.new.code.clone(), self.console.now());
        WelcomeEnd { code, state, at, wording, said: json!(said).to_string() }
    }
}

/// What came of a try; `None`: no answer within its time.
fn answered(asked: Option<Result<(), CallError>>, said: &mut Said) -> Answered {
    let error = match asked {
        Some(Ok(())) => {
            // What earlier tries said is past.
            (said.code, said.words) = (None, String::new());
            return Answered::Done;
        }
        Some(Err(error)) => error,
        None => CallError::Refused(Refusal::Silence("timeout".to_owned())),
    };
    said.code = error.code();
    said.words = error.to_string();
    match (&error, error.code()) {
        (CallError::Shut { .. }, _) | (_, Some(LIMIT)) => Answered::Shut,
        (CallError::Unreached(_), _) => Answered::NotAsked,
        (CallError::NoToken(_), _) if error.next() == Next::Soon => Answered::NotAsked,
        (CallError::NoToken(_) | CallError::Beyond(_), None) => Answered::Shut,
        (_, Some(BUSY) | None) => Answered::Unclear,
        (_, Some(code)) => Answered::Code(code),
    }
}

/// Lets the platform breathe.
async fn pause(tries: u32) {
    let _ = tokio::time::timeout(PAUSE * tries, std::future::pending::<()>()).await;
}
