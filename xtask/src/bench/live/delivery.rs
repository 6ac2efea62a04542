//! From a post to the screens of everybody in the group, through HTTP on loopback: ours, and a
//! server that only passes on, one after the other in one run.

use crate::bench::Failure;
use crate::bench::live::echo;
use crate::bench::live::http::{Connection, Wrong, here};
use crate::bench::live::prefill::ORG;
use crate::bench::live::town::{RANDOM, below, dice};
use crate::bench::measure::{Bound, Sheet, now};
use app::live::{Clock, Live, LiveSettings, NewGroup};
use domain::{Millis, minted_key};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};
use store::Store;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, timeout};
use web::{Limits, WebSettings};

/// Groups, and people who watch each.
const ROOMS: u32 = 200;
const WATCHERS: usize = 10;
/// Posts, and the time between two.
const POSTS: u64 = 10_000;
const EVERY: Duration = Duration::from_millis(2);
/// What the last of them may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Milliseconds within which 99 of 100 posts are seen by all.
const SEEN_MS: f64 = 20.0;

/// A group as its members reach it.
struct Room {
    path: String,
    /// Cookies of its members.
    cookies: Vec<String>,
}

/// The wall clock.
pub(in crate::bench) struct Wall;

impl Clock for Wall {
    #[expect(clippy::disallowed_methods, reason = "a bench measures time")]
    fn now(&self) -> Millis {
        let passed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Millis(i64::try_from(passed.as_millis()).unwrap_or(0))
    }
}

/// How soon posts are seen.
pub(in crate::bench) fn measure(folder: &Path, sheet: &mut Sheet) -> Result<(), Failure> {
    let (server, clients) = (runtime(2)?, runtime(1)?);
    let plain = server.block_on(echo::serve())?;
    let rooms = (0..ROOMS)
        .map(|room| Room { path: format!("/g/{room}"), cookies: vec![String::new(); WATCHERS] });
    let seen = clients.block_on(crowd(plain, rooms.collect())).map_err(|wrong| here(&wrong))?;
    told("a server that only passes on", &seen, Bound::None, sheet);
    let (live, address, codes) = server.block_on(open(folder))?;
    let rooms = clients.block_on(everybody(address, codes)).map_err(|wrong| here(&wrong))?;
    let seen = clients.block_on(crowd(address, rooms)).map_err(|wrong| here(&wrong))?;
    told("ours", &seen, Bound::AtMost(SEEN_MS), sheet);
    drop(clients);
    server.block_on(live.stop());
    Ok(())
}

fn runtime(threads: usize) -> Result<Runtime, Failure> {
    Ok(Builder::new_multi_thread().worker_threads(threads).enable_all().build()?)
}

/// The real server, with its groups open.
async fn open(folder: &Path) -> Result<(Live, SocketAddr, Vec<String>), Failure> {
    let store = Store::open(&folder.join("delivery.db").display().to_string()).await?;
    let live = Live::start(store, Arc::new(Wall), Vec::new(), LiveSettings::default()).await?;
    let mut codes = Vec::new();
    for room in 0..ROOMS {
        let new = NewGroup { name: format!("第{room}群"), zone: "Asia/Shanghai".to_owned() };
        let group = live.open_group(ORG, new).await?;
        codes.extend(live.links(ORG, group).await?.into_iter().map(|link| link.code));
    }
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let mut settings = WebSettings::new(vec![7; 32], Arc::new(Wall), ORG);
    settings.limits = Limits::none();
    let serving = web::serve(listener, live.clone(), settings, std::future::pending());
    tokio::spawn(async move { drop(serving.await) });
    Ok((live, address, codes))
}

/// Everybody comes in, as from a phone.
async fn everybody(address: SocketAddr, codes: Vec<String>) -> Result<Vec<Room>, Wrong> {
    let mut joining = JoinSet::new();
    for code in codes {
        joining.spawn(async move {
            let mut line = Connection::open(address).await?;
            let path = format!("/g/{code}");
            let mut cookies = Vec::new();
            for number in 0..WATCHERS {
                let landing = line.get(&path, "").await?;
                let guest = landing.cookies().join("; ");
                let form = format!("key={}&name=guest{number}", landing.field("key")?);
                let members = format!("{path}/members");
                let joined = line.post(&members, [guest.as_str(), form.as_str()]).await?;
                if joined.status != 200 {
                    return Err(format!("{} {}", joined.status, joined.body).into());
                }
                cookies.push(format!("{guest}; {}", joined.cookies().join("; ")));
            }
            Ok::<_, Wrong>(Room { path, cookies })
        });
    }
    let mut rooms = Vec::new();
    while let Some(joined) = joining.join_next().await {
        rooms.push(joined??);
    }
    Ok(rooms)
}

