//! Figures, health and steps as JSON.

use crate::Community;
use crate::definitions::Defined;
use crate::json::series::{ItemJson, PersonJson};
use crate::words;
use insights::{Figure, Health, Measured, Step};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct MetricJson {
    code: &'static str,
    name: NameJson,
    unit: Option<&'static str>,
    good: Option<&'static str>,
    catalogue: Option<&'static str>,
    figure: FigureJson,
    before: FigureJson,
}

#[derive(Serialize)]
struct NameJson {
    zh: &'static str,
    en: &'static str,
}

impl MetricJson {
    pub(crate) fn of(measured: &Measured) -> Self {
        let defined = Defined::of(measured);
        Self {
            code: measured.code,
            name: NameJson { zh: defined.name(crate::Lang::Zh), en: defined.name(crate::Lang::En) },
            unit: defined.metric.map(|metric| words::unit_code(metric.unit)),
            good: defined.metric.map(|metric| words::good_code(metric.good)),
            catalogue: defined.metric.map(|metric| metric.source),
            figure: FigureJson::of(&measured.now),
            before: FigureJson::of(&measured.before),
        }
    }
}

#[derive(Default, Serialize)]
struct FigureJson {
    state: &'static str,
    value: Option<f64>,
    numerator: Option<f64>,
    denominator: Option<f64>,
    interval: Option<[f64; 2]>,
    have: Option<u64>,
    need: Option<u64>,
    reason: Option<&'static str>,
}

impl FigureJson {
    fn of(figure: &Figure) -> Self {
        match *figure {
            Figure::Known { value, of, interval } => Self {
                state: "known",
                value: Some(value),
                numerator: of.map(|(top, _)| top),
                denominator: of.map(|(_, bottom)| bottom),
                interval: interval.map(|(low, high)| [low, high]),
                ..Self::default()
            },
            Figure::TooFew { have, need } => {
                Self { state: "too_few", have: Some(have), need: Some(need), ..Self::default() }
            }
            Figure::Unknown(missing) => Self {
                state: "unknown",
                reason: Some(words::missing_code(missing)),
                ..Self::default()
            },
        }
    }
}

#[derive(Serialize)]
pub(crate) struct HealthJson {
    mood: &'static str,
    causes: Vec<CauseJson>,
}

#[derive(Serialize)]
struct CauseJson {
    code: &'static str,
    numbers: Vec<f64>,
}

impl HealthJson {
    pub(crate) fn of(health: &Health) -> Self {
        let causes = health.causes.iter();
        Self {
            mood: words::mood_code(health.mood),
            causes: causes
                .map(|cause| CauseJson {
                    code: words::cause_code(cause.code),
                    numbers: cause.numbers.clone(),
                })
                .collect(),
        }
    }
}

#[derive(Serialize)]
pub(crate) struct StepJson<'a> {
    code: &'static str,
    numbers: Vec<f64>,
    people: Vec<PersonJson<'a>>,
    items: Vec<ItemJson<'a>>,
}

impl<'a> StepJson<'a> {
    pub(crate) fn of(community: &'a Community, step: &'a Step) -> Self {
        Self {
            code: words::step_code(step.code),
            numbers: step.numbers.clone(),
            people: step.people.iter().map(|who| PersonJson::of(community, *who)).collect(),
            items: step.items.iter().map(|item| ItemJson::of(community, item)).collect(),
        }
    }
}
