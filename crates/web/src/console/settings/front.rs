//! All settings on one page, with the forms of the organisation.

use app::console::{Denied, NewGroups, seen};
use askama::Template;
use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::May;
use report::Lang;
use serde::Deserialize;

use crate::console::settings::new_groups::NewGroupsView;
use crate::console::{Frame, Notice, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::moment;

/// A place that a card leads to.
pub(crate) struct Lead {
    pub(crate) href: &'static str,
    pub(crate) icon: &'static str,
    pub(crate) word: &'static str,
    pub(crate) about: String,
}

/// The page.
#[derive(Template)]
#[template(path = "console/settings/front.html")]
pub(crate) struct FrontPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    /// Whether who looks may change them.
    pub(crate) may: bool,
    pub(crate) name: String,
    pub(crate) name_wrong: &'static str,
    pub(crate) zone: String,
    pub(crate) zone_seen: i64,
    pub(crate) zone_wrong: &'static str,
    /// Zones that counted before, and from when.
    pub(crate) zones: Vec<(String, String)>,
    pub(crate) lang: String,
    pub(crate) lang_seen: i64,
    pub(crate) new: NewGroupsView,
    pub(crate) leads: Vec<Lead>,
    pub(crate) version: &'static str,
}

/// What was typed, and what was wrong with it.
#[derive(Debug, Default)]
pub(super) struct Typed {
    name: Option<String>,
    zone: Option<String>,
    new: Option<NewGroups>,
    wrong: Option<(&'static str, &'static str)>,
}

impl Typed {
    /// The form of new groups.
    pub(super) fn of_new(new: NewGroups) -> Self {
        Self { new: Some(new), ..Self::default() }
    }
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Done {
    done: Option<String>,
}

/// `GET /settings`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(done): Query<Done>,
) -> Result<Response, Trouble> {
    let mut page = front(&house, &seated, Typed::default()).await?;
    let words = page.l.pick("已保存。", "Saved.").to_owned();
    page.frame.notice = done.done.map(|_| Notice { tone: "success", words, undo: None });
    Ok(shown(&page))
}

async fn front(house: &House, seated: &Seated, typed: Typed) -> Result<FrontPage, Trouble> {
    let l = seated.visit.lang;
    let organised = house.console().organised(&seated.actor).await?;
    let zone = house.console().zone(seated.actor.org).await?;
    let frame = Frame::of(house, seated, Place::Settings, l.pick("设置", "Settings")).await?;
    let before = organised.zones.iter().rev().skip(1);
    let zones = before.map(|one| (one.value.clone(), moment(one.from, house.now(), &zone, l)));
    let wrong = |field| match typed.wrong {
        Some((name, code)) if name == field => words(code, l),
        _ => "",
    };
    let version = organised.judge().version;
    let new_wrong = typed.wrong.filter(|_| typed.new.is_some()).map_or("", |(field, _)| field);
    let new = (typed.new, new_wrong);
    let new = NewGroupsView::of((house, seated), &organised, new).await?;
    Ok(FrontPage {
        l,
        frame,
        may: seated.actor.may(May::Own),
        name_wrong: wrong("name"),
        zone_wrong: wrong("zone"),
        zones: zones.collect(),
        zone_seen: seen(&organised.zones),
        lang_seen: seen(&organised.langs),
        lang: organised.lang().to_owned(),
        zone: typed.zone.unwrap_or_else(|| organised.zone().to_owned()),
        name: typed.name.unwrap_or(organised.name),
        new,
        leads: leads(seated, version, l),
        version: env!("CARGO_PKG_VERSION"),
    })
}

fn leads(seated: &Seated, version: u16, l: Lang) -> Vec<Lead> {
    let lead = |may, href, icon, word, about: &str| {
        let about = about.to_owned();
        seated.actor.may(may).then_some(Lead { href, icon, word, about })
    };
    let counts = l.pick(
        format!("哪些发言算有效，先用真实消息试一试再保存（第 {version} 版）"),
        format!("What counts, tried on real messages before it is saved (version {version})"),
    );
    let all = [
        lead(
            May::Look,
            "/settings/effective",
            "adjustments",
            l.pick("有效发言", "Effective speech"),
            &counts,
        ),
        lead(
            May::Lead,
            "/staff",
            "users-group",
            l.pick("团队成员", "Staff"),
            l.pick("谁能登录，能看哪些群", "Who comes in, and which groups they see"),
        ),
        lead(
            May::Lead,
            "/imports",
            "upload",
            l.pick("导入", "Imports"),
            l.pick(
                "传聊天记录和花名册，看进度，撤销",
                "Upload exports and rosters, see progress, undo",
            ),
        ),
        wecom(seated, l),
        domains(seated, l),
        lead(
            May::Look,
            "/doctor",
            "activity",
            l.pick("体检", "Doctor"),
            l.pick(
                "数据库、磁盘、发送队列好不好，不好怎么办",
                "Whether all is well, and what to do where it is not",
            ),
        ),
        lead(
            May::Lead,
            "/audit",
            "checklist",
            l.pick("操作日志", "Audit log"),
            l.pick("谁在什么时候做了什么", "Who did what, and when"),
        ),
        gallery(seated, l),
    ];
    all.into_iter().flatten().collect()
}

