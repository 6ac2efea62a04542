//! The figures over all groups in two windows, and each group beside the others.
//!
//! Invariant: what is added up is what groups with the evidence for it tell; how many these are is
//! said beside every figure (P14). Figures of a single group come from the same sums.

use std::collections::BTreeMap;

use domain::{Actor, Day, Evidence, GroupId, May, Millis};
use insights::{Figure, Span, Sums};
use store::GroupRow;

use crate::console::figures::period::{Calendar, Period};
use crate::console::figures::tally::{Heads, TALLIES, Tally, Told};
use crate::console::{
    Console, Coverage, DaySums, Denied, Flow, PeopleOnce, Window, allowed, within,
};
use crate::rebuild::zone_of;

/// A figure in the window and in the one it is compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// In the window.
    pub now: Figure,
    /// In the other.
    pub before: Figure,
}

/// One figure over all groups.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which.
    pub tally: &'static Tally,
    /// Over all groups; people once.
    pub once: Pair,
    /// For figures that count people: once in each group, added up.
    pub per_group: Option<Pair>,
    /// Groups that can show it.
    pub groups: usize,
    /// What is drawn, day by day.
    pub daily: Vec<Option<f64>>,
}

/// All figures over all groups.
#[derive(Clone, Debug)]
pub struct Board {
    /// The days.
    pub period: Period,
    /// In the order of [`TALLIES`].
    pub lines: Vec<Line>,
    /// Each day of the window.
    pub days: Vec<DaySums>,
    /// People over all groups, each once.
    pub once: PeopleOnce,
    /// Members before, in, out, after (P04).
    pub flow: Flow,
    /// What the sources can show.
    pub coverage: Coverage,
}

impl Board {
    /// The line of a figure.
    pub fn line(&self, code: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.tally.code == code)
    }
}

/// One group beside the others.
#[derive(Clone, Debug)]
pub struct GroupLine {
    /// Which.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// Platform word.
    pub platform: String,
    /// Members, where they are known.
    pub members: Option<u64>,
    /// In the order of [`TALLIES`].
    pub figures: Vec<Pair>,
}

impl GroupLine {
    /// The pair of a figure.
    pub fn pair(&self, code: &str) -> Option<&Pair> {
        let place = TALLIES.iter().position(|one| one.code == code)?;
        self.figures.get(place)
    }
}

impl Console {
    /// Where in time pages stand, by the calendar of the organisation and by what its groups
    /// within the scope have to show.
    pub async fn calendar(&self, actor: &Actor) -> Result<Calendar, Denied> {
        let zone = self.zone(actor.org).await?;
        let rows = self.rows_held(actor.org).await?;
        let today = zone.local(self.now()).day;
        // A source that does not tell when its group began has an earlier day to show.
        let began = |row: &GroupRow| row.said.founded.map(|at| zone.local(at).day);
        let first = rows.values().filter(|row| actor.sees(row.id)).map(began).min();
        Ok(Calendar::of(today, first.unwrap_or(Some(today))))
    }

    /// The same for one group, by its own calendar.
    pub async fn calendar_of(&self, actor: &Actor, group: GroupId) -> Result<Calendar, Denied> {
        Ok(own_calendar(&self.row_of(actor, group).await?, self.now()))
    }

    /// The day with which windows of a group end where nothing else is asked for: the last whole
    /// one, and no later than the export of a group that was imported.
    pub async fn last_day_of(&self, actor: &Actor, group: GroupId) -> Result<Day, Denied> {
        let row = self.row_of(actor, group).await?;
        let whole = own_calendar(&row, self.now()).whole;
        let standings = self.standings(actor).await?;
        let ended = standings.iter().find(|one| one.group == group && !one.live);
        let ended = ended.and_then(|one| one.last);
        Ok(ended.map_or(whole, |at| zone_of(&row).local(at).day.min(whole)))
    }

    /// A group as it was seen last; one that just came is read.
    async fn row_of(&self, actor: &Actor, group: GroupId) -> Result<GroupRow, Denied> {
        within(actor, group)?;
        let rows = self.rows_held(actor.org).await?;
        if let Some(row) = rows.get(&group) {
            return Ok(row.clone());
        }
        self.store().group_numbered(actor.org, group).await?.ok_or(Denied::Missing)
    }

    /// The zone in which the days of a group are counted.
    pub async fn zone_of_group(
        &self,
        actor: &Actor,
        group: GroupId,
    ) -> Result<domain::Zone, Denied> {
        Ok(zone_of(&self.row_of(actor, group).await?))
    }

    /// Both windows, worked out side by side.
    async fn windows(&self, actor: &Actor, period: Period) -> Result<(Window, Window), Denied> {
        let windows = (self.window(actor, period.span), self.window(actor, period.against));
        tokio::try_join!(windows.0, windows.1)
    }

