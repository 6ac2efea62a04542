//! What the targets share: bytes read by one format into nothing.

use domain::{
    GroupCard, GroupRef, Millis, PersonCard, PersonRef, Place, Sink, Stop, Told, Warning, Zone,
};
use imports::{Bundle, Claim, ColumnMap, ReadOptions, format_named};

/// Takes everything and keeps nothing.
struct Nothing;

impl Sink for Nothing {
    fn group(&mut self, _: &GroupCard) -> GroupRef {
        GroupRef(0)
    }

    fn person(&mut self, _: &PersonCard<'_>) -> PersonRef {
        PersonRef(0)
    }

    fn tell(&mut self, _: &Told<'_>) -> Result<(), Stop> {
        Ok(())
    }

    fn warn(&mut self, _: Warning) {}

    fn file(&mut self, _: &Place) {}

    fn consumed(&mut self, _: u64) {}
}

/// Reads `bytes`, as the file `name`, by the format with this word, whether it recognises them or
/// not, as `--format` does.
pub fn read(word: &str, name: &str, bytes: &[u8]) {
    let format = format_named(word).expect("the word of a format");
    let bundle = Bundle::of(&[(name, bytes)]);
    let open: Vec<usize> = (0..bundle.entries().len()).collect();
    let mut claims = (format.claim)(&bundle, &open);
    if claims.is_empty() {
        claims = vec![Claim { entries: open, beside: Vec::new() }];
    }
    let options = ReadOptions {
        zone: Zone::utc(),
        now: Millis(1_800_000_000_000),
        partial: bytes.len() % 2 == 0,
        date_order: None,
        columns: ColumnMap::default(),
        group: None,
    };
    for claim in claims {
        // An error is a good answer to garbage; only a panic is a finding.
        let _ = (format.read)(&bundle, &claim, &options, &mut Nothing);
    }
}
