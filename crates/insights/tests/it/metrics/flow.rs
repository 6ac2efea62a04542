//! Joins, leaves and members by day, from every basis there is.

use crate::diary::{Diary, base, close, day, figure, group, id, span, told, value, words_only};
use domain::{Evidence, Extent, IdentityId, JoinManner};
use insights::{Figure, GroupPages, Missing, Need, Settings, Span, overview};

/// Founded on day 0 by person 1, who never joins; 2–10 come on the next days, two of them leave.
fn life() -> Diary {
    let mut diary = Diary::new();
    diary.say(0, 1, 1);
    for who in 2..=10 {
        diary.join(i32::try_from(who).unwrap() / 3, who);
    }
    diary.leave(5, 4).leave(6, 7).say(8, 2, 1);
    diary
}

fn founded(pages: &[insights::Page]) -> GroupPages<'_> {
    GroupPages { founded: Some(day(0)), ..group(pages) }
}

fn members(group: GroupPages<'_>, span: Span) -> Vec<Option<u32>> {
    let overview = overview(&[group], span, &Settings::default());
    overview.pulse.iter().map(|day| day.members).collect()
}

// catalogue: P04
#[test]
fn members_at_the_start_and_joins_less_leaves_make_the_members_at_the_end() {
    let pages = life().pages();
    let group = founded(&pages);
    let everyday = members(group, span(0, 8));
    let expected = [2, 5, 8, 10, 10, 9, 8, 8, 8].map(Some);
    assert_eq!(everyday, expected);
    for from in 1..=8 {
        for to in from..=8 {
            let window = span(from, to);
            let start = f64::from(everyday[usize::try_from(from).unwrap() - 1].unwrap());
            let (joins, leaves) = (value("joins", group, window), value("leaves", group, window));
            assert!(close(start + joins - leaves, value("members", group, window)));
            assert!(close(joins - leaves, value("net_change", group, window)));
        }
    }
}

// catalogue: P26
#[test]
fn the_leave_rate_is_leavers_over_members_at_the_start() {
    let pages = life().pages();
    // On day 3 the last one has come: 10 members; 4 and 7 leave.
    assert_eq!(base("leave_rate", founded(&pages), span(4, 8)), (2.0, 10.0));
    assert!(close(value("leave_rate", founded(&pages), span(6, 8)), 1.0 / 9.0));
}

// catalogue: P26
#[test]
fn who_came_after_the_start_is_no_leaver_of_the_start() {
    let mut diary = life();
    diary.join(6, 11).leave(7, 11);
    let pages = diary.pages();
    assert_eq!(base("leave_rate", founded(&pages), span(6, 8)), (1.0, 9.0));
}

// catalogue: P20
#[test]
fn the_day_of_most_members_comes_from_the_log() {
    let pages = life().pages();
    assert!(close(value("members_peak", founded(&pages), span(0, 8)), 10.0));
    assert!(close(value("days_to_members", founded(&pages), span(0, 8)), 3.0));
}

// catalogue: P04
#[test]
fn a_second_join_without_a_leave_counts_one_member() {
    let mut diary = life();
    diary.join(7, 2).join(7, 3);
    let pages = diary.pages();
    assert_eq!(members(founded(&pages), span(7, 8)), [Some(8), Some(8)]);
    assert!(close(value("joins", founded(&pages), span(7, 8)), 2.0));
}

// catalogue: P04
#[test]
fn people_added_without_names_are_members_and_get_their_names_when_they_write() {
    let mut diary = life();
    let nobody = IdentityId::NOBODY.0;
    diary.come(7, nobody, JoinManner::Invited).come(7, nobody, JoinManner::Invited);
    let pages = diary.pages();
    assert_eq!(members(founded(&pages), span(7, 8)), [Some(10), Some(10)]);
    diary.say(8, 77, 1); // one of the two
    diary.leave(8, nobody);
    let pages = diary.pages();
    assert_eq!(members(founded(&pages), span(7, 8)), [Some(10), Some(9)]);
}

// catalogue: P04
#[test]
fn a_given_number_is_walked_in_both_directions() {
    let pages = life().pages();
    let given = GroupPages { members_given: Some((day(4), 50)), ..group(&pages) };
    let expected = [42, 45, 48, 50, 50, 49, 48, 48, 48].map(Some);
    assert_eq!(members(given, span(0, 8)), expected);
}

// catalogue: P04
#[test]
fn a_member_list_counts_as_members_never_as_joins() {
    let mut diary = Diary::new();
    for who in 1..=6 {
        diary.come(5, who, JoinManner::Listed);
    }
    diary.join(2, 3).say(2, 1, 1).leave(4, 9);
    let pages = diary.pages();
    // On day 5 six are listed; 9 left on day 4; 3 joined on day 2.
    assert_eq!(members(group(&pages), span(2, 5)), [Some(7), Some(7), Some(6), Some(6)]);
    assert!(close(value("joins", group(&pages), span(2, 5)), 1.0));
    let partial = Evidence { leaves: Extent::Partial, ..told() };
    let partly = GroupPages { evidence: partial, ..group(&pages) };
    assert_eq!(members(partly, span(2, 5)), [None, None, None, Some(6)]);
}

// catalogue: P04
#[test]
fn connections_are_neither_joins_nor_members() {
    let pages = life().pages();
    let evidence = Evidence { joins_are_connections: true, ..told() };
    let group = GroupPages { evidence, ..founded(&pages) };
    for (code, need) in
        [("joins", Need::Joins), ("leaves", Need::Leaves), ("members", Need::Members)]
    {
        let unknown = Figure::Unknown(Missing::NotInSource(need));
        assert_eq!(figure(code, group, span(0, 8)), unknown, "{code}");
    }
    let given = GroupPages { members_given: Some((day(8), 30)), ..group };
    assert_eq!(members(given, span(0, 1)), [Some(30), Some(30)]);
}

// catalogue: P04
#[test]
fn a_lower_bound_is_not_shown_as_a_number() {
    let pages = life().pages();
    let evidence = Evidence { joins: Extent::Partial, leaves: Extent::Partial, ..told() };
    let group = GroupPages { evidence, members_given: Some((day(8), 30)), ..group(&pages) };
    for code in ["joins", "leaves", "net_change", "leave_rate", "retention_7d_in", "activation"] {
        assert!(matches!(figure(code, group, span(4, 8)), Figure::Unknown(_)), "{code}");
    }
}

// catalogue: P04
#[test]
fn people_of_several_groups_are_members_once() {
    let first = life().pages();
    let mut other = Diary::new();
    other.say(0, 1, 1).join(1, 2).join(1, 99);
    let second = other.pages();
    let settings = Settings::default();
    let both = overview(&[founded(&first), founded(&second)], span(0, 8), &settings);
    // 8 in the first; 1, 2 and 99 in the second, of whom only 99 is new.
    assert_eq!(both.totals.members, Some(9));
    assert_eq!((both.totals.joins, both.totals.leaves), (11, 2));
    let given = GroupPages { members_given: Some((day(8), 500)), ..group(&second) };
    let unsure = overview(&[founded(&first), given], span(0, 8), &settings);
    assert_eq!(unsure.totals.members, None, "500 nameless people may overlap with the others");
}

#[test]
fn members_before_the_founding_are_unknown() {
    let pages = life().pages();
    let late = GroupPages { founded: Some(day(2)), ..group(&pages) };
    assert_eq!(members(late, span(1, 2))[0], None);
    let silent = GroupPages { evidence: words_only(), ..founded(&pages) };
    assert_eq!(members(silent, span(0, 0)), [None]);
    assert_eq!(id(0), IdentityId::NOBODY);
}
