//! Samples of the templates of codes, with all words that can stand in them.

use app::console::FieldError;
use app::links::{
    CHECK_STEPS, ChannelOf, ChannelRow, CheckRow, Choices, CodeForm, CodeKind, CodeLine, CodeState,
    CodeView, DomainState, DomainView, Funnel, GroupChoice, GroupLine, Hop, Kept, PlacementForm,
    PlacementView, RuleLine, SOURCES, Spend, StaffChoice, StaffLine, TargetNow, TargetView, Wait,
    WayState, WayView,
};
use askama::Template;
use domain::{Day, GroupId, Millis, Zone};
use report::Lang;

use crate::console::Frame;
use crate::console::codes::channels::{Asked, ChannelsPage, TableView, Window, view};
use crate::console::codes::code::{CodePage, failures, shape};
use crate::console::codes::domains::{DomainsPage, row as domain_row};
use crate::console::codes::exports::notes;
use crate::console::codes::form::FormView;
use crate::console::codes::funnel::{FunnelPage, hop_views, steps, waits};
use crate::console::codes::list::{ListPage, row};
use crate::console::codes::new::{FormPage, KindView, KindsPage};
use crate::console::codes::picture::height;
use crate::console::codes::placement::PlacementPage;
use crate::console::codes::typed::Typed;
use crate::console::codes::words;
use crate::samples::hostile;

const NOW: Millis = Millis(1_795_349_100_000);

/// Every field with every code that it can have.
const WRONG: &[(&str, &[&str])] = &[
    ("kind", &["unknown"]),
    ("name", &["missing", "too_long", "taken"]),
    ("company", &["missing", "unknown"]),
    ("groups", &["missing", "too_many", "unknown", "twice"]),
    ("limit", &["out_of_range"]),
    ("series", &["too_long"]),
    ("next_number", &["not_a_number"]),
    ("spare_staff", &["unknown"]),
    ("staff", &["missing", "too_many", "unknown", "twice"]),
    ("weight", &["out_of_range"]),
    ("days", &["not_days"]),
    ("from", &["not_a_time"]),
    ("daily_max", &["not_a_number"]),
    ("url", &["missing", "not_an_address", "too_long"]),
    ("leads_to", &["unknown"]),
    ("rules", &["missing", "too_many"]),
    ("to_code", &["missing", "unknown"]),
    ("otherwise", &["missing", "unknown"]),
    ("placement", &["unknown"]),
    ("partner", &["too_long"]),
    ("source", &["unknown"]),
    ("spends", &["not_a_day", "not_an_amount", "twice", "too_many"]),
    ("host", &["missing", "not_a_domain", "taken", "too_many"]),
];

fn wrong(nth: usize) -> Vec<FieldError> {
    let fault = |(field, codes): &(&'static str, &[&'static str])| FieldError {
        field,
        code: codes[nth % codes.len()],
    };
    WRONG.iter().map(fault).collect()
}

fn states() -> Vec<CodeState> {
    vec![
        CodeState::Working,
        CodeState::Making(3),
        CodeState::NearEnd(12),
        CodeState::AtEnd,
        CodeState::Failing,
        CodeState::Closed(NOW),
    ]
}

fn line(kind: CodeKind, state: CodeState) -> CodeLine {
    CodeLine {
        id: 1,
        kind,
        name: hostile(),
        company: Some(1),
        placements: 2,
        scans_today: 12,
        scans_week: 1_234,
        lands: if state == CodeState::AtEnd { String::new() } else { hostile() },
        state,
        made: NOW,
    }
}

fn ways() -> Vec<WayView> {
    let failing = |word: &str, has_picture| WayState::Failing {
        word: word.to_owned(),
        said: hostile(),
        again: Some(NOW),
        has_picture,
    };
    let states = [
        WayState::Ready(hostile()),
        WayState::Making,
        failing("permission", true),
        failing("unheard", false),
    ];
    states.map(|state| WayView { name: hostile(), state }).into()
}

