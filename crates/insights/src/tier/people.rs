//! Sets of identities, each counted once however many groups and days are taken together.

use crate::codec::PageError;
use crate::codec::wire::{Reader, Writer};
use roaring::RoaringBitmap;

/// Who did what, by identity number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct People {
    /// Members and staff who wrote.
    pub spoke: RoaringBitmap,
    /// Those who count and spoke effectively.
    pub effective: RoaringBitmap,
    /// Those with a join.
    pub came: RoaringBitmap,
    /// Those with a leave.
    pub left: RoaringBitmap,
}

impl People {
    /// Takes in who did the same elsewhere or on another day.
    pub fn add(&mut self, more: &Self) {
        self.spoke |= &more.spoke;
        self.effective |= &more.effective;
        self.came |= &more.came;
        self.left |= &more.left;
    }

    fn sets(&self) -> [&RoaringBitmap; 4] {
        [&self.spoke, &self.effective, &self.came, &self.left]
    }

    fn sets_mut(&mut self) -> [&mut RoaringBitmap; 4] {
        [&mut self.spoke, &mut self.effective, &mut self.came, &mut self.left]
    }

    pub(super) fn write(&self, to: &mut Writer) {
        for set in self.sets() {
            to.unsigned(set.len());
            let mut last = 0;
            for who in set {
                to.unsigned(u64::from(who - last));
                last = who;
            }
        }
    }

    /// Tells the members of the sets written next, with the place of the set.
    pub(super) fn tell(
        from: &mut Reader<'_>,
        mut take: impl FnMut(usize, u32),
    ) -> Result<(), PageError> {
        for set in 0..4 {
            let mut last = 0_u32;
            for _ in 0..from.count(1)? {
                let step: u32 = from.small()?;
                last = last.checked_add(step).ok_or(PageError::Value)?;
                take(set, last);
            }
        }
        Ok(())
    }

    /// Adds the sets written next to these.
    pub(super) fn read_into(&mut self, from: &mut Reader<'_>) -> Result<(), PageError> {
        for set in self.sets_mut() {
            let mut last = 0_u32;
            let count = from.count(1)?;
            let mut some = Vec::with_capacity(count);
            for _ in 0..count {
                let step: u32 = from.small()?;
                last = last.checked_add(step).ok_or(PageError::Value)?;
                some.push(last);
            }
            set.extend(some);
        }
        Ok(())
    }
}
