//! Any window gives the same numbers as its parts summed (P14).

use crate::diary::{ASKS, Diary, FIRST, day, group, span};
use insights::{Figure, GroupPages, Overview, Scope, Settings, Span, metric, overview};
use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

const DAYS: i32 = 30;

/// Something that happens: (day, person, kind, amount).
type Event = (i32, u32, u8, u32);

fn diary(events: &[Event]) -> Diary {
    let mut diary = Diary::new();
    diary.class(9, domain::ActorClass::Staff).class(10, domain::ActorClass::Bot);
    let mut events = events.to_vec();
    events.sort_unstable();
    for (n, who, kind, amount) in events {
        match kind {
            0 => _ = diary.join(n, who),
            1 => _ = diary.leave(n, who),
            2 => {
                let key = diary.ask(n, who, if amount % 2 == 0 { ASKS } else { FIRST });
                if amount > 2 {
                    diary.answer(key, who % 8 + 1, i64::from(amount) * 200);
                }
            }
            _ => _ = diary.speak(n, 10, who, (amount, amount / 2)),
        }
    }
    // Knowledge goes on until well after the last window, so that all outcomes are settled.
    diary.say(DAYS + 20, 1, 1);
    diary
}

/// Numbers that must add up over windows that follow each other.
fn sums(group: GroupPages<'_>, window: Span) -> Vec<f64> {
    let settings = Settings::default();
    let Overview { totals, pulse, heat, helpers, .. } = overview(&[group], window, &settings);
    let mut sums = vec![
        totals.messages as f64,
        totals.joins as f64,
        totals.leaves as f64,
        f64::from(totals.days_with_messages),
        pulse.iter().map(|day| f64::from(day.speakers)).sum(),
        pulse.iter().map(|day| f64::from(day.effective_speakers)).sum(),
        heat.people.iter().flatten().map(|people| f64::from(*people)).sum(),
        helpers.iter().map(|helper| f64::from(helper.answers)).sum(),
    ];
    let scope = Scope::new(vec![group], window, &settings);
    for code in ["joins", "leaves", "net_change", "new_contributors"] {
        sums.push(metric(code).unwrap().figure(&scope).value().unwrap());
    }
    // Means and shares: their numerators and denominators.
    for code in ["messages_per_day", "speakers_per_day"] {
        let Figure::Known { of: Some((above, below)), .. } = metric(code).unwrap().figure(&scope)
        else {
            panic!("{code}")
        };
        sums.extend([above, below]);
    }
    sums
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    // catalogue: P14
    #[test]
    fn a_window_equals_the_sum_of_its_parts(
        events in proptest::collection::vec((0..DAYS, 1..11_u32, 0..5_u8, 1..9_u32), 0..120),
        cuts in (0..DAYS, 0..DAYS, 0..DAYS),
    ) {
        let mut cuts = [cuts.0, cuts.1, cuts.2];
        cuts.sort_unstable();
        let [a, b, c] = cuts;
        let mut diary = diary(&events);
        diary.page(0); // the data begin on day 0 whatever happens
        let pages = diary.pages();
        let group = GroupPages { founded: Some(day(0)), ..group(&pages) };
        let whole = sums(group, span(a, c + 1));
        let (first, rest) = (sums(group, span(a, b)), sums(group, span(b + 1, c + 1)));
        let added: Vec<f64> = first.iter().zip(&rest).map(|(x, y)| x + y).collect();
        prop_assert_eq!(whole, added);
    }

    // catalogue: P14
    #[test]
    fn answered_and_asked_add_up(
        events in proptest::collection::vec((0..DAYS, 1..9_u32, 2..3_u8, 1..9_u32), 60..120),
        cut in 10..20_i32,
    ) {
        let pages = diary(&events).pages();
        let of = |window| {
            let settings = Settings::default();
            let scope = Scope::new(vec![group(&pages)], window, &settings);
            match metric("answer_rate").unwrap().figure(&scope) {
                Figure::Known { of: Some(of), .. } => Some(of),
                _ => None,
            }
        };
        let parts = of(span(0, cut)).zip(of(span(cut + 1, DAYS))).zip(of(span(0, DAYS)));
        if let Some((((x, m), (y, n)), whole)) = parts {
            prop_assert_eq!((x + y, m + n), whole);
        }
    }
}
