//! How people came in, and who is in several groups: what joins and leaves show by themselves.
//!
//! Invariant: where not every leave is told, who is still in is said to be unknown.

use crate::Lang;
use crate::charts::percent;
use crate::facts::folded;
use crate::html::Eye;
use crate::html::figures::Definition;
use crate::speech::{count, share};
use crate::words;
use askama::Template;
use insights::{Overlap, Overview};

/// Inviters and pairs shown.
const ROWS_MAX: usize = 10;

/// Joins by manner, and who brought most.
#[derive(Template)]
#[template(path = "people/entry.html")]
pub(super) struct EntrySection {
    l: Lang,
    leaves_told: bool,
    manners: Vec<MannerRow>,
    inviters: Vec<InviterRow>,
    definition: Definition,
}

struct MannerRow {
    how: &'static str,
    joins: String,
    kept: Option<(String, String)>,
    /// Widths in per cent of the longest bar: all joins, and those who are still in.
    width: String,
    kept_width: String,
}

struct InviterRow {
    name: String,
    joins: String,
    kept: Option<(String, String)>,
}

impl EntrySection {
    /// `None` where no join is told in the span.
    pub(super) fn of(eye: &Eye<'_>, overview: &Overview) -> Option<Self> {
        let (l, entry) = (eye.lang, &overview.entry);
        let most = f64::from(entry.manners.first()?.joins);
        let manners = entry.manners.iter().map(|manner| MannerRow {
            how: words::manner(manner.how, l),
            joins: count(f64::from(manner.joins)),
            kept: manner.still_in.map(|kept| kept_words(kept, manner.joins)),
            width: percent(f64::from(manner.joins), most),
            kept_width: percent(manner.still_in.map_or(0.0, f64::from), most),
        });
        let inviters = entry.inviters.iter().take(ROWS_MAX).map(|inviter| InviterRow {
            name: eye.name(inviter.who),
            joins: count(f64::from(inviter.joins)),
            kept: inviter.still_in.map(|kept| kept_words(kept, inviter.joins)),
        });
        Some(Self {
            l,
            leaves_told: entry.manners.iter().all(|manner| manner.still_in.is_some()),
            manners: manners.collect(),
            inviters: inviters.collect(),
            definition: Definition::saying(l, entry_rows(l)),
        })
    }
}

fn kept_words(kept: u32, joins: u32) -> (String, String) {
    (count(f64::from(kept)), share(f64::from(kept) / f64::from(joins.max(1))))
}

fn entry_rows(l: Lang) -> Vec<(&'static str, String)> {
    let say = |zh: &str, en: &str| l.pick(zh, en).to_owned();
    vec![
        (
            l.pick("怎么数", "Counted"),
            say(
                "时段内的每一次进群；同一个人来两次算两次。上线下线、没有时间的名单行不算",
                "each join in the period; who came twice counts twice. Connections and list rows \
                 without a time do not count",
            ),
        ),
        (
            l.pick("还在", "Still in"),
            say(
                "其中到数据末日没有退群的人次",
                "of these, joins of people who had not left by the end of the data",
            ),
        ),
        (
            l.pick("谁带来的", "Through whom"),
            say("按记录里写明的邀请人", "the inviter that the source names"),
        ),
        (
            l.pick("需要数据", "Needs"),
            say("进群记录；“还在”另需完整的退群记录", "joins; for “still in” all leaves as well"),
        ),
    ]
}

/// How many people are in one, two, three or more groups, and which groups share most.
#[derive(Template)]
#[template(path = "people/overlap.html")]
pub(super) struct OverlapSection {
    l: Lang,
    rows: Vec<OverlapRow>,
    pairs: Vec<(String, String, String)>,
    definition: Definition,
}

struct OverlapRow {
    label: String,
    people: String,
    share: String,
    width: String,
}

impl OverlapSection {
    /// `None` for one group, and where membership is not told.
    pub(super) fn of(eye: &Eye<'_>, overview: &Overview) -> Option<Self> {
        let l = eye.lang;
        let overlap = overview.overlap.as_ref().filter(|one| !one.people_by_groups.is_empty())?;
        let name = |place: u32| eye.community.group_name(place, l);
        let pairs = overlap.pairs.iter().take(ROWS_MAX);
        Some(Self {
            l,
            rows: overlap_rows(overlap, l),
            pairs: pairs.map(|(a, b, both)| (name(*a), name(*b), count(*both as f64))).collect(),
            definition: Definition::saying(l, overlap_definition(l)),
        })
    }
}

fn overlap_rows(overlap: &Overlap, l: Lang) -> Vec<OverlapRow> {
    let folded = folded(overlap);
    let all: u64 = folded.iter().map(|(_, people)| people).sum();
    let most = folded.iter().map(|(_, people)| *people).max().unwrap_or(0);
    let row = |(label, people): (&str, u64)| OverlapRow {
        label: match (l, label) {
            (Lang::Zh, "1") => "只在 1 个群".to_owned(),
            (Lang::Zh, _) => format!("在 {label} 个群"),
            (Lang::En, "1") => "in 1 group only".to_owned(),
            (Lang::En, _) => format!("in {label} groups"),
        },
        people: count(people as f64),
        share: share(people as f64 / (all.max(1) as f64)),
        width: percent(people as f64, most as f64),
    };
    folded.into_iter().map(row).collect()
}

fn overlap_definition(l: Lang) -> Vec<(&'static str, String)> {
    let say = |zh: &str, en: &str| l.pick(zh, en).to_owned();
    vec![
        (
            l.pick("怎么数", "Counted"),
            say(
                "数据末日还在群里、有名字的人；同一个账号只算一个人",
                "named people who are in at the end of the data; one account is one person",
            ),
        ),
        (l.pick("重叠", "Shared"), say("同时在两个群里的人", "people who are in both groups")),
        (
            l.pick("需要数据", "Needs"),
            say(
                "每个群完整的进群记录；退群没记全时，走了的人也会算在内",
                "all joins of every group; where leaves are not all told, people who left count too",
            ),
        ),
    ]
}
