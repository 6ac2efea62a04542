//! A company with 2,000 groups and about 240,000 members, read for the first time: how long, and
//! how much of what the platform allows.

use crate::bench::Failure;
use crate::bench::databases::runtime;
use crate::bench::live::Durable;
use crate::bench::measure::{Bound, Sheet, now, rate};
use crate::bench::wecom::place::{Place, practice};
use chat::wecom::{PER_ADDRESS, PER_CALL};
use domain::Millis;
use practice::wecom::{Called, Practice, Size};
use std::collections::HashMap;
use std::path::Path;
use tokio::runtime::Runtime;

/// Share of the platform's numbers that we keep to, in percent.
const SHARE: f64 = 80.0;

/// On a file, and on a cluster that keeps what it says it kept.
pub(in crate::bench) fn measure(
    root: &Path,
    folder: &Path,
    sheet: &mut Sheet,
) -> Result<(), Failure> {
    let runtime = runtime()?;
    let url = folder.join("pull.db").display().to_string();
    pulled("SQLite", &url, (&runtime, sheet))?;
    let server = Durable::start(root)?;
    let url = runtime.block_on(store::create_database(server.url(), "bench_pull"))?;
    pulled("PostgreSQL", &url, (&runtime, sheet))
}

fn pulled(name: &str, url: &str, (runtime, sheet): (&Runtime, &mut Sheet)) -> Result<(), Failure> {
    let practice = practice(Size::LARGE)?;
    let (time, rows) = runtime.block_on(async {
        let place = Place::open(url).await?;
        let began = now();
        let id = place.read(&practice).await?;
        let time = began.elapsed();
        let rows = place.store.wecom_members(id).await?.len();
        place.live.stop().await;
        Ok::<_, Failure>((time, rows))
    })?;
    let (groups, seats) = practice.read(|books| {
        let groups = books.groups.values();
        (groups.len(), groups.map(|group| group.members.len()).sum::<usize>())
    });
    if rows != seats {
        return Err(format!("{rows} seats were read of {seats}").into());
    }
    sheet.note(format!("a company read whole, {name}"), time.as_secs_f64(), "s", Bound::None);
    let speed = rate(groups as u64, time);
    sheet.note(format!("its {groups} groups, {name}"), speed, "groups/s", Bound::None);
    let speed = rate(seats as u64, time);
    sheet.note(format!("its {seats} seats, {name}"), speed, "seats/s", Bound::None);
    budget(name, &practice, sheet);
    Ok(())
}

/// Calls, and how near they came to what the platform allows in a minute.
fn budget(name: &str, practice: &Practice, sheet: &mut Sheet) {
    let calls = practice.calls();
    sheet.note(format!("calls, {name}"), calls.len() as f64, "calls", Bound::None);
    let [per_call, ..] = PER_CALL;
    let [per_address, ..] = PER_ADDRESS;
    let one = busiest(&calls, |call| call.path.clone());
    let all = busiest(&calls, |_| String::new());
    for (what, most, limit) in [("one call", one, per_call), ("all calls", all, per_address)] {
        let share = most as f64 * 100.0 / f64::from(limit.most);
        let note = format!("busiest minute of {what}, {name}");
        sheet.note(note, share, "% allowed", Bound::AtMost(SHARE));
    }
    let refused = calls.iter().filter(|call| call.code != Some(0)).count();
    sheet.note(format!("calls refused, {name}"), refused as f64, "calls", Bound::None);
}

/// Most calls of one kind within any minute.
fn busiest(calls: &[Called], kind: impl Fn(&Called) -> String) -> usize {
    let mut moments: HashMap<String, Vec<Millis>> = HashMap::new();
    for call in calls {
        moments.entry(kind(call)).or_default().push(call.at);
    }
    let most = |times: &Vec<Millis>| {
        let within = |(nth, from): (usize, &Millis)| {
            let later = times.iter().skip(nth);
            later.take_while(|at| at.since(*from) < Millis::MINUTE).count()
        };
        times.iter().enumerate().map(within).max()
    };
    moments.values().filter_map(most).max().unwrap_or(0)
}
