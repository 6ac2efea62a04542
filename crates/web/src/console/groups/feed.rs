//! The live feed of a group, with what keepers do from it.

use app::console::groups::KeeperAct;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{FactKind, IdentityId, May, Seq};
use report::Lang;
use serde::Deserialize;

use crate::console::groups::head::{Head, Opened, Tab};
use crate::console::{Frame, Guard, Notice, Seated};
use crate::house::House;
use crate::line::{Quote, Sight, Viewer, Window, linked, scene};
use crate::member::{Resume, Watched, stream};
use crate::trouble::{Trouble, shown};
use crate::words::moment;

/// What of the feed is wanted.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Look {
    /// Around the message with this key.
    at: Option<i64>,
    /// Before this place.
    before: Option<i64>,
    /// After this place.
    after: Option<i64>,
    /// What can be done with the message with this key.
    line: Option<i64>,
    /// Write an answer to the message with this key.
    reply: Option<i64>,
    /// What was just done.
    #[serde(default)]
    done: String,
}

impl Look {
    fn window(&self) -> Window {
        match (self.at.or(self.line), self.before, self.after) {
            (Some(key), ..) => Window::Around(key),
            (_, Some(seq), _) => Window::Before(Seq(seq)),
            (.., Some(seq)) => Window::After(Seq(seq)),
            _ => Window::Latest,
        }
    }
}

/// What can be done with a message and who wrote it.
pub(crate) struct Picked {
    pub(crate) key: i64,
    pub(crate) name: String,
    pub(crate) excerpt: String,
    pub(crate) who: u32,
    pub(crate) may_recall: bool,
    pub(crate) pinned: bool,
    /// The person is in and is no keeper.
    pub(crate) about_person: bool,
    pub(crate) muted: Option<String>,
    pub(crate) keys: [i64; 4],
}

/// The page.
#[derive(Template)]
#[template(path = "console/groups/feed.html")]
pub(crate) struct FeedPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) head: Head,
    pub(crate) lines: Sight,
    /// Lines that come are put at the end by themselves.
    pub(crate) live: bool,
    /// Safe HTML.
    pub(crate) announcement: Option<String>,
    pub(crate) pins: Vec<Quote>,
    pub(crate) picked: Option<Picked>,
    pub(crate) reply: Option<Quote>,
    pub(crate) may_write: bool,
    pub(crate) key: i64,
    pub(crate) typed: String,
    pub(crate) wrong: String,
}

/// `GET /groups/{group}`: the feed is the front of a group.
pub(super) async fn front(
    state: State<House>,
    seated: Seated,
    path: Path<i64>,
    query: Query<Look>,
) -> Result<Response, Trouble> {
    page(state, seated, path, query).await
}

/// `GET /groups/{group}/feed`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    let opened = Opened::of(&house, &seated, group).await?;
    Ok(shown(&feed((&house, &seated), &opened, &look).await?))
}

/// How lines of the group are shown to staff.
fn viewer(seated: &Seated, opened: &Opened) -> Viewer {
    Viewer {
        place: (seated.actor.org, opened.group),
        zone: opened.zone.clone(),
        lang: seated.visit.lang,
        me: IdentityId::NOBODY,
    }
}

/// The page of the feed.
pub(super) async fn feed(
    (house, seated): (&House, &Seated),
    opened: &Opened,
    look: &Look,
) -> Result<FeedPage, Trouble> {
    let (l, actor) = (seated.visit.lang, &seated.actor);
    let viewer = viewer(seated, opened);
    let room = opened.page.room.as_ref();
    let head = match room {
        Some(room) => room.head,
        None => last_place(house, &viewer).await?,
    };
    let lines = Sight::of(house, &viewer, (look.window(), head), &opened.at("/feed")).await?;
    let (frame, top) = opened.framed((house, seated), Tab::Feed, notice(&look.done, l)).await?;
    let open = room.is_some_and(|room| room.closed.is_none());
    let pins = match room {
        Some(room) => {
            let scene = scene(house, &viewer, &room.pins).await?;
            room.pins.iter().filter_map(|line| scene.quote_of(line)).collect()
        }
        None => Vec::new(),
    };
    let picked = match (look.line, room) {
        (Some(key), Some(_)) if actor.may(May::Tend) => {
            picked((house, seated), opened, key).await?
        }
        _ => None,
    };
    let announcement = room.and_then(|room| room.announcement.as_ref());
    let announcement = announcement.filter(|(_, text, _)| !text.is_empty());
    Ok(FeedPage {
        l,
        frame,
        head: top,
        lines,
        live: room.is_some() && look.window() == Window::Latest,
        announcement: announcement.map(|(_, text, _)| linked(text, None)),
        pins,
        picked,
        reply: match look.reply {
            Some(key) => quote(house, &viewer, key).await?,
            None => None,
        },
        may_write: open && actor.may(May::Tend),
        key: house.mint(),
        typed: String::new(),
        wrong: String::new(),
    })
}

