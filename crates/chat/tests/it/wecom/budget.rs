//! Calls within the platform's limits.

use chat::wecom::{Budget, Limit, PER_CALL};
use domain::Millis;

#[test]
fn no_stretch_of_a_limit_has_more_calls_than_the_platform_allows() {
    let limits = [
        Limit { most: 100, within_ms: Millis::MINUTE },
        Limit { most: 400, within_ms: 10 * Millis::MINUTE },
    ];
    let mut budget = Budget::of(&limits);
    let (mut now, mut calls) = (Millis(0), Vec::new());
    while calls.len() < 2_000 {
        match budget.take(now) {
            Ok(()) => calls.push(now.0),
            Err(wait) => {
                assert!(wait > 0, "{wait}");
                now = Millis(now.0 + wait);
            }
        }
    }
    for limit in limits {
        let most = calls.iter().map(|from| {
            calls.iter().filter(|at| (*from..*from + limit.within_ms).contains(at)).count()
        });
        assert!(most.max().unwrap() <= limit.most as usize);
    }
    // What is allowed is used: 2,000 calls at 320 in ten to eleven minutes.
    assert!(now.0 < 75 * Millis::MINUTE, "{} minutes", now.0 / Millis::MINUTE);
}

#[test]
fn two_thousand_groups_are_asked_for_at_once() {
    let mut budget = Budget::of(&PER_CALL);
    assert!((0..2_000).all(|_| budget.take(Millis(5)).is_ok()));
}

#[test]
fn a_clock_that_goes_back_neither_frees_nor_blocks_for_long() {
    let mut budget = Budget::of(&[Limit { most: 10, within_ms: Millis::MINUTE }]);
    for n in 0..8 {
        budget.take(Millis(Millis::HOUR - n * Millis::MINUTE)).unwrap();
    }
    assert!(budget.take(Millis(Millis::HOUR)).is_err());
    assert!(budget.take(Millis(Millis::HOUR + 2 * Millis::MINUTE)).is_ok());
}
