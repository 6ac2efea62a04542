//! What is made on the platform for codes, in the background.
//!
//! Reading order: the loop here, `wanted` (what has to be there), `ways` (step by step), `found`
//! (groups that the platform makes itself).
//!
//! Invariants: one at a time works for codes; what is to be done is worked out anew each time from
//! what stands in the database, so that nothing is forgotten over a crash.

mod found;
mod wanted;
mod ways;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;
use std::time::Duration;

use domain::{Actor, Millis, OrgId, Role, Scope, StaffId};
use engine::links::{Trend, declines};
use insights::Mood;
use store::{LinkWayRow, WecomId};
use tokio::sync::watch;

use crate::console::{Console, Denied};
use crate::links::ground::{Ground, WayKey};
use crate::links::plan::Plan;
use crate::links::platform::wanted::{Wanted, wanted};
use crate::links::platform::ways::{Bench, Done};

/// Changes that come one after the other are looked at together.
const LOOK_MS: u64 = 500;
/// Without any change everything is looked at anew so often: what another process changed.
const AGAIN_MS: i64 = Millis::MINUTE;
/// Groups are judged anew so often.
const JUDGE_MS: i64 = 10 * Millis::MINUTE;
/// A group into which people are led is read so often, also when no callback tells of it.
const READ_MS: i64 = Millis::MINUTE;

impl Console {
    /// Keeps codes going until the program stops: their log, what is made on the platform for
    /// them, their domains.
    pub fn keep_links(&self) {
        self.keep_scans();
        self.keep_probing();
        let console = self.clone();
        self.live().aside("the codes", move |stop| {
            let console = console.clone();
            async move { console.link_in_time(stop).await }
        });
    }

    async fn link_in_time(&self, mut stop: watch::Receiver<bool>) {
        let mut tick = tokio::time::interval(Duration::from_millis(LOOK_MS));
        let (mut looked, mut judged) = (Millis(i64::MIN / 2), Millis(i64::MIN / 2));
        let mut rung = true;
        loop {
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => return,
                () = self.links().bell.notified() => { rung = true; continue }
                _ = tick.tick() => {}
            }
            let now = self.now();
            if now.since(judged) >= JUDGE_MS {
                judged = now;
                let _ = self.judge_links().await;
            }
            if rung || now.since(looked) >= AGAIN_MS {
                (rung, looked) = (false, now);
                // What cannot be done now is done the next time.
                let _ = self.work_links_now().await;
            }
        }
    }

    /// Something changed that codes depend on.
    pub(crate) fn stir_links(&self) {
        self.links().bell.notify_one();
    }

    /// Looks which groups decline, in all organisations that have codes.
    async fn judge_links(&self) -> Result<(), Denied> {
        for org in self.linking().await? {
            self.judge_links_now(org).await?;
        }
        Ok(())
    }

    /// Looks now which groups of an organisation decline.
    pub async fn judge_links_now(&self, org: OrgId) -> Result<(), Denied> {
        let standings = self.standings(&program(org)).await?;
        let sinks = standings.iter().filter(|one| {
            let fades = matches!(one.mood, Mood::Fading | Mood::Dying | Mood::Dead);
            declines(Trend {
                fades: (one.tells_talk && one.mood != Mood::Unknown).then_some(fades),
                members: one.members.and_then(|count| u32::try_from(count).ok()).unwrap_or(0),
                joins: one.joins_7d,
                leaves: one.leaves_7d,
            })
        });
        let sinks: rustc_hash::FxHashSet<_> = sinks.map(|one| one.group).collect();
        if sinks != self.links().declining(org) || !self.links().knows(org) {
            self.links().decline(org, sinks);
            self.stir_links();
        }
        Ok(())
    }

    /// Organisations that have codes.
    async fn linking(&self) -> Result<Vec<OrgId>, Denied> {
        let mut with = Vec::new();
        for org in self.store().organisations().await.map_err(crate::Fault::from)? {
            if !self.store().link_codes(org.id).await?.is_empty() {
                with.push(org.id);
            }
        }
        Ok(with)
    }

    /// Makes on the platform now what codes need, and routes by it.
    pub async fn work_links_now(&self) -> Result<(), Denied> {
        let _turn = self.links().work.lock().await;
        for org in self.linking().await? {
            let ground = self.link_ground(org).await?;
            self.look_into_groups(&ground).await?;
            let ground = self.reroute(org).await?;
            if self.make_ways(&ground).await? {
                self.reroute(org).await?;
            }
        }
        self.links().is_ready.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Reads groups anew into which people were led since they were read.
    async fn look_into_groups(&self, ground: &Ground) -> Result<(), Denied> {
        let since = Millis(ground.now.0 - 2 * READ_MS);
        self.write_scans_now().await?;
        let led = self.store().link_led(ground.org, since).await?;
        let led: BTreeSet<String> = led.into_iter().map(|(target, ..)| target).collect();
        for (row, plan) in ground.codes.values() {
            let (Plan::Groups { chain, .. }, Some(company)) = (plan, row.said.company) else {
                continue;
            };
            for link in chain.links.iter().filter(|link| led.contains(&link.chat)) {
                let read = ground.group(Some(company), &link.chat).and_then(|row| row.tried);
                if read.is_none_or(|read| ground.now.since(read) >= READ_MS) {
                    let id = WecomId { org: ground.org, account: company };
                    self.read_group_now(id, &link.chat).await?;
                }
            }
        }
        Ok(())
    }

    /// Makes what is wanted; whether anything changed.
    async fn make_ways(&self, ground: &Ground) -> Result<bool, Denied> {
        let wanted = wanted(ground);
        let mut shut: BTreeSet<i64> = BTreeSet::new();
        let mut changed = false;
        for (key, company, wish) in due(ground, &wanted) {
            if shut.contains(&company) {
                continue;
            }
            let id = WecomId { org: ground.org, account: company };
            let Some(client) = self.company_client(id).await else {
                shut.insert(company);
                continue;
            };
            let bench =
                Bench { org: ground.org, client: &client, store: self.store(), now: self.now() };
            let way = ground.ways.get(&key).cloned().unwrap_or_else(|| fresh(&key));
            let done = match wish {
                Some(wish) => bench.bring(way, wish).await?,
                None => bench.drop(way).await?,
            };
            changed = true;
            match done {
                Done::Well => {}
                Done::Shut => drop(shut.insert(company)),
                // Perhaps a group is gone: it is read, and left out the next time.
                Done::Refused => self.look_after_refusal(id, (&key, wish)).await?,
            }
        }
        Ok(changed)
    }

    /// Reads the groups of a code that the platform refused. When others are to be led to after
    /// that, it is tried at once; otherwise it waits.
    async fn look_after_refusal(
        &self,
        id: WecomId,
        (key, wish): (&WayKey, Option<&Wanted>),
    ) -> Result<(), Denied> {
        let Some(Wanted::Join(way)) = wish else { return Ok(()) };
        for chat in &way.chat_id_list {
            self.read_group_now(id, chat).await?;
        }
        let ground = self.link_ground(id.org).await?;
        let now_wanted = wanted(&ground).remove(key).map(|(_, wish)| wish);
        if let (Some(way), true) = (ground.ways.get(key), now_wanted.as_ref() != wish) {
            let way = LinkWayRow { next: None, ..way.clone() };
            self.store().put_link_way(id.org, &way, self.now()).await?;
            self.stir_links();
        }
        Ok(())
    }
}

