//! The blacklist: its page, putting on with a look at what happens, appeal, lifting.

use app::console::{BanPlace, Denied, PersonView, Removal};
use askama::Template;
use axum::extract::{Path, Query, RawForm, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{GroupId, IdentityId, May, Millis};
use report::Lang;
use serde::Deserialize;

use crate::console::people::acts::may;
use crate::console::people::page::{BanLine, Known, known};
use crate::console::people::view::{Eye, Typed, fields, href, person};
use crate::console::people::words;
use crate::console::{Frame, Notice, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// The page on which somebody is put on.
#[derive(Template)]
#[template(path = "console/people/barring.html")]
pub(crate) struct BarringPage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) known: Known,
    /// Number, name, what happens, whether the program does it, chosen.
    pub(crate) groups: Vec<(i64, String, &'static str, bool, bool)>,
    pub(crate) typed: Typed,
}

/// An entry of the list.
pub(crate) struct BarredLine {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) sub: String,
    pub(crate) ban: BanLine,
}

/// The list.
#[derive(Template)]
#[template(path = "console/people/blacklist.html")]
pub(crate) struct BlacklistPage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) all: bool,
    pub(crate) rows: Vec<BarredLine>,
    pub(crate) first: Option<String>,
    pub(crate) next: Option<String>,
}

/// What the list is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Look {
    #[serde(default)]
    show: String,
    /// The entry after which the page begins: moment, account, the how-manieth time.
    #[serde(default)]
    after: String,
}

impl Look {
    fn after(&self) -> Option<BanPlace> {
        let mut parts = self.after.splitn(3, '-');
        let at = Millis(parts.next()?.parse().ok()?);
        let identity = IdentityId(parts.next()?.parse().ok()?);
        Some(BanPlace { at, identity, n: parts.next()?.parse().ok()? })
    }
}

/// The address of the page after an entry, or of the first.
fn address(all: bool, after: Option<BanPlace>) -> String {
    let show = all.then(|| "show=all".to_owned());
    let after = after.map(|one| format!("after={}-{}-{}", one.at.0, one.identity.0, one.n));
    let query = show.into_iter().chain(after).collect::<Vec<_>>().join("&");
    if query.is_empty() { "/blacklist".to_owned() } else { format!("/blacklist?{query}") }
}

/// `GET /blacklist`
pub(super) async fn list(
    State(house): State<House>,
    seated: Seated,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    let eye = Eye::of(&house, &seated).await?;
    let (l, all) = (eye.l, look.show == "all");
    let after = look.after();
    let list = house.console().blacklist(&seated.actor, all, after).await?;
    let name = |by| list.staff.get(&by).cloned().unwrap_or_default();
    let rows = list.entries.iter().map(|view| {
        let face = view.face.as_ref();
        let shown = face.map(|face| eye.name(&face.name, &face.platform, &face.key));
        let groups = face.map_or(0, |face| face.groups.len());
        BarredLine {
            href: href(face.map_or(view.entry.identity, |face| face.lead)),
            name: shown.unwrap_or_else(|| eye.name("", "", "")),
            sub: l.pick(
                format!("还在 {groups} 个群"),
                format!("still in {groups} {}", if groups == 1 { "group" } else { "groups" }),
            ),
            ban: line(&eye, &view.entry, name),
        }
    });
    let rows = rows.collect();
    let frame = Frame::of(&house, &seated, Place::People, l.pick("黑名单", "Blacklist")).await?;
    let first = after.map(|_| address(all, None));
    let next = list.next.map(|next| address(all, Some(next)));
    Ok(shown(&BlacklistPage { frame, l, all, rows, first, next }))
}

fn line(
    eye: &Eye,
    entry: &app::console::BlacklistRow,
    name: impl Fn(domain::StaffId) -> String,
) -> BanLine {
    let lifted = entry.lifted.map(|(at, by)| {
        let (at, by, why) = (eye.when(at), name(by), &entry.lifted_why);
        eye.l.pick(format!("{by} 于 {at} 移出：{why}"), format!("lifted by {by}, {at}: {why}"))
    });
    let appeal = entry.appeal_at.map(|at| {
        let at = eye.when(at);
        eye.l.pick(format!("{at} 申诉："), format!("answered {at}: ")) + &entry.appeal
    });
    BanLine {
        reason: entry.reason.clone(),
        about: format!("{} · {}", name(entry.by), eye.when(entry.at)),
        appeal: appeal.unwrap_or_default(),
        stands: lifted.is_none(),
        lifted: lifted.unwrap_or_default(),
    }
}

/// The history of one person.
pub(super) fn lines(eye: &Eye, view: &PersonView) -> Vec<BanLine> {
    let entries = view.record.blacklist.iter();
    entries.map(|entry| line(eye, entry, |by| eye.staff(view, by))).collect()
}

/// `GET /people/{id}/barring`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
) -> Result<Response, Trouble> {
    let page = of((&house, &seated), person(id)?, (Typed::default(), None)).await?;
    Ok(shown(&page))
}

