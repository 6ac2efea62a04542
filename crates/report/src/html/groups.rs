//! Several groups: a table of all, and a folded section for each of the largest.

use crate::charts;
use crate::definitions::{find, headlines};
use crate::html::Eye;
use crate::html::figures::Card;
use crate::html::rhythm::best;
use crate::html::top::HealthCard;
use crate::speech::{count, day_near, value};
use crate::words;
use crate::{GroupReport, Lang};
use askama::Template;
use domain::Extent;
use insights::{Figure, Overview};

/// Groups with a section of their own.
const SECTIONS_MAX: usize = 30;

/// Rows of the table; the rest is in the JSON.
const ROWS_MAX: usize = 500;

/// Figures of a group's section.
const CARDS: usize = 6;

/// Figures of the table, by code, where a group can show them.
const COLUMNS: [&str; 2] = ["interaction_rate", "answer_rate"];

/// The same where the data holds no messages.
const ROSTER_COLUMNS: [&str; 2] = ["retention_30d_in", "leave_rate"];

/// The table and the sections.
#[derive(Template)]
#[template(path = "people/groups.html")]
pub(super) struct Groups {
    l: Lang,
    /// Without messages no group has a state, a pulse or hours.
    talks: bool,
    heads: Vec<&'static str>,
    rows: Vec<Row>,
    left_off: usize,
    sections: Vec<Section>,
}

struct Row {
    place: usize,
    linked: bool,
    name: String,
    mood: &'static str,
    tone: &'static str,
    cells: Vec<String>,
}

struct Section {
    place: usize,
    name: String,
    mood: &'static str,
    tone: &'static str,
    health: HealthCard,
    steps: Vec<(String, String)>,
    cards: Vec<Card>,
    width: usize,
    spark: String,
    heat: Vec<(u8, String)>,
    best: Vec<(String, String)>,
}

impl Groups {
    /// `None` for a single group: its sections are the report.
    pub(super) fn of(eye: &Eye<'_>) -> Option<Self> {
        let groups = &eye.community.groups;
        let sections = if eye.talks() { SECTIONS_MAX } else { 0 };
        let columns = columns(eye);
        let row = |at: (usize, &GroupReport)| Row {
            linked: at.0 < sections,
            ..Row::of(eye, at, &columns)
        };
        eye.community.is_many().then(|| Self {
            l: eye.lang,
            talks: eye.talks(),
            heads: heads(eye, &columns),
            rows: groups.iter().take(ROWS_MAX).enumerate().map(row).collect(),
            left_off: groups.len().saturating_sub(ROWS_MAX),
            sections: groups
                .iter()
                .take(sections)
                .enumerate()
                .map(|at| Section::of(eye, at))
                .collect(),
        })
    }
}

/// Figures of the table: those that at least one group can show.
fn columns(eye: &Eye<'_>) -> Vec<&'static str> {
    let codes = if eye.talks() { COLUMNS } else { ROSTER_COLUMNS };
    let shows = |group: &GroupReport, code: &str| {
        let found = find(&group.overview, code);
        found.is_some_and(|found| !matches!(found.now(), Figure::Unknown(_)))
    };
    let any = |code: &&str| eye.community.groups.iter().any(|group| shows(group, code));
    codes.into_iter().filter(any).collect()
}

fn heads(eye: &Eye<'_>, columns: &[&'static str]) -> Vec<&'static str> {
    let l = eye.lang;
    let metrics = columns.iter().filter_map(|code| insights::metric(code));
    let defined = metrics.map(|metric| l.pick(metric.name.zh, metric.name.en));
    if !eye.talks() {
        let plain = [l.pick("成员", "Members"), l.pick("进群", "Joins"), l.pick("退群", "Leaves")];
        return plain.into_iter().chain(defined).collect();
    }
    let first = [l.pick("消息", "Messages"), l.pick("发言人", "People")];
    let last = [l.pick("待回应", "Waiting"), l.pick("最后消息", "Last message")];
    first.into_iter().chain(defined).chain(last).collect()
}

impl Row {
    fn of(eye: &Eye<'_>, (place, group): (usize, &GroupReport), columns: &[&'static str]) -> Self {
        let (l, overview) = (eye.lang, &group.overview);
        Self {
            place,
            linked: false,
            name: eye.community.group_name(u32::try_from(place).unwrap_or(u32::MAX), l),
            mood: words::mood(overview.health.mood, l),
            tone: words::mood_code(overview.health.mood),
            cells: if eye.talks() {
                talk_cells(eye, overview, columns)
            } else {
                flow_cells(overview, columns, l)
            },
        }
    }
}

fn figure_cells(overview: &Overview, columns: &[&'static str], l: Lang) -> Vec<String> {
    let cell = |code: &&str| {
        let found = find(overview, code);
        found.map_or_else(|| unknown(l), |found| value(found.now(), found.unit(), l))
    };
    columns.iter().map(cell).collect()
}

fn unknown(l: Lang) -> String {
    l.pick("未知", "unknown").to_owned()
}

fn told(extent: Extent, number: f64, l: Lang) -> String {
    if extent == Extent::None { unknown(l) } else { count(number) }
}

/// Messages, people, figures, what waits, last message.
fn talk_cells(eye: &Eye<'_>, overview: &Overview, columns: &[&'static str]) -> Vec<String> {
    let (l, totals) = (eye.lang, &overview.totals);
    let talk = |number: f64| told(overview.evidence.messages, number, l);
    let last =
        totals.last.map(|at| day_near(eye.community.zone.local(at).day, eye.overall().span.to, l));
    let mut cells = vec![talk(totals.messages as f64), talk(totals.senders as f64)];
    cells.extend(figure_cells(overview, columns, l));
    cells.push(talk(f64::from(overview.unanswered_total)));
    cells.push(last.unwrap_or_else(|| unknown(l)));
    cells
}

/// Members, joins, leaves, figures.
fn flow_cells(overview: &Overview, columns: &[&'static str], l: Lang) -> Vec<String> {
    let (evidence, totals) = (overview.evidence, &overview.totals);
    let members = totals.members.map_or_else(|| unknown(l), |members| count(members as f64));
    let joins = told(evidence.joins, totals.joins as f64, l);
    let mut cells = vec![members, joins, told(evidence.leaves, totals.leaves as f64, l)];
    cells.extend(figure_cells(overview, columns, l));
    cells
}

impl Section {
    fn of(eye: &Eye<'_>, (place, group): (usize, &GroupReport)) -> Self {
        let (l, overview) = (eye.lang, &group.overview);
        let buckets = charts::buckets(&overview.pulse);
        let steps = overview.steps.iter().take(3).map(|step| words::step(step, l));
        Self {
            place,
            name: eye.community.group_name(u32::try_from(place).unwrap_or(u32::MAX), l),
            mood: words::mood(overview.health.mood, l),
            tone: words::mood_code(overview.health.mood),
            health: HealthCard::of(eye, overview, &format!("health-{place}")),
            steps: steps.map(|step| (step.title, step.reason)).collect(),
            cards: headlines(overview)
                .0
                .iter()
                .take(CARDS)
                .map(|figure| Card::lean(figure, l))
                .collect(),
            width: buckets.len(),
            spark: charts::spark(&buckets),
            heat: charts::heat_paths(&overview.heat),
            best: best(&overview.heat, l),
        }
    }
}
