//! Which companies are connected, and the client of each.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use chat::wecom::{Client, Lack, World};
use domain::{Actor, May, Millis, OrgId};
use rustc_hash::FxHashMap;
use serde_json::json;
use store::{
    NewWecom, WecomAccess, WecomAccountRow, WecomCallQuery, WecomCallRow, WecomId, wecom_day,
};
use tokio::sync::{Notify, OwnedMutexGuard, Semaphore};
use xxhash_rust::xxh3::xxh3_64;

use crate::console::{About, Console, Denied, allowed};
use crate::error::Fault;
use crate::live::code;
use crate::wecom::activity::{ACTIVITY_DAYS, Activity, activity};
use crate::wecom::callback::{Mailbox, Refusals};
use crate::wecom::findings::{Findings, GROUP_MAX, findings};
use crate::wecom::form::{Checked, CompanyForm, Secrets, form_of};
use crate::wecom::lines::Log;
use crate::wecom::pull::{PullStep, steps};
use crate::wecom::vault::Vault;

/// Lines of the connection log on a page, at most.
const LINES_MAX: u32 = 200;

/// Groups of a company are read side by side, but none of them twice at once: so many turns.
const TURNS: usize = 32;

/// Welcomes of a company that are on their way at the same time: 1,000 newcomers within 20 s at two
/// calls each of 0.2 s.
const GREETING: usize = 32;

/// What the program keeps of companies between calls.
#[derive(Debug, Default)]
pub(crate) struct Companies {
    vault: OnceLock<Vault>,
    world: OnceLock<World>,
    desks: Mutex<FxHashMap<WecomId, Desk>>,
    pub(super) mailbox: Mailbox,
    /// Rung when a hand-over has something to do.
    pub(super) handing: Arc<Notify>,
    pub(super) carding: tokio::sync::Mutex<()>,
    pub(super) refusals: Refusals,
}

/// One company at work: its client, its log, whether a pull is under way.
#[derive(Clone, Debug)]
pub(super) struct Desk {
    /// Which.
    pub(super) id: WecomId,
    /// The access that the client was made of.
    changed: Millis,
    pub(super) client: Client,
    pub(super) log: Log,
    pub(super) pulling: Arc<AtomicBool>,
    turns: Arc<[Arc<tokio::sync::Mutex<()>>; TURNS]>,
    /// One round of hand-overs at a time.
    pub(super) handing: Arc<tokio::sync::Mutex<()>>,
    /// Places of those who welcome at the same time.
    pub(super) greeting: Arc<Semaphore>,
    /// Whose turn it is to upload files, and to change the library of welcomes of groups.
    pub(super) uploading: Arc<tokio::sync::Mutex<()>>,
    pub(super) stepping: Arc<tokio::sync::Mutex<()>>,
    found: Found,
}

/// How far a pull was: when it moved last, steps that are through, rows that are done.
type Far = (Millis, usize, u64);

/// What was found last, and how far the pull was before it.
type Found = Arc<Mutex<Option<(Far, Arc<Findings>)>>>;

impl Desk {
    /// One's turn to read a group: until it is dropped nobody else reads it, so that what was read
    /// first is noted first.
    pub(super) async fn turn(&self, chat: &str) -> Option<OwnedMutexGuard<()>> {
        let place = usize::try_from(xxh3_64(chat.as_bytes()) % TURNS as u64).unwrap_or(0);
        let turn = Arc::clone(self.turns.get(place)?);
        Some(turn.lock_owned().await)
    }

    fn found(&self) -> std::sync::MutexGuard<'_, Option<(Far, Arc<Findings>)>> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A company as pages show it.
#[derive(Clone, Debug)]
pub struct Company {
    /// Which.
    pub id: WecomId,
    /// 企业ID.
    pub corp: String,
    /// Number of the app.
    pub agent: Option<i64>,
    /// Address of the interface; empty for the platform's own.
    pub api: String,
    /// The word in the callback's address.
    pub hook: String,
    /// People that a customer group holds, where somebody said so.
    pub group_max: Option<u32>,
    /// Whether token and key of callbacks, and a proxy, are kept; `None` where that cannot be told.
    pub kept: Option<(bool, bool)>,
    /// Since when it is connected.
    pub made: Millis,
    /// Since when no longer.
    pub gone: Option<Millis>,
    /// How far its pull is, step by step.
    pub steps: Vec<PullStep>,
    /// Whether a pull is under way in this process.
    pub pulling: bool,
}

/// What came of connecting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connected {
    /// It is connected; the first pull has begun.
    Now(WecomId),
    /// It was connected before.
    Before,
}

