//! One place where a code hangs: its link, its QR code with a caption, what was spent.

use app::console::{Denied, FieldError};
use app::links::{CodeView, PlacementForm, PlacementView, WayState};
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chat::probe::is_here;
use domain::May;
use report::Lang;
use serde::Deserialize;

use crate::console::codes::new::keeps;
use crate::console::codes::picture::{self, Picture};
use crate::console::codes::words;
use crate::console::codes::wrongs;
use crate::console::codes::{channels, code};
use crate::console::{Frame, Notice, Place, Seated, encoded};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{ago, number};

/// The page.
#[derive(Template)]
#[template(path = "console/codes/placement.html")]
pub(crate) struct PlacementPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    /// Address of the placement, and of its code.
    pub(crate) path: String,
    pub(crate) code: String,
    pub(crate) code_name: String,
    pub(crate) may: bool,
    pub(crate) closed: bool,
    pub(crate) url: String,
    /// The same under spare domains.
    pub(crate) spares: Vec<String>,
    /// The link only works within this machine or network.
    pub(crate) is_near: bool,
    /// Hosts to choose for the picture: value, word, chosen.
    pub(crate) hosts: Vec<(String, String, bool)>,
    pub(crate) caption: String,
    pub(crate) caption_wrong: String,
    /// Width and height at which the picture is shown, so that nothing moves when it comes.
    pub(crate) shown: (u32, u32),
    /// Query of the picture's address.
    pub(crate) query: String,
    /// Pictures of the platform's own codes: whose, and address.
    pub(crate) ways: Vec<(String, String)>,
    pub(crate) failures: Vec<code::FailureRow>,
    pub(crate) scans: String,
    pub(crate) today: String,
    pub(crate) last: String,
    pub(crate) spent: String,
    pub(crate) form: PlacementForm,
    /// Sources that can be chosen: value, word, chosen.
    pub(crate) sources: Vec<(&'static str, &'static str, bool)>,
    /// Field and words.
    pub(crate) wrong: Vec<(&'static str, &'static str)>,
}

impl PlacementPage {
    /// What is wrong with a field; empty for nothing.
    pub(crate) fn error(&self, field: &str) -> &'static str {
        self.wrong.iter().find(|(own, _)| *own == field).map_or("", |(_, words)| words)
    }
}

/// What the picture should show, and what was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    caption: String,
    host: String,
    done: String,
}

/// A placement as it is typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    partner: String,
    source: String,
    spends: String,
}

impl Typed {
    fn form(&self) -> PlacementForm {
        PlacementForm {
            name: self.name.clone(),
            partner: self.partner.clone(),
            source: self.source.clone(),
            spends: self.spends.clone(),
        }
    }
}

/// `GET /codes/{code}/{placement}`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path((code, placement)): Path<(i64, i64)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let (view, one) = found(&house, &seated, (code, placement)).await?;
    let page = of((&house, &seated), (&view, &one), &asked, (None, &[])).await?;
    Ok(shown(&page))
}

/// `POST /codes/{code}/placements`
pub(super) async fn add(
    State(house): State<House>,
    seated: Seated,
    Path(code): Path<i64>,
    Form(typed): Form<Typed>,
) -> Result<Response, Trouble> {
    keeps(&seated)?;
    seated.visit.may_act(&house)?;
    match house.console().place_code(&seated.actor, code, &typed.form()).await {
        Ok(placement) => {
            let to = format!("/codes/{code}/{placement}?done=placed");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Denied::Wrong(wrong)) => {
            let mut page = code::of(&house, &seated, code).await?;
            page.wrong = said(&wrong, page.l);
            for (value, _, on) in &mut page.sources {
                *on = *value == typed.source;
            }
            page.typed = [typed.name, typed.source, typed.partner];
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown(&page)).into_response())
        }
        Err(denied) => Err(denied.into()),
    }
}

