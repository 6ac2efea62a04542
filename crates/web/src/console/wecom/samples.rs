//! Samples of the templates of companies.

use app::console::FieldError;
use askama::Template;
use report::Lang;

use crate::console::Frame;
use crate::console::wecom::calls::{CallView, CallsPage};
use crate::console::wecom::company::CompanyPage;
use crate::console::wecom::connect::{CompanyRow, ListPage};
use crate::console::wecom::edit::EditPage;
use crate::console::wecom::fields::{FieldsView, Typed};
use crate::console::wecom::findings::{FindingView, FindingsView, RowView};
use crate::console::wecom::steps::{StepView, StepsPart};
use crate::console::wecom::still::StillView;
use crate::samples::hostile;

/// Every field with every code that it can have.
const WRONG: &[(&str, &[&str])] = &[
    ("corp", &["missing", "not_a_corp", "refused"]),
    ("secret", &["missing", "too_long", "refused", "no_key", "locked"]),
    ("token", &["missing", "not_a_key"]),
    ("aes_key", &["missing", "not_a_key"]),
    ("agent", &["not_a_number"]),
    ("api", &["not_an_address", "not_trusted", "unreached"]),
    ("proxy", &["not_an_address"]),
];

/// The form with one fault in each field, the `nth` that it can have.
fn fields(nth: usize, l: Lang) -> FieldsView {
    let fault = |(field, codes): &(&'static str, &[&'static str])| FieldError {
        field,
        code: codes[nth % codes.len()],
    };
    let wrong: Vec<FieldError> = WRONG.iter().map(fault).collect();
    let view = FieldsView::connecting(&Typed::hostile(), &wrong, l);
    assert!(view.main.iter().chain(&view.more).all(|field| !field.wrong.is_empty()));
    view
}

fn steps(l: Lang, goes_on: bool) -> StepsPart {
    let word = l.pick("群成员", "members");
    let step = |meter| StepView {
        name: word,
        tone: "teal",
        state: hostile(),
        count: "12 / 40".to_owned(),
        meter,
    };
    let still = StillView { title: word, say: hostile(), passing: false, said: hostile() };
    let still = (!goes_on).then_some(still);
    StepsPart { l, id: 1, goes_on, steps: vec![step(None), step(Some((12, 40)))], still }
}

fn company(l: Lang, goes_on: bool) -> CompanyPage {
    let word = l.pick("会满的群", "full groups");
    let row = RowView {
        links: vec![(String::new(), hostile()), ("/groups/1".to_owned(), hostile())],
        words: hostile(),
        badge: ("red", hostile()),
    };
    let finding = FindingView {
        slot: "full",
        title: word,
        why: word,
        nothing: word,
        figures: vec![(word, hostile())],
        rows: vec![row],
        more: hostile(),
    };
    CompanyPage {
        l,
        frame: Frame::sample(l),
        id: 1,
        since: hostile(),
        gone: (!goes_on).then(hostile),
        may: true,
        steps: steps(l, goes_on),
        findings: FindingsView { base: hostile(), all: vec![finding] },
    }
}

fn list(l: Lang, nth: usize) -> ListPage {
    let row = CompanyRow {
        href: "/settings/wecom/1".to_owned(),
        corp: hostile(),
        since: hostile(),
        state: ("green", hostile()),
    };
    let form = Some(fields(nth, l));
    ListPage { l, frame: Frame::sample(l), companies: vec![row], form }
}

/// All of them, rendered, with what they are.
pub(crate) fn all(l: Lang) -> Vec<(&'static str, String)> {
    let call = |well| CallView {
        at: hostile(),
        call: hostile(),
        took: "12".to_owned(),
        well,
        result: hostile(),
        said: hostile(),
        size: "1 KB".to_owned(),
    };
    let calls = |calls| CallsPage {
        l,
        frame: Frame::sample(l),
        id: 1,
        failed: true,
        calls,
        newest: Some("/settings/wecom/1/calls".to_owned()),
        older: Some("/settings/wecom/1/calls?before=1".to_owned()),
    };
    let edit = |end| EditPage { l, frame: Frame::sample(l), id: 1, form: fields(1, l), end };
    let none = ListPage { l, frame: Frame::sample(l), companies: vec![], form: None };
    let mut pages = vec![
        ("companies, none", none.render()),
        ("company", company(l, true).render()),
        ("company, gone", company(l, false).render()),
        ("steps", steps(l, true).render()),
        ("steps, still", steps(l, false).render()),
        ("calls", calls(vec![call(true), call(false)]).render()),
        ("calls, none", calls(vec![]).render()),
        ("access", edit(Some("/settings/wecom/1/disconnection".to_owned())).render()),
        ("access, gone", edit(None).render()),
    ];
    pages.extend((0..5).map(|nth| ("companies", list(l, nth).render())));
    pages.into_iter().map(|(what, html)| (what, html.unwrap())).collect()
}
