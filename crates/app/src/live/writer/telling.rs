//! Telling of commits: watchers, pages and the outbox. Timers are looked at every tick.
//!
//! Invariant: called only after the commit; whoever began to watch between the decision and the
//! commit is told of a gap.

use std::sync::Arc;

use domain::{GroupId, OrgId, Seq};
use rustc_hash::FxHashMap;
use store::{GroupWrite, LiveWrite};
use tokio::sync::Notify;

use crate::live::line::Line;
use crate::live::project::Tails;
use crate::live::watch::Hub;
use crate::live::writer::draft::Kept;

/// Everybody who is told of commits.
#[derive(Clone, Debug, Default)]
pub struct Telling {
    pub(crate) hub: Hub,
    pub(crate) tails: Arc<Tails>,
    pub(crate) outbox: Arc<Notify>,
}

/// Lines of a write, made before the store takes it.
pub(super) type Lines = FxHashMap<GroupId, Vec<Arc<Line>>>;

impl Telling {
    /// Lines for the groups that are watched now.
    pub(super) fn lines(&self, write: &LiveWrite) -> Lines {
        let watched = write.groups.iter().filter(|group| {
            !group.facts.is_empty() && self.hub.is_watched((write.org, group.group))
        });
        watched.map(|group| (group.group, lines(group))).collect()
    }

    /// Tells of a commit.
    pub(super) fn committed(&self, org: OrgId, kept: &[(GroupId, Kept)], mut lines: Lines) {
        let mut outbox = false;
        for (group, kept) in kept {
            if !kept.facts.is_empty() {
                match lines.remove(group) {
                    Some(lines) => self.hub.tell((org, *group), lines),
                    None => self.hub.gap((org, *group)),
                }
            }
            self.tails.note((org, *group), kept.first, &kept.facts);
            outbox |= kept.has_errands;
        }
        if outbox {
            self.outbox.notify_waiters();
        }
    }

    /// A group was read again: its log may hold more than was told.
    pub(super) fn reread(&self, place: (OrgId, GroupId)) {
        self.hub.gap(place);
        self.tails.reread(place);
        self.outbox.notify_waiters();
    }
}

fn lines(group: &GroupWrite) -> Vec<Arc<Line>> {
    let places = group.expected.0..;
    let line = |(seq, new): (i64, &store::NewFact)| {
        Arc::new(Line { seq: Seq(seq), fact: new.fact, words: new.words.clone() })
    };
    places.zip(&group.facts).map(line).collect()
}
