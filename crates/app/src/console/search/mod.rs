//! Finding groups and people by letters, pinyin and initials; messages, notes and tags by words.
//!
//! Reading order: `letters` (how names sound), `book` (names in memory), `names` (the books of an
//! organisation), `begun` (how far back one looks), then the use cases here.
//!
//! Invariant: a scope hides groups, people who are in none of its groups, and what was said
//! elsewhere; how much is looked through is bounded, and how far back is said.

mod begun;
mod book;
mod letters;
mod names;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use domain::{Actor, GroupId, IdentityId, May, Millis, OrgId, Seq};
use rustc_hash::FxHashMap;
use store::{NoteSaid, Phrase, TagNamed};

use crate::console::{Console, Denied, allowed, within};

pub(crate) use begun::Begun;
pub(crate) use names::Names;

/// Letters of a query, at most.
pub const ASKED_MAX: usize = 100;

/// People looked at for a scope that hides most of them, at most.
const HITS_MAX: usize = 2_000;

/// Messages looked through over all groups, at most.
const ALL_MESSAGES: i64 = 20_000;

/// Messages looked through in one group, at most.
const GROUP_MESSAGES: i64 = 200_000;

/// What was found by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Groups: number and name, the best fit first.
    pub groups: Vec<(GroupId, String)>,
    /// People, the best fit first.
    pub people: Vec<FoundPerson>,
    /// Tags of people.
    pub tags: Vec<TagNamed>,
}

/// Somebody found by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPerson {
    /// The person.
    pub person: IdentityId,
    /// The name that was found.
    pub name: String,
    /// The groups of the scope in which this person is or was.
    pub groups: Vec<(GroupId, String)>,
}

/// What was found in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Messages, the newest first.
    pub messages: Vec<Phrase>,
    /// Notes about people, the newest first.
    pub notes: Vec<NoteSaid>,
    /// Names of the people and groups above.
    pub people: FxHashMap<IdentityId, String>,
    /// Names of the groups of these messages.
    pub groups: FxHashMap<GroupId, String>,
    /// Messages of all groups were looked through back to this moment; `None`: all there are.
    pub back_to: Option<Millis>,
}

impl Console {
    /// Groups, people and tags whose names fit, at most so many of each.
    pub async fn search(&self, actor: &Actor, text: &str, limit: usize) -> Result<Found, Denied> {
        allowed(actor, May::Look)?;
        let asked = asked(text);
        if asked.is_empty() {
            return Ok(Found::default());
        }
        let (store, org) = (self.store(), actor.org);
        let books = self.inner.names.of(store, org, self.now()).await?;
        let reach = if actor.sees_all() { limit } else { HITS_MAX };
        let mut groups = books.groups.find(&asked, reach);
        groups.retain(|group| actor.sees(GroupId(*group)));
        groups.truncate(limit);
        // Merged identities count once: some more are looked at.
        let enough = limit * 2;
        let reach = if actor.sees_all() { enough } else { HITS_MAX };
        let hits = books.people.find(&asked, reach);
        let hits = hits.into_iter().filter_map(|id| u32::try_from(id).ok().map(IdentityId));
        let known = self.accounts_known_to(actor).await?;
        let hits = hits.filter(|who| known.as_ref().is_none_or(|known| known.contains(who.0)));
        let hits = hits.take(enough).collect();
        let (people, tags) =
            tokio::try_join!(self.people_found(actor, (hits, &books.named), limit), async {
                Ok(store.tags_named(org, &asked, u32::try_from(limit).unwrap_or(0)).await?)
            },)?;
        let groups = groups.into_iter().map(GroupId);
        let groups = groups.filter_map(|id| Some((id, books.named.get(&id)?.clone()))).collect();
        Ok(Found { groups, people, tags })
    }

    /// People whose names fit, whoever sees them; at most `limit` accounts are looked at.
    pub(in crate::console) async fn people_named(
        &self,
        actor: &Actor,
        text: &str,
        limit: usize,
    ) -> Result<Vec<IdentityId>, Denied> {
        let (store, org) = (self.store(), actor.org);
        let books = self.inner.names.of(store, org, self.now()).await?;
        let reach = if actor.sees_all() { limit } else { HITS_MAX };
        let hits = books.people.find(&asked(text), reach).into_iter();
        let hits: Vec<_> = hits.filter_map(|id| u32::try_from(id).ok().map(IdentityId)).collect();
        let leads: FxHashMap<_, _> = store.persons_of(org, &hits).await?.into_iter().collect();
        let mut people: Vec<IdentityId> =
            hits.into_iter().map(|who| leads.get(&who).copied().unwrap_or(who)).collect();
        people.sort_unstable();
        people.dedup();
        Ok(people)
    }