async fn last_place(house: &House, viewer: &Viewer) -> Result<Seq, Trouble> {
    let (org, group) = viewer.place;
    let last = house.live().lines_before(org, group, Seq(i64::MAX), 1).await?;
    Ok(last.last().map_or(Seq(0), |line| line.seq))
}

async fn quote(house: &House, viewer: &Viewer, key: i64) -> Result<Option<Quote>, Trouble> {
    let (org, group) = viewer.place;
    let lines = house.live().lines_of(org, group, &[key]).await?;
    let scene = scene(house, viewer, &lines).await?;
    Ok(lines.first().and_then(|line| scene.quote_of(line)))
}

async fn picked(
    (house, seated): (&House, &Seated),
    opened: &Opened,
    key: i64,
) -> Result<Option<Picked>, Trouble> {
    let (live, l, org) = (house.live(), seated.visit.lang, seated.actor.org);
    let lines = live.lines_of(org, opened.group, &[key]).await?;
    let Some(said) = lines.first().filter(|said| said.fact.kind == FactKind::Message) else {
        return Ok(None);
    };
    let scene = scene(house, &viewer(seated, opened), &lines).await?;
    let Some(quote) = scene.quote_of(said) else { return Ok(None) };
    let member = live.member(org, opened.group, said.fact.actor).await?;
    let present = member.filter(|member| member.is_in() && !member.class.is_keeper());
    let until = present.as_ref().and_then(|member| member.muted_until);
    let until = until.filter(|until| *until > house.now());
    let pins = opened.page.room.as_ref().map(|room| &room.pins);
    let may_keep = seated.actor.may(May::Keep);
    Ok(Some(Picked {
        key,
        name: quote.name,
        excerpt: quote.excerpt,
        who: said.fact.actor.0,
        may_recall: may_keep,
        pinned: pins.is_some_and(|pins| pins.iter().any(|pin| pin.fact.source.key == key)),
        about_person: may_keep && present.is_some(),
        muted: until.map(|until| {
            let until = moment(until, house.now(), &opened.zone, l);
            l.pick(format!("禁言到 {until}"), format!("muted until {until}"))
        }),
        keys: house.mint_many(),
    }))
}

fn notice(done: &str, l: Lang) -> Option<Notice> {
    let words = match done {
        "opened" => l.pick(
            "群开好了。把邀请链接或二维码发给成员，用手机打开就能聊。",
            "The group is open. Send the link or the QR code: members talk on their phones.",
        ),
        "recalled" => l.pick("已撤回这条消息。", "The message was taken back."),
        "pinned" => l.pick("置顶已更新。", "Pins are changed."),
        "muted" => l.pick("禁言已更新。", "The silence is changed."),
        "removed" => l.pick("已移出群聊。", "The person was removed."),
        _ => return None,
    };
    Some(Notice { tone: "success", words: words.to_owned(), undo: None })
}

/// `GET /groups/{group}/events`
pub(super) async fn events(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Query(resume): Query<Resume>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    let opened = Opened::of(&house, &seated, group).await?;
    let room = opened.page.room.as_ref().ok_or_else(Trouble::missing)?;
    let watched = Watched {
        viewer: viewer(&seated, &opened),
        me: IdentityId::NOBODY,
        head: room.head,
        guard: Some(Guard::of(&house, &seated, opened.group)),
    };
    let key = format!("staff {} {}", seated.actor.org.0, seated.actor.staff.0);
    stream(&house, (&key, &seated.visit), watched, (&resume, &headers))
}

/// Does a keeper's act and goes back to the feed.
pub(super) async fn done(
    (house, seated): (&House, &Seated),
    group: i64,
    act: KeeperAct,
    said: &str,
) -> Result<Response, Trouble> {
    seated.visit.may_act(house)?;
    crate::member::accepted(act.key, house)?;
    house.console().keep(&seated.actor, domain::GroupId(group), act).await?;
    let said = if said.is_empty() { String::new() } else { format!("?done={said}") };
    Ok(Redirect::to(&format!("/groups/{group}/feed{said}")).into_response())
}
