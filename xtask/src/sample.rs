//! `cargo xtask sample`: writes the samples that ship with the project, from their seed.
//!
//! The committed files equal what [`files`] returns; a test holds it.

use rehearsal::exports::{write_qq_txt, write_telegram_json};
use rehearsal::{Crowd, Plan, Tally, Totals};
use std::io;
use std::path::Path;

/// Seed of the shipped group.
pub const SEED: u64 = 20_250_835;

/// The Telegram export.
pub const TELEGRAM: &str = "running-group-telegram.json";
/// The QQ export.
pub const QQ: &str = "running-group-qq.txt";
/// What a report of either must count.
pub const EXPECTED: &str = "expected.json";
/// What the files are.
pub const README: &str = "README.md";

/// Names and contents of everything in `samples/`.
pub fn files() -> io::Result<Vec<(&'static str, Vec<u8>)>> {
    let crowd = || Crowd::new(SEED, Plan::sample());
    let mut telegram = Vec::new();
    write_telegram_json(crowd(), &mut telegram)?;
    let mut qq = Vec::new();
    write_qq_txt(crowd(), &mut qq)?;
    let totals = Tally::of(crowd());
    let mut expected = serde_json::to_vec_pretty(&totals)?;
    expected.push(b'\n');
    let readme = readme(&totals).into_bytes();
    Ok(vec![(TELEGRAM, telegram), (QQ, qq), (EXPECTED, expected), (README, readme)])
}

/// Writes them into `samples/` under `root`.
pub fn write(root: &Path) -> io::Result<()> {
    let folder = root.join("samples");
    std::fs::create_dir_all(&folder)?;
    for (name, content) in files()? {
        std::fs::write(folder.join(name), content)?;
    }
    Ok(())
}

fn readme(totals: &Totals) -> String {
    let plan = Plan::sample();
    let last = plan.day(plan.days - 1);
    format!(
        "# Samples

**These chats are generated.** Nobody said any of this: people, names, places and words are
invented by a small seeded program (`crates/rehearsal`). They show what a report looks like and
serve the tests. `cargo xtask sample` writes every file of this folder again, byte for byte (seed
{SEED}); a test compares them.

Both files tell the same 90 days ({first} to {last}, Asia/Shanghai) of one make-believe
running group (滨江夜跑团), as two programs would export them:

| file | format |
|---|---|
| `{TELEGRAM}` | Telegram Desktop, JSON, one private group |
| `{QQ}` | QQ for PC, message manager, TXT (wall-clock times of Asia/Shanghai) |
| `{EXPECTED}` | the exact counts, made by the generator without reading the exports |

A report of either file counts:

| what | count |
|---|---|
| messages | {messages} |
| people who wrote | {senders} |
| joins (events / people) | {joins} / {joined} |
| leaves (events / people) | {leaves} / {left} |
| other service rows | {service} (Telegram), {service_qq} (QQ) |
| days with messages | {days} of 90 |
| median of people who write a day | {median} |

The difference in service rows are the {recalls} rows that take a message back: QQ writes them,
Telegram does not (`recalls` in `{EXPECTED}`). Reply links stand in the Telegram file only.

Things to find in it: newcomers whose first words nobody took up, questions without an answer, a
wave of adverts with leaves after it, two regulars who fell silent in the last month, and a dip
with a silent weekend.
",
        first = plan.first_day,
        messages = totals.messages,
        senders = totals.senders,
        joins = totals.joins,
        joined = totals.joined_people,
        leaves = totals.leaves,
        left = totals.left_people,
        service = totals.service_rows,
        service_qq = totals.service_rows + totals.recalls,
        recalls = totals.recalls,
        days = totals.days_with_messages,
        median = totals.median_daily_senders.unwrap_or_default(),
    )
}
