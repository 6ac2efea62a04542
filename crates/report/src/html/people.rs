//! Regulars who fell silent, and why messages were not effective.

use crate::Lang;
use crate::charts::percent;
use crate::html::Eye;
use crate::speech::{count, day, share};
use crate::words;
use askama::Template;
use insights::{IdleReason, Overview};

/// Lost regulars shown.
const LOST_MAX: usize = 12;

/// Lost regulars beside the reasons for idle messages.
#[derive(Template)]
#[template(path = "people/people.html")]
pub(super) struct People {
    l: Lang,
    talks: bool,
    lost: Vec<(String, String, String)>,
    lost_more: usize,
    idle_total: String,
    idle: Vec<IdleRow>,
}

struct IdleRow {
    reason: &'static str,
    count: String,
    share: String,
    width: String,
}

impl People {
    pub(super) fn of(eye: &Eye<'_>, overview: &Overview) -> Self {
        let l = eye.lang;
        let lost = overview.lost.iter().take(LOST_MAX).map(|lost| {
            (eye.name(lost.who), count(f64::from(lost.messages_before)), day(lost.last_day, l))
        });
        let total: f64 = overview.idle.iter().map(|count| f64::from(*count)).sum();
        let most = overview.idle.iter().copied().max().map_or(0.0, f64::from);
        let rows = IdleReason::ALL.into_iter().zip(overview.idle.map(f64::from));
        let mut rows: Vec<_> = rows.filter(|(_, count)| *count > 0.0).collect();
        rows.sort_by(|a, b| b.1.total_cmp(&a.1));
        let idle = rows.into_iter().map(|(reason, number)| IdleRow {
            reason: words::idle(reason, l),
            count: count(number),
            share: share(number / total),
            width: percent(number, most),
        });
        Self {
            l,
            talks: overview.evidence.messages != domain::Extent::None,
            lost: lost.collect(),
            lost_more: overview.lost.len().saturating_sub(LOST_MAX),
            idle_total: count(total),
            idle: idle.collect(),
        }
    }
}
