//! Codes as pages show them, from the ground that they stand on.

use std::collections::BTreeMap;

use domain::{Actor, Day, May, Millis, OrgId};
use engine::links::{Chain, Clock, Link, LinkNow, Seat, Skip};
use store::{LinkCheckRow, LinkCodeRow, LinkScanned, LinkWayRow};

use crate::console::{Console, Denied};
use crate::links::ground::Ground;
use crate::links::plan::Plan;
use crate::links::view::{
    CHECK_STEPS, CheckRow, CodeLine, CodeState, CodeView, PlacementView, Spend, TargetNow,
    TargetView, WayState, WayView,
};
use crate::wecom::reaches;

/// Less room than this in all groups together is near the end.
const NEAR_END: u32 = 30;

/// Scans of placements: today, in seven days, in all.
struct Scanned {
    today: BTreeMap<i64, u64>,
    week: BTreeMap<i64, u64>,
    ever: BTreeMap<i64, LinkScanned>,
}

impl Console {
    /// All codes: open ones first, then the latest first.
    pub async fn codes(&self, actor: &Actor) -> Result<Vec<CodeLine>, Denied> {
        reaches(actor, May::Look)?;
        let (ground, scanned) = self.shown_ground(actor.org, false).await?;
        let rows = ground.codes.values();
        let mut lines: Vec<CodeLine> =
            rows.map(|(row, plan)| self.line(&ground, (row, plan), &scanned)).collect();
        let is_closed = |line: &CodeLine| matches!(line.state, CodeState::Closed(_));
        lines.sort_by_key(|line| (is_closed(line), std::cmp::Reverse(line.id)));
        Ok(lines)
    }

    /// One code.
    pub async fn code(&self, actor: &Actor, id: i64) -> Result<CodeView, Denied> {
        reaches(actor, May::Look)?;
        let (ground, scanned) = self.shown_ground(actor.org, true).await?;
        let (row, plan) = ground.codes.get(&id).ok_or(Denied::Missing)?;
        let checks = self.store().link_checks(actor.org).await?;
        let mut placements: Vec<PlacementView> = ground
            .placements
            .iter()
            .filter(|one| one.code == id)
            .map(|one| placement(&ground, plan, (one, &scanned)))
            .collect();
        placements.sort_by_key(|one| (one.closed.is_some(), std::cmp::Reverse(one.id)));
        Ok(CodeView {
            line: self.line(&ground, (row, plan), &scanned),
            form: plan.form(row),
            targets: self.targets(&ground, (row, plan)),
            placements,
            checks: checks
                .iter()
                .filter(|one| one.code == id && one.ended.is_none())
                .map(|one| check(&ground, row, one))
                .collect(),
        })
    }

    async fn shown_ground(&self, org: OrgId, with_all: bool) -> Result<(Ground, Scanned), Denied> {
        let ground = self.link_ground(org).await?;
        let today = ground.zone.local(ground.now).day;
        let later = Millis(ground.now.0 + 1);
        let since = |day: Day| (ground.zone.day_start(day), later);
        let store = self.store();
        let counts = |rows: Vec<LinkScanned>| {
            rows.into_iter().map(|one| (one.placement, one.scans)).collect()
        };
        let since_ever = if with_all { Millis(0) } else { later };
        let ever = store.link_scanned(org, (since_ever, later)).await?;
        let scanned = Scanned {
            today: counts(store.link_scanned(org, since(today)).await?),
            week: counts(store.link_scanned(org, since(today.plus(-6))).await?),
            ever: ever.into_iter().map(|one| (one.placement, one)).collect(),
        };
        Ok((ground, scanned))
    }

    fn line(
        &self,
        ground: &Ground,
        (row, plan): (&LinkCodeRow, &Plan),
        scanned: &Scanned,
    ) -> CodeLine {
        let own = ground.placements.iter().filter(|one| one.code == row.id);
        let open = own.clone().filter(|one| one.closed.is_none());
        let sum = |of: &BTreeMap<i64, u64>| own.clone().filter_map(|one| of.get(&one.id)).sum();
        let targets = self.targets(ground, (row, plan));
        let next = targets.iter().find(|one| one.now == TargetNow::Next);
        CodeLine {
            id: row.id,
            kind: plan.kind(),
            name: row.said.name.clone(),
            company: row.said.company,
            placements: u32::try_from(open.count()).unwrap_or(u32::MAX),
            scans_today: sum(&scanned.today),
            scans_week: sum(&scanned.week),
            lands: next.map(|one| one.name.clone()).unwrap_or_default(),
            state: self.state(ground, (row, plan)),
            made: row.made,
        }
    }