    /// Messages (of one group, or of all) and notes that hold the words.
    pub async fn search_said(
        &self,
        actor: &Actor,
        text: &str,
        group: Option<GroupId>,
        limit: usize,
    ) -> Result<Said, Denied> {
        allowed(actor, May::Look)?;
        if let Some(group) = group {
            within(actor, group)?;
        }
        let text: String = text.trim().chars().take(ASKED_MAX).collect();
        if text.is_empty() {
            return Ok(Said::default());
        }
        let (store, org) = (self.store(), actor.org);
        let looks = self.looks(actor, group).await?;
        let rows = u32::try_from(limit).unwrap_or(u32::MAX);
        let notes = async {
            match group {
                None => store.notes_saying(org, &text, rows).await,
                Some(_) => Ok(Vec::new()),
            }
        };
        // Both halves at once.
        let (some, others) = looks.split_at(looks.len().div_ceil(2));
        let bounded: Vec<_> = looks.iter().filter(|(_, low)| low.0 > 1).copied().collect();
        let (mut messages, more, mut notes) = tokio::try_join!(
            store.phrases(org, some, &text, rows),
            store.phrases(org, others, &text, rows),
            notes
        )?;
        messages.extend(more);
        messages.sort_by_key(|one| (Reverse(one.at), one.group, Reverse(one.seq)));
        messages.truncate(limit);
        if !actor.sees_all() {
            let about: Vec<IdentityId> = notes.iter().map(|note| note.who).collect();
            let places = store.groups_of(org, &about).await?;
            let seen = |who| places.iter().any(|(id, group)| *id == who && actor.sees(*group));
            notes.retain(|note| seen(note.who));
        }
        let mut who: Vec<IdentityId> = messages.iter().map(|message| message.who).collect();
        who.extend(notes.iter().map(|note| note.who));
        who.sort_unstable();
        who.dedup();
        let people = store.identities(org, &who).await?;
        let people = people.into_iter().map(|row| (row.id, row.said.name)).collect();
        let books = self.inner.names.of(store, org, self.now()).await?;
        let named = |group: GroupId| Some((group, books.named.get(&group)?.clone()));
        let groups = messages.iter().filter_map(|message| named(message.group)).collect();
        let back_to = self.inner.begun.latest(store, org, &bounded).await?;
        Ok(Said { messages, notes, people, groups, back_to })
    }

    /// Reads the names of an organisation before somebody asks for them.
    pub(in crate::console) async fn warm_names(&self, org: OrgId) -> Result<(), Denied> {
        self.inner.names.of(self.store(), org, self.now()).await?;
        Ok(())
    }

    /// All names are read anew, from now on: an import came or went.
    pub(in crate::console) fn renew_names(&self, org: OrgId) {
        self.inner.names.forget(org);
        let console = self.clone();
        tokio::spawn(async move {
            // What cannot be read now is read when it is asked for.
            let _ = console.warm_names(org).await;
        });
    }

    /// From which place on each group is looked through, the liveliest first.
    async fn looks(
        &self,
        actor: &Actor,
        group: Option<GroupId>,
    ) -> Result<Vec<(GroupId, Seq)>, Denied> {
        let (mut tails, standings) = tokio::try_join!(
            async { Ok(self.store().tails(actor.org).await?) },
            self.standings(actor)
        )?;
        tails.retain(|(of, _)| group.is_none_or(|only| only == *of) && actor.sees(*of));
        let last: FxHashMap<_, _> = standings.iter().map(|one| (one.group, one.last)).collect();
        tails.sort_by_key(|(group, _)| Reverse(last.get(group).copied().flatten()));
        let each = match group {
            Some(_) => GROUP_MESSAGES,
            None => ALL_MESSAGES / i64::try_from(tails.len().max(1)).unwrap_or(1),
        };
        let looks = tails.iter().map(|(group, last)| (*group, Seq((last.0 - each + 1).max(1))));
        Ok(looks.collect())
    }

    async fn people_found(
        &self,
        actor: &Actor,
        (hits, groups): (Vec<IdentityId>, &BTreeMap<GroupId, String>),
        limit: usize,
    ) -> Result<Vec<FoundPerson>, Denied> {
        let (store, org) = (self.store(), actor.org);
        let places = store.groups_of(org, &hits).await?;
        let mut at: FxHashMap<IdentityId, Vec<GroupId>> = FxHashMap::default();
        for (who, group) in places.into_iter().filter(|(_, group)| actor.sees(*group)) {
            at.entry(who).or_default().push(group);
        }
        let mut seen = hits;
        seen.retain(|who| actor.sees_all() || at.contains_key(who));
        let leads: FxHashMap<_, _> = store.persons_of(org, &seen).await?.into_iter().collect();
        let names = store.identities(org, &seen).await?;
        let names: FxHashMap<_, _> = names.into_iter().map(|row| (row.id, row.said.name)).collect();
        let mut people: Vec<FoundPerson> = Vec::new();
        for who in seen {
            let person = leads.get(&who).copied().unwrap_or(who);
            let own = at.remove(&who).unwrap_or_default();
            let own = own.into_iter().filter_map(|id| Some((id, groups.get(&id)?.clone())));
            if let Some(known) = people.iter_mut().find(|known| known.person == person) {
                known.groups.extend(own);
            } else if people.len() < limit {
                let name = names.get(&who).cloned().unwrap_or_default();
                people.push(FoundPerson { person, name, groups: own.collect() });
            }
        }
        Ok(people)
    }

    /// Names of all groups of an organisation.
    pub(in crate::console) async fn group_names(
        &self,
        org: OrgId,
    ) -> Result<BTreeMap<GroupId, String>, Denied> {
        Ok(self.inner.names.of(self.store(), org, self.now()).await?.named.clone())
    }
}

/// A query as names are compared.
fn asked(text: &str) -> String {
    letters::plain(&text.chars().take(ASKED_MAX).collect::<String>())
}
