//! Intake: what is known of an event from the log and its words, before the writer decides it;
//! and events that are durable before they are decided.

mod elsewhere;

pub(crate) use elsewhere::run;

use domain::{Event, EventWhat, FeatureWord, GroupId, IdentityId, Media, OrgId, Said};
use insights::{Spoken, features};
use rustc_hash::{FxHashMap, FxHashSet};
use store::{IntakeRow, LineRow};
use tokio::time::Instant;

use crate::error::Fault;
use crate::intake::is_called_to_all;
use crate::live::handle::Live;
use crate::live::receipt::Refused;
use crate::live::stored::Stored;
use crate::live::writer::{Answered, Entry};

/// Waiting events taken at once.
const DRAINED: u32 = 500;

/// Fills events in.
pub(crate) struct Dressing<'a> {
    live: &'a Live,
    org: OrgId,
}

impl<'a> Dressing<'a> {
    pub(crate) fn new(live: &'a Live, org: OrgId) -> Self {
        Self { live, org }
    }

    /// Fills in the moment of what is asked now, the feature words, and who wrote the messages
    /// that events are about.
    pub(crate) async fn dress(&self, mut events: Vec<Event>) -> Result<Vec<Event>, Fault> {
        let mut about: FxHashMap<GroupId, Vec<i64>> = FxHashMap::default();
        for event in &mut events {
            if event.at.0 == 0 {
                event.at = self.live.clock().now();
            }
            if let EventWhat::Message(post) = &mut event.what
                && post.features == FeatureWord::default()
            {
                let named = post.calls != IdentityId::NOBODY;
                (post.features, post.text_hash) = judged(&post.text, named);
            }
            if let Some((of, None)) = about_message(&mut event.what) {
                about.entry(event.group).or_default().push(of);
            }
        }
        for (group, keys) in about {
            let lines = self.live.store().lines_of(self.org, group, &keys).await?;
            let said: FxHashMap<i64, Said> = lines.iter().filter_map(standing).collect();
            for event in events.iter_mut().filter(|event| event.group == group) {
                fill(&mut event.what, &said);
            }
        }
        Ok(events)
    }
}

/// Feature word and hash of words written live.
fn judged(text: &str, calls: bool) -> (FeatureWord, u64) {
    features(&Spoken {
        text,
        media: Media::None,
        forwarded: false,
        deleted: false,
        mentions: calls,
        mentions_all: is_called_to_all(text),
    })
}

/// The message that an event is about, and what is known of it.
fn about_message(what: &mut EventWhat) -> Option<(i64, &mut Option<Said>)> {
    match what {
        EventWhat::Recall { of, said }
        | EventWhat::Edit { of, said, .. }
        | EventWhat::Pin { of, said, .. } => Some((*of, said)),
        _ => None,
    }
}

/// Puts in what is known, where nothing is said yet.
fn fill(what: &mut EventWhat, known: &FxHashMap<i64, Said>) {
    if let Some((of, said)) = about_message(what) {
        *said = said.or_else(|| known.get(&of).copied());
    }
}

/// Who wrote a message, and when; `None` when it was taken back: its words are gone.
pub(crate) fn standing(line: &LineRow) -> Option<(i64, Said)> {
    let is_gone = line.fact.text_hash != 0 && line.words.is_none();
    let said = Said { by: line.fact.actor, at: line.fact.at };
    (!is_gone).then_some((line.fact.source.key, said))
}

/// An event that could not be processed (处理失败).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Its number.
    pub id: i64,
    /// In which group.
    pub group: GroupId,
    /// What it was; `None` when it cannot even be read.
    pub event: Option<Event>,
    /// When it was received.
    pub received: domain::Millis,
    /// How often it was tried.
    pub tries: u32,
    /// What happened.
    pub failure: String,
}

impl Live {
    /// Decides the events that wait in the intake table, those of a group in their order. Another
    /// node, or a platform that was answered at once, may have put them there. Those of a group
    /// that another node holds wait on.
    pub async fn drain_intake(&self) -> Result<(), Fault> {
        let _one_at_a_time = self.draining().lock().await;
        let stuck = self.drain().await?;
        // What an earlier run kept is waited for, too.
        *self.detour() = stuck;
        *self.drained_at() = Some(Instant::now());
        Ok(())
    }

    /// One walk over what waits; gives the groups of which something waits on.
    async fn drain(&self) -> Result<FxHashSet<(OrgId, GroupId)>, Fault> {
        let mut stuck = FxHashSet::default();
        let mut after = 0;
        loop {
            let rows = self.store().waiting_intake(after, DRAINED).await?;
            let Some(last) = rows.last() else { return Ok(stuck) };
            after = last.id;
            let mut entries = Vec::new();
            for row in rows {
                if stuck.contains(&(row.org, row.group)) {
                    continue;
                }
                match Event::from_text(&row.event) {
                    Ok(event) => entries.push(self.waiting(&row, event).await?),
                    Err(failure) => {
                        self.store().set_aside(IntakeRow { failure, ..row }).await?;
                    }
                }
            }
            let places: Vec<_> = entries.iter().map(|one| (one.org, one.group())).collect();
            let answers = self.ask_patiently(entries).await;
            // What failed for a passing reason waits on, and what came after it.
            let waits = |answer: &Answered| {
                matches!(answer, Err(Refused::Busy | Refused::Stopping | Refused::Fault(_)))
            };
            let failed = places.into_iter().zip(&answers).filter(|(_, answer)| waits(answer));
            stuck.extend(failed.map(|(place, _)| place));
        }
    }

    async fn waiting(&self, row: &IntakeRow, event: Event) -> Result<Entry, Fault> {
        let mut dressed = Dressing::new(self, row.org).dress(vec![event.clone()]).await?;
        let event = dressed.pop().unwrap_or(event);
        Ok(Entry { intake: Some(row.id), ..Entry::event(row.org, event) })
    }

    /// Keeps events until they are decided, when they cannot be decided at once.
    pub async fn put_intake(&self, org: OrgId, events: Vec<Event>) -> Result<(), Fault> {
        let received = self.clock().now();
        let row = |event: Event| IntakeRow {
            id: 0,
            org,
            group: event.group,
            key: event.key,
            event: event.to_text(),
            received,
            tries: 0,
            failure: String::new(),
        };
        self.store().put_intake(events.into_iter().map(row).collect()).await?;
        Ok(())
    }

    /// What could not be processed, the oldest first.
    pub async fn set_aside(&self, org: OrgId, limit: u32) -> Result<Vec<SetAside>, Fault> {
        let rows = self.store().set_aside_rows(org, limit).await?;
        let view = |row: IntakeRow| SetAside {
            id: row.id,
            group: row.group,
            event: Event::from_text(&row.event).ok(),
            received: row.received,
            tries: row.tries,
            failure: row.failure,
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// Tries an event that was set aside again; whether there was one.
    pub async fn retry_set_aside(&self, org: OrgId, id: i64) -> Result<bool, Refused> {
        let found = self.store().retry_intake(org, id).await?;
        if found {
            self.drain_intake().await?;
        }
        Ok(found)
    }

    /// Forgets an event that was set aside; whether there was one.
    pub async fn drop_set_aside(&self, org: OrgId, id: i64) -> Result<bool, Fault> {
        Ok(self.store().drop_intake(org, id).await?)
    }
}
