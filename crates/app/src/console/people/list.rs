//! Many people: by filters, a page at a time.

use std::collections::BTreeMap;

use domain::{Actor, ActorClass, GroupId, IdentityId, May, Millis, Scope};
use roaring::RoaringBitmap;
use store::{FaceRow, PeopleQuery, TagRow};

use crate::console::{Console, Denied, allowed, within};

/// People on a page.
const PAGE: u32 = 50;

/// Days that somebody counts as new.
const NEW_DAYS: i64 = 7;

/// Names that a search may find, at most; filters then take from these.
const FOUND_MAX: usize = 500;

/// People in one export, at most.
const EXPORT_MAX: usize = 100_000;

/// People read at once for an export.
const EXPORT_AT_ONCE: u32 = 2_000;

/// What a list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleAsk {
    /// Part of a name, pinyin or initials.
    pub text: String,
    /// In this group now.
    pub group: Option<GroupId>,
    /// With this tag.
    pub tag: Option<i64>,
    /// On the blacklist.
    pub blacklisted: bool,
    /// In at least so many groups.
    pub groups_min: u32,
    /// Came in within 7 days.
    pub newcomers: bool,
    /// Role.
    pub class: Option<ActorClass>,
    /// The page after this person.
    pub before: Option<IdentityId>,
}

/// A page of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeopleList {
    /// Those of the page; groups and tags within the scope.
    pub faces: Vec<FaceRow>,
    /// Where the next page begins, when there is one.
    pub next: Option<IdentityId>,
    /// Names of groups, for the filter and the rows.
    pub groups: BTreeMap<GroupId, String>,
    /// Tags in use, for the filter and to put on.
    pub tags: Vec<TagRow>,
    /// The present.
    pub now: Millis,
}

impl Console {
    /// People of the scope by filters, the latest known first.
    pub async fn people(&self, actor: &Actor, ask: &PeopleAsk) -> Result<PeopleList, Denied> {
        allowed(actor, May::Look)?;
        let mut query = self.people_query(actor, ask).await?;
        query.limit = PAGE + 1;
        let now = query.now;
        let crowd = self.crowd(actor, ask).await?;
        let faces = async { self.among(actor, query, crowd.as_ref()).await };
        let (mut faces, mut tags) = tokio::try_join!(faces, self.tags(actor))?;
        let more = faces.len() > PAGE as usize;
        faces.truncate(PAGE as usize);
        let next = faces.last().filter(|_| more).map(|face| face.lead);
        let mut groups = self.group_names(actor.org).await?;
        groups.retain(|group, _| actor.sees(*group));
        tags.retain(|tag| tag.gone.is_none());
        Ok(PeopleList { faces, next, groups, tags, now })
    }

    /// All people of a list, for an export; whether there are more than it holds.
    pub async fn people_export(
        &self,
        actor: &Actor,
        ask: &PeopleAsk,
    ) -> Result<(Vec<FaceRow>, bool), Denied> {
        allowed(actor, May::Keep)?;
        let mut query = self.people_query(actor, ask).await?;
        query.limit = EXPORT_AT_ONCE;
        let crowd = self.crowd(actor, ask).await?;
        let mut all: Vec<FaceRow> = Vec::new();
        loop {
            let mut some = self.among(actor, query.clone(), crowd.as_ref()).await?;
            let Some(last) = some.last().map(|face| face.lead) else { return Ok((all, false)) };
            all.append(&mut some);
            if all.len() >= EXPORT_MAX {
                return Ok((all, true));
            }
            query.before = Some(last);
        }
    }

    /// Those of whom the list may tell: whom the scope knows, or who is in at least so many of its
    /// groups; `None` where that is everybody, or all of the group that is asked for.
    async fn crowd(&self, actor: &Actor, ask: &PeopleAsk) -> Result<Option<RoaringBitmap>, Denied> {
        match (ask.groups_min, ask.group) {
            (2.., _) => Ok(Some(self.in_groups(actor, ask.groups_min).await?)),
            (_, Some(_)) => Ok(None),
            (_, None) => self.known_to(actor).await,
        }
    }

    /// Those of a crowd whom a query finds: the crowd is asked for in parts that grow, so that a
    /// page is there at once and nobody is left out by filters that few pass.
    async fn among(
        &self,
        actor: &Actor,
        query: PeopleQuery,
        crowd: Option<&RoaringBitmap>,
    ) -> Result<Vec<FaceRow>, Denied> {
        let Some(crowd) = crowd else { return Ok(self.store().people(actor.org, query).await?) };
        let mut crowd = crowd.clone();
        if let Some(of) = &query.of {
            crowd &= of.iter().map(|who| who.0).collect::<RoaringBitmap>();
        }
        if let Some(before) = query.before {
            crowd.remove_range(before.0..);
        }
        let mut waiting = crowd.iter().rev().map(IdentityId);
        let (mut found, mut part) = (Vec::new(), query.limit as usize);
        while found.len() < query.limit as usize {
            let of: Vec<IdentityId> = waiting.by_ref().take(part).collect();
            if of.is_empty() {
                break;
            }
            let more = PeopleQuery { of: Some(of), ..query.clone() };
            found.append(&mut self.store().people(actor.org, more).await?);
            part *= 8;
        }
        found.truncate(query.limit as usize);
        Ok(found)
    }

    async fn people_query(&self, actor: &Actor, ask: &PeopleAsk) -> Result<PeopleQuery, Denied> {
        if let Some(group) = ask.group {
            within(actor, group)?;
        }
        let now = self.now();
        let text: String = ask.text.trim().to_owned();
        let of = if text.is_empty() {
            None
        } else {
            Some(self.people_named(actor, &text, FOUND_MAX).await?)
        };
        Ok(PeopleQuery {
            text: String::new(),
            of,
            group: ask.group,
            tag: ask.tag,
            blacklisted: ask.blacklisted,
            joined_since: ask.newcomers.then_some(Millis(now.0 - NEW_DAYS * Millis::DAY)),
            class: ask.class.map(|class| class as u8),
            scope: match &actor.scope {
                Scope::All => None,
                Scope::Groups(groups) => Some(groups.iter().copied().collect()),
            },
            before: ask.before,
            limit: 0,
            now,
        })
    }
}
