//! Samples of the templates of staff.

use app::console::FieldError;
use askama::Template;
use report::Lang;

use crate::console::Frame;
use crate::console::team::door::LoginPage;
use crate::console::team::me::{MePage, SessionView};
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
