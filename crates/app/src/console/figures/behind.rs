//! What stands behind a figure of one group: the people or the messages that were counted.
//!
//! Invariant: the same pages are read as for the figure, so that the rows of a list are what the
//! figure counts (P01, P02, P04, I08, H10).

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Actor, ActorClass, Day, GroupId, IdentityId, JoinManner, LeaveManner, May, Millis, Seq,
};
use insights::{Answer, Item, ItemFlags, Page, Settings, Span};

use crate::console::{Console, Denied, allowed, within};
use crate::error::Fault;
use crate::rebuild::zone_of;
use crate::report_group::{excerpt, people};

/// Days after the window in which answers and leaves still count for it.
const AFTER: i32 = 10;
/// Days after which it is settled who of the newcomers stayed.
const KEPT_DAYS: i32 = 7;
/// Rows of a list; whoever wants all takes the export.
pub const BEHIND_MAX: usize = 500;

/// Kinds of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// Members and staff who wrote, most messages first.
    Spoke,
    /// Members who spoke effectively, most first (P01, P02).
    Effective,
    /// Who came, the latest first (P04).
    Came,
    /// Who left, the latest first (P04).
    Left,
    /// Who came, and whether they were in after 7 days (P05).
    Kept,
    /// Questions, those nobody answered first (I08).
    Questions,
    /// First posts, those nobody answered first (H10).
    FirstPosts,
    /// Messages that opened a talk, those nobody took up first (#12).
    Openers,
}

impl Behind {
    /// The list behind the figure with this code, where there is one.
    pub fn of(code: &str) -> Option<Self> {
        Some(match code {
            "speakers"
            | "messages"
            | "messages_per_day"
            | "speakers_per_day"
            | "messages_per_speaker"
            | "active_share"
            | "keeper_share"
            | "gini"
            | "top10_share" => Self::Spoke,
            "effective_speakers"
            | "effective_share"
            | "idle_share"
            | "interaction_rate"
            | "interaction_rate_last_day" => Self::Effective,
            "joins" | "came" | "net_change" => Self::Came,
            "leaves" | "left" | "leave_rate" => Self::Left,
            "kept_7d" | "retention_7d_in" => Self::Kept,
            "answer_rate" | "questions" | "answered_within_hour" | "first_response_median" => {
                Self::Questions
            }
            "first_post_answered" | "new_speakers" | "new_contributors" => Self::FirstPosts,
            "solo_share" => Self::Openers,
            _ => return None,
        })
    }

    fn flag(self) -> Option<u8> {
        match self {
            Self::Questions => Some(ItemFlags::QUESTION),
            Self::FirstPosts => Some(ItemFlags::FIRST_POST),
            Self::Openers => Some(ItemFlags::OPENER),
            _ => None,
        }
    }
}

/// Somebody behind a figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonBehind {
    /// Who; [`IdentityId::NOBODY`] for people whom the source counts without naming.
    pub who: IdentityId,
    /// Name, as it is known.
    pub name: String,
    /// Role.
    pub class: ActorClass,
    /// Messages in the window.
    pub messages: u64,
    /// Of these, effective.
    pub effective: u64,
    /// Days of the window on which the person wrote.
    pub days: u32,
    /// Last of these days.
    pub last: Option<Day>,
    /// When the person came or left.
    pub at: Option<Millis>,
    /// How the person came.
    pub came: Option<JoinManner>,
    /// How the person left.
    pub left: Option<LeaveManner>,
    /// Still in at the end of the 7th day; `None` while these days are not over.
    pub kept: Option<bool>,
}

/// A message behind a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageBehind {
    /// Source key.
    pub key: i64,
    /// Its place in the feed of a live group.
    pub seq: Option<Seq>,
    /// When.
    pub at: Millis,
    /// Who said it.
    pub who: IdentityId,
    /// Name, as it is known.
    pub name: String,
    /// First words; empty where they are not kept.
    pub words: String,
    /// After how many milliseconds somebody else answered, and who.
    pub answer: Option<(i64, String)>,
    /// Nobody answered, and the time is not up.
    pub pending: bool,
}

