//! How fast words become feature words, and facts become pages, on one core.
//!
//! `cargo run --release -p insights --example fold_speed`
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a measurement: it prints what the clock says"
)]

use domain::{ActorClass, Fact, FactKind, FeatureWord, IdentityId, Millis, SourceKey, Zone};
use insights::{Folder, Page, Settings, Spoken, features};
use std::time::Instant;

/// A watch that reads processor time where the system tells it, else the wall clock.
struct Watch(Instant, Option<u64>);

impl Watch {
    fn start() -> Self {
        Self(Instant::now(), on_processor_ns())
    }

    fn seconds(&self) -> f64 {
        match (self.1, on_processor_ns()) {
            (Some(then), Some(now)) if now > then => (now - then) as f64 / 1e9,
            _ => self.0.elapsed().as_secs_f64(),
        }
    }
}

fn on_processor_ns() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split(' ').next()?.parse().ok()
}

const FACTS: usize = 2_000_000;
const PEOPLE: u64 = 800;

const TEXTS: [&str; 16] = [
    "好的",
    "今天谁去仓库搬货？",
    "我明天上午去，顺便把合同带给阿杰",
    "哈哈哈哈",
    "请问这个怎么报名",
    "收到",
    "how do I reset the password on the new panel?",
    "you can do it from the settings page, third entry",
    "lol",
    "thanks, that worked",
    "@小林 你那边到货了吗",
    "到了到了，昨天晚上八点多送来的，已经入库",
    "1",
    "see https://example.com/docs?page=2 for the details",
    "😂😂",
    "we moved the server last night, everything is back to normal now",
];

/// A small generator: the same numbers on every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

fn main() {
    let texts = speak();
    let facts = generate(&texts);
    fold(&facts);
}

fn speak() -> Vec<(FeatureWord, u64)> {
    let started = Watch::start();
    let mut sum = 0_u64;
    let rounds = 100_000;
    for _ in 0..rounds {
        for text in TEXTS {
            sum ^= features(&Spoken { text, ..Spoken::default() }).1;
        }
    }
    say("feature words", rounds * TEXTS.len(), &started, sum);
    TEXTS.iter().map(|text| features(&Spoken { text, ..Spoken::default() })).collect()
}

fn generate(texts: &[(FeatureWord, u64)]) -> Vec<Fact> {
    let mut draw = Draw(7);
    let mut at = 1_700_000_000_000_i64;
    let mut facts = Vec::with_capacity(FACTS);
    for key in 0..FACTS as i64 {
        at += i64::try_from(draw.below(40_000)).unwrap_or(0);
        let (word, hash) = texts[usize::try_from(draw.below(texts.len() as u64)).unwrap_or(0)];
        let rank = draw.below(PEOPLE);
        let who = 1 + draw.below(1 + rank);
        let replies = draw.below(5) == 0 && key > 50;
        let back = 1 + i64::try_from(draw.below(40)).unwrap_or(0);
        facts.push(Fact {
            at: Millis(at),
            source: SourceKey { key, part: 0 },
            kind: if draw.below(50) == 0 { FactKind::Reaction } else { FactKind::Message },
            class: if who == 3 { ActorClass::Staff } else { ActorClass::Member },
            detail: 0,
            actor: IdentityId(u32::try_from(who).unwrap_or(1)),
            other: IdentityId::NOBODY,
            reply_to: replies.then_some(key - back),
            features: word,
            text_hash: hash,
        });
    }
    facts
}

fn fold(facts: &[Fact]) {
    let zone = Zone::named("Asia/Shanghai").unwrap_or_else(|_| Zone::utc());
    let started = Watch::start();
    let mut folder = Folder::new(zone, Settings::default());
    let mut pages: Vec<Page> = facts.iter().filter_map(|fact| folder.push(fact)).collect();
    pages.extend(folder.finish());
    say("facts folded", facts.len(), &started, pages.len() as u64);
    let started = Watch::start();
    let bytes: Vec<Vec<u8>> = pages.iter().map(Page::encode).collect();
    let size: usize = bytes.iter().map(Vec::len).sum();
    say("pages encoded", pages.len(), &started, size as u64);
    let started = Watch::start();
    let read = bytes.iter().filter(|bytes| Page::decode(bytes).is_ok()).count();
    say("pages decoded", read, &started, size as u64);
}

fn say(what: &str, count: usize, started: &Watch, proof: u64) {
    let seconds = started.seconds();
    let millions = count as f64 / seconds / 1e6;
    println!("{what}: {count} in {seconds:.3} s = {millions:.3} M/s ({proof})");
}
