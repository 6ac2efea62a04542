//! People and questions that nobody answered; first posts ever on top.

use crate::html::Eye;
use crate::speech::{clock, shown_name};
use crate::words;
use crate::{Community, Lang};
use askama::Template;
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
}

/// The thing in words.
pub(super) fn quote(eye: &Eye<'_>, item: &OpenItem) -> Quote {
    let community = eye.community;
    let group = usize::try_from(item.group).ok().and_then(|at| community.groups.get(at));
    Quote {
        l: eye.lang,
        who: eye.name(item.who),
        when: clock(item.at, &community.zone, community.overall.span.to, eye.lang),
        labels: words::item_labels(item, eye.lang),
        kind: words::item_words(item).first().copied().unwrap_or("open"),
        group: group.filter(|_| community.is_many()).map(|group| shown_name(&group.name, eye.lang)),
        text: community.excerpt(item),
        last_word: item.last_word && has_had_time(community, item),
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
        let mut quotes = items.iter().take(LIST_MAX).map(|item| quote(eye, item));
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
