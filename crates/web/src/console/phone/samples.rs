//! Samples of the templates of the phone.

use askama::Template;
use report::Lang;

use crate::console::Frame;
use crate::console::phone::card::{CardPageView, TodoView};
use crate::console::phone::reports::{PlaceView, ReportsPage};
use crate::door::Theme;
use crate::samples::hostile;

/// All of them, rendered, with what they are.
pub(crate) fn all(l: Lang) -> Vec<(&'static str, String)> {
    vec![
        ("reports", reports(l, 2).render().unwrap()),
        ("reports without groups", reports(l, 0).render().unwrap()),
        ("behind a card", card(l, 1).render().unwrap()),
        ("behind a card that is done", card(l, 0).render().unwrap()),
    ]
}

fn reports(l: Lang, found: usize) -> ReportsPage {
    let place =
        |id| PlaceView { id, name: hostile(), is_own: true, mint: 7, told: vec![hostile()] };
    let said = l.pick("好了", "Done");
    ReportsPage {
        l,
        frame: Frame::sample(l),
        q: hostile(),
        page: 1,
        places: (0..).take(found).map(place).collect(),
        found,
        all: found,
        said: Some((said, Some(7))),
        before: Some("/m".to_owned()),
        after: Some("/m".to_owned()),
    }
}

fn card(l: Lang, open: usize) -> CardPageView {
    let todo = TodoView {
        source: hostile(),
        key: hostile(),
        kind: Some(("orange", l.pick("有人发广告", "Adverts"))),
        group: hostile(),
        since: hostile(),
        quote: Some(hostile()),
        says: vec![hostile()],
        done: Some(l.pick("已处理", "Done")),
        state: hostile(),
    };
    CardPageView {
        l,
        theme: Theme::Dark,
        token: "12-5.mark".to_owned(),
        name: hostile(),
        todos: vec![todo],
        open,
        said: Some(l.pick("已完成。", "Done.")),
    }
}