    /// The figures over all groups in the scope.
    pub async fn board(&self, actor: &Actor, period: Period) -> Result<Board, Denied> {
        let (now, before) = self.windows(actor, period).await?;
        let heads = [&now, &before].map(|one| one.heads.iter().fold(Heads::default(), plus));
        let rows = self.rows_held(actor.org).await?;
        let evidence = |group: &GroupId| rows.get(group).map(|row| row.said.evidence);
        let once = [now.once, before.once].map(|one| Heads {
            spoke: one.spoke,
            effective: one.effective,
            came: one.came,
            left: one.left,
        });
        let spans = [period.span, period.against];
        let reaches = now.first.is_some_and(|first| first <= period.against.from);
        let parts = [now.per_group.as_slice(), before.per_group.as_slice()];
        let line = |tally: &'static Tally| {
            let shows = |group: &GroupId| evidence(group).is_some_and(|one| tally.shown_by(one));
            let sums = parts.map(|part| added(part, shows));
            let groups = now.per_group.iter().filter(|(group, _)| shows(group)).count();
            let told = |place: usize, people: &[Heads; 2]| Told {
                sums: sums.get(place).copied().unwrap_or_default(),
                days: spans.get(place).map_or(1, |span| span.days()),
                people: people.get(place).copied().unwrap_or_default(),
            };
            let pair = |people: &[Heads; 2]| Pair {
                now: tally.figure(&told(0, people), groups),
                before: tally.compared(&told(1, people), groups, reaches),
            };
            Line {
                tally,
                once: pair(&once),
                per_group: tally.heads.map(|_| pair(&heads)),
                groups,
                daily: now.days.iter().map(|day| tally.of_day(day)).collect(),
            }
        };
        Ok(Board {
            period,
            lines: TALLIES.iter().map(line).collect(),
            days: now.days,
            once: now.once,
            flow: now.flow,
            coverage: now.coverage,
        })
    }

    /// Every group in the scope with its figures.
    pub async fn figure_lines(
        &self,
        actor: &Actor,
        period: Period,
    ) -> Result<Vec<GroupLine>, Denied> {
        let (now, before) = self.windows(actor, period).await?;
        let rows = self.rows_held(actor.org).await?;
        let standings = self.standings(actor).await?;
        let members: BTreeMap<GroupId, u64> =
            standings.iter().filter_map(|one| Some((one.group, one.members?))).collect();
        let was = before.per_group.iter().zip(&before.heads);
        let was: BTreeMap<GroupId, (Sums, Heads)> =
            was.map(|((group, sums), heads)| (*group, (*sums, *heads))).collect();
        let line = |((group, sums), heads): (&(GroupId, Sums), &Heads)| {
            let before = was.get(group).copied().unwrap_or_default();
            let (row, told) = (rows.get(group)?, [(*sums, *heads), before]);
            let began = row.said.founded.map(|at| zone_of(row).local(at).day);
            let first = now.first.map(|first| began.map_or(first, |began| began.max(first)));
            let known = (members.get(group).copied(), first);
            Some(group_line(row, known, told, period))
        };
        Ok(now.per_group.iter().zip(&now.heads).filter_map(line).collect())
    }

    /// One group with its figures, and its days.
    pub async fn figure_line(
        &self,
        actor: &Actor,
        group: GroupId,
        period: Period,
    ) -> Result<(GroupLine, Vec<DaySums>), Denied> {
        allowed(actor, May::Look)?;
        within(actor, group)?;
        let (sums, heads, days) = self.window_of(actor.org, group, period.span).await?;
        let (was, were, _) = self.window_of(actor.org, group, period.against).await?;
        let standings = self.standings(actor).await?;
        let members = standings.iter().find(|one| one.group == group).and_then(|one| one.members);
        let rows = self.rows_held(actor.org).await?;
        let row = rows.get(&group).ok_or(Denied::Missing)?;
        let known = (members, self.first_of(actor.org, group).await?);
        Ok((group_line(row, known, [(sums, heads), (was, were)], period), days))
    }
}

/// Where in time a group stands.
pub(super) fn own_calendar(row: &GroupRow, now: Millis) -> Calendar {
    let zone = zone_of(row);
    let began = row.said.founded.map(|at| zone.local(at).day);
    Calendar::of(zone.local(now).day, began)
}

/// `known`: its members, and the first day of which it tells.
fn group_line(
    row: &GroupRow,
    (members, first): (Option<u64>, Option<Day>),
    [(sums, heads), (was, were)]: [(Sums, Heads); 2],
    period: Period,
) -> GroupLine {
    let told = [(sums, period.span, heads), (was, period.against, were)];
    GroupLine {
        group: row.id,
        name: row.said.name.clone(),
        platform: row.said.platform.clone(),
        members,
        figures: pairs(row.said.evidence, &told, first),
    }
}

fn pairs(evidence: Evidence, told: &[(Sums, Span, Heads); 2], first: Option<Day>) -> Vec<Pair> {
    let reaches = first.is_some_and(|first| told.last().is_some_and(|one| first <= one.1.from));
    let [now, before] = told.map(|(sums, span, people)| Told { sums, days: span.days(), people });
    let pair = |tally: &Tally| {
        let groups = usize::from(tally.shown_by(evidence));
        let before = tally.compared(&before, groups, reaches);
        Pair { now: tally.figure(&now, groups), before }
    };
    TALLIES.iter().map(pair).collect()
}

fn added(part: &[(GroupId, Sums)], shows: impl Fn(&GroupId) -> bool) -> Sums {
    let mut sum = Sums::default();
    part.iter().filter(|(group, _)| shows(group)).for_each(|(_, more)| sum.add(more));
    sum
}

fn plus(one: Heads, more: &Heads) -> Heads {
    Heads {
        spoke: one.spoke + more.spoke,
        effective: one.effective + more.effective,
        came: one.came + more.came,
        left: one.left + more.left,
    }
}
