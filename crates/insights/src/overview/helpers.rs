//! Who answers: first answers to questions and first posts, by person.

use crate::overview::Helper;
use crate::page::ItemFlags;
use crate::scope::Scope;
use crate::stats::median;
use domain::{ActorClass, IdentityId};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

#[derive(Default)]
struct Help {
    class: ActorClass,
    first_posts: u32,
    waits_ms: Vec<i64>,
}

/// Members and staff who gave first answers in the window, most first. Bots and hosts are not
/// among them.
pub(crate) fn build_helpers(scope: &Scope<'_>) -> Vec<Helper> {
    let mut help: FxHashMap<IdentityId, Help> = FxHashMap::default();
    for at in scope.pages() {
        for answer in at.page.answers.iter().filter(|answer| answer.class.is_person()) {
            let thread = scope.threads().get(at.group, answer.key);
            let flags = thread.map_or(ItemFlags(ItemFlags::QUESTION), |thread| thread.item.flags);
            let first_post = flags.has(ItemFlags::FIRST_POST);
            if answer.who.named().is_some() && (first_post || flags.has(ItemFlags::QUESTION)) {
                let entry = help.entry(answer.who).or_default();
                entry.class = answer.class;
                entry.first_posts += u32::from(first_post);
                entry.waits_ms.push(answer.at.since(answer.item_at).max(0));
            }
        }
    }
    let mut helpers: Vec<Helper> = help.into_iter().map(|(who, help)| helper(who, help)).collect();
    helpers.sort_unstable_by_key(|helper| (Reverse(helper.answers), helper.who));
    helpers
}

fn helper(who: IdentityId, mut help: Help) -> Helper {
    help.waits_ms.sort_unstable();
    Helper {
        who,
        class: help.class,
        answers: u32::try_from(help.waits_ms.len()).unwrap_or(u32::MAX),
        first_posts: help.first_posts,
        median_ms: median(&help.waits_ms).map_or(0, whole_ms),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "milliseconds between two moments of a log")]
fn whole_ms(ms: f64) -> i64 {
    ms.round() as i64
}
