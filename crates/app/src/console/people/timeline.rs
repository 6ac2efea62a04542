//! What happened with one person, over all groups of the scope, the newest first.
//!
//! Bounded: at most eight groups, of each the last day pages before a day; what staff did is shown
//! for the same span. Older is the next page.

use domain::{Actor, GroupId, IdentityId, JoinManner, LeaveManner, Millis, OrgId, Seq, StaffId};
use insights::{ItemFlags, Page};
use store::PersonRecord;

use crate::console::people::person::GROUPS_MAX;
use crate::console::{Console, Denied, PersonView};

/// Day pages read for one part of a timeline, over all groups.
const PAGES: usize = 240;

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
        for group in groups {
            let end = (before_day, u32::try_from(limit).unwrap_or(30));
            let pages = self.store().last_pages(actor.org, group, end).await?;
            let pages: Vec<Page> =
                pages.iter().filter_map(|page| Page::decode(&page.bytes).ok()).collect();
            if pages.len() == limit {
                cut = cut.max(pages.last().map(|page| page.day));
            }
            happened.extend(self.heard(actor.org, &view.record, (group, &pages)).await?);
            if before.is_none() {
                happened.extend(self.last_said(actor.org, &view.record, group).await?);
            }
        }
        happened.extend(staff_acts(&view.record, view.now));
        let [from, to] = [cut, before].map(|day| day.map(|day| i64::from(day) * Millis::DAY));
        happened.retain(|one| from.is_none_or(|from| one.at.0 >= from));
        happened.retain(|one| to.is_none_or(|to| one.at.0 < to));
        // A question is not shown again among the last messages.
        let asked: Vec<i64> = happened.iter().filter_map(asked).collect();
        happened.retain(|one| !matches!(one.what, Happening::Said(key, _) if asked.contains(&key)));
        happened.sort_by_key(|one| std::cmp::Reverse(one.at));
        Ok(Timeline { happened, older: cut })
    }

    /// What the day pages tell of a person in a group.
    async fn heard(
        &self,
        org: OrgId,
        record: &PersonRecord,
        (group, pages): (GroupId, &[Page]),
    ) -> Result<Vec<Happened>, Denied> {
        let is_own = |who: IdentityId| record.accounts.iter().any(|account| account.id == who);
        let mut happened = Vec::new();
        let mut asked = Vec::new();
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
            let questions = page.items.iter();
            let questions = questions.filter(|item| item.flags.has(ItemFlags::QUESTION));
            asked.extend(questions.filter(|item| is_own(item.who)).map(|item| (item.at, item.key)));
            for answer in page.answers.iter().filter(|answer| is_own(answer.who)) {
                push(answer.at, Happening::Answered(answer.key));
            }
        }
        let keys: Vec<i64> = asked.iter().map(|(_, key)| *key).collect();
        let words = if keys.is_empty() {
            Vec::new()
        } else {
            self.store().words_of(org, group, &keys).await?
        };
        for (at, key) in asked {
            let text = words.iter().find(|(own, _)| *own == key).map(|(_, text)| excerpt(text));
            let answers = pages.iter().flat_map(|page| &page.answers);
            let answered = answers.filter(|answer| answer.key == key).map(|answer| answer.at).min();
            push(at, Happening::Asked(key, text.unwrap_or_default(), answered));
        }
        Ok(happened)
    }

    /// The last messages of a person in a group.
    async fn last_said(
        &self,
        org: OrgId,
        record: &PersonRecord,
        group: GroupId,
    ) -> Result<Vec<Happened>, Denied> {
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

fn asked(one: &Happened) -> Option<i64> {
    match one.what {
        Happening::Asked(key, ..) => Some(key),
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
