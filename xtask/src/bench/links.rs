//! Scans of a live code beside an empty handler: the same client, the same threads, turn by turn.
//!
//! The code leads to an address of the web, so that both answers are as small: what is measured is
//! the table of routes, the log of scans, and what stands around them.

use crate::bench::Failure;
use crate::bench::live::Connection;
use crate::bench::measure::{Bound, Sheet, now, rate};
use app::console::Console;
use app::links::{CodeForm, PlacementForm};
use app::live::{Clock, Live, LiveSettings};
use axum::Router;
use axum::routing::get;
use domain::{Actor, Millis, OrgId, Role, Scope, StaffId};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use store::Store;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use web::{Limits, WebSettings};

const ORG: OrgId = OrgId(1);
/// Phones that scan at once, and how often each does in a turn.
const PHONES: usize = 32;
const SCANS: usize = 2_000;
/// Turns of each; the best counts.
const TURNS: usize = 5;
/// Speed of the redirect, in percent of the empty handler.
const PERCENT: f64 = 50.0;

/// The clock of this machine.
struct Wall;

impl Clock for Wall {
    #[expect(clippy::disallowed_methods, reason = "a bench measures time")]
    fn now(&self) -> Millis {
        let passed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Millis(i64::try_from(passed.as_millis()).unwrap_or(0))
    }
}

/// How fast a scan is answered.
pub(in crate::bench) fn measure(folder: &Path, sheet: &mut Sheet) -> Result<(), Failure> {
    let threads = |count| Builder::new_multi_thread().worker_threads(count).enable_all().build();
    let (server, clients) = (threads(1)?, threads(1)?);
    let (empty, ours, path) = server.block_on(serve(folder))?;
    let (mut plain, mut scans) = (0.0_f64, 0.0_f64);
    for _ in 0..TURNS {
        plain = plain.max(turn(&clients, (empty, "/"))?);
        scans = scans.max(turn(&clients, (ours, &path))?);
    }
    sheet.note("links: an empty handler", plain, "answers/s", Bound::None);
    sheet.note("links: a code leads on", scans, "answers/s", Bound::None);
    sheet.note(
        "links: redirect of the empty handler",
        scans / plain * 100.0,
        "%",
        Bound::AtLeast(PERCENT),
    );
    Ok(())
}

fn turn(clients: &Runtime, (to, path): (SocketAddr, &str)) -> Result<f64, Failure> {
    let began = now();
    let asked = clients.block_on(async {
        let mut phones = JoinSet::new();
        for _ in 0..PHONES {
            phones.spawn(phone(to, path.to_owned()));
        }
        let mut asked = 0;
        while let Some(done) = phones.join_next().await {
            asked += done??;
        }
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(asked)
    });
    let asked = asked.map_err(|wrong| Failure::from(wrong.to_string()))?;
    let took: Duration = began.elapsed();
    Ok(rate(asked as u64, took))
}

/// Scans one after the other; how many.
async fn phone(
    to: SocketAddr,
    path: String,
) -> Result<usize, Box<dyn std::error::Error + Send + Sync>> {
    let mut line = Connection::open(to).await?;
    for _ in 0..SCANS {
        let answer = line.get(&path, "").await?;
        if answer.status >= 400 {
            return Err(answer.head.into());
        }
    }
    Ok(SCANS)
}

/// An empty handler and ours; the path of a code.
async fn serve(folder: &Path) -> Result<(SocketAddr, SocketAddr, String), Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let empty = listener.local_addr()?;
    let router = Router::new().route("/", get(|| async {}));
    tokio::spawn(async move { drop(axum::serve(listener, router).await) });
    let store = Store::open(&folder.join("links.db").display().to_string()).await?;
    let live = Live::start(store, Arc::new(Wall), Vec::new(), LiveSettings::default()).await?;
    let slug = placed(&Console::new(live.clone())).await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let ours = listener.local_addr()?;
    let mut settings = WebSettings::new(vec![7; 32], Arc::new(Wall), ORG);
    settings.limits = Limits::none();
    let serving = web::serve(listener, live, settings, std::future::pending());
    tokio::spawn(async move { drop(serving.await) });
    let path = format!("/l/{slug}");
    // The table is made shortly after the start.
    let mut tick = tokio::time::interval(Duration::from_millis(50));
    let mut wire = Connection::open(ours).await.map_err(|wrong| wrong.to_string())?;
    for _ in 0..200 {
        tick.tick().await;
        let answer = wire.get(&path, "").await.map_err(|wrong| wrong.to_string())?;
        if answer.status == 302 {
            return Ok((empty, ours, path));
        }
    }
    Err("the code never led anywhere".into())
}

/// A code with one placement; its slug.
async fn placed(console: &Console) -> Result<String, Failure> {
    let (role, scope) = (Role::Owner, Scope::All);
    let owner = Actor { org: ORG, staff: StaffId(1), name: "bench".to_owned(), role, scope };
    let form = CodeForm {
        kind: "web".to_owned(),
        name: "bench".to_owned(),
        url: "https://example.com/".to_owned(),
        ..CodeForm::default()
    };
    let code = console.open_code(&owner, &form).await?;
    let form = PlacementForm { name: "bench".to_owned(), ..PlacementForm::default() };
    console.place_code(&owner, code, &form).await?;
    let view = console.code(&owner, code).await?;
    Ok(view.placements.first().ok_or("no placement")?.slug.clone())
}
