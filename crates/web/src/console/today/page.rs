//! The page, and its rows alone.

use app::console::{Later, Look, Today};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::{GroupId, May};
use report::Lang;
use serde::Deserialize;

use crate::console::today::view::{Looker, RowView, Typed};
use crate::console::today::words;
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// Rows on a page.
const ROWS_MAX: usize = 30;

/// Groups in the filter, at most.
const GROUPS_MAX: usize = 100;

/// What of the list is wanted.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    pub(super) source: String,
    /// `mine` or nothing.
    #[serde(default)]
    pub(super) who: String,
    #[serde(default)]
    pub(super) group: String,
    /// From 0.
    #[serde(default)]
    pub(super) page: String,
    /// What was done just now, and to which row.
    #[serde(default)]
    pub(super) said: String,
    #[serde(default)]
    pub(super) row: String,
}

impl Wanted {
    fn page(&self) -> usize {
        self.page.parse().unwrap_or(0).min(10_000)
    }

    fn look(&self) -> Look {
        Look {
            source: (!self.source.is_empty()).then(|| self.source.clone()),
            mine: self.who == "mine",
            group: self.group.parse().ok().map(GroupId),
            skip: self.page() * ROWS_MAX,
            limit: ROWS_MAX,
        }
    }

    /// The address with these filters.
    pub(super) fn address(source: &str, who: &str, group: &str, page: usize) -> String {
        let word = |text: &str| -> String {
            text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(40).collect()
        };
        let mut parts = Vec::new();
        for (name, value) in [("source", source), ("who", who), ("group", group)] {
            if !value.is_empty() {
                parts.push(format!("{name}={}", word(value)));
            }
        }
        if page > 0 {
            parts.push(format!("page={page}"));
        }
        if parts.is_empty() { "/today".to_owned() } else { format!("/today?{}", parts.join("&")) }
    }

    /// The address of this very list.
    pub(super) fn here(&self) -> String {
        Self::address(&self.source, &self.who, &self.group, self.page())
    }
}

/// A filter with how many rows it leaves.
pub(crate) struct Chip {
    pub(crate) word: String,
    pub(crate) count: usize,
    pub(crate) href: String,
    pub(crate) on: bool,
}

/// What is said after an act, with the way back.
pub(crate) struct Said {
    pub(crate) words: String,
    /// Source and key of the row that can be taken back.
    pub(crate) undo: Option<(String, String)>,
    /// What was typed and not sent.
    pub(crate) typed: Option<String>,
}

/// The list with its filters: what the script asks for again.
#[derive(Template)]
#[template(path = "console/today/list.html")]
pub(crate) struct ListPart {
    pub(crate) l: Lang,
    pub(crate) chips: Vec<Chip>,
    pub(crate) owners: Vec<Chip>,
    pub(crate) groups: Vec<Chip>,
    pub(crate) rows: Vec<RowView>,
    pub(crate) found: usize,
    pub(crate) total: usize,
    pub(crate) tends: bool,
    pub(crate) laters: Vec<(&'static str, &'static str)>,
    pub(crate) here: String,
    pub(crate) earlier: Option<String>,
    pub(crate) further: Option<String>,
    /// Who did how much today; only when nothing is left.
    pub(crate) ended: Vec<(String, u32)>,
    /// There is no group yet: what could be done at all.
    pub(crate) first_day: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "console/today/page.html")]
pub(crate) struct TodayPage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) list: ListPart,
    pub(crate) said: Option<Said>,
}

/// `GET /today`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let said = words::said(&wanted.said, l).map(|words| Said {
        words: words.to_owned(),
        undo: wanted.row.split_once(' ').map(|(s, k)| (s.to_owned(), k.to_owned())),
        typed: None,
    });
    whole(&house, &seated, &wanted, (said, None)).await
}

/// The page with something said, and with what was typed into a row.
pub(super) async fn whole(
    house: &House,
    seated: &Seated,
    wanted: &Wanted,
    (said, typed): (Option<Said>, Option<Typed>),
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let list = list(house, seated, wanted, typed).await?;
    let frame = Frame::of(house, seated, Place::Today, l.pick("今日", "Today")).await?;
    Ok(shown(&TodayPage { frame, l, list, said }))
}

