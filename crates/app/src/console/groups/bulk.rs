//! Changing many groups at once: say what would happen, do it, take it back.
//!
//! Invariant: what is outside the scope is counted and left alone; a change is one transaction.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use domain::{Actor, GroupId, May, Millis, StaffId};
use rustc_hash::FxHasher;
use serde_json::json;
use store::{CardChange, CardRow, TakenBack};

use crate::console::groups::kinds::GroupKind;
use crate::console::groups::list::Wanted;
use crate::console::groups::page::TAGS_MAX;
use crate::console::{About, Console, Denied, allowed};

/// Groups changed at once, at most.
const GROUPS_MAX: usize = 20_000;

/// Letters in a tag, at most.
const TAG_CHARS_MAX: usize = 20;

/// Which groups, and what is to become of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkAsked {
    /// All that the filter finds, or these.
    pub which: Result<Box<Wanted>, Vec<GroupId>>,
    /// What is to become of them; only kind, owner, back-up and tags are looked at.
    pub change: CardChange,
    /// What the preview was ([`BulkPreview::mark`]): where it would be another one now, nothing is
    /// done ([`Denied::Changed`]). `None`: do it as it stands.
    pub seen: Option<u64>,
}

/// What a bulk change would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BulkPreview {
    /// Groups that would change.
    pub changes: Vec<GroupId>,
    /// Groups that are so already.
    pub same: usize,
    /// Groups outside the scope, or that do not exist.
    pub outside: usize,
    /// Each group that would change: its card now, and then.
    pub turns: Vec<(CardRow, CardRow)>,
    /// Groups that stay as they are because they would have too many tags.
    pub crowded: Vec<GroupId>,
    /// Tells this preview from any other.
    pub mark: u64,
}

impl Console {
    /// What a bulk change would do.
    pub async fn bulk_preview(
        &self,
        actor: &Actor,
        asked: &BulkAsked,
    ) -> Result<BulkPreview, Denied> {
        allowed(actor, May::Keep)?;
        self.check(actor, &asked.change).await?;
        let wanted = match &asked.which {
            Ok(wanted) => (**wanted).clone(),
            Err(_) => Wanted::default(),
        };
        let found: Vec<GroupId> = self
            .groups(actor, &wanted)
            .await?
            .lines
            .iter()
            .map(|line| line.standing.group)
            .collect();
        let (picked, outside) = match &asked.which {
            Ok(_) => (found, 0),
            Err(groups) => {
                let mut groups = groups.clone();
                groups.sort_unstable();
                groups.dedup();
                let all = groups.len();
                groups.retain(|group| found.contains(group));
                let outside = all - groups.len();
                (groups, outside)
            }
        };
        if picked.len() > GROUPS_MAX {
            return Err(Denied::field("groups", "too_many"));
        }
        let cards = self.store().cards(actor.org).await?;
        let cards: BTreeMap<_, _> = cards.into_iter().map(|card| (card.group, card)).collect();
        Ok(turned(&cards, &picked, (&asked.change, self.now()), outside))
    }

    /// Does a bulk change in one transaction: its number, to take it back, and how many groups
    /// are other ones now; `None` when nothing would change.
    pub async fn bulk_change(
        &self,
        actor: &Actor,
        asked: &BulkAsked,
    ) -> Result<Option<(i64, usize)>, Denied> {
        let preview = self.bulk_preview(actor, asked).await?;
        if asked.seen.is_some_and(|seen| seen != preview.mark) {
            return Err(Denied::Changed);
        }
        let change = &asked.change;
        let told = json!({
            "groups": preview.changes.len(), "kind": change.kind,
            "owner": change.owner, "backup": change.backup,
            "add": change.add, "remove": change.remove,
        });
        let about = About { told, ..About::default() };
        let acting = self.acting(actor, May::Keep, "groups.changed", about)?;
        Ok(self.store().change_cards(acting, preview.changes, change.clone()).await?)
    }

    /// Takes a bulk change back: cards that somebody changed since stay as they are. Only who
    /// made it or who leads may, and only where all its groups lie in the scope.
    pub async fn bulk_undo(&self, actor: &Actor, id: i64) -> Result<TakenBack, Denied> {
        allowed(actor, May::Keep)?;
        let bulk = self.store().bulk_change(actor.org, id).await?.ok_or(Denied::Missing)?;
        let own = bulk.staff == actor.staff || actor.may(May::Lead);
        if !own || !bulk.groups.iter().all(|group| actor.sees(*group)) {
            return Err(Denied::Missing);
        }
        let about = About { told: json!({ "bulk": id }), ..About::default() };
        let acting = self.acting(actor, May::Keep, "groups.change_undone", about)?;
        self.store().take_back(acting, id).await?.ok_or(Denied::Changed)
    }

    /// What is wrong with a change.
    pub(crate) async fn check(&self, actor: &Actor, change: &CardChange) -> Result<(), Denied> {
        let kind = change.kind.as_deref().unwrap_or_default();
        if !kind.is_empty() && GroupKind::from_word(kind).is_none() {
            return Err(Denied::field("kind", "unknown"));
        }
        let staff = self.keeper_names(actor).await?;
        let known = |who: Option<StaffId>| {
            who.is_none_or(|who| who == StaffId::NOBODY || staff.contains_key(&who))
        };
        if !known(change.owner) {
            return Err(Denied::field("owner", "unknown"));
        }
        if !known(change.backup) {
            return Err(Denied::field("backup", "unknown"));
        }
        let both = change.owner.filter(|who| *who != StaffId::NOBODY);
        if both.is_some() && both == change.backup {
            return Err(Denied::field("backup", "same"));
        }
        let long = |tag: &String| tag.is_empty() || tag.chars().count() > TAG_CHARS_MAX;
        if change.add.iter().any(long) {
            return Err(Denied::field("tags", "too_long"));
        }
        Ok(())
    }
}

/// What a change would make of these groups.
fn turned(
    cards: &BTreeMap<GroupId, CardRow>,
    picked: &[GroupId],
    (change, now): (&CardChange, Millis),
    outside: usize,
) -> BulkPreview {
    let mut preview = BulkPreview { outside, ..BulkPreview::default() };
    let mut hasher = FxHasher::default();
    for group in picked {
        let before = cards.get(group).cloned().unwrap_or_else(|| CardRow::empty(*group));
        let after = before.changed_by(change, now);
        if after == before {
            preview.same += 1;
        } else if after.tags.len() > TAGS_MAX.max(before.tags.len()) {
            preview.crowded.push(*group);
        } else {
            let said = |card: &CardRow| {
                (card.kind.clone(), card.owner.0, card.backup.0, card.tags.clone())
            };
            (group.0, said(&before), said(&after)).hash(&mut hasher);
            preview.changes.push(*group);
            preview.turns.push((before, after));
        }
    }
    preview.mark = hasher.finish();
    preview
}