/// What is to be done now: key, company, and what is wanted; `None`: it goes.
fn due<'a>(
    ground: &Ground,
    wanted: &'a BTreeMap<WayKey, (i64, Wanted)>,
) -> Vec<(WayKey, i64, Option<&'a Wanted>)> {
    let ripe = |key: &WayKey| {
        let next = ground.ways.get(key).and_then(|way| way.next);
        next.is_none_or(|next| next <= ground.now)
    };
    let stands = |(key, (_, wish)): &(&WayKey, &(i64, Wanted))| match ground.ways.get(*key) {
        None => *wish == Wanted::Kept,
        Some(way) => {
            let is_told = *wish == Wanted::Kept || way.told == wish.told();
            let is_made = !way.config.is_empty() && !way.picture.is_empty();
            is_told && is_made || *wish == Wanted::Kept && way.config.is_empty()
        }
    };
    let open = wanted.iter().filter(|one| !stands(one) && ripe(one.0));
    let open = open.map(|(key, (company, wish))| (key.clone(), *company, Some(wish)));
    let company = |code: i64| ground.codes.get(&code).and_then(|(row, _)| row.said.company);
    let gone = ground.ways.iter().filter(|(key, _)| !wanted.contains_key(*key) && ripe(key));
    let gone = gone.filter_map(|(key, way)| Some((key.clone(), company(way.code)?, None)));
    open.chain(gone).collect()
}

fn fresh((placement, code, userid): &WayKey) -> LinkWayRow {
    LinkWayRow {
        placement: *placement,
        code: *code,
        userid: userid.clone(),
        config: String::new(),
        picture: String::new(),
        told: String::new(),
        failure: String::new(),
        next: None,
    }
}

/// The program itself, as somebody who looks at everything.
fn program(org: OrgId) -> Actor {
    let (role, scope) = (Role::ReadOnly, Scope::All);
    Actor { org, staff: StaffId::NOBODY, name: String::new(), role, scope }
}