fn placements() -> Vec<PlacementView> {
    let placement = |source: &str, ways, closed| PlacementView {
        id: 2,
        slug: "k7m2p9xq".to_owned(),
        name: hostile(),
        partner: hostile(),
        source: source.to_owned(),
        spends: vec![Spend { day: Day(20_000), cents: 12_050 }],
        scans_today: 3,
        scans: 4_321,
        scanned: Some(NOW),
        ways,
        made: NOW,
        closed,
    };
    let mut all: Vec<PlacementView> =
        SOURCES.iter().map(|source| placement(source, vec![], None)).collect();
    all.push(placement("", ways(), None));
    all.push(placement("", vec![], Some(NOW)));
    all
}

fn code(kind: CodeKind, state: CodeState, spare: bool) -> CodeView {
    let target = |now, is_spare, has| TargetView {
        key: "1".to_owned(),
        name: hostile(),
        group: Some(GroupId(1)),
        is_spare,
        has,
        most: has.map(|_| 200),
        now,
    };
    let targets = vec![
        target(TargetNow::Full, false, Some(200)),
        target(TargetNow::Next, spare, Some(165)),
        target(TargetNow::Open, false, Some(183)),
        target(TargetNow::Open, true, None),
        target(TargetNow::OffDuty, false, Some(12)),
        target(TargetNow::Declining, false, Some(12)),
        target(TargetNow::Gone, false, None),
        TargetView { most: None, ..target(TargetNow::Open, false, Some(7)) },
    ];
    let check = CheckRow {
        group: GroupId(1),
        name: hostile(),
        rename_to: Some(hostile()),
        steps: CHECK_STEPS
            .iter()
            .enumerate()
            .map(|(at, step)| (*step, at.is_multiple_of(2)))
            .collect(),
        since: NOW,
    };
    let form = CodeForm { skips_declining: !spare, ..CodeForm::default() };
    let (line, placements) = (line(kind, state), placements());
    CodeView { line, form, targets, placements, checks: vec![check] }
}

fn choices() -> Choices {
    let chat = |n: usize| GroupChoice {
        company: 1,
        chat: format!("wr{n}"),
        name: hostile(),
        members: 120,
        owner: hostile(),
    };
    Choices {
        companies: vec![(1, hostile()), (2, hostile())],
        groups: (0..40).map(chat).collect(),
        staff: vec![StaffChoice { company: 1, userid: "li".into(), name: hostile() }],
        codes: CodeKind::ALL.map(|kind| (3, kind, hostile())).into(),
    }
}

fn typed() -> Typed {
    let staff = |days: &str| StaffLine {
        userid: hostile(),
        weight: hostile(),
        days: days.to_owned(),
        from: "09:00".to_owned(),
        to: hostile(),
        daily_max: hostile(),
    };
    let rule = RuleLine {
        placement: "2".to_owned(),
        device: "ios".to_owned(),
        days: "135".to_owned(),
        from: hostile(),
        ..RuleLine::default()
    };
    let form = CodeForm {
        name: hostile(),
        company: "1".to_owned(),
        groups: vec![
            GroupLine { chat: "wr1".into(), limit: hostile(), is_spare: true },
            GroupLine { chat: hostile(), ..GroupLine::default() },
        ],
        series: hostile(),
        next_number: hostile(),
        skips_declining: true,
        staff: vec![staff(""), staff("12345"), staff("246"), staff("1234567")],
        skips_verify: true,
        url: hostile(),
        rules: vec![rule],
        ..CodeForm::default()
    };
    Typed { form, find: hostile(), finds: true }
}

fn form(kind: CodeKind, nth: usize, typed: &Typed, l: Lang) -> FormPage {
    let wrong = wrong(nth);
    FormPage {
        l,
        frame: Frame::sample(l),
        action: "/codes".to_owned(),
        back: "/codes".to_owned(),
        is_new: nth.is_multiple_of(2),
        form: FormView::of((kind, typed), &choices(), &placements(), (&wrong, l)),
    }
}

