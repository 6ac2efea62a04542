//! What Today looks at of companies on WeCom: each table in one statement, whatever the number of
//! groups; nothing where no company is connected.

use std::collections::{BTreeMap, HashMap};

use chat::wecom::{Asked, Next, Refusal};
use domain::{Actor, GroupId, May, Millis, StaffId};
use insights::Span;
use store::{PersonIn, WecomGlance, WecomId};

use crate::console::today::row::{NoCards, RefusedCalls};
use crate::console::{Console, Denied};
use crate::links::LinkAlarm;
use crate::wecom::{Leaders, OwnerlessWhy, PACE_DAYS, holds, is_passing, lack_word};

/// How full a customer group is before it is told of, in percent of its limit.
pub(crate) const FULL_PERCENT: u32 = 80;

/// Days with which yesterday and today are compared, at most.
const USUAL_DAYS: i32 = 28;

/// A call that failed longer ago says nothing of today.
const FAILING_FOR_MS: i64 = 2 * Millis::DAY;

/// People who came and went in a group: of late, and on the days before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Came {
    /// Joins and leaves, yesterday and today.
    pub(crate) late: [u32; 2],
    /// On the days before.
    pub(crate) before: [u32; 2],
    /// How many days before are known.
    pub(crate) days: u32,
}

/// An owner of groups who does not lead them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Absent {
    pub(crate) account: i64,
    pub(crate) userid: String,
    pub(crate) name: String,
    pub(crate) why: OwnerlessWhy,
    pub(crate) groups: Vec<GroupId>,
}

/// What is known of companies on WeCom.
#[derive(Debug, Default)]
pub(crate) struct CompanyGround {
    /// Groups at 80 % of their limit or more, and who came of late and is in.
    pub(crate) full: Vec<(WecomGlance, u32)>,
    pub(crate) flows: HashMap<GroupId, Came>,
    pub(crate) absent: Vec<Absent>,
    /// Newcomers by the platform's time.
    pub(crate) newcomers: Vec<PersonIn>,
    /// What the platform refuses, and since when; only for who sees companies.
    pub(crate) refused: Vec<(RefusedCalls, Millis)>,
    /// To whom no card can go, and since when.
    pub(crate) no_cards: Vec<(NoCards, Millis)>,
    /// What of live codes wants somebody's eye; only for who sees all groups.
    pub(crate) codes: Vec<LinkAlarm>,
}

impl CompanyGround {
    /// Leaves nothing outside the scope.
    pub(super) fn cut(&mut self, sees: impl Fn(GroupId) -> bool) {
        self.full.retain(|(one, _)| sees(one.group));
        self.newcomers.retain(|one| sees(one.group));
        for one in &mut self.absent {
            one.groups.retain(|group| sees(*group));
        }
        self.absent.retain(|one| !one.groups.is_empty());
    }
}

impl Console {
    /// Reads it for who looks; somebody is new since `since`.
    pub(super) async fn company_ground(
        &self,
        actor: &Actor,
        since: Millis,
    ) -> Result<CompanyGround, Denied> {
        let (store, org) = (self.store(), actor.org);
        let groups = store.wecom_glance(org).await?;
        let mut ground = CompanyGround::default();
        if actor.sees_all() {
            ground.codes = self.link_alarms(actor).await?;
        }
        let sees = actor.may(May::Lead) && actor.sees_all();
        if sees {
            ground.refused = self.refused_calls(actor).await?;
            ground.no_cards = self.without_cards(actor).await?;
        }
        if groups.is_empty() {
            return Ok(ground);
        }
        ground.newcomers = store.wecom_newcomers(org, since).await?;
        ground.flows = self.flows(actor, &groups).await?;
        ground.absent = self.absent_owners(actor, &groups).await?;
        ground.full = self.filling(actor, groups).await?;
        Ok(ground)
    }

    async fn filling(
        &self,
        actor: &Actor,
        groups: Vec<WecomGlance>,
    ) -> Result<Vec<(WecomGlance, u32)>, Denied> {
        let is_full = |one: &WecomGlance| one.members * 100 >= holds(one) * FULL_PERCENT;
        let full: Vec<WecomGlance> = groups.into_iter().filter(is_full).collect();
        if full.is_empty() {
            return Ok(Vec::new());
        }
        let chats: Vec<(i64, String)> =
            full.iter().map(|one| (one.account, one.chat.clone())).collect();
        let since = Millis(self.now().0 - PACE_DAYS * Millis::DAY);
        let came = self.store().wecom_came(actor.org, since, &chats).await?;
        let came: HashMap<(i64, String), u32> =
            came.into_iter().map(|(account, chat, count)| ((account, chat), count)).collect();
        let of = |one: &WecomGlance| came.get(&(one.account, one.chat.clone())).copied();
        Ok(full
            .into_iter()
            .map(|one| (of(&one).unwrap_or(0), one))
            .map(|(n, one)| (one, n))
            .collect())
    }