/// A list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// People, for lists of people.
    pub people: Vec<PersonBehind>,
    /// Messages, for lists of messages.
    pub messages: Vec<MessageBehind>,
    /// How many there are; the lists are cut.
    pub total: usize,
}

impl Console {
    /// What stands behind a figure of a group in a window; at most `limit` rows.
    pub async fn behind(
        &self,
        actor: &Actor,
        group: GroupId,
        (span, kind): (Span, Behind),
        limit: usize,
    ) -> Result<Listed, Denied> {
        allowed(actor, May::Look)?;
        within(actor, group)?;
        let (from, to) = (Some(span.from), Some(span.to.plus(AFTER)));
        let pages = self.store().pages(actor.org, group, from, to).await?;
        let row = self.store().group_numbered(actor.org, group).await?.ok_or(Denied::Missing)?;
        let (settings, now) = (self.live().judge(actor.org), self.now());
        let known = zone_of(&row).local(now).day;
        let read = tokio::task::spawn_blocking(move || -> Result<Listed, Fault> {
            let pages: Result<Vec<Page>, _> =
                pages.iter().map(|page| Page::decode(&page.bytes)).collect();
            let pages = pages.map_err(|error| Fault::Unreadable(error.to_string()))?;
            let mut listed = match kind.flag() {
                Some(flag) => messages(&pages, span, flag, (&settings, now)),
                None => persons(&pages, span, kind, (&settings, known)),
            };
            listed.total = listed.people.len() + listed.messages.len();
            listed.people.truncate(limit);
            listed.messages.truncate(limit);
            Ok(listed)
        });
        let listed = read.await.map_err(|error| Fault::Unreadable(error.to_string()))??;
        self.names_put(actor, group, listed).await
    }

    async fn names_put(
        &self,
        actor: &Actor,
        group: GroupId,
        mut listed: Listed,
    ) -> Result<Listed, Denied> {
        let mut ids: BTreeSet<IdentityId> = listed.people.iter().map(|one| one.who).collect();
        ids.extend(listed.messages.iter().map(|one| one.who));
        let answerers = listed.messages.iter().filter_map(|one| one.answer.as_ref());
        ids.extend(answerers.filter_map(|(_, who)| Some(IdentityId(who.parse().ok()?))));
        let names = people(self.store(), actor.org, ids).await?;
        let name = |who: IdentityId| names.get(&who).cloned().unwrap_or_default();
        listed.people.iter_mut().for_each(|one| one.name = name(one.who));
        let keys: Vec<i64> = listed.messages.iter().map(|one| one.key).collect();
        let words: BTreeMap<i64, String> =
            self.store().words_of(actor.org, group, &keys).await?.into_iter().collect();
        let lines = self.store().lines_of(actor.org, group, &keys).await?;
        let places: BTreeMap<i64, Seq> =
            lines.iter().map(|line| (line.fact.source.key, line.seq)).collect();
        for one in &mut listed.messages {
            one.seq = places.get(&one.key).copied();
            one.name = name(one.who);
            one.words = words.get(&one.key).map(|text| excerpt(text)).unwrap_or_default();
            if let Some((_, who)) = &mut one.answer {
                *who = who.parse().map(|who| name(IdentityId(who))).unwrap_or_default();
            }
        }
        Ok(listed)
    }
}

fn persons(pages: &[Page], span: Span, kind: Behind, judged: (&Settings, Day)) -> Listed {
    let within = || pages.iter().filter(|page| span.holds(page.day()));
    let people = match kind {
        Behind::Came | Behind::Kept => {
            let mut all: Vec<PersonBehind> =
                within().flat_map(|page| comers(page, pages, kind, judged)).collect();
            all.reverse();
            all
        }
        Behind::Left => {
            let mut all: Vec<PersonBehind> = within().flat_map(leavers).collect();
            all.reverse();
            all
        }
        _ => writers(within(), kind, judged.0),
    };
    Listed { people, ..Listed::default() }
}

