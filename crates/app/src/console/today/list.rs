//! The list as one page shows it: filtered, in order, with names and words of the rows shown.

use std::collections::{BTreeMap, HashMap};

use domain::{Action, Actor, GroupId, IdentityId, May, StaffId};
use store::{GroupTitle, OutboxRow, PersonIn};

use crate::console::today::ground::Ground;
use crate::console::today::row::{Reason, Row};
use crate::console::today::sources;
use crate::console::{Console, Denied};
use crate::live::{Line, Stored};

/// What of the list is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Only rows of the source with this word.
    pub source: Option<String>,
    /// Only rows of groups that the actor keeps.
    pub mine: bool,
    /// Only rows of this group.
    pub group: Option<GroupId>,
    /// Rows passed over.
    pub skip: usize,
    /// Rows shown, at most.
    pub limit: usize,
}

/// The list.
#[derive(Debug)]
pub struct Today {
    /// The rows shown.
    pub items: Vec<Item>,
    /// Rows that pass all filters.
    pub found: usize,
    /// All rows.
    pub total: usize,
    /// Rows of groups that the actor keeps.
    pub mine: usize,
    /// Rows of each source, under the other filters, in the order of the sources.
    pub sources: Vec<(&'static str, usize)>,
    /// Groups with rows under the other filters, most rows first: number, name, rows.
    pub groups: Vec<(GroupId, String, usize)>,
    /// Whether the actor may do anything about rows.
    pub tends: bool,
    /// Whether the actor may keep groups.
    pub keeps: bool,
}

/// A row with what is shown of it.
#[derive(Clone, Debug)]
pub struct Item {
    /// The row.
    pub row: Row,
    /// Its group.
    pub group: Option<GroupTitle>,
    /// A code of the group's chat, where it lives.
    pub code: Option<String>,
    /// Whom it is about, as the group knows them.
    pub person: Option<PersonIn>,
    /// The message that it is about.
    pub line: Option<Line>,
    /// What is to be carried out.
    pub action: Option<Action>,
    /// The platform carries it out once it is called done; otherwise staff do it by hand.
    pub sends: bool,
    /// Who keeps the group.
    pub owner: Option<(StaffId, String)>,
}

impl Console {
    /// Today, as this actor sees it.
    pub async fn today(&self, actor: &Actor, look: &Look) -> Result<Today, Denied> {
        let ground = self.ground(actor).await?;
        let rows = open_rows(&ground);
        let total = rows.len();
        self.counted().put(actor, ground.now, total);
        let is_mine =
            |row: &Row| row.group.is_some_and(|group| ground.owner(group) == Some(actor.staff));
        let mine = rows.iter().filter(|row| is_mine(row)).count();
        let kept = rows.into_iter().filter(|row| !look.mine || is_mine(row));
        let kept: Vec<Row> = kept.collect();
        let of_source = |row: &Row| look.source.as_deref().is_none_or(|word| word == row.source);
        let of_group = |row: &Row| look.group.is_none_or(|group| row.group == Some(group));
        let count = |word| kept.iter().filter(|row| of_group(row) && row.source == word).count();
        let sources = sources::ALL.iter().map(|source| (source.word, count(source.word))).collect();
        let groups = groups(kept.iter().filter(|row| of_source(row)), &ground);
        let found: Vec<Row> =
            kept.into_iter().filter(|row| of_source(row) && of_group(row)).collect();
        let shown = found.iter().skip(look.skip).take(look.limit).cloned().collect();
        Ok(Today {
            found: found.len(),
            total,
            mine,
            sources,
            groups,
            tends: actor.may(May::Tend),
            keeps: actor.may(May::Keep),
            items: self.items(actor, &ground, shown).await?,
        })
    }

    /// What staff did on Today since a moment: who, and how often.
    pub async fn ended_since(
        &self,
        actor: &Actor,
        since: domain::Millis,
    ) -> Result<Vec<(String, u32)>, Denied> {
        let staff = self.store().staff_titles(actor.org).await?;
        let mut counts: BTreeMap<StaffId, u32> = BTreeMap::new();
        for act in ["today.done", "today.answered", "today.welcomed"] {
            for (who, count) in self.store().acts_since(actor.org, act, since).await? {
                *counts.entry(who).or_default() += count;
            }
        }
        let name = |who| staff.iter().find(|one| one.staff == who).map(|one| one.name.clone());
        let mut named: Vec<_> =
            counts.into_iter().filter_map(|(who, count)| Some((name(who)?, count))).collect();
        named.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Ok(named)
    }

    /// The row with this name as this actor sees it; `None` when it is gone or out of scope.
    pub(crate) async fn open_row(
        &self,
        actor: &Actor,
        (source, key): (&str, &str),
    ) -> Result<Option<Row>, Denied> {
        let ground = self.ground(actor).await?;
        Ok(open_rows(&ground).into_iter().find(|row| row.source == source && row.key == key))
    }

    /// The rows that are wanted, in order, without names and words.
    pub(crate) async fn today_rows(&self, actor: &Actor, look: &Look) -> Result<Vec<Row>, Denied> {
        let ground = self.ground(actor).await?;
        let mut rows = open_rows(&ground);
        let is_mine =
            |row: &Row| row.group.is_some_and(|group| ground.owner(group) == Some(actor.staff));
        rows.retain(|row| {
            (!look.mine || is_mine(row))
                && look.source.as_deref().is_none_or(|word| word == row.source)
                && look.group.is_none_or(|group| row.group == Some(group))
        });
        Ok(rows.into_iter().skip(look.skip).take(look.limit).collect())
    }