    /// How a code stands.
    pub(super) fn state(&self, ground: &Ground, (row, plan): (&LinkCodeRow, &Plan)) -> CodeState {
        if let Some(at) = row.closed {
            return CodeState::Closed(at);
        }
        if self.is_at_end(ground, (row, plan)) {
            return CodeState::AtEnd;
        }
        let ways = ground.ways.values().filter(|way| way.code == row.id);
        let fails = |way: &&LinkWayRow| !way.failure.is_empty() && is_open(ground, way.placement);
        if ways.clone().any(|way| fails(&way)) {
            return CodeState::Failing;
        }
        let making = making(ground, (row, plan));
        if making > 0 {
            return CodeState::Making(making);
        }
        match plan {
            Plan::Groups { chain, series: None, .. } => {
                let room = chain.room(&ground.chain_now(row.said.company, chain));
                if room < NEAR_END { CodeState::NearEnd(room) } else { CodeState::Working }
            }
            _ => CodeState::Working,
        }
    }

    /// Nothing is left to lead to.
    fn is_at_end(&self, ground: &Ground, (row, plan): (&LinkCodeRow, &Plan)) -> bool {
        let company = row.said.company;
        match plan {
            Plan::Groups { chain, series, .. } => {
                series.is_none() && chain.run(&ground.chain_now(company, chain)).is_empty()
            }
            Plan::Staff { .. } => !self
                .targets(ground, (row, plan))
                .iter()
                .any(|one| matches!(one.now, TargetNow::Next | TargetNow::Open)),
            Plan::Web { .. } | Plan::Rules { .. } => false,
        }
    }

    /// What a code leads to, with how each stands.
    pub(super) fn targets(
        &self,
        ground: &Ground,
        (row, plan): (&LinkCodeRow, &Plan),
    ) -> Vec<TargetView> {
        let company = row.said.company;
        match plan {
            Plan::Groups { chain, series, spare } => {
                let (mut all, is_left) = groups(ground, company, chain);
                let ends = !is_left && series.is_none();
                let spare = spare.as_deref();
                all.extend(spare.map(|userid| self.spare_view((ground, company), userid, ends)));
                all
            }
            Plan::Staff { seats, spare, .. } => {
                let seat = |seat| self.seat_view((ground, company), seat);
                let mut all: Vec<TargetView> = seats.iter().map(seat).collect();
                let ends = !all.iter().any(|one| one.now == TargetNow::Open);
                let spare = spare.as_deref();
                all.extend(spare.map(|userid| self.spare_view((ground, company), userid, ends)));
                all
            }
            Plan::Web { url, .. } => vec![plain(url, url, TargetNow::Next)],
            Plan::Rules { .. } => {
                let shown = |code: i64| {
                    let name = ground.codes.get(&code).map(|(row, _)| row.said.name.clone());
                    let is_open = ground.open(code).is_some();
                    let now = if is_open { TargetNow::Open } else { TargetNow::Gone };
                    plain(&code.to_string(), &name.unwrap_or_default(), now)
                };
                plan.through(row.id).into_iter().map(shown).collect()
            }
        }
    }

    fn led_today(&self, ground: &Ground, userid: &str) -> u32 {
        let day = ground.zone.local(ground.now).day.0;
        self.links().today(ground.org, userid).on(day)
    }

    fn spare_view(
        &self,
        (ground, company): (&Ground, Option<i64>),
        userid: &str,
        is_needed: bool,
    ) -> TargetView {
        TargetView {
            is_spare: true,
            has: Some(self.led_today(ground, userid)),
            ..plain(
                userid,
                &ground.person_name(company, userid),
                match (ground.is_there(company, userid), is_needed) {
                    (false, _) => TargetNow::Gone,
                    (true, true) => TargetNow::Next,
                    (true, false) => TargetNow::Open,
                },
            )
        }
    }

    fn seat_view(&self, (ground, company): (&Ground, Option<i64>), seat: &Seat) -> TargetView {
        let has = self.led_today(ground, &seat.userid);
        let clock = Clock::of(ground.now, &ground.zone);
        let now = if !ground.is_there(company, &seat.userid) {
            TargetNow::Gone
        } else if !seat.duty.covers(clock) {
            TargetNow::OffDuty
        } else if seat.daily_max.is_some_and(|most| has >= most) {
            TargetNow::Full
        } else {
            TargetNow::Open
        };
        TargetView {
            has: Some(has),
            most: seat.daily_max,
            ..plain(&seat.userid, &ground.person_name(company, &seat.userid), now)
        }
    }
}

/// Groups of a chain, and whether any is entered.
fn groups(ground: &Ground, company: Option<i64>, chain: &Chain) -> (Vec<TargetView>, bool) {
    let now = ground.chain_now(company, chain);
    let next = chain.run(&now).first().copied();
    let target = |(place, (link, now)): (usize, (&Link, &LinkNow))| TargetView {
        group: ground.group(company, &link.chat).and_then(|row| row.group),
        is_spare: link.is_spare,
        has: Some(now.members),
        most: Some(link.limit),
        ..plain(
            &link.chat,
            &ground.group_name(company, &link.chat),
            match chain.skip(link, *now) {
                _ if next == Some(place) => TargetNow::Next,
                None => TargetNow::Open,
                Some(Skip::Full) => TargetNow::Full,
                Some(Skip::Gone) => TargetNow::Gone,
                Some(Skip::Declines) => TargetNow::Declining,
            },
        )
    };
    (chain.links.iter().zip(&now).enumerate().map(target).collect(), next.is_some())
}

