//! Groups that the platform made for a code because all others were full (A10, B06).
//!
//! The platform does not say for which code it made a group: it is known by the word that people
//! in it came with, or by its name and owner.

use chat::wecom::calls::groups::Group;
use domain::{GroupId, StaffId};
use engine::links::{Chain, Link, fits, next_number, series_name};
use serde_json::json;
use store::{Acting, LinkCheckRow, LinkCodeRow, WecomId};

use crate::console::{Console, Denied};
use crate::links::ground::Ground;
use crate::links::plan::{Plan, Series};
use crate::wecom::GROUP_MAX;

impl Console {
    /// A group that was founded after its company was connected was read: when it belongs to a
    /// code it is put behind the others, with the settings of the last one, and its check-list
    /// begins.
    pub(crate) async fn group_found(
        &self,
        id: WecomId,
        (group, told): (GroupId, &Group),
    ) -> Result<(), Denied> {
        let codes = self.store().link_codes(id.org).await?;
        let ours = |row: &&LinkCodeRow| {
            row.said.company == Some(id.account) && row.closed.is_none() && told.created >= row.made
        };
        if codes.iter().filter(ours).all(|row| series(&Plan::of(row)).is_none()) {
            return Ok(());
        }
        let known = self.store().link_checks(id.org).await?;
        if known.iter().any(|row| row.group == group) {
            return Ok(());
        }
        let ground = self.link_ground(id.org).await?;
        for (row, plan) in ground.codes.values().filter(|(row, _)| ours(&row)) {
            let Some((chain, series)) = series(plan) else { continue };
            if chain.links.iter().any(|link| link.chat == told.chat_id)
                || !belongs(&ground, (row, chain, series), told)
            {
                continue;
            }
            let names =
                chain.links.iter().map(|link| ground.group_name(row.said.company, &link.chat));
            let names: Vec<String> = names.collect();
            let number = fits(&series.name, &told.name)
                .unwrap_or_else(|| next_number(&series.name, names.iter().map(String::as_str)));
            let wanted = series_name(&series.name, number);
            return self.grow((id, group), (row, plan), (told, wanted)).await;
        }
        Ok(())
    }

    async fn grow(
        &self,
        (id, group): (WecomId, GroupId),
        (row, plan): (&LinkCodeRow, &Plan),
        (told, wanted): (&Group, String),
    ) -> Result<(), Denied> {
        let mut plan = plan.clone();
        let Plan::Groups { chain, .. } = &mut plan else { return Ok(()) };
        let last = chain.links.iter().rev().find(|link| !link.is_spare);
        let limit = last.map_or(GROUP_MAX, |link| link.limit);
        chain.links.push(Link { chat: told.chat_id.clone(), limit, is_spare: false });
        let now = self.now();
        let acting = Acting {
            org: id.org,
            staff: StaffId::NOBODY,
            at: now,
            act: "code.grew",
            group: Some(group),
            person: None,
            about: json!({ "code": row.id, "name": row.said.name }).to_string(),
        };
        self.store().change_link_code(row.id, (&row.said.name, &plan.write()), acting).await?;
        let check = LinkCheckRow {
            group,
            code: row.id,
            wanted,
            done: "[]".to_owned(),
            made: now,
            ended: None,
        };
        self.store().add_link_check(id.org, &check).await?;
        self.stir_links();
        Ok(())
    }
}

fn series(plan: &Plan) -> Option<(&Chain, &Series)> {
    match plan {
        Plan::Groups { chain, series: Some(series), .. } => Some((chain, series)),
        _ => None,
    }
}

/// Whether people came into it by the code, or it is called as the next one and led as another.
fn belongs(
    ground: &Ground,
    (row, chain, series): (&LinkCodeRow, &Chain, &Series),
    told: &Group,
) -> bool {
    let leads = |placement: &&store::LinkPlacementRow| {
        let plan = ground.codes.get(&placement.code).map(|(_, plan)| plan);
        plan.is_some_and(|plan| plan.through(placement.code).contains(&row.id))
    };
    let states = told.members.iter().filter_map(|one| one.state.as_deref());
    let by_code = |state: &str| ground.placements.iter().filter(leads).any(|one| one.slug == state);
    let led = chain.links.iter().any(|link| {
        ground.group(row.said.company, &link.chat).is_some_and(|one| one.owner == told.owner)
    });
    states.into_iter().any(by_code) || led && fits(&series.name, &told.name).is_some()
}
