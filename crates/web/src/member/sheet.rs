//! What the viewer can do with a message or about a person: a sheet, or a page without scripts.

use askama::Template;
use axum::response::Response;
use domain::{IdentityId, Millis};
use engine::Member;
use report::Lang;

use crate::door::Visit;
use crate::house::House;
use crate::line::{Quote, scene};
use crate::member::Inside;
use crate::member::inside::muted;
use crate::trouble::{Trouble, shown};
use crate::words::moment;

/// Members see the button for so long; the engine has the last word.
const RECALL_MS: i64 = 10 * Millis::MINUTE;

/// The sheet.
#[derive(Template)]
#[template(path = "member/line_sheet.html")]
#[expect(clippy::struct_excessive_bools, reason = "one for each thing that may be shown")]
pub(crate) struct LineSheet {
    pub(crate) l: Lang,
    pub(crate) base: String,
    pub(crate) line: Option<Quote>,
    pub(crate) person: String,
    pub(crate) who: u32,
    pub(crate) own: bool,
    pub(crate) keeper: bool,
    pub(crate) person_is_keeper: bool,
    pub(crate) may_write: bool,
    pub(crate) may_recall: bool,
    pub(crate) pinned: bool,
    pub(crate) muted: Option<String>,
    pub(crate) keys: [i64; 4],
}

/// The sheet as a page of its own.
#[derive(Template)]
#[template(path = "member/line_page.html")]
pub(crate) struct SheetPage {
    pub(crate) l: Lang,
    pub(crate) title: String,
    pub(crate) sheet: LineSheet,
}

/// The sheet of a message.
pub(crate) async fn of_line(
    (house, visit): (&House, &Visit),
    (inside, me): (&Inside, &Member),
    key: i64,
    whole: bool,
) -> Result<Response, Trouble> {
    let lines = house.live().lines_of(inside.org, inside.group, &[key]).await?;
    let scene = scene(house, &inside.viewer(visit), &lines).await?;
    let found = lines.first().and_then(|line| Some((line, scene.quote_of(line)?)));
    let Some((line, quote)) = found else {
        return Err(Trouble::new(
            axum::http::StatusCode::NOT_FOUND,
            "no_such_message",
            ["这条消息不在了，或者已经撤回。", "This message is gone or was taken back."],
        ));
    };
    let author = house.live().member(inside.org, inside.group, line.fact.actor).await?;
    let mut sheet = about((house, visit), (inside, me), author.as_ref());
    sheet.own = line.fact.actor == me.who;
    let fresh = inside.now.since(line.fact.at) < RECALL_MS;
    sheet.may_recall = inside.room.closed.is_none() && (sheet.keeper || (sheet.own && fresh));
    sheet.pinned = inside.room.pins.iter().any(|pin| pin.fact.source.key == key);
    sheet.line = Some(quote);
    Ok(answer(sheet, inside, whole))
}

/// The sheet of a person.
pub(crate) async fn of_person(
    (house, visit): (&House, &Visit),
    (inside, me): (&Inside, &Member),
    who: IdentityId,
    whole: bool,
) -> Result<Response, Trouble> {
    let person = house.live().member(inside.org, inside.group, who).await?;
    let person = person.ok_or_else(Trouble::missing)?;
    let sheet = about((house, visit), (inside, me), Some(&person));
    Ok(answer(sheet, inside, whole))
}

fn about(
    (house, visit): (&House, &Visit),
    (inside, me): (&Inside, &Member),
    person: Option<&Member>,
) -> LineSheet {
    let l = visit.lang;
    let present = person.filter(|person| person.is_in());
    let silent = present.and_then(|person| muted(person, inside.now)).map(|until| {
        let until = moment(until, inside.now, &inside.zone, l);
        l.pick(format!("禁言到 {until}"), format!("muted until {until}"))
    });
    LineSheet {
        l,
        base: inside.base(),
        line: None,
        person: person.map_or_else(String::new, |person| person.name.to_string()),
        // Nothing can be done about somebody who is not in.
        who: present.map_or(0, |person| person.who.0),
        own: present.is_none_or(|person| person.who == me.who),
        keeper: me.class.is_keeper(),
        person_is_keeper: present.is_some_and(|person| person.class.is_keeper()),
        may_write: inside.room.closed.is_none() && muted(me, inside.now).is_none(),
        may_recall: false,
        pinned: false,
        muted: silent,
        keys: house.mint_many(),
    }
}

fn answer(sheet: LineSheet, inside: &Inside, whole: bool) -> Response {
    if whole {
        shown(&SheetPage { l: sheet.l, title: inside.room.name.clone(), sheet })
    } else {
        shown(&sheet)
    }
}