impl Console {
    /// Gives the key that secrets of companies are sealed with; the first one counts. Without one
    /// no company can be connected.
    pub fn open_vault(&self, vault: Vault) {
        let _ = self.companies().vault.set(vault);
    }

    /// Connects a company: its id and secret are tried first, and nothing is kept when they are
    /// wrong (`corp`, `secret`: `refused`; `api`: `unreached`).
    pub async fn connect_company(
        &self,
        actor: &Actor,
        form: &CompanyForm,
    ) -> Result<Connected, Denied> {
        reaches(actor, May::Own)?;
        let checked = form.checked(&Secrets::default())?;
        self.tried(&checked).await?;
        let corp = checked.account.corp.clone();
        let access = self.access(actor.org, &checked, code()?)?;
        let about = About { told: json!({ "corp": corp }), ..About::default() };
        let acting = self.acting(actor, May::Own, "wecom.connected", about)?;
        let new = NewWecom { corp, access };
        match self.store().connect_wecom(new, acting).await? {
            Some(id) => {
                self.begin_pull(id).await;
                Ok(Connected::Now(id))
            }
            None => Ok(Connected::Before),
        }
    }

    /// Changes how a company is reached; secrets that are not typed stay.
    pub async fn change_company(
        &self,
        actor: &Actor,
        account: i64,
        form: &CompanyForm,
    ) -> Result<(), Denied> {
        reaches(actor, May::Own)?;
        let row = self.company_row(WecomId { org: actor.org, account }).await?;
        let before = self.secrets(&row).unwrap_or_default();
        let form = CompanyForm { corp: row.corp.clone(), ..form.clone() };
        let checked = form.checked(&before)?;
        self.tried(&checked).await?;
        let access = self.access(actor.org, &checked, row.access.hook.clone())?;
        let about = About { told: json!({ "corp": row.corp }), ..About::default() };
        let acting = self.acting(actor, May::Own, "wecom.changed", about)?;
        if self.store().change_wecom(account, access, acting).await? {
            self.begin_pull(row.id).await;
            Ok(())
        } else {
            Err(Denied::Missing)
        }
    }

    /// Ends the connection; everything that is known stays.
    pub async fn disconnect_company(&self, actor: &Actor, account: i64) -> Result<(), Denied> {
        reaches(actor, May::Own)?;
        let row = self.company_row(WecomId { org: actor.org, account }).await?;
        let about = About { told: json!({ "corp": row.corp }), ..About::default() };
        let acting = self.acting(actor, May::Own, "wecom.disconnected", about)?;
        self.store().disconnect_wecom(account, acting).await?;
        self.companies().desks().remove(&row.id);
        Ok(())
    }

    /// All companies of the organisation, connected ones first.
    pub async fn companies_of(&self, actor: &Actor) -> Result<Vec<Company>, Denied> {
        reaches(actor, May::Lead)?;
        let mut rows = self.store().wecom_accounts(actor.org).await?;
        rows.sort_by_key(|row| (row.gone.is_some(), row.id.account));
        let mut all = Vec::with_capacity(rows.len());
        for row in rows {
            all.push(self.shown_company(row).await?);
        }
        Ok(all)
    }

    /// One company.
    pub async fn company(&self, actor: &Actor, account: i64) -> Result<Company, Denied> {
        reaches(actor, May::Lead)?;
        let row = self.company_row(WecomId { org: actor.org, account }).await?;
        self.shown_company(row).await
    }

