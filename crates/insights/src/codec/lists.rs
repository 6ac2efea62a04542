//! The entries of a page's lists, each written as steps from the entry before.

use crate::codec::PageError;
use crate::codec::wire::{Reader, Writer};
use crate::page::{Answer, AnswerEvidence, Coming, Edge, Going, Item, ItemFlags, PersonDay};
use domain::{ActorClass, IdentityId, JoinManner, LeaveManner, Millis};

/// An entry of a list.
pub(super) trait List: Copy {
    /// What the first entry is written against.
    const START: Self;
    /// Fewest bytes of an entry.
    const BYTES_MIN: usize;
    fn put(&self, before: &Self, to: &mut Writer);
    fn get(before: &Self, from: &mut Reader<'_>) -> Result<Self, PageError>;
}

pub(super) fn write<T: List>(to: &mut Writer, list: &[T]) {
    to.count(list.len());
    let mut before = T::START;
    for entry in list {
        entry.put(&before, to);
        before = *entry;
    }
}

pub(super) fn read<T: List>(from: &mut Reader<'_>) -> Result<Vec<T>, PageError> {
    let count = from.count(T::BYTES_MIN)?;
    let mut list = Vec::with_capacity(count);
    let mut before = T::START;
    for _ in 0..count {
        before = T::get(&before, from)?;
        list.push(before);
    }
    Ok(list)
}

/// Those entries that `is_wanted` picks.
pub(super) fn read_some<T: List>(
    from: &mut Reader<'_>,
    is_wanted: fn(&T) -> bool,
) -> Result<Vec<T>, PageError> {
    let (count, mut list) = (from.count(T::BYTES_MIN)?, Vec::new());
    let mut before = T::START;
    for _ in 0..count {
        before = T::get(&before, from)?;
        list.extend(Some(before).filter(is_wanted));
    }
    Ok(list)
}

fn put_time(to: &mut Writer, at: Millis, before: Millis) {
    to.signed(at.0.wrapping_sub(before.0));
}

fn get_time(from: &mut Reader<'_>, before: Millis) -> Result<Millis, PageError> {
    Ok(Millis(before.0.wrapping_add(from.signed()?)))
}

fn put_who(to: &mut Writer, who: IdentityId, before: IdentityId) {
    to.signed(i64::from(who.0) - i64::from(before.0));
}

fn get_who(from: &mut Reader<'_>, before: IdentityId) -> Result<IdentityId, PageError> {
    let who = i64::from(before.0).checked_add(from.signed()?).ok_or(PageError::Value)?;
    u32::try_from(who).map(IdentityId).map_err(|_| PageError::Value)
}

fn class_of(code: u8) -> Result<ActorClass, PageError> {
    ActorClass::from_code(code).ok_or(PageError::Value)
}

impl List for PersonDay {
    const START: Self = Self {
        who: IdentityId::NOBODY,
        class: ActorClass::Member,
        messages: 0,
        effective: 0,
        hours: 0,
        reactions: 0,
        first_ever: false,
    };
    const BYTES_MIN: usize = 6;

    fn put(&self, before: &Self, to: &mut Writer) {
        put_who(to, self.who, before.who);
        to.0.push(self.class as u8 | u8::from(self.first_ever) << 7);
        for count in [self.messages, self.effective, self.hours, self.reactions] {
            to.unsigned(u64::from(count));
        }
    }

    fn get(before: &Self, from: &mut Reader<'_>) -> Result<Self, PageError> {
        let who = get_who(from, before.who)?;
        let head = from.byte()?;
        Ok(Self {
            who,
            class: class_of(head & 0x7f)?,
            first_ever: head & 0x80 != 0,
            messages: from.small()?,
            effective: from.small()?,
            hours: from.small()?,
            reactions: from.small()?,
        })
    }
}

impl Edge {
    /// Numbers of an entry; it holds nothing else.
    pub(super) const NUMBERS: usize = 4;
}

impl List for Edge {
    const START: Self =
        Self { from: IdentityId::NOBODY, to: IdentityId::NOBODY, told: 0, by_order: 0 };
    const BYTES_MIN: usize = Self::NUMBERS;

    fn put(&self, before: &Self, to: &mut Writer) {
        put_who(to, self.from, before.from);
        to.unsigned(u64::from(self.to.0));
        to.unsigned(u64::from(self.told));
        to.unsigned(u64::from(self.by_order));
    }

