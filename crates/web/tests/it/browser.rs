//! A cookie-keeping browser, and a place to go to: one live group on SQLite with a set clock.

use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use app::console::add_owner;
use app::live::{Clock, Live, LiveSettings, NewGroup, Report};
use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::{Request, Response, StatusCode};
use domain::{GroupId, Millis, OrgId, minted_key};
use futures_util::StreamExt;
use testkit::Database;
use tower::ServiceExt;
use web::{Limits, WebSettings, router};

/// A clock that a test sets.
pub(crate) struct SetClock(AtomicI64);

impl Clock for SetClock {
    fn now(&self) -> Millis {
        Millis(self.0.load(Ordering::SeqCst))
    }
}

/// 2026-11-22 20:05 in Shanghai.
const START_MS: i64 = 1_795_349_100_000;

/// Login and password of the owner.
pub(crate) const OWNER: (&str, &str) = ("owner", "一壶好茶坐下来慢慢喝完");

/// One live group, and the faces before it.
pub(crate) struct Place {
    pub(crate) live: Live,
    pub(crate) group: GroupId,
    pub(crate) code: String,
    router: Router,
    clock: Arc<SetClock>,
    owner: tokio::sync::OnceCell<()>,
    pub(crate) store: store::Store,
    pub(crate) settings: WebSettings,
    minted: AtomicU32,
    database: Database,
    /// What whoever runs the program was told.
    pub(crate) told: Arc<Mutex<Vec<String>>>,
    _uploads: tempfile::TempDir,
}

/// What a server answered.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) text: String,
    headers: axum::http::HeaderMap,
}

/// Keeps cookies, follows nothing.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    cookies: Vec<(String, String, String)>,
    headers: Vec<(&'static str, String)>,
    /// Type of the forms that it sends.
    kind: String,
}

/// Type of plain forms.
const FORM: &str = "application/x-www-form-urlencoded";

/// A form, encoded.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| {
        let byte = |byte: u8| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        };
        text.bytes().map(byte).collect::<String>()
    };
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

impl Place {
    pub(crate) async fn open() -> Self {
        Self::with(Limits::default()).await
    }

    pub(crate) async fn with(limits: Limits) -> Self {
        Self::set(|settings| settings.limits = limits).await
    }

    /// A place with other settings.
    pub(crate) async fn set(change: impl FnOnce(&mut WebSettings)) -> Self {
        let database = testkit::sqlite();
        let store = database.open().await;
        Self::on(database, store, change).await
    }

    /// A place on a database of its own, with other settings.
    pub(crate) async fn on(
        database: Database,
        store: store::Store,
        change: impl FnOnce(&mut WebSettings),
    ) -> Self {
        let clock = Arc::new(SetClock(AtomicI64::new(START_MS)));
        let told = Arc::new(Mutex::new(Vec::new()));
        let tell = |told: &Arc<Mutex<Vec<String>>>| {
            let told = Arc::clone(told);
            move |what: String| {
                eprintln!("{what}");
                told.lock().unwrap().push(what);
            }
        };
        let (remark, incident) = (tell(&told), tell(&told));
        let report = Report::new(move |what: &str| remark(what.to_owned()));
        let settings = LiveSettings { report, ..LiveSettings::default() };
        let live = Live::start(store.clone(), clock.clone(), Vec::new(), settings).await.unwrap();
        let new = NewGroup { name: "早起打卡群".into(), zone: "Asia/Shanghai".into() };
        let group = live.open_group(OrgId(1), new).await.unwrap();
        let code = live.links(OrgId(1), group).await.unwrap().remove(0).code;
        let mut settings = WebSettings::new(vec![5; 32], clock.clone(), OrgId(1));
        let uploads = tempfile::tempdir().unwrap();
        settings.uploads = Some(uploads.path().to_owned());
        change(&mut settings);
        settings.incidents =
            Arc::new(move |number, cause| incident(format!("incident {number}: {cause}")));
        let router = router(live.clone(), settings.clone());
        let minted = AtomicU32::new(1);
        let owner = tokio::sync::OnceCell::new();
        Self {
            live,
            group,
            code,
            router,
            clock,
            owner,
            store,
            settings,
            minted,
            database,
            told,
            _uploads: uploads,
        }
    }

    /// Another organisation in the same database.
    pub(crate) async fn another_organisation(&self) -> OrgId {
        self.store.add_organisation("别家").await.unwrap()
    }

    /// Address of the group.
    pub(crate) fn link(&self) -> String {
        format!("/g/{}", self.code)
    }