    /// Lines of the connection log, the latest first, at most 200.
    pub async fn company_calls(
        &self,
        actor: &Actor,
        account: i64,
        (before, only_failed): (Option<i64>, bool),
    ) -> Result<Vec<WecomCallRow>, Denied> {
        reaches(actor, May::Lead)?;
        let row = self.company_row(WecomId { org: actor.org, account }).await?;
        let desk = self.companies().desks().get(&row.id).cloned();
        if let Some(desk) = desk {
            desk.log.write(self.store(), row.id, true).await;
        }
        let query = WecomCallQuery { before, limit: LINES_MAX, only_failed };
        Ok(self.store().wecom_calls(row.id, query).await?)
    }

    /// What is found in a company's groups, as they were read last: worked out anew when a step of
    /// the pull came to its end since.
    pub async fn company_findings(
        &self,
        actor: &Actor,
        account: i64,
    ) -> Result<Arc<Findings>, Denied> {
        reaches(actor, May::Lead)?;
        let row = self.company_row(WecomId { org: actor.org, account }).await?;
        let (id, store) = (row.id, self.store());
        let pulls = store.wecom_pulls(id).await?;
        let moved = pulls.iter().map(|pull| pull.moved).max().unwrap_or_default();
        let ended = pulls.iter().filter(|pull| pull.ended.is_some()).count();
        let state = (moved, ended, pulls.iter().map(|pull| u64::from(pull.done)).sum());
        let desk = self.desk(&row);
        let kept = desk.as_ref().and_then(|desk| desk.found().clone());
        if let Some((_, found)) = kept.filter(|(at, _)| *at == state) {
            return Ok(found);
        }
        let groups = store.wecom_groups(id).await?;
        let members = store.wecom_members(id).await?;
        let (staff, now) = (store.wecom_staff(id).await?, self.now());
        let most = row.access.group_max.unwrap_or(GROUP_MAX);
        let work = move || findings((&groups, most), &members, (&staff, now));
        let found = tokio::task::spawn_blocking(work).await;
        let found = found.map_err(|error| Fault::Unreadable(error.to_string()))?;
        let found = Arc::new(found);
        if let Some(desk) = desk {
            *desk.found() = Some((state, Arc::clone(&found)));
        }
        Ok(found)
    }

    /// What the platform itself counted of a company in the last 14 days.
    pub async fn company_activity(&self, actor: &Actor, account: i64) -> Result<Activity, Denied> {
        reaches(actor, May::Lead)?;
        let row = self.company_row(WecomId { org: actor.org, account }).await?;
        let (id, store, today) = (row.id, self.store(), wecom_day(self.now()));
        let (first, last) = (today.plus(-ACTIVITY_DAYS), today.plus(-1));
        let groups = store.wecom_groups(id).await?;
        let days = store.wecom_days(id, first, last).await?;
        let staff_days = store.wecom_staff_days(id, (first, last)).await?;
        Ok(activity(&groups, (&days, &staff_days), today))
    }

    /// All connected companies of all organisations.
    pub(super) async fn connected(&self) -> Result<Vec<WecomAccountRow>, Fault> {
        let mut all = Vec::new();
        for org in self.store().organisations().await? {
            all.extend(self.store().wecom_accounts(org.id).await?);
        }
        all.retain(|row| row.gone.is_none());
        Ok(all)
    }

    pub(super) async fn company_row(&self, id: WecomId) -> Result<WecomAccountRow, Denied> {
        self.store().wecom_account(id).await?.ok_or(Denied::Missing)
    }

    /// The client of a connected company, for what other places ask of it.
    pub(crate) async fn company_client(&self, id: WecomId) -> Option<Client> {
        let row = self.company_row(id).await.ok()?;
        self.desk(&row).map(|desk| desk.client)
    }

    async fn shown_company(&self, row: WecomAccountRow) -> Result<Company, Denied> {
        let kept = self.secrets(&row).map(|one| (!one.token.is_empty(), !one.proxy.is_empty()));
        let steps = steps(&self.store().wecom_pulls(row.id).await?);
        let desk = self.companies().desks().get(&row.id).cloned();
        Ok(Company {
            id: row.id,
            corp: row.corp,
            agent: row.access.agent,
            api: row.access.api,
            hook: row.access.hook,
            group_max: row.access.group_max,
            kept,
            made: row.made,
            gone: row.gone,
            steps,
            pulling: desk.is_some_and(|desk| desk.pulling.load(Ordering::Relaxed)),
        })
    }

