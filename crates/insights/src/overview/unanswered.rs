//! What nobody answered (H10, I08): first posts first, then questions, then openers; each of them
//! the latest first.

use crate::overview::OpenItem;
use crate::page::ItemFlags;
use crate::scope::{Scope, Thread};
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
    let open = scope.asked_by_members().filter(|thread| thread.answer.is_none());
    let mut open: Vec<Open> = open.filter(|t| rank(t).is_some()).map(|t| item(scope, t)).collect();
    let rank = |open: &Open| rank_of(open.item.flags);
    open.sort_by_key(|open| (rank(open), Reverse(open.item.at), open.item.group, open.item.key));
    open
}

fn rank(thread: &Thread) -> Option<u8> {
    rank_of(thread.item.flags)
}

fn rank_of(flags: ItemFlags) -> Option<u8> {
    let order = [ItemFlags::FIRST_POST, ItemFlags::QUESTION, ItemFlags::OPENER];
    (0..).zip(order).find(|(_, flag)| flags.has(*flag)).map(|(rank, _)| rank)
}

fn item(scope: &Scope<'_>, thread: &Thread) -> Open {
    let census = scope.census();
    let marks = census.of(thread.item.who).map_or(&[][..], |person| census.marks(person));
    let item = OpenItem {
        group: thread.group,
        key: thread.item.key,
        at: thread.item.at,
        who: thread.item.who,
        flags: thread.item.flags,
        last_word: marks.last().is_none_or(|last| last.day <= thread.day),
    };
    Open { day: Day(thread.day), item }
}
