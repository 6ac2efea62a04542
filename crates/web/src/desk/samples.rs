//! Samples of the templates of the desk.

use askama::Template;
use report::Lang;

use crate::desk::aside::{AsidePage, AsideView};
use crate::desk::door::Door;
use crate::desk::front::{DeskPage, GroupView, TaskView};
use crate::desk::group::{GroupPage, LinkView};
use crate::samples::hostile;

/// All of them, rendered, with what they are.
pub(crate) fn all(l: Lang) -> Vec<(&'static str, String)> {
    let pages = [
        ("door", Door { l, title: hostile(), wrong: true }.render()),
        ("desk", desk(l, true).render()),
        ("empty desk", desk(l, false).render()),
        ("group", group(l).render()),
        ("set aside", aside(l, true).render()),
        ("nothing aside", aside(l, false).render()),
    ];
    pages.into_iter().map(|(what, html)| (what, html.unwrap())).collect()
}

fn desk(l: Lang, full: bool) -> DeskPage {
    let task = TaskView {
        kind: hostile(),
        who: hostile(),
        group: hostile(),
        group_id: 1,
        name: hostile(),
        since: hostile(),
        words: Some(hostile()),
        href: Some("/g/code".to_owned()),
    };
    let group = GroupView { id: 1, name: hostile(), about: hostile(), closed: true, waiting: 2 };
    DeskPage {
        l,
        title: hostile(),
        aside: 2,
        tasks: full.then_some(task).into_iter().collect(),
        open_tasks: 1,
        groups: full.then_some(group).into_iter().collect(),
        typed: hostile(),
        wrong: Some(hostile()),
        done: Some(hostile()),
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
