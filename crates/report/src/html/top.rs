//! What stands on top: title and source, the health word with its causes, what to do next.

use crate::Lang;
use crate::facts::{facts, source_note, zone_note};
use crate::html::Eye;
use crate::html::waiting::{Quote, quotes};
use crate::speech::{clean, clock, cut, period, shown_title};
use crate::words;
use askama::Template;
use domain::Day;
use insights::{Health, Overview, Step};

/// Quotes of a step; the others stand in the list of what waits.
const QUOTES_MAX: usize = 3;

/// Title, span, source and zone.
#[derive(Template)]
#[template(path = "top/header.html")]
pub(super) struct Header {
    l: Lang,
    title: String,
    period: String,
    days: String,
    facts: Vec<String>,
    sources: Vec<(String, String)>,
    zone: String,
    zone_note: &'static str,
}

impl Header {
    pub(super) fn of(eye: &Eye<'_>) -> Self {
        let (community, l) = (eye.community, eye.lang);
        let span = community.overall.span;
        Self {
            l,
            title: shown_title(&community.title, l),
            period: period(span, l),
            days: crate::speech::days(f64::from(span.days()), l),
            facts: facts(community, l),
            sources: community
                .sources
                .iter()
                .map(|source| (cut(&clean(&source.name), 60), source_note(source, l)))
                .collect(),
            zone: community.zone.name().to_owned(),
            zone_note: zone_note(community, l),
        }
    }
}

/// How alive it is, and why.
#[derive(Template)]
#[template(path = "top/health.html")]
pub(super) struct HealthCard {
    l: Lang,
    /// Id of its heading, unique in the page.
    id: String,
    mood: &'static str,
    tone: &'static str,
    meaning: &'static str,
    /// It is about several groups together.
    together: bool,
    causes: Vec<String>,
}

impl HealthCard {
    pub(super) fn of(eye: &Eye<'_>, overview: &Overview, id: &str) -> Self {
        let Health { mood, causes } = &overview.health;
        Self {
            l: eye.lang,
            id: format!("{}-{id}", eye.lang.code()),
            mood: words::mood(*mood, eye.lang),
            tone: words::mood_code(*mood),
            meaning: words::mood_meaning(&overview.health, eye.lang),
            together: eye.community.is_many() && std::ptr::eq(overview, eye.overall()),
            causes: causes.iter().map(|cause| words::cause(cause, eye.lang)).collect(),
        }
    }
}

/// What to do next.
#[derive(Template)]
#[template(path = "top/steps.html")]
pub(super) struct Steps {
    l: Lang,
    steps: Vec<StepView>,
}

struct StepView {
    title: String,
    reason: String,
    people: Vec<String>,
    quotes: Vec<Quote>,
    /// More of them stand in the list of what waits.
    rest: usize,
}

impl Steps {
    pub(super) fn of(eye: &Eye<'_>, overview: &Overview) -> Self {
        let steps = overview.steps.iter().map(|step| StepView::of(eye, step)).collect();
        Self { l: eye.lang, steps }
    }

    /// Nothing is pressing, or nothing can be told.
    pub(super) fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

impl StepView {
    fn of(eye: &Eye<'_>, step: &Step) -> Self {
        let words = words::step(step, eye.lang);
        // People whose words are quoted need no second mention.
        let people = step.people.iter().filter(|_| step.items.is_empty());
        Self {
            title: words.title,
            reason: words.reason,
            people: people.map(|who| eye.name(*who)).collect(),
            rest: step.items.len().saturating_sub(QUOTES_MAX),
            quotes: quotes(eye, step.items.iter().take(QUOTES_MAX)),
        }
    }
}

/// When the report was made, on the clock of its zone.
pub(super) fn made_at(eye: &Eye<'_>) -> String {
    let community = eye.community;
    // Beside no day at all the year is always said.
    clock(community.made_at, &community.zone, Day(i32::MIN), eye.lang)
}