fn said(nth: usize, l: Lang) -> Vec<(&'static str, &'static str)> {
    let words = |one: &FieldError| {
        (one.field, crate::console::codes::wrongs::words(one.field, one.code, l))
    };
    wrong(nth).iter().map(words).collect()
}

fn code_page(view: &CodeView, nth: usize, l: Lang) -> CodePage {
    let zone = Zone::utc();
    let may = (true, nth.is_multiple_of(2));
    let mut page = shape((Frame::sample(l), may), view, "https://a.example", (NOW, &zone, l));
    page.typed = [hostile(), hostile(), hostile()];
    page.wrong = said(nth, l);
    page
}

fn placement_page(caption: &str, closed: bool, l: Lang) -> PlacementPage {
    let zone = Zone::utc();
    PlacementPage {
        l,
        frame: Frame::sample(l),
        path: "/codes/1/2".to_owned(),
        code: "/codes/1".to_owned(),
        code_name: hostile(),
        may: true,
        closed,
        url: hostile(),
        spares: vec![hostile()],
        is_near: closed,
        hosts: vec![(String::new(), hostile(), true), (hostile(), hostile(), false)],
        caption: caption.to_owned(),
        caption_wrong: height(caption, l).err().unwrap_or_default(),
        shown: (260, 260),
        query: "caption=&host=".to_owned(),
        ways: vec![(hostile(), hostile()), (String::new(), hostile())],
        failures: failures(&placements(), (NOW, &zone, l)),
        scans: "12".to_owned(),
        today: "1".to_owned(),
        last: String::new(),
        spent: words::money(12_050),
        form: PlacementForm {
            name: hostile(),
            partner: hostile(),
            source: hostile(),
            spends: hostile(),
        },
        sources: SOURCES.map(|word| (word, words::source(word, l), false)).into(),
        wrong: said(2, l),
    }
}

fn window(from: &str, l: Lang) -> Window {
    let asked = Asked { from: from.to_owned(), to: hostile(), code: String::new() };
    Window::of(&asked, Day(20_000), l)
}

fn channels(l: Lang) -> ChannelsPage {
    let kept = |base, too_early, unknown| Kept { base, kept: base / 2, too_early, unknown };
    let channel = |of, scans, came, cost: Option<i64>| ChannelRow {
        of,
        name: hostile(),
        under: hostile(),
        partner: hostile(),
        source: "shop".to_owned(),
        scans,
        is_told: true,
        added: came,
        joined: came,
        kept: [kept(came, 0, 0), kept(0, 1, 0), kept(0, 0, 1)],
        still_in: came,
        cost,
        cost_per_came: cost,
        cost_per_kept: cost.filter(|_| came > 0),
    };
    let rows = [
        channel(ChannelOf::Code(1), Some(120), 28, Some(120_000)),
        channel(ChannelOf::Placement(1, 2), Some(0), 0, Some(120_000)),
        channel(ChannelOf::Inviter(1, hostile()), None, 4, None),
    ];
    let table = |slot, rows: &[ChannelRow]| TableView {
        slot,
        title: l.pick("标题", "Title"),
        nothing: l.pick("没有", "Nothing"),
        rows: rows.iter().map(|row| view(row, l)).collect(),
        is_inviters: slot == "inviters",
    };
    assert_eq!(notes(l).len(), 5);
    let window = window("x", l);
    ChannelsPage {
        l,
        frame: Frame::sample(l),
        query: window.query(),
        window,
        tables: vec![table("codes", &rows), table("placements", &[]), table("inviters", &rows)],
        may_export: true,
    }
}

