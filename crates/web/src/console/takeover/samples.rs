//! Samples of the templates of the take-over.

use askama::Template;
use report::Lang;

use crate::console::Frame;
use crate::console::groups::{Choice, kinds};
use crate::console::takeover::page::{CardView, LineView, PatternView, TakeoverPage, words};
use crate::console::takeover::preview::{PreviewPage, TurnView};
use crate::samples::hostile;

/// All of them, rendered, with what they are.
pub(crate) fn all(l: Lang) -> Vec<(&'static str, String)> {
    vec![
        ("takeover", page(l, 3, "").render().unwrap()),
        ("takeover without groups", page(l, 0, words("brace", l)).render().unwrap()),
        ("takeover too long", page(l, 0, words("too_long", l)).render().unwrap()),
        ("takeover preview", preview(l, 3, String::new()).render().unwrap()),
        ("takeover of nothing", preview(l, 0, String::new()).render().unwrap()),
        ("takeover wrong", preview(l, 0, hostile()).render().unwrap()),
    ]
}

fn card() -> CardView {
    CardView { kind: "", owner: hostile(), backup: hostile(), tags: hostile() }
}

fn page(l: Lang, found: usize, wrong: &str) -> TakeoverPage {
    let line = |id| LineView {
        id,
        name: hostile(),
        owner: hostile(),
        members: "120".to_owned(),
        card: card(),
    };
    let pattern =
        |on| PatternView { pattern: hostile(), href: "/takeover".to_owned(), count: 3, on };
    TakeoverPage {
        l,
        frame: Frame::sample(l),
        pattern: hostile(),
        of: hostile(),
        wrong: wrong.to_owned(),
        patterns: vec![pattern(true), pattern(false)],
        owners: vec![Choice { value: hostile(), word: hostile(), on: true }],
        lines: (0..).take(found).map(line).collect(),
        found: found * 2,
        all: found,
        kinds: kinds("", l),
        staff: vec![(1, hostile())],
    }
}

fn preview(l: Lang, count: usize, wrong: String) -> PreviewPage {
    let turn = |id| TurnView { id, name: hostile(), before: CardView::default(), after: card() };
    PreviewPage {
        l,
        frame: Frame::sample(l),
        wrong,
        says: vec![hostile()],
        count: count * 2,
        turns: (0..).take(count).map(turn).collect(),
        same: 2,
        crowded: vec![hostile()],
        fields: vec![("pattern".to_owned(), hostile())],
        seen: 7,
        back: "/takeover".to_owned(),
    }
}
