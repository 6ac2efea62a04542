//! Whole-pipeline intake and bare inserts of the same rows, taking turns in one run: events handed
//! in as a platform would, features computed, decided, committed as in production, pages behind.

use crate::bench::Failure;
use crate::bench::databases::runtime;
use crate::bench::live::bare_postgres::BarePostgres;
use crate::bench::live::bare_sqlite::BareSqlite;
use crate::bench::live::past::Past;
use crate::bench::live::postgres::Durable;
use crate::bench::live::prefill::{self, ORG};
use crate::bench::live::recorded::{Recorded, rare, rows};
use crate::bench::live::town::{TownClock, message};
use crate::bench::measure::{Bound, Sheet, now, processor_seconds, rate};
use app::Unwatched;
use app::live::{Answered, Live, LiveSettings};
use domain::GroupId;
use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;
use store::{LiveWrite, Store};
use tokio::runtime::Runtime;

/// Share of the speed of bare batched inserts that intake must keep.
const SHARE: f64 = 0.5;
/// Messages handed in at once.
const BATCH: u64 = 1_000;
/// Batches on their way at once: what waits while a commit is written is the next one.
const ON_THE_WAY: usize = 8;
/// Turns, and batches of a turn. The first turn warms up and does not count.
const TURNS: u64 = 6;
const TURN: u64 = 50;

/// On a file.
pub(in crate::bench) fn sqlite(
    folder: &Path,
    messages: u64,
    sheet: &mut Sheet,
) -> Result<(), Failure> {
    let (path, copy) = (folder.join("live.db"), folder.join("live-bare.db"));
    let url = path.display().to_string();
    let runtime = runtime()?;
    let groups = runtime.block_on(prefill::sqlite(&path, Past::of(messages)))?;
    runtime.block_on(app::rebuild(&url, &insights::Settings::default(), &Unwatched))?;
    rusqlite::Connection::open(&path)?.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    std::fs::copy(&path, &copy)?;
    let mut bare = BareSqlite::open(&copy)?;
    let run = Run { name: "SQLite", aim: 50_000.0, messages };
    let done = measured(&run, &runtime, (&url, &groups), sheet, |writes| {
        let began = now();
        bare.write(writes)?;
        Ok(began.elapsed())
    });
    std::fs::remove_file(&path)?;
    std::fs::remove_file(&copy)?;
    done
}

/// On a cluster that keeps what it says it kept.
pub(in crate::bench) fn postgres(
    root: &Path,
    messages: u64,
    sheet: &mut Sheet,
) -> Result<(), Failure> {
    let server = Durable::start(root)?;
    let runtime = runtime()?;
    let url = runtime.block_on(store::create_database(server.url(), "bench_live"))?;
    let groups = runtime.block_on(prefill::postgres(&url, Past::of(messages)))?;
    runtime.block_on(app::rebuild(&url, &insights::Settings::default(), &Unwatched))?;
    let copy = runtime.block_on(server.copy(&url, "bench_live_bare"))?;
    let mut bare = runtime.block_on(BarePostgres::open(&copy))?;
    let run = Run { name: "PostgreSQL", aim: 15_000.0, messages };
    measured(&run, &runtime, (&url, &groups), sheet, |writes| {
        let began = now();
        runtime.block_on(bare.write(writes))?;
        Ok(began.elapsed())
    })
}

/// What is measured.
struct Run {
    name: &'static str,
    /// Messages a second that are aimed at, on a machine that nobody else uses.
    aim: f64,
    /// Messages in the log before.
    messages: u64,
}

/// What the turns came to.
#[derive(Default)]
struct Sums {
    taken: Duration,
    worked: f64,
    paged: Duration,
    bare: Duration,
    bare_worked: f64,
    messages: u64,
    rows: u64,
    rare: u64,
    commits: u64,
}

fn measured(
    run: &Run,
    runtime: &Runtime,
    (url, groups): (&str, &[GroupId]),
    sheet: &mut Sheet,
    mut bare: impl FnMut(&[LiveWrite]) -> Result<Duration, Failure>,
) -> Result<(), Failure> {
    let clock = Arc::new(TownClock::new());
    let (live, book) = runtime.block_on(async {
        let store = Store::open(url).await?;
        let book = Arc::new(Recorded::new(store.clone()));
        let at = (store, Arc::clone(&clock) as Arc<dyn app::live::Clock>);
        let settings = LiveSettings::default();
        let live = Live::start_on(Arc::clone(&book) as _, at, Vec::new(), settings).await?;
        Ok::<_, Failure>((live, book))
    })?;
    let mut sums = Sums::default();
    for turn in 0..TURNS {
        let first = turn * TURN * BATCH;
        let (began, before) = (now(), processor_seconds());
        runtime.block_on(hand_in(&live, (&clock, groups), first))?;
        let (taken, worked) = (began.elapsed(), processor_seconds() - before);
        runtime.block_on(live.caught_up());
        let paged = began.elapsed();
        let writes = book.take();
        let before = processor_seconds();
        let alone = bare(&writes)?;
        if turn > 0 {
            let groups = writes.iter().flat_map(|write| &write.groups);
            sums.messages += TURN * BATCH;
            sums.rare += groups.map(rare).sum::<usize>() as u64;
            sums.rows += rows(&writes);
            sums.commits += writes.len() as u64;
            sums.taken += taken;
            sums.worked += worked;
            sums.paged += paged;
            sums.bare += alone;
            sums.bare_worked += processor_seconds() - before;
        }
    }
    runtime.block_on(live.stop());
    kept(runtime, (url, groups), run)?;
    told(run, &sums, sheet);
    Ok(())
}

