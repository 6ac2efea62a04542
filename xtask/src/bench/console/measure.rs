//! Asks for every page of the console, over and over, with different groups, people and windows.
//!
//! The first request of a page stands for itself: it may find the caches of the program empty.

use crate::bench::Failure;
use crate::bench::console::around::{KEPT, LEAD, LOGIN, PASSWORD};
use crate::bench::console::fill::{ORG, ZONE};
use crate::bench::console::life::Dice;
use crate::bench::console::pages::{PAGES, SCOPED};
use crate::bench::live::Connection;
use crate::bench::measure::{Bound, Sheet, now};
use app::live::{Clock, Live, LiveSettings};
use domain::{Millis, Zone};
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::Store;
use tokio::net::TcpListener;
use web::WebSettings;

/// Server time of a page, at most, in milliseconds.
const PAGE_MS: f64 = 50.0;
/// The first fold of a large database is waited for so long.
const FOLDED: Duration = Duration::from_mins(20);

/// The report on all groups, read in the background when it is asked for. While it is read, other
/// pages have one processor less: so they are asked when it stands, and it is asked once more.
const WHOLE: &str = "/figures/full";
/// What its answer holds while it is read.
const READING: &str = "/figures/full/part";
/// It is waited for so long.
const READ: Duration = Duration::from_mins(10);

/// How often a page is asked for, and how often again for requests while the machine was lent.
const TIMES: usize = 200;
/// A page that was asked so often while the machine was lent is asked anew after the others, in so
/// many rounds.
const ROUNDS: usize = 5;

/// A clock that goes on from the end of the data.
struct Going {
    from: Millis,
    began: Instant,
}

impl Clock for Going {
    fn now(&self) -> Millis {
        Millis(self.from.0 + i64::try_from(self.began.elapsed().as_millis()).unwrap_or(0))
    }
}

/// Which database, as it is called in the sheet, and where.
pub(super) struct At<'a> {
    pub(super) name: &'a str,
    pub(super) url: &'a str,
    pub(super) present: Millis,
    pub(super) groups: u32,
    pub(super) people: u32,
    /// What the addresses that are asked for hold.
    pub(super) pages: &'a str,
}

/// How long the requests for a page took, in milliseconds.
pub(super) struct Timed {
    /// Page and database.
    name: String,
    first: f64,
    half: f64,
    /// 99 of 100 took at most so long.
    most: f64,
    /// Some were asked while the machine was lent.
    disturbed: bool,
}

/// A page to be asked for.
struct Ask {
    path: &'static str,
    /// By whom, and in which state.
    who: String,
    cookie: Arc<str>,
    /// For some groups only.
    some: bool,
    /// The report on all groups is waited for first.
    stands: bool,
}

/// Serves the database and asks; gives what could be measured.
pub(super) async fn pages(
    at: &At<'_>,
    sheet: &mut Sheet,
    say: &dyn Fn(&str),
) -> Result<Vec<Timed>, Failure> {
    let clock: Arc<dyn Clock> = Arc::new(Going { from: at.present, began: now() });
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
    sheet.note(format!("load of the machine, {}", at.name), load(), "", Bound::None);
    let mut browser = Connection::open(address).await.map_err(|wrong| wrong.to_string())?;
    let mut asks = asks(&mut browser, at.pages).await?;
    let mut timed = Vec::new();
    for round in 1..=ROUNDS {
        let mut again = Vec::new();
        for ask in asks {
            let one = one(&mut browser, &ask, at, (sheet, say)).await?;
            match one {
                Some(one) if one.disturbed && round < ROUNDS => again.push(ask),
                one => timed.extend(one),
            }
        }
        asks = again;
    }
    drop(end);
    live.stop().await;
    server.await??;
    Ok(timed)
}

/// All pages, by those who see everything and by those who see some groups.
async fn asks(browser: &mut Connection, only: &str) -> Result<Vec<Ask>, Failure> {
    let mut asks = Vec::new();
    for (login, paths, who) in [(LOGIN, PAGES, ""), (LEAD, SCOPED, " (of some groups)")] {
        let cookie: Arc<str> = enter(browser, login).await?.into();
        for path in paths.iter().filter(|path| path.contains(only)) {
            let ask = |stands: bool| Ask {
                path,
                who: format!("{who}{}", if stands { " (as it stands)" } else { "" }),
                cookie: cookie.clone(),
                some: !who.is_empty(),
                stands,
            };
            asks.push(ask(false));
            if *path == WHOLE {
                asks.push(ask(true));
            }
        }
    }
    Ok(asks)
}

/// The pages of all databases, the slowest first.
pub(super) fn told(mut timed: Vec<Timed>, sheet: &mut Sheet) {
    timed.sort_by(|one, other| other.most.total_cmp(&one.most));
    for Timed { name, first, half, most, .. } in timed {
        let name = format!("{name:<54} first {first:>8.2} p50 {half:>8.2} p99");
        sheet.note(name, most, "ms", Bound::AtMost(PAGE_MS));
    }
}

