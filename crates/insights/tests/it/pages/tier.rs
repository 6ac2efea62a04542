//! Sums of tiers say what the overview says, of any window, in any order of adding.

use crate::build::fold_all;
use crate::diary::told;
use crate::pages::resume::{chat, step};
use domain::{Day, GroupId, Millis, Zone};
use insights::{
    Figure, GroupDay, GroupPages, Overview, Page, PageError, PageList, Settings, Span, Tier,
    group_day, overview, reach_days,
};
use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, any, proptest};
use proptest::strategy::Strategy;
use std::collections::BTreeMap;

/// Each day of the pages, as far as is known at `until`.
fn days(pages: &[Page], until: (Millis, Day), settings: &Settings) -> BTreeMap<i32, GroupDay> {
    let reach = reach_days(settings);
    let of = |(place, page): (usize, &Page)| {
        let later = pages.get(place + 1..).unwrap_or_default();
        let within: Vec<Page> =
            later.iter().filter(|one| one.day <= page.day + reach).cloned().collect();
        (page.day, group_day(page, &within, until, settings))
    };
    pages.iter().enumerate().map(of).collect()
}

/// Numerator and denominator of a share, also where there are too few cases to show it.
fn of(overview: &Overview, code: &str) -> (Option<u64>, u64) {
    let measured = overview.measured.iter().find(|one| one.code == code).unwrap();
    match measured.now {
        Figure::Known { of: Some((numerator, all)), .. } => {
            (Some(format!("{numerator}").parse().unwrap()), format!("{all}").parse().unwrap())
        }
        Figure::TooFew { have, .. } => (None, have),
        _ => (None, 0),
    }
}

fn assert_share(overview: &Overview, code: &str, (numerator, all): (u64, u64)) {
    let (shown, base) = of(overview, code);
    assert_eq!(base, all, "{code}");
    assert_eq!(shown.unwrap_or(numerator), numerator, "{code}");
}

fn assert_equal(sum: &GroupDay, overview: &Overview) {
    let (sums, totals) = (&sum.sums, &overview.totals);
    assert_eq!(sums.written, totals.messages);
    assert_eq!((sums.joins, sums.leaves), (totals.joins, totals.leaves));
    assert_eq!(sum.people.came.len(), totals.joined_people);
    assert_eq!(sum.people.left.len(), totals.left_people);
    assert_eq!(sums.days_with_messages, u64::from(totals.days_with_messages));
    let pulse = |of: fn(&insights::PulseDay) -> u32| -> u64 {
        overview.pulse.iter().map(|day| u64::from(of(day))).sum()
    };
    assert_eq!(sums.messages, pulse(|day| day.messages));
    assert_eq!(sums.speaker_days, pulse(|day| day.speakers));
    assert_eq!(sums.effective_speaker_days, pulse(|day| day.effective_speakers));
    assert_eq!(sums.idle, overview.idle.iter().map(|count| u64::from(*count)).sum::<u64>());
    assert_share(overview, "effective_share", (sums.effective, sums.counted));
    assert_share(overview, "answer_rate", (sums.questions_answered, sums.questions));
    assert_share(overview, "first_post_answered", (sums.first_posts_answered, sums.first_posts));
    assert_share(overview, "solo_share", (sums.openers_alone, sums.openers));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    // catalogue: P14
    #[test]
    fn sums_of_any_window_are_those_of_the_overview(
        steps in vec(step(), 1..220),
        from in 0..30_i32,
        length in 0..40_i32,
    ) {
        let (settings, zone) = (Settings::default(), Zone::named("Asia/Shanghai").unwrap());
        let pages = fold_all(&chat(&steps), &zone, &settings);
        let Some((first, last)) = pages.first().zip(pages.last()) else { return Ok(()) };
        let from = first.day().plus(from.min(last.day - first.day));
        let span = Span { from, to: from.plus(length) };
        let at_hand = PageList::AtHand(&pages);
        let group = GroupPages {
            pages: at_hand, evidence: told(), founded: None, members_given: None,
        };
        let spoken = pages.iter().filter_map(|page| Some(page.first_last?.1));
        let came = pages.iter().flat_map(|page| page.comings.iter().map(|one| one.at));
        let went = pages.iter().flat_map(|page| page.goings.iter().map(|one| one.at));
        let end = spoken.chain(came).chain(went).max().unwrap_or(Millis(i64::MIN));
        let beyond = i64::from(span.to.since(last.day()).max(0)) * Millis::DAY;
        let until = (Millis(end.0.saturating_add(beyond)), span.to.max(last.day()));
        let mut sum = GroupDay::default();
        for (day, of_day) in days(&pages, until, &settings) {
            if span.holds(Day(day)) {
                sum.add(&of_day);
            }
        }
        assert_equal(&sum, &overview(&[group], span, &settings));
    }

    #[test]
    fn tiers_add_in_any_order_and_keep_what_they_are_given(
        steps in vec(step(), 1..120),
        groups in 1..5_i64,
        order in Just(()).prop_flat_map(|()| any::<bool>()),
    ) {
        let (settings, zone) = (Settings::default(), Zone::named("Asia/Shanghai").unwrap());
        let pages = fold_all(&chat(&steps), &zone, &settings);
        let until = (Millis(i64::MAX / 2), Day(i32::MAX / 2));
        let mut all = BTreeMap::new();
        let days: Vec<GroupDay> = days(&pages, until, &settings).into_values().collect();
        let mut sum = GroupDay::default();
        for (number, day) in (0..).zip(&days) {
            let entry: &mut GroupDay = all.entry(GroupId(number % groups)).or_default();
            entry.add(day);
        }
        let ordered: Vec<&GroupDay> =
            if order { days.iter().collect() } else { days.iter().rev().collect() };
        for day in ordered {
            sum.add(day);
        }
        let tier = Tier::of(&all);
        assert_eq!(tier.total, sum.sums);
        let again = Tier::decode(tier.encode().to_vec()).unwrap();
        for (group, day) in &all {
            assert_eq!(again.group(*group), *day);
        }
        let first = all.keys().next().copied().unwrap();
        let without = again.with(&BTreeMap::from([(first, GroupDay::default())]));
        assert_eq!(without.group(first), GroupDay::default());
        assert_eq!(without.with(&all), again);
    }

    #[test]
    fn any_bytes_make_a_tier_or_an_error(bytes in vec(any::<u8>(), 0..200)) {
        let _ = Tier::decode(bytes);
    }
}

#[test]
fn a_tier_of_version_one_is_read_for_ever() {
    let hex = include_str!("golden/tier_v1.hex").trim();
    let byte = |place: usize| u8::from_str_radix(hex.get(place..place + 2)?, 16).ok();
    let bytes: Vec<u8> = (0..hex.len()).step_by(2).filter_map(byte).collect();
    let tier = Tier::decode(bytes.clone()).unwrap();
    assert_eq!(tier.encode(), bytes);
    let day = tier.group(GroupId(7));
    assert_eq!((day.sums.written, day.sums.reactions), (1, 22));
    assert_eq!(day.sums.waits, [101, 102, 103, 104, 105, 106, 107, 108]);
    assert_eq!(day.people.spoke.iter().collect::<Vec<_>>(), [3, 300, 70_000]);
    assert_eq!(day.people.left.iter().collect::<Vec<_>>(), [9]);
    assert_eq!(Tier::decode(vec![2, 0]), Err(PageError::Version(2)));
}