    /// Who came and went, by the days of the organisation's zone.
    async fn flows(
        &self,
        actor: &Actor,
        groups: &[WecomGlance],
    ) -> Result<HashMap<GroupId, Came>, Denied> {
        let zone = self.zone(actor.org).await?;
        let today = zone.local(self.now()).day;
        let late = Span { from: today.plus(-1), to: today };
        let before = Span { from: today.plus(-1 - USUAL_DAYS), to: today.plus(-2) };
        let (late, before) = tokio::try_join!(self.sums(actor, late), self.sums(actor, before))?;
        let mut flows: HashMap<GroupId, Came> = HashMap::new();
        for one in groups {
            // The day on which it was first read is known in part.
            let first = one.since.map(|at| zone.local(at).day.plus(1));
            let known = first.map_or(0, |first| today.plus(-1).since(first).clamp(0, USUAL_DAYS));
            let days = u32::try_from(known).unwrap_or(0);
            flows.insert(one.group, Came { days, ..Came::default() });
        }
        let count = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        for (group, sums) in late {
            if let Some(flow) = flows.get_mut(&group) {
                flow.late = [count(sums.joins), count(sums.leaves)];
            }
        }
        for (group, sums) in before {
            if let Some(flow) = flows.get_mut(&group) {
                flow.before = [count(sums.joins), count(sums.leaves)];
            }
        }
        Ok(flows)
    }

    async fn absent_owners(
        &self,
        actor: &Actor,
        groups: &[WecomGlance],
    ) -> Result<Vec<Absent>, Denied> {
        let mut by_account: BTreeMap<i64, Vec<&WecomGlance>> = BTreeMap::new();
        for one in groups {
            by_account.entry(one.account).or_default().push(one);
        }
        let mut absent = Vec::new();
        for (account, groups) in by_account {
            let staff = self.store().wecom_staff(WecomId { org: actor.org, account }).await?;
            let leaders = Leaders::of(&staff);
            let mut of_owner: BTreeMap<(&str, u8), Absent> = BTreeMap::new();
            for one in groups {
                let Some(why) = leaders.why(one.status, &one.owner) else { continue };
                let name = leaders.one(&one.owner).map(|row| row.name.clone());
                let name = name.filter(|name| !name.is_empty());
                let entry = of_owner.entry((&one.owner, why as u8)).or_insert_with(|| Absent {
                    account,
                    userid: one.owner.clone(),
                    name: name.unwrap_or_else(|| one.owner.clone()),
                    why,
                    groups: Vec::new(),
                });
                entry.groups.push(one.group);
            }
            absent.extend(of_owner.into_values());
        }
        Ok(absent)
    }

    /// What somebody has to set right on the platform, each thing of a company once.
    async fn refused_calls(&self, actor: &Actor) -> Result<Vec<(RefusedCalls, Millis)>, Denied> {
        let mut all = Vec::new();
        let rows = self.store().wecom_accounts(actor.org).await?;
        for row in rows.into_iter().filter(|row| row.gone.is_none()) {
            let mut of: BTreeMap<&'static str, (String, Millis)> = BTreeMap::new();
            for pull in self.store().wecom_pulls(row.id).await? {
                if pull.ended.is_some() || pull.failure.is_empty() || is_passing(&pull.failure) {
                    continue;
                }
                let Some((word, said)) = pull.failure.split_once('|') else { continue };
                let Some(word) = LACKS.into_iter().find(|one| *one == word) else { continue };
                of.entry(word).or_insert((said.to_owned(), pull.moved));
            }
            let since = Millis(self.now().0 - FAILING_FOR_MS);
            for call in self.store().wecom_failing(row.id, since).await? {
                let refusal = Refusal::Code { code: call.code, words: call.words };
                let asked = if call.call == TOKEN_CALL { Asked::Token } else { Asked::Business };
                let Next::Tell(lack) = refusal.next(asked) else { continue };
                let said = refusal.to_string();
                of.entry(lack_word(lack)).or_insert((said, call.at));
            }
            let account = row.id.account;
            all.extend(
                of.into_iter().map(|(word, (said, at))| (RefusedCalls { account, word, said }, at)),
            );
        }
        Ok(all)
    }

    /// Staff for whom the platform took no card.
    async fn without_cards(&self, actor: &Actor) -> Result<Vec<(NoCards, Millis)>, Denied> {
        let staff = self.store().staff_titles(actor.org).await?;
        let name = |who: StaffId| {
            let one = staff.iter().find(|one| one.staff == who && one.active)?;
            Some(one.name.clone())
        };
        let seats = self.store().wecom_seats(actor.org).await?.into_iter();
        let without = seats.filter_map(|row| {
            let ((at, _), name) = (row.refused?, name(row.seat.staff)?);
            let (staff, userid) = (row.seat.staff, row.seat.userid);
            Some((NoCards { staff, name, userid }, at))
        });
        Ok(without.collect())
    }
}

/// Words of what somebody has to set right.
const LACKS: [&str; 6] = ["company", "secret", "permission", "withdrawn", "disabled", "address"];

/// The call that asks for a token.
const TOKEN_CALL: &str = "/cgi-bin/gettoken";
