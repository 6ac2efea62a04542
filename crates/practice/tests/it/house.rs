//! A small company to test with, somebody who calls it, and somebody who hears its callbacks.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use chat::wecom::{Fields, GroupChange, News, Seal, Told};
use practice::wecom::books::{Books, Contact, Customer, Department, Mint, Staff};
use practice::wecom::{Callback, Practice, Setup};
use serde::Deserialize;
use serde_json::Value;

pub(crate) const TOKEN: &str = "kjr2TKI8umCBfVF3wAHk8JiPwma5VBme";
pub(crate) const KEY: &str = "4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws";

/// Three of staff, the last without the customer-contact function; ten customers.
pub(crate) fn books() -> Books {
    let mut books = Books { mint: Mint::new(7), ..Books::default() };
    books.departments.insert(1, Department { name: "活群美妆".into(), parent: 0 });
    books.departments.insert(2, Department { name: "社群部".into(), parent: 1 });
    for (id, name, contact) in [
        ("zhangsan", "张三", Contact::Asked),
        ("lisi", "李四", Contact::Asked),
        ("wangwu", "王五", Contact::None),
    ] {
        let staff = Staff {
            name: name.into(),
            departments: vec![2],
            active: true,
            contact,
            visible: true,
            ..Staff::default()
        };
        books.staff.insert(id.into(), staff);
    }
    for number in 0..10 {
        books.add_customer(Customer { name: format!("顾客{number}"), ..Customer::default() });
    }
    books
}

/// The company, and somebody who calls it.
pub(crate) struct House {
    pub(crate) practice: Practice,
    pub(crate) client: reqwest::Client,
    /// External userids.
    pub(crate) customers: Vec<String>,
}

impl House {
    pub(crate) fn new() -> Self {
        let setup = Setup { books: books(), ..Setup::default() };
        let practice = Practice::start(setup).unwrap();
        let customers = practice.read(|books| books.customers.keys().cloned().collect());
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { practice, client, customers }
    }

    /// A group of zhangsan.
    pub(crate) fn group(&self, name: &str) -> String {
        let mut chat = String::new();
        let made = self.practice.act(|books, now| {
            let (id, told) = books.make_group("zhangsan", name, now)?;
            chat = id;
            Ok(told)
        });
        made.unwrap();
        chat
    }

    pub(crate) async fn token(&self) -> String {
        let asked = [("corpid", self.practice.corp()), ("corpsecret", self.practice.secret())];
        let answer = self.get("gettoken", &asked).await;
        answer["access_token"].as_str().unwrap().to_owned()
    }

    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}/cgi-bin/{path}", self.practice.url())
    }

    pub(crate) async fn get(&self, path: &str, query: &[(&str, &str)]) -> Value {
        let sent = self.client.get(self.at(path)).query(query).send().await.unwrap();
        assert_eq!(sent.status(), 200, "failures of business come with HTTP 200");
        sent.json().await.unwrap()
    }

    /// A call with a fresh token; the answer, whatever it says.
    pub(crate) async fn ask(&self, path: &str, body: Value) -> Value {
        let token = self.token().await;
        let to = self.client.post(self.at(path)).query(&[("access_token", token)]);
        let sent = to.json(&body).send().await.unwrap();
        assert_eq!(sent.status(), 200, "failures of business come with HTTP 200");
        sent.json().await.unwrap()
    }

    /// A call that is asked with the address only.
    pub(crate) async fn look(&self, path: &str, query: &[(&str, &str)]) -> Value {
        let token = self.token().await;
        let mut whole = vec![("access_token", token.as_str())];
        whole.extend(query);
        self.get(path, &whole).await
    }

    /// A call that must succeed.
    pub(crate) async fn done(&self, path: &str, body: Value) -> Value {
        let answer = self.ask(path, body).await;
        assert_eq!(answer["errcode"], 0, "{path}: {answer}");
        answer
    }

    /// The code of a call's answer.
    pub(crate) async fn code(&self, path: &str, body: Value) -> i64 {
        self.ask(path, body).await["errcode"].as_i64().unwrap()
    }

    /// Somebody who hears the callbacks from now on.
    pub(crate) async fn ear(&self) -> Ear {
        let ear = Ear::new(self.practice.corp()).await;
        self.practice.call_back(ear.callback()).await.unwrap();
        ear
    }
}

/// Somebody who hears callbacks, opened.
#[derive(Clone)]
pub(crate) struct Ear {
    url: String,
    seal: Seal,
    heard: Arc<Mutex<Vec<Fields>>>,
}

#[derive(Deserialize)]
struct Envelope {
    msg_signature: String,
    timestamp: String,
    nonce: String,
    #[serde(default)]
    echostr: String,
}

impl Ear {
    async fn new(corp: &str) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let seal = Seal::new(TOKEN, KEY, corp).unwrap();
        let ear = Self { url, seal, heard: Arc::default() };
        let app = Router::new().route("/hook", get(echo).post(hear)).with_state(ear.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        ear
    }

    pub(crate) fn callback(&self) -> Callback {
        Callback { url: self.url.clone(), token: TOKEN.into(), key: KEY.into() }
    }

    pub(crate) fn fields(&self) -> Vec<Fields> {
        self.heard.lock().unwrap().clone()
    }

    pub(crate) fn news(&self) -> Vec<News> {
        self.fields().iter().map(|fields| Told::of(fields).news).collect()
    }

    /// Changes of groups.
    pub(crate) fn changes(&self) -> Vec<GroupChange> {
        let change = |news| match news {
            News::Group { change, .. } => Some(change),
            _ => None,
        };
        self.news().into_iter().filter_map(change).collect()
    }
}

async fn echo(State(ear): State<Ear>, Query(asked): Query<Envelope>) -> Vec<u8> {
    let Envelope { msg_signature, timestamp, nonce, echostr } = asked;
    ear.seal.open(&msg_signature, &timestamp, &nonce, &echostr).unwrap()
}

async fn hear(State(ear): State<Ear>, Query(asked): Query<Envelope>, body: String) -> &'static str {
    let sealed = Fields::of(&body).unwrap();
    let sealed = sealed.get("Encrypt").unwrap();
    let Envelope { msg_signature, timestamp, nonce, .. } = asked;
    let opened = ear.seal.open(&msg_signature, &timestamp, &nonce, sealed).unwrap();
    let fields = Fields::of(&String::from_utf8(opened).unwrap()).unwrap();
    ear.heard.lock().unwrap().push(fields);
    "success"
}
