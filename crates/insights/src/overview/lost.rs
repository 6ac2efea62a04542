//! Regulars who fell silent (#14).

use crate::metrics::regulars;
use crate::overview::LostRegular;
use crate::scope::Scope;
use std::cmp::Reverse;

/// Most active before first; empty when the data do not reach back far enough to tell.
pub(super) fn lost(scope: &Scope<'_>) -> Vec<LostRegular> {
    let silent = regulars(scope).unwrap_or_default().into_iter().filter(|regular| regular.silent);
    let mut lost: Vec<LostRegular> = silent
        .map(|regular| LostRegular {
            who: regular.who,
            messages_before: u32::try_from(regular.messages).unwrap_or(u32::MAX),
            last_day: regular.last,
        })
        .collect();
    lost.sort_unstable_by_key(|lost| (Reverse(lost.messages_before), lost.who));
    lost
}