/// Everybody watches while some write. How long each post took to each watcher, in microseconds,
/// by post.
async fn crowd(address: SocketAddr, rooms: Vec<Room>) -> Result<Vec<Vec<u64>>, Wrong> {
    let mut watching = JoinSet::new();
    let mut posters = Vec::new();
    let counts = posts_of();
    for (room, posts) in rooms.iter().zip(counts) {
        for cookie in &room.cookies {
            let mut line = Connection::open(address).await?;
            line.listen(&format!("{}/events", room.path), cookie).await?;
            watching.spawn(watch(line, posts));
        }
        posters.push(Arc::new(Mutex::new(Connection::open(address).await?)));
    }
    let (mut writing, mut written) = (JoinSet::new(), Vec::new());
    let mut tick = interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Burst);
    for number in 0..POSTS {
        written.push(tick.tick().await.into_std());
        let at = room_of(number);
        let (Some(room), Some(line)) = (rooms.get(at), posters.get(at)) else { continue };
        let cookie = room.cookies.get(below(number, 10) as usize).cloned().unwrap_or_default();
        let (path, line) = (format!("{}/messages", room.path), Arc::clone(line));
        writing.spawn(async move {
            let key = minted_key(Wall.now(), below(dice(number), RANDOM));
            let form =
                format!("key={key}&text=n{number}n%E4%BB%8A%E5%A4%A9%E7%9A%84%E4%BD%9C%E4%B8%9A");
            let answer = line.lock().await.post(&path, [cookie.as_str(), form.as_str()]).await?;
            if answer.status == 200 { Ok(()) } else { Err(Wrong::from(answer.body)) }
        });
    }
    while let Some(answer) = writing.join_next().await {
        answer??;
    }
    let mut seen = vec![Vec::new(); written.len()];
    let all = async {
        while let Some(watched) = watching.join_next().await {
            for (number, at) in watched?? {
                let number = usize::try_from(number)?;
                if let (Some(seen), Some(began)) = (seen.get_mut(number), written.get(number)) {
                    let took = at.saturating_duration_since(*began).as_micros();
                    seen.push(u64::try_from(took).unwrap_or(u64::MAX));
                }
            }
        }
        Ok::<_, Wrong>(())
    };
    timeout(PATIENCE, all).await.map_err(|_| "some watchers have not seen all posts")??;
    Ok(seen)
}

/// Reads until so many posts were seen; each with its number and when.
async fn watch(mut line: Connection, posts: u64) -> Result<Vec<(u64, Instant)>, Wrong> {
    let mut seen = Vec::new();
    while (seen.len() as u64) < posts {
        let event = line.event().await?;
        let at = now();
        let words = event.split('n').filter_map(|word| word.parse().ok());
        seen.extend(words.take(1).map(|number| (number, at)));
    }
    Ok(seen)
}

/// In which group a post is made.
fn room_of(number: u64) -> usize {
    below(dice(number), ROOMS) as usize
}

/// How many posts each group gets.
fn posts_of() -> Vec<u64> {
    let mut counts = vec![0; ROOMS as usize];
    for number in 0..POSTS {
        if let Some(count) = counts.get_mut(room_of(number)) {
            *count += 1;
        }
    }
    counts
}

fn told(name: &str, seen: &[Vec<u64>], bound: Bound, sheet: &mut Sheet) {
    let mut each: Vec<u64> = seen.iter().flatten().copied().collect();
    let mut all: Vec<u64> = seen.iter().filter_map(|times| times.iter().max().copied()).collect();
    each.sort_unstable();
    all.sort_unstable();
    let part = |times: &[u64], percent: usize| {
        let at = times.len() * percent / 100;
        times.get(at.min(times.len().saturating_sub(1))).map_or(0.0, |us| *us as f64 / 1e3)
    };
    sheet.note(format!("{name}: seen by one, p50"), part(&each, 50), "ms", Bound::None);
    sheet.note(format!("{name}: seen by all, p50"), part(&all, 50), "ms", Bound::None);
    sheet.note(format!("{name}: seen by all, p99"), part(&all, 99), "ms", bound);
    sheet.note(format!("{name}: seen by all, slowest"), part(&all, 100), "ms", Bound::None);
}
