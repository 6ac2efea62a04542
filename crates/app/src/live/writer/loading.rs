//! Getting groups into the writer's memory, and what the log knows of keys.

use std::collections::BTreeSet;

use domain::{GroupId, Millis, OrgId};
use store::{Fault, Lease};

use crate::live::book::Holding;
use crate::live::receipt::Refused;
use crate::live::writer::answers::Answers;
use crate::live::writer::{Entry, KnownKeys, Part, Writer};

impl Writer {
    /// Loads the groups of a part that are not in memory; answers the entries of those that
    /// cannot be had.
    pub(super) async fn load(&mut self, org: OrgId, part: &mut Part, answers: &mut Answers) {
        let groups: BTreeSet<GroupId> = {
            let desk = self.desk();
            let groups = part.iter().map(|(_, entry)| entry.group());
            groups.filter(|group| desk.held((org, *group)).is_none()).collect()
        };
        for (group, refused) in self.hold_all(org, groups.into_iter().collect()).await {
            part.retain(|(place, entry)| {
                let is_of = entry.group() == group;
                if is_of {
                    answers.put(*place, Err(refused.clone()));
                }
                !is_of
            });
        }
    }

    /// Makes sure that a group is in memory.
    pub async fn hold(&mut self, place: (OrgId, GroupId)) -> Result<(), Refused> {
        if self.desk().held(place).is_some() {
            return Ok(());
        }
        let refused = self.hold_all(place.0, vec![place.1]).await.pop();
        let busy = |refused: Refused| if refused.is_elsewhere() { Refused::Busy } else { refused };
        refused.map_or(Ok(()), |(_, refused)| Err(busy(refused)))
    }

    /// Loads groups; gives those that cannot be had, and why.
    async fn hold_all(&mut self, org: OrgId, groups: Vec<GroupId>) -> Vec<(GroupId, Refused)> {
        if groups.is_empty() {
            return Vec::new();
        }
        let now = self.clock.now();
        let until = Millis(now.0 + self.settings.lease_ms);
        let lease = Lease { node: self.settings.node.clone(), now, until };
        let holdings = match self.book.hold(org, groups.clone(), lease).await {
            Ok(holdings) => holdings,
            Err(fault) => {
                let refused = Refused::from(fault);
                return groups.into_iter().map(|group| (group, refused.clone())).collect();
            }
        };
        let mut missing = Vec::new();
        for (group, holding) in groups.into_iter().zip(holdings) {
            let refused = match holding {
                Holding::Ours(loaded) => match self.desk().take_in(org, *loaded) {
                    Ok(()) => None,
                    Err(fault) => Some(Refused::from(fault)),
                },
                Holding::Elsewhere => Some(Refused::elsewhere(group)),
                Holding::Missing => Some(Refused::NoSuchGroup),
            };
            match refused {
                // Nobody knows what became of its last commit: watchers and pages look.
                None if self.suspect.remove(&(org, group)) => self.telling.reread((org, group)),
                None => {}
                Some(refused) => {
                    if matches!(refused, Refused::NoSuchGroup) {
                        self.suspect.remove(&(org, group));
                    }
                    missing.push((group, refused));
                }
            }
        }
        missing
    }

    /// Which keys of a batch the log has already.
    pub(super) async fn look_up(
        &mut self,
        org: OrgId,
        entries: &[Entry],
        all: bool,
    ) -> Result<KnownKeys, Fault> {
        let keys = self.desk().unsure(org, entries, all);
        if keys.is_empty() {
            return Ok(KnownKeys::default());
        }
        let places = self.book.known(org, keys.clone()).await?;
        Ok(keys.into_iter().zip(places).filter_map(|(key, place)| Some((key, place?))).collect())
    }

    /// After a bug nothing in memory is trusted: groups are read again when they are needed, those
    /// of the batch in hand at once, because its commit may have gone through.
    pub(super) fn afresh(&mut self, places: impl IntoIterator<Item = (OrgId, GroupId)>, why: &str) {
        self.settings.report.tell(&format!("the writer begins again after {why}"));
        self.desk().clear();
        self.suspect.extend(places);
    }

    pub(super) fn suspect(&mut self, org: OrgId, groups: impl IntoIterator<Item = GroupId>) {
        for group in groups {
            self.desk().forget((org, group));
            self.suspect.insert((org, group));
        }
    }

    /// Reads groups again of whose last commit nobody knows what became; what cannot be read now
    /// is tried again later.
    pub async fn heal(&mut self) {
        let suspects: Vec<_> = self.suspect.iter().copied().collect();
        for place in suspects {
            // Left among the suspects when it fails.
            let _ = self.hold(place).await;
        }
    }
}