    /// Address below the group.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("/g/{}{path}", self.code)
    }

    /// Lets time pass.
    pub(crate) fn pass_ms(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
    }

    /// A fresh key, as a page mints it.
    pub(crate) fn mint(&self) -> String {
        minted_key(self.clock.now(), self.minted.fetch_add(1, Ordering::SeqCst)).to_string()
    }

    /// Somebody new.
    pub(crate) fn browser(&self) -> Browser {
        let (cookies, headers, kind) = (Vec::new(), Vec::new(), FORM.to_owned());
        Browser { router: self.router.clone(), cookies, headers, kind }
    }

    /// Opens the landing page and sends its form.
    pub(crate) async fn join(&self, browser: &mut Browser, name: &str) -> Page {
        let landing = browser.get(&self.link()).await;
        let rules = landing.field("rules");
        let mut fields = vec![("key", landing.field("key").unwrap()), ("name", name.to_owned())];
        fields.extend(rules.map(|rules| ("rules", rules)));
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post(&self.at("/members"), &form(&fields)).await
    }

    /// Comes into another group.
    pub(crate) async fn come(&self, browser: &mut Browser, group: domain::GroupId, name: &str) {
        let code = self.live.links(OrgId(1), group).await.unwrap().remove(0).code;
        let key = browser.get(&format!("/g/{code}")).await.field("key").unwrap();
        let body = form(&[("key", &key), ("name", name)]);
        let came = browser.post(&format!("/g/{code}/members"), &body).await;
        assert_eq!(came.status, StatusCode::SEE_OTHER, "{}", came.text);
    }

    /// A member of this name.
    pub(crate) async fn member(&self, name: &str) -> Browser {
        let mut browser = self.browser();
        assert_eq!(self.join(&mut browser, name).await.status, StatusCode::SEE_OTHER);
        browser
    }

    /// Two members: Ann and 小林.
    pub(crate) async fn two(&self) -> (Browser, Browser) {
        (self.member("Ann").await, self.member("小林").await)
    }

    /// The owner of the organisation, logged in.
    pub(crate) async fn operator(&self) -> Browser {
        let make = || async {
            let said = [OWNER.0, "负责人小林", OWNER.1];
            add_owner(&self.store, OrgId(1), said, self.clock.now()).await.unwrap();
        };
        self.owner.get_or_init(make).await;
        let mut browser = self.browser();
        let entered = browser.log_in(OWNER).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.text);
        browser
    }

    /// Runs a statement past the store, to set a scene.
    pub(crate) fn database_run(&self, sql: &str) {
        let file = self.database.file().unwrap();
        let conn = rusqlite::Connection::open(file).unwrap();
        conn.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
        conn.execute_batch(sql).unwrap();
    }

    /// What the clock shows.
    pub(crate) fn now(&self) -> Millis {
        self.clock.now()
    }

    /// Somebody new who comes to the faces of another organisation on the same database.
    pub(crate) fn elsewhere(&self, org: OrgId) -> Browser {
        let settings = WebSettings { org, ..self.settings.clone() };
        Browser { router: router(self.live.clone(), settings), ..self.browser() }
    }

    /// The owner at faces that were told this public address.
    pub(crate) async fn operator_at(&self, address: Option<&str>) -> Browser {
        let settings = WebSettings { address: address.map(str::to_owned), ..self.settings.clone() };
        let router = router(self.live.clone(), settings);
        let mut browser = Browser { router, ..self.browser() };
        let entered = browser.log_in(OWNER).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.text);
        browser
    }

    /// A keeper in the group.
    pub(crate) async fn keeper(&self) -> Browser {
        let mut browser = self.operator().await;
        let path = format!("/groups/{}/entry", self.group.0);
        let body = form(&[("key", &self.mint())]);
        assert_eq!(browser.post(&path, &body).await.status, StatusCode::SEE_OTHER);
        browser
    }

    /// Writes with a fresh key.
    pub(crate) async fn say(&self, browser: &mut Browser, text: &str) -> Page {
        let body = form(&[("key", &self.mint()), ("text", text), ("reply_to", "")]);
        browser.post(&self.at("/messages"), &body).await
    }

    /// Writes, and gives the key of the message.
    pub(crate) async fn said(&self, browser: &mut Browser, text: &str) -> String {
        let key = self.mint();
        let body = form(&[("key", &key), ("text", text)]);
        let answer = browser.post(&self.at("/messages"), &body).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        key
    }

    /// Sends a form of the group with a fresh key.
    pub(crate) async fn act(&self, by: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Page {
        let key = self.mint();
        let mut all = vec![("key", key.as_str())];
        all.extend_from_slice(fields);
        by.post(&self.at(path), &form(&all)).await
    }
}

impl Browser {
    /// Logs in.
    pub(crate) async fn log_in(&mut self, (login, password): (&str, &str)) -> Page {
        self.post("/login", &form(&[("login", login), ("password", password)])).await
    }

