//! Samples of the templates of welcomes, with all words that can stand in them.

use std::collections::BTreeMap;

use app::console::FieldError;
use app::wecom::{
    ChannelView, GroupWelcomeForm, GroupWelcomeState, GroupWelcomeView, GroupWording, MediumRow,
    Notified, Preview, SLOTS, Said, WelcomeLine, WelcomeState, Welcomes, Wording, WordingForm,
    WordingView,
};
use askama::Template;
use domain::{Millis, Zone};
use engine::welcome::{Beside, Duty, Hours, Rendered, When};
use report::Lang;

use crate::console::Frame;
use crate::console::wecom::welcome::blocks::{BlocksView, DutyView};
use crate::console::wecom::welcome::edit;
use crate::console::wecom::welcome::groups::{self, GroupsPage};
use crate::console::wecom::welcome::media::{self, MediaPage};
use crate::console::wecom::welcome::page;
use crate::console::wecom::welcome::words::{fault, slot_fault};
use crate::samples::hostile;

const NOW: Millis = Millis(1_795_349_100_000);

/// Every field of a wording with every code that it can have.
const WRONG: &[(&str, &[&str])] = &[
    ("name", &["missing", "too_many", "too_long", "signs", "taken", "in_use"]),
    ("text", &["missing", "unknown_slot", "too_long", "not_in_groups", "too_long_together"]),
    ("group", &["missing"]),
    ("channels", &["too_many", "too_long"]),
    ("channel", &["too_long"]),
    ("staff", &["too_many"]),
    ("beside", &["too_many"]),
    ("days", &["missing"]),
    ("from", &["not_a_time"]),
];

const SLOT_CODES: [&str; 9] = [
    "no_title",
    "long_title",
    "long_desc",
    "no_url",
    "bad_picture",
    "no_appid",
    "no_page",
    "no_medium",
    "too_big",
];

fn beside() -> Vec<Beside> {
    let link =
        Beside::Link { title: hostile(), desc: hostile(), url: hostile(), picture: hostile() };
    let app = Beside::App { title: hostile(), appid: hostile(), page: hostile(), medium: 1 };
    vec![
        Beside::Image { medium: 1 },
        link,
        app,
        Beside::Video { medium: 2 },
        Beside::File { medium: 9 },
    ]
}

fn media() -> Vec<MediumRow> {
    let medium = |id, kind: &str, media_at, failure: String| MediumRow {
        id,
        kind: kind.to_owned(),
        name: hostile(),
        form: "image/png".to_owned(),
        size: 2_000,
        made: NOW,
        media_id: String::new(),
        media_at,
        url: String::new(),
        failure,
        tried: None,
    };
    vec![
        medium(1, "image", Some(NOW), String::new()),
        medium(2, "video", None, hostile()),
        medium(3, "file", None, String::new()),
    ]
}

fn wording(when: When) -> Wording {
    let (text, channel) = (hostile().repeat(4), hostile());
    Wording { when, channel, group: Some(1), text, beside: beside() }
}

/// A code of ours, and one of somebody else.
fn channels() -> Vec<ChannelView> {
    let of = |placement| ChannelView { state: hostile(), placement, word: hostile() };
    vec![of(Some(hostile())), of(None)]
}

fn lines() -> Vec<WelcomeLine> {
    let line = |state, code: Option<i64>, words: &str| WelcomeLine {
        at: NOW,
        customer: if code == Some(1) { String::new() } else { hostile() },
        staff: hostile(),
        channel: channels().into_iter().nth(code.map_or(2, |code| usize::from(code % 2 == 0))),
        state,
        wording: Some(hostile()),
        said: Said { code, words: words.to_owned(), left_out: vec!["image".into(), hostile()] },
    };
    let codes = [41_050, 41_051, 41_053, 41_096, 45_009, 48_002, 60_020, 1];
    let mut all: Vec<WelcomeLine> =
        codes.iter().map(|code| line(WelcomeState::Refused, Some(*code), &hostile())).collect();
    all.push(line(WelcomeState::Unknown, Some(41_050), ""));
    all.push(line(WelcomeState::Unknown, None, "unanswered"));
    all.push(line(WelcomeState::Unknown, None, ""));
    let others = [
        WelcomeState::Waiting,
        WelcomeState::Taken,
        WelcomeState::Sent,
        WelcomeState::Late,
        WelcomeState::Unwritten,
    ];
    all.extend(others.map(|state| line(state, None, "")));
    all
}

fn welcomes() -> Welcomes {
    let own = When {
        channels: vec![hostile()],
        staff: vec![hostile(), "sam".to_owned()],
        hours: Hours::OnDuty,
    };
    let view = |id, when: When| {
        let channels = if when.channels.is_empty() { Vec::new() } else { channels() };
        WordingView { id, name: hostile(), wording: wording(when), channels }
    };
    let off = When { hours: Hours::OffDuty, ..When::default() };
    Welcomes {
        wordings: vec![view(1, own), view(2, off.clone()), view(3, When::default()), view(4, off)],
        counts: BTreeMap::from([(WelcomeState::Sent, 1_200), (WelcomeState::Late, 2)]),
        latest: lines(),
        duty: Some(Duty { days: [true; 7], from: 540, to: 1_440 }),
        duty_seen: 1,
        blocks: vec![(hostile(), hostile())],
        media: media(),
        staff: vec![("sam".to_owned(), hostile())],
        channels: channels(),
        groups: vec![(1, hostile())],
        owners: vec![(hostile(), 3)],
    }
}

