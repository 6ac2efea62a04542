//! What evidence does not show is unknown, metric by metric.

use crate::diary::{ASKS, Diary, FIRST, OPENS, day, figure, group, span, told, words_only};
use domain::{ActorClass, Evidence, Extent, JoinManner};
use insights::{Figure, GroupPages, METRICS, Missing, Need};

/// A group rich enough for every metric to be known when everything is told.
fn rich() -> Diary {
    let mut diary = Diary::new();
    diary.class(50, ActorClass::Staff);
    diary.come(0, 50, JoinManner::Founding).say(0, 50, 1);
    for n in 0..200 {
        for who in 1..=24_u32 {
            let joined = i32::try_from(who).unwrap() * 4;
            if n == joined {
                diary.join(n, who);
                let key = diary.ask(n, who, FIRST);
                diary.answer(key, if who % 2 == 0 { 50 } else { 1 }, 7);
            }
            if n > joined && n % (i32::try_from(who).unwrap() + 1) == 0 {
                let key = diary.ask(n, who, ASKS | OPENS);
                let by = if who % 5 == 0 { 50 } else { who % 20 + 1 };
                diary.answer(key, by, 30).tell(n, by, who, 1).tell(n, who, by, 1);
            }
        }
    }
    diary.leave(150, 23).leave(160, 24);
    diary
}

fn need_of(figure: Figure) -> Option<Missing> {
    match figure {
        Figure::Unknown(missing) => Some(missing),
        _ => None,
    }
}

#[test]
fn a_rich_group_has_every_figure() {
    let pages = rich().pages();
    let group = GroupPages { founded: Some(day(0)), ..group(&pages) };
    for metric in METRICS {
        // The window in which people join also is the one in which activation can be seen.
        let known = [span(100, 199), span(5, 60)].map(|span| figure(metric.code, group, span));
        assert!(known.iter().any(|figure| figure.value().is_some()), "{}: {known:?}", metric.code);
    }
}

// catalogue: P14
#[test]
fn what_the_evidence_does_not_show_is_unknown_and_never_a_number() {
    let pages = rich().pages();
    let mut diary = rich();
    diary.class(50, ActorClass::Member);
    let cases: [(&str, Evidence, &[Need]); 5] = [
        ("nothing", Evidence::default(), &[Need::Messages, Need::Joins, Need::Leaves]),
        ("words", words_only(), &[Need::Joins, Need::Leaves]),
        ("no leaves", Evidence { leaves: Extent::None, ..told() }, &[Need::Leaves]),
        ("some joins", Evidence { joins: Extent::Partial, ..told() }, &[Need::Joins]),
        (
            "connections",
            Evidence { joins_are_connections: true, ..told() },
            &[Need::Joins, Need::Leaves],
        ),
    ];
    for (name, evidence, lacking) in cases {
        let group = GroupPages { evidence, founded: Some(day(0)), ..group(&pages) };
        for metric in METRICS {
            let lacks: Vec<&Need> = metric
                .needs
                .iter()
                .filter(|need| {
                    // Without full joins and leaves the number of members is unknown as well.
                    lacking.contains(need) || **need == Need::Members
                })
                .collect();
            for span in [span(100, 199), span(5, 60)] {
                let figure = figure(metric.code, group, span);
                match lacks.first() {
                    Some(need) => assert_eq!(
                        need_of(figure),
                        Some(Missing::NotInSource(**need)),
                        "{name}: {}",
                        metric.code
                    ),
                    None => assert!(
                        !matches!(figure, Figure::Unknown(Missing::NotInSource(_))),
                        "{name}: {}: {figure:?}",
                        metric.code
                    ),
                }
            }
        }
    }
}

#[test]
fn a_window_before_the_data_is_unknown_and_one_without_pages_too() {
    let pages = rich().pages();
    let full = GroupPages { founded: Some(day(0)), ..group(&pages) };
    for metric in METRICS {
        for (group, span) in [(full, span(-90, -60)), (group(&[]), span(0, 9))] {
            let figure = figure(metric.code, group, span);
            assert!(need_of(figure).is_some(), "{}: {figure:?}", metric.code);
        }
    }
}
