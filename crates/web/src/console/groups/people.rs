//! Who is or was in a group.

use app::console::Export;
use app::console::groups::{PeopleShown, PeopleWanted, StayRow};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::{ActorClass, JoinManner, May, Zone};
use report::Lang;
use serde::Deserialize;

use crate::console::groups::head::{Head, Opened, Tab};
use crate::console::groups::spoken;
use crate::console::{Cell, Frame, Kind, Seated, Sheet, encoded};
use crate::house::House;
use crate::line::Badge;
use crate::trouble::{Trouble, shown};
use crate::words::{cell, moment};

/// People on one page.
const PAGE: usize = 50;

/// What of the list is wanted.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Look {
    q: String,
    show: String,
    page: String,
}

impl Look {
    fn wanted(&self) -> PeopleWanted {
        let text = self.q.chars().take(60).collect();
        PeopleWanted { text, shown: PeopleShown::from_word(&self.show).unwrap_or_default() }
    }
}

/// Somebody in the list.
pub(crate) struct Row {
    pub(crate) who: u32,
    pub(crate) name: String,
    pub(crate) badge: Option<&'static str>,
    pub(crate) joined: String,
    pub(crate) left: String,
    pub(crate) how: String,
    pub(crate) stays: u32,
    pub(crate) spoken: &'static str,
    pub(crate) muted: String,
}

/// A sort of people.
pub(crate) struct Sort {
    pub(crate) href: String,
    pub(crate) word: &'static str,
    pub(crate) count: usize,
    pub(crate) on: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "console/groups/members.html")]
pub(crate) struct PeoplePage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) head: Head,
    pub(crate) search: String,
    pub(crate) show: &'static str,
    pub(crate) sorts: Vec<Sort>,
    pub(crate) rows: Vec<Row>,
    pub(crate) left_shown: bool,
    pub(crate) found: usize,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    pub(crate) csv: String,
}

/// `GET /groups/{group}/members`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    let opened = Opened::of(&house, &seated, group).await?;
    let (l, wanted) = (seated.visit.lang, look.wanted());
    let place = (opened.group, opened.page.standing.live);
    let found = house.console().group_people(&seated.actor, place, &wanted).await?;
    let pages = found.people.len().div_ceil(PAGE).max(1);
    let at = look.page.parse().unwrap_or(1).clamp(1, pages);
    let people = found.people.iter().skip((at - 1) * PAGE).take(PAGE);
    // Where messages are not told nobody can be said to be silent.
    let talks = opened.page.standing.tells_talk;
    let told =
        |stay: &StayRow| StayRow { has_spoken: stay.has_spoken.filter(|_| talks), ..stay.clone() };
    let rows = people.map(|stay| row(&told(stay), (&house, &opened.zone), l)).collect();
    let (frame, head) = opened.framed((&house, &seated), Tab::Members, None).await?;
    let word = wanted.shown.word();
    let query = |page: usize| format!("?show={word}&q={}&page={page}", encoded(&wanted.text));
    let sort = |(shown, count): (PeopleShown, usize)| Sort {
        href: format!("?show={}&q={}", shown.word(), encoded(&wanted.text)),
        word: spoken::shown(shown, l),
        count,
        on: shown == wanted.shown,
    };
    Ok(shown(&PeoplePage {
        l,
        frame,
        head,
        show: word,
        sorts: PeopleShown::ALL
            .into_iter()
            .zip(found.counts)
            .filter(|(shown, _)| talks || *shown != PeopleShown::Silent)
            .map(sort)
            .collect(),
        rows,
        left_shown: wanted.shown == PeopleShown::Left,
        found: found.people.len(),
        before: (at > 1).then(|| query(at - 1)),
        after: (at < pages).then(|| query(at + 1)),
        csv: opened.at(&format!("/members.csv{}", query(1))),
        search: wanted.text,
    }))
}

fn row(stay: &StayRow, (house, zone): (&House, &Zone), l: Lang) -> Row {
    let now = house.now();
    let at = |at: Option<domain::Millis>| {
        at.map_or_else(|| "–".to_owned(), |at| moment(at, now, zone, l))
    };
    let class = ActorClass::from_code(stay.class).unwrap_or(ActorClass::Member);
    let muted = stay.muted_until.filter(|until| *until > now);
    Row {
        who: stay.identity.0,
        name: stay.name.clone(),
        badge: Badge(class).word(&l),
        joined: at(stay.joined),
        left: at(stay.left),
        how: how(stay, l),
        stays: stay.stays,
        spoken: match stay.has_spoken {
            Some(true) => l.pick("发过言", "Has written"),
            Some(false) => l.pick("没发过言", "Never wrote"),
            None => "–",
        },
        muted: muted.map_or_else(String::new, |until| at(Some(until))),
    }
}

/// How somebody came in, with the placement of the link.
fn how(stay: &StayRow, l: Lang) -> String {
    let word = match stay.how.and_then(JoinManner::from_code) {
        Some(JoinManner::Link) => l.pick("邀请链接", "link"),
        Some(JoinManner::Invited) => l.pick("成员邀请", "brought in"),
        Some(JoinManner::Scan) => l.pick("扫码", "QR code"),
        Some(JoinManner::Approved) => l.pick("申请通过", "approved"),
        Some(JoinManner::Founding) => l.pick("建群时就在", "there at the founding"),
        Some(JoinManner::Community) => l.pick("从上级社群", "from the community"),
        Some(JoinManner::Listed) => l.pick("成员名单里", "found in the list"),
        _ if !stay.via.is_empty() => l.pick("邀请链接", "link"),
        _ => "–",
    };
    let word = cell(word);
    if stay.via.is_empty() { word } else { format!("{word} · {}", stay.via) }
}

/// `GET /groups/{group}/members.csv`
pub(super) async fn export(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    let opened = Opened::of(&house, &seated, group).await?;
    if !seated.actor.may(May::Keep) {
        return Err(Trouble::not_allowed(May::Keep));
    }
    let l = seated.visit.lang;
    let place = (opened.group, opened.page.standing.live);
    let found = house.console().group_people(&seated.actor, place, &look.wanted()).await?;
    let head = l.pick(
        [
            "编号",
            "昵称",
            "身份",
            "进群时间",
            "退群时间",
            "进群方式",
            "第几次入群",
            "发言",
            "禁言到",
        ],
        ["number", "name", "role", "joined", "left", "how", "stay", "written", "muted until"],
    );
    let sheet = |stay: &StayRow| {
        let one = row(stay, (&house, &opened.zone), l);
        let role = one.badge.unwrap_or(l.pick("成员", "Member"));
        vec![
            Cell::count(one.who),
            Cell::text(one.name),
            Cell::text(role),
            Cell::text(one.joined),
            Cell::text(one.left),
            Cell::text(one.how),
            Cell::count(one.stays),
            Cell::text(one.spoken),
            Cell::text(one.muted),
        ]
    };
    let sheet = Sheet {
        name: format!("group-{group}-members"),
        heads: head.map(str::to_owned).to_vec(),
        rows: found.people.iter().map(sheet).collect(),
        notes: Vec::new(),
    };
    let export = Export::of("members").about(opened.group);
    sheet.download((&house, &seated), export, Kind::Csv).await
}