/// `POST /codes/{code}/{placement}`
pub(super) async fn change(
    State(house): State<House>,
    seated: Seated,
    Path((code, placement)): Path<(i64, i64)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Trouble> {
    keeps(&seated)?;
    seated.visit.may_act(&house)?;
    let (view, one) = found(&house, &seated, (code, placement)).await?;
    let form = typed.form();
    match house.console().change_placement(&seated.actor, placement, &form).await {
        Ok(()) => {
            let to = format!("/codes/{code}/{placement}?done=changed");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Denied::Wrong(wrong)) => {
            let typed = (Some(form), wrong.as_slice());
            let page = of((&house, &seated), (&view, &one), &Asked::default(), typed).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown(&page)).into_response())
        }
        Err(denied) => Err(denied.into()),
    }
}

/// `POST /codes/{code}/{placement}/closure`
pub(super) async fn close(
    State(house): State<House>,
    seated: Seated,
    Path((code, placement)): Path<(i64, i64)>,
) -> Result<Redirect, Trouble> {
    keeps(&seated)?;
    seated.visit.may_act(&house)?;
    let _ = found(&house, &seated, (code, placement)).await?;
    house.console().close_placement(&seated.actor, placement).await?;
    Ok(Redirect::to(&format!("/codes/{code}?done=unplaced")))
}

/// `POST /codes/{code}/{placement}/reopening`
pub(super) async fn reopen(
    State(house): State<House>,
    seated: Seated,
    Path((code, placement)): Path<(i64, i64)>,
) -> Result<Redirect, Trouble> {
    keeps(&seated)?;
    seated.visit.may_act(&house)?;
    let _ = found(&house, &seated, (code, placement)).await?;
    house.console().reopen_placement(&seated.actor, placement).await?;
    Ok(Redirect::to(&format!("/codes/{code}/{placement}?done=reopened")))
}

