//! Samples of the templates of a group.

use askama::Template;
use report::Lang;

use crate::line::Sight;
use crate::member::barring::Barred;
use crate::member::chat::{ChatPage, Foot, Frame, NoticeBar, Writing};
use crate::member::joining::{Entry, Landing, RulesView};
use crate::member::keeping::{Field, Keeping};
use crate::member::notices::{NoticeView, Notices};
use crate::member::people::{People, Row};
use crate::member::sheet::{LineSheet, SheetPage};
use crate::samples::{badge, hostile, quote};

fn base() -> String {
    "/g/code".to_owned()
}

/// All of them, rendered, with what they are.
pub(crate) fn all(l: Lang, sight: impl Fn() -> Sight) -> Vec<(&'static str, String)> {
    let mut pages = vec![
        ("landing", landing(l).render()),
        ("barred", barred(l, false).render()),
        ("appealed", barred(l, true).render()),
        ("people", people(l).render()),
        ("notices", notices(l).render()),
        ("keeping", keeping(l, true).render()),
        ("keeping", keeping(l, false).render()),
        ("sheet", sheet(l).render()),
        ("sheet page", SheetPage { l, title: hostile(), sheet: sheet(l) }.render()),
    ];
    for open in [true, false] {
        pages.push(("foot", foot(l, open).render()));
        pages.push(("chat", chat(l, open, sight()).render()));
    }
    pages.into_iter().map(|(what, html)| (what, html.unwrap())).collect()
}

fn barred(l: Lang, said: bool) -> Barred {
    let wrong = (!said).then(hostile);
    Barred { l, title: hostile(), base: base(), name: hostile(), typed: hostile(), wrong, said }
}

fn landing(l: Lang) -> Landing {
    Landing {
        l,
        title: hostile(),
        base: base(),
        name: hostile(),
        face: "小".to_owned(),
        color: 3,
        people: l.pick("3 位成员", "3 members").to_owned(),
        notice: Some(String::new()),
        rules: Some(RulesView { version: 2, html: String::new() }),
        key: 1,
        typed: hostile(),
        alert: Some(hostile()),
        wrong_name: Some(hostile()),
        wrong_rules: Some(hostile()),
        entry: Some(Entry { group: 1, key: 2, at: Some(7) }),
    }
}

fn frame(l: Lang) -> Frame {
    let notice = NoticeBar { excerpt: hostile(), html: String::new(), by: hostile() };
    Frame {
        l,
        base: base(),
        name: hostile(),
        people: 12,
        keeper: true,
        closed: true,
        notice: Some(notice),
        pins: vec![quote()],
    }
}

fn foot(l: Lang, open: bool) -> Foot {
    Foot {
        l,
        base: base(),
        state: "open",
        write: if open {
            Writing::Open
        } else {
            Writing::Shut(l.pick("群已关闭", "closed").to_owned())
        },
        key: 5,
        reply: Some(quote()),
        text: format!("</textarea>{}", hostile()),
        wrong: Some(hostile()),
        keeper: true,
        as_host: true,
    }
}

fn chat(l: Lang, live: bool, lines: Sight) -> ChatPage {
    ChatPage {
        l,
        title: hostile(),
        base: base(),
        me: 1,
        now: 1,
        last: 9,
        live,
        at: (!live).then_some(7),
        top: frame(l),
        lines,
        foot: foot(l, true),
    }
}

fn people(l: Lang) -> People {
    let row = |me: bool| Row {
        who: 1,
        name: hostile(),
        face: "小".to_owned(),
        color: 1,
        badge: badge(),
        me,
        muted: Some(hostile()),
        since: hostile(),
    };
    People {
        l,
        title: hostile(),
        base: base(),
        count: 2,
        rows: vec![row(true), row(false)],
        more: 3,
        keeper: true,
        my_name: Some(hostile()),
        wrong: Some(hostile()),
        done: Some(hostile()),
        rules: true,
        keys: [1, 2],
    }
}

fn notices(l: Lang) -> Notices {
    let notice =
        |empty| NoticeView { version: "2".to_owned(), by: hostile(), empty, html: String::new() };
    let versions = vec![notice(true), notice(false)];
    Notices { l, title: hostile(), base: base(), versions, before: Some(3) }
}

fn keeping(l: Lang, closed: bool) -> Keeping {
    let field = || Field { text: format!("</textarea>{}", hostile()), wrong: Some(hostile()) };
    Keeping {
        l,
        title: hostile(),
        base: base(),
        name: hostile(),
        announcement: field(),
        title_field: field(),
        rules: field(),
        farewell: field(),
        closed,
        done: Some(hostile()),
        keys: [1, 2, 3, 4],
    }
}

fn sheet(l: Lang) -> LineSheet {
    LineSheet {
        l,
        base: base(),
        line: Some(quote()),
        person: hostile(),
        who: 2,
        own: false,
        keeper: true,
        person_is_keeper: false,
        may_write: true,
        may_recall: true,
        pinned: false,
        muted: Some(hostile()),
        keys: [1, 2, 3, 4],
    }
}
