//! Which keys of pages are taken.

use chat::web::{StaleKey, accepted, errand_key, part};
use domain::{EventWhat, Millis, Seq, minted_key};

const NOW: Millis = Millis(1_790_000_000_000);

fn minted(behind_ms: i64) -> i64 {
    minted_key(Millis(NOW.0 - behind_ms), 77)
}

#[test]
fn keys_of_the_last_thirty_days_and_the_next_hour_are_taken() {
    for behind in [0, Millis::DAY, 30 * Millis::DAY, -Millis::HOUR] {
        assert_eq!(accepted(minted(behind), NOW), Ok(minted(behind)));
    }
    for behind in [30 * Millis::DAY + 1, -Millis::HOUR - 1, NOW.0] {
        assert_eq!(accepted(minted(behind), NOW), Err(StaleKey), "{behind}");
    }
    assert_eq!(accepted(-5, NOW), Err(StaleKey));
    assert_eq!(accepted(i64::MAX, NOW), Err(StaleKey));
}

#[test]
fn keys_of_errands_are_their_own_and_no_page_can_mint_them() {
    let mut keys: Vec<i64> =
        (0..50).flat_map(|seq| (0..20).map(move |n| errand_key((Seq(seq), n)))).collect();
    assert!(keys.iter().all(|key| *key < 0 && accepted(*key, NOW).is_err()));
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), 1_000);
}

#[test]
fn the_part_is_the_kind_of_the_fact() {
    assert_eq!(part(&EventWhat::Reopen), 8 << 24);
    assert_eq!(part(&EventWhat::Rename { name: "小林".into() }), 7 << 24);
}
