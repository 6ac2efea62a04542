//! All groups in one list: filtered, ordered, a page at a time.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Actor, May, Millis, StaffId};
use insights::Mood;
use store::GroupRow;

use crate::console::groups::kinds::{GroupCard, GroupKind};
use crate::console::groups::matching::Needle;
use crate::console::{Console, Denied, Standing, allowed};

/// Columns that the list can be ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Those in trouble first.
    #[default]
    Trouble,
    /// Name.
    Name,
    /// People.
    Members,
    /// Net change of 7 days.
    Net,
    /// Speakers of 7 days.
    Speakers,
    /// Last message.
    Last,
    /// Unanswered.
    Waiting,
    /// Owner.
    Owner,
    /// Back-up.
    Backup,
    /// Kind.
    Kind,
}

impl Order {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Trouble,
        Self::Name,
        Self::Members,
        Self::Net,
        Self::Speakers,
        Self::Last,
        Self::Waiting,
        Self::Owner,
        Self::Backup,
        Self::Kind,
    ];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Trouble => "trouble",
            Self::Name => "name",
            Self::Members => "members",
            Self::Net => "net",
            Self::Speakers => "speakers",
            Self::Last => "last",
            Self::Waiting => "waiting",
            Self::Owner => "owner",
            Self::Backup => "backup",
            Self::Kind => "kind",
        }
    }

    /// The order with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.word() == word)
    }
}

/// Whose groups are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeper {
    /// Anybody's.
    #[default]
    Any,
    /// Those without an owner who can come in (无负责人).
    Nobody,
    /// Those that this one keeps, as owner or back-up.
    Of(StaffId),
}

/// Which groups are wanted, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Part of the name, pinyin or initials.
    pub text: String,
    /// Verdict.
    pub mood: Option<Mood>,
    /// Kind.
    pub kind: Option<GroupKind>,
    /// Owner or back-up.
    pub keeper: Keeper,
    /// Tag.
    pub tag: String,
    /// Platform word.
    pub platform: String,
    /// Only those where somebody waits.
    pub waiting: bool,
    /// Only those where nobody wrote for more than so many days, 0 for all.
    pub silent_days: u32,
    /// Order.
    pub order: Order,
    /// The other way round.
    pub reversed: bool,
}

/// A group in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupLine {
    /// Where it stands.
    pub standing: Standing,
    /// What is said of it.
    pub card: GroupCard,
}

impl GroupLine {
    /// Net change of 7 days.
    pub fn net(&self) -> i64 {
        i64::from(self.standing.joins_7d) - i64::from(self.standing.leaves_7d)
    }
}

/// What the list holds.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupList {
    /// Groups that are wanted, in order.
    pub lines: Vec<GroupLine>,
    /// Groups within the scope.
    pub all: usize,
    /// Tags that there are.
    pub tags: Vec<String>,
    /// Platforms that there are.
    pub platforms: Vec<String>,
}

impl Console {
    /// All groups of the scope that are wanted, in order.
    pub async fn groups(&self, actor: &Actor, wanted: &Wanted) -> Result<GroupList, Denied> {
        allowed(actor, May::Look)?;
        let (lines, names) = tokio::try_join!(self.carded_groups(actor), self.keeper_names(actor))?;
        let all = lines.len();
        let tags: BTreeSet<&String> = lines.iter().flat_map(|line| &line.card.tags).collect();
        let tags = tags.into_iter().cloned().collect();
        let platforms: BTreeSet<&String> =
            lines.iter().map(|line| &line.standing.platform).collect();
        let platforms = platforms.into_iter().cloned().collect();
        let lines = arranged(lines, wanted, (&names, self.now()));
        Ok(GroupList { lines, all, tags, platforms })
    }

    /// All groups within the scope with their cards.
    pub(super) async fn carded_groups(&self, actor: &Actor) -> Result<Vec<GroupLine>, Denied> {
        let (standings, cards) = tokio::try_join!(self.standings_now(actor), async {
            Ok(self.store().cards(actor.org).await?)
        })?;
        let mut cards: BTreeMap<_, _> = cards.into_iter().map(|card| (card.group, card)).collect();
        let line = |standing: Standing| {
            let card = cards.remove(&standing.group);
            GroupLine { card: card.map_or_else(GroupCard::empty, GroupCard::from), standing }
        };
        Ok(standings.into_iter().map(line).collect())
    }
}

