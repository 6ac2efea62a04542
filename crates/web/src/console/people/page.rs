//! `GET /people/{id}`: one person over groups and platforms.

use app::console::{MainWhy, PersonView};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::May;
use report::Lang;
use serde::Deserialize;

use crate::console::people::moments::{self, MomentLine};
use crate::console::people::view::{Eye, Typed, href, person};
use crate::console::people::words;
use crate::console::people::{barring, merging};
use crate::console::{Frame, Notice, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// A tag on somebody.
pub(crate) struct TagLine {
    pub(crate) id: i64,
    pub(crate) name: String,
    /// By whom, when, until when.
    pub(crate) about: String,
    pub(crate) why: String,
    /// What ended it; empty while it counts.
    pub(crate) state: String,
}

/// A note on somebody.
pub(crate) struct NoteLine {
    pub(crate) id: i64,
    pub(crate) text: String,
    pub(crate) about: String,
    /// Words when it was taken away.
    pub(crate) gone: String,
    pub(crate) removable: bool,
}

/// Something known.
pub(crate) struct ValueLine {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) source: &'static str,
    pub(crate) tone: &'static str,
    pub(crate) about: String,
    /// The latest of its name.
    pub(crate) first: bool,
}

/// Something that a name seems to say.
pub(crate) struct SeemsLine {
    pub(crate) name: &'static str,
    pub(crate) word: String,
    pub(crate) value: String,
    pub(crate) group: String,
}

/// A period in a group.
pub(crate) struct StayLine {
    pub(crate) group: String,
    pub(crate) href: String,
    pub(crate) here: bool,
    pub(crate) joined: String,
    pub(crate) left: String,
    /// 第2次入群; empty for the first.
    pub(crate) again: String,
    pub(crate) role: &'static str,
}

/// A platform account.
pub(crate) struct AccountLine {
    pub(crate) id: u32,
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) merged: String,
}

/// A period on the blacklist.
pub(crate) struct BanLine {
    pub(crate) reason: String,
    pub(crate) about: String,
    pub(crate) appeal: String,
    pub(crate) lifted: String,
    pub(crate) stands: bool,
}

/// What is shown of a person, on the page and on the card.
#[expect(clippy::struct_excessive_bools, reason = "each is a place of the template")]
pub(crate) struct Known {
    pub(crate) id: u32,
    pub(crate) name: String,
    /// The name; empty for a nameless one.
    pub(crate) bare: String,
    pub(crate) sub: String,
    pub(crate) hidden: String,
    pub(crate) barred: bool,
    pub(crate) tags: Vec<TagLine>,
    pub(crate) past_tags: Vec<TagLine>,
    /// Tags that can be put on: number, name, and whether they are quick.
    pub(crate) offered: Vec<(i64, String, bool)>,
    pub(crate) notes: Vec<NoteLine>,
    pub(crate) groups: Vec<(i64, String)>,
    pub(crate) main: Option<(i64, String, String)>,
    pub(crate) main_chosen: bool,
    pub(crate) tend: bool,
    pub(crate) keep: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "console/people/person.html")]
pub(crate) struct PersonPage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) known: Known,
    pub(crate) values: Vec<ValueLine>,
    pub(crate) seems: Vec<SeemsLine>,
    pub(crate) stays: Vec<StayLine>,
    pub(crate) accounts: Vec<AccountLine>,
    pub(crate) bans: Vec<BanLine>,
    pub(crate) moments: Vec<MomentLine>,
    pub(crate) older: Option<String>,
    pub(crate) typed: Typed,
}

/// What the page is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Look {
    /// The part of the timeline before this day.
    before: Option<i32>,
    /// What was just done.
    #[serde(default)]
    done: String,
    /// What became of removals: `3:done,4:failed`.
    #[serde(default)]
    out: String,
    /// Accounts that a merge moved: `5,6`.
    #[serde(default)]
    moved: String,
}

pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    let id = person(id)?;
    let view = house.console().person(&seated.actor, id).await?;
    if view.record.lead != id {
        return Ok(Redirect::to(&href(view.record.lead)).into_response());
    }
    let page = of((&house, &seated), &view, &look, Typed::default()).await?;
    Ok(shown(&page))
}