    /// The value of a cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let found = self.cookies.iter().find(|(own, _, _)| own == name);
        found.map(|(_, value, _)| value.clone())
    }

    /// Puts a cookie in, as a thief or a trickster would.
    pub(crate) fn plant(&mut self, name: &str, value: &str) {
        self.cookies.retain(|(own, _, _)| own != name);
        self.cookies.push((name.to_owned(), value.to_owned(), "/".to_owned()));
    }

    /// Sends this header from now on.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Sends forms of this type from now on.
    pub(crate) fn typed(mut self, kind: &str) -> Self {
        kind.clone_into(&mut self.kind);
        self
    }

    /// Forgets everything.
    pub(crate) fn forget(&mut self) {
        self.cookies.clear();
    }

    /// Changes the last letter but one of every cookie's value.
    pub(crate) fn tamper(&mut self) {
        for (_, value, _) in &mut self.cookies {
            let at = value.len() - 2;
            let other = if value.ends_with("AA") || &value[at..=at] == "A" { "B" } else { "A" };
            value.replace_range(at..=at, other);
        }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Page {
        self.send("GET", path, "").await
    }

    pub(crate) async fn post(&mut self, path: &str, body: &str) -> Page {
        self.send("POST", path, body).await
    }

    /// The cookies for the pages of the group, as a header.
    pub(crate) fn cookies(&self) -> String {
        let pairs = self.cookies.iter().map(|(name, value, _)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    /// Opens a stream; the answer is read by the caller.
    pub(crate) async fn open(&mut self, method: &str, path: &str, body: &str) -> Response<Body> {
        let bare = path.split(['?', '#']).next().unwrap_or_default();
        let fits =
            |at: &str| bare == at || bare.starts_with(&format!("{}/", at.trim_end_matches('/')));
        let mut request = Request::builder().method(method).uri(path.split('#').next().unwrap());
        let cookies = self.cookies.iter().filter(|(_, _, at)| at == "/" || fits(at));
        let cookies: Vec<_> = cookies.map(|(name, value, _)| format!("{name}={value}")).collect();
        request = request.header(COOKIE, cookies.join("; "));
        if method == "POST" {
            request = request.header(CONTENT_TYPE, self.kind.as_str());
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        for line in response.headers().get_all(SET_COOKIE) {
            self.keep(line.to_str().unwrap());
        }
        response
    }

    async fn send(&mut self, method: &str, path: &str, body: &str) -> Page {
        let response = self.open(method, path, body).await;
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = axum::body::to_bytes(response.into_body(), 10_000_000).await.unwrap();
        Page { status, headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    fn keep(&mut self, line: &str) {
        assert!(line.contains("HttpOnly") && line.contains("SameSite=Lax"), "{line}");
        let (name, rest) = line.split_once('=').unwrap();
        let value = rest.split(';').next().unwrap();
        let path = rest.split("Path=").nth(1).unwrap().split(';').next().unwrap();
        self.cookies.retain(|(own, _, at)| own != name || at != path);
        if line.contains("Max-Age=0;") {
            return;
        }
        self.cookies.push((name.to_owned(), value.to_owned(), path.to_owned()));
    }
}

impl Page {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// Value of the first field of this name.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        let rest = self.text.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
        rest.split('"').next().map(str::to_owned)
    }
}

/// Server-sent events as they come.
pub(crate) struct Stream {
    body: axum::body::BodyDataStream,
    text: String,
}

/// One event: its kind, id and data.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) kind: String,
    pub(crate) id: Option<i64>,
    pub(crate) data: String,
}

impl Stream {
    pub(crate) async fn open(browser: &mut Browser, path: &str) -> Self {
        let response = browser.open("GET", path, "").await;
        assert_eq!(response.status(), StatusCode::OK);
        Self { body: response.into_body().into_data_stream(), text: String::new() }
    }

    /// The next event; `None` at the end of the stream.
    pub(crate) async fn next(&mut self) -> Option<Sent> {
        loop {
            while let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                let field = |name: &str| {
                    block.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned)
                };
                if let Some(kind) = field("event: ") {
                    let data = block.lines().filter_map(|line| line.strip_prefix("data: "));
                    let data = data.collect::<Vec<_>>().join("\n");
                    return Some(Sent {
                        kind,
                        id: field("id: ").map(|id| id.parse().unwrap()),
                        data,
                    });
                }
            }
            let piece = self.body.next().await?.unwrap();
            self.text.push_str(std::str::from_utf8(&piece).unwrap());
        }
    }

    /// The next line.
    pub(crate) async fn line(&mut self) -> Sent {
        loop {
            let sent = self.next().await.unwrap();
            if sent.kind == "line" {
                return sent;
            }
        }
    }
}