async fn of(
    (house, seated): (&House, &Seated),
    id: IdentityId,
    (typed, chosen): (Typed, Option<&[GroupId]>),
) -> Result<BarringPage, Trouble> {
    if !seated.actor.may(May::Keep) {
        return Err(Trouble::not_allowed(May::Keep));
    }
    let (eye, view) =
        (Eye::of(house, seated).await?, house.console().person(&seated.actor, id).await?);
    let l = eye.l;
    let mut groups = Vec::with_capacity(view.now_in.len());
    for group in &view.now_in {
        let live = house.live().name(seated.actor.org, *group).await?.is_some();
        let on_web = view.groups.get(group).is_some_and(|card| card.platform == app::live::WEB);
        let what = match (live, on_web) {
            (true, true) => l.pick("会立刻移出", "removed at once"),
            (true, false) => words::removal(Removal::Task, l),
            (false, _) => words::removal(Removal::Imported, l),
        };
        let is_chosen = live && chosen.is_none_or(|chosen| chosen.contains(group));
        groups.push((group.0, eye.group(&view, *group), what, live, is_chosen));
    }
    let title = l.pick("加入黑名单", "Put on the blacklist");
    Ok(BarringPage {
        frame: Frame::of(house, seated, Place::People, title).await?,
        l,
        known: known((house, seated), &eye, &view).await?,
        groups,
        typed,
    })
}

/// A form with a list of groups: the values of every field of this name.
fn all(form: &[u8], name: &str) -> Vec<String> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(form).unwrap_or_default();
    pairs.into_iter().filter(|(own, _)| own == name).map(|(_, value)| value).collect()
}

/// `POST /people/{id}/bans`
pub(super) async fn bar(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
    RawForm(form): RawForm,
) -> Result<Response, Trouble> {
    let id = may(&house, &seated, id)?;
    let reason = all(&form, "reason").pop().unwrap_or_default();
    let groups = all(&form, "group");
    let groups: Vec<GroupId> =
        groups.iter().filter_map(|one| one.parse().ok()).map(GroupId).collect();
    match house.console().bar_person(&seated.actor, id, (&reason, &groups)).await {
        Ok(removals) => {
            let out = removals.iter().map(|(group, what)| format!("{}:{}", group.0, what.word()));
            let out = out.collect::<Vec<_>>().join(",");
            let then = format!("{}?done=barred&out={out}", href(id));
            Ok(Redirect::to(&then).into_response())
        }
        // Sent twice, or somebody else was first: the person shows it.
        Err(Denied::Changed) => Ok(Redirect::to(&href(id)).into_response()),
        Err(denied) => {
            let typed = Typed::of(&fields(denied)?, seated.visit.lang, vec![("reason", reason)]);
            let page = of((&house, &seated), id, (typed, Some(&groups))).await?;
            let mut response = shown(&page);
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}

/// A form with words.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Worded {
    #[serde(default)]
    why: String,
    #[serde(default)]
    appeal: String,
}

/// `POST /people/{id}/bans/lifting`
pub(super) async fn lift(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
    axum::Form(form): axum::Form<Worded>,
) -> Result<Response, Trouble> {
    let id = may(&house, &seated, id)?;
    let done = house.console().lift_ban(&seated.actor, id, &form.why).await;
    worded((&house, &seated), id, (done, "lifted"), ("lift", form.why)).await
}

/// `POST /people/{id}/bans/appeal`
pub(super) async fn appeal(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
    axum::Form(form): axum::Form<Worded>,
) -> Result<Response, Trouble> {
    let id = may(&house, &seated, id)?;
    let done = house.console().note_appeal(&seated.actor, id, &form.appeal).await;
    worded((&house, &seated), id, (done, "saved"), ("appeal", form.appeal)).await
}

async fn worded(
    at: (&House, &Seated),
    id: IdentityId,
    (done, word): (Result<(), Denied>, &str),
    (field, text): (&'static str, String),
) -> Result<Response, Trouble> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{}?done={word}", href(id))).into_response()),
        Err(Denied::Changed) => Ok(Redirect::to(&href(id)).into_response()),
        Err(denied) => {
            let mut typed = Typed::of(&fields(denied)?, at.1.visit.lang, vec![(field, text)]);
            // The field of the page that this form is.
            typed.wrong.iter_mut().for_each(|wrong| wrong.0 = field);
            super::page::again(at, id, typed).await
        }
    }
}

/// What became of it, group by group.
pub(super) fn notice(eye: &Eye, view: &PersonView, out: &str) -> Notice {
    let l = eye.l;
    let parts = out.split(',').filter_map(|one| {
        let (group, what) = one.split_once(':')?;
        let group = GroupId(group.parse().ok()?);
        view.groups.get(&group)?;
        Some((group, Removal::from_word(what)?))
    });
    let parts: Vec<_> = parts.collect();
    let whole = parts.iter().all(|(_, what)| *what == Removal::Done);
    let told = parts.iter().map(|(group, what)| {
        let (name, what) = (eye.group(view, *group), words::removal(*what, l));
        l.pick(format!("「{name}」{what}"), format!("“{name}”: {what}"))
    });
    let told = told.collect::<Vec<_>>().join(l.pick("；", "; "));
    let head =
        l.pick("已加入黑名单，不能再加入任何群。", "On the blacklist: no group lets them in. ");
    let tone = if whole { "success" } else { "warning" };
    Notice { tone, words: format!("{head}{told}"), undo: None }
}
