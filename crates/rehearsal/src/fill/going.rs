//! The company lives on with the clock.
//!
//! The days of every crowd go on as planned; some groups are lively at any hour; visitors are
//! answered. All of it is told as it falls due, and nothing is kept for later that a second start
//! would need: the days come again from the seed.

use crate::answer::Heard;
use crate::fill::past::submit;
use crate::fill::visitors::{Noticed, WAITING_MAX, watch};
use crate::fill::{Company, Seated};
use crate::happening::{Happening, Happens};
use crate::plan::Course;
use app::live::Refused;
use domain::{Event, FactKind, IdentityId, Millis};
use std::collections::HashSet;
use std::time::Duration;
use tokio::sync::{mpsc, watch as signal};
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;

/// The company looks at the clock so often, in milliseconds.
const TICK_MS: u64 = 500;
/// Groups that are lively at any hour.
const LIVELY: usize = 12;
/// After a longer sleep the minutes in between are not caught up.
const MINUTES_MAX: i64 = 3;

/// A company that lives on.
#[derive(Debug)]
pub struct Living {
    company: Company,
    going: Going,
    heard: mpsc::Receiver<Noticed>,
    /// Dropping it ends the watch.
    _watchers: JoinSet<()>,
}

impl Company {
    /// Begins to live on; to be called within the runtime of the pipeline.
    pub fn begin(self) -> Living {
        let (tell, heard) = mpsc::channel(WAITING_MAX);
        let mut watchers = JoinSet::new();
        for seat in self.groups.iter().map(|seated| seated.group).enumerate() {
            watchers.spawn(watch(self.place.clone(), self.ours.clone(), seat, tell.clone()));
        }
        Living { going: Going::of(&self), company: self, heard, _watchers: watchers }
    }

    /// Lives on until told to stop, or until the pipeline stops.
    pub async fn live(self, mut stop: signal::Receiver<bool>) -> Result<(), Refused> {
        let mut living = self.begin();
        let mut tick = tokio::time::interval(Duration::from_millis(TICK_MS));
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                // What it gives is not kept: it must not live while something is told.
                () = async { drop(stop.wait_for(|stop| *stop).await) } => return Ok(()),
                _ = tick.tick() => match living.step().await {
                    Ok(_) => {}
                    Err(Refused::Stopping) => return Ok(()),
                    Err(refused) => return Err(refused),
                },
            }
        }
    }
}

impl Living {
    /// Hears what visitors said and tells everything whose moment has come; how many events.
    pub async fn step(&mut self) -> Result<usize, Refused> {
        while let Ok(noticed) = self.heard.try_recv() {
            self.going.hear(&mut self.company, &noticed);
        }
        let events = self.going.due(&mut self.company).await?;
        let told = events.len();
        submit(&self.company.place, events).await?;
        Ok(told)
    }
}

/// What the company has in hand while it lives on.
#[derive(Debug)]
struct Going {
    /// The minute, since 1970, until which lively groups were asked.
    minute: i64,
    lively: Vec<usize>,
    /// Said by somebody of a group, but its moment has not come.
    waiting: Vec<(usize, Happening)>,
    /// Visitors who were greeted.
    greeted: HashSet<(usize, IdentityId)>,
}

impl Going {
    fn of(company: &Company) -> Self {
        let wakes = |seated: &(usize, &Seated)| {
            let course = seated.1.crowd.plan().course;
            !matches!(course, Course::Dying | Course::FounderSilent | Course::Unanswered)
        };
        let mut lively: Vec<_> = company.groups.iter().enumerate().filter(wakes).collect();
        // Where much is said anyhow, some more stands out least.
        let most = |one: &(usize, &Seated)| std::cmp::Reverse(one.1.crowd.plan().messages_a_day);
        lively.sort_by_key(most);
        Self {
            // Somebody is talking already when the first visitor looks.
            minute: company.place.clock.now().0.div_euclid(60_000) - MINUTES_MAX,
            lively: lively.into_iter().map(|(seat, _)| seat).take(LIVELY).collect(),
            waiting: Vec::new(),
            greeted: HashSet::new(),
        }
    }

    /// Everything whose moment has come, in time order.
    async fn due(&mut self, company: &mut Company) -> Result<Vec<Event>, Refused> {
        let now = company.place.clock.now();
        self.ask_the_lively(company, now);
        let mut due: Vec<(usize, Happening)> = Vec::new();
        for (seat, seated) in company.groups.iter_mut().enumerate() {
            while let Some(next) = seated.next.take_if(|next| next.at <= now) {
                due.push((seat, next));
                seated.next = seated.crowd.next();
            }
        }
        due.extend(self.waiting.extract_if(.., |(_, one)| one.at <= now));
        due.sort_by_key(|(_, one)| (one.at, one.key));
        let mut events = Vec::new();
        for (seat, happening) in due {
            let Some(seated) = company.groups.get_mut(seat) else { continue };
            seated.seat_everybody(&company.place, &company.ours).await.map_err(Refused::from)?;
            seated.told(&happening, &mut events);
        }
        Ok(events)
    }

    /// What lively groups say in the minutes that began since the last look.
    fn ask_the_lively(&mut self, company: &mut Company, now: Millis) {
        let minute = now.0.div_euclid(60_000);
        // A clock that was set far ahead: the days catch up, the extra talk does not.
        let from = (self.minute + 1).max(minute - MINUTES_MAX);
        for begun in from..=minute {
            for seat in &self.lively {
                let Some(seated) = company.groups.get_mut(*seat) else { continue };
                let said = seated.crowd.next_minute(Millis(begun * 60_000));
                self.waiting.extend(said.into_iter().map(|one| (*seat, one)));
            }
        }
        self.minute = self.minute.max(minute);
    }

    /// A visitor came in or wrote: somebody may answer.
    fn hear(&mut self, company: &mut Company, noticed: &Noticed) {
        let Some(seated) = company.groups.get_mut(noticed.seat) else { return };
        let fact = &noticed.line.fact;
        let first = self.greeted.insert((noticed.seat, fact.actor));
        let joins = fact.kind == FactKind::Join;
        if joins && !first {
            return;
        }
        let words = noticed.line.words.as_deref().unwrap_or_default();
        let text = if joins { "大家好" } else { words };
        let heard = Heard { text, key: fact.source.key, at: fact.at, first };
        let mut said = seated.crowd.answer(&heard);
        if joins {
            // A join is no message that could be answered.
            for one in &mut said {
                if let Happens::Message { reply_to, .. } = &mut one.what {
                    *reply_to = None;
                }
            }
        }
        self.waiting.extend(said.into_iter().map(|one| (noticed.seat, one)));
    }
}
