//! How people came in and who is in several groups, from joins and leaves alone.

use crate::diary::{Diary, group, id, span, told};
use domain::{Evidence, Extent, JoinManner};
use insights::{EntryManner, GroupPages, Inviter, Overlap, Page, Settings, overview};

/// A roster: 1, 2 and 3 by code, 2 and 3 through 1; 4 by link; 3 has left again.
fn pages() -> Vec<Page> {
    let mut diary = Diary::new();
    diary.join(0, 1).join(1, 2).join(1, 3).join(2, 4).leave(5, 3);
    let mut pages = diary.pages();
    for coming in pages.iter_mut().flat_map(|page| &mut page.comings) {
        coming.how = if coming.who == id(4) { JoinManner::Link } else { JoinManner::Scan };
        if [id(2), id(3)].contains(&coming.who) {
            coming.by = id(1);
        }
    }
    pages
}

// catalogue: B14
#[test]
fn joins_are_counted_by_manner_and_inviter_with_those_who_stayed() {
    let pages = pages();
    let entry = overview(&[group(&pages)], span(0, 5), &Settings::default()).entry;
    let manner = |how, joins, still_in| EntryManner { how, joins, still_in: Some(still_in) };
    assert_eq!(entry.manners, [manner(JoinManner::Scan, 3, 2), manner(JoinManner::Link, 1, 1)]);
    assert_eq!(entry.inviters, [Inviter { who: id(1), joins: 2, still_in: Some(1) }]);
}

#[test]
fn who_stayed_is_unknown_where_leaves_are_not_told() {
    let pages = pages();
    let evidence = Evidence { leaves: Extent::Partial, ..told() };
    let partly = GroupPages { evidence, ..group(&pages) };
    let entry = overview(&[partly], span(0, 5), &Settings::default()).entry;
    assert!(entry.manners.iter().all(|one| one.still_in.is_none()));
}

#[test]
fn people_in_several_groups_are_found() {
    let one = pages();
    let mut diary = Diary::new();
    diary.join(0, 2).join(0, 3).join(0, 9);
    let other = diary.pages();
    let both = [group(&one), group(&other)];
    let found = overview(&both, span(0, 5), &Settings::default()).overlap;
    // 1, 3, 4 and 9 are in one group (3 left the first), 2 is in both.
    assert_eq!(found, Some(Overlap { people_by_groups: vec![4, 1], pairs: vec![(0, 1, 1)] }));
    assert_eq!(overview(&both[..1], span(0, 5), &Settings::default()).overlap, None);
}

#[test]
fn a_roster_counts_its_members_by_itself() {
    let (pages, rows) = (pages(), told());
    let evidence = Evidence { messages: Extent::None, ..rows };
    let roster = GroupPages { evidence, founded: None, members_given: None, ..group(&pages) };
    let settings = Settings::default();
    assert_eq!(overview(&[roster], span(0, 5), &settings).totals.members, Some(3));
    let partly = Evidence { joins: Extent::Partial, ..evidence };
    let partly = GroupPages { evidence: partly, ..roster };
    assert_eq!(overview(&[partly], span(0, 5), &settings).totals.members, None);
}