/// The page with what was typed into a wrong form.
pub(super) async fn again(
    (house, seated): (&House, &Seated),
    id: domain::IdentityId,
    typed: Typed,
) -> Result<Response, Trouble> {
    let view = house.console().person(&seated.actor, id).await?;
    let page = of((house, seated), &view, &Look::default(), typed).await?;
    let mut response = shown(&page);
    *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

async fn of(
    (house, seated): (&House, &Seated),
    view: &PersonView,
    look: &Look,
    typed: Typed,
) -> Result<PersonPage, Trouble> {
    let eye = Eye::of(house, seated).await?;
    let (known, timeline, frame) = tokio::try_join!(
        known((house, seated), &eye, view),
        async { Ok(house.console().timeline(&seated.actor, view, look.before).await?) },
        Frame::of(house, seated, Place::People, ""),
    )?;
    let notice = notice(&eye, view, look);
    Ok(PersonPage {
        frame: frame.titled(&known.name).saying(notice),
        l: eye.l,
        values: values(&eye, view),
        seems: seems(&eye, view),
        stays: stays(&eye, view),
        accounts: accounts(&eye, view),
        bans: barring::lines(&eye, view),
        moments: moments::lines(&eye, view, &timeline),
        older: timeline.older.map(|day| format!("/people/{}?before={day}#timeline", known.id)),
        known,
        typed,
    })
}

/// What page and card share.
pub(super) async fn known(
    (house, seated): (&House, &Seated),
    eye: &Eye,
    view: &PersonView,
) -> Result<Known, Trouble> {
    let all = house.console().tags(&seated.actor).await?;
    let (on, past): (Vec<_>, Vec<_>) =
        view.record.tags.iter().partition(|tag| tag.counts(view.now));
    let is_on = |id: i64| on.iter().any(|tag| tag.tag == id);
    let offered = all.iter().filter(|tag| tag.gone.is_none() && !is_on(tag.id));
    let offered = offered.map(|tag| {
        let name = if tag.folder.is_empty() {
            tag.name.clone()
        } else {
            format!("{} · {}", tag.folder, tag.name)
        };
        (tag.id, if tag.quick { tag.name.clone() } else { name }, tag.quick)
    });
    let main = view.main.map(|main| {
        let by = match main.why {
            MainWhy::Chosen(by, at) => (eye.staff(view, by), eye.day(at)),
            _ => (String::new(), String::new()),
        };
        let why = words::main_why(main.why, (&by.0, &by.1), eye.l);
        (main.group.0, eye.group(view, main.group), why)
    });
    Ok(Known {
        id: view.record.lead.0,
        name: eye.person(view),
        bare: view.name().to_owned(),
        sub: sub(eye, view),
        hidden: hidden(eye.l, view.hidden_groups),
        barred: view.is_barred(),
        offered: offered.collect(),
        tags: on.into_iter().map(|tag| tag_line(eye, view, tag)).collect(),
        past_tags: past.into_iter().map(|tag| tag_line(eye, view, tag)).collect(),
        notes: notes(eye, view, seated),
        groups: view.now_in.iter().map(|group| (group.0, eye.group(view, *group))).collect(),
        main,
        main_chosen: matches!(view.main, Some(main) if matches!(main.why, MainWhy::Chosen(..))),
        tend: seated.actor.may(May::Tend),
        keep: seated.actor.may(May::Keep),
    })
}

fn sub(eye: &Eye, view: &PersonView) -> String {
    let l = eye.l;
    let count = view.now_in.len();
    let groups = l.pick(
        format!("现在在 {count} 个群"),
        format!("in {count} {} now", if count == 1 { "group" } else { "groups" }),
    );
    let mut platforms: Vec<String> =
        view.record.accounts.iter().map(|one| words::platform(&one.platform, l)).collect();
    platforms.dedup();
    format!("{} · {groups}", platforms.join(l.pick("、", ", ")))
}

fn hidden(l: Lang, count: usize) -> String {
    match count {
        0 => String::new(),
        1 => l.pick("另有 1 个群不在你的权限内", "1 more group lies outside your scope").to_owned(),
        _ => l.pick(
            format!("另有 {count} 个群不在你的权限内"),
            format!("{count} more groups lie outside your scope"),
        ),
    }
}

fn tag_line(eye: &Eye, view: &PersonView, tag: &app::console::PersonTag) -> TagLine {
    let l = eye.l;
    let (by, at) = (eye.staff(view, tag.by), eye.when(tag.made));
    let mut about = format!("{by} · {at}");
    if let Some(until) = tag.until {
        let until = eye.day(until);
        about += &l.pick(format!(" · 有效期到 {until}"), format!(" · until {until}"));
    }
    let state = match (tag.gone, tag.until) {
        (Some((at, by)), _) => {
            let (at, by) = (eye.when(at), eye.staff(view, by));
            l.pick(format!("{by} 于 {at} 取下"), format!("taken off by {by}, {at}"))
        }
        (None, Some(until)) if until <= view.now => l.pick("已到期", "ran out").to_owned(),
        _ => String::new(),
    };
    let (name, why) = (tag.name.clone(), tag.why.clone());
    TagLine { id: tag.tag, name, about, why, state }
}

fn notes(eye: &Eye, view: &PersonView, seated: &Seated) -> Vec<NoteLine> {
    let line = |note: &app::console::NoteRow| {
        let mut about = format!("{} · {}", eye.staff(view, note.staff), eye.when(note.at));
        if let Some(group) = note.group {
            about = format!("{about} · {}", eye.group(view, group));
        }
        let gone = note.gone.map(|at| {
            let at = eye.when(at);
            eye.l.pick(format!("{at} 删除"), format!("taken away {at}"))
        });
        let own = note.staff == seated.actor.staff && seated.actor.may(May::Tend);
        NoteLine {
            id: note.id,
            text: if note.gone.is_some() { String::new() } else { note.text.clone() },
            about,
            removable: note.gone.is_none() && (own || seated.actor.may(May::Keep)),
            gone: gone.unwrap_or_default(),
        }
    };
    view.record.notes.iter().map(line).collect()
}

fn values(eye: &Eye, view: &PersonView) -> Vec<ValueLine> {
    let mut rows: Vec<_> = view.record.attributes.iter().filter(|one| one.gone.is_none()).collect();
    // The latest first within a name; names in the order of their latest.
    let names: Vec<&str> = rows.iter().map(|one| one.name.as_str()).collect();
    rows.sort_by_key(|one| names.iter().position(|name| *name == one.name));
    let mut before = "";
    let mut lines = Vec::with_capacity(rows.len());
    for one in rows {
        let (source, tone) = words::source(&one.source, eye.l);
        let mut about = format!("{} · {}", eye.staff(view, one.by), eye.when(one.at));
        if let Some(group) = one.group {
            about = format!("{about} · {}", eye.group(view, group));
        }
        let first = before != one.name;
        before = &one.name;
        let (name, value) = (words::attribute(&one.name, eye.l), one.value.clone());
        lines.push(ValueLine { id: one.id, name, value, source, tone, about, first });
    }
    lines
}

fn seems(eye: &Eye, view: &PersonView) -> Vec<SeemsLine> {
    let line = |(name, value, group): &(&'static str, String, Option<domain::GroupId>)| SeemsLine {
        name,
        word: words::attribute(name, eye.l),
        value: value.clone(),
        group: group.map(|group| group.0.to_string()).unwrap_or_default(),
    };
    view.seems.iter().map(line).collect()
}

fn stays(eye: &Eye, view: &PersonView) -> Vec<StayLine> {
    let l = eye.l;
    let line = |stay: &app::console::PersonStay| {
        let mut joined = match stay.joined {
            Some(at) => format!("{} {}", eye.when(at), words::joined(stay.how, l)),
            None => l.pick("早于现有记录", "before the data begins").to_owned(),
        };
        if let Some(name) = view.names.get(&stay.by).filter(|name| !name.is_empty()) {
            joined += &l.pick(format!("（{name} 邀请）"), format!(" (by {name})"));
        }
        if !stay.via.is_empty() {
            let via = &stay.via;
            joined += &l.pick(format!(" · 渠道「{via}」"), format!(" · by way of “{via}”"));
        }
        let left =
            stay.left.map(|at| format!("{} {}", eye.when(at), words::left(stay.left_how, l)));
        let n = stay.n;
        StayLine {
            group: eye.group(view, stay.group),
            href: format!("/groups/{}", stay.group.0),
            here: stay.left.is_none(),
            joined,
            left: left.unwrap_or_default(),
            again: if n > 1 {
                l.pick(format!("第{n}次入群"), format!("stay no. {n}"))
            } else {
                String::new()
            },
            role: words::class(stay.class, l),
        }
    };
    view.record.stays.iter().rev().map(line).collect()
}

pub(super) fn accounts(eye: &Eye, view: &PersonView) -> Vec<AccountLine> {
    let line = |one: &app::console::AccountRow| {
        let merged = one.merged.as_ref().map(|merge| {
            let (by, at) = (eye.staff(view, merge.by), eye.when(merge.at));
            let why = &merge.why;
            eye.l.pick(format!("{by} 于 {at} 合并：{why}"), format!("merged by {by}, {at}: {why}"))
        });
        AccountLine {
            id: one.id.0,
            name: eye.name(&one.name, &one.platform, &one.key),
            about: words::platform(&one.platform, eye.l),
            merged: merged.unwrap_or_default(),
        }
    };
    view.record.accounts.iter().map(line).collect()
}

/// What was just done.
fn notice(eye: &Eye, view: &PersonView, look: &Look) -> Option<Notice> {
    let l = eye.l;
    let say = |words: &str| Some(Notice { tone: "success", words: words.to_owned(), undo: None });
    match look.done.as_str() {
        "merged" => merging::notice(view, &look.moved, l),
        "barred" => Some(barring::notice(eye, view, &look.out)),
        "unmerged" => say(l.pick("已撤销合并。", "The merge was taken back.")),
        "split" => say(l.pick("已拆分，两边各自独立。", "Split: two people again.")),
        "lifted" => say(l.pick("已移出黑名单，可以重新入群。", "Off the blacklist.")),
        "saved" => say(l.pick("已保存。", "Saved.")),
        _ => None,
    }
}
