//! Samples of the templates of uploads and imports.

use app::console::{Recognised, UploadAsked};
use askama::Template;
use report::Lang;

use crate::console::Frame;
use crate::console::uploads::pages::{
    ImportPage, ImportView, ListPage, OutcomeView, ProgressPart, UploadPage, UploadRow,
};
use crate::samples::hostile;

fn view(state: &'static str) -> ImportView {
    ImportView {
        href: "/imports/1".to_owned(),
        number: 1,
        files: hostile(),
        when: hostile(),
        format: hostile(),
        facts: hostile(),
        groups: vec![hostile()],
        duplicates: hostile(),
        state,
    }
}

fn list(l: Lang, full: bool) -> ListPage {
    let row = |state| UploadRow {
        href: "/uploads/1".to_owned(),
        files: hostile(),
        when: hostile(),
        state,
    };
    let states = ["draft", "under_way", "interrupted", "failed", "cancelled"];
    ListPage {
        l,
        frame: Frame::sample(l),
        uploads: states.into_iter().filter(|_| full).map(row).collect(),
        imports: ["whole", "undone", "pending"].into_iter().filter(|_| full).map(view).collect(),
        formats: vec![("table", "CSV")],
        limit: hostile(),
    }
}

fn part(l: Lang, goes_on: bool) -> ProgressPart {
    let word = l.pick("正在写入", "Writing");
    ProgressPart { l, id: 1, goes_on, word, count: hostile(), file: hostile(), percent: 40 }
}

fn upload(l: Lang, state: &'static str) -> UploadPage {
    UploadPage {
        l,
        frame: Frame::sample(l),
        id: 1,
        state,
        files: vec![hostile()],
        sources: vec![(hostile(), hostile(), hostile())],
        recognised: Recognised {
            skipped: vec![hostile()],
            groups: vec![hostile(), hostile()],
            wall_clock: true,
            ..Recognised::default()
        },
        asked: UploadAsked { zone: hostile(), staff: vec![hostile()], ..UploadAsked::default() },
        zones: vec!["UTC"],
        wrong: "",
        formats: vec![("table", "CSV")],
        progress: part(l, true),
        outcome: OutcomeView {
            groups: vec![(hostile(), hostile())],
            duplicates: hostile(),
            warnings: vec![(hostile(), hostile(), vec![hostile()])],
        },
        error: Some(hostile()),
        import: Some(1),
    }
}

/// All of them, rendered, with what they are.
pub(crate) fn all(l: Lang) -> Vec<(&'static str, String)> {
    let import = |state, may| {
        let frame = Frame::sample(l);
        ImportPage { l, frame, import: view(state), zone: hostile(), may }.render()
    };
    let mut pages = vec![
        ("imports", list(l, true).render()),
        ("no imports", list(l, false).render()),
        ("upload progress", part(l, true).render()),
        ("an import", import("whole", true)),
        ("an undone import", import("undone", true)),
    ];
    for state in ["draft", "under_way", "interrupted", "done", "failed", "cancelled"] {
        pages.push(("upload", upload(l, state).render()));
    }
    pages.into_iter().map(|(what, html)| (what, html.unwrap())).collect()
}
