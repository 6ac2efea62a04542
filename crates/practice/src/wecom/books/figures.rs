//! Figures of whole days, as the platform counts them: groups, members, messages by owner.

use serde::Serialize;

use crate::wecom::books::{Books, Group, day_of};

/// Figures of groups, with the names of the call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// New groups of the days.
    pub new_chat_cnt: u64,
    /// Groups at the end.
    pub chat_total: u64,
    /// Groups with messages.
    pub chat_has_msg: u64,
    /// New members of the days.
    pub new_member_cnt: u64,
    /// Members at the end.
    pub member_total: u64,
    /// Members who wrote.
    pub member_has_msg: u64,
    /// Messages.
    pub msg_total: u64,
    /// Education only: always none.
    pub migrate_trainee_chat_cnt: u64,
}

impl Books {
    /// The figures of the groups that these own, from one day to another, both included.
    pub fn figures(&self, owners: &[String], from: i64, to: i64) -> Figures {
        let own = |group: &&Group| owners.contains(&group.owner);
        self.groups
            .values()
            .filter(own)
            .fold(Figures::default(), |sum, group| sum.and(of_group(group, from, to)))
    }
}

fn of_group(group: &Group, from: i64, to: i64) -> Figures {
    let created = day_of(group.created);
    let there = created <= to && group.dismissed.is_none_or(|at| day_of(at) > to);
    let inside = |day: i64| (from..=to).contains(&day);
    let left = group.gone.iter().map(|stay| (day_of(stay.member.joined), day_of(stay.left)));
    let stays = group.members.iter().map(|one| (day_of(one.joined), i64::MAX)).chain(left);
    let mut found = Figures {
        new_chat_cnt: u64::from(inside(created)),
        chat_total: u64::from(there),
        ..Figures::default()
    };
    for (joined, left) in stays {
        found.new_member_cnt += u64::from(inside(joined));
        found.member_total += u64::from(there && joined <= to && left > to);
    }
    for talk in group.talk.range(from..=to).map(|(_, talk)| talk) {
        found.msg_total += u64::from(talk.messages);
        // Who wrote on two days is counted on both: the books do not say who it was.
        found.member_has_msg += u64::from(talk.speakers);
        found.chat_has_msg = found.chat_has_msg.max(u64::from(talk.messages > 0));
    }
    found
}

impl Figures {
    fn and(self, more: Self) -> Self {
        Self {
            new_chat_cnt: self.new_chat_cnt + more.new_chat_cnt,
            chat_total: self.chat_total + more.chat_total,
            chat_has_msg: self.chat_has_msg + more.chat_has_msg,
            new_member_cnt: self.new_member_cnt + more.new_member_cnt,
            member_total: self.member_total + more.member_total,
            member_has_msg: self.member_has_msg + more.member_has_msg,
            msg_total: self.msg_total + more.msg_total,
            migrate_trainee_chat_cnt: 0,
        }
    }
}
