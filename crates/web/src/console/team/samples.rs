//! Samples of the templates of staff.

use app::console::FieldError;
use app::wecom::{PhoneSeat, SeatPlace};
use askama::Template;
use domain::Role;
use report::Lang;
use store::{WecomSeat, WecomSeatRow};

use crate::console::Frame;
use crate::console::team::audit::{AuditPage, LineView};
use crate::console::team::door::LoginPage;
use crate::console::team::grant::{GrantView, GroupPick, role_view};
use crate::console::team::handover::{HandoverPage, Outcome, Piece, Taker};
use crate::console::team::me::{MePage, SessionView};
use crate::console::team::phone::{PhoneView, shown};
use crate::console::team::staff::{
    ColleaguePage, InvitationView, InvitePage, LinkView, StaffPage, StaffView,
};
use crate::console::team::welcome::WelcomePage;
use crate::console::team::wrongs::Wrongs;
use crate::door::Theme;
use crate::samples::hostile;

/// All of them, rendered, with what they are.
pub(crate) fn all(l: Lang) -> Vec<(&'static str, String)> {
    let pages = [
        ("log-in", login(l, true).render()),
        ("first log-in", login(l, false).render()),
        ("welcome", welcome(l, false).render()),
        ("new password", welcome(l, true).render()),
        ("own account", me(l).render()),
        ("staff", staff(l, true).render()),
        ("no invitations", staff(l, false).render()),
        ("invite", invite(l, false).render()),
        ("invited", invite(l, true).render()),
        ("colleague", colleague(l, true).render()),
        ("locked out", colleague(l, false).render()),
        ("hand-over", handover(l, false).render()),
        ("hand-over looked over", handover(l, true).render()),
        ("audit log", audit(l, true).render()),
        ("empty audit log", audit(l, false).render()),
    ];
    pages.into_iter().map(|(what, html)| (what, html.unwrap())).collect()
}

/// Every field is wrong.
fn wrong(l: Lang) -> Wrongs {
    let fields = ["name", "login", "password", "old", "again", "role", "scope", "staff", "to"];
    let errors = fields.map(|field| FieldError { field, code: "missing" });
    Wrongs::of(&errors, l)
}

fn login(l: Lang, full: bool) -> LoginPage {
    LoginPage {
        l,
        theme: Theme::System,
        title: hostile(),
        next: full.then(hostile),
        typed: hostile(),
        wrong: full.then(hostile),
        said: None,
    }
}

fn welcome(l: Lang, password: bool) -> WelcomePage {
    WelcomePage {
        l,
        theme: Theme::System,
        title: hostile(),
        token: hostile(),
        lead: hostile(),
        of: password.then(hostile),
        name: hostile(),
        login: hostile(),
        wrong: wrong(l),
    }
}

fn me(l: Lang) -> MePage {
    let session = |here| SessionView {
        id: 1,
        device: hostile(),
        address: hostile(),
        seen: hostile(),
        since: hostile(),
        here,
    };
    MePage {
        frame: Frame::sample(l),
        l,
        login: hostile(),
        name: hostile(),
        role: "",
        groups: hostile(),
        sessions: vec![session(true), session(false)],
        leads: true,
        secrets: crate::console::team::me::secrets(l),
        wrong: wrong(l),
    }
}

fn link() -> LinkView {
    LinkView { url: hostile(), until: hostile() }
}

fn one(locked_out: bool) -> StaffView {
    StaffView {
        id: 1,
        name: hostile(),
        login: hostile(),
        role: "",
        groups: hostile(),
        locked_out,
        left: u32::from(locked_out),
        is_me: !locked_out,
        is_mine: true,
        href: "/staff/1".to_owned(),
        lockout: "/staff/1/lockout".to_owned(),
    }
}

fn grant(l: Lang) -> GrantView {
    let group = GroupPick { id: 1, name: hostile(), on: true };
    GrantView {
        roles: Role::ALL.into_iter().map(|role| role_view(role, true, l)).collect(),
        may_all: true,
        sees_all: false,
        groups: vec![group],
        wrong: wrong(l),
    }
}

fn staff(l: Lang, full: bool) -> StaffPage {
    let invitation =
        InvitationView { id: 1, role: "", groups: hostile(), by: hostile(), until: hostile() };
    StaffPage {
        frame: Frame::sample(l),
        l,
        staff: vec![one(true), one(false)],
        invitations: full.then_some(invitation).into_iter().collect(),
    }
}

fn invite(l: Lang, made: bool) -> InvitePage {
    InvitePage { frame: Frame::sample(l), l, link: made.then(link), key: 1, grant: grant(l) }
}

fn colleague(l: Lang, active: bool) -> ColleaguePage {
    let one = one(!active);
    let link = active.then(link);
    let (frame, grant, phone) = (Frame::sample(l), grant(l), Some(phone(l)));
    ColleaguePage { frame, l, one, seen: "lead", link, grant, phone }
}

fn phone(l: Lang) -> PhoneView {
    let place = |account| SeatPlace {
        account,
        corp: hostile(),
        has_agent: false,
        people: vec![(hostile(), hostile()), (hostile(), String::new())],
    };
    let seat =
        WecomSeat { staff: domain::StaffId(1), account: 1, userid: hostile(), quiet: (1_320, 480) };
    let now = WecomSeatRow { seat, refused: Some((domain::Millis(0), hostile())) };
    let seat = PhoneSeat {
        places: vec![place(1), place(2)],
        now: Some(now),
        suggested: Some((1, hostile())),
        quiet: (1_320, 480),
    };
    shown(&seat, (false, Some(hostile())), l)
}

fn handover(l: Lang, ready: bool) -> HandoverPage {
    let piece = || Piece {
        field: "g1".to_owned(),
        name: hostile(),
        about: hostile(),
        to: 1,
        taker: hostile(),
    };
    let outcome = |failed| Outcome { piece: piece(), failed, done: hostile() };
    HandoverPage {
        frame: Frame::sample(l),
        l,
        id: 1,
        locked_out: ready,
        takers: vec![Taker { id: 1, name: hostile() }],
        to: 1,
        pieces: vec![piece()],
        ready,
        outcomes: if ready { Vec::new() } else { vec![outcome(None), outcome(Some(""))] },
    }
}

fn audit(l: Lang, full: bool) -> AuditPage {
    let line = LineView {
        at: hostile(),
        who: hostile(),
        act: hostile(),
        about: vec![("/groups/1".to_owned(), hostile()), (String::new(), hostile())],
    };
    let choice = || vec![(hostile(), hostile(), true)];
    AuditPage {
        frame: Frame::sample(l),
        l,
        lines: full.then_some(line).into_iter().collect(),
        staff: choice(),
        acts: choice(),
        groups: choice(),
        from: hostile(),
        to: hostile(),
        filtered: true,
        newest: Some("/audit".to_owned()),
        older: Some("/audit".to_owned()),
        export: "/audit/export.csv".to_owned(),
    }
}
