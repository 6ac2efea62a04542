//! Asks for every page of the console, over and over, with different groups, people and windows.

use crate::bench::Failure;
use crate::bench::console::fill::{ORG, ZONE};
use crate::bench::console::life::Dice;
use crate::bench::live::Connection;
use crate::bench::measure::{Bound, Sheet, now};
use app::live::{Clock, Live, LiveSettings};
use domain::{Millis, Zone};
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use tokio::net::TcpListener;
use web::WebSettings;

/// Server time of a page, at most, in milliseconds.
const PAGE_MS: f64 = 50.0;
/// The first fold of a large database is waited for so long.
const FOLDED: Duration = Duration::from_mins(20);

/// Who looks.
const LOGIN: &str = "bench";
const PASSWORD: &str = "tea-and-a-quiet-hour-2026";

/// A clock that stands at the end of the data.
struct Standing(Millis);

impl Clock for Standing {
    fn now(&self) -> Millis {
        self.0
    }
}

/// Pages: `{g}` a group, `{p}` a person, `{d}` a day of the year, `{t}` the last day.
const PAGES: &[&str] = &[
    "/healthz",
    "/today",
    "/groups",
    "/groups?page=7",
    "/groups?q=%E9%AA%91%E8%A1%8C",
    "/groups?mood=dead",
    "/groups/{g}",
    "/groups/{g}/feed",
    "/groups/{g}/members",
    "/groups/{g}/flow",
    "/groups/{g}/activity",
    "/groups/{g}/questions",
    "/groups/{g}/settings",
    "/people",
    "/people?q=%E6%9D%8E",
    "/people?page=40",
    "/people/{p}",
    "/blacklist",
    "/figures",
    "/figures?from={d}&to={t}",
    "/figures?group={g}",
    "/figures?group={g}&from={d}&to={t}",
    "/summary",
    "/summary?from={d}&to={t}",
    "/imports",
    "/search?q=%E7%8E%8B",
    "/search?q=%E6%8A%A5%E5%90%8D",
    "/settings",
    "/staff",
    "/audit",
    "/me",
];

/// Which database, as it is called in the sheet, and where.
pub(super) struct At<'a> {
    pub(super) name: &'a str,
    pub(super) url: &'a str,
    pub(super) present: Millis,
    pub(super) groups: u32,
    pub(super) people: u32,
}

/// Serves the database and asks.
pub(super) async fn pages(
    at: &At<'_>,
    sheet: &mut Sheet,
    say: &dyn Fn(&str),
) -> Result<(), Failure> {
    let clock: Arc<dyn Clock> = Arc::new(Standing(at.present));
    let store = Store::open(at.url).await?;
    let live = Live::start(store.clone(), clock.clone(), Vec::new(), LiveSettings::default());
    let live = live.await?;
    let mut settings = WebSettings::new(vec![5; 32], clock, ORG);
    settings.incidents = Arc::new(|_, cause| drop(cause.to_owned()));
    settings.limits = web::Limits::none();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let serving = web::serve(listener, live.clone(), settings, async {
        // Told, or dropped: both mean the end.
        let _ = ended.await;
    });
    let server = tokio::spawn(serving);
    folded(&store, at, sheet).await?;
    let mut browser = Connection::open(address).await.map_err(|wrong| wrong.to_string())?;
    let cookie = enter(&mut browser, &store, at.present).await?;
    for path in PAGES {
        one(&mut browser, (path, &cookie), at, (sheet, say)).await?;
    }
    drop(end);
    live.stop().await;
    server.await??;
    Ok(())
}

/// Lets the loops of the program work.
async fn pause(long: Duration) {
    let _ = tokio::time::timeout(long, std::future::pending::<()>()).await;
}

/// Waits until the tiers are made.
async fn folded(store: &Store, at: &At<'_>, sheet: &mut Sheet) -> Result<(), Failure> {
    let began = now();
    while !store.stale_days(ORG, 1).await?.is_empty() {
        if began.elapsed() > FOLDED {
            return Err("the tiers are not made".into());
        }
        pause(Duration::from_millis(100)).await;
    }
    // The months and standings come with the next rounds.
    let name = format!("tiers of a year made, {}", at.name);
    sheet.note(name, began.elapsed().as_secs_f64(), "s", Bound::None);
    pause(Duration::from_secs(5)).await;
    Ok(())
}

/// The cookie of an owner, who is made when the database has none.
async fn enter(
    browser: &mut Connection,
    store: &Store,
    present: Millis,
) -> Result<String, Failure> {
    // Told when the owner is there already, from an earlier run.
    let _ = app::console::add_owner(store, ORG, [LOGIN, "负责人小林", PASSWORD], present).await;
    let form = format!("login={LOGIN}&password={PASSWORD}");
    let answer = browser.post("/login", ["", &form]).await.map_err(|wrong| wrong.to_string())?;
    let lines = answer.head.lines().filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("set-cookie").then(|| value.split(';').next())?
    });
    let cookies = lines.map(str::trim).collect::<Vec<_>>().join("; ");
    if cookies.is_empty() { Err("nobody could log in".into()) } else { Ok(cookies) }
}

async fn one(
    browser: &mut Connection,
    (path, cookie): (&str, &str),
    at: &At<'_>,
    (sheet, say): (&mut Sheet, &dyn Fn(&str)),
) -> Result<(), Failure> {
    let zone = Zone::named(ZONE).map_err(|error| error.to_string())?;
    let today = zone.local(at.present).day;
    let mut dice = Dice::new(5);
    let (mut times, mut worst) = (Vec::new(), 200);
    let (began, mut bytes) = (now(), 0);
    for turn in 0..200 {
        let group = 1 + dice.roll(at.groups.into());
        let person = 1 + dice.roll(at.people.into());
        let from = today.plus(-i32::try_from(dice.roll(360)).unwrap_or(0));
        let path = path
            .replace("{g}", &group.to_string())
            .replace("{p}", &person.to_string())
            .replace("{d}", &from.to_string())
            .replace("{t}", &today.to_string());
        let asked = now();
        let answer = browser.get(&path, cookie).await.map_err(|wrong| wrong.to_string())?;
        times.push(asked.elapsed().as_secs_f64() * 1_000.0);
        bytes = bytes.max(answer.body.len());
        if answer.status != 200 {
            worst = answer.status;
        }
        // A page that is far too slow need not be asked two hundred times.
        if turn >= 9 && began.elapsed() > Duration::from_secs(15) {
            break;
        }
    }
    times.sort_by(f64::total_cmp);
    let at_share = |share: usize| times.get((times.len() - 1) * share / 100).copied();
    let (half, most) = (at_share(50).unwrap_or(0.0), at_share(99).unwrap_or(0.0));
    let status = if worst == 200 { String::new() } else { format!("  [{worst}]") };
    let count = times.len();
    say(&format!(
        "   {:<10} {path:<36} p50 {half:>8.2}  p99 {most:>8.2} ms  {bytes:>8} B  {count}×{status}",
        at.name
    ));
    if worst == 200 {
        sheet.note(format!("{path} p99, {}", at.name), most, "ms", Bound::AtMost(PAGE_MS));
        sheet.note(format!("{path} p50, {}", at.name), half, "ms", Bound::None);
    } else {
        sheet.failed.push(format!("{path}: {worst}"));
    }
    Ok(())
}