/// How busy the machine is: work that waits for a processor, over the last minute.
fn load() -> f64 {
    let told = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    told.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or(0.0)
}

/// How long the host of this machine has lent its processors to others, in ticks; 0 where nothing
/// tells. What is asked meanwhile is asked again: it would time the neighbours.
fn steal() -> u64 {
    let told = std::fs::read_to_string("/proc/stat").unwrap_or_default();
    told.split_whitespace().nth(8).and_then(|ticks| ticks.parse().ok()).unwrap_or(0)
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

/// Waits until the report on all groups is read.
async fn stands(browser: &mut Connection, cookie: &str) -> Result<(), Failure> {
    let began = now();
    loop {
        let answer = browser.get(WHOLE, cookie).await.map_err(|wrong| wrong.to_string())?;
        if !answer.body.contains(READING) {
            return Ok(());
        }
        if began.elapsed() > READ {
            return Err("the report on all groups is not read".into());
        }
        pause(Duration::from_millis(500)).await;
    }
}

/// The cookie of somebody of staff.
async fn enter(browser: &mut Connection, login: &str) -> Result<String, Failure> {
    let form = format!("login={login}&password={PASSWORD}");
    let answer = browser.post("/login", ["", &form]).await.map_err(|wrong| wrong.to_string())?;
    let cookies = answer.cookies().join("; ");
    if cookies.is_empty() { Err(format!("{login} could not log in").into()) } else { Ok(cookies) }
}

async fn one(
    browser: &mut Connection,
    ask: &Ask,
    at: &At<'_>,
    (sheet, say): (&mut Sheet, &dyn Fn(&str)),
) -> Result<Option<Timed>, Failure> {
    let Ask { path, who, cookie, .. } = ask;
    if ask.stands {
        stands(browser, cookie).await?;
    }
    let zone = Zone::named(ZONE).map_err(|error| error.to_string())?;
    let today = zone.local(at.present).day;
    let mut dice = Dice::new(5);
    let (mut times, mut lent, mut worst) = (Vec::new(), Vec::new(), 200);
    let (began, mut bytes) = (now(), 0);
    let groups = if ask.some { at.groups.min(KEPT) } else { at.groups };
    while times.len() < TIMES {
        let from = today.plus(-i32::try_from(dice.roll(360)).unwrap_or(0));
        let path = path
            .replace("{g}", &(1 + dice.roll(groups.into())).to_string())
            .replace("{p}", &(1 + dice.roll(at.people.into())).to_string())
            .replace("{n}", &(1 + dice.roll(20)).to_string())
            .replace("{c}", &(2 + dice.roll(19)).to_string())
            .replace("{d}", &from.to_string())
            .replace("{t}", &today.to_string());
        let (asked, stolen) = (now(), steal());
        let answer = browser.get(&path, cookie).await.map_err(|wrong| wrong.to_string())?;
        let took = asked.elapsed().as_secs_f64() * 1_000.0;
        if steal() > stolen && lent.len() < TIMES {
            lent.push(took);
            continue;
        }
        times.push(took);
        bytes = bytes.max(answer.body.len());
        if answer.status != 200 {
            worst = answer.status;
        }
        // A page that is far too slow need not be asked two hundred times.
        if times.len() > 9 && began.elapsed() > Duration::from_secs(15) {
            break;
        }
    }
    let first = times.first().copied().unwrap_or(0.0);
    times.sort_by(f64::total_cmp);
    let (half, most) = (at_share(&times, 50), at_share(&times, 99));
    let disturbed = lent.len() == TIMES;
    let (status, count) = (if worst == 200 { "" } else { "  NOT SHOWN" }, times.len());
    let lent = match lent.len() {
        0 => String::new(),
        again => {
            times.extend(lent);
            times.sort_by(f64::total_cmp);
            format!("  and {again} while it was lent: p99 {:.2}", at_share(&times, 99))
        }
    };
    let name = format!("{:<10} {path}{who}", at.name);
    say(&format!(
        "   {name:<54} first {first:>8.2} p50 {half:>8.2} p99 {most:>8.2} ms {bytes:>8} B \
         {count}×{status}{lent}"
    ));
    if worst != 200 {
        sheet.failed.push(format!("{name}: {worst}"));
        return Ok(None);
    }
    Ok(Some(Timed { name, first, half, most, disturbed }))
}

/// So many of a hundred took at most so long; of sorted times.
fn at_share(times: &[f64], share: usize) -> f64 {
    let at = times.len().saturating_sub(1) * share / 100;
    times.get(at).copied().unwrap_or(0.0)
}
