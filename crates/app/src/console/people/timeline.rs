//! What happened with one person, over all groups of the scope, the newest first.
//!
//! Bounded: at most eight groups, of each the last day pages before a day, and no more days than
//! hold a hundred moments; what staff did is shown for the same span. Older is the next page.

use std::collections::BTreeMap;

use domain::{Actor, GroupId, IdentityId, JoinManner, LeaveManner, Millis, OrgId, Seq, StaffId};
use insights::{ItemFlags, Page};
use store::PersonRecord;

use crate::console::people::person::GROUPS_MAX;
use crate::console::{Console, Denied, PersonView};

/// Day pages read for one part of a timeline, over all groups.
const PAGES: usize = 240;

/// So many days after a part are read, too: its questions may have been answered there.
const LATER: i32 = 7;

/// With so many moments a part of a timeline ends, after a whole day.
const MOMENTS: usize = 100;

/// Lines of a group looked through for the last messages.
const LINES: u32 = 300;

/// Last messages shown of a group.
const MESSAGES: usize = 5;

/// Characters of an excerpt.
const EXCERPT: usize = 200;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// When.
    pub at: Millis,
    /// In which group, if in one.
    pub group: Option<GroupId>,
    /// What.
    pub what: Happening,
}

/// Kinds of what happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// Came in: which time, how, brought by, by which link.
    Joined(u32, JoinManner, Option<IdentityId>, String),
    /// Went out.
    Left(LeaveManner),
    /// The first message ever in the group.
    SpokeFirst,
    /// So many messages that day.
    Spoke(u32),
    /// One of the last messages: source key and words.
    Said(i64, String),
    /// Asked: source key, words, when it was answered.
    Asked(i64, String, Option<Millis>),
    /// Answered somebody's question.
    Answered(i64),
    /// Got a tag: its name, why, by whom.
    Tagged(String, String, StaffId),
    /// A tag was taken off.
    Untagged(String, StaffId),
    /// A tag ran out.
    RanOut(String),
    /// Staff wrote a note.
    Noted(String, StaffId),
    /// Something was written down: name, value, source.
    Learned(String, String, String, StaffId),
    /// Put on the blacklist: why, by whom.
    Barred(String, StaffId),
    /// Said something against it.
    Appealed(String),
    /// Taken off the blacklist: why, by whom.
    Lifted(String, StaffId),
    /// Another account was found to be the same person: why, by whom.
    Merged(IdentityId, String, StaffId),
}

/// A part of a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The newest first.
    pub happened: Vec<Happened>,
    /// The part before begins before this day (since 1970), when there is one.
    pub older: Option<i32>,
}

impl Console {
    /// The part of a person's timeline before a day; the newest part without one.
    pub async fn timeline(
        &self,
        actor: &Actor,
        view: &PersonView,
        before: Option<i32>,
    ) -> Result<Timeline, Denied> {
        let groups: Vec<GroupId> = view.groups.keys().copied().take(GROUPS_MAX).collect();
        let limit = (PAGES / groups.len().max(1)).clamp(30, 120);
        let before_day = before.unwrap_or(i32::MAX);
        let mut happened = Vec::new();
        let mut cut = None;
        let last = (before_day.saturating_add(LATER), u32::try_from(limit).unwrap_or(30));
        for group in groups {
            let (pages, said) = tokio::try_join!(
                async { Ok(self.store().last_pages(actor.org, group, last).await?) },
                self.last_said(actor.org, &view.record, (group, before)),
            )?;
            let pages: Vec<Page> =
                pages.iter().filter_map(|page| Page::decode(&page.bytes).ok()).collect();
            if pages.len() == limit {
                // Of the day before, by another zone, something may be on the next page.
                cut = cut.max(pages.last().map(|page| page.day + 1));
            }
            happened.extend(heard(&view.record, (group, &pages)));
            happened.extend(said);
        }
        happened.extend(staff_acts(&view.record, view.now));
        happened.sort_by_key(|one| std::cmp::Reverse(one.at));
        happened.retain(|one| before.is_none_or(|before| day(one.at) < before));
        let full = happened.get(MOMENTS - 1).map(|last| day(last.at));
        let full = full.filter(|full| happened.last().is_some_and(|last| day(last.at) < *full));
        let older = cut.max(full);
        happened.retain(|one| older.is_none_or(|older| day(one.at) >= older));
        // A question is not shown again among the last messages.
        let asked: Vec<i64> =
            happened.iter().filter_map(|one| asked(one).map(|own| own.1)).collect();
        happened.retain(|one| !matches!(one.what, Happening::Said(key, _) if asked.contains(&key)));
        self.quote(actor.org, &mut happened).await?;
        Ok(Timeline { happened, older })
    }

    /// Gives questions their words.
    async fn quote(&self, org: OrgId, happened: &mut [Happened]) -> Result<(), Denied> {
        let mut keys: BTreeMap<GroupId, Vec<i64>> = BTreeMap::new();
        for (group, key) in happened.iter().filter_map(asked) {
            keys.entry(group).or_default().push(key);
        }
        for (of, keys) in keys {
            let words = self.store().words_of(org, of, &keys).await?;
            for one in happened.iter_mut().filter(|one| one.group == Some(of)) {
                let Happening::Asked(key, text, _) = &mut one.what else { continue };
                let own = words.iter().find(|(own, _)| own == key);
                *text = own.map(|(_, text)| excerpt(text)).unwrap_or_default();
            }
        }
        Ok(())
    }