impl Console {
    /// Where groups stand, also those that came since the standings were made: one that somebody
    /// just opened is there at once.
    async fn standings_now(&self, actor: &Actor) -> Result<Vec<Standing>, Denied> {
        let mut known = self.standings(actor).await?.to_vec();
        let mut fresh = self.group_names(actor.org).await?;
        fresh.retain(|group, _| actor.sees(*group));
        for one in &known {
            fresh.remove(&one.group);
        }
        for group in fresh.into_keys() {
            if let Some(row) = self.store().group_numbered(actor.org, group).await? {
                known.push(self.fresh(actor, row).await?);
            }
        }
        Ok(known)
    }

    /// Where a group stands that was not judged yet.
    pub(super) async fn fresh(&self, actor: &Actor, row: GroupRow) -> Result<Standing, Denied> {
        let live = self.store().live_group(actor.org, row.id).await?;
        Ok(Standing {
            group: row.id,
            name: row.said.name,
            platform: row.said.platform,
            zone: row.said.zone,
            live: live.is_some(),
            members: live.as_ref().map(|live| live.members.into()),
            mood: Mood::Unknown,
            causes: Vec::new(),
            pulse: Vec::new(),
            speakers_7d: 0,
            messages_7d: 0,
            joins_7d: 0,
            leaves_7d: 0,
            tells_flow: live.is_some(),
            tells_talk: row.said.evidence.messages != domain::Extent::None,
            last: live.as_ref().and_then(|live| live.last),
            open_tasks: live.map_or(0, |live| live.open_tasks),
            made: Millis(0),
        })
    }
}

/// The lines that are wanted now, in order; `names` are those of staff who can come in.
pub fn arranged(
    mut lines: Vec<GroupLine>,
    wanted: &Wanted,
    (names, now): (&BTreeMap<StaffId, String>, Millis),
) -> Vec<GroupLine> {
    let needle = Needle::new(&wanted.text);
    lines.retain(|line| fits(line, wanted, (names, now)) && needle.is_in(&line.standing.name));
    // The name decides between equals, so that a page never shows one twice.
    lines.sort_by_cached_key(|line| (line.standing.name.to_lowercase(), line.standing.group));
    let staff = |who: StaffId| (!names.contains_key(&who), names.get(&who).cloned());
    let many = |number: i64| -number;
    match wanted.order {
        Order::Name => {}
        Order::Trouble => {
            lines.sort_by_key(|line| (rank(line.standing.mood), many(waiting(line))));
        }
        Order::Members => lines.sort_by_key(|line| std::cmp::Reverse(line.standing.members)),
        Order::Net => lines.sort_by_key(GroupLine::net),
        Order::Speakers => lines.sort_by_key(|line| many(line.standing.speakers_7d.into())),
        Order::Last => lines.sort_by_key(|line| std::cmp::Reverse(line.standing.last)),
        Order::Waiting => lines.sort_by_key(|line| many(waiting(line))),
        Order::Owner => lines.sort_by_cached_key(|line| staff(line.card.owner)),
        Order::Backup => lines.sort_by_cached_key(|line| staff(line.card.backup)),
        Order::Kind => lines.sort_by_key(|line| (line.card.kind.is_none(), line.card.kind)),
    }
    if wanted.reversed {
        lines.reverse();
    }
    lines
}

fn waiting(line: &GroupLine) -> i64 {
    line.standing.open_tasks.into()
}

/// Those in trouble first; one that cannot be judged stands before those that are well.
fn rank(mood: Mood) -> u8 {
    match mood {
        Mood::Dying => 0,
        Mood::Fading => 1,
        Mood::Dead => 2,
        Mood::Unknown => 3,
        Mood::Steady => 4,
        Mood::Lively => 5,
    }
}

fn fits(
    line: &GroupLine,
    wanted: &Wanted,
    (names, now): (&BTreeMap<StaffId, String>, Millis),
) -> bool {
    let (standing, card) = (&line.standing, &line.card);
    let keeper = match wanted.keeper {
        Keeper::Any => true,
        Keeper::Nobody => !names.contains_key(&card.owner),
        Keeper::Of(who) => card.owner == who || card.backup == who,
    };
    keeper
        && wanted.mood.is_none_or(|mood| standing.mood == mood)
        && wanted.kind.is_none_or(|kind| card.kind == Some(kind))
        && (wanted.tag.is_empty() || card.tags.contains(&wanted.tag))
        && (wanted.platform.is_empty() || standing.platform == wanted.platform)
        && (!wanted.waiting || standing.open_tasks > 0)
        && (wanted.silent_days == 0 || is_silent(standing, wanted.silent_days, now))
}

