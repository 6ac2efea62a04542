//! Several groups: a table of all, and a folded section for each of the largest.

use crate::charts;
use crate::definitions::{find, headlines};
use crate::html::Eye;
use crate::html::figures::Card;
use crate::html::rhythm::best;
use crate::html::top::HealthCard;
use crate::speech::{count, day_near, shown_name, value};
use crate::words;
use crate::{GroupReport, Lang};
use askama::Template;
use domain::Extent;

/// Groups with a section of their own.
const SECTIONS_MAX: usize = 30;

/// Rows of the table; the rest is in the JSON.
const ROWS_MAX: usize = 500;

/// Figures of a group's section.
const CARDS: usize = 6;

/// Figures of the table, by code.
const COLUMNS: [&str; 2] = ["interaction_rate", "answer_rate"];

/// The table and the sections.
#[derive(Template)]
#[template(path = "people/groups.html")]
pub(super) struct Groups {
    l: Lang,
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
    messages: String,
    senders: String,
    figures: Vec<String>,
    waiting: String,
    last: String,
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
        let heads = COLUMNS.into_iter().filter_map(insights::metric);
        eye.community.is_many().then(|| Self {
            l: eye.lang,
            heads: heads.map(|metric| eye.lang.pick(metric.name.zh, metric.name.en)).collect(),
            rows: groups.iter().take(ROWS_MAX).enumerate().map(|at| Row::of(eye, at)).collect(),
            left_off: groups.len().saturating_sub(ROWS_MAX),
            sections: groups
                .iter()
                .take(SECTIONS_MAX)
                .enumerate()
                .map(|at| Section::of(eye, at))
                .collect(),
        })
    }
}

impl Row {
    fn of(eye: &Eye<'_>, (place, group): (usize, &GroupReport)) -> Self {
        let (l, overview) = (eye.lang, &group.overview);
        let totals = &overview.totals;
        let unknown = || l.pick("未知", "unknown").to_owned();
        let talks = overview.evidence.messages != Extent::None;
        let told = |number: f64| if talks { count(number) } else { unknown() };
        let defined = COLUMNS.into_iter().filter(|code| insights::metric(code).is_some());
        let figures = defined.map(|code| {
            find(overview, code).map_or_else(unknown, |found| value(found.now(), found.unit(), l))
        });
        let last = totals
            .last
            .map(|at| day_near(eye.community.zone.local(at).day, eye.overall().span.to, l));
        Self {
            place,
            linked: place < SECTIONS_MAX,
            name: shown_name(&group.name, l),
            mood: words::mood(overview.health.mood, l),
            tone: words::mood_code(overview.health.mood),
            messages: told(totals.messages as f64),
            senders: told(totals.senders as f64),
            figures: figures.collect(),
            waiting: told(f64::from(overview.unanswered_total)),
            last: last.unwrap_or_else(unknown),
        }
    }
}

impl Section {
    fn of(eye: &Eye<'_>, (place, group): (usize, &GroupReport)) -> Self {
        let (l, overview) = (eye.lang, &group.overview);
        let buckets = charts::buckets(&overview.pulse);
        let steps = overview.steps.iter().take(3).map(|step| words::step(step, l));
        Self {
            place,
            name: shown_name(&group.name, l),
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
