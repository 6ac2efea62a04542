//! `huoqun` and `huoqun demo`: groups live until the process is asked to stop.
//!
//! Invariant: it listens before anything slow begins, and it ends in order: no new requests, then
//! what was taken in is committed, then pages are written.

mod demo;
mod key;
mod own;
mod practising;
mod signals;

use crate::cli::{DemoArgs, ServeArgs, WipeArgs};
use crate::clock::Wall;
use crate::environment;
use crate::failure::Failure;
use crate::output::Output;
use crate::place;
use crate::serve::own::Slot;
pub(crate) use crate::serve::practising::practise;
use ::report::Lang;
use app::console::{Denied, demo_link, first_link};
use app::live::{Live, LiveSettings, Report};
use domain::{Millis, OrgId};
pub(crate) use key::vault_as_it_is;
use rehearsal::fill::Venue;
use std::sync::Arc;
use store::Store;
use tokio::net::TcpListener;
use web::WebSettings;

/// The organisation of those who never made another.
pub(crate) const OURS: OrgId = OrgId(1);

/// Letters of the token for figures, at least.
const TOKEN_BYTES_MIN: usize = 16;

/// Bytes of the key that signs cookies.
const KEY_BYTES: usize = 32;

/// Serves until it is asked to stop.
pub(crate) fn run(args: &ServeArgs, lang: Lang, out: &mut Output) -> Result<(), Failure> {
    let url = place::url(&args.place)?;
    place::wait(async {
        let store = open(&url).await?;
        let house = House::start(store.clone(), args, OURS).await?;
        let way = way_in(&house, &store).await?;
        house.greet(args, (way, lang), out);
        house.serve().await
    })?
}

/// Serves while make-believe groups fill and go on talking.
pub(crate) fn demo(args: &DemoArgs, lang: Lang, out: &mut Output) -> Result<(), Failure> {
    let url = place::url(&args.serve.place)?;
    place::wait(async {
        let store = open(&url).await?;
        let org = demo::organisation(&store, lang).await?;
        let house = House::start(store.clone(), &args.serve, org).await?;
        let name = lang.pick("演示负责人", "Demo owner");
        let token = demo_link(&store, org, (name, house.now())).await.map_err(refused)?;
        house.greet(&args.serve, (WayIn::Demo(token), lang), out);
        let practice = args.wecom.then(|| practising::company(args, house.now())).transpose()?;
        if let Some(practice) = &practice {
            practising::greet(practice, (args.serve.json, lang), out);
        }
        let crowd = demo::Crowd::start(house.venue(), args, lang);
        let served = house.serve().await;
        crowd.end().await;
        drop(practice);
        served
    })?
}

/// Removes what the demo made.
pub(crate) fn wipe(args: &WipeArgs, lang: Lang, out: &mut Output) -> Result<(), Failure> {
    let url = place::url(&args.place)?;
    let removed = place::wait(async { demo::wipe(&open(&url).await?, args.all).await })??;
    out.text(&match (lang, removed) {
        (Lang::Zh, None) => "这里没有演示数据".to_owned(),
        (Lang::En, None) => "there is no demo data here".to_owned(),
        (Lang::Zh, Some(rows)) => format!("演示数据已全部删除（{rows} 行），真实的群没有动"),
        (Lang::En, Some(rows)) => {
            format!("all demo data is removed ({rows} rows); real groups were not touched")
        }
    });
    Ok(())
}

/// How the person at the terminal comes in.
enum WayIn {
    /// The first owner's link.
    First(String),
    /// The log-in: there is an owner.
    LogIn,
    /// A click into the demonstration.
    Demo(String),
}

async fn way_in(house: &House, store: &Store) -> Result<WayIn, Failure> {
    let token = first_link(store, OURS, house.now()).await.map_err(refused)?;
    Ok(token.map_or(WayIn::LogIn, WayIn::First))
}

/// These links are refused only when the world fails.
fn refused(denied: Denied) -> Failure {
    match denied {
        Denied::Fault(fault) => Failure::Fault(fault),
        other => Failure::Fault(app::Fault::Unreadable(other.to_string())),
    }
}

async fn open(url: &str) -> Result<Store, Failure> {
    Ok(Store::open(url).await.map_err(app::Fault::from)?)
}

