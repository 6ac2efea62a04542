//! The connection log: every call to the platform, how long it took and what came of it.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::{Millis, Zone};
use report::Lang;
use serde::Deserialize;

use crate::console::wecom::company::title;
use crate::console::wecom::sees;
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{date, number};

/// Lines of a full page: there may be older ones.
const FULL: usize = 200;

/// A line.
pub(crate) struct CallView {
    pub(crate) at: String,
    pub(crate) call: String,
    pub(crate) took: String,
    /// Whether all is well.
    pub(crate) well: bool,
    /// Code with its meaning.
    pub(crate) result: String,
    /// In the platform's words.
    pub(crate) said: String,
    pub(crate) size: String,
}

/// The page.
#[derive(Template)]
#[template(path = "console/wecom/calls.html")]
pub(crate) struct CallsPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) id: i64,
    pub(crate) failed: bool,
    pub(crate) calls: Vec<CallView>,
    pub(crate) newest: Option<String>,
    pub(crate) older: Option<String>,
}

/// Which lines.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    failed: Option<u8>,
    before: Option<i64>,
}

/// `GET /settings/wecom/{account}/calls`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    let (l, console) = (seated.visit.lang, house.console());
    let company = console.company(&seated.actor, account).await?;
    let failed = asked.failed.is_some();
    let rows = console.company_calls(&seated.actor, account, (asked.before, failed)).await?;
    let zone = console.zone(seated.actor.org).await?;
    let path = format!("/settings/wecom/{account}/calls");
    let of = |failed: bool| if failed { format!("{path}?failed=1") } else { path.clone() };
    let last = rows.last().filter(|_| rows.len() >= FULL);
    let sign = if failed { "&" } else { "?" };
    let title = format!("{} · {}", title(&company, l), l.pick("连接日志", "Connection log"));
    let scene = (house.now(), &zone, l);
    let calls = rows.iter().map(|row| CallView {
        at: moment(row.call.at, scene),
        call: row.call.call.strip_prefix("/cgi-bin/").unwrap_or(&row.call.call).to_owned(),
        took: number(row.call.took_ms.into()),
        well: row.call.code == Some(0),
        result: result(row.call.code, l),
        said: row.call.words.clone(),
        size: size(row.call.size),
    });
    Ok(shown(&CallsPage {
        l,
        frame: Frame::of(&house, &seated, Place::Settings, &title).await?,
        id: account,
        failed,
        calls: calls.collect(),
        newest: asked.before.map(|_| of(failed)),
        older: last.map(|row| format!("{}{sign}before={}", of(failed), row.id)),
    }))
}

/// Day and clock, with seconds: calls come many in a minute.
fn moment(at: Millis, (now, zone, l): (Millis, &Zone, Lang)) -> String {
    let civil = zone.civil(at);
    let day = date(zone.local(at).day, zone.local(now).day, l);
    format!("{day} {:02}:{:02}:{:02}", civil.hour(), civil.minute(), civil.second())
}

fn size(bytes: u32) -> String {
    if bytes < 1_024 {
        format!("{bytes} B")
    } else {
        format!("{} KB", number((bytes >> 10).into()))
    }
}

/// A code and what it means; the platform's words say the rest.
pub(super) fn result(code: Option<i64>, l: Lang) -> String {
    let Some(code) = code else {
        return l.pick("没有可用的回答", "no usable answer").to_owned();
    };
    let words = match code {
        0 => return l.pick("成功", "well").to_owned(),
        -1 => l.pick("企业微信系统繁忙", "WeCom is busy"),
        40_001 => l.pick("Secret 不对", "wrong secret"),
        40_013 => l.pick("企业ID 不对", "wrong corp id"),
        40_014 | 42_001 => l.pick("凭证过期，会自动换新", "token out of date, made anew"),
        45_009 => l.pick("超过调用频率上限", "limit of calls reached"),
        45_033 => l.pick("同时调用太多", "too many calls at once"),
        48_002 => l.pick("应用没有接口权限", "the app may not call this"),
        48_004 | 48_006 => l.pick("授权被收回", "permission taken back"),
        50_003 => l.pick("应用被停用", "app switched off"),
        60_020 => l.pick("IP 不在企业可信IP 里", "address not trusted"),
        _ => return code.to_string(),
    };
    format!("{code} {words}")
}
