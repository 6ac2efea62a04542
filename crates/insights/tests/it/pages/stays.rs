//! Who was in from when to when.

use crate::build::{Log, at};
use domain::{IdentityId, JoinManner, LeaveManner, Millis};
use insights::{Stay, stays};

const ZONE: &str = "Asia/Shanghai";

fn told(log: &Log) -> Vec<Stay> {
    stays(log.pages(ZONE).iter())
}

fn day(n: i64) -> i64 {
    at(ZONE, "2025-03-01T12:00") + n * Millis::DAY
}

// catalogue: P05
#[test]
fn a_rejoin_is_the_second_stay() {
    let mut log = Log::new();
    log.join(day(0), 7, JoinManner::Invited).other = IdentityId(3);
    log.leave(day(2), 7, LeaveManner::Left);
    log.join(day(5), 7, JoinManner::Scan);
    let all = told(&log);
    assert_eq!(all.len(), 2);
    assert_eq!((all[0].n, all[0].joined_at, all[0].by), (1, Some(Millis(day(0))), IdentityId(3)));
    assert_eq!((all[0].left_at, all[0].left_how), (Some(Millis(day(2))), Some(LeaveManner::Left)));
    assert_eq!((all[1].n, all[1].joined_at, all[1].left_at), (2, Some(Millis(day(5))), None));
    assert_eq!(all[1].how, JoinManner::Scan);
}

#[test]
fn a_leave_without_a_join_is_a_stay_of_unknown_beginning() {
    let mut log = Log::new();
    log.leave(day(1), 4, LeaveManner::Removed);
    let all = told(&log);
    assert_eq!((all.len(), all[0].joined_at, all[0].left_at), (1, None, Some(Millis(day(1)))));
}

#[test]
fn one_join_told_twice_is_one_stay_but_a_later_one_proves_an_untold_leave() {
    let mut log = Log::new();
    log.join(day(0), 4, JoinManner::Invited);
    log.join(day(0) + 5_000, 4, JoinManner::Unknown);
    log.join(day(9), 4, JoinManner::Link);
    let all = told(&log);
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].left_at, Some(Millis(day(9))));
    assert_eq!(all[0].left_how, Some(LeaveManner::Unknown));
    assert_eq!((all[1].n, all[1].left_at), (2, None));
}

#[test]
fn one_leave_told_twice_ends_one_stay_but_a_later_one_proves_an_untold_join() {
    let mut log = Log::new();
    log.join(day(0), 4, JoinManner::Link);
    log.leave(day(1), 4, LeaveManner::Left);
    log.leave(day(1) + 1_000, 4, LeaveManner::Removed);
    assert_eq!(told(&log).len(), 1);
    log.leave(day(8), 4, LeaveManner::Left);
    let all = told(&log);
    assert_eq!((all.len(), all[1].joined_at, all[1].left_at), (2, None, Some(Millis(day(8)))));
}

#[test]
fn a_listed_member_stays_without_a_known_beginning() {
    let mut log = Log::new();
    log.join(day(0), 5, JoinManner::Listed);
    log.join(day(1), 5, JoinManner::Listed);
    log.join(day(2), 6, JoinManner::Link);
    log.join(day(3), 6, JoinManner::Listed);
    let all = told(&log);
    assert_eq!(all.len(), 2);
    assert_eq!((all[0].how, all[0].joined_at), (JoinManner::Listed, None));
    assert_eq!((all[1].how, all[1].joined_at), (JoinManner::Link, Some(Millis(day(2)))));
}

#[test]
fn connections_and_the_unnamed_make_no_stays() {
    let mut log = Log::new();
    log.join(day(0), 5, JoinManner::Connection);
    log.leave(day(1), 5, LeaveManner::Connection);
    log.join(day(0), 0, JoinManner::Unknown);
    log.leave(day(1), 0, LeaveManner::Unknown);
    assert_eq!(told(&log), []);
    let pages = log.pages(ZONE);
    assert_eq!(
        pages.iter().map(|page| page.comings.len()).sum::<usize>(),
        2,
        "counted all the same"
    );
}
