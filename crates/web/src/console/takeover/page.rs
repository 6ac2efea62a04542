//! The page: patterns, owners, the groups that were found, and what is to become of them.

use std::collections::BTreeMap;

use app::console::Denied;
use app::console::groups::{CardRow, GroupKind, Takeover, TakeoverAsked, TakeoverLine};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::StaffId;
use report::Lang;
use serde::Deserialize;

use crate::console::groups::{Choice, kind_word, kinds, staff_name};
use crate::console::{Frame, Notice, Place, Seated, encoded};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{number, times};

/// Groups shown; the others are counted.
const ROWS_MAX: usize = 300;

/// Owners in the filter, at most.
const OWNERS_MAX: usize = 300;

/// What of the groups is wanted, and what was done.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    pub(super) pattern: String,
    /// Company and `userid` of the owner: `1:sam`.
    #[serde(default)]
    pub(super) of: String,
    #[serde(default)]
    done: String,
    #[serde(default)]
    id: i64,
    #[serde(default)]
    n: u64,
}

impl Wanted {
    /// Of the fields of a form.
    pub(super) fn of(fields: &[(String, String)]) -> Self {
        let one = |name: &str| {
            let found = fields.iter().find(|(own, _)| own == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        Self { pattern: one("pattern"), of: one("of"), ..Self::default() }
    }

    pub(super) fn asked(&self) -> TakeoverAsked {
        let owner = self
            .of
            .split_once(':')
            .and_then(|(account, userid)| Some((account.parse().ok()?, userid.to_owned())));
        TakeoverAsked { pattern: self.pattern.clone(), owner }
    }

    /// The address with these filters.
    pub(super) fn address(&self) -> String {
        let (pattern, of) = (encoded(&self.pattern), encoded(&self.of));
        format!("/takeover?pattern={pattern}&of={of}")
    }
}

/// A card in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CardView {
    pub(crate) kind: &'static str,
    pub(crate) owner: String,
    pub(crate) backup: String,
    pub(crate) tags: String,
}

impl CardView {
    pub(super) fn of(card: &CardRow, names: &BTreeMap<StaffId, String>, l: Lang) -> Self {
        Self {
            kind: GroupKind::from_word(&card.kind).map_or("", |kind| kind_word(kind, l)),
            owner: staff_name(names, card.owner, l),
            backup: staff_name(names, card.backup, l),
            tags: card.tags.join(l.pick("、", ", ")),
        }
    }
}

/// A group that was found.
pub(crate) struct LineView {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) owner: String,
    pub(crate) members: String,
    pub(crate) card: CardView,
}

/// A pattern that many names fit.
pub(crate) struct PatternView {
    pub(crate) pattern: String,
    pub(crate) href: String,
    pub(crate) count: usize,
    pub(crate) on: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "console/takeover/page.html")]
pub(crate) struct TakeoverPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) pattern: String,
    pub(crate) of: String,
    /// What is wrong with the pattern.
    pub(crate) wrong: String,
    pub(crate) patterns: Vec<PatternView>,
    pub(crate) owners: Vec<Choice>,
    pub(crate) lines: Vec<LineView>,
    pub(crate) found: usize,
    pub(crate) all: usize,
    pub(crate) kinds: Vec<Choice>,
    pub(crate) staff: Vec<(i64, String)>,
}

/// `GET /takeover`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Trouble> {
    let (console, l) = (house.console(), seated.visit.lang);
    let (found, wrong) = match console.takeover_groups(&seated.actor, &wanted.asked()).await {
        Ok(found) => (found, String::new()),
        Err(Denied::Wrong(wrong)) => {
            let all = console.takeover_groups(&seated.actor, &TakeoverAsked::default()).await?;
            let code = wrong.first().map_or("", |one| one.code);
            (Takeover { lines: Vec::new(), ..all }, words(code, l).to_owned())
        }
        Err(denied) => return Err(denied.into()),
    };
    let names = console.keeper_names(&seated.actor).await?;
    let title = l.pick("批量接管企业微信群", "Take over groups on WeCom");
    let frame = Frame::of(&house, &seated, Place::Groups, title).await?;
    let is_wrong = !wrong.is_empty();
    let mut response = shown(&TakeoverPage {
        l,
        frame: frame.saying(notice(&wanted, l)),
        wrong,
        patterns: patterns(&found, &wanted),
        owners: owners(&found, &wanted, l),
        lines: found.lines.iter().take(ROWS_MAX).map(|line| view(line, &names, l)).collect(),
        found: found.lines.len(),
        all: found.all,
        kinds: kinds("", l),
        staff: names.iter().map(|(who, name)| (who.0, name.clone())).collect(),
        pattern: wanted.pattern,
        of: wanted.of,
    });
    if is_wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn view(line: &TakeoverLine, names: &BTreeMap<StaffId, String>, l: Lang) -> LineView {
    LineView {
        id: line.group.0,
        name: line.name.clone(),
        owner: line.owner.clone(),
        members: number(line.members.into()),
        card: CardView::of(&line.card, names, l),
    }
}

fn patterns(found: &Takeover, wanted: &Wanted) -> Vec<PatternView> {
    let view = |(pattern, count): &(String, usize)| PatternView {
        href: Wanted { pattern: pattern.clone(), ..Wanted::default() }.address(),
        on: *pattern == wanted.pattern.trim(),
        pattern: pattern.clone(),
        count: *count,
    };
    found.patterns.iter().map(view).collect()
}

fn owners(found: &Takeover, wanted: &Wanted, l: Lang) -> Vec<Choice> {
    let choice = |one: &app::console::groups::TakeoverOwner| {
        let value = format!("{}:{}", one.account, one.userid);
        let count = times(one.groups as u64, l, "个群", ["group", "groups"]);
        let word = l.pick(format!("{}（{count}）", one.name), format!("{} ({count})", one.name));
        Choice { on: value == wanted.of, value, word }
    };
    found.owners.iter().take(OWNERS_MAX).map(choice).collect()
}

/// What is wrong with a pattern.
pub(super) fn words(code: &str, l: Lang) -> &'static str {
    match code {
        "too_long" => {
            l.pick("规则最多 60 个字，请缩短。", "At most 60 letters: please shorten it.")
        }
        _ => l.pick(
            "花括号里只能写 n：{n} 代表编号，比如「公测{n}群」。",
            "Only {n}, a number, may stand in braces, as in “Beta {n}”.",
        ),
    }
}

fn notice(wanted: &Wanted, l: Lang) -> Option<Notice> {
    let (tone, words, undo) = match wanted.done.as_str() {
        "changed" if wanted.n > 0 => {
            let words = times(wanted.n, l, "个群", ["group", "groups"]);
            let undo = l.pick("一键撤销", "Undo").to_owned();
            let undo = Some((format!("/groups/changes/{}/undoing", wanted.id), undo));
            ("success", l.pick(format!("已接管 {words}。"), format!("{words} taken over.")), undo)
        }
        "changed" => {
            let words = l.pick("这些群已经是这样了，没有改动。", "They were so already.");
            ("info", words.to_owned(), None)
        }
        "other" => {
            let words = l.pick(
                "预览之后有群又变了，什么都没有改。请再看一次预览。",
                "Groups changed after the preview; nothing was done. Look at it again.",
            );
            ("warning", words.to_owned(), None)
        }
        _ => return None,
    };
    Some(Notice { tone, words, undo })
}
