//! A small graph and a small distribution, reckoned by hand.

use crate::diary::{ASKS, Diary, base, close, figure, group, span, value};
use domain::ActorClass;
use insights::Figure;

// catalogue: P24
#[test]
fn ties_per_member_and_isolated_people_of_a_small_graph() {
    let mut diary = Diary::new();
    diary.class(50, ActorClass::Staff);
    diary.all_say(0, 1..=8).say(0, 50, 1);
    // 1–2 both ways, 2→3, 3–4 by two messages in order; 4→5 by one only is chance.
    diary.tell(0, 1, 2, 3).tell(0, 2, 1, 1).tell(0, 2, 3, 1).edge(0, 3, 4, (0, 2));
    diary.edge(0, 4, 5, (0, 1)).tell(0, 50, 8, 5).tell(0, 6, 99, 5);
    let pages = diary.pages();
    // 3 ties among 8 writers; 5, 6, 7 and 8 stand alone (staff and absent people are no ties).
    assert_eq!(base("ties_per_member", group(&pages), span(0, 0)), (6.0, 8.0));
    assert_eq!(base("isolated_share", group(&pages), span(0, 0)), (4.0, 8.0));
    // Links 1→2, 2→1, 2→3, 3→4: two of four are returned, but four are too few for a rate.
    let few = figure("reciprocity", group(&pages), span(0, 0));
    assert_eq!(few, Figure::TooFew { have: 4, need: 5 });
    diary.tell(1, 3, 2, 1);
    let pages = diary.pages();
    assert_eq!(base("reciprocity", group(&pages), span(0, 1)), (4.0, 5.0));
}

// catalogue: P07
#[test]
fn inequality_and_top_shares_are_among_those_who_wrote() {
    let mut diary = Diary::new();
    diary.all_say(0, 1..=10).say(0, 11, 10).say(0, 12, 20);
    let pages = diary.pages();
    let group = group(&pages);
    // 40 messages of 12: the ten most active have 20 + 10 + 8; the first 10 % are two people.
    assert_eq!(base("top10_share", group, span(0, 0)), (38.0, 40.0));
    assert_eq!(base("top_tenth_share", group, span(0, 0)), (30.0, 40.0));
    // Sorted 1 ×10, 10, 20: Σ i·x = 55 + 110 + 240 = 405; 2·405/(12·40) − 13/12 = 0.604167;
    // × 12/11 = 0.659091.
    assert!((value("gini", group, span(0, 0)) - 0.659_090_909).abs() < 1e-8);
    let mut few = Diary::new();
    few.all_say(0, 1..=4);
    let pages = few.pages();
    let figure = figure("gini", crate::diary::group(&pages), span(0, 0));
    assert_eq!(figure, Figure::TooFew { have: 4, need: 5 });
}

#[test]
fn the_bus_factor_is_the_fewest_who_give_half_of_the_answers() {
    let mut diary = Diary::new();
    for who in [2, 2, 2, 3, 3, 4, 5, 6] {
        let key = diary.ask(0, 1, ASKS);
        diary.answer(key, who, 5);
    }
    let pages = diary.pages();
    // 3 + 2 of 8 is more than half; 3 alone is not.
    assert!(close(value("bus_factor", group(&pages), span(0, 0)), 2.0));
}
