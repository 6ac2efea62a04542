//! Who answers: first answers to questions and first posts, by person.

use crate::overview::Helper;
use crate::scope::Scope;
use crate::stats::median;
use domain::{ActorClass, IdentityId};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

#[derive(Default)]
struct Help {
    class: ActorClass,
    answers: usize,
    first_posts: u32,
    waits_ms: Vec<u32>,
}

/// Members and staff who gave first answers in the window, most first. Bots and hosts are not
/// among them.
pub(crate) fn build_helpers(scope: &Scope<'_>) -> Vec<Helper> {
    let mut help: FxHashMap<IdentityId, Help> = FxHashMap::default();
    for given in scope.threads().given(scope.asked()) {
        help.entry(given.who).or_default().answers += 1;
    }
    for given in scope.threads().given(scope.asked()) {
        let entry = help.entry(given.who).or_default();
        entry.class = given.class();
        entry.first_posts += u32::from(given.first_post);
        if entry.waits_ms.is_empty() {
            entry.waits_ms.reserve_exact(entry.answers);
        }
        entry.waits_ms.push(given.waited_ms);
    }
    let mut helpers: Vec<Helper> = help.into_iter().map(|(who, help)| helper(who, help)).collect();
    helpers.sort_unstable_by_key(|helper| (Reverse(helper.answers), helper.who));
    helpers
}

fn helper(who: IdentityId, mut help: Help) -> Helper {
    Helper {
        who,
        class: help.class,
        answers: u32::try_from(help.answers).unwrap_or(u32::MAX),
        first_posts: help.first_posts,
        median_ms: median(&mut help.waits_ms).map_or(0, whole_ms),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "milliseconds between two moments of a log")]
fn whole_ms(ms: f64) -> i64 {
    ms.round() as i64
}
