//! Samples of the templates of hand-overs, with all words that can stand in them.

use std::collections::BTreeMap;

use app::console::FieldError;
use app::wecom::{
    Beside, Draft, DraftDay, DraftShare, DraftStay, Handed, HandoverSeen, HandoverView, Holder,
    Holders, KeptHere, LeftRead, Limits, Standstill, Stay,
};
use askama::Template;
use domain::{GroupId, HandState, HeldKind, Millis, OrgId, StaffId, Zone};
use report::Lang;
use store::{HandoverRow, Holdings, KeptGroup, WecomId};

use crate::console::Frame;
use crate::console::wecom::handover::draft::{DraftPage, Typed};
use crate::console::wecom::handover::follow::FollowPage;
use crate::console::wecom::handover::people::PeoplePage;
use crate::console::wecom::handover::said;
use crate::console::wecom::handover::words::wrong_words;
use crate::samples::hostile;

const NOW: Millis = Millis(1_795_349_100_000);
const DAY: i64 = Millis::DAY;

/// Codes that are known, and one that nobody knows.
const CODES: [i64; 20] = [
    40_003, 40_050, 40_096, 40_097, 40_098, 40_099, 40_100, 40_128, 40_129, 40_130, 45_009, 50_002,
    60_111, 84_074, 90_500, 90_502, 90_503, 90_508, 90_510, 7,
];

/// Codes of fields, and one that nobody knows.
const WRONG: [&str; 14] = [
    "missing",
    "not_a_taker",
    "twice",
    "a_taker",
    "not_a_number",
    "too_long",
    "nothing",
    "open",
    "out_of_sight",
    "no_codes",
    "nobody_here",
    "above",
    "cannot_keep",
    "unheard",
];

fn row(ended: bool, trouble: &str) -> HandoverRow {
    HandoverRow {
        id: WecomId { org: OrgId(1), account: 1 },
        handover: 3,
        giver: hostile(),
        left: ended,
        words: hostile(),
        spare: String::new(),
        a_day: Some(50),
        by: StaffId(1),
        made: Millis(NOW.0 - DAY),
        next: (!ended).then_some(NOW),
        looked: None,
        cancelled: None,
        ended: ended.then_some(NOW),
        trouble: trouble.to_owned(),
    }
}

fn thing(kind: HeldKind, state: HandState, code: Option<i64>) -> Handed {
    Handed {
        kind,
        held: hostile(),
        name: if kind == HeldKind::Group { hostile() } else { String::new() },
        taker: "lisi".to_owned(),
        state,
        code,
        due: Millis(NOW.0 + DAY),
        asked: (state == HandState::Waiting).then_some(NOW),
        until: Some(Millis(NOW.0 + DAY)),
        tries: 0,
        changed: NOW,
    }
}

fn holder(userid: &str, left: bool, open: Option<i64>) -> Holder {
    Holder {
        userid: userid.to_owned(),
        name: if open.is_some() { userid.to_owned() } else { hostile() },
        left,
        contacts: 420,
        groups: 12,
        codes: 3,
        open,
        fits: !left,
        seen: userid != "there2",
    }
}

fn holders(left_read: LeftRead) -> Holders {
    let many = (0..60).map(|nth| holder(&format!("there{nth}"), false, None));
    let all = [holder("gone", true, None), holder("going", true, Some(3))];
    Holders { all: all.into_iter().chain(many).collect(), left_read }
}

/// Codes, and what stands here: some of it, or not theirs to hand over.
fn beside(is_barred: bool) -> Beside {
    let group = |n: i64| KeptGroup {
        group: GroupId(n),
        name: hostile(),
        as_owner: n % 2 == 0,
        tasks: u32::try_from(n).unwrap() % 3,
    };
    let has = Holdings { groups: (1..=7).map(group).collect(), notes: 2 };
    let taker = |n: i64| app::console::StaffRow {
        id: StaffId(n),
        login: hostile(),
        name: hostile(),
        role: domain::Role::Operator,
        sees_all: true,
        state: app::console::StaffState::Active,
        made: NOW,
        changed: NOW,
    };
    let takers = vec![taker(2), taker(3)];
    let here = if is_barred {
        KeptHere { staff: 9, name: hostile(), is_barred, ..KeptHere::default() }
    } else {
        KeptHere { staff: 9, name: hostile(), has, takers, is_barred }
    };
    Beside { codes: (1..=7).map(|id| (id, hostile())).collect(), here: Some(here) }
}

fn view(ended: bool, still: Option<Standstill>) -> HandoverView {
    let mut items: Vec<Handed> = Vec::new();
    for kind in HeldKind::ALL {
        items.extend(HandState::ALL.map(|state| thing(kind, state, None)));
        items.extend(CODES.map(|code| thing(kind, HandState::Failed, Some(code))));
    }
    items.extend((0..40).map(|_| thing(HeldKind::Contact, HandState::Refused, None)));
    HandoverView {
        row: row(ended, ""),
        giver: hostile(),
        items,
        names: BTreeMap::from([("lisi".to_owned(), hostile())]),
        takers: vec![holder("lisi", false, None), holder("wangwu", false, None)],
        still,
        beside: beside(ended),
    }
}

