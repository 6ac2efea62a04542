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

/// What nobody answered, without holding all of it.
#[derive(Debug, Default)]
pub(crate) struct OpenList {
    pub(crate) total: u32,
    /// The first of all.
    pub(crate) first: Vec<Open>,
    /// All that is not too old to be answered.
    pub(crate) fresh: Vec<Open>,
}

/// How many are held before the later ones among them are let go.
const HELD_MAX: usize = 4_096;

/// What members said in the window that waits for an answer and never got one in the data: how
/// much it is, the first `most`, and all since the day `fresh`.
pub(crate) fn unanswered(scope: &Scope<'_>, most: usize, fresh: Day) -> OpenList {
    let open = scope.threads().unanswered(scope.asked());
    let open = open.filter(|open| scope.counts(open.thread().class));
    let mut list = OpenList::default();
    for open in open.filter(|open| rank_of(open.flags).is_some()) {
        let open = item(scope, open);
        list.total = list.total.saturating_add(1);
        list.first.push(open);
        if list.first.len() >= most.max(HELD_MAX) {
            sort(&mut list.first);
            list.first.truncate(most);
        }
        if open.day >= fresh {
            list.fresh.push(open);
        }
    }
    sort(&mut list.first);
    list.first.truncate(most);
    sort(&mut list.fresh);
    list
}

fn sort(list: &mut [Open]) {
    let rank = |open: &Open| rank_of(open.item.flags);
    list.sort_by_key(|open| (rank(open), Reverse(open.item.at), open.item.group, open.item.key));
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
        last_word: marks.last().is_none_or(|last| last.day() <= one.day),
    };
    Open { day: Day(one.day), item }
}
