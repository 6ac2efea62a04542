//! The chat page, whole or in parts: what stands above, the lines, what stands below.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use domain::Seq;
use engine::Member;
use report::Lang;
use serde::Deserialize;

use crate::door::Visit;
use crate::house::House;
use crate::line::{Quote, Sight, Window, excerpt, linked, scene};
use crate::member::inside::muted;
use crate::member::joining::landing;
use crate::member::{Inside, sheet};
use crate::trouble::{Trouble, shown};
use crate::words::moment;

/// What of the chat is wanted.
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
    /// Call this member.
    call: Option<u32>,
    /// Only a part: `lines`, `frame` or `sheet`.
    part: Option<String>,
}

impl Look {
    fn window(&self) -> Window {
        match (self.at, self.before, self.after) {
            (Some(key), ..) => Window::Around(key),
            (_, Some(seq), _) => Window::Before(Seq(seq)),
            (.., Some(seq)) => Window::After(Seq(seq)),
            _ => Window::Latest,
        }
    }
}

/// What stands above the lines.
#[derive(Template)]
#[template(path = "member/frame.html")]
pub(crate) struct Frame {
    pub(crate) l: Lang,
    pub(crate) base: String,
    pub(crate) name: String,
    pub(crate) people: u32,
    pub(crate) keeper: bool,
    pub(crate) closed: bool,
    pub(crate) notice: Option<NoticeBar>,
    pub(crate) pins: Vec<Quote>,
}

/// The announcement above the lines.
pub(crate) struct NoticeBar {
    pub(crate) excerpt: String,
    /// Safe HTML.
    pub(crate) html: String,
    pub(crate) by: String,
}

/// What stands below the lines.
#[derive(Template)]
#[template(path = "member/foot.html")]
pub(crate) struct Foot {
    pub(crate) l: Lang,
    pub(crate) base: String,
    pub(crate) state: &'static str,
    pub(crate) write: Writing,
    pub(crate) key: i64,
    pub(crate) reply: Option<Quote>,
    pub(crate) text: String,
    pub(crate) wrong: Option<String>,
    pub(crate) keeper: bool,
    pub(crate) as_host: bool,
}

/// Whether the viewer may write now.
pub(crate) enum Writing {
    /// Yes.
    Open,
    /// No, and why.
    Shut(String),
}

/// What was typed before the page was made.
#[derive(Default)]
pub(crate) struct Typed {
    pub(crate) text: String,
    pub(crate) reply: Option<i64>,
    pub(crate) as_host: bool,
    pub(crate) key: Option<i64>,
    pub(crate) wrong: Option<String>,
}

/// The whole page.
#[derive(Template)]
#[template(path = "member/chat.html")]
pub(crate) struct ChatPage {
    pub(crate) l: Lang,
    pub(crate) title: String,
    pub(crate) base: String,
    pub(crate) me: u32,
    pub(crate) now: i64,
    pub(crate) last: i64,
    /// The lines reach to the end and go on by themselves.
    pub(crate) live: bool,
    pub(crate) at: Option<i64>,
    pub(crate) top: Frame,
    pub(crate) lines: Sight,
    pub(crate) foot: Foot,
}

/// `GET /g/{code}`
pub(crate) async fn page(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    visit.may_read(&house)?;
    let inside = Inside::of(&house, &visit, &code).await?;
    let Some(me) = inside.me.clone() else {
        return if look.part.is_some() {
            Err(Trouble::not_member())
        } else {
            landing((&house, &visit), &inside, look.at).await
        };
    };
    if let Some(key) = look.line {
        let whole = look.part.is_none();
        return sheet::of_line((&house, &visit), (&inside, &me), key, whole).await;
    }
    match look.part.as_deref() {
        Some("lines") => {
            let viewer = inside.viewer(&visit);
            let wanted = (look.window(), inside.room.head);
            Ok(shown(&Sight::of(&house, &viewer, wanted, &inside.base()).await?))
        }
        Some(_) => {
            let top = frame((&house, &visit), &inside).await?;
            let foot = foot((&house, &visit), (&inside, &me), Typed::default()).await?;
            let parts = top.render().and_then(|top| Ok(top + &foot.render()?));
            let parts = parts.map_err(|failure| Trouble::fault(failure.to_string()))?;
            Ok(Html(parts).into_response())
        }
        None => {
            let called = called(&house, &inside, look.call).await?;
            let typed = Typed { text: called, reply: look.reply, ..Typed::default() };
            whole((&house, &visit), (&inside, &me), look.window(), typed).await
        }
    }
}

