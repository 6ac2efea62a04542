//! Samples of the templates of the search.

use askama::Template;
use report::Lang;

use crate::console::Frame;
use crate::console::search::{Drop, Hit, Names, SearchPage, Words};
use crate::samples::hostile;

fn names(full: bool) -> Names {
    let hits = || {
        let hit = Hit { href: "/groups/1".to_owned(), name: hostile(), about: hostile() };
        full.then_some(hit).into_iter().collect()
    };
    Names { groups: hits(), people: hits(), tags: hits() }
}

fn words(full: bool) -> Vec<Words> {
    let text = [hostile(), hostile(), hostile()];
    let (who, place, when) = (hostile(), hostile(), hostile());
    let words = Words { href: "/people/1".to_owned(), who, place, when, text };
    full.then_some(words).into_iter().collect()
}

fn page(frame: Frame, full: bool) -> SearchPage {
    SearchPage {
        l: frame.l,
        frame,
        asked: if full { hostile() } else { String::new() },
        names: names(full),
        only: full.then(hostile),
        messages: words(full),
        notes: words(full),
        back_to: full.then(hostile),
        deeper: names(full).groups,
    }
}

/// All of them, rendered, with what they are.
pub(crate) fn all(l: Lang) -> Vec<(&'static str, String)> {
    let drop =
        |full| Drop { l, asked: hostile(), all: "/search".to_owned(), names: names(full) }.render();
    let pages = [
        ("search", page(Frame::sample(l), true).render()),
        ("empty search", page(Frame::sample(l), false).render()),
        ("search drop-down", drop(true)),
        ("empty search drop-down", drop(false)),
    ];
    pages.into_iter().map(|(what, html)| (what, html.unwrap())).collect()
}