fn funnel(kind: Option<CodeKind>, funnel: &Funnel, l: Lang) -> FunnelPage {
    let hop = |scans, came| Hop { code: 1, name: hostile(), scans, came };
    FunnelPage {
        l,
        frame: Frame::sample(l),
        window: window("2026-11-01", l),
        code: kind.map(|_| "1".to_owned()).unwrap_or_default(),
        codes: vec![(hostile(), hostile(), true)],
        steps: steps(funnel, kind, l),
        waits: waits(funnel, kind, l),
        hops: hop_views(&[hop(120, None), hop(0, Some(3)), hop(4, Some(0))], l),
    }
}

fn domains(nth: usize, empty: bool, l: Lang) -> DomainsPage {
    let down = |word: &str| DomainState::Down { since: NOW, asked: NOW, word: word.to_owned() };
    let mut states = vec![DomainState::Unknown, DomainState::Well(NOW)];
    states.extend(["unreached", "elsewhere", "private", "certificate", "unheard"].map(down));
    let zone = Zone::utc();
    let view = |state| DomainView { host: hostile(), state, made: NOW };
    let rows = states.into_iter().map(|state| domain_row(&view(state), (NOW, &zone, l)));
    let wrong = said(nth, l).into_iter().find(|(field, _)| *field == "host");
    DomainsPage {
        l,
        frame: Frame::sample(l),
        may: true,
        own: hostile(),
        domains: if empty { Vec::new() } else { rows.collect() },
        typed: hostile(),
        wrong: wrong.map_or("", |(_, words)| words),
    }
}

fn kinds(l: Lang) -> KindsPage {
    let view = |kind: CodeKind| KindView {
        word: kind.word(),
        name: words::kind(kind, l),
        about: words::kind_about(kind, l),
        lacks: if kind == CodeKind::Groups { l.pick("缺", "lacks") } else { "" },
        mend: "/settings/wecom",
    };
    KindsPage { l, frame: Frame::sample(l), kinds: CodeKind::ALL.map(view).into() }
}

/// All of them, rendered, with what they are.
pub(crate) fn all(l: Lang) -> Vec<(&'static str, String)> {
    let zone = Zone::utc();
    let list = |codes| ListPage { l, frame: Frame::sample(l), may: true, codes };
    let mut lines = Vec::new();
    let mut pages = vec![
        ("codes, none", list(vec![]).render()),
        ("kinds", kinds(l).render()),
        ("channels", channels(l).render()),
        ("domains, none", domains(0, true, l).render()),
    ];
    for kind in CodeKind::ALL {
        for (nth, state) in states().into_iter().enumerate() {
            lines.push(row(&line(kind, state.clone()), None, (NOW, &zone, l)));
            let view = code(kind, state, nth.is_multiple_of(2));
            pages.push(("code", code_page(&view, nth, l).render()));
        }
        pages.extend((0..4).map(|nth| ("form of a code", form(kind, nth, &typed(), l).render())));
        let empty = FormPage {
            form: FormView::of((kind, &Typed::default()), &Choices::default(), &[], (&[], l)),
            ..form(kind, 0, &Typed::default(), l)
        };
        pages.push(("empty form", empty.render()));
        pages.push(("funnel", funnel(Some(kind), &Funnel::default(), l).render()));
    }
    pages.push(("codes", list(lines).render()));
    let wait = Some(Wait { median_ms: 95_000, of: 12 });
    let told = Funnel { scans: 120, added: 40, joined: 28, from_scan: wait, from_add: wait };
    pages.push(("funnel of all", funnel(None, &told, l).render()));
    for caption in ["", "😀", "\u{202E}", "a\nb\nc"] {
        pages.push(("placement", placement_page(caption, false, l).render()));
    }
    pages.push(("placement, closed", placement_page("", true, l).render()));
    pages.extend((0..4).map(|nth| ("domains", domains(nth, false, l).render())));
    pages.into_iter().map(|(what, html)| (what, html.unwrap())).collect()
}
