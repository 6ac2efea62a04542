//! The handle of a practice company: everything a test or the demo does with it.
//!
//! Invariant: it runs on threads of its own and is gone, with every connection, when the handle is
//! dropped.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chat::wecom::Seal;
use domain::Millis;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Notify;

use crate::dice::Dice;
use crate::wecom::books::{Books, Event, Happened, Hindrance};
use crate::wecom::clock::{Clock, Pace};
use crate::wecom::faults::Faults;
use crate::wecom::http::router;
use crate::wecom::keep::{load, save};
use crate::wecom::limits::{Limits, Usage};
use crate::wecom::post::{Address, Post, Sent, Unverified, carry, verify};
use crate::wecom::setup::{App, Callback, Setup};
use crate::wecom::tokens::Tokens;
use crate::wecom::world::{Called, Shared, World, enter};

/// How long [`Practice::settled`] waits for letters, by the clock outside.
const SETTLE: Duration = Duration::from_secs(30);

/// How long the end may take.
const END: Duration = Duration::from_secs(2);
/// How often the company looks at its clock.
const PULSE: Duration = Duration::from_millis(500);

/// A practice company that runs.
#[derive(Debug)]
pub struct Practice {
    shared: Shared,
    client: reqwest::Client,
    address: SocketAddr,
    app: App,
    file: Option<PathBuf>,
    /// Taken when it is dropped.
    runtime: Option<Runtime>,
}