/// `GET /today/rows`: the list alone.
pub(super) async fn rows(
    State(house): State<House>,
    seated: Seated,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Trouble> {
    Ok(shown(&list(&house, &seated, &wanted, None).await?))
}

async fn list(
    house: &House,
    seated: &Seated,
    wanted: &Wanted,
    typed: Option<Typed>,
) -> Result<ListPart, Trouble> {
    let (console, l) = (house.console(), seated.visit.lang);
    let today = console.today(&seated.actor, &wanted.look()).await?;
    let zone = console.zone(seated.actor.org).await?;
    let day = zone.day_start(zone.local(house.now()).day);
    let companies = seated.actor.may(May::Lead) && seated.actor.sees_all();
    let (tends, keeps) = (today.tends, today.keeps);
    let looker = Looker { house, l, tends, keeps, companies, zone, typed };
    let ended =
        if today.found == 0 { console.ended_since(&seated.actor, day).await? } else { Vec::new() };
    let page = wanted.page();
    let at = |page| Wanted::address(&wanted.source, &wanted.who, &wanted.group, page);
    let laters = Later::ALL.map(|later| (later.word(), words::later(later, l)));
    Ok(ListPart {
        l,
        chips: chips(&today, wanted, l),
        owners: owners(&today, wanted, l),
        groups: groups(&today, wanted, l),
        rows: today.items.iter().map(|item| looker.row(item)).collect(),
        found: today.found,
        total: today.total,
        tends: today.tends,
        laters: laters.into(),
        here: wanted.here(),
        earlier: (page > 0).then(|| at(page - 1)),
        further: ((page + 1) * ROWS_MAX < today.found).then(|| at(page + 1)),
        ended,
        first_day: today.total == 0 && console.standings(&seated.actor).await?.is_empty(),
    })
}

fn chips(today: &Today, wanted: &Wanted, l: Lang) -> Vec<Chip> {
    let all = today.sources.iter().map(|(_, count)| count).sum();
    let mut chips = vec![Chip {
        word: l.pick("全部", "All").to_owned(),
        count: all,
        href: Wanted::address("", &wanted.who, &wanted.group, 0),
        on: wanted.source.is_empty(),
    }];
    for (word, count) in &today.sources {
        let on = wanted.source == *word;
        if *count > 0 || on {
            chips.push(Chip {
                word: words::source(word, l).to_owned(),
                count: *count,
                href: Wanted::address(word, &wanted.who, &wanted.group, 0),
                on,
            });
        }
    }
    chips
}

fn owners(today: &Today, wanted: &Wanted, l: Lang) -> Vec<Chip> {
    let mine = wanted.who == "mine";
    let chip = |word: &str, count, who: &str, on| Chip {
        word: word.to_owned(),
        count,
        href: Wanted::address(&wanted.source, who, &wanted.group, 0),
        on,
    };
    vec![
        chip(l.pick("所有人的", "Everybody's"), today.total, "", !mine),
        chip(l.pick("我负责的", "Mine"), today.mine, "mine", mine),
    ]
}

fn groups(today: &Today, wanted: &Wanted, l: Lang) -> Vec<Chip> {
    let chosen = wanted.group.parse().ok().map(GroupId);
    let chip = |word: String, count, group: &str, on| Chip {
        word,
        count,
        href: Wanted::address(&wanted.source, &wanted.who, group, 0),
        on,
    };
    if chosen.is_none() && today.groups.len() < 2 {
        return Vec::new();
    }
    let all = today.groups.iter().map(|(_, _, count)| count).sum();
    let mut chips =
        vec![chip(l.pick("所有群", "All groups").to_owned(), all, "", chosen.is_none())];
    for (group, name, count) in today.groups.iter().take(GROUPS_MAX) {
        let on = chosen == Some(*group);
        chips.push(chip(name.clone(), *count, &group.0.to_string(), on));
    }
    chips
}
