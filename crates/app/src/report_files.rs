//! A report straight from exports: nothing is set up, nothing is left behind.

use crate::error::Fault;
use crate::intake::Keep;
use crate::pages::{Folded, Kept, fold, group_name};
use crate::reading::{ReadRequest, Reading, read};
use crate::settle::Settler;
use crate::shape::{Asked, Shaped, shape};
use crate::watch::{Phase, Watch};
use domain::{IdentityId, WarningCode};
use insights::{GroupPages, KeptPages, PageList};
use report::Community;
use std::cmp::Reverse;
use std::collections::HashMap;

/// Reads the exports of `request` and makes the report that `asked` describes.
pub fn report_files(
    request: &ReadRequest,
    asked: &Asked,
    watch: &dyn Watch,
) -> Result<Community, Fault> {
    let mut reading = read(request, Keep::Excerpt, watch)?;
    let Folded { shelf, groups: kept, dropped } =
        fold(&reading, &asked.zone, &asked.settings, watch)?;
    reading.noticed.add_many(WarningCode::Duplicate, dropped);
    let mut order: Vec<usize> = (0..kept.len())
        .filter(|&group| kept.get(group).is_some_and(|kept| !kept.days().is_empty()))
        .collect();
    order.sort_by_key(|&group| Reverse(kept.get(group).map_or(0, |kept| kept.messages)));
    let groups: Vec<GroupPages<'_>> =
        order.iter().filter_map(|&group| with_pages(&reading, &kept, group, asked)).collect();
    let cards = order.iter().filter_map(|&group| reading.groups.get(group));
    let shaped = Shaped {
        groups,
        cards: cards.map(|card| (card.name.clone(), card.platform.to_owned())).collect(),
        wall_clock: reading.wall_clock,
        name: reading.name.clone(),
        sources: reading.sources.clone(),
        warnings: reading.noticed.list(),
        window: None,
        each: true,
        calm: false,
    };
    let mut community = shape(shaped, asked)?;
    shelf.whole()?;
    community.names = names(&reading);
    community.excerpts = excerpts(&reading, &order, &community, watch)?;
    Ok(community)
}

fn with_pages<'a>(
    reading: &Reading,
    kept: &'a [Kept],
    group: usize,
    asked: &Asked,
) -> Option<GroupPages<'a>> {
    let card = reading.groups.get(group)?;
    let pages = PageList::Kept(kept.get(group)?);
    Some(GroupPages {
        pages,
        evidence: card.evidence,
        founded: card.founded.map(|at| asked.zone.local(at).day),
        members_given: asked.members.zip(pages.last_day()).map(|(members, day)| (day, members)),
    })
}

fn names(reading: &Reading) -> HashMap<IdentityId, String> {
    let numbered = (1..).zip(&reading.people.list);
    numbered.map(|(number, person)| (IdentityId(number), person.name.clone())).collect()
}

/// First words of the messages that the report names.
fn excerpts(
    reading: &Reading,
    order: &[usize],
    community: &Community,
    watch: &dyn Watch,
) -> Result<HashMap<(u32, i64), String>, Fault> {
    let mut excerpts: HashMap<(u32, i64), String> = crate::shape::named_items(community)
        .map(|item| ((item.group, item.key), String::new()))
        .collect();
    if excerpts.is_empty() {
        return Ok(excerpts);
    }
    watch.phase(Phase::Quoting, reading.spool.rows());
    let names = |group: u32| group_name(&reading.groups, group);
    let mut rows =
        Settler::new(reading.spool.read().map_err(Fault::Spool)?, &reading.spans, &names);
    let positions: HashMap<u32, u32> = order
        .iter()
        .zip(0..)
        .map(|(&group, position)| (u32::try_from(group).unwrap_or(0), position))
        .collect();
    while let Some(row) = rows.next()? {
        let Some(&position) = positions.get(&row.group) else { continue };
        if row.fact.kind == domain::FactKind::Message
            && let Some(excerpt) = excerpts.get_mut(&(position, row.fact.source.key))
        {
            *excerpt = row.words;
        }
    }
    Ok(excerpts)
}