/// Whether nobody wrote for more than so many days, or ever.
fn is_silent(standing: &Standing, days: u32, now: Millis) -> bool {
    standing.last.is_none_or(|last| now.since(last) > i64::from(days) * Millis::DAY)
}

#[cfg(test)]
mod tests {
    use domain::GroupId;

    use super::*;

    fn line(group: i64, name: &str, mood: Mood) -> GroupLine {
        let standing = Standing {
            group: GroupId(group),
            name: name.to_owned(),
            platform: "web".to_owned(),
            zone: "UTC".to_owned(),
            live: true,
            members: Some(u64::try_from(group * 10).unwrap()),
            mood,
            causes: Vec::new(),
            pulse: Vec::new(),
            speakers_7d: 0,
            messages_7d: 0,
            joins_7d: u32::try_from(group).unwrap(),
            leaves_7d: 2,
            tells_flow: true,
            tells_talk: true,
            last: Some(Millis(group)),
            open_tasks: u32::from(group == 2),
            made: Millis(0),
        };
        GroupLine { standing, card: GroupCard::empty() }
    }

    fn three() -> Vec<GroupLine> {
        let mut lines = vec![
            line(1, "读书会", Mood::Lively),
            line(2, "早起群", Mood::Dying),
            line(3, "车友群", Mood::Fading),
        ];
        lines[0].card.owner = StaffId(7);
        lines[0].card.kind = Some(GroupKind::Interest);
        lines[1].card.backup = StaffId(7);
        // Locked out: who cannot come in is no owner.
        lines[2].card.owner = StaffId(9);
        lines[2].card.tags = vec!["华东".to_owned()];
        lines[2].standing.platform = "qq".to_owned();
        lines
    }

    fn found(wanted: &Wanted) -> Vec<i64> {
        let names = [(StaffId(7), "小林".to_owned())].into();
        let now = Millis(31 * Millis::DAY + 2);
        arranged(three(), wanted, (&names, now)).iter().map(|line| line.standing.group.0).collect()
    }

    #[test]
    fn each_filter_finds_what_it_says() {
        let any = Wanted { order: Order::Last, reversed: true, ..Wanted::default() };
        let table: [(Wanted, &[i64]); 11] = [
            (any.clone(), &[1, 2, 3]),
            (Wanted { text: "zqq".into(), ..any.clone() }, &[2]),
            (Wanted { mood: Some(Mood::Fading), ..any.clone() }, &[3]),
            (Wanted { kind: Some(GroupKind::Interest), ..any.clone() }, &[1]),
            (Wanted { keeper: Keeper::Of(StaffId(7)), ..any.clone() }, &[1, 2]),
            (Wanted { keeper: Keeper::Nobody, ..any.clone() }, &[2, 3]),
            (Wanted { tag: "华东".into(), ..any.clone() }, &[3]),
            (Wanted { platform: "qq".into(), ..any.clone() }, &[3]),
            (Wanted { silent_days: 31, ..any.clone() }, &[1]),
            (Wanted { silent_days: 32, ..any.clone() }, &[]),
            (Wanted { waiting: true, ..any }, &[2]),
        ];
        for (wanted, groups) in table {
            assert_eq!(found(&wanted), groups, "{wanted:?}");
        }
    }

    #[test]
    fn each_order_begins_with_what_matters() {
        let table: [(Order, [i64; 3]); 7] = [
            (Order::Trouble, [2, 3, 1]),
            (Order::Members, [3, 2, 1]),
            (Order::Net, [1, 2, 3]),
            (Order::Last, [3, 2, 1]),
            (Order::Waiting, [2, 1, 3]),
            (Order::Owner, [1, 2, 3]),
            (Order::Kind, [1, 2, 3]),
        ];
        for (order, groups) in table {
            let got = found(&Wanted { order, ..Wanted::default() });
            assert_eq!(got[0], groups[0], "{order:?}: {got:?}");
            let back = found(&Wanted { order, reversed: true, ..Wanted::default() });
            assert!(back.iter().rev().eq(&got), "{order:?}");
        }
    }
}
