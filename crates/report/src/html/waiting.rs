//! People and questions that nobody answered; first posts ever on top.

use crate::html::Eye;
use crate::speech::{clock, count, plural};
use crate::words;
use crate::{Community, Lang};
use askama::Template;
use domain::IdentityId;
use insights::{ItemFlags, OpenItem, Overview};

/// Quotes shown at once in each list, and in all with what is folded.
const OPEN: usize = 6;
const LIST_MAX: usize = 24;

/// One thing that waits, with its first words.
#[derive(Template)]
#[template(path = "people/quote.html")]
pub(super) struct Quote {
    l: Lang,
    who: String,
    when: String,
    labels: Vec<&'static str>,
    kind: &'static str,
    group: Option<String>,
    text: Option<String>,
    last_word: bool,
    /// Other groups, or times, in which the same person said the same.
    again: usize,
}

impl Quote {
    fn again_words(&self) -> Option<String> {
        let more = count(self.again as f64);
        let words = plural(self.again as f64, "time", "times");
        let said =
            self.l.pick(format!("同样的话还说了 {more} 次"), format!("said {more} more {words}"));
        (self.again > 0).then_some(said)
    }
}

/// Things in words; what one person said several times in the same words is one quote.
pub(super) fn quotes<'i>(eye: &Eye<'_>, items: impl Iterator<Item = &'i OpenItem>) -> Vec<Quote> {
    let mut quotes: Vec<(IdentityId, Quote)> = Vec::new();
    for item in items {
        let new = quote(eye, item);
        let is_same =
            |(who, old): &&mut (IdentityId, Quote)| *who == item.who && old.text == new.text;
        match quotes.iter_mut().filter(|_| new.text.is_some()).find(is_same) {
            Some((_, old)) => old.again += 1,
            None => quotes.push((item.who, new)),
        }
    }
    quotes.into_iter().map(|(_, quote)| quote).collect()
}

/// The thing in words.
fn quote(eye: &Eye<'_>, item: &OpenItem) -> Quote {
    let community = eye.community;
    Quote {
        l: eye.lang,
        who: eye.name(item.who),
        when: clock(item.at, &community.zone, community.overall.span.to, eye.lang),
        labels: words::item_labels(item, eye.lang),
        kind: words::item_words(item).first().copied().unwrap_or("open"),
        group: community.is_many().then(|| community.group_name(item.group, eye.lang)),
        text: community.excerpt(item),
        last_word: item.last_word && has_had_time(community, item),
        again: 0,
    }
}

/// Days after which somebody could have written again.
const AGAIN_DAYS: i32 = 3;

/// Whether the data goes on long enough after it for "never wrote again" to mean something.
fn has_had_time(community: &Community, item: &OpenItem) -> bool {
    let day = community.zone.local(item.at).day;
    community.overall.span.to.since(day) >= AGAIN_DAYS
}

/// All that waits, by kind.
#[derive(Template)]
#[template(path = "people/waiting.html")]
pub(super) struct Waiting {
    l: Lang,
    told: bool,
    total: f64,
    lists: Vec<List>,
}

struct List {
    title: &'static str,
    lede: &'static str,
    shown: Vec<Quote>,
    folded: Vec<Quote>,
    left_off: usize,
}

impl List {
    fn of(
        eye: &Eye<'_>,
        (title, lede): (&'static str, &'static str),
        items: &[&OpenItem],
    ) -> Option<Self> {
        let mut quotes = quotes(eye, items.iter().take(LIST_MAX).copied()).into_iter();
        let shown: Vec<Quote> = quotes.by_ref().take(OPEN).collect();
        let list = Self {
            title,
            lede,
            folded: quotes.collect(),
            left_off: items.len().saturating_sub(LIST_MAX),
            shown,
        };
        (!list.shown.is_empty()).then_some(list)
    }
}

impl Waiting {
    pub(super) fn of(eye: &Eye<'_>, overview: &Overview) -> Self {
        let l = eye.lang;
        let (first, rest): (Vec<&OpenItem>, Vec<&OpenItem>) =
            overview.unanswered.iter().partition(|item| item.flags.has(ItemFlags::FIRST_POST));
        let (asked, other): (Vec<&OpenItem>, Vec<&OpenItem>) =
            rest.into_iter().partition(|item| item.flags.has(ItemFlags::QUESTION));
        let heads = [
            l.pick(
                ("第一次发言，没人接话", "这是他们在群里说的第一句话，最该先回。"),
                (
                    "First posts without a reply",
                    "Their first words in this group: answer these before all else.",
                ),
            ),
            l.pick(
                ("提问没人答", "最近的在前。"),
                ("Questions without an answer", "Latest first."),
            ),
            l.pick(
                ("话题没人接、点名没人应", "最近的在前。"),
                ("Topics and calls that nobody took up", "Latest first."),
            ),
        ];
        let lists = heads.into_iter().zip([first, asked, other]);
        Self {
            l,
            told: overview.evidence.messages != domain::Extent::None,
            total: f64::from(overview.unanswered_total),
            lists: lists.filter_map(|(head, items)| List::of(eye, head, &items)).collect(),
        }
    }
}
