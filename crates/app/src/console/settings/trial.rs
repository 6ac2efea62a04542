//! What counts, tried out on real messages before it is saved (P02).
//!
//! Invariant: judged by the folder itself, windows and repetition included, so that what is shown
//! is what the pages will say; nothing is written.

use domain::{Actor, FactKind, GroupId, IdentityId, May, Millis, Seq};
use insights::{Folder, IdleReason, Settings};
use rustc_hash::FxHashMap;
use store::LineRow;

use crate::console::settings::sound;
use crate::console::{Console, Denied, allowed, within};
use crate::rebuild::zone_of;

/// Messages that are tried, at most.
const TRIED_MAX: usize = 500;

/// Lines read before them, so that windows and repetition are known.
const WARM: u32 = 300;

/// A message, judged twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// Its place.
    pub seq: Seq,
    /// When.
    pub at: Millis,
    /// By whom.
    pub who: String,
    /// What was said; empty for media without words.
    pub text: String,
    /// What it counts for now: effective, or why not.
    pub before: Result<(), IdleReason>,
    /// What it would count for.
    pub after: Result<(), IdleReason>,
}

/// The last messages of a group, judged by what is in force and by what is tried.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// The messages by named people, the newest first.
    pub rows: Vec<Tried>,
    /// How many of them are effective now.
    pub before: usize,
    /// How many would be.
    pub after: usize,
}

impl Console {
    /// Judges the last messages of a group by other settings.
    pub async fn try_judge(
        &self,
        actor: &Actor,
        group: GroupId,
        (settings, count): (&Settings, usize),
    ) -> Result<Trial, Denied> {
        allowed(actor, May::Look)?;
        within(actor, group)?;
        sound(settings)?;
        let (store, org) = (self.store(), actor.org);
        let row = store.group_numbered(org, group).await?.ok_or(Denied::Missing)?;
        let count = count.clamp(1, TRIED_MAX);
        let wanted = u32::try_from(count * 2).unwrap_or(u32::MAX) + WARM;
        let mut lines = store.lines_before(org, group, Seq(i64::MAX), wanted).await?;
        lines.sort_by_key(|line| (line.fact.at, line.fact.source));
        let zone = zone_of(&row);
        let mut now = Folder::new(zone.clone(), self.judge(org));
        let mut then = Folder::new(zone, settings.clone());
        let mut judged = Vec::new();
        for line in lines {
            now.push(&line.fact);
            then.push(&line.fact);
            if line.fact.kind == FactKind::Message
                && let (Some(before), Some(after)) = (now.judged(), then.judged())
            {
                judged.push((line, before, after));
            }
        }
        let rest = judged.split_off(judged.len().saturating_sub(count));
        let names = self.names_of(actor, &rest).await?;
        let tried = |(line, before, after): (LineRow, _, _)| Tried {
            seq: line.seq,
            at: line.fact.at,
            who: names.get(&line.fact.actor).cloned().unwrap_or_default(),
            text: line.words.unwrap_or_default(),
            before,
            after,
        };
        let rows: Vec<Tried> = rest.into_iter().rev().map(tried).collect();
        let before = rows.iter().filter(|row| row.before.is_ok()).count();
        let after = rows.iter().filter(|row| row.after.is_ok()).count();
        Ok(Trial { rows, before, after })
    }

    async fn names_of<T, U>(
        &self,
        actor: &Actor,
        rows: &[(LineRow, T, U)],
    ) -> Result<FxHashMap<IdentityId, String>, Denied> {
        let mut who: Vec<IdentityId> = rows.iter().map(|(line, ..)| line.fact.actor).collect();
        who.sort_unstable();
        who.dedup();
        let people = self.store().identities(actor.org, &who).await?;
        Ok(people.into_iter().map(|row| (row.id, row.said.name)).collect())
    }
}
