//! How fast figures and an overview come from day pages, on one core.
//!
//! `cargo run --release -p insights --example figure_speed`
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement: it prints what the clock says"
)]

use domain::{ActorClass, Day, Evidence, Extent, IdentityId, JoinManner, LeaveManner, Millis};
use insights::{
    Answer, AnswerEvidence, Coming, Edge, Going, GroupPages, Item, ItemFlags, METRICS, Page,
    PersonDay, Scope, Settings, Span, overview,
};
use std::time::{Duration, Instant};

const FIRST: i32 = 19_723;

/// Splitmix64: the same pages on every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((z ^ (z >> 31)) % u64::from(n)).unwrap_or(0)
    }
}

/// Pages of one group: `people` of whom a share `writes` in a hundred write each day.
fn group(days: i32, people: (u32, u32), writes: u32, draw: &mut Draw) -> Vec<Page> {
    let mut key = 0;
    let mut pages = Vec::new();
    for day in FIRST..FIRST + days {
        let start = i64::from(day) * Millis::DAY;
        let mut page = Page { day, settings: 1, ..Page::default() };
        let moment = |draw: &mut Draw| Millis(start + i64::from(draw.below(86_400)) * 1000);
        for who in people.0..people.0 + people.1 {
            if draw.below(100) < writes {
                let messages = 1 + draw.below(5);
                let class = if who % 50 == 0 { ActorClass::Staff } else { ActorClass::Member };
                let (who, hours) = (IdentityId(who), 1 << draw.below(24));
                let effective = messages / 2;
                let row =
                    PersonDay { who, class, messages, effective, hours, ..Default::default() };
                page.people.push(row);
            }
        }
        for pair in page.people.windows(2) {
            if let [a, b] = pair {
                let told = draw.below(3);
                page.edges.push(Edge { from: a.who, to: b.who, told, by_order: 1 });
            }
            if let ([a, b], 0) = (pair, draw.below(20)) {
                key += 1;
                let (at, who, class) = (moment(draw), a.who, a.class);
                page.items.push(Item { at, key, who, class, flags: ItemFlags(1) });
                let (item_at, asker, evidence) = (at, a.who, AnswerEvidence::Reply);
                let at = Millis(at.0 + 600_000);
                let (who, class) = (b.who, b.class);
                page.answers.push(Answer { at, key, item_at, who, class, asker, evidence });
            }
        }
        let who = IdentityId(people.0 + draw.below(people.1));
        let (by, class) = (IdentityId::NOBODY, ActorClass::Member);
        page.comings.push(Coming { at: Millis(start), who, how: JoinManner::Link, by, class });
        let who = IdentityId(people.0 + draw.below(people.1));
        page.goings.push(Going { at: Millis(start + 1), who, how: LeaveManner::Left, by });
        page.first_last = Some((Millis(start), Millis(start + 1)));
        pages.push(page);
    }
    pages
}

fn known(pages: &[Page]) -> GroupPages<'_> {
    let all = Extent::Full;
    let evidence = Evidence {
        messages: all,
        joins: all,
        leaves: all,
        replies: all,
        reactions: all,
        ..Evidence::default()
    };
    GroupPages { pages: pages.into(), evidence, founded: Some(Day(FIRST)), members_given: None }
}

fn measure(name: &str, pages: &[Vec<Page>], days: i32) {
    let rows: usize = pages.iter().flatten().map(|page| page.people.len()).sum();
    let groups: Vec<GroupPages<'_>> = pages.iter().map(|pages| known(pages)).collect();
    let span = Span { from: Day(FIRST), to: Day(FIRST + days - 1) };
    let settings = Settings::default();
    let messages = overview(&groups, span, &settings).totals.messages;
    let whole = best_of_three(|| _ = overview(&groups, span, &settings));
    let mut took: Vec<(Duration, &str)> = METRICS
        .iter()
        .map(|metric| {
            let figure = || _ = metric.figure(&Scope::new(groups.clone(), span, &settings));
            (best_of_three(figure), metric.code)
        })
        .collect();
    took.sort_unstable_by(|a, b| b.cmp(a));
    println!("{name}: {rows} person-days, {messages} messages");
    println!("  overview {whole:.1?}; slowest figures:");
    for (took, code) in took.iter().take(4) {
        println!("    {code} {took:.1?}");
    }
}

/// The shortest of three runs: the machine may be busy with other things.
fn best_of_three(run: impl Fn()) -> Duration {
    let once = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..3).map(once).min().unwrap_or_default()
}

fn main() {
    let mut draw = Draw(7);
    let year = vec![group(365, (1, 200), 60, &mut draw)];
    measure("a group of 200 over a year", &year, 365);
    let large = vec![group(600, (1, 10_000), 50, &mut draw)];
    measure("a group of 10,000 over 600 days", &large, 600);
    let many: Vec<_> = (0..250).map(|n| group(365, (1 + n * 60, 80), 41, &mut draw)).collect();
    measure("250 groups that overlap over a year", &many, 365);
}
