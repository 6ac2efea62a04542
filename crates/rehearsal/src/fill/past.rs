//! The past of one group, handed in a large piece after the other.

use crate::crowd::Crowd;
use crate::fill::{Follow, Ours, Progress, Seated, Unfilled, Venue, seats};
use crate::happening::{Happening, Happens};
use app::live::Refused;
use domain::{Day, Event, Millis};
use std::time::Duration;

/// Events handed in at once.
const PIECE: usize = 1_000;
/// How long it waits where too much waits already, in milliseconds.
const BUSY_MS: u64 = 20;

/// A fill that is under way.
pub(super) struct Past<'a> {
    pub(super) place: &'a Venue,
    pub(super) ours: &'a Ours,
    pub(super) now: Millis,
    pub(super) progress: &'a mut Progress,
}

impl Past<'_> {
    /// Hands in everything of a group until now, but for what an earlier fill handed in.
    pub(super) async fn hand_in(
        &mut self,
        mut seated: Seated,
        follow: &mut dyn Follow,
    ) -> Result<Seated, Unfilled> {
        // The crowd lives twice: once to see whom it meets, and once to tell.
        let again = Crowd::new(seated.crowd.seed, seated.crowd.plan().clone()).endless();
        let (lasts, again) = lived(again, self.now);
        seated.accounts = seats(self.place, &again, 0).await?;
        self.ours.add(&seated.accounts);
        let from = self.first_missing(&seated, &lasts).await?;
        let plan = seated.crowd.plan().clone();
        let mut events = Vec::new();
        let mut board = seated.later_board();
        if from <= plan.first_day {
            events = seated.beginning();
        }
        while let Some(happening) = seated.crowd.next() {
            if happening.at > self.now {
                seated.next = Some(happening);
                break;
            }
            let missing = plan.civil(happening.at).0 >= from;
            if let Some((_, event)) = board.take_if(|(at, _)| *at <= happening.at) {
                events.extend(Some(event).filter(|_| missing));
            }
            // What was handed in before is gone through again for the people and the pins.
            seated.seat_everybody(self.place, self.ours).await?;
            let before = events.len();
            seated.told(&happening, &mut events);
            if !missing {
                events.truncate(before);
            }
            if events.len() >= PIECE {
                self.submit(&mut events, follow).await?;
            }
        }
        self.submit(&mut events, follow).await?;
        seated.seat_everybody(self.place, self.ours).await?;
        Ok(seated)
    }

    async fn submit(
        &mut self,
        events: &mut Vec<Event>,
        follow: &mut dyn Follow,
    ) -> Result<(), Unfilled> {
        if !follow.goes_on() {
            return Err(Unfilled::Stopped);
        }
        self.progress.told += u64::try_from(events.len()).unwrap_or(0);
        submit(self.place, std::mem::take(events)).await?;
        follow.further(*self.progress);
        Ok(())
    }

    /// The first day of which not everything is in the log: of each day, the last message is looked
    /// for.
    async fn first_missing(&self, seated: &Seated, lasts: &[(Day, i64)]) -> Result<Day, Unfilled> {
        let plan = seated.crowd.plan();
        let place = (self.place.org, seated.group);
        let begun = self.place.live.room(place.0, place.1).await?;
        if begun.is_none_or(|room| room.head.0 == 0) {
            return Ok(plan.first_day);
        }
        let keys: Vec<i64> = lasts.iter().map(|(_, key)| *key).collect();
        let lines = self.place.live.lines_of(place.0, place.1, &keys).await?;
        let known = |key: i64| lines.iter().any(|line| line.fact.source.key == key);
        let missing = lasts.iter().find(|(_, key)| !known(*key));
        let last = lasts.last().map_or(plan.first_day, |(day, _)| *day);
        Ok(missing.map_or(last, |(day, _)| *day))
    }
}

/// The last message of each day until a moment, and the crowd as it is then.
fn lived(mut crowd: Crowd, until: Millis) -> (Vec<(Day, i64)>, Crowd) {
    let plan = crowd.plan().clone();
    let is_message = |one: &Happening| matches!(one.what, Happens::Message { .. });
    let mut lasts: Vec<(Day, i64)> = Vec::new();
    for one in crowd.by_ref().take_while(|one| one.at <= until).filter(is_message) {
        let day = plan.civil(one.at).0;
        match lasts.last_mut() {
            Some((last, key)) if *last == day => *key = one.key,
            _ => lasts.push((day, one.key)),
        }
    }
    (lasts, crowd)
}

/// Hands events in, again and again where too much waits.
pub(super) async fn submit(place: &Venue, mut events: Vec<Event>) -> Result<(), Refused> {
    while !events.is_empty() {
        let answers = place.live.submit_many(place.org, events.clone()).await;
        let mut answers = answers.into_iter();
        let mut failed = None;
        events.retain(|_| match answers.next() {
            Some(Err(Refused::Busy)) => true,
            Some(Err(refused @ (Refused::Stopping | Refused::NoSuchGroup | Refused::Fault(_)))) => {
                failed = Some(refused);
                false
            }
            // What is refused for itself, or set aside, is not handed in again.
            _ => false,
        });
        if let Some(refused) = failed {
            return Err(refused);
        }
        if !events.is_empty() {
            let mut pause = tokio::time::interval(Duration::from_millis(BUSY_MS));
            pause.tick().await;
            pause.tick().await;
        }
    }
    Ok(())
}
