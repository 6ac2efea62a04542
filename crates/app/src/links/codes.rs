//! What staff do with codes.

use domain::{Actor, GroupId, May};
use serde_json::json;
use store::NewLinkCode;

use crate::console::{About, Console, Denied};
use crate::links::check::{self, Known};
use crate::links::form::CodeForm;
use crate::links::plan::Plan;
use crate::links::view::{CHECK_STEPS, Choices, CodeKind, GroupChoice, StaffChoice};
use crate::wecom::reaches;

impl Console {
    /// What can be chosen in the form of a code.
    pub async fn code_choices(&self, actor: &Actor) -> Result<Choices, Denied> {
        reaches(actor, May::Look)?;
        let store = self.store();
        let mut choices = Choices::default();
        for row in store.wecom_accounts(actor.org).await? {
            if row.gone.is_some() {
                continue;
            }
            let (id, company) = (row.id, row.id.account);
            choices.companies.push((company, row.corp));
            let staff = store.wecom_staff(id).await?;
            let called = |userid: &str| {
                let row = staff.iter().find(|one| one.userid == userid);
                let name = row.map(|row| row.name.trim()).filter(|name| !name.is_empty());
                name.unwrap_or(userid).to_owned()
            };
            let there = staff.iter().filter(|one| one.follows && one.missing.is_none());
            choices.staff.extend(there.map(|one| StaffChoice {
                company,
                userid: one.userid.clone(),
                name: called(&one.userid),
            }));
            let groups = store.wecom_groups(id).await?.into_iter();
            let groups = groups.filter(|one| one.missing.is_none() && one.failure.is_empty());
            choices.groups.extend(groups.map(|one| GroupChoice {
                company,
                name: if one.name.is_empty() { one.chat.clone() } else { one.name },
                chat: one.chat,
                members: one.members.unwrap_or(0),
                owner: called(&one.owner),
            }));
        }
        choices.groups.sort_by(|a, b| (&a.name, &a.chat).cmp(&(&b.name, &b.chat)));
        choices.staff.sort_by(|a, b| (&a.name, &a.userid).cmp(&(&b.name, &b.userid)));
        let codes = store.link_codes(actor.org).await?;
        let open = codes.into_iter().filter(|row| row.closed.is_none());
        choices.codes = open.map(|row| (row.id, Plan::of(&row).kind(), row.said.name)).collect();
        Ok(choices)
    }

    /// Makes a code; its number. What it needs on the platform is made in the background.
    ///
    /// Fields: `kind` `unknown`; `name` `missing`, `too_long`, `taken`; `company` `missing`,
    /// `unknown`; `groups` `missing`, `too_many`, `unknown`, `twice`; `limit` `out_of_range`;
    /// `series` `too_long`; `next_number` `not_a_number`; `spare_staff` `unknown`; `staff`
    /// `missing`, `too_many`, `unknown`, `twice`; `weight` `out_of_range`; `days` `not_days`;
    /// `from`, `to` `not_a_time`; `daily_max` `not_a_number`; `url` `missing`, `not_an_address`,
    /// `too_long`; `leads_to` `unknown`; `rules` `missing`, `too_many`; `to_code`, `otherwise`
    /// `missing`, `unknown`; `device`, `place`, `visit`, `placement` `unknown`.
    pub async fn open_code(&self, actor: &Actor, form: &CodeForm) -> Result<i64, Denied> {
        reaches(actor, May::Keep)?;
        let choices = self.code_choices(actor).await?;
        let company = check::company(form, &choices)?;
        let known = Known { choices: &choices, company, own: None, placements: &[], before: None };
        let (name, plan) = check::checked(form, &known)?;
        self.free_name(actor, (&name, None)).await?;
        let told = json!({ "name": name, "kind": plan.kind().word() });
        let acting =
            self.acting(actor, May::Keep, "code.opened", About { told, ..About::default() })?;
        let new =
            NewLinkCode { kind: plan.kind().word().to_owned(), name, company, body: plan.write() };
        let id = self.store().add_link_code(new, acting).await?;
        self.rerouted(actor).await?;
        Ok(id)
    }

