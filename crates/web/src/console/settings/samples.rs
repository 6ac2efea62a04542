//! Samples of the templates of the settings.

use askama::Template;
use report::Lang;

use crate::console::Frame;
use crate::console::settings::doctor::{DoctorPage, FindingView};
use crate::console::settings::effective::{Asked, EffectivePage, Field, TrialView, TriedView};
use crate::console::settings::front::{FrontPage, Lead};
use crate::console::settings::new_groups::NewGroupsView;
use crate::samples::hostile;

fn front(l: Lang, may: bool) -> FrontPage {
    let word = l.pick("设置", "Settings");
    FrontPage {
        l,
        frame: Frame::sample(l),
        may,
        name: hostile(),
        name_wrong: word,
        zone: hostile(),
        zone_seen: 1,
        zone_wrong: "",
        zones: vec![(hostile(), hostile())],
        lang: "en".to_owned(),
        lang_seen: 0,
        new: NewGroupsView::sample(l),
        leads: vec![Lead { href: "/staff", icon: "activity", word, about: hostile() }],
        version: "0.1.0",
    }
}

fn effective(l: Lang, may: bool) -> EffectivePage {
    let word = l.pick("有效", "counts");
    let field = Field { name: "han_min", label: word, hint: word, value: 2, wrong: word };
    let row = TriedView {
        who: hostile(),
        text: hostile(),
        before: word,
        after: word,
        changed: true,
        counts: may,
    };
    EffectivePage {
        l,
        frame: Frame::sample(l),
        may,
        seen: 1,
        version: 2,
        form: Asked::default(),
        fields: vec![field],
        groups: vec![(1, hostile(), true)],
        trial: may.then(|| TrialView { words: hostile(), rows: vec![row] }),
        progress: may.then_some((1, 2)),
    }
}

/// All of them, rendered, with what they are.
pub(crate) fn all(l: Lang) -> Vec<(&'static str, String)> {
    let word = l.pick("正常", "Well");
    let finding = |page| FindingView {
        tone: "green",
        state: word,
        title: word,
        cause: hostile(),
        remedy: word,
        page,
    };
    let findings = vec![finding(None), finding(Some("/today"))];
    let companies = vec![("/settings/wecom/1/doctor".to_owned(), hostile())];
    let doctor = DoctorPage { l, frame: Frame::sample(l), companies, findings };
    let pages = [
        ("settings", front(l, true).render()),
        ("settings, read", front(l, false).render()),
        ("effective speech", effective(l, true).render()),
        ("effective speech, read", effective(l, false).render()),
        ("doctor", doctor.render()),
    ];
    pages.into_iter().map(|(what, html)| (what, html.unwrap())).collect()
}
