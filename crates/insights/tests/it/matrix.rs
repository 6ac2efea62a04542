//! Who talks with whom, and who helps.

use crate::diary::{ASKS, Diary, FIRST, OPENS, group, id, span};
use domain::ActorClass;
use insights::{Settings, Tie, overview};

// catalogue: P30
// catalogue: P24
#[test]
fn the_matrix_names_the_most_connected_people_and_their_ties() {
    let mut diary = Diary::new();
    diary.class(50, ActorClass::Staff).class(51, ActorClass::Bot);
    diary.all_say(0, 1..=3).say(0, 50, 1).say(0, 51, 1);
    diary.tell(0, 1, 2, 5).tell(0, 2, 1, 3).edge(0, 3, 1, (0, 2)).tell(0, 50, 3, 9);
    diary.tell(0, 51, 1, 100).tell(1, 1, 2, 1);
    let pages = diary.pages();
    let matrix = overview(&[group(&pages)], span(0, 1), &Settings::default()).matrix;
    let people: Vec<_> = matrix.people.iter().map(|p| (p.who, p.class, p.count)).collect();
    let member = ActorClass::Member;
    assert_eq!(
        people,
        [
            (id(1), member, 11),
            (id(3), member, 11),
            (id(2), member, 9),
            (id(50), ActorClass::Staff, 9),
        ]
    );
    assert_eq!(matrix.between, [[0, 0, 6, 0], [2, 0, 0, 0], [3, 0, 0, 0], [0, 9, 0, 0]]);
    let tie = |a, b, there, back| Tie { a: id(a), b: id(b), there, back };
    assert_eq!(matrix.ties, [tie(1, 2, 6, 3), tie(3, 50, 0, 9), tie(1, 3, 0, 2)]);
}

// catalogue: I09
#[test]
fn helpers_are_ranked_by_first_answers_to_questions_and_first_posts() {
    let mut diary = Diary::new();
    diary.class(50, ActorClass::Staff).class(60, ActorClass::Host);
    for (flags, by, minutes) in [
        (ASKS, 2, 10),
        (FIRST, 2, 30),
        (FIRST | ASKS, 2, 20),
        (ASKS, 50, 1),
        (OPENS, 3, 1),
        (ASKS, 60, 1),
    ] {
        let key = diary.ask(0, 1, flags);
        diary.answer(key, by, minutes);
    }
    let pages = diary.pages();
    let helpers = overview(&[group(&pages)], span(0, 0), &Settings::default()).helpers;
    let rows: Vec<_> =
        helpers.iter().map(|h| (h.who, h.answers, h.first_posts, h.median_ms / 60_000)).collect();
    assert_eq!(rows, [(id(2), 3, 2, 20), (id(50), 1, 0, 1)]);
}