    fn get(before: &Self, from: &mut Reader<'_>) -> Result<Self, PageError> {
        Ok(Self {
            from: get_who(from, before.from)?,
            to: IdentityId(from.small()?),
            told: from.small()?,
            by_order: from.small()?,
        })
    }
}

impl List for Coming {
    const START: Self = Self {
        at: Millis(0),
        who: IdentityId::NOBODY,
        how: JoinManner::Unknown,
        by: IdentityId::NOBODY,
        class: ActorClass::Member,
    };
    const BYTES_MIN: usize = 5;

    fn put(&self, before: &Self, to: &mut Writer) {
        put_time(to, self.at, before.at);
        put_who(to, self.who, before.who);
        to.0.push(self.how as u8);
        to.unsigned(u64::from(self.by.0));
        to.0.push(self.class as u8);
    }

    fn get(before: &Self, from: &mut Reader<'_>) -> Result<Self, PageError> {
        Ok(Self {
            at: get_time(from, before.at)?,
            who: get_who(from, before.who)?,
            how: JoinManner::from_code(from.byte()?).ok_or(PageError::Value)?,
            by: IdentityId(from.small()?),
            class: class_of(from.byte()?)?,
        })
    }
}

impl List for Going {
    const START: Self = Self {
        at: Millis(0),
        who: IdentityId::NOBODY,
        how: LeaveManner::Unknown,
        by: IdentityId::NOBODY,
    };
    const BYTES_MIN: usize = 4;

    fn put(&self, before: &Self, to: &mut Writer) {
        put_time(to, self.at, before.at);
        put_who(to, self.who, before.who);
        to.0.push(self.how as u8);
        to.unsigned(u64::from(self.by.0));
    }

    fn get(before: &Self, from: &mut Reader<'_>) -> Result<Self, PageError> {
        Ok(Self {
            at: get_time(from, before.at)?,
            who: get_who(from, before.who)?,
            how: LeaveManner::from_code(from.byte()?).ok_or(PageError::Value)?,
            by: IdentityId(from.small()?),
        })
    }
}

impl List for Item {
    const START: Self = Self {
        at: Millis(0),
        key: 0,
        who: IdentityId::NOBODY,
        class: ActorClass::Member,
        flags: ItemFlags(0),
    };
    const BYTES_MIN: usize = 5;

    fn put(&self, before: &Self, to: &mut Writer) {
        put_time(to, self.at, before.at);
        to.signed(self.key.wrapping_sub(before.key));
        put_who(to, self.who, before.who);
        to.0.push(self.class as u8);
        to.0.push(self.flags.0);
    }

    fn get(before: &Self, from: &mut Reader<'_>) -> Result<Self, PageError> {
        Ok(Self {
            at: get_time(from, before.at)?,
            key: before.key.wrapping_add(from.signed()?),
            who: get_who(from, before.who)?,
            class: class_of(from.byte()?)?,
            flags: ItemFlags(from.byte()?),
        })
    }
}

impl List for Answer {
    const START: Self = Self {
        at: Millis(0),
        key: 0,
        item_at: Millis(0),
        who: IdentityId::NOBODY,
        class: ActorClass::Member,
        asker: IdentityId::NOBODY,
        evidence: AnswerEvidence::Reply,
    };
    const BYTES_MIN: usize = 7;

    fn put(&self, before: &Self, to: &mut Writer) {
        put_time(to, self.at, before.at);
        to.signed(self.key.wrapping_sub(before.key));
        put_time(to, self.at, self.item_at);
        put_who(to, self.who, before.who);
        to.0.push(self.class as u8);
        put_who(to, self.asker, before.asker);
        to.0.push(self.evidence as u8);
    }

    fn get(before: &Self, from: &mut Reader<'_>) -> Result<Self, PageError> {
        let at = get_time(from, before.at)?;
        Ok(Self {
            at,
            key: before.key.wrapping_add(from.signed()?),
            item_at: Millis(at.0.wrapping_sub(from.signed()?)),
            who: get_who(from, before.who)?,
            class: class_of(from.byte()?)?,
            asker: get_who(from, before.asker)?,
            evidence: match from.byte()? {
                0 => AnswerEvidence::Reply,
                1 => AnswerEvidence::Mention,
                2 => AnswerEvidence::Order,
                _ => return Err(PageError::Value),
            },
        })
    }
}