fn draft(left: bool, days: u32) -> Draft {
    let day = |nth: u32| DraftDay {
        at: Millis(NOW.0 + i64::from(nth) * DAY),
        contacts: 100,
        groups: nth,
    };
    let stay = |why| DraftStay { kind: HeldKind::Contact, why, count: 2, names: vec![hostile()] };
    Draft {
        giver: holder("gone", left, None),
        shares: vec![DraftShare { name: hostile(), contacts: 4, ..DraftShare::default() }],
        spare: if left { hostile() } else { String::new() },
        days: (0..days).map(day).collect(),
        takes_days: days,
        stays: Stay::ALL.map(stay).to_vec(),
        resting: days,
        words: if left { String::new() } else { hostile() },
        beside: beside(false),
        codes_to: if left { hostile() } else { String::new() },
        here_to: if left { hostile() } else { String::new() },
    }
}

/// Hand-overs that stand in every way.
fn jobs() -> [HandoverSeen; 5] {
    let job = |ended, trouble: &str, state| HandoverSeen {
        row: row(ended, trouble),
        giver: hostile(),
        counts: BTreeMap::from([((HeldKind::Contact, state), 3)]),
    };
    [
        job(true, "", HandState::Done),
        job(true, "", HandState::Refused),
        job(false, "network|x", HandState::Waiting),
        job(false, "", HandState::Waiting),
        job(false, "", HandState::Failed),
    ]
}

/// All of them, rendered, with what they are.
pub(crate) fn all(l: Lang) -> Vec<(&'static str, String)> {
    let zone = Zone::utc();
    let scene = (NOW, &zone, l);
    let still = |word: &str| Standstill { word: word.to_owned(), said: hostile() };
    let people = |read: LeftRead, jobs: &[HandoverSeen]| {
        PeoplePage::of((Frame::sample(l), 1, hostile()), (&holders(read), jobs), scene).render()
    };
    let jobs = jobs();
    let none = Holders { all: Vec::new(), left_read: LeftRead::Never };
    let nobody = PeoplePage::of((Frame::sample(l), 1, String::new()), (&none, &[]), scene);
    let rules = Limits::WECOM.rules();
    let own = |beside: &Beside, draft: Option<Draft>, wrong: &[FieldError], who: &str| {
        let held = holders(LeftRead::At(NOW));
        let frame = (Frame::sample(l), 1);
        let typed = Typed::hostile(who);
        let page =
            DraftPage::of(frame, (&typed, draft.as_ref(), wrong), (&held, beside, &rules), scene);
        page.unwrap().render()
    };
    let choose = |draft: Option<Draft>, wrong: &[FieldError], who: &str| {
        own(&beside(false), draft, wrong, who)
    };
    let mut pages = vec![
        ("hand-overs, nobody", nobody.render()),
        ("hand-overs", people(LeftRead::At(NOW), &jobs)),
        ("hand-overs, not read", people(LeftRead::Still(still("permission")), &jobs)),
        ("hand-over, choosing", choose(None, &[], "gone")),
        ("hand-over, plan of a leaver", choose(Some(draft(true, 3)), &[], "gone")),
        ("hand-over, plan", choose(Some(draft(false, 1)), &[], "there1")),
        ("hand-over, nothing to do", choose(Some(draft(false, 0)), &[], "there1")),
        (
            "hand-over, followed",
            FollowPage::of(Frame::sample(l), &view(false, None), scene).render(),
        ),
        ("hand-over, ended", FollowPage::of(Frame::sample(l), &view(true, None), scene).render()),
    ];
    let halted = view(false, Some(still("address")));
    pages.push(("hand-over, still", FollowPage::of(Frame::sample(l), &halted, scene).render()));
    pages.push(("hand-over, part", FollowPage::of(Frame::sample(l), &halted, scene).far.render()));
    for done in said::samples::all() {
        let page = FollowPage::of(Frame::sample(l).saying(done.notice(l)), &halted, scene);
        pages.push(("hand-over, told", page.render()));
    }
    let nobody = HandoverView { takers: Vec::new(), items: Vec::new(), ..view(false, None) };
    pages.push(("hand-over, codes", FollowPage::of(Frame::sample(l), &nobody, scene).render()));
    for here in [None, Some(KeptHere::default())] {
        let beside = Beside { codes: Vec::new(), here };
        let bare = HandoverView { beside, ..view(true, None) };
        pages.push(("hand-over, bare", FollowPage::of(Frame::sample(l), &bare, scene).render()));
    }
    let wrong = [FieldError { field: "here", code: "above" }];
    pages.push(("hand-over, barred", own(&beside(true), None, &wrong, "there2")));
    let only = Draft { codes_to: hostile(), ..draft(false, 0) };
    pages.push(("hand-over, codes alone", choose(Some(only), &[], "there1")));
    for code in WRONG {
        assert!(!wrong_words(code, l).is_empty());
        let fields = ["giver", "t1", "t2", "t3", "t4", "spare", "codes", "here", "a_day", "words"];
        let wrong: Vec<FieldError> = fields.map(|field| FieldError { field, code }).to_vec();
        pages.push(("hand-over, wrong", choose(None, &wrong, "there1")));
    }
    pages.into_iter().map(|(what, html)| (what, html.unwrap())).collect()
}
