//! The figures of this process and of its database, gathered when they are asked for.

use std::fmt::Error;

use app::console::Vitals;
use domain::Millis;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use tokio::time::Instant;

use crate::house::House;
use crate::machines::READY_WITHIN;

/// What the names of all figures begin with.
const PREFIX: &str = "huoqun";

/// All of them, as text.
pub(super) async fn text(house: &House) -> Result<String, Error> {
    let mut list = Registry::with_prefix(PREFIX);
    let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
    list.register("build", "The program", version);
    house.requests().register(&mut list);
    let (waiting, room) = house.live().queue();
    put(&mut list, "writer_queue_waiting", "Submissions that wait for the writer", waiting);
    put(&mut list, "writer_queue_limit", "How many may wait", room);
    put(&mut list, "feeds_open", "Live connections of pages", house.streams().open());
    let began = Instant::now();
    let asked = house.console().vitals(house.settings().org);
    let vitals = tokio::time::timeout(READY_WITHIN, asked).await;
    let took = began.elapsed().as_secs_f64();
    let vitals = vitals.ok().and_then(Result::ok);
    put(&mut list, "database_up", "1 while the database answers", usize::from(vitals.is_some()));
    if let Some(vitals) = vitals {
        seconds(&mut list, "database_query", "How long its figures took", took);
        of_database(&mut list, &vitals, house.now());
    }
    let mut text = String::new();
    encode(&mut text, &list)?;
    Ok(text)
}

fn of_database(list: &mut Registry, vitals: &Vitals, now: Millis) {
    let age = |since: Option<Millis>| since.map_or(0, |since| (now.0 - since.0).max(0)) as f64;
    let counts = [
        ("database_size_bytes", "Size of the database", vitals.bytes),
        ("outbox_waiting", "Actions whose turn has come", vitals.outbox.count),
        ("outbox_failed", "Actions that failed in the last day, not called done", vitals.failed),
        ("intake_waiting", "Events that wait to be decided", vitals.intake.count),
        ("intake_set_aside", "Events that could not be processed", vitals.aside),
        ("sessions", "Sessions of staff that count", vitals.sessions),
        ("groups_without_owner", "Groups without an owner", vitals.ownerless),
        ("pages_behind_groups", "Groups whose figures are behind", vitals.pages_behind),
        ("tiers_behind_days", "Days of groups that wait to be summed", vitals.tiers_behind),
    ];
    for (name, help, count) in counts {
        put(list, name, help, usize::try_from(count).unwrap_or(usize::MAX));
    }
    let (outbox, intake) = (age(vitals.outbox.since), age(vitals.intake.since));
    seconds(list, "outbox_oldest", "How long the oldest of them waits", outbox / 1e3);
    seconds(list, "intake_oldest", "How long the oldest of them waits", intake / 1e3);
    if let Some(at) = vitals.backup {
        let what = "When it was backed up last";
        seconds(list, "last_backup_timestamp", what, at.0 as f64 / 1e3);
    }
}

fn put(list: &mut Registry, name: &str, help: &str, value: usize) {
    let value = i64::try_from(value).unwrap_or(i64::MAX);
    list.register(name, help, ConstGauge::new(value));
}

fn seconds(list: &mut Registry, name: &str, help: &str, value: f64) {
    let gauge = Gauge::<f64, std::sync::atomic::AtomicU64>::default();
    gauge.set(value);
    list.register(format!("{name}_seconds"), help, gauge);
}
