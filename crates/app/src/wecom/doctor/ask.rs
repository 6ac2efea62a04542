//! What is asked: of the platform, of our own address, of the database.

use std::future::Future;
use std::time::Duration;

use chat::wecom::calls::contacts::TagIds;
use chat::wecom::calls::groups::{FigureDays, GroupFilter};
use chat::wecom::{CallError, Client, Next, Seal, Settings, World, knock};
use domain::Millis;
use rustc_hash::FxHashSet;
use store::{Store, WecomAccountRow, WecomGroupRow, WecomPostRow, wecom_day};

use crate::wecom::doctor::{Answer, Api, CompanyLooked, Hook, Sight};
use crate::wecom::form::{Secrets, form_of};
use crate::wecom::pull::steps;

/// So long each question may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// So long a connection and an answer may take: the platform answers within a second.
const WIRE_MS: (u64, u64) = (4_000, 6_000);
/// Letters of the platform's words.
const SAID_MAX: usize = 300;
/// Of the list of groups: the owner left the company (离职待继承).
const OWNER_LEFT: i64 = 1;

type Asked<'a> = (&'a WecomAccountRow, Option<Secrets>);

/// Asks everything. `address` is our own public one.
pub(super) async fn looked(
    store: &Store,
    (row, secrets): Asked<'_>,
    (world, address): (&World, Option<&str>),
) -> Result<CompanyLooked, store::Fault> {
    let pulls = store.wecom_pulls(row.id).await?;
    let letters = store.wecom_last_letters(row.id).await?;
    let mut looked = CompanyLooked {
        now: world.now(),
        token: None,
        calls: Vec::new(),
        apart_ms: None,
        sight: None,
        agent: None,
        has_agent: row.access.agent.is_some(),
        hook: Hook::Unset,
        last_letter: letters.iter().map(|(_, at)| *at).max(),
        refused: refused_letters(&store.wecom_post(row.id, wecom_day(world.now()).plus(-1)).await?),
        steps: (steps(&pulls), pulls.iter().map(|pull| pull.moved).max()),
    };
    let Some(secrets) = secrets else { return Ok(looked) };
    let Some(client) = client(row, &secrets, world) else { return Ok(looked) };
    let known = store.wecom_groups(row.id).await?;
    let hook = hook((row, &secrets), address, looked.now);
    let ((), hook) = tokio::join!(platform(&client, row, (&mut looked, &known)), hook);
    looked.hook = hook;
    looked.apart_ms = client.clock_apart();
    Ok(looked)
}

/// Of callbacks: those that were not believed, those that were kept.
fn refused_letters(rows: &[WecomPostRow]) -> (u64, u64) {
    let of = |fates: &[&str]| {
        let some = rows.iter().filter(|row| fates.contains(&row.fate.as_str()));
        some.map(|row| row.letters).sum()
    };
    (of(&["signature", "sealed_otherwise"]), of(&["taken", "doubled"]))
}

/// A client of its own: its token is a fresh one, and it is less patient than others.
fn client(row: &WecomAccountRow, secrets: &Secrets, world: &World) -> Option<Client> {
    let checked = form_of(row).checked(secrets).ok()?;
    let (connect_ms, answer_ms) = WIRE_MS;
    let settings = Settings { connect_ms, answer_ms, ..checked.settings };
    Client::new(checked.account, &settings, world.clone()).ok()
}

async fn platform(
    client: &Client,
    row: &WecomAccountRow,
    (looked, known): (&mut CompanyLooked, &[WecomGroupRow]),
) {
    let (_, token) = ask(client.greet()).await;
    let is_given = token == Answer::Well;
    looked.token = Some(token);
    if !is_given {
        return;
    }
    let (groups, ids) = (GroupFilter::default(), TagIds::default());
    let (staff, listed, ways, tags, unassigned, departments, media) = tokio::join!(
        ask(client.staff()),
        ask(client.groups(&groups, None)),
        ask(client.contact_ways(None, None)),
        ask(client.tags(&ids)),
        ask(client.unassigned(None)),
        ask(client.departments()),
        ask(client.may_use_media()),
    );
    looked.calls = vec![
        (Api::Contacts, staff.1),
        (Api::Groups, listed.1),
        (Api::Ways, ways.1),
        (Api::Tags, tags.1),
        (Api::Transfers, unassigned.1),
    ];
    if let Some(one) = staff.0.as_ref().and_then(|staff| staff.first()) {
        let day = Millis(looked.now.0 - Millis::DAY);
        let days = FigureDays { first: day, last: day, owners: vec![one.clone()] };
        looked.calls.push((Api::Figures, ask(client.figures_by_day(&days)).await.1));
    }
    looked.calls.extend([(Api::Directory, departments.1), (Api::Media, media.1)]);
    let listed = listed.0.map(|page| page.items.len());
    looked.sight = staff.0.map(|staff| sight(&staff, listed, known));
    if let Some(agent) = row.access.agent {
        let (told, answer) = ask(client.agent(agent)).await;
        looked.agent = Some((answer, told.is_some_and(|agent| agent.close == 1)));
    }
}

/// How much is seen, by those who have the function, and by what is known of groups.
fn sight(staff: &[String], listed: Option<usize>, known: &[WecomGroupRow]) -> Sight {
    let follow: FxHashSet<String> = staff.iter().map(|one| one.to_lowercase()).collect();
    let read = known.iter().filter(|group| group.missing.is_none() && group.read.is_some());
    let out = read.clone().filter(|group| {
        group.status != OWNER_LEFT && !follow.contains(&group.owner.to_lowercase())
    });
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let known = number(read.count());
    Sight {
        staff: number(staff.len()),
        // A company so large that its list is not told in one has groups.
        listed: listed.map_or(known, number),
        known,
        out: number(out.count()),
    }
}

/// Asks our own address, as the platform does when the callback is set.
async fn hook(
    (row, secrets): (&WecomAccountRow, &Secrets),
    address: Option<&str>,
    now: Millis,
) -> Hook {
    let Ok(seal) = Seal::new(&secrets.token, &secrets.aes_key, &row.corp) else {
        return Hook::Unset;
    };
    let Some(address) = address else { return Hook::NoAddress };
    let url = format!("{}/hooks/wecom/{}", address.trim_end_matches('/'), row.access.hook);
    // Only an address on this machine may be asked without encryption.
    let beside = row.access.api.starts_with("http://");
    Hook::Asked { knocked: knock(&url, &seal, now).await, beside }
}

/// What came of a question: what was told, and how it was answered.
async fn ask<T>(call: impl Future<Output = Result<T, CallError>>) -> (Option<T>, Answer) {
    match tokio::time::timeout(PATIENCE, call).await {
        Err(_) => (None, Answer::Silent("no answer in time".to_owned())),
        Ok(Ok(told)) => (Some(told), Answer::Well),
        Ok(Err(error)) => (None, refused(&error)),
    }
}

fn refused(error: &CallError) -> Answer {
    let said: String = error.to_string().chars().take(SAID_MAX).collect();
    match error.next() {
        // Asked for in one piece, it is too much: it may be asked for.
        Next::Less => Answer::Well,
        Next::Soon => Answer::Silent(said),
        _ => Answer::Refused { lack: error.lack(), seen: error.address_seen(), said },
    }
}
