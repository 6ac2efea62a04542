//! The raw series behind the charts.

use crate::Community;
use crate::json::entry::{EntryJson, OverlapJson};
use crate::json::{date, moment};
use crate::words;
use domain::{ActorClass, Day, Extent, IdentityId, Media};
use insights::{Cohort, CohortGrid, Heat, IdleReason, Matrix, OpenItem, Overview, PulseDay};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct Charts<'a> {
    pulse: Vec<PulseJson>,
    heat: HeatJson,
    cohorts: CohortsJson,
    entry: EntryJson<'a>,
    overlap: Option<OverlapJson>,
    matrix: MatrixJson<'a>,
    helpers: Vec<HelperJson<'a>>,
    unanswered_total: u32,
    unanswered: Vec<ItemJson<'a>>,
    lost: Vec<LostJson<'a>>,
    idle: Vec<CountJson>,
    media: Vec<CountJson>,
}

impl<'a> Charts<'a> {
    pub(crate) fn of(community: &'a Community, overview: &'a Overview) -> Self {
        let person = |who| PersonJson::of(community, who);
        let idle = IdleReason::ALL.into_iter().map(IdleReason::word).zip(overview.idle);
        let media = Media::ALL.into_iter().map(words::media_code).zip(overview.media);
        Self {
            pulse: overview.pulse.iter().map(|day| PulseJson::of(day, overview)).collect(),
            heat: HeatJson::of(&overview.heat),
            cohorts: CohortsJson::of(&overview.cohorts),
            entry: EntryJson::of(community, &overview.entry),
            overlap: overview.overlap.as_ref().map(OverlapJson::of),
            matrix: MatrixJson::of(community, &overview.matrix),
            helpers: overview
                .helpers
                .iter()
                .map(|helper| HelperJson {
                    who: person(helper.who),
                    role: words::role_code(helper.class),
                    answers: helper.answers,
                    first_posts: helper.first_posts,
                    median_ms: helper.median_ms,
                })
                .collect(),
            unanswered_total: overview.unanswered_total,
            unanswered: overview
                .unanswered
                .iter()
                .map(|item| ItemJson::of(community, item))
                .collect(),
            lost: overview
                .lost
                .iter()
                .map(|lost| LostJson {
                    who: person(lost.who),
                    messages_before: lost.messages_before,
                    last_day: date(lost.last_day),
                })
                .collect(),
            idle: idle.map(|(code, count)| CountJson { code, count }).collect(),
            media: media.map(|(code, count)| CountJson { code, count }).collect(),
        }
    }
}

#[derive(Serialize)]
struct CountJson {
    code: &'static str,
    count: u32,
}

/// A person: a number that is stable within one report, and the name.
#[derive(Serialize)]
pub(crate) struct PersonJson<'a> {
    id: u32,
    name: Option<&'a str>,
}

impl<'a> PersonJson<'a> {
    pub(crate) fn of(community: &'a Community, who: IdentityId) -> Self {
        Self { id: who.0, name: community.names.get(&who).map(String::as_str) }
    }
}

/// Something that waits for an answer.
#[derive(Serialize)]
pub(crate) struct ItemJson<'a> {
    group: u32,
    at_ms: i64,
    at: String,
    who: PersonJson<'a>,
    why: Vec<&'static str>,
    last_word: bool,
    excerpt: Option<&'a str>,
}

impl<'a> ItemJson<'a> {
    pub(crate) fn of(community: &'a Community, item: &OpenItem) -> Self {
        Self {
            group: item.group,
            at_ms: item.at.0,
            at: moment(item.at),
            who: PersonJson::of(community, item.who),
            why: words::item_words(item),
            last_word: item.last_word,
            excerpt: community.excerpts.get(&(item.group, item.key)).map(String::as_str),
        }
    }
}

#[derive(Serialize)]
struct PulseJson {
    day: String,
    messages: Option<u32>,
    speakers: Option<u32>,
    effective_speakers: Option<u32>,
    joins: Option<u32>,
    leaves: Option<u32>,
    members: Option<u32>,
}