    /// The last messages of a person in a group, for the newest part of a timeline.
    async fn last_said(
        &self,
        org: OrgId,
        record: &PersonRecord,
        (group, before): (GroupId, Option<i32>),
    ) -> Result<Vec<Happened>, Denied> {
        if before.is_some() {
            return Ok(Vec::new());
        }
        let lines = self.store().lines_before(org, group, Seq(i64::MAX), LINES).await?;
        let own = lines.into_iter().rev().filter(|line| {
            line.fact.kind == domain::FactKind::Message
                && record.accounts.iter().any(|account| account.id == line.fact.actor)
        });
        let said = own.filter_map(|line| {
            let what = Happening::Said(line.fact.source.key, excerpt(&line.words?));
            Some(Happened { at: line.fact.at, group: Some(group), what })
        });
        Ok(said.take(MESSAGES).collect())
    }
}

/// What the day pages tell of a person in a group; questions without their words.
fn heard(record: &PersonRecord, (group, pages): (GroupId, &[Page])) -> Vec<Happened> {
    let is_own = |who: IdentityId| record.accounts.iter().any(|account| account.id == who);
    let mut happened = Vec::new();
    let mut push = |at, what| happened.push(Happened { at, group: Some(group), what });
    for page in pages {
        let own = page.people.iter().filter(|person| is_own(person.who));
        let messages = own.clone().map(|person| person.messages).sum::<u32>();
        let at = Millis(i64::from(page.day) * Millis::DAY);
        if messages > 0 {
            push(at, Happening::Spoke(messages));
        }
        if own.clone().any(|person| person.first_ever) {
            push(at, Happening::SpokeFirst);
        }
        let questions = page.items.iter().filter(|item| item.flags.has(ItemFlags::QUESTION));
        for item in questions.filter(|item| is_own(item.who)) {
            let answers = pages.iter().flat_map(|page| &page.answers);
            let answered = answers.filter(|answer| answer.key == item.key);
            let answered = answered.map(|answer| answer.at).min();
            push(item.at, Happening::Asked(item.key, String::new(), answered));
        }
        for answer in page.answers.iter().filter(|answer| is_own(answer.who)) {
            push(answer.at, Happening::Answered(answer.key));
        }
    }
    happened
}

/// The day of a moment as pages count them.
fn day(at: Millis) -> i32 {
    i32::try_from(at.0.div_euclid(Millis::DAY)).unwrap_or(i32::MAX)
}

/// Group and source key of a question.
fn asked(one: &Happened) -> Option<(GroupId, i64)> {
    match one.what {
        Happening::Asked(key, ..) => Some((one.group?, key)),
        _ => None,
    }
}

/// Stays, and what staff did.
fn staff_acts(record: &PersonRecord, now: Millis) -> Vec<Happened> {
    let mut happened = Vec::new();
    let mut push = |at, group, what| happened.push(Happened { at, group, what });
    for stay in &record.stays {
        if let Some(at) = stay.joined.filter(|_| stay.how != JoinManner::Listed) {
            let joined = Happening::Joined(stay.n, stay.how, stay.by.named(), stay.via.clone());
            push(at, Some(stay.group), joined);
        }
        if let Some(at) = stay.left {
            push(at, Some(stay.group), Happening::Left(stay.left_how));
        }
    }
    for tag in &record.tags {
        push(tag.made, None, Happening::Tagged(tag.name.clone(), tag.why.clone(), tag.by));
        match (tag.gone, tag.until.filter(|until| *until <= now)) {
            (Some((at, by)), _) => push(at, None, Happening::Untagged(tag.name.clone(), by)),
            (None, Some(until)) => push(until, None, Happening::RanOut(tag.name.clone())),
            (None, None) => {}
        }
    }
    for note in record.notes.iter().filter(|note| note.gone.is_none()) {
        push(note.at, note.group, Happening::Noted(excerpt(&note.text), note.staff));
    }
    for one in record.attributes.iter().filter(|one| one.gone.is_none()) {
        let (name, value, source) = (one.name.clone(), one.value.clone(), one.source.clone());
        push(one.at, one.group, Happening::Learned(name, value, source, one.by));
    }
    for entry in &record.blacklist {
        push(entry.at, None, Happening::Barred(entry.reason.clone(), entry.by));
        if let Some(at) = entry.appeal_at {
            push(at, None, Happening::Appealed(entry.appeal.clone()));
        }
        if let Some((at, by)) = entry.lifted {
            push(at, None, Happening::Lifted(entry.lifted_why.clone(), by));
        }
    }
    for merge in record.accounts.iter().filter_map(|account| account.merged.as_ref()) {
        push(merge.at, None, Happening::Merged(merge.identity, merge.why.clone(), merge.by));
    }
    happened
}

fn excerpt(text: &str) -> String {
    text.chars().take(EXCERPT).collect()
}
