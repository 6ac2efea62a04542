//! Samples of the templates of the desk.

use askama::Template;
use report::Lang;

use crate::desk::aside::{AsidePage, AsideView};
use crate::desk::front::{DeskPage, GroupView, Order};
use crate::desk::group::{GroupPage, LinkView};
use crate::desk::waiting::{Chip, TaskView, TasksPage, Waiting};
use crate::samples::hostile;

/// All of them, rendered, with what they are.
pub(crate) fn all(l: Lang) -> Vec<(&'static str, String)> {
    let pages = [
        ("desk", desk(l, true).render()),
        ("empty desk", desk(l, false).render()),
        ("tasks", tasks(l, true).render()),
        ("no tasks", tasks(l, false).render()),
        ("group", group(l).render()),
        ("set aside", aside(l, true).render()),
        ("nothing aside", aside(l, false).render()),
    ];
    pages.into_iter().map(|(what, html)| (what, html.unwrap())).collect()
}

fn waiting(full: bool) -> Waiting {
    let task = TaskView {
        kind: "answer_question",
        kind_word: hostile(),
        who: hostile(),
        group: hostile(),
        group_id: 1,
        name: hostile(),
        since: hostile(),
        words: Some(hostile()),
        href: Some("/g/code".to_owned()),
    };
    let chip = |on| Chip { word: hostile(), count: 1, href: "/desk/tasks".to_owned(), on };
    Waiting {
        total: u32::from(full),
        chips: vec![chip(true), chip(false)],
        rows: full.then_some(task).into_iter().collect(),
        rest: full.then(|| "/desk/tasks?page=1".to_owned()),
        back: ("all", 1),
    }
}

fn desk(l: Lang, full: bool) -> DeskPage {
    let group = GroupView { id: 1, name: hostile(), about: hostile(), closed: true, waiting: 2 };
    DeskPage {
        l,
        title: hostile(),
        demo: full,
        aside: 2,
        waiting: waiting(full),
        show_groups: full,
        all_groups: usize::from(full) * 7,
        found_groups: usize::from(full),
        groups: full.then_some(group).into_iter().collect(),
        search: hostile(),
        orders: vec![Order { code: "name", word: l.pick("按群名", "By name"), on: true }],
        typed: hostile(),
        wrong: Some(hostile()),
        done: Some(hostile()),
    }
}

fn tasks(l: Lang, full: bool) -> TasksPage {
    TasksPage {
        l,
        title: hostile(),
        waiting: waiting(full),
        earlier: full.then(|| "/desk/tasks".to_owned()),
        done: full.then(hostile),
    }
}

fn group(l: Lang) -> GroupPage {
    let link = |via| LinkView { url: hostile(), via, qr: String::new() };
    GroupPage {
        l,
        title: hostile(),
        id: 1,
        name: hostile(),
        about: hostile(),
        closed: true,
        links: vec![link(hostile()), link(String::new())],
        key: 1,
        at: Some(7),
        typed: hostile(),
        wrong: Some(hostile()),
        wrong_via: Some(hostile()),
    }
}

fn aside(l: Lang, full: bool) -> AsidePage {
    let row = AsideView {
        id: 1,
        group: hostile(),
        what: hostile(),
        received: hostile(),
        failure: hostile(),
    };
    AsidePage { l, title: hostile(), rows: full.then_some(row).into_iter().collect() }
}