fn gallery(seated: &Seated, l: Lang) -> Option<Lead> {
    seated.actor.may(May::Own).then(|| Lead {
        href: "/gallery",
        icon: "palette",
        word: l.pick("界面组件", "Parts of the look"),
        about: l.pick("每个部件的每种样子", "Every part in every state").to_owned(),
    })
}

/// Companies know groups beyond every scope.
fn wecom(seated: &Seated, l: Lang) -> Option<Lead> {
    let may = seated.actor.may(May::Lead) && seated.actor.sees_all();
    may.then(|| Lead {
        href: "/settings/wecom",
        icon: "building",
        word: l.pick("企业微信", "WeCom"),
        about: l
            .pick(
                "连接企业，读客户群和成员，看有什么要处理",
                "Connect companies, read their groups, see what needs a hand",
            )
            .to_owned(),
    })
}

/// Codes are of the whole organisation, too.
fn domains(seated: &Seated, l: Lang) -> Option<Lead> {
    let may = seated.actor.may(May::Keep) && seated.actor.sees_all();
    may.then(|| Lead {
        href: "/settings/links",
        icon: "world",
        word: l.pick("短链域名", "Domains of short links"),
        about: l
            .pick(
                "活码链接用的备用域名，能不能打开",
                "Spare domains for the links of codes, and whether they answer",
            )
            .to_owned(),
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct Named {
    #[serde(default)]
    name: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Zoned {
    #[serde(default)]
    zone: String,
    #[serde(default)]
    seen: i64,
}

#[derive(Debug, Deserialize)]
pub(super) struct Tongue {
    #[serde(default)]
    lang: String,
    #[serde(default)]
    seen: i64,
}

/// `POST /settings/name`
pub(super) async fn name(
    State(house): State<House>,
    seated: Seated,
    Form(form): Form<Named>,
) -> Result<Response, Trouble> {
    let saved = house.console().name_organisation(&seated.actor, &form.name).await;
    let typed = Typed { name: Some(form.name), ..Typed::default() };
    answer(&house, &seated, (saved, typed)).await
}

/// `POST /settings/zone`
pub(super) async fn zone(
    State(house): State<House>,
    seated: Seated,
    Form(form): Form<Zoned>,
) -> Result<Response, Trouble> {
    let saved = house.console().set_zone(&seated.actor, &form.zone, form.seen).await;
    let typed = Typed { zone: Some(form.zone), ..Typed::default() };
    answer(&house, &seated, (saved, typed)).await
}

/// `POST /settings/language`
pub(super) async fn language(
    State(house): State<House>,
    seated: Seated,
    Form(form): Form<Tongue>,
) -> Result<Response, Trouble> {
    let saved = house.console().set_lang(&seated.actor, &form.lang, form.seen).await;
    answer(&house, &seated, (saved, Typed::default())).await
}

pub(super) async fn answer(
    house: &House,
    seated: &Seated,
    (saved, mut typed): (Result<(), Denied>, Typed),
) -> Result<Response, Trouble> {
    match saved {
        Ok(()) => Ok(Redirect::to("/settings?done=1").into_response()),
        Err(Denied::Wrong(wrong)) => {
            typed.wrong = wrong.first().map(|one| (one.field, one.code));
            let page = front(house, seated, typed).await?;
            let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
            Ok((status, shown(&page)).into_response())
        }
        Err(denied) => Err(denied.into()),
    }
}

fn words(code: &str, l: Lang) -> &'static str {
    match code {
        "missing" => l.pick("请填上名字。", "Give it a name."),
        "too_long" => l.pick("太长了，最多 59 个字。", "This is too long: at most 59 letters."),
        _ => l.pick(
            "没有这个时区。例：Asia/Shanghai、Europe/London。",
            "No such zone. For example Asia/Shanghai or Europe/London.",
        ),
    }
}
