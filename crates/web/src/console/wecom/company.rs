//! One company: how far it was read, and what was found in its groups.

use app::console::Denied;
use app::wecom::Company;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderValue;
use axum::response::{Redirect, Response};
use domain::{Millis, Zone};
use report::Lang;
use serde::Deserialize;

use crate::console::wecom::activity::ActivityPart;
use crate::console::wecom::findings::{FindingsView, named};
use crate::console::wecom::sees;
use crate::console::wecom::steps::{StepsPart, goes_on};
use crate::console::{Frame, Notice, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::moment;

/// The page.
#[derive(Template)]
#[template(path = "console/wecom/company.html")]
pub(crate) struct CompanyPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) id: i64,
    pub(crate) since: String,
    /// Since when no longer.
    pub(crate) gone: Option<String>,
    /// Whether who looks may change the access.
    pub(crate) may: bool,
    pub(crate) steps: StepsPart,
    pub(crate) activity: ActivityPart,
    pub(crate) findings: FindingsView,
}

/// What was done just now, or why not.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Done {
    done: Option<String>,
    wrong: Option<String>,
}

/// `GET /settings/wecom/{account}`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
    Query(done): Query<Done>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    let (l, console) = (seated.visit.lang, house.console());
    let company = console.company(&seated.actor, account).await?;
    let found = console.company_findings(&seated.actor, account).await?;
    let active = console.company_activity(&seated.actor, account).await?;
    let zone = console.zone(seated.actor.org).await?;
    let names = named(&house, &seated, &found).await?;
    let scene = (house.now(), &zone, l);
    let frame = Frame::of(&house, &seated, Place::Settings, &title(&company, l)).await?;
    Ok(shown(&CompanyPage {
        l,
        frame: frame.saying(notice(&done, goes_on(&company), l)),
        id: account,
        since: moment(company.made, house.now(), &zone, l),
        gone: company.gone.map(|gone| moment(gone, house.now(), &zone, l)),
        may: seated.actor.may(domain::May::Own),
        steps: StepsPart::of(&company, scene),
        activity: ActivityPart::of(&active, l),
        findings: FindingsView::of(&found, &names, scene),
    }))
}

/// `GET /settings/wecom/{account}/steps`
pub(super) async fn steps(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    let company = house.console().company(&seated.actor, account).await?;
    let zone = house.console().zone(seated.actor.org).await?;
    let scene: (Millis, &Zone, Lang) = (house.now(), &zone, seated.visit.lang);
    let mut response = shown(&StepsPart::of(&company, scene));
    if !goes_on(&company) {
        // The page shows what was found.
        response.headers_mut().insert("hx-refresh", HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// `POST /settings/wecom/{account}/pulls`
pub(super) async fn pull(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
) -> Result<Redirect, Trouble> {
    sees(&seated)?;
    let address = format!("/settings/wecom/{account}");
    match house.console().pull_company(&seated.actor, account).await {
        // Under way already: the page says how far.
        Ok(_) => Ok(Redirect::to(&address)),
        Err(Denied::Wrong(_)) => Ok(Redirect::to(&format!("{address}?wrong=locked"))),
        Err(denied) => Err(denied.into()),
    }
}

/// What a company is called: the platform tells no name.
pub(super) fn title(company: &Company, l: Lang) -> String {
    l.pick(format!("企业微信 {}", company.corp), format!("WeCom {}", company.corp))
}

fn notice(done: &Done, goes_on: bool, l: Lang) -> Option<Notice> {
    let (tone, words) = match (done.done.as_deref(), &done.wrong) {
        (_, Some(_)) => (
            "danger",
            l.pick(
                "没有开始读：已经断开，或者 Secret 打不开（密钥文件换过）。\
                 换回原来的密钥文件，或者在「修改接入」里重新填 Secret。",
                "It was not begun: the company is disconnected, or its secret cannot be opened \
                 with this key file. Bring the key file back, or type the secret again.",
            ),
        ),
        (Some("connected"), None) if !goes_on => (
            "success",
            l.pick("已连接，第一次读取结束。", "Connected; the first reading has ended."),
        ),
        (Some("connected"), None) => (
            "success",
            l.pick(
                "已连接，正在第一次读取。人多的企业要几分钟，可以先关掉页面。",
                "Connected; the first reading has begun. You may leave this page meanwhile.",
            ),
        ),
        (Some("changed"), None) => {
            ("success", l.pick("已保存，正在按新的接入重新读取。", "Saved; it is being read anew."))
        }
        _ => return None,
    };
    Some(Notice { tone, words: words.to_owned(), undo: None })
}