/// The log has every message that was answered for.
fn kept(runtime: &Runtime, (url, groups): (&str, &[GroupId]), run: &Run) -> Result<(), Failure> {
    let past = Past::of(run.messages).each * groups.len() as u64;
    let facts = runtime.block_on(async {
        let sizes = Store::open(url).await?.table_sizes().await?;
        let facts = sizes.into_iter().find(|(name, _)| *name == "facts");
        Ok::<_, Failure>(facts.map_or(0, |(_, count)| count))
    })?;
    let wanted = past + TURNS * TURN * BATCH;
    if facts == wanted { Ok(()) } else { Err(format!("{facts} facts, not {wanted}").into()) }
}

fn told(run: &Run, sums: &Sums, sheet: &mut Sheet) {
    let Run { name, aim, messages } = run;
    let mut note = |what: String, value: f64, unit, bound| sheet.note(what, value, unit, bound);
    note(format!("log before, {name}"), *messages as f64, "messages", Bound::None);
    let speed = rate(sums.messages, sums.taken);
    note(format!("live intake into {name} (aim {aim})"), speed, "messages/s", Bound::None);
    let bare = rate(sums.messages, sums.bare);
    note(format!("bare inserts of its rows, {name}"), bare, "messages/s", Bound::None);
    let share = sums.bare.as_secs_f64() / sums.taken.as_secs_f64().max(1e-9);
    note(format!("live intake over bare, {name}"), share, "", Bound::AtLeast(SHARE));
    let a_message = |count: u64| count as f64 / sums.messages.max(1) as f64;
    note(format!("rows a message, {name}"), a_message(sums.rows), "rows", Bound::None);
    note(format!("timers and tasks, {name}"), a_message(sums.rare) * 100.0, "%", Bound::None);
    let size = sums.messages as f64 / sums.commits.max(1) as f64;
    note(format!("messages a commit, {name}"), size, "messages", Bound::None);
    let busy = sums.worked * 1e6 / sums.messages.max(1) as f64;
    note(format!("processor of intake, {name}"), busy, "µs a message", Bound::None);
    let busy = sums.bare_worked * 1e6 / sums.messages.max(1) as f64;
    note(format!("processor of bare inserts, {name}"), busy, "µs a message", Bound::None);
    let speed = rate(sums.messages, sums.paged);
    note(format!("intake until the pages know, {name}"), speed, "messages/s", Bound::None);
}

/// Hands a turn in, a few batches on their way at once, in order.
async fn hand_in(
    live: &Live,
    (clock, groups): (&TownClock, &[GroupId]),
    first: u64,
) -> Result<(), Failure> {
    let mut on_the_way: VecDeque<Pin<Box<dyn Future<Output = Vec<Answered>> + '_>>> =
        VecDeque::new();
    for batch in 0..TURN {
        let from = first + batch * BATCH;
        let events = (from..from + BATCH).map(|number| message(number, groups)).collect();
        clock.set(from);
        let mut answers: Pin<Box<dyn Future<Output = _> + '_>> =
            Box::pin(live.submit_many(ORG, events));
        // Asked once, so that the batches stand in the queue in their order.
        let early = poll_fn(|cx| Poll::Ready(answers.as_mut().poll(cx))).await;
        match early {
            Poll::Ready(answers) => check(answers)?,
            Poll::Pending => on_the_way.push_back(answers),
        }
        if on_the_way.len() >= ON_THE_WAY
            && let Some(oldest) = on_the_way.pop_front()
        {
            check(oldest.await)?;
        }
    }
    for answers in on_the_way {
        check(answers.await)?;
    }
    Ok(())
}

fn check(answers: Vec<Answered>) -> Result<(), Failure> {
    for answer in answers {
        if answer?.again {
            return Err("a new message was taken for an old one".into());
        }
    }
    Ok(())
}
