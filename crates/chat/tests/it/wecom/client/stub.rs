//! A platform that answers as it is told, and remembers what it was asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use chat::wecom::{Account, Address, CallLine, Client, Secret, Settings, World};
use serde_json::{Value, json};

use super::house::stopped;

pub(crate) const SECRET: &str = "the-secret-of-the-app";
pub(crate) const TOKEN: &str = "the-token-of-the-hour";

/// What came in.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) body: Vec<u8>,
}

/// HTTP status and body.
type Answer = (u16, Vec<u8>);

#[derive(Clone, Default)]
struct Desk {
    heard: Arc<Mutex<Vec<Heard>>>,
    answers: Arc<Mutex<HashMap<String, Answer>>>,
}

pub(crate) struct Stub {
    desk: Desk,
    pub(crate) url: String,
    pub(crate) client: Client,
    pub(crate) lines: Arc<Mutex<Vec<CallLine>>>,
}

impl Stub {
    /// It gives a token, and nothing else yet.
    pub(crate) async fn new() -> Self {
        let desk = Desk::default();
        let router = Router::new().fallback(answer).with_state(desk.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let lines: Arc<Mutex<Vec<CallLine>>> = Arc::default();
        let settings = Settings { api: Address::parse(&url).unwrap(), ..Settings::default() };
        let client = client_of(settings, lines.clone());
        let stub = Self { desk, url, client, lines };
        stub.says("gettoken", &json!({ "access_token": TOKEN, "expires_in": 7200 }));
        stub
    }

    /// From now on a call is answered with these fields.
    pub(crate) fn says(&self, path: &str, fields: &Value) {
        let mut whole = json!({ "errcode": 0, "errmsg": "ok" });
        whole.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        self.says_bytes(path, 200, whole.to_string());
    }

    /// From now on a call is answered with this status and body.
    pub(crate) fn says_bytes(&self, path: &str, status: u16, body: impl Into<Vec<u8>>) {
        let path = format!("/cgi-bin/{path}");
        self.desk.answers.lock().unwrap().insert(path, (status, body.into()));
    }

    /// What came in last.
    pub(crate) fn last(&self) -> Heard {
        self.desk.heard.lock().unwrap().last().unwrap().clone()
    }

    /// The JSON that came in last, for this call.
    pub(crate) fn body(&self, path: &str) -> Value {
        let heard = self.last();
        assert_eq!(heard.path, format!("/cgi-bin/{path}"));
        assert_eq!(heard.query, format!("access_token={TOKEN}"));
        serde_json::from_slice(&heard.body).unwrap()
    }

    /// How much came in.
    pub(crate) fn heard(&self) -> usize {
        self.desk.heard.lock().unwrap().len()
    }
}

/// A client of this way, whose clock stands still.
pub(crate) fn client_of(settings: Settings, lines: Arc<Mutex<Vec<CallLine>>>) -> Client {
    let account = Account { corp: "ww1".into(), secret: Secret::new(SECRET) };
    let world = World::new(stopped(), Arc::new(move |line| lines.lock().unwrap().push(line)));
    Client::new(account, &Settings { pause_ms: 2, ..settings }, world).unwrap()
}

async fn answer(State(desk): State<Desk>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let body: Bytes = axum::body::to_bytes(request.into_body(), 30_000_000).await.unwrap();
    desk.heard.lock().unwrap().push(Heard { path: path.clone(), query, body: body.to_vec() });
    let (status, words) = desk.answers.lock().unwrap().get(&path).cloned().unwrap();
    let status = StatusCode::from_u16(status).unwrap();
    if status.is_redirection() {
        return (status, [("location", "/cgi-bin/elsewhere")]).into_response();
    }
    (status, words).into_response()
}
