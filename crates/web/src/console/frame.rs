//! What stands around every page of the console.

use domain::{Actor, May};
use report::Lang;

use crate::console::Seated;
use crate::door::Theme;
use crate::house::House;
use crate::trouble::Trouble;

/// A place of the console: an entry of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Today,
    Groups,
    People,
    /// Live codes: there when a company is connected or a code exists.
    Codes,
    Figures,
    Settings,
    /// The own account.
    Me,
    /// What the search found: no entry of the menu.
    Search,
}

/// Something said once, after an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    /// `success`, `warning`, `danger` or `info`.
    pub(crate) tone: &'static str,
    pub(crate) words: String,
    /// A form that takes it back: address and word of the button.
    pub(crate) undo: Option<(String, String)>,
}

/// An entry of the menu.
pub(crate) struct MenuItem {
    pub(crate) href: &'static str,
    pub(crate) word: &'static str,
    pub(crate) icon: &'static str,
    pub(crate) on: bool,
    /// On the bar of a phone, too.
    pub(crate) on_phone: bool,
    /// How many wait there; not shown when none do.
    pub(crate) waiting: usize,
}

/// The frame: every page of the console has one as `frame`, and extends `console/frame.html`.
pub(crate) struct Frame {
    pub(crate) l: Lang,
    pub(crate) theme: Theme,
    /// The query of the page, without language and theme.
    pub(crate) query: String,
    pub(crate) title: String,
    pub(crate) menu: Vec<MenuItem>,
    /// Name and role of who looks.
    pub(crate) who: String,
    pub(crate) role: &'static str,
    pub(crate) demo: bool,
    /// What the search box holds.
    pub(crate) search: String,
    pub(crate) notice: Option<Notice>,
    /// The same page in the other language.
    pub(crate) other_lang: String,
}

impl Frame {
    /// The frame of a page in `place` with this title.
    pub(crate) async fn of(
        house: &House,
        seated: &Seated,
        place: Place,
        title: &str,
    ) -> Result<Self, Trouble> {
        let l = seated.visit.lang;
        let mut menu = menu(&seated.actor, place, l);
        let (sees_codes, waiting, demo) = tokio::join!(
            house.console().sees_codes(&seated.actor),
            house.console().waiting(&seated.actor),
            house.live().is_demo(seated.actor.org),
        );
        // No page is refused for want of a word or a number in the menu.
        if !sees_codes.unwrap_or(false) {
            menu.retain(|item| item.href != "/codes");
        }
        if let Some(today) = menu.first_mut() {
            today.waiting = waiting.unwrap_or(0);
        }
        Ok(Self {
            l,
            theme: seated.visit.theme,
            query: seated.visit.query.clone(),
            title: title.to_owned(),
            menu,
            who: seated.actor.name.clone(),
            role: crate::words::role(seated.actor.role, l),
            demo: demo?,
            search: String::new(),
            notice: None,
            other_lang: with(&seated.visit.query, "lang", l.pick("en", "zh")),
        })
    }

    /// With another title.
    pub(crate) fn titled(mut self, title: &str) -> Self {
        title.clone_into(&mut self.title);
        self
    }

    /// With something said once.
    pub(crate) fn saying(mut self, notice: Option<Notice>) -> Self {
        self.notice = notice;
        self
    }

    /// The switch of themes: address, word, icon, and whether it is on.
    pub(crate) fn themes(&self) -> [(String, &'static str, &'static str, bool); 3] {
        Theme::ALL.map(|theme| {
            let (word, icon) = match theme {
                Theme::System => (self.l.pick("跟随系统", "System"), "brightness"),
                Theme::Light => (self.l.pick("浅色", "Light"), "sun"),
                Theme::Dark => (self.l.pick("深色", "Dark"), "moon"),
            };
            (with(&self.query, "theme", theme.code()), word, icon, theme == self.theme)
        })
    }

    /// Whether the page is one that a phone reaches by "me".
    pub(crate) fn own_on(&self) -> bool {
        self.menu.iter().any(|item| item.on && (item.icon == "me" || !item.on_phone))
    }
}

/// The same page with one more pair in its query.
fn with(query: &str, name: &str, value: &str) -> String {
    let rest = if query.is_empty() { String::new() } else { format!("{query}&") };
    format!("?{rest}{name}={value}")
}

fn menu(actor: &Actor, place: Place, l: Lang) -> Vec<MenuItem> {
    let all = [
        (Place::Today, "/today", l.pick("今日", "Today"), "today", May::Look, true),
        (Place::Groups, "/groups", l.pick("社群", "Groups"), "groups", May::Look, true),
        (Place::People, "/people", l.pick("客户", "People"), "people", May::Look, true),
        (Place::Codes, "/codes", l.pick("引流", "Entry"), "qrcode", May::Look, false),
        (Place::Figures, "/figures", l.pick("数据", "Figures"), "figures", May::Look, false),
        (Place::Settings, "/settings", l.pick("设置", "Settings"), "settings", May::Look, false),
        (Place::Me, "/me", l.pick("我", "Me"), "me", May::Look, true),
    ];
    let seen = all.into_iter().filter(|item| actor.may(item.4));
    seen.map(|(at, href, word, icon, _, on_phone)| MenuItem {
        href,
        word,
        icon,
        on: at == place,
        on_phone,
        waiting: 0,
    })
    .collect()
}

#[cfg(test)]
impl Frame {
    /// A frame for samples of pages, with a name that somebody hostile chose.
    pub(crate) fn sample(l: Lang) -> Self {
        let actor = Actor {
            org: domain::OrgId(1),
            staff: domain::StaffId(1),
            name: crate::samples::hostile(),
            role: domain::Role::Owner,
            scope: domain::Scope::All,
        };
        Self {
            l,
            theme: Theme::Dark,
            query: "q=1".to_owned(),
            title: crate::samples::hostile(),
            menu: menu(&actor, Place::Groups, l),
            who: actor.name.clone(),
            role: crate::words::role(actor.role, l),
            demo: true,
            search: crate::samples::hostile(),
            notice: Some(Notice {
                tone: "success",
                words: crate::samples::hostile(),
                undo: Some(("/undo".to_owned(), crate::samples::hostile())),
            }),
            other_lang: with("q=1", "lang", l.pick("en", "zh")),
        }
    }
}
