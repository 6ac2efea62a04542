//! `cargo xtask bench`: how fast it is, side by side with plain baselines in the same run.
//!
//! Inputs are made here, from a seed; nothing is downloaded. Every measure stands beside the floor
//! or ceiling that the design sets, and says whether it held. Ratios are for trust, absolute
//! figures for orientation: the machine may be busy. Nothing here is a test.

mod bare;
mod console;
mod databases;
mod figures;
mod inputs;
mod links;
mod live;
mod measure;
mod memory;
mod parsers;
mod reports;
mod wecom;

pub use console::Big;
pub use measure::{Bound, Measure, Sheet};

use inputs::Inputs;
use std::path::Path;

/// Parts that read the inputs.
const READERS: [&str; 4] = ["parsers alone", "report of a file", "SQLite", "PostgreSQL"];

/// What to measure.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Messages of the inputs.
    pub messages: u32,
    /// Messages that the log of the living groups holds before.
    pub log: u64,
    /// Bytes of the file of the memory measure, if it is wanted.
    pub big_bytes: Option<u64>,
    /// How large the organisation of the console is, and where it is kept.
    pub console: Big,
    /// Parts to measure, by their names; all when there are none.
    pub only: Vec<String>,
}

impl Wanted {
    fn part(&self, name: &str) -> bool {
        let named = |only: &String| name.to_lowercase().contains(&only.to_lowercase());
        let is_input = name == "inputs" && READERS.iter().any(|reader| self.part(reader));
        is_input || self.only.is_empty() || self.only.iter().any(named)
    }
}

/// Anything that stops a bench.
pub type Failure = Box<dyn std::error::Error>;

/// Measures everything, says each figure when it is known, and writes `target/bench.json`.
pub fn run(root: &Path, wanted: &Wanted, say: &dyn Fn(&str)) -> Result<Sheet, Failure> {
    let folder = tempfile::tempdir()?;
    let mut sheet = Sheet::default();
    let mut part = |name: &str, work: &dyn Fn(&mut Sheet) -> Result<(), Failure>| {
        if !wanted.part(name) {
            return;
        }
        say(&format!("-- {name}"));
        let before = sheet.measures.len();
        if let Err(failure) = work(&mut sheet) {
            sheet.failed.push(format!("{name}: {failure}"));
            say(&format!("   FAILED: {failure}"));
        }
        for measure in sheet.measures.iter().skip(before) {
            say(&format!("   {measure}"));
        }
    };
    let inputs = Inputs::new(folder.path(), wanted.messages);
    part("inputs", &|sheet| inputs.write(sheet));
    part("parsers alone", &|sheet| parsers::measure(&inputs, sheet));
    part("report of a file", &|sheet| reports::measure(&inputs, sheet));
    part("SQLite", &|sheet| databases::sqlite(&inputs, folder.path(), sheet));
    part("PostgreSQL", &|sheet| databases::postgres(root, &inputs, sheet));
    part("figures", &|sheet| figures::measure(folder.path(), sheet));
    part("deciders", &|sheet| live::deciders(sheet));
    part("live intake, SQLite", &|sheet| live::sqlite(folder.path(), wanted.log, sheet));
    part("live intake, PostgreSQL", &|sheet| live::postgres(root, wanted.log, sheet));
    part("delivery", &|sheet| live::delivery(folder.path(), sheet));
    part("wecom, callbacks", &|sheet| wecom::callbacks(root, folder.path(), sheet));
    part("wecom, pull", &|sheet| wecom::pull(root, folder.path(), sheet));
    part("links", &|sheet| links::measure(folder.path(), sheet));
    part("demo", &|sheet| live::demo(root, folder.path(), sheet));
    part("console", &|sheet| console::measure(root, folder.path(), &wanted.console, (sheet, say)));
    if let Some(bytes) = wanted.big_bytes {
        part("memory", &|sheet| memory::measure(root, folder.path(), bytes, sheet));
    }
    let target = root.join("target");
    std::fs::create_dir_all(&target)?;
    std::fs::write(target.join("bench.json"), serde_json::to_vec_pretty(&sheet)?)?;
    Ok(sheet)
}
