//! How people came in, and who is in several groups.

use crate::Community;
use crate::json::series::PersonJson;
use insights::{Entry, Overlap};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct EntryJson<'a> {
    manners: Vec<MannerJson>,
    inviters: Vec<InviterJson<'a>>,
}

#[derive(Serialize)]
struct MannerJson {
    how: &'static str,
    joins: u32,
    still_in: Option<u32>,
}

#[derive(Serialize)]
struct InviterJson<'a> {
    who: PersonJson<'a>,
    joins: u32,
    still_in: Option<u32>,
}

impl<'a> EntryJson<'a> {
    pub(crate) fn of(community: &'a Community, entry: &Entry) -> Self {
        let manners = entry.manners.iter().map(|manner| MannerJson {
            how: manner.how.word(),
            joins: manner.joins,
            still_in: manner.still_in,
        });
        let inviters = entry.inviters.iter().map(|inviter| InviterJson {
            who: PersonJson::of(community, inviter.who),
            joins: inviter.joins,
            still_in: inviter.still_in,
        });
        Self { manners: manners.collect(), inviters: inviters.collect() }
    }
}

#[derive(Serialize)]
pub(crate) struct OverlapJson {
    people_by_groups: Vec<u64>,
    pairs: Vec<PairJson>,
}

#[derive(Serialize)]
struct PairJson {
    a: u32,
    b: u32,
    people: u64,
}

impl OverlapJson {
    pub(crate) fn of(overlap: &Overlap) -> Self {
        let pairs = overlap.pairs.iter();
        Self {
            people_by_groups: overlap.people_by_groups.clone(),
            pairs: pairs.map(|&(a, b, people)| PairJson { a, b, people }).collect(),
        }
    }
}