    /// The same rows with names and words.
    pub(crate) async fn dressed(&self, actor: &Actor, rows: Vec<Row>) -> Result<Vec<Item>, Denied> {
        let ground = self.ground(actor).await?;
        self.items(actor, &ground, rows).await
    }

    /// Names and words for the rows shown, read together.
    async fn items(
        &self,
        actor: &Actor,
        ground: &Ground,
        rows: Vec<Row>,
    ) -> Result<Vec<Item>, Denied> {
        let (store, org) = (self.store(), actor.org);
        let mut groups: Vec<GroupId> = rows.iter().filter_map(|row| row.group).collect();
        groups.sort_unstable();
        groups.dedup();
        let people: Vec<(GroupId, IdentityId)> =
            rows.iter().filter_map(|row| Some((row.group?, row.person?))).collect();
        let keys: Vec<(GroupId, i64)> =
            rows.iter().filter_map(|row| Some((row.group?, about(row)?))).collect();
        let (codes, people, lines) = tokio::try_join!(
            store.first_codes(org, &groups),
            store.people_in(org, &people),
            store.lines_at(org, &keys),
        )?;
        let codes: HashMap<_, _> = codes.into_iter().collect();
        let people: HashMap<_, _> =
            people.into_iter().map(|one| ((one.group, one.identity), one)).collect();
        let lines: HashMap<_, _> = lines
            .into_iter()
            .filter(|(_, line)| line.fact.kind == domain::FactKind::Message)
            .map(|(group, line)| ((group, line.fact.source.key), Line::from(line)))
            .collect();
        let mut items = Vec::with_capacity(rows.len());
        for row in rows {
            let group = row.group;
            let owner = group.and_then(|group| ground.owner(group));
            let errand = self.errand_of(actor, &row).await?;
            let sends = match &errand {
                Some(errand) => self.live().confirms(errand).await?.is_some(),
                None => false,
            };
            items.push(Item {
                group: group.and_then(|group| ground.titles.get(&group)).cloned(),
                code: group.and_then(|group| codes.get(&group)).cloned(),
                person: group.zip(row.person).and_then(|who| people.get(&who)).cloned(),
                line: group.zip(about(&row)).and_then(|key| lines.get(&key)).cloned(),
                action: errand.and_then(|errand| Action::from_text(&errand.action).ok()),
                sends,
                owner: owner.and_then(|who| Some((who, ground.staff_name(who)?))),
                row,
            });
        }
        Ok(items)
    }

    /// The action that a row asks to carry out or to check.
    pub(super) async fn errand_of(
        &self,
        actor: &Actor,
        row: &Row,
    ) -> Result<Option<OutboxRow>, Denied> {
        let (Reason::CarryOut | Reason::CheckOutcome, Some(group)) = (&row.reason, row.group)
        else {
            return Ok(None);
        };
        let Some(id) = row.key.split_once(':').and_then(|(_, name)| errand(name)) else {
            return Ok(None);
        };
        Ok(self.store().action(actor.org, group, id).await?)
    }
}

/// The action that a task is about: `carry_out:12:0` → place 12, number 0.
fn errand(name: &str) -> Option<(domain::Seq, u32)> {
    let mut parts = name.rsplit(':');
    let n = parts.next()?.parse().ok()?;
    Some((domain::Seq(parts.next()?.parse().ok()?), n))
}

impl Ground {
    fn staff_name(&self, who: StaffId) -> Option<String> {
        self.staff.iter().find(|one| one.staff == who).map(|one| one.name.clone())
    }
}

/// The message that a row is about.
fn about(row: &Row) -> Option<i64> {
    match row.reason {
        Reason::FirstPost(key) | Reason::Question(key) | Reason::Call(key) => key,
        _ => None,
    }
}

/// All rows that are not put off, in order: the most pressing first, then the longest wait.
pub(super) fn open_rows(ground: &Ground) -> Vec<Row> {
    let rows = sources::ALL.iter().flat_map(|source| (source.rows)(ground));
    let mut rows: Vec<Row> = rows.filter(|row| !is_put_off(ground, row)).collect();
    rows.sort_by(|one, other| {
        (one.urgency, one.since, one.source, &one.key).cmp(&(
            other.urgency,
            other.since,
            other.source,
            &other.key,
        ))
    });
    rows
}

fn is_put_off(ground: &Ground, row: &Row) -> bool {
    ground.noted(row.source, &row.key).is_some_and(|noted| {
        noted.level >= row.level && noted.until.is_none_or(|until| ground.now < until)
    })
}

fn groups<'a>(
    rows: impl Iterator<Item = &'a Row>,
    ground: &Ground,
) -> Vec<(GroupId, String, usize)> {
    let mut counts: HashMap<GroupId, usize> = HashMap::new();
    for group in rows.filter_map(|row| row.group) {
        *counts.entry(group).or_default() += 1;
    }
    let name = |group| ground.titles.get(&group).map(|one| one.name.clone()).unwrap_or_default();
    let mut groups: Vec<_> =
        counts.into_iter().map(|(group, count)| (group, name(group), count)).collect();
    groups.sort_by(|one, other| (other.2, &one.1, one.0).cmp(&(one.2, &other.1, other.0)));
    groups
}
