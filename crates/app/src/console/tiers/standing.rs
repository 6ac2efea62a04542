//! Where one group stands, from its last pages.

use domain::{Day, Extent, Millis};
use insights::{Cause, GroupPages, Mood, Page, PageList, Settings, Span, health_of};
use roaring::RoaringBitmap;
use store::{GroupRow, Told};

use crate::rebuild::zone_of;

/// Days of pages that the verdict looks at: eight periods of a fortnight.
pub(super) const DAYS: i32 = 112;
/// Days of questions and newcomers that the verdict looks at.
const LATELY: i32 = 30;

/// What is kept of a group; its name, zone and tasks are looked up when it is shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Judged {
    /// The civil day for which it was judged.
    pub(super) day: Day,
    pub(super) at: Millis,
    pub(super) live: bool,
    pub(super) tells_flow: bool,
    /// Who is in, as far as the source tells.
    pub(super) present: RoaringBitmap,
    /// That is everybody.
    pub(super) knows_members: bool,
    /// Who was in, and is no more.
    pub(super) gone: RoaringBitmap,
    /// Revision of the group and version of the settings at which it was judged.
    pub(super) at_versions: (i64, u16),
    pub(super) mood: Mood,
    pub(super) causes: Vec<Cause>,
    pub(super) pulse: Vec<u32>,
    pub(super) speakers_7d: u32,
    pub(super) messages_7d: u32,
    pub(super) joins_7d: u32,
    pub(super) leaves_7d: u32,
    pub(super) last: Option<Millis>,
}

impl Judged {
    /// Who is in, where that is known.
    pub(super) fn members(&self) -> Option<&RoaringBitmap> {
        self.knows_members.then_some(&self.present)
    }
}

/// Whether joins and leaves are told, completely, and are memberships.
pub(super) fn tells_flow(row: &GroupRow) -> bool {
    let evidence = row.said.evidence;
    let full = evidence.joins == Extent::Full && evidence.leaves == Extent::Full;
    full && !evidence.joins_are_connections
}

/// Judges a group by its last pages, which are in the order of days.
pub(super) fn judge(
    row: &GroupRow,
    told: &Told,
    pages: &[Page],
    now: Millis,
    settings: &Settings,
) -> Judged {
    let zone = zone_of(row);
    let day = zone.local(now).day;
    let from = pages.partition_point(|page| page.day <= day.0 - DAYS);
    let to = pages.partition_point(|page| page.day <= day.0);
    let pages = pages.get(from..to).unwrap_or_default();
    let group = GroupPages {
        pages: PageList::AtHand(pages),
        evidence: row.said.evidence,
        founded: row.said.founded.map(|at| zone.local(at).day),
        members_given: None,
    };
    let health = health_of(&[group], Span { from: day.plus(1 - LATELY), to: day }, settings);
    let mut pulse = vec![0; 30];
    let mut speakers = RoaringBitmap::new();
    let (mut messages_7d, mut joins_7d, mut leaves_7d) = (0, 0, 0);
    for page in pages {
        let age = usize::try_from(day.since(page.day())).unwrap_or(usize::MAX);
        let people = page.people.iter().filter(|row| row.class.is_person());
        let messages: u32 = people.clone().map(|row| row.messages).sum();
        if let Some(bar) = 29_usize.checked_sub(age).and_then(|place| pulse.get_mut(place)) {
            *bar = messages;
        }
        if age < 7 {
            messages_7d += messages;
            let spoke = people.filter(|row| row.messages > 0).filter_map(|row| row.who.named());
            speakers.extend(spoke.map(|who| who.0));
            let joined = page.comings.iter().filter(|one| one.how != domain::JoinManner::Listed);
            joins_7d += u32::try_from(joined.count()).unwrap_or(u32::MAX);
            leaves_7d += u32::try_from(page.goings.len()).unwrap_or(u32::MAX);
        }
    }
    let present: RoaringBitmap = told.members.iter().map(|who| who.0).collect();
    let known: RoaringBitmap = told.known.iter().map(|who| who.0).collect();
    let knows_members = told.live || tells_flow(row) && row.said.founded.is_some();
    Judged {
        day,
        at: now,
        live: told.live,
        tells_flow: tells_flow(row),
        gone: known - &present,
        present,
        knows_members,
        at_versions: (row.revision, settings.version),
        mood: health.mood,
        causes: health.causes,
        pulse,
        speakers_7d: u32::try_from(speakers.len()).unwrap_or(u32::MAX),
        messages_7d,
        joins_7d,
        leaves_7d,
        last: told.last,
    }
}