/// The token for figures: from its file, else from the environment; never from the arguments, which
/// others on the machine can read.
fn metrics_token(args: &ServeArgs) -> Result<Option<String>, Failure> {
    let said = match &args.metrics_token_file {
        Some(file) => {
            let place = file.display().to_string();
            let text = std::fs::read_to_string(file).map_err(|error| {
                Failure::usage("--metrics-token-file", format!("{place}: {error}"))
            })?;
            Some(text)
        }
        None => environment("HUOQUN_METRICS_TOKEN"),
    };
    let Some(token) = said.map(|said| said.trim().to_owned()) else { return Ok(None) };
    if token.len() < TOKEN_BYTES_MIN {
        let what = format!("at least {TOKEN_BYTES_MIN} letters");
        return Err(Failure::usage("--metrics-token-file", what));
    }
    Ok(Some(token))
}

/// A running program: it listens, and groups live.
struct House {
    listener: TcpListener,
    live: Live,
    settings: WebSettings,
    /// Where it can be reached.
    url: String,
}

impl House {
    async fn start(store: Store, args: &ServeArgs, org: OrgId) -> Result<Self, Failure> {
        let cannot = |error| Failure::Listen(args.listen.to_string(), error);
        let listener = TcpListener::bind(args.listen).await.map_err(cannot)?;
        let address = listener.local_addr().map_err(cannot)?;
        let url = args.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
        let mut fresh = vec![0; KEY_BYTES];
        getrandom::fill(&mut fresh).map_err(|error| Failure::Dice(error.to_string()))?;
        let secret = store.secret("cookies", fresh).await.map_err(app::Fault::from)?;
        let clock = Arc::new(Wall::new(args.clock_from, args.clock_speed));
        let slot = Slot::default();
        let report = Report::new(Output::remark);
        let live_settings = LiveSettings { report, ..LiveSettings::default() };
        let platforms = vec![slot.platform()];
        let live = Live::start(store, clock.clone(), platforms, live_settings).await?;
        slot.fill(live.clone());
        let settings = WebSettings {
            address: args.public_url.as_ref().map(|url| url.trim_end_matches('/').to_owned()),
            behind_proxy: args.behind_proxy,
            metrics_token: metrics_token(args)?,
            vault: Some(key::vault(args)?),
            uploads: Some(place::folder(&args.place).join("uploads")),
            incidents: Arc::new(Output::incident),
            ..WebSettings::new(secret, clock, org)
        };
        Ok(Self { listener, live, settings, url: url.trim_end_matches('/').to_owned() })
    }

    /// Where make-believe people may live.
    fn venue(&self) -> Venue {
        let (live, clock) = (self.live.clone(), Arc::clone(&self.settings.clock));
        Venue { live, clock, org: self.settings.org }
    }

    fn now(&self) -> Millis {
        self.settings.clock.now()
    }

    /// Says where it is, for people or for programs.
    fn greet(&self, args: &ServeArgs, (way, lang): (WayIn, Lang), out: &mut Output) {
        let url = &self.url;
        let link = match &way {
            WayIn::First(token) | WayIn::Demo(token) => format!("{url}/welcome/{token}"),
            WayIn::LogIn => format!("{url}/login"),
        };
        if args.json {
            let said = serde_json::json!({ "url": url, "console": link });
            out.text(&said.to_string());
            return;
        }
        let enter = match (way, lang) {
            (WayIn::First(_), Lang::Zh) => {
                format!(
                    "第一次使用，打开这个链接创建负责人账号（24 小时内有效，只能用一次）：\n  {link}"
                )
            }
            (WayIn::First(_), Lang::En) => format!(
                "Open this link to make the owner's account (it works once, for 24 hours):\n  {link}"
            ),
            (WayIn::LogIn, Lang::Zh) => format!("登录：{link}"),
            (WayIn::LogIn, Lang::En) => format!("Log in: {link}"),
            (WayIn::Demo(_), Lang::Zh) => format!("点开就能看演示（只给自己人）：\n  {link}"),
            (WayIn::Demo(_), Lang::En) => {
                format!("One click into the demo (keep this link to yourself):\n  {link}")
            }
        };
        out.text(&match lang {
            Lang::Zh => {
                format!("活群已启动：{url}\n{enter}\n按 Ctrl-C 停止，已收到的消息都会存好")
            }
            Lang::En => format!(
                "huoqun is running: {url}\n{enter}\nCtrl-C stops it; everything taken in is kept"
            ),
        });
    }

    /// Serves until it is asked to stop, then ends in order.
    async fn serve(self) -> Result<(), Failure> {
        let name = self.url.clone();
        let cannot = |error| Failure::Listen(name, error);
        let served = match signals::asked_to_stop() {
            Ok(stop) => web::serve(self.listener, self.live.clone(), self.settings, stop).await,
            Err(error) => Err(error),
        };
        self.live.stop().await;
        served.map_err(cannot)
    }
}