    /// Changes a code; kind and company stay. The next scan goes by it.
    pub async fn change_code(&self, actor: &Actor, id: i64, form: &CodeForm) -> Result<(), Denied> {
        reaches(actor, May::Keep)?;
        let row = self.store().link_code(actor.org, id).await?.ok_or(Denied::Missing)?;
        let before = Plan::of(&row);
        let form = CodeForm { kind: before.kind().word().to_owned(), ..form.clone() };
        let choices = self.code_choices(actor).await?;
        let placements = self.store().link_placements(actor.org).await?;
        let placements: Vec<i64> =
            placements.iter().filter(|one| one.code == id).map(|one| one.id).collect();
        let known = Known {
            choices: &choices,
            company: row.said.company,
            own: Some(id),
            placements: &placements,
            before: Some(&before),
        };
        let (name, plan) = check::checked(&form, &known)?;
        self.free_name(actor, (&name, Some(id))).await?;
        let about = About { told: json!({ "code": id, "name": name }), ..About::default() };
        let acting = self.acting(actor, May::Keep, "code.changed", about)?;
        self.store().change_link_code(id, (&name, &plan.write()), acting).await?;
        self.rerouted(actor).await
    }

    /// Closes a code: whoever scans is told so. What was made on the platform is taken away.
    pub async fn close_code(&self, actor: &Actor, id: i64) -> Result<(), Denied> {
        let acting = self.about_code(actor, "code.closed", id).await?;
        self.store().close_link_code(id, acting).await?;
        self.rerouted(actor).await
    }

    /// Opens a closed code again, with the same addresses.
    pub async fn reopen_code(&self, actor: &Actor, id: i64) -> Result<(), Denied> {
        let acting = self.about_code(actor, "code.reopened", id).await?;
        self.store().reopen_link_code(id, acting).await?;
        self.rerouted(actor).await
    }

    /// Tries at once what the platform refused for a code.
    pub async fn retry_code(&self, actor: &Actor, id: i64) -> Result<(), Denied> {
        reaches(actor, May::Keep)?;
        self.store().link_code(actor.org, id).await?.ok_or(Denied::Missing)?;
        self.store().retry_link_ways(actor.org, id).await?;
        self.stir_links();
        Ok(())
    }

    /// Notes that a step of a group's check-list is done by hand (`step`: `unknown`).
    pub async fn tick_code_check(
        &self,
        actor: &Actor,
        group: GroupId,
        step: &str,
    ) -> Result<(), Denied> {
        reaches(actor, May::Tend)?;
        let rows = self.store().link_checks(actor.org).await?;
        let row = rows.into_iter().find(|row| row.group == group).ok_or(Denied::Missing)?;
        let known = CHECK_STEPS.into_iter().find(|one| *one == step);
        let step = known.ok_or(Denied::field("step", "unknown"))?;
        let mut done: Vec<String> = serde_json::from_str(&row.done).unwrap_or_default();
        if !done.iter().any(|one| one == step) {
            done.push(step.to_owned());
        }
        let told = json!({ "code": row.code, "step": step });
        let about = About { group: Some(group), person: None, told };
        let acting = self.acting(actor, May::Tend, "code.checked", about)?;
        let all = CHECK_STEPS.iter().all(|step| done.iter().any(|one| one == step));
        let done = serde_json::to_string(&done).unwrap_or_default();
        let ended = all.then_some(acting.at);
        self.store().tick_link_check(group, (&done, ended), acting).await?;
        Ok(())
    }

    async fn about_code(
        &self,
        actor: &Actor,
        act: &'static str,
        id: i64,
    ) -> Result<store::Acting, Denied> {
        reaches(actor, May::Keep)?;
        let row = self.store().link_code(actor.org, id).await?.ok_or(Denied::Missing)?;
        let told = json!({ "code": id, "name": row.said.name });
        self.acting(actor, May::Keep, act, About { told, ..About::default() })
    }

    async fn free_name(
        &self,
        actor: &Actor,
        (name, own): (&str, Option<i64>),
    ) -> Result<(), Denied> {
        let all = self.store().link_codes(actor.org).await?;
        let taken = all
            .iter()
            .any(|row| row.said.name == name && Some(row.id) != own && row.closed.is_none());
        if taken { Err(Denied::field("name", "taken")) } else { Ok(()) }
    }

    /// The change is in the table before it is told; the platform follows.
    pub(super) async fn rerouted(&self, actor: &Actor) -> Result<(), Denied> {
        self.reroute(actor.org).await?;
        self.stir_links();
        Ok(())
    }
}

impl CodeKind {
    /// Whether something has to be made on a platform for it.
    pub fn needs_company(self) -> bool {
        matches!(self, Self::Groups | Self::Staff)
    }
}