fn nothing() -> Welcomes {
    Welcomes {
        wordings: Vec::new(),
        counts: BTreeMap::new(),
        latest: Vec::new(),
        duty: None,
        duty_seen: 0,
        blocks: Vec::new(),
        media: Vec::new(),
        staff: Vec::new(),
        channels: Vec::new(),
        groups: Vec::new(),
        owners: Vec::new(),
    }
}

/// Faults in all fields, the `nth` that each can have.
fn faults(nth: usize, l: Lang) -> Vec<FieldError> {
    let mut wrong: Vec<FieldError> = WRONG
        .iter()
        .map(|(field, codes)| FieldError { field, code: codes[nth % codes.len()] })
        .collect();
    for one in &wrong {
        assert!(!fault(one.field, one.code, ("x", l)).is_empty());
    }
    let code = SLOT_CODES[nth % SLOT_CODES.len()];
    wrong.extend(SLOTS.iter().map(|field| FieldError { field, code }));
    let files = ["not_an_image", "not_a_video", "empty_file", "too_many_files", "too_big"];
    assert!(files.iter().all(|code| !slot_fault("file", code, l).is_empty()));
    wrong
}

fn list(all: &Welcomes, l: Lang) -> page::WelcomePage {
    let zone = Zone::utc();
    let forms = (DutyView::default().or(all), BlocksView::default().or(all));
    page::view((Frame::sample(l), 1), all, forms, (NOW, &zone, l))
}

fn written(nth: usize, l: Lang) -> edit::EditPage {
    let (name, wording, channels) = (hostile(), wording(When::default()), channels());
    let view = WordingForm::of(&WordingView { id: 1, name, wording, channels });
    let rendered = |text: String| Rendered { text, left_out: vec![hostile()] };
    let preview = Preview { named: rendered(hostile()), nameless: rendered(String::new()) };
    let preview = (nth > 0).then_some(preview);
    let key = (Frame::sample(l), 1, (nth > 1).then_some(1));
    edit::view(key, &welcomes(), (&view, &faults(nth, l)), (preview, l))
}

fn states() -> Vec<GroupWelcomeState> {
    let words = ["unclear", "full", "file", "limit", "network", "permission", "access", "unheard"];
    let failed = |word: &str| GroupWelcomeState::Failed {
        word: word.to_owned(),
        said: hostile(),
        next: (word == "limit").then_some(NOW),
    };
    let mut all: Vec<GroupWelcomeState> = words.iter().map(|word| failed(word)).collect();
    all.extend([GroupWelcomeState::InStep, GroupWelcomeState::Waiting]);
    all
}

fn library(l: Lang) -> GroupsPage {
    let zone = Zone::utc();
    let wording = GroupWording { text: hostile(), beside: beside().pop(), tells: true };
    let view = |(nth, state): (usize, GroupWelcomeState)| {
        let (name, wording) = (hostile(), wording.clone());
        GroupWelcomeView { id: nth as i64, name, wording, state, is_leaving: nth == 2 }
    };
    let rows = states().into_iter().enumerate().map(view);
    GroupsPage {
        l,
        frame: Frame::sample(l),
        id: 1,
        rows: rows.map(|one| groups::row(&one, (&zone, l))).collect(),
        owners: groups::owners(&welcomes()),
    }
}

fn group(nth: usize, l: Lang) -> groups::GroupPage {
    let form = GroupWelcomeForm {
        name: hostile(),
        text: hostile(),
        beside: beside().get(nth).cloned(),
        notified: if nth == 0 { Notified::Nobody } else { Notified::Owners },
    };
    let words = (nth > 0).then(|| format!("%NICKNAME%{}", hostile()));
    let key = (Frame::sample(l), 1, (nth > 1).then_some(1));
    groups::view(key, &welcomes(), (&form, &faults(nth, l)), (words, l))
}

fn files(files: &[MediumRow], l: Lang) -> MediaPage {
    let view = |one: &MediumRow| media::view(one, 1, ("", l));
    let wrong = slot_fault("file", "empty_file", l);
    let files = files.iter().map(view).collect();
    MediaPage { l, frame: Frame::sample(l), id: 1, files, wrong }
}

/// All of them, rendered, with what they are.
pub(crate) fn all(l: Lang) -> Vec<(&'static str, String)> {
    let empty =
        GroupsPage { l, frame: Frame::sample(l), id: 1, rows: Vec::new(), owners: Vec::new() };
    let blank = WordingForm::default();
    let key = (Frame::sample(l), 1, None);
    let blank = edit::view(key, &nothing(), (&blank, &[]), (None, l));
    let mut pages = vec![
        ("welcomes", list(&welcomes(), l).render()),
        ("welcomes, none", list(&nothing(), l).render()),
        ("welcome, blank", blank.render()),
        ("welcomes of groups", library(l).render()),
        ("welcomes of groups, none", empty.render()),
        ("files", files(&media(), l).render()),
        ("files, none", files(&[], l).render()),
    ];
    pages.extend((0..9).map(|nth| ("welcome", written(nth, l).render())));
    pages.extend((0..9).map(|nth| ("welcome, preview", written(nth, l).preview.render())));
    pages.extend((0..9).map(|nth| ("welcome of groups", group(nth, l).render())));
    pages.into_iter().map(|(what, html)| (what, html.unwrap())).collect()
}