/// `GET /codes/{code}/{placement}/{qr.svg, qr.png}`
pub(super) async fn download(
    State(house): State<House>,
    seated: Seated,
    Path((code, placement, file)): Path<(i64, i64, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let kind = Picture::of(&file).ok_or_else(Trouble::missing)?;
    let (_, one) = found(&house, &seated, (code, placement)).await?;
    let origin = origin(&house, &seated, &asked.host).await?;
    let url = format!("{origin}/l/{}", one.slug);
    picture::download(kind, (url, asked.caption), &format!("{}-{}", one.slug, file)).await
}

/// A placement of a code.
async fn found(
    house: &House,
    seated: &Seated,
    (code, placement): (i64, i64),
) -> Result<(CodeView, PlacementView), Trouble> {
    let view = house.console().code(&seated.actor, code).await?;
    let one = view.placements.iter().find(|one| one.id == placement).cloned();
    one.map(|one| (view, one)).ok_or_else(Trouble::missing)
}

/// Where links begin: this server's own address, or a spare domain that was chosen.
async fn origin(house: &House, seated: &Seated, host: &str) -> Result<String, Trouble> {
    if host.is_empty() {
        return Ok(seated.visit.origin(house));
    }
    let domains = house.console().link_domains(&seated.actor).await?;
    let known = domains.into_iter().find(|domain| domain.host == host);
    known.map(|domain| begins(&domain.host)).ok_or_else(Trouble::missing)
}

/// How links under a domain begin; this machine has no certificate.
fn begins(host: &str) -> String {
    let scheme = if is_here(host) { "http" } else { "https" };
    format!("{scheme}://{host}")
}

async fn of(
    (house, seated): (&House, &Seated),
    (view, one): (&CodeView, &PlacementView),
    asked: &Asked,
    (typed, wrong): (Option<PlacementForm>, &[FieldError]),
) -> Result<PlacementPage, Trouble> {
    let (l, console) = (seated.visit.lang, house.console());
    let zone = console.zone(seated.actor.org).await?;
    let domains = console.link_domains(&seated.actor).await?;
    let own = seated.visit.origin(house);
    let known = domains.iter().any(|domain| domain.host == asked.host);
    let host = if known { asked.host.as_str() } else { "" };
    let spares = domains.iter().map(|domain| format!("{}/l/{}", begins(&domain.host), one.slug));
    let mut hosts = vec![(String::new(), own.clone(), host.is_empty())];
    hosts.extend(domains.iter().map(|one| (one.host.clone(), one.host.clone(), one.host == host)));
    let (caption, caption_wrong, height) = match picture::height(&asked.caption, l) {
        Ok(height) => (asked.caption.clone(), String::new(), height),
        Err(words) => (String::new(), words, picture::SHOWN_WIDTH),
    };
    let spent: i64 = one.spends.iter().map(|spend| spend.cents).sum();
    let form = typed.unwrap_or_else(|| form(one));
    let sources =
        app::links::SOURCES.map(|word| (word, words::source(word, l), word == form.source));
    let none = ("", l.pick("不填", "none"), form.source.is_empty());
    let ready = one.ways.iter().filter_map(|way| match &way.state {
        WayState::Ready(url) => Some((way.name.clone(), url.clone())),
        _ => None,
    });
    let now = house.now();
    let frame = Frame::of(house, seated, Place::Codes, &one.name).await?;
    Ok(PlacementPage {
        l,
        frame: frame.saying(notice(&asked.done, l)),
        path: format!("/codes/{}/{}", view.line.id, one.id),
        code: format!("/codes/{}", view.line.id),
        code_name: view.line.name.clone(),
        may: seated.actor.may(May::Keep),
        closed: one.closed.is_some(),
        url: format!("{own}/l/{}", one.slug),
        spares: spares.collect(),
        is_near: is_near(&own),
        hosts,
        query: format!("caption={}&host={}", encoded(&caption), encoded(host)),
        caption: if caption_wrong.is_empty() { caption } else { asked.caption.clone() },
        caption_wrong,
        shown: (picture::SHOWN_WIDTH, height),
        ways: ready.collect(),
        failures: code::failures(std::slice::from_ref(one), (now, &zone, l)),
        scans: number(one.scans),
        today: number(one.scans_today),
        last: one.scanned.map(|at| ago(at, now, l)).unwrap_or_default(),
        spent: if one.spends.is_empty() { String::new() } else { words::money(spent) },
        form,
        sources: std::iter::once(none).chain(sources).collect(),
        wrong: said(wrong, l),
    })
}

/// A placement as it is typed.
fn form(one: &PlacementView) -> PlacementForm {
    let line =
        |spend: &app::links::Spend| format!("{} {}", spend.day, channels::plain(spend.cents));
    let spends: Vec<String> = one.spends.iter().map(line).collect();
    PlacementForm {
        name: one.name.clone(),
        partner: one.partner.clone(),
        source: one.source.clone(),
        spends: spends.join("\n"),
    }
}

/// Whether an address is one that no phone outside reaches.
pub(super) fn is_near(origin: &str) -> bool {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let host = host
        .rsplit_once(':')
        .filter(|(_, port)| port.parse::<u16>().is_ok())
        .map_or(host, |(host, _)| host);
    let host = host.trim_matches(['[', ']']);
    match host.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V4(ip)) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        Ok(std::net::IpAddr::V6(ip)) => ip.is_loopback() || ip.is_unique_local(),
        Err(_) => host == "localhost" || !host.contains('.'),
    }
}

fn said(wrong: &[FieldError], l: Lang) -> Vec<(&'static str, &'static str)> {
    wrong.iter().map(|one| (one.field, wrongs::words(one.field, one.code, l))).collect()
}

fn notice(done: &str, l: Lang) -> Option<Notice> {
    let words = match done {
        "placed" => l.pick(
            "投放位建好了，下面是它自己的链接和二维码。",
            "The placement is made; below are its own link and QR code.",
        ),
        "changed" => l.pick("已保存，链接和二维码不变。", "Saved; link and QR code stay."),
        "reopened" => l.pick("又能用了，链接和原来一样。", "It works again, under the same link."),
        _ => return None,
    };
    Some(Notice { tone: "success", words: words.to_owned(), undo: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_no_phone_reaches_are_told() {
        for near in [
            "http://127.0.0.1:8080",
            "http://localhost",
            "http://192.168.1.4:80",
            "http://[::1]:9",
            "http://box:8080",
        ] {
            assert!(is_near(near), "{near}");
        }
        for far in ["https://qun.example.com", "https://qun.example.com:8443", "http://8.8.8.8"] {
            assert!(!is_near(far), "{far}");
        }
    }
}