impl Practice {
    /// Begins to listen on 127.0.0.1.
    ///
    /// Errors: when the port is taken, threads are not to be had, or its file is damaged.
    pub fn start(mut setup: Setup) -> io::Result<Self> {
        if let Some((from, books)) = setup.file.as_deref().map(load).transpose()?.flatten() {
            (setup.from, setup.books) = (from, books);
        }
        let file = setup.file.clone();
        // Another provider that was set before is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().map_err(io::Error::other)?;
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, setup.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("practice")
            .enable_all()
            .build()?;
        let world = world(setup, address);
        let app = world.app.clone();
        let shared: Shared = Arc::new(Mutex::new(world));
        let service = router(shared.clone(), client.clone());
        let service = service.into_make_service_with_connect_info::<SocketAddr>();
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        runtime.spawn(async move { axum::serve(listener, service).await });
        runtime.spawn(carry(shared.clone(), client.clone(), fresh(&shared)));
        runtime.spawn(pulse(shared.clone()));
        Ok(Self { shared, client, address, app, file, runtime: Some(runtime) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What stands before `/cgi-bin/`: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// `corpid`.
    pub fn corp(&self) -> &str {
        &self.app.corp
    }

    /// `corpsecret` of the app.
    pub fn secret(&self) -> &str {
        &self.app.secret
    }

    /// `agentid`.
    pub fn agent(&self) -> i64 {
        self.app.agent
    }

    /// Looks into the books.
    pub fn read<T>(&self, look: impl FnOnce(&Books) -> T) -> T {
        let mut world = enter(&self.shared);
        world.due();
        look(&world.books)
    }

    /// Lets people do something; what the platform tells of it goes into the post. The events.
    pub fn act(
        &self,
        deed: impl FnOnce(&mut Books, Millis) -> Happened,
    ) -> Result<Vec<Event>, Hindrance> {
        let mut world = enter(&self.shared);
        let now = world.due();
        let events = deed(&mut world.books, now)?;
        world.tell(events.clone(), now);
        Ok(events)
    }

    /// Changes the books as they stand, without anything being told.
    pub fn write<T>(&self, change: impl FnOnce(&mut Books) -> T) -> T {
        let mut world = enter(&self.shared);
        world.due();
        change(&mut world.books)
    }

    /// Sets what goes wrong.
    pub fn faults<T>(&self, set: impl FnOnce(&mut Faults) -> T) -> T {
        set(&mut enter(&self.shared).faults)
    }

    /// Sets how often calls may be made.
    pub fn limits<T>(&self, set: impl FnOnce(&mut Limits) -> T) -> T {
        set(&mut enter(&self.shared).limits)
    }

    /// Takes the token back before its time: the next call with it is refused (40014).
    pub fn revoke_token(&self) {
        enter(&self.shared).tokens.revoke();
    }

    /// What the company's clock shows.
    pub fn now(&self) -> Millis {
        enter(&self.shared).due()
    }

    /// Lets so many milliseconds pass at once; what is due in them happens.
    pub fn advance(&self, ms: i64) {
        let mut world = enter(&self.shared);
        world.clock.advance(ms);
        world.due();
        world.post.bell.notify_one();
    }

    /// From now on time goes so.
    pub fn pace(&self, pace: Pace) {
        let mut world = enter(&self.shared);
        world.clock.set(pace);
        world.post.bell.notify_one();
    }

    /// Sets where callbacks go, after the address has shown that it opens what is sealed so.
    ///
    /// Errors: the settings cannot be right, or the address did not echo within a second.
    pub async fn call_back(&self, callback: Callback) -> Result<(), Unverified> {
        let gone = || Unverified::Silent("the practice company ended".to_owned());
        let runtime = self.runtime.as_ref().ok_or_else(gone)?;
        let asking = set_callback(self.shared.clone(), self.client.clone(), callback);
        runtime.spawn(asking).await.unwrap_or_else(|_| Err(gone()))
    }

    /// Sets where callbacks go without asking the address, which may be gone.
    ///
    /// Errors: token or key cannot be right.
    pub fn send_to(&self, callback: Callback) -> Result<(), Unverified> {
        let seal = Seal::new(&callback.token, &callback.key, &self.app.corp)?;
        enter(&self.shared).post.to = Some(Address { url: callback.url, seal });
        Ok(())
    }

    /// Callbacks go nowhere; what happens is not told later.
    pub fn call_nobody(&self) {
        enter(&self.shared).post.to = None;
    }

    /// Keeps callbacks back, or lets them go again.
    pub fn hold(&self, held: bool) {
        let mut world = enter(&self.shared);
        world.post.held = held;
        world.post.bell.notify_one();
    }

    /// Sends everything that is late or overtaken now.
    pub fn flush(&self) {
        let mut world = enter(&self.shared);
        let now = world.due();
        world.post.flush(now);
    }

    /// Waits until every callback that could go by now was answered or given up; false when that
    /// took more than 30 s.
    pub async fn settled(&self) -> bool {
        let shared = self.shared.clone();
        let quiet = async move {
            while let Some(ended) = under_way(&shared) {
                // One that ends between the look and the wait is seen at the next tick.
                let _ = tokio::time::timeout(Duration::from_millis(20), ended.notified()).await;
            }
        };
        tokio::time::timeout(SETTLE, quiet).await.is_ok()
    }

    /// Callbacks that were sent or lost, in this order.
    pub fn sent(&self) -> Vec<Sent> {
        enter(&self.shared).post.sent.clone()
    }

    /// Callbacks that still wait.
    pub fn waiting(&self) -> usize {
        enter(&self.shared).post.waiting()
    }

    /// Keeps the company in its file, where it has one.
    ///
    /// Errors: when the file cannot be written.
    pub fn save(&self) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let mut world = enter(&self.shared);
        let now = world.due();
        save(file, now, &world.books)
    }

    /// Calls that were made, the latest 5,000.
    pub fn calls(&self) -> Vec<Called> {
        enter(&self.shared).calls.iter().cloned().collect()
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Waits until every connection is gone; a thread of its own may, a task may not.
            let end = std::thread::spawn(move || runtime.shutdown_timeout(END));
            let _ = end.join();
        }
        // Nobody is left to tell: who wants to know calls `save` before.
        let _ = self.save();
    }
}

/// Looks at the time, so that what is due happens while nobody asks.
async fn pulse(shared: Shared) {
    let mut tick = tokio::time::interval(PULSE);
    loop {
        tick.tick().await;
        enter(&shared).due();
    }
}

/// Where the end of a letter is heard, while some could go and have not.
fn under_way(shared: &Shared) -> Option<Arc<Notify>> {
    let mut world = enter(shared);
    let now = world.due();
    (world.post.open(now) > 0).then(|| world.post.ended.clone())
}

/// Verifies an address and sets it.
pub(crate) async fn set_callback(
    shared: Shared,
    client: reqwest::Client,
    callback: Callback,
) -> Result<(), Unverified> {
    let dice = fresh(&shared);
    let (app, seconds) = {
        let world = enter(&shared);
        (world.app.clone(), world.clock.now().0.div_euclid(1_000))
    };
    let to = verify(&client, &app, &callback, dice, seconds).await?;
    enter(&shared).post.to = Some(to);
    Ok(())
}

fn fresh(shared: &Shared) -> Dice {
    enter(shared).dice.split()
}

fn world(setup: Setup, address: SocketAddr) -> World {
    let mut dice = Dice::stream(setup.seed, u64::MAX);
    let app = App { corp: format!("ww{}", dice.hex()), secret: dice.letters(43), agent: 1_000_002 };
    World {
        app,
        base: format!("http://{address}"),
        books: setup.books,
        clock: Clock::new(setup.from, setup.pace),
        faults: Faults::default(),
        limits: setup.limits,
        usage: Usage::default(),
        tokens: Tokens::default(),
        post: Post::new(dice.split()),
        dice,
        calls: std::collections::VecDeque::new(),
        life: setup.life,
        lived: setup.from,
    }
}