impl PulseJson {
    fn of(day: &PulseDay, overview: &Overview) -> Self {
        let evidence = overview.evidence;
        let told = |extent, count: u32| (extent != Extent::None || count > 0).then_some(count);
        Self {
            day: date(Day(day.day)),
            messages: told(evidence.messages, day.messages),
            speakers: told(evidence.messages, day.speakers),
            effective_speakers: told(evidence.messages, day.effective_speakers),
            joins: told(evidence.joins, day.joins),
            leaves: told(evidence.leaves, day.leaves),
            members: day.members,
        }
    }
}

#[derive(Serialize)]
struct HeatJson {
    messages: [[u32; 24]; 7],
    people: [[u32; 24]; 7],
    weekdays: [u32; 7],
    best: Vec<SlotJson>,
}

#[derive(Serialize)]
struct SlotJson {
    weekday: u8,
    hour: u8,
    reach: f64,
}

impl HeatJson {
    fn of(heat: &Heat) -> Self {
        let best = heat.best.iter();
        Self {
            messages: heat.messages,
            people: heat.people,
            weekdays: heat.weekdays,
            best: best
                .map(|slot| SlotJson { weekday: slot.weekday, hour: slot.hour, reach: slot.reach })
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct CohortsJson {
    by_join: bool,
    ages: Vec<u32>,
    cohorts: Vec<CohortJson>,
}

#[derive(Serialize)]
struct CohortJson {
    from: String,
    to: String,
    size: u32,
    still_in: Vec<Option<[u32; 2]>>,
    still_active: Vec<Option<[u32; 2]>>,
}

impl CohortsJson {
    fn of(grid: &CohortGrid) -> Self {
        Self {
            by_join: grid.by_join,
            ages: grid.ages.clone(),
            cohorts: grid.cohorts.iter().map(CohortJson::of).collect(),
        }
    }
}

impl CohortJson {
    fn of(cohort: &Cohort) -> Self {
        let pairs = |shares: &[Option<(u32, u32)>]| {
            shares.iter().map(|share| share.map(|(some, all)| [some, all])).collect()
        };
        Self {
            from: date(cohort.from),
            to: date(cohort.to),
            size: cohort.size,
            still_in: pairs(&cohort.still_in),
            still_active: pairs(&cohort.still_active),
        }
    }
}

#[derive(Serialize)]
struct MatrixJson<'a> {
    role_order: [&'static str; 4],
    roles: [[u64; 4]; 4],
    people: Vec<RankedJson<'a>>,
    between: Vec<Vec<u32>>,
    ties: Vec<TieJson<'a>>,
}

#[derive(Serialize)]
struct RankedJson<'a> {
    who: PersonJson<'a>,
    role: &'static str,
    count: u64,
}

#[derive(Serialize)]
struct TieJson<'a> {
    a: PersonJson<'a>,
    b: PersonJson<'a>,
    there: u32,
    back: u32,
}

impl<'a> MatrixJson<'a> {
    fn of(community: &'a Community, matrix: &Matrix) -> Self {
        let person = |who| PersonJson::of(community, who);
        let people = matrix.people.iter().map(|ranked| RankedJson {
            who: person(ranked.who),
            role: words::role_code(ranked.class),
            count: ranked.count,
        });
        let ties = matrix.ties.iter().map(|tie| TieJson {
            a: person(tie.a),
            b: person(tie.b),
            there: tie.there,
            back: tie.back,
        });
        Self {
            role_order: ActorClass::ALL.map(words::role_code),
            roles: matrix.roles,
            people: people.collect(),
            between: matrix.between.clone(),
            ties: ties.collect(),
        }
    }
}

#[derive(Serialize)]
struct HelperJson<'a> {
    who: PersonJson<'a>,
    role: &'static str,
    answers: u32,
    first_posts: u32,
    median_ms: i64,
}

#[derive(Serialize)]
struct LostJson<'a> {
    who: PersonJson<'a>,
    messages_before: u32,
    last_day: String,
}
