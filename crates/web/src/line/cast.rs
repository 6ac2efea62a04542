//! Names of the people whose lines are shown.

use std::collections::HashMap;

use app::live::Live;
use domain::{ActorClass, GroupId, IdentityId, OrgId};
use engine::Member;
use report::Lang;

use crate::trouble::Trouble;

/// People looked up one by one in memory; more are read from the store together.
const ONE_BY_ONE_MAX: usize = 4;

/// Who is called how.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cast(HashMap<IdentityId, (Box<str>, ActorClass)>);

impl Cast {
    /// Of members.
    pub(crate) fn of(members: impl IntoIterator<Item = Member>) -> Self {
        Self(members.into_iter().map(|one| (one.who, (one.name, one.class))).collect())
    }

    /// Of these people only.
    pub(crate) async fn of_some(
        live: &Live,
        place: (OrgId, GroupId),
        people: impl IntoIterator<Item = IdentityId>,
    ) -> Result<Self, Trouble> {
        let mut wanted: Vec<IdentityId> =
            people.into_iter().filter_map(IdentityId::named).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut members: Vec<Member> = Vec::new();
        if wanted.len() > ONE_BY_ONE_MAX {
            members = live.members(place.0, place.1).await?;
            members.retain(|one| wanted.binary_search(&one.who).is_ok());
        } else {
            for who in &wanted {
                members.extend(live.member(place.0, place.1, *who).await?);
            }
        }
        let mut cast = Self::of(members);
        // People of an imported group are no members of ours: their accounts have the names.
        wanted.retain(|who| cast.bare(*who).is_none_or(str::is_empty));
        for (who, name, class) in live.called(place.0, &wanted).await? {
            let known = cast.0.entry(who).or_default();
            *known = (name.into_boxed_str(), class.unwrap_or(known.1));
        }
        Ok(cast)
    }

    /// The name to show; a nameless person is shown as nameless.
    pub(crate) fn name(&self, who: IdentityId, lang: Lang) -> String {
        match self.0.get(&who) {
            Some((name, _)) if !name.is_empty() => name.to_string(),
            _ if who.named().is_none() => lang.pick("官方", "The house").to_owned(),
            _ => lang.pick("（未留名）", "(no name)").to_owned(),
        }
    }

    /// The bare name, for finding calls.
    pub(crate) fn bare(&self, who: IdentityId) -> Option<&str> {
        self.0.get(&who).map(|(name, _)| &**name)
    }
}
