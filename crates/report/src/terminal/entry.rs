//! How people came in, and who is in several groups, in a line or two each.

use crate::facts::folded;
use crate::speech::{count, cut};
use crate::terminal::sheet::{Ink, Sheet};
use crate::words;
use crate::{Community, Lang};
use insights::Overview;

/// Inviters and pairs of groups named.
const NAMED: usize = 3;

/// Joins by manner, and who brought most.
pub(super) fn entry(community: &Community, overview: &Overview, lang: Lang, sheet: &mut Sheet) {
    let entry = &overview.entry;
    if entry.manners.is_empty() {
        return;
    }
    sheet.heading(lang.pick("大家怎么进来的", "How people came in"));
    let kept = |joins: u32, still_in: Option<u32>| {
        let joins = count(f64::from(joins));
        let still_in = still_in.map(|kept| count(f64::from(kept)));
        match (still_in, lang) {
            (None, _) => joins,
            (Some(kept), Lang::Zh) => format!("{joins}（还在 {kept}）"),
            (Some(kept), Lang::En) => format!("{joins} ({kept} still in)"),
        }
    };
    let manners = entry
        .manners
        .iter()
        .map(|one| format!("{} {}", words::manner(one.how, lang), kept(one.joins, one.still_in)));
    let manners: Vec<String> = manners.collect();
    sheet.text(Ink::Plain, "  ", &manners.join(" · "));
    let inviters =
        entry.inviters.iter().take(NAMED).map(|one| {
            format!("{} {}", community.name(one.who, lang), kept(one.joins, one.still_in))
        });
    let inviters: Vec<String> = inviters.collect();
    if !inviters.is_empty() {
        let lead = lang.pick("  带人最多：", "  Brought most: ");
        sheet.text(Ink::Plain, lead, &inviters.join(" · "));
    }
    if entry.manners.iter().any(|one| one.still_in.is_none()) {
        let words = lang.pick(
            "还有多少人在群里未知：没有完整的退群记录。",
            "How many are still in is unknown: not all leaves are told.",
        );
        sheet.text(Ink::Dim, "  ", words);
    }
}

/// People in one, two, three or more groups, and the groups that share most.
pub(super) fn overlap(community: &Community, overview: &Overview, lang: Lang, sheet: &mut Sheet) {
    let Some(overlap) = overview.overlap.as_ref().filter(|one| !one.people_by_groups.is_empty())
    else {
        return;
    };
    sheet.heading(lang.pick("同时在几个群", "In several groups"));
    let people = folded(overlap).into_iter().map(|(groups, people)| {
        let people = count(people as f64);
        lang.pick(format!("{groups} 个群 {people} 人"), format!("{groups}: {people}"))
    });
    let people: Vec<String> = people.collect();
    let lead = lang.pick("  ", "  People by number of groups: ");
    sheet.text(Ink::Plain, lead, &people.join(" · "));
    let name = |place: u32| cut(&community.group_name(place, lang), 20);
    let pairs = overlap.pairs.iter().take(NAMED);
    let pairs: Vec<String> = pairs
        .map(|(a, b, both)| format!("{} ∩ {} {}", name(*a), name(*b), count(*both as f64)))
        .collect();
    if !pairs.is_empty() {
        let lead = lang.pick("  重叠最多：", "  Share most: ");
        sheet.text(Ink::Plain, lead, &pairs.join(" · "));
    }
}