/// The page with what was typed.
pub(crate) async fn whole(
    (house, visit): (&House, &Visit),
    (inside, me): (&Inside, &Member),
    window: Window,
    typed: Typed,
) -> Result<Response, Trouble> {
    let viewer = inside.viewer(visit);
    let base = inside.base();
    let lines = Sight::of(house, &viewer, (window, inside.room.head), &base).await?;
    let live = window == Window::Latest;
    let page = ChatPage {
        l: visit.lang,
        title: inside.room.name.clone(),
        base,
        me: me.who.0,
        now: inside.now.0,
        last: if live { lines.last } else { inside.room.head.0.max(lines.last) },
        live,
        at: if let Window::Around(key) = window { Some(key) } else { None },
        top: frame((house, visit), inside).await?,
        lines,
        foot: foot((house, visit), (inside, me), typed).await?,
    };
    Ok(shown(&page))
}

async fn called(house: &House, inside: &Inside, who: Option<u32>) -> Result<String, Trouble> {
    let Some(who) = who else { return Ok(String::new()) };
    let member = house.live().member(inside.org, inside.group, domain::IdentityId(who)).await?;
    let present = member.filter(Member::is_in);
    Ok(present.map_or_else(String::new, |member| format!("@{} ", member.name)))
}

async fn frame((house, visit): (&House, &Visit), inside: &Inside) -> Result<Frame, Trouble> {
    let (room, l) = (&inside.room, visit.lang);
    let scene = scene(house, &inside.viewer(visit), &room.pins).await?;
    let notice = room.announcement.as_ref().map(|(_, text, at)| NoticeBar {
        excerpt: excerpt(text),
        html: linked(text, None),
        by: l.pick(
            format!("{} 更新", moment(*at, inside.now, &inside.zone, l)),
            format!("Changed {}", moment(*at, inside.now, &inside.zone, l)),
        ),
    });
    Ok(Frame {
        l,
        base: inside.base(),
        name: room.name.clone(),
        people: room.members,
        keeper: inside.is_keeper(),
        closed: room.closed.is_some(),
        notice,
        pins: room.pins.iter().filter_map(|line| scene.quote_of(line)).collect(),
    })
}

async fn foot(
    (house, visit): (&House, &Visit),
    (inside, me): (&Inside, &Member),
    typed: Typed,
) -> Result<Foot, Trouble> {
    let l = visit.lang;
    let (state, write) = match (inside.room.closed, muted(me, inside.now)) {
        (Some(_), _) => {
            let why = l.pick("群已关闭，只能阅读。", "The group is closed; it can only be read.");
            ("closed", Writing::Shut(why.to_owned()))
        }
        (None, Some(until)) => {
            let until = moment(until, inside.now, &inside.zone, l);
            let why = l.pick(
                format!("你被禁言到 {until}，到时就能发言。"),
                format!("You are muted until {until}."),
            );
            ("muted", Writing::Shut(why))
        }
        (None, None) => ("open", Writing::Open),
    };
    let reply = match typed.reply {
        Some(key) => {
            let lines = house.live().lines_of(inside.org, inside.group, &[key]).await?;
            let scene = scene(house, &inside.viewer(visit), &lines).await?;
            lines.first().and_then(|line| scene.quote_of(line))
        }
        None => None,
    };
    Ok(Foot {
        l,
        base: inside.base(),
        state,
        write,
        key: typed.key.unwrap_or_else(|| house.mint()),
        reply,
        text: typed.text,
        wrong: typed.wrong,
        keeper: me.class.is_keeper(),
        as_host: typed.as_host,
    })
}