fn writers<'a>(
    pages: impl Iterator<Item = &'a Page>,
    kind: Behind,
    settings: &Settings,
) -> Vec<PersonBehind> {
    let mut all: BTreeMap<IdentityId, PersonBehind> = BTreeMap::new();
    for page in pages {
        let wrote = page.people.iter().filter(|row| row.messages > 0 && row.class.is_person());
        for row in wrote.filter(|row| row.who.named().is_some()) {
            let one = all.entry(row.who).or_default();
            (one.who, one.class, one.last) = (row.who, row.class, Some(page.day()));
            one.messages += u64::from(row.messages);
            one.effective += if counts(row.class, settings) { u64::from(row.effective) } else { 0 };
            one.days += 1;
        }
    }
    let mut all: Vec<PersonBehind> = all.into_values().collect();
    if kind == Behind::Effective {
        all.retain(|one| one.effective > 0);
        all.sort_by_key(|one| (std::cmp::Reverse(one.effective), one.who));
    } else {
        all.sort_by_key(|one| (std::cmp::Reverse(one.messages), one.who));
    }
    all
}

fn comers(
    page: &Page,
    pages: &[Page],
    kind: Behind,
    (settings, known): (&Settings, Day),
) -> Vec<PersonBehind> {
    let came = page.comings.iter().filter(|coming| coming.how != JoinManner::Listed);
    let counted = came.filter(|coming| {
        kind == Behind::Came || coming.who.named().is_some() && counts(coming.class, settings)
    });
    let row = |coming: &insights::Coming| PersonBehind {
        who: coming.who,
        class: coming.class,
        at: Some(coming.at),
        came: Some(coming.how),
        kept: coming.who.named().and_then(|who| kept(page.day(), who, pages, known)),
        ..PersonBehind::default()
    };
    counted.map(row).collect()
}

/// Whether somebody who came on that day was in at the end of the 7th; `None` while these days
/// are not over.
fn kept(day: Day, who: IdentityId, pages: &[Page], known: Day) -> Option<bool> {
    let span = Span { from: day, to: day.plus(KEPT_DAYS) };
    if span.to > known {
        return None;
    }
    let days = || pages.iter().filter(|page| span.holds(page.day()));
    let ins = days().flat_map(|page| &page.comings).filter(|one| one.who == who);
    let outs = days().flat_map(|page| &page.goings).filter(|one| one.who == who);
    let (last_in, last_out) = (ins.map(|one| one.at).max(), outs.map(|one| one.at).max());
    Some(last_out.is_none() || last_out < last_in)
}

fn leavers(page: &Page) -> Vec<PersonBehind> {
    let row = |going: &insights::Going| PersonBehind {
        who: going.who,
        at: Some(going.at),
        left: Some(going.how),
        ..PersonBehind::default()
    };
    page.goings.iter().map(row).collect()
}

fn messages(pages: &[Page], span: Span, flag: u8, (settings, now): (&Settings, Millis)) -> Listed {
    let mut answers: BTreeMap<i64, &Answer> = BTreeMap::new();
    for answer in pages.iter().flat_map(|page| &page.answers) {
        answers.entry(answer.key).or_insert(answer);
    }
    let items = pages.iter().filter(|page| span.holds(page.day())).flat_map(|page| &page.items);
    let counted = items.filter(|item| item.flags.has(flag) && counts(item.class, settings));
    let row = |item: &Item| {
        let answer = answers.get(&item.key);
        MessageBehind {
            key: item.key,
            seq: None,
            at: item.at,
            who: item.who,
            name: String::new(),
            words: String::new(),
            answer: answer.map(|one| (one.at.since(item.at).max(0), one.who.0.to_string())),
            pending: answer.is_none() && now.since(item.at) < settings.answer_within_ms,
        }
    };
    let mut all: Vec<MessageBehind> = counted.map(row).collect();
    all.sort_by_key(|one| (one.answer.is_some(), std::cmp::Reverse(one.at), one.key));
    Listed { messages: all, ..Listed::default() }
}

fn counts(class: ActorClass, settings: &Settings) -> bool {
    class == ActorClass::Member || class == ActorClass::Staff && settings.count_staff
}
