//! How callbacks go: what came, what became of it, which groups were told of when; and reading
//! groups anew on demand (对账).
//!
//! Invariant: what is shown was counted; reading anew changes nothing but what the platform says
//! has changed, and says what it found.

use domain::{Actor, Day, GroupId, May, Millis};
use rustc_hash::FxHashMap;
use store::{WecomAsideRow, WecomId, WecomKindRow, WecomMiss, wecom_day};

use crate::console::{Console, Denied};
use crate::wecom::companies::reaches;
use crate::wecom::pull::{Pull, Stop};

/// Days that are shown.
const DAYS: i32 = 14;
/// Letters about which nothing was done, and misses, that are shown.
const LINES: u32 = 50;
/// Misses that are counted by group.
const MISSES: u32 = 1_000;
/// Groups on a page.
pub(super) const GROUPS: usize = 100;

/// A day of callbacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostDay {
    /// The day (UTC+8).
    pub day: Day,
    /// Kept.
    pub taken: u64,
    /// Told again; they stand once.
    pub doubled: u64,
    /// Signed or sealed otherwise than token and key say, or malformed.
    pub refused: u64,
}

/// A group as letters know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupHealth {
    /// `chat_id`.
    pub chat: String,
    /// Ours, where it was read.
    pub group: Option<GroupId>,
    /// Its name; may be empty.
    pub name: String,
    /// When a letter about it came last.
    pub last: Option<Millis>,
    /// When it was read last.
    pub read: Option<Millis>,
    /// Letters that are known to be missing, of the latest misses.
    pub missing: u32,
    /// Why it was not told the last time; empty when it was.
    pub failure: String,
}

/// How callbacks go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallbackHealth {
    /// Whether token and key are kept; `None` where that cannot be told.
    pub is_set: Option<bool>,
    /// The latest 14 days on which something came, the last first.
    pub days: Vec<PostDay>,
    /// Letters that are kept, by kind.
    pub kinds: Vec<WecomKindRow>,
    /// Letters that wait, and since when the oldest does.
    pub waiting: (u64, Option<Millis>),
    /// Letters about which nothing was done, the latest first.
    pub aside: Vec<WecomAsideRow>,
    /// What no letter told, the latest first.
    pub misses: Vec<WecomMiss>,
    /// Groups: those of which letters are missing first, then by name; a page of them.
    pub groups: Vec<GroupHealth>,
    /// All groups.
    pub total: usize,
    /// Groups by `chat_id`: ours and their names, for misses and letters.
    pub names: FxHashMap<String, (Option<GroupId>, String)>,
    /// Tags of the company that are named.
    pub tags: usize,
}

/// What reading a group anew found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resynced {
    /// Members who had come.
    pub came: u32,
    /// Members who had gone.
    pub went: u32,
    /// Other changes, of name and notice.
    pub others: u32,
    /// Why it was not told, in the platform's words.
    pub failure: Option<String>,
}

impl Console {
    /// How callbacks of a company go; groups from this place on.
    pub async fn callback_health(
        &self,
        actor: &Actor,
        account: i64,
        from: usize,
    ) -> Result<CallbackHealth, Denied> {
        reaches(actor, May::Lead)?;
        let row = self.company_row(WecomId { org: actor.org, account }).await?;
        let (id, store) = (row.id, self.store());
        self.companies().refusals.write(store).await;
        let since = wecom_day(self.now()).plus(1 - DAYS);
        let misses = store.wecom_misses(id, MISSES).await?;
        let misses: Vec<WecomMiss> = misses.into_iter().map(|(_, miss)| miss).collect();
        let mut missing: FxHashMap<&str, u32> = FxHashMap::default();
        for miss in &misses {
            *missing.entry(&miss.chat).or_default() += miss.letters;
        }
        let last: FxHashMap<String, Millis> =
            store.wecom_last_letters(id).await?.into_iter().collect();
        let rows = store.wecom_groups(id).await?;
        let living = rows.iter().filter(|row| row.missing.is_none());
        let mut groups: Vec<GroupHealth> = living
            .map(|row| GroupHealth {
                chat: row.chat.clone(),
                group: row.group,
                name: row.name.clone(),
                last: last.get(&row.chat).copied(),
                read: row.read,
                missing: missing.get(row.chat.as_str()).copied().unwrap_or(0),
                failure: row.failure.clone(),
            })
            .collect();
        groups.sort_by_key(|one| (std::cmp::Reverse(one.missing), one.name.clone()));
        let named = |row: &store::WecomGroupRow| (row.chat.clone(), (row.group, row.name.clone()));
        let tags = store.wecom_tags(id).await?;
        Ok(CallbackHealth {
            is_set: self.secrets(&row).map(|secrets| !secrets.token.is_empty()),
            days: days(store.wecom_post(id, since).await?),
            kinds: store.wecom_letter_kinds(id).await?,
            waiting: store.wecom_letters_wait(id).await?,
            aside: store.wecom_letters_aside(id, LINES).await?,
            total: groups.len(),
            groups: groups.into_iter().skip(from).take(GROUPS).collect(),
            names: rows.iter().map(named).collect(),
            tags: tags.iter().filter(|tag| tag.gone.is_none()).count(),
            misses: misses.into_iter().take(LINES as usize).collect(),
        })
    }

    /// Reads one group of a company now, and says what had not been known.
    pub async fn resync_group(
        &self,
        actor: &Actor,
        account: i64,
        chat: &str,
    ) -> Result<Resynced, Denied> {
        reaches(actor, May::Lead)?;
        let row = self.company_row(WecomId { org: actor.org, account }).await?;
        let desk = self.desk(&row).ok_or(Denied::field("secret", "locked"))?;
        self.store().wecom_group(row.id, chat).await?.ok_or(Denied::Missing)?;
        let pull = Pull::of(self.clone(), row, desk);
        let resynced = pull.resynced(chat).await;
        resynced.or_else(|stop| match stop {
            Stop::Call(error) => {
                Ok(Resynced { failure: Some(error.to_string()), ..Resynced::default() })
            }
            Stop::Fault(fault) => Err(Denied::Fault(fault)),
            Stop::Ended => Err(Denied::Changed),
        })
    }
}

impl Pull {
    async fn resynced(&self, chat: &str) -> Result<Resynced, Stop> {
        let seen = self.one_group(chat).await?;
        if !seen.is_empty() {
            self.missed(chat, (0, "resync"), &seen).await?;
        }
        let [came, went, others] = seen.counts();
        Ok(Resynced { came, went, others, failure: seen.failure })
    }
}

fn days(rows: Vec<store::WecomPostRow>) -> Vec<PostDay> {
    let mut days: Vec<PostDay> = Vec::new();
    for row in rows {
        if days.last().is_none_or(|last| last.day != row.day) {
            days.push(PostDay { day: row.day, taken: 0, doubled: 0, refused: 0 });
        }
        let Some(last) = days.last_mut() else { continue };
        match row.fate.as_str() {
            "taken" => last.taken += row.letters,
            "doubled" => last.doubled += row.letters,
            _ => last.refused += row.letters,
        }
    }
    days
}