    /// Whether the platform takes company and secret.
    async fn tried(&self, checked: &Checked) -> Result<(), Denied> {
        let settings = &checked.settings;
        let client = Client::new(checked.account.clone(), settings, self.world(&Log::default()))
            .map_err(|_| Denied::field("proxy", "not_an_address"))?;
        let Err(error) = client.greet().await else { return Ok(()) };
        Err(match error.lack() {
            Some(Lack::Company) => Denied::field("corp", "refused"),
            Some(Lack::Address) => Denied::field("api", "not_trusted"),
            Some(_) => Denied::field("secret", "refused"),
            None => Denied::field("api", "unreached"),
        })
    }

    /// All clients share one: what the platform takes from one address is counted once.
    pub(super) fn world(&self, log: &Log) -> World {
        let world = self.companies().world.get_or_init(|| {
            let live = self.live().clone();
            World::new(Arc::new(move || live.clock().now()), Log::default().sink())
        });
        world.telling(log.sink())
    }

    fn access(&self, org: OrgId, checked: &Checked, hook: String) -> Result<WecomAccess, Denied> {
        let vault = self.companies().vault.get().ok_or(Denied::field("secret", "no_key"))?;
        let plain = serde_json::to_vec(&checked.secrets).unwrap_or_default();
        let sealed = vault.seal(org, &checked.account.corp, &plain);
        let sealed = sealed.map_err(|_| Denied::field("secret", "no_key"))?;
        let (agent, api, group_max) = (checked.agent, checked.api.clone(), checked.group_max);
        Ok(WecomAccess { agent, sealed, api, hook, group_max })
    }

    /// The secrets of a company; `None` when they were sealed with another key.
    pub(super) fn secrets(&self, row: &WecomAccountRow) -> Option<Secrets> {
        opened(self.companies().vault.get()?, row)
    }

    /// The company at work; made anew when its access changed. `None` when it is not connected or
    /// its secrets cannot be opened.
    pub(super) fn desk(&self, row: &WecomAccountRow) -> Option<Desk> {
        if row.gone.is_some() {
            return None;
        }
        let mut desks = self.companies().desks();
        if let Some(desk) = desks.get(&row.id).filter(|desk| desk.changed == row.changed) {
            return Some(desk.clone());
        }
        let checked = form_of(row).checked(&self.secrets(row)?).ok()?;
        let log = Log::default();
        let client = Client::new(checked.account, &checked.settings, self.world(&log)).ok()?;
        let old = desks.get(&row.id).cloned();
        let desk = Desk {
            id: row.id,
            changed: row.changed,
            client,
            log,
            pulling: old.as_ref().map_or_else(Arc::default, |old| Arc::clone(&old.pulling)),
            turns: old.as_ref().map_or_else(Arc::default, |old| Arc::clone(&old.turns)),
            handing: old.as_ref().map_or_else(Arc::default, |old| Arc::clone(&old.handing)),
            greeting: Arc::new(Semaphore::new(GREETING)),
            uploading: old.as_ref().map_or_else(Arc::default, |old| Arc::clone(&old.uploading)),
            stepping: old.as_ref().map_or_else(Arc::default, |old| Arc::clone(&old.stepping)),
            found: old.map_or_else(Arc::default, |old| old.found),
        };
        desks.insert(row.id, desk.clone());
        Some(desk)
    }
}

/// The secrets of a company; `None` when they were sealed with another key.
pub(super) fn opened(vault: &Vault, row: &WecomAccountRow) -> Option<Secrets> {
    let plain = vault.open(row.id.org, &row.corp, &row.access.sealed).ok()?;
    serde_json::from_slice(&plain).ok()
}

/// A company spans all groups: only who sees all of them has to do with it.
pub(crate) fn reaches(actor: &Actor, may: May) -> Result<(), Denied> {
    allowed(actor, may)?;
    if actor.sees_all() { Ok(()) } else { Err(Denied::Missing) }
}

impl Companies {
    fn desks(&self) -> std::sync::MutexGuard<'_, FxHashMap<WecomId, Desk>> {
        self.desks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
