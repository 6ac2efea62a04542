//! Samples of the templates of people.

use askama::Template;
use report::Lang;

use crate::console::Frame;
use crate::console::people::barring::{BarredLine, BarringPage, BlacklistPage};
use crate::console::people::card::Card;
use crate::console::people::list::{ListPage, PersonLine};
use crate::console::people::merging::{MergingPage, Side};
use crate::console::people::moments::MomentLine;
use crate::console::people::page::{
    AccountLine, BanLine, Known, NoteLine, PersonPage, SeemsLine, StayLine, TagLine, ValueLine,
};
use crate::console::people::tags::{TagKind, TagsPage};
use crate::console::people::view::Typed;
use crate::samples::hostile;

fn typed(full: bool) -> Typed {
    let fields =
        ["text", "name", "value", "why", "tag", "with", "appeal", "lift", "reason", "days"];
    let all = || fields.map(|field| (field, hostile())).to_vec();
    if full { Typed { wrong: all(), text: all() } } else { Typed::default() }
}

fn tag() -> TagLine {
    let (name, about, why) = (hostile(), hostile(), hostile());
    TagLine { id: 1, name, about, why, state: hostile() }
}

fn known(full: bool) -> Known {
    let note = |gone: &str| NoteLine {
        id: 1,
        text: hostile(),
        about: hostile(),
        gone: gone.to_owned(),
        removable: full,
    };
    Known {
        id: 7,
        name: hostile(),
        bare: if full { hostile() } else { String::new() },
        sub: hostile(),
        hidden: if full { hostile() } else { String::new() },
        barred: full,
        tags: if full { vec![tag()] } else { Vec::new() },
        past_tags: if full { vec![tag()] } else { Vec::new() },
        offered: if full { vec![(1, hostile(), true), (2, hostile(), false)] } else { Vec::new() },
        notes: if full { vec![note(""), note("x")] } else { Vec::new() },
        groups: if full { vec![(1, hostile()), (2, hostile())] } else { Vec::new() },
        main: full.then(|| (1, hostile(), hostile())),
        main_chosen: full,
        tend: full,
        keep: full,
    }
}

fn accounts() -> Vec<AccountLine> {
    let one = |id| AccountLine { id, name: hostile(), about: hostile(), merged: hostile() };
    vec![one(7), one(8)]
}

fn ban(stands: bool) -> BanLine {
    BanLine { reason: hostile(), about: hostile(), appeal: hostile(), lifted: hostile(), stands }
}

fn person(l: Lang, full: bool) -> PersonPage {
    let value = ValueLine {
        id: 1,
        name: hostile(),
        value: hostile(),
        source: "",
        tone: "blue",
        about: hostile(),
        first: true,
    };
    let seems =
        SeemsLine { name: "city", word: hostile(), value: hostile(), group: "1".to_owned() };
    let stay = StayLine {
        group: hostile(),
        href: "/groups/1".to_owned(),
        here: true,
        joined: hostile(),
        left: hostile(),
        again: hostile(),
        role: "",
    };
    let moment = MomentLine {
        when: hostile(),
        group: hostile(),
        tone: "green",
        what: hostile(),
        quote: hostile(),
    };
    PersonPage {
        frame: Frame::sample(l),
        l,
        known: known(full),
        values: full.then_some(value).into_iter().collect(),
        seems: full.then_some(seems).into_iter().collect(),
        stays: full.then_some(stay).into_iter().collect(),
        accounts: accounts(),
        bans: if full { vec![ban(true), ban(false)] } else { Vec::new() },
        moments: full.then_some(moment).into_iter().collect(),
        older: full.then(|| "/people/7?before=1".to_owned()),
        typed: typed(full),
    }
}

fn list(l: Lang, full: bool) -> ListPage {
    let row = PersonLine {
        id: 7,
        href: "/people/7".to_owned(),
        name: hostile(),
        bare: hostile(),
        sub: hostile(),
        groups: hostile(),
        joined: hostile(),
        tags: vec![hostile()],
        barred: true,
    };
    ListPage {
        frame: Frame::sample(l),
        l,
        asked: hostile(),
        show: hostile(),
        tabs: vec![("/people".to_owned(), "", true)],
        groups: vec![(1, hostile(), true)],
        tags: vec![(1, hostile(), true)],
        rows: full.then_some(row).into_iter().collect(),
        first: full.then(|| "/people".to_owned()),
        next: full.then(|| "/people?before=7".to_owned()),
        filtered: full,
        export: full.then(|| "/people/export.csv".to_owned()),
        tend: true,
        back: "/people".to_owned(),
        typed: typed(full),
    }
}

fn merging(l: Lang, full: bool) -> MergingPage {
    let side = || Side { known: known(true), accounts: accounts(), stays: 2 };
    MergingPage {
        frame: Frame::sample(l),
        l,
        own: side(),
        other: full.then(side),
        asked: hostile(),
        found: if full { Vec::new() } else { vec![(8, hostile(), hostile())] },
        typed: typed(full),
    }
}

fn tags(l: Lang, full: bool) -> TagsPage {
    let kind = |gone| TagKind {
        id: 1,
        folder: hostile(),
        name: hostile(),
        quick: true,
        days: "30".to_owned(),
        holders: hostile(),
        gone,
        open: true,
    };
    let folders = if full { vec![(hostile(), vec![kind(false)])] } else { Vec::new() };
    TagsPage {
        frame: Frame::sample(l),
        l,
        folders,
        retired: full.then(|| kind(true)).into_iter().collect(),
        keep: true,
        typed: typed(full),
        at: i64::from(full),
        new_quick: true,
    }
}

fn barring(l: Lang, full: bool) -> BarringPage {
    let groups = if full { vec![(1, hostile(), "", true, true)] } else { Vec::new() };
    BarringPage { frame: Frame::sample(l), l, known: known(full), groups, typed: typed(full) }
}

fn blacklist(l: Lang, full: bool) -> BlacklistPage {
    let href = "/people/7".to_owned();
    let row = BarredLine { href, name: hostile(), sub: hostile(), ban: ban(!full) };
    let rows = full.then_some(row).into_iter().collect();
    BlacklistPage {
        frame: Frame::sample(l),
        l,
        all: full,
        rows,
        first: full.then(|| "/blacklist?show=all".to_owned()),
        next: full.then(|| "/blacklist?show=all&after=9-7-1".to_owned()),
    }
}

/// All of them, rendered, with what they are.
pub(crate) fn all(l: Lang) -> Vec<(&'static str, String)> {
    let pages = [true, false].into_iter().flat_map(|full| {
        let card = Card { l, known: known(full), typed: typed(full) };
        [
            ("person", person(l, full).render()),
            ("card", card.render()),
            ("people", list(l, full).render()),
            ("merging", merging(l, full).render()),
            ("tags", tags(l, full).render()),
            ("barring", barring(l, full).render()),
            ("blacklist", blacklist(l, full).render()),
        ]
    });
    pages.map(|(what, html)| (what, html.unwrap())).collect()
}
