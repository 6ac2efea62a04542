//! Seeded simulation of the live pipeline: people, keepers and platforms act on several groups
//! while commits fail before and after they happened, programs die and stand still, clocks jump,
//! and everything comes late, twice or in disorder.
//!
//! Reading order: `stream` makes what happens; `ledger` keeps what was handed in and what came
//! back; `fate` is the database that fails, `courier` the platform that fails, `node` a process
//! that can die; `world` drives them; `replay` and `check` say what must hold in the end.
//!
//! A failing seed prints how to run it again.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]
#![expect(clippy::indexing_slicing, reason = "a test may panic")]
#![expect(clippy::print_stderr, reason = "a failing seed says how to run it again")]

mod check;
mod courier;
mod dice;
mod duel;
mod fate;
mod halt;
mod ledger;
mod node;
mod replay;
mod stream;
mod view;
mod world;

use std::sync::atomic::{AtomicU64, Ordering};
use testkit::Database;
use world::{Steps, World};

/// Says how to run a seed again when it fails.
struct Again {
    seed: u64,
    steps: Steps,
}

impl Drop for Again {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let steps = self.steps.lock().unwrap();
            let last = steps.len().saturating_sub(30);
            eprintln!("The last steps: {:#?}", &steps[last..]);
            let seed = self.seed;
            eprintln!("Run it again: HUOQUN_SEED={seed} cargo nextest run -p app simulation");
        }
    }
}

/// One run.
fn run(database: &Database, seed: u64) {
    let again = Again { seed, steps: Steps::default() };
    let mut world = World::open(database.url(), seed, Steps::clone(&again.steps));
    world.fate.calm(false);
    for _ in 0..30 + world.dice.roll(30) {
        world.step();
    }
    check::finish(&mut world);
    check::check(&world);
    check::check_pages(&mut world, database.url());
}

#[expect(clippy::disallowed_methods, reason = "who runs a failed seed again names it so")]
fn asked_for() -> Option<u64> {
    std::env::var("HUOQUN_SEED").ok().map(|seed| seed.parse().expect("HUOQUN_SEED is a number"))
}

fn seeds(first: u64, count: u64) -> std::ops::Range<u64> {
    asked_for().map_or(first..first + count, |seed| seed..seed + 1)
}

/// Runs seeds side by side on as many databases.
fn run_all(seeds: std::ops::Range<u64>, database: impl Fn() -> Option<Database> + Sync) {
    let next = AtomicU64::new(seeds.start);
    let work = || {
        while let Some(seed) = Some(next.fetch_add(1, Ordering::SeqCst)).filter(|n| *n < seeds.end)
            && let Some(database) = database()
        {
            run(&database, seed);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(work);
        }
    });
}

#[test]
fn whatever_happens_what_was_acknowledged_stands_once_on_sqlite() {
    run_all(seeds(1, 16), || Some(testkit::sqlite()));
}

#[test]
fn whatever_happens_what_was_acknowledged_stands_once_on_postgresql() {
    run_all(seeds(1_001, 3), || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(testkit::postgres())
    });
}
