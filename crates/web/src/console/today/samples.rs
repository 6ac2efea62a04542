//! Samples of the templates of Today.

use app::console::{
    Filling, Later, NoCards, Reason, RefusedCalls, ReportKind, Reported, Unled, Unusual,
};
use app::links::LinkAlarm;
use app::wecom::OwnerlessWhy;
use askama::Template;
use insights::{Cause, CauseCode, Mood};
use report::Lang;

use crate::console::Frame;
use crate::console::today::page::{Chip, ListPart, Said, TodayPage};
use crate::console::today::view::{RowView, WriteView};
use crate::console::today::words;
use crate::samples::hostile;

/// All of them, rendered, with what they are.
pub(crate) fn all(l: Lang) -> Vec<(&'static str, String)> {
    let pages = [("today", page(l, true).render()), ("empty today", page(l, false).render())];
    pages.into_iter().map(|(what, html)| (what, html.unwrap())).collect()
}

fn page(l: Lang, full: bool) -> TodayPage {
    let said = Said {
        words: hostile(),
        undo: Some(("answers".to_owned(), hostile())),
        typed: Some(hostile()),
    };
    TodayPage { frame: Frame::sample(l), l, list: list(l, full), said: full.then_some(said) }
}

fn list(l: Lang, full: bool) -> ListPart {
    let chip = |on| Chip { word: hostile(), count: 1, href: "/today?group=1".to_owned(), on };
    let laters = Later::ALL.map(|later| (later.word(), words::later(later, l)));
    ListPart {
        l,
        chips: vec![chip(true), chip(false)],
        owners: vec![chip(true), chip(false)],
        groups: vec![chip(true), chip(false), chip(false)],
        rows: if full { reasons().iter().map(|reason| row(reason, l)).collect() } else { vec![] },
        found: 40,
        total: usize::from(full),
        tends: true,
        laters: laters.into(),
        here: "/today".to_owned(),
        earlier: Some("/today".to_owned()),
        further: Some("/today?page=1".to_owned()),
        ended: vec![(hostile(), 3)],
        first_day: false,
    }
}

fn reasons() -> Vec<Reason> {
    let cause = Cause { code: CauseCode::SilentDays, numbers: vec![9.0] };
    vec![
        Reason::FirstPost(Some(7)),
        Reason::Question(None),
        Reason::Call(None),
        Reason::CarryOut,
        Reason::CheckOutcome,
        Reason::Trouble(Mood::Dying, vec![cause]),
        Reason::LongDead(3),
        Reason::Newcomer,
        Reason::Newcomers(3, vec![hostile()]),
        Reason::SetAside(1, "message", hostile()),
        Reason::ActionFailed("post".to_owned(), hostile()),
        Reason::ImportFailed(3),
        Reason::Ownerless(4),
    ]
    .into_iter()
    .chain(companies())
    .collect()
}

fn companies() -> Vec<Reason> {
    let unusual = Unusual { count: 20, before: 6, days: 9, is_small: true };
    let filling = |members, days| Filling { members, limit: 500, came: 14, days };
    let unled = |why| Unled { account: 1, owner: hostile(), why, groups: 3 };
    let at_host = |word: &str| LinkAlarm::Domain(hostile(), word.to_owned(), domain::Millis(0));
    let reported =
        |what| Reason::Reported(Reported { what, staff: domain::StaffId(1), by: hostile() });
    vec![
        Reason::Joins(unusual),
        Reason::Leaves(unusual),
        Reason::Filling(filling(500, Some(0))),
        Reason::Filling(filling(480, Some(20))),
        Reason::Filling(filling(410, None)),
        Reason::Unled(unled(OwnerlessWhy::Left)),
        Reason::Unled(unled(OwnerlessWhy::OutOfSight)),
        Reason::Refused(RefusedCalls { account: 1, word: "address", said: hostile() }),
        Reason::NoCards(NoCards { staff: domain::StaffId(1), name: hostile(), userid: hostile() }),
        Reason::Code(LinkAlarm::AtEnd(1, hostile())),
        Reason::Code(LinkAlarm::NearEnd(1, hostile(), 9)),
        Reason::Code(LinkAlarm::Failing(1, hostile())),
        Reason::Code(LinkAlarm::Checks(1, hostile(), 2, domain::Millis(0))),
        Reason::Code(at_host("elsewhere")),
        Reason::Code(at_host("certificate")),
        Reason::Code(at_host("private")),
        Reason::Code(at_host("unreached")),
        reported(ReportKind::Unanswered),
        reported(ReportKind::Adverts),
        reported(ReportKind::Complaint),
    ]
}

fn row(reason: &Reason, l: Lang) -> RowView {
    let write =
        WriteView { mint: 1, text: hostile(), wrong: Some(hostile()), welcomes: true, open: true };
    RowView {
        id: "row-answers-1".to_owned(),
        source: "answers",
        key: hostile(),
        kind: words::kind(reason, l),
        tone: words::tone(reason),
        who: Some(hostile()),
        stay: Some(hostile()),
        person: Some(1),
        group: Some((1, hostile())),
        since: hostile(),
        at: hostile(),
        owner: Some(hostile()),
        quote: Some(hostile()),
        says: words::says(reason, true, l),
        leads: Some(("/groups/1".to_owned(), l.pick("去看看", "Open"))),
        write: Some(write),
        done: Some(words::done(reason, true, l)),
        asks_twice: matches!(reason, Reason::SetAside(..)),
        retries: true,
        tends: true,
    }
}
