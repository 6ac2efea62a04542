//! What nobody answered (H10, I08): first posts first, then questions, then openers; each of them
//! the latest first.

use crate::overview::OpenItem;
use crate::page::ItemFlags;
use crate::scope::{Scope, Unanswered};
use domain::Day;
use std::cmp::Reverse;

/// An unanswered thing with the day on which it was said.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Open {
    pub(crate) day: Day,
    pub(crate) item: OpenItem,
}

/// All that members said in the window that waits for an answer and never got one in the data.
pub(crate) fn unanswered(scope: &Scope<'_>) -> Vec<Open> {
    let open = scope.threads().unanswered(scope.asked());
    let open = open.filter(|open| scope.counts(open.thread().class));
    let open = open.filter(|open| rank_of(open.flags).is_some());
    let mut open: Vec<Open> = open.map(|open| item(scope, open)).collect();
    let rank = |open: &Open| rank_of(open.item.flags);
    open.sort_by_key(|open| (rank(open), Reverse(open.item.at), open.item.group, open.item.key));
    open
}

fn rank_of(flags: ItemFlags) -> Option<u8> {
    let order = [ItemFlags::FIRST_POST, ItemFlags::QUESTION, ItemFlags::OPENER];
    (0..).zip(order).find(|(_, flag)| flags.has(*flag)).map(|(rank, _)| rank)
}

fn item(scope: &Scope<'_>, one: &Unanswered) -> Open {
    let census = scope.census();
    let marks = census.of(one.who).map_or(&[][..], |person| census.marks(person));
    let item = OpenItem {
        group: one.group,
        key: one.key,
        at: one.at,
        who: one.who,
        flags: one.flags,
        last_word: marks.last().is_none_or(|last| last.day <= one.day),
    };
    Open { day: Day(one.day), item }
}
