//! `/settings/links`: spare domains for short links, and whether they answer.

use app::console::Denied;
use app::links::{DomainState, DomainView};
use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{May, Millis, Zone};
use report::Lang;
use serde::Deserialize;

use crate::console::codes::wrongs;
use crate::console::{Frame, Notice, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{ago, moment};

/// A domain.
pub(crate) struct DomainRow {
    pub(crate) host: String,
    pub(crate) state: (&'static str, String),
    /// What is wrong, and what to do.
    pub(crate) say: &'static str,
    pub(crate) made: String,
}

/// The page.
#[derive(Template)]
#[template(path = "console/codes/domains.html")]
pub(crate) struct DomainsPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) may: bool,
    /// Where links begin by themselves.
    pub(crate) own: String,
    pub(crate) domains: Vec<DomainRow>,
    pub(crate) typed: String,
    pub(crate) wrong: &'static str,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    done: String,
}

/// A domain as it is typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    host: String,
}

/// `GET /settings/links`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(done): Query<Done>,
) -> Result<Response, Trouble> {
    let mut page = of(&house, &seated, "").await?;
    let l = page.l;
    let words = match done.done.as_str() {
        "added" => Some(l.pick(
            "加上了，正在试能不能打开；投放位页面可以选它生成二维码。",
            "Added and being tried; placements can make QR codes with it.",
        )),
        "dropped" => Some(l.pick("去掉了。", "Taken off.")),
        "probed" => Some(l.pick("试过了，结果在下面。", "Tried: see below.")),
        _ => None,
    };
    page.frame.notice =
        words.map(|words| Notice { tone: "success", words: words.to_owned(), undo: None });
    Ok(shown(&page))
}

/// `POST /settings/links`
pub(super) async fn add(
    State(house): State<House>,
    seated: Seated,
    Form(typed): Form<Typed>,
) -> Result<Response, Trouble> {
    match house.console().add_link_domain(&seated.actor, &typed.host).await {
        Ok(()) => Ok(Redirect::to("/settings/links?done=added").into_response()),
        Err(Denied::Wrong(wrong)) => {
            let mut page = of(&house, &seated, &typed.host).await?;
            page.wrong = wrong.first().map_or("", |one| wrongs::words(one.field, one.code, page.l));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown(&page)).into_response())
        }
        Err(denied) => Err(denied.into()),
    }
}

/// `POST /settings/links/removal`
pub(super) async fn remove(
    State(house): State<House>,
    seated: Seated,
    Form(typed): Form<Typed>,
) -> Result<Redirect, Trouble> {
    house.console().drop_link_domain(&seated.actor, &typed.host).await?;
    Ok(Redirect::to("/settings/links?done=dropped"))
}

/// `POST /settings/links/probes`
pub(super) async fn probe(State(house): State<House>, seated: Seated) -> Result<Redirect, Trouble> {
    house.console().probe_link_domains_now(&seated.actor).await?;
    Ok(Redirect::to("/settings/links?done=probed"))
}

async fn of(house: &House, seated: &Seated, typed: &str) -> Result<DomainsPage, Trouble> {
    let (l, console) = (seated.visit.lang, house.console());
    let domains = console.link_domains(&seated.actor).await?;
    let zone = console.zone(seated.actor.org).await?;
    let scene = (house.now(), &zone, l);
    let title = l.pick("短链域名", "Domains of short links");
    Ok(DomainsPage {
        l,
        frame: Frame::of(house, seated, Place::Settings, title).await?,
        may: seated.actor.may(May::Keep),
        own: seated.visit.origin(house),
        domains: domains.iter().map(|one| row(one, scene)).collect(),
        typed: typed.chars().take(300).collect(),
        wrong: "",
    })
}

pub(super) fn row(domain: &DomainView, (now, zone, l): (Millis, &Zone, Lang)) -> DomainRow {
    let (state, say) = match &domain.state {
        DomainState::Unknown => (("secondary", l.pick("还没试", "not tried yet").to_owned()), ""),
        DomainState::Well(at) => {
            let at = ago(*at, now, l);
            (("green", l.pick(format!("能打开 · {at}试过"), format!("answers · tried {at}"))), "")
        }
        DomainState::Down { since, word, .. } => {
            let since = moment(*since, now, zone, l);
            let words = l.pick(format!("{since} 起打不开"), format!("down since {since}"));
            (("red", words), down(word, l))
        }
    };
    DomainRow { host: domain.host.clone(), state, say, made: moment(domain.made, now, zone, l) }
}

/// Why a domain does not answer, and what to do.
fn down(word: &str, l: Lang) -> &'static str {
    match word {
        "elsewhere" => l.pick(
            "域名指向了别的网站。请让解析和反向代理指到这台服务器。",
            "Somebody else answers there: let name and proxy lead to this server.",
        ),
        "private" => l.pick(
            "域名解析到了内网地址，外面打不开。请改成公网地址。",
            "It leads to a private address that nobody outside reaches: give it a public one.",
        ),
        "certificate" => l.pick(
            "证书过期或者不对，手机会拦下来。请换证书。",
            "Its certificate is wrong or over, and phones refuse it: renew it.",
        ),
        _ => l.pick(
            "连不上。请看域名解析、备案、防火墙和反向代理。",
            "It is out of reach: look at its name, registration, firewall and proxy.",
        ),
    }
}