/// Pictures that are wanted and not there yet.
fn making(ground: &Ground, (row, plan): (&LinkCodeRow, &Plan)) -> u32 {
    let hung = ground.placements.iter().filter(|one| one.closed.is_none());
    let through = hung.filter(|one| {
        let plan = ground.open(one.code).map(|(_, plan)| plan);
        plan.is_some_and(|plan| plan.through(one.code).contains(&row.id))
    });
    let has = |placement: i64, userid: &str| {
        ground.picture(&(placement, row.id, userid.to_owned())).is_some()
    };
    let lacks = through.map(|one| {
        let groups = matches!(plan, Plan::Groups { .. }) && !has(one.id, "");
        let people = plan.people().into_iter();
        let there = people.filter(|userid| ground.is_there(row.said.company, userid));
        there.filter(|userid| !has(one.id, userid)).count() + usize::from(groups)
    });
    u32::try_from(lacks.sum::<usize>()).unwrap_or(u32::MAX)
}

fn plain(key: &str, name: &str, now: TargetNow) -> TargetView {
    TargetView {
        key: key.to_owned(),
        name: name.to_owned(),
        group: None,
        is_spare: false,
        has: None,
        most: None,
        now,
    }
}

fn is_open(ground: &Ground, placement: i64) -> bool {
    ground.placements.iter().any(|one| one.id == placement && one.closed.is_none())
}

fn placement(
    ground: &Ground,
    plan: &Plan,
    (row, scanned): (&store::LinkPlacementRow, &Scanned),
) -> PlacementView {
    let ever = scanned.ever.get(&row.id);
    let mut ways = Vec::new();
    for code in plan.through(row.code) {
        let Some((target, plan)) = ground.open(code).filter(|_| row.closed.is_none()) else {
            continue;
        };
        let mut wanted: Vec<&str> = plan.people();
        if matches!(plan, Plan::Groups { .. }) {
            wanted.insert(0, "");
        }
        ways.extend(wanted.into_iter().map(|userid| {
            let way = ground.ways.get(&(row.id, code, userid.to_owned()));
            let name = match userid {
                "" => String::new(),
                userid => ground.person_name(target.said.company, userid),
            };
            WayView { name, state: way_state(way) }
        }));
    }
    PlacementView {
        id: row.id,
        slug: row.slug.clone(),
        name: row.said.name.clone(),
        partner: row.said.partner.clone(),
        source: row.said.source.clone(),
        spends: row
            .said
            .spends
            .iter()
            .map(|one| Spend { day: one.day, cents: one.cents })
            .collect(),
        scans_today: scanned.today.get(&row.id).copied().unwrap_or(0),
        scans: ever.map_or(0, |one| one.scans),
        scanned: ever.map(|one| one.last),
        ways,
        made: row.made,
        closed: row.closed,
    }
}

fn way_state(way: Option<&LinkWayRow>) -> WayState {
    match way {
        None => WayState::Making,
        Some(way) if !way.failure.is_empty() => {
            let (word, said) = way.failure.split_once('|').unwrap_or(("other", &way.failure));
            WayState::Failing {
                word: word.to_owned(),
                said: said.to_owned(),
                again: way.next,
                has_picture: !way.picture.is_empty(),
            }
        }
        Some(way) if way.picture.is_empty() => WayState::Making,
        Some(way) => WayState::Ready(way.picture.clone()),
    }
}

fn check(ground: &Ground, code: &LinkCodeRow, row: &LinkCheckRow) -> CheckRow {
    let group = ground.group_by(code.said.company, row.group);
    let name = group.map(|one| one.name.clone()).unwrap_or_default();
    let ticked: Vec<String> = serde_json::from_str(&row.done).unwrap_or_default();
    let is_named = name == row.wanted;
    let sees = |step: &str| match step {
        "rename" => is_named,
        "admins" => group.is_some_and(|one| !matches!(one.admins.as_str(), "" | "[]")),
        "notice" => group.is_some_and(|one| !one.notice.trim().is_empty()),
        // No call tells of these: only who did it can.
        _ => false,
    };
    let steps = CHECK_STEPS
        .into_iter()
        .map(|step| (step, sees(step) || ticked.iter().any(|one| one == step)));
    CheckRow {
        group: row.group,
        rename_to: (!is_named).then(|| row.wanted.clone()),
        name,
        steps: steps.collect(),
        since: row.made,
    }
}
